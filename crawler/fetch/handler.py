"""The download handler: Scrapy's door to the wire, where every exchange is kept.

`download_request` returns, or raises, only when everything that it put on the wire is durable. So
a page is never seen by a spider before the archive has it, and what waits to be written is never
more than Scrapy's concurrency.

Settings (all optional; `crawler/settings.py` fills them):

    DATELINE_CONNECT_TO             tuple of curl's HOST:PORT:TARGET:PORT
    DATELINE_CACERT                 PEM file, trusted beside the system's store
    DATELINE_ALLOW_PRIVATE          connect to private addresses too
    DATELINE_TLS_REQUIRE_VERIFIED   a certificate that does not verify is a failure
    DATELINE_BODY_MEMORY_BYTES      a spider gets no more of a body than this (8 MiB)
    DATELINE_SPOOL_MEMORY_BYTES     a response over this goes to a temporary file (1 MiB)
    DATELINE_SPOOL_FOLDER           where that file lies (the system's)

and Scrapy's own DOWNLOAD_MAXSIZE, DOWNLOAD_WARNSIZE, DOWNLOAD_TIMEOUT, DOWNLOAD_BIND_ADDRESS,
DOWNLOAD_FAIL_ON_DATALOSS and CONCURRENT_REQUESTS_PER_DOMAIN, with their request meta keys.

A spider gets an ordinary response, except:

    - a body with a content-coding comes as plain `Response`: guessing its character set
      before it is decoded is costly and wrong; HttpCompressionMiddleware makes it what it is
    - flag `tls-unverified`: the certificate did not verify
    - flag `body-capped`: the record has the whole body, the response its beginning; of an encoded
      body nothing, and no `Content-Encoding`, because a cut stream cannot be decoded honestly
    - `Content-Encoding` on an empty body is dropped: there is nothing to decode
"""

# ruff: noqa: ANN401, N802 - Twisted's names; zope's interfaces say nothing to mypy

import asyncio
import datetime as dt
import ipaddress
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadTimeoutError,
    NotSupported,
    UnsupportedURLSchemeError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred, succeed
from twisted.web.client import HTTPConnectionPool
from twisted.web.http_headers import Headers as WireHeaders
from twisted.web.iweb import UNKNOWN_LENGTH, IBodyProducer
from zope.interface import implementer  # type: ignore[import-untyped]

from archive import Capture, StoreUnavailable
from crawler.fetch.body import BODY_BYTES, Body, BodyLimits, BodyReader, stop_asked
from crawler.fetch.connect_to import ConnectTo
from crawler.fetch.destination import Destination
from crawler.fetch.dial import Dialler, GuardedEndpoint
from crawler.fetch.exchanges import drafts_of, exchange_of
from crawler.fetch.failures import BodyTooLarge, Trouble, trouble_of
from crawler.fetch.origin import REVALIDATES, again, leave_captures, take_origin
from crawler.fetch.recorder import Recorder, recorder_of
from crawler.fetch.spool import Spool
from crawler.fetch.tap import Tap, TapFactory, TappedRequest
from crawler.fetch.tls import TlsClient

logger = logging.getLogger(__name__)

_NEVER_SENT = (b"Cookie", b"Authorization", b"Proxy-Authorization")
"""Request headers that would make a record a secret: an archive is made to be shown."""

_CLOSE_S = 1.0
"""How long open connections may take to close at the end."""


@implementer(IBodyProducer)
class _RequestBody:
    """A request's body for Twisted, written at once."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.length = len(body)

    def startProducing(self, consumer: Any) -> Deferred[None]:
        consumer.write(self.body)
        return succeed(None)

    def pauseProducing(self) -> None:
        """Nothing is left to pause."""

    def stopProducing(self) -> None:
        """Nothing is left to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A response's head as Twisted parsed it, and its body."""

    head: Any
    body: Body


