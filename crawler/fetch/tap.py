"""The tap: what one request put on the wire, and what came back, byte for byte.

It sits where Twisted's HTTP/1.1 client meets its transport: the request is recorded as it is
written, the response as it arrives, before anything parses it. The parser only tells where the
final status line begins, where its header block ends, and where the response ends.

Private touch points of Scrapy and Twisted, all there are (a test holds each against the installed
versions):

    twisted.web._newclient.Request            subclassed: `writeTo` is where a request is written
    twisted.web._newclient.HTTP11ClientProtocol
                                              subclassed; its `_parser` and `_state` are read
    twisted.web._newclient.ResponseDone, ResponseFailed, RequestNotSent, RequestGenerationFailed,
        RequestTransmissionFailed             how an end is told (in `failures` and `body`)
    twisted.web.http._DataLoss                how a body's early end is told (in `failures`; and in
                                              `framing`, which tells it)
    twisted.web.client.HTTPConnectionPool._factory
                                              set to our factory (in `handler`)
    scrapy.core.downloader.handlers.http11._LenientHTTPClientParser
                                              subclassed; put in the place of the parser that
                                              Twisted hard-codes, as Scrapy does; its
                                              `_transferDecoders` are our own

All else is public: endpoints, resolvers, handshake listeners, protocol methods.
"""

# ruff: noqa: ANN401, N802 - Twisted's names; zope's interfaces say nothing to mypy

import contextlib
import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTPClientParser
from twisted.internet import ssl
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IAddress, IHandshakeListener
from twisted.internet.protocol import Factory
from twisted.python.failure import Failure
from twisted.web._newclient import HTTP11ClientProtocol, Request
from twisted.web.http_headers import InvalidHeaderName
from zope.interface import implementer  # type: ignore[import-untyped]

from archive import StoreUnavailable, Tls
from crawler.fetch.dial import Dial
from crawler.fetch.framing import ChunkDecoder, settle
from crawler.fetch.spool import Spool
from crawler.fetch.tls import CertificateRefused, facts_of

if TYPE_CHECKING:
    from twisted.web.iweb import IResponse

MAX_HEAD_BYTES = 1 << 18
"""Most bytes of status lines and headers, interim answers included: what browsers take."""

_numbers = itertools.count(1)


class HeadTooLong(Exception):
    """The header block is longer than MAX_HEAD_BYTES."""


class BadStatus(Exception):
    """The status is no number of three digits (RFC 9112, section 4)."""


class TooMuchFraming(Exception):
    """The response takes far more bytes on the wire than its body may have."""


class Attempt:
    """One request on one connection, while it happens and when it is over."""

    __slots__ = (
        "_request_parts",
        "began_at",
        "connection",
        "end",
        "ended_at",
        "fault",
        "head_end",
        "interim_end",
        "loss",
        "nth",
        "spool",
        "status",
        "surplus_bytes",
    )

    def __init__(self, connection: "TapProtocol", spool: Spool) -> None:
        self.connection = connection
        self.nth = connection.requests
        self.spool = spool
        self.began_at = dt.datetime.now(dt.UTC)
        self.ended_at: dt.datetime | None = None
        self.interim_end = 0
        """Where in the spool the last 1xx answer ends and the response begins."""
        self.head_end: int | None = None
        """Where in the spool the response's header block ends."""
        self.end: int | None = None
        """Where in the spool the response ends; None while it has not."""
        self.status: int | None = None
        self.surplus_bytes = 0
        self.loss: Failure | None = None
        """Why the connection went away before the response was over."""
        self.fault: Exception | None = None
        """Why we ended the connection ourselves; it then comes before Twisted's own reason."""
        self._request_parts: list[bytes] = []

    @property
    def request(self) -> bytes:
        """What was sent; empty where the TLS handshake never came to its end."""
        return b"".join(self._request_parts) if self.connection.is_open_for_data else b""

    @property
    def is_cut_by_close(self) -> bool:
        """Whether a body that lasts until the close saw no orderly one (RFC 9112, section 9.8)."""
        return self.loss is not None and not isinstance(self.loss.value, ConnectionDone)

    def sent(self, data: bytes) -> None:
        """The request's next bytes are given to the transport."""
        self._request_parts.append(data)

    def headers_ended(self, position: int, status: int) -> None:
        """A header block ended at `position` of the spool."""
        if 100 <= status < 200:
            self.interim_end = position
        else:
            self.head_end = position
            self.status = status

    def finished(self, surplus_bytes: int) -> None:
        """The response is whole; the last `surplus_bytes` of the spool do not belong to it."""
        self.surplus_bytes = surplus_bytes
        self.end = self.spool.size - surplus_bytes
        self.close()

    def close(self) -> None:
        """Nothing that comes from now on belongs to this attempt."""
        if self.ended_at is None:
            self.ended_at = dt.datetime.now(dt.UTC)


