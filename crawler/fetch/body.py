"""The body for the spider: what the transfer coding carried, up to a cap."""

# ruff: noqa: N802 - names that Twisted chose

import logging
from collections.abc import Callable
from dataclasses import dataclass

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import ResponseDone
from twisted.web.http import PotentialDataLoss

from crawler.fetch.failures import BodyTooLarge

logger = logging.getLogger(__name__)

BODY_BYTES = "dateline_body_bytes"
"""Meta: a spider that can bear it gets so many bytes of a body, sent and decoded, where the
settings allow fewer (`DATELINE_BODY_MEMORY_BYTES`, `DATELINE_DECODED_BYTES`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a spider gets of a body.

    `is_capped`: more came, and only the record has it. `loss`: why it ended too early, if it did.
    `stop`: a signal handler wanted no more.
    """

    data: bytes = b""
    is_capped: bool = False
    is_close_delimited: bool = False
    loss: BaseException | None = None
    stop: StopDownload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """Bytes of a body: handed to the spider, warned of, and taken from the wire at all.

    0 is no limit for the last two.
    """

    kept_bytes: int
    warn_bytes: int
    max_bytes: int


class BodyReader(Protocol):
    """Reads one body. `finished` fires with a `Body`, or fails with BodyTooLarge."""

    def __init__(
        self,
        *,
        limits: BodyLimits,
        crawler: Crawler,
        request: Request,
        abort: Callable[[], None],
    ) -> None:
        self._limits = limits
        self._crawler = crawler
        self._request = request
        self._abort = abort
        self._parts: list[bytes] = []
        self._size = 0
        self._has_warned = False
        self.finished: Deferred[Body] = Deferred(lambda _: abort())

    def dataReceived(self, data: bytes) -> None:
        """Keep `data` while the cap allows."""
        if self.finished.called:
            return
        limits = self._limits
        room = limits.kept_bytes - self._size
        self._size += len(data)
        if room > 0:
            self._parts.append(data if len(data) <= room else data[:room])
        stop = stop_asked(self._crawler, self._request, signals.bytes_received, data=data)
        if stop is not None:
            self._abort()
            self._finish(stop=stop)
        elif limits.max_bytes and self._size > limits.max_bytes:
            self._abort()
            error = BodyTooLarge(f"body is longer than {limits.max_bytes} bytes")
            self.finished.errback(error)
        elif limits.warn_bytes and self._size > limits.warn_bytes and not self._has_warned:
            self._has_warned = True
            logger.warning("body of %s is longer than %s bytes", self._request, limits.warn_bytes)

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """The body is over, one way or another."""
        if self.finished.called:
            return
        error = reason.value
        if isinstance(error, ResponseDone):
            self._finish()
        elif isinstance(error, PotentialDataLoss):
            self._finish(is_close_delimited=True)
        else:
            self._finish(loss=error)

    def _finish(
        self,
        *,
        is_close_delimited: bool = False,
        loss: BaseException | None = None,
        stop: StopDownload | None = None,
    ) -> None:
        body = Body(
            data=b"".join(self._parts),
            is_capped=self._size > self._limits.kept_bytes,
            is_close_delimited=is_close_delimited,
            loss=loss,
            stop=stop,
        )
        self._parts = []
        self.finished.callback(body)


def stop_asked(
    crawler: Crawler, request: Request, signal: object, **facts: object
) -> StopDownload | None:
    """Send `signal`; the StopDownload that a handler raised, if one did."""
    answers = crawler.signals.send_catch_log(
        signal=signal, request=request, spider=crawler.spider, **facts
    )
    for _, answer in answers:
        if isinstance(answer, Failure) and isinstance(answer.value, StopDownload):
            return answer.value
    return None