class CapturingDownloadHandler(BaseDownloadHandler):
    """Downloads over HTTP/1.1, with or without TLS, and keeps every exchange."""

    def __init__(
        self, crawler: Crawler, *, recorder: Recorder, dialler: Dialler, pool: HTTPConnectionPool
    ) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._recorder = recorder
        self._dialler = dialler
        self._pool = pool
        self._timeout_s = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._limits = BodyLimits(
            kept_bytes=settings.getint("DATELINE_BODY_MEMORY_BYTES", 8 << 20),
            warn_bytes=settings.getint("DOWNLOAD_WARNSIZE"),
            max_bytes=settings.getint("DOWNLOAD_MAXSIZE"),
        )
        self._fails_on_loss = settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS")
        self._spool_bytes = settings.getint("DATELINE_SPOOL_MEMORY_BYTES", 1 << 20)
        folder = settings.get("DATELINE_SPOOL_FOLDER")
        self._spool_folder = Path(folder) if folder else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the handler as the crawler's settings say.

        Raises: LookupError where no recorder was provided; ValueError where a rule of
        DATELINE_CONNECT_TO is none.
        """
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs it

        settings = crawler.settings
        ca_file = settings.get("DATELINE_CACERT")
        dialler = Dialler(
            reactor,
            tls=TlsClient(ca_file=Path(ca_file) if ca_file else None),
            connect_to=ConnectTo.parse(settings.getlist("DATELINE_CONNECT_TO")),
            allow_private=settings.getbool("DATELINE_ALLOW_PRIVATE"),
            must_verify=settings.getbool("DATELINE_TLS_REQUIRE_VERIFIED"),
            bind_address=settings.get("DOWNLOAD_BIND_ADDRESS"),
        )
        pool = HTTPConnectionPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
        pool.maxPersistentPerHost = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        pool._factory = TapFactory  # type: ignore[assignment]  # noqa: SLF001 - listed in `tap`
        return cls(crawler, recorder=recorder_of(crawler), dialler=dialler, pool=pool)

    async def download_request(self, request: Request) -> Response:
        """Download `request`, and keep all that went over the wire.

        Raises: Scrapy's download exceptions; AddressRefused; CertificateRefused; and
        archive.StoreUnavailable, after which nothing more may be downloaded.
        """
        if request.meta.get("proxy"):
            raise NotSupported("proxies are not supported: a record must hold the site's own bytes")
        try:
            destination = Destination.of(request.url)
        except ValueError as wrong:
            raise UnsupportedURLSchemeError(str(wrong)) from wrong
        origin = take_origin(request.meta, run_id=self._recorder.run_id)
        limits = self._limits_of(request)
        tap = Tap(
            new_spool=self._new_spool,
            # chunk framing at its most wasteful in honest use doubles a body
            wire_limit=2 * limits.max_bytes + (1 << 20) if limits.max_bytes else 0,
        )
        began_at = dt.datetime.now(dt.UTC)
        fetched, error = await self._try(request, destination, limits, tap)
        trouble = None
        if error is not None:
            trouble = trouble_of(error, is_handshaking=tap.is_handshaking)
        captures: list[Capture] = []
        try:
            if isinstance(error, StoreUnavailable):
                self._recorder.fail(error)
                raise error
            for draft in drafts_of(tap, trouble):
                if captures:
                    origin = again(origin, captures[-1])
                exchange = exchange_of(
                    draft,
                    tap=tap,
                    url=destination.url,
                    method=request.method,
                    origin=origin,
                    began_at=began_at,
                    revalidates=request.meta.get(REVALIDATES),
                )
                captures.append(await self._recorder.keep(exchange))
        finally:
            tap.free()
        leave_captures(request.meta, origin, tuple(captures))
        self._count(captures, trouble)
        if fetched is None:
            assert trouble is not None
            raise trouble.exception
        if fetched.body.loss is not None and self._fails_on(request):
            assert trouble is not None
            raise trouble.exception
        return self._response(destination, tap, fetched)

    async def close(self) -> None:
        """Close the connections that are kept alive."""
        closed = maybe_deferred_to_future(self._pool.closeCachedConnections())  # type: ignore[no-untyped-call]
        await asyncio.wait([asyncio.ensure_future(closed)], timeout=_CLOSE_S)

    async def _try(
        self, request: Request, destination: Destination, limits: BodyLimits, tap: Tap
    ) -> tuple[Fetched | None, BaseException | None]:
        """What was fetched, and what went wrong; one of them, or both where it was cut."""
        timeout_s = request.meta.get("download_timeout") or self._timeout_s
        try:
            fetched = await self._fetch(request, destination, limits, tap, timeout_s)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - recorded, then raised
            return None, tap.fault or error
        finally:
            tap.close()
        if tap.fault is not None:
            return None, tap.fault
        return fetched, fetched.body.loss or fetched.body.stop

    async def _fetch(
        self,
        request: Request,
        destination: Destination,
        limits: BodyLimits,
        tap: Tap,
        timeout_s: float,
    ) -> Fetched:
        tapped = TappedRequest(
            tap,
            request.method.encode("ascii"),
            destination.target.encode("ascii"),
            self._wire_headers(request, destination),
            _RequestBody(request.body) if request.body else None,
        )
        endpoint: Any = GuardedEndpoint(
            self._dialler,
            host=destination.host,
            port=destination.port,
            is_tls=destination.is_tls,
            timeout_s=timeout_s,
            on_dial=tap.dialled,
        )
        # The URL's own host, whatever --connect-to says: what a connection is for is never shared.
        key = (destination.is_tls, destination.host, destination.port)
        began = time.monotonic()

        def read(head: Any) -> Deferred[Fetched]:
            request.meta["download_latency"] = time.monotonic() - began
            body = self._read_body(request, head, limits, tap)
            return body.addCallback(lambda body: Fetched(head=head, body=body))

        def timed_out(_: object, timeout_s: float) -> None:
            raise DownloadTimeoutError(f"{destination.url} took longer than {timeout_s} seconds")

        # One chain of callbacks and one await: a turn of the loop between its links costs time.
        fetching: Deferred[Any] = self._pool.getConnection(key, endpoint)
        fetching.addCallback(lambda connection: connection.request(tapped))
        fetching.addCallback(read)
        fetching.addTimeout(timeout_s, self._dialler.reactor, timed_out)
        fetched: Fetched = await maybe_deferred_to_future(fetching)
        return fetched

    def _read_body(
        self, request: Request, head: Any, limits: BodyLimits, tap: Tap
    ) -> Deferred[Body]:
        stop = stop_asked(
            self.crawler,
            request,
            signals.headers_received,
            headers=_headers_of(head),
            body_length=head.length,
        )
        if stop is not None:
            tap.abort()
            return succeed(Body(stop=stop))
        if head.length == 0:
            return succeed(Body())
        if head.length != UNKNOWN_LENGTH and limits.max_bytes and head.length > limits.max_bytes:
            tap.abort()
            raise BodyTooLarge(f"body of {head.length} bytes, more than {limits.max_bytes}")
        reader = BodyReader(limits=limits, crawler=self.crawler, request=request, abort=tap.abort)
        head.deliverBody(reader)
        return reader.finished

    def _wire_headers(self, request: Request, destination: Destination) -> WireHeaders:
        """The headers to send: Scrapy's, without secrets, `Host` first."""
        headers = WireHeaders({b"Host": [destination.host_header]})
        for name, values in request.headers.items():
            headers.setRawHeaders(name, values)
        dropped = int(destination.had_credentials)
        for name in _NEVER_SENT:
            if headers.hasHeader(name):
                headers.removeHeader(name)
                dropped += 1
        if dropped:
            self._inc("wire/credentials_dropped", dropped)
        return headers

    def _response(self, destination: Destination, tap: Tap, fetched: Fetched) -> Response:
        """The response for the spider. Raises: StopDownload, as a signal handler asked."""
        head, body = fetched.head, fetched.body
        connection = tap.attempts[-1].connection
        headers = _headers_of(head)
        data = body.data
        is_encoded = b"Content-Encoding" in headers
        if is_encoded and (body.is_capped or not data):
            data = b""
            del headers[b"Content-Encoding"]
        kind = Response
        if not is_encoded:
            kind = responsetypes.from_args(headers=headers, url=destination.url, body=data)
        marks = {
            "tls-unverified": connection.tls is not None and not connection.tls.is_verified,
            "body-capped": body.is_capped,
            "partial": body.is_close_delimited,
            "dataloss": body.loss is not None,
            "download_stopped": body.stop is not None,
        }
        response = kind(
            destination.url,
            status=head.code,
            headers=headers,
            body=data,
            flags=[flag for flag, holds in marks.items() if holds],
            certificate=connection.certificate,
            ip_address=ipaddress.ip_address(connection.peer.host),
            protocol=f"{head.version[0].decode('latin-1')}/{head.version[1]}.{head.version[2]}",
        )
        for flag in ("tls-unverified", "body-capped"):
            if marks[flag]:
                self._inc(f"wire/{flag.replace('-', '_')}")
        if body.stop is not None and body.stop.fail:
            body.stop.response = response
            raise body.stop
        return response

    def _limits_of(self, request: Request) -> BodyLimits:
        meta = request.meta
        return BodyLimits(
            kept_bytes=max(self._limits.kept_bytes, meta.get(BODY_BYTES, 0)),
            warn_bytes=meta.get("download_warnsize", self._limits.warn_bytes),
            max_bytes=meta.get("download_maxsize", self._limits.max_bytes),
        )

    def _fails_on(self, request: Request) -> bool:
        return bool(request.meta.get("download_fail_on_dataloss", self._fails_on_loss))

    def _new_spool(self) -> Spool:
        return Spool(memory_bytes=self._spool_bytes, folder=self._spool_folder)

    def _count(self, captures: list[Capture], trouble: Trouble | None) -> None:
        self._inc("wire/exchanges", len(captures))
        if len(captures) > 1:
            self._inc("wire/silent_retries", len(captures) - 1)
        if trouble is not None and trouble.failure is not None:
            self._inc(f"wire/failures/{trouble.failure.kind}")

    def _inc(self, name: str, count: int = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(name, count)


def _headers_of(head: Any) -> Headers:
    """Scrapy's headers of a response, with its length where it is known."""
    headers = Headers()
    if head.length != UNKNOWN_LENGTH:
        headers[b"Content-Length"] = str(head.length).encode("ascii")
    headers.update(head.headers.getAllRawHeaders())
    return headers