class Tap:
    """All that one download put on the wire: more than one attempt where Twisted tries again.

    `dial` is set while a connection is being made that no attempt uses yet. `wire_limit` is the
    most bytes that a response may take with its framing; 0 is no limit.
    """

    def __init__(self, *, new_spool: Callable[[], Spool], wire_limit: int = 0) -> None:
        self.attempts: list[Attempt] = []
        self.dial: Dial | None = None
        self.wire_limit = wire_limit
        self._new_spool = new_spool

    def dialled(self, dial: Dial) -> None:
        """A connection is being made."""
        self.dial = dial

    def begin(self, connection: "TapProtocol") -> Attempt:
        """A request is about to be written to `connection`."""
        self.dial = None
        attempt = Attempt(connection, self._new_spool())
        self.attempts.append(attempt)
        return attempt

    def abort(self) -> None:
        """End the connection in use, if any, at once."""
        if self.attempts:
            self.attempts[-1].connection.transport.abortConnection()

    @property
    def fault(self) -> Exception | None:
        """Why we ended the last attempt's connection ourselves, if we did."""
        return self.attempts[-1].fault if self.attempts else None

    @property
    def is_handshaking(self) -> bool:
        """Whether there is a connection, and its TLS handshake has not come to its end."""
        return bool(self.attempts) and not self.attempts[-1].connection.is_open_for_data

    def close(self) -> None:
        """Nothing that comes from now on is recorded."""
        for attempt in self.attempts:
            attempt.close()

    def free(self) -> None:
        """Give back what the attempts hold of memory and files."""
        for attempt in self.attempts:
            attempt.spool.close()


class TappedRequest(Request):
    """A request of Twisted's that a tap listens to."""

    def __init__(self, tap: Tap, method: bytes, target: bytes, headers: Any, body: Any) -> None:
        super().__init__(method, target, headers, body, persistent=True)  # type: ignore[no-untyped-call]
        self.tap = tap

    def writeTo(self, transport: Any) -> Any:
        """Write the request, and record what is written."""
        recorded = _RecordingTransport(transport, self.tap.attempts[-1])
        return super().writeTo(recorded)  # type: ignore[no-untyped-call]


class _RecordingTransport:
    """A transport that tells an attempt what is written to it."""

    def __init__(self, transport: Any, attempt: Attempt) -> None:
        self._transport = transport
        self._attempt = attempt

    def write(self, data: bytes) -> None:
        self._attempt.sent(data)
        self._transport.write(data)

    def writeSequence(self, parts: Iterable[bytes]) -> None:
        self.write(b"".join(parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class TapParser(_LenientHTTPClientParser):
    """Counts the bytes of the head, and tells an attempt where its parts end."""

    MAX_LENGTH = MAX_HEAD_BYTES
    _transferDecoders = {b"chunked": ChunkDecoder}  # type: ignore[dict-item]  # noqa: N815, RUF012
    attempt: Attempt
    _position = 0

    def statusReceived(self, status: bytes) -> None:
        """The status line, which Twisted takes any number from, however long or negative.

        It may be spaced as it likes (RFC 9112, section 4: "any form of whitespace").
        """
        super().statusReceived(b" ".join(status.split(None, 2)))  # type: ignore[no-untyped-call]
        if not 100 <= self.response.code <= 999:
            raise BadStatus(f"status line {status[:80]!r}")

    def lineReceived(self, line: bytes) -> None:
        """One line of a head; `line` lacks its LF only."""
        self._position += len(line) + 1
        if self._position > MAX_HEAD_BYTES:
            raise HeadTooLong(f"more than {MAX_HEAD_BYTES} bytes of headers")
        super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        """One field. A name that can be none costs its line, as in browsers, and not the page."""
        with contextlib.suppress(InvalidHeaderName):
            super().headerReceived(name.rstrip(b" \t"), value)  # type: ignore[no-untyped-call]

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: ARG002
        """A line without end."""
        raise HeadTooLong(f"more than {MAX_HEAD_BYTES} bytes of headers")

    def allHeadersReceived(self) -> None:
        """A head is over, an interim one or the final one."""
        self.attempt.headers_ended(self._position, self.response.code)
        settle(self.connHeaders)
        super().allHeadersReceived()  # type: ignore[no-untyped-call]


@implementer(IHandshakeListener)
class TapProtocol(HTTP11ClientProtocol):
    """One connection. It keeps its own facts, and hands its bytes to the attempt in progress."""

    transport: Any

    def __init__(self, quiescent: Callable[[Any], None], dial: Dial) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self.dial = dial
        self.number = next(_numbers)
        self.requests = 0
        self.tls: Tls | None = None
        self.is_open_for_data = not dial.is_tls
        self.certificate: ssl.Certificate | None = None
        self.peer: Any = None
        """The address of the peer, as the transport has it: with `host` and `port`."""
        self._attempt: Attempt | None = None
        self._wire_limit = 0
        self._is_spoilt = False

    @property
    def state(self) -> str:
        """Twisted's state, or the end where the peer spoke out of turn: not to be used again."""
        return "CONNECTION_LOST" if self._is_spoilt else self._state

    def connectionMade(self) -> None:
        """TCP is up."""
        self.peer = self.transport.getPeer()
        super().connectionMade()

    def handshakeCompleted(self) -> None:
        """TLS is up, and nothing of the request has left yet."""
        self.tls = facts_of(self.transport.getHandle(), self.dial.host)
        self.certificate = ssl.Certificate(self.transport.getPeerCertificate())  # type: ignore[no-untyped-call]
        if self.dial.must_verify and not self.tls.is_verified:
            error = CertificateRefused(self.tls.verify_error)
            self.transport.failVerification(Failure(error))  # type: ignore[no-untyped-call]
        else:
            self.is_open_for_data = True

    def request(self, request: Request) -> Deferred["IResponse"]:
        """Send `request`, a tapped one; its tap gets a new attempt."""
        assert isinstance(request, TappedRequest)
        if self.state != "QUIESCENT":
            return super().request(request)
        self.requests += 1
        self._wire_limit = request.tap.wire_limit
        self._attempt = attempt = request.tap.begin(self)
        response = super().request(request)
        parser: Any = self._parser
        if parser is not None:  # Twisted names its parser class in the middle of request()
            parser.__class__ = TapParser
            parser.attempt = attempt
            finish = parser.finisher

            def finished(rest: bytes) -> None:
                attempt.finished(len(rest))
                if rest:  # whatever follows on this connection cannot be told apart any more
                    request.persistent = False
                finish(rest)

            parser.finisher = finished
        return response

    def dataReceived(self, data: bytes) -> None:
        """Record `data`, then let it be parsed."""
        attempt = self._attempt
        if attempt is None or attempt.ended_at is not None:
            if attempt is not None and attempt.end is not None:
                attempt.surplus_bytes += len(data)
            self._is_spoilt = True
            self.transport.abortConnection()
            return
        try:
            attempt.spool.write(data)
        except OSError as error:
            attempt.fault = StoreUnavailable(f"no room for a response: {error.strerror}")
        if self._wire_limit and attempt.spool.size > self._wire_limit:
            attempt.fault = TooMuchFraming(f"more than {self._wire_limit} bytes on the wire")
        if attempt.fault is not None:
            self.transport.abortConnection()
            return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]
        """The connection is gone."""
        attempt = self._attempt
        if attempt is not None and attempt.ended_at is None:
            attempt.loss = reason
        super().connectionLost(reason)  # type: ignore[no-untyped-call]
        self._attempt = None


class TapFactory(Factory):
    """Builds the protocols of a pool's connections; the endpoint sets `dial` before it connects."""

    noisy = False
    dial: Dial

    def __init__(self, quiescent: Callable[[Any], None], metadata: str) -> None:
        self._quiescent = quiescent
        self._metadata = metadata

    def __repr__(self) -> str:
        return f"TapFactory({self._metadata})"

    def buildProtocol(self, addr: IAddress | None) -> TapProtocol:  # noqa: ARG002
        """The protocol of one connection."""
        return TapProtocol(self._quiescent, self.dial)
