"""A crawl answered from an archive instead of the web: for our spiders, and for any Scrapy project.

One setting lets a project do so:

    ADDONS = {"crawler.replay.Replay": 0}

and these say when:

    DATELINE_REPLAY      the archive's folder; without it nothing is changed
    DATELINE_REPLAY_AT   an instant (RFC 3339) or a day: answers are those nearest to it
                         (default: the newest)

Redirects, refusals and failures are as they were recorded. What the archive does not have is an
error (`NotArchived`) and never a request: the handlers of the wire are gone. Nothing is kept, and
no archive is written.
"""

import asyncio
import datetime as dt
import logging
from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from archive import (
    ArchiveReader,
    BodyError,
    Capture,
    CaptureKind,
    CaptureNotFound,
    Exchange,
    FailureKind,
    StoreUnavailable,
)
from crawler.errors import ConfigError, CrawlError
from crawler.fetch.origin import CAPTURE
from crawler.fetch.recorder import provide_recorder

logger = logging.getLogger(__name__)

_ABOVE_ALL = 1000
"""Priority of what is set here: whatever a project, a spider or a person set, nothing is asked."""

_NO_WIRE: dict[str, object] = {
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.replay.ReplayHandler",
        "https": "crawler.replay.ReplayHandler",
        "ftp": None,
        "s3": None,
        "file": None,
        "data": None,
    },
    "ROBOTSTXT_OBEY": False,
    "RETRY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "COOKIES_ENABLED": False,  # Scrapy's jar fetches the public suffix list
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_SLOTS": {},
}
_WITHOUT = {
    "EXTENSIONS": ("crawler.running.keeper.Keeper",),
    "ITEM_PIPELINES": ("crawler.pipelines.CataloguePipeline",),
    "DOWNLOADER_MIDDLEWARES": (
        "crawler.fetch.robots.RobotsMiddleware",
        "crawler.fetch.backoff.BackoffMiddleware",
        "crawler.fetch.pace.RequisitePaceMiddleware",
    ),
}
"""Our own components that ask the web, or write."""


class NotArchived(CrawlError, LookupError):
    """The archive has no capture of what was asked for."""


class Replay:
    """The Scrapy add-on. Without `DATELINE_REPLAY` it is not there."""

    def __init__(self, crawler: Crawler, reader: ArchiveReader) -> None:
        self._crawler = crawler
        self._reader = reader

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive that the settings name.

        Raises: NotConfigured where they name none; NotAnArchive; ConfigError.
        """
        if not (folder := crawler.settings.get("DATELINE_REPLAY")):
            raise NotConfigured
        return cls(crawler, ArchiveReader.open(Path(folder)))

    def update_settings(self, settings: BaseSettings) -> None:
        """Take the wire away, and whatever of ours writes."""
        for name, value in _NO_WIRE.items():
            settings.set(name, value, priority=_ABOVE_ALL)
        for name, paths in _WITHOUT.items():
            for path in paths:
                if path in settings.getwithbase(name):
                    settings[name].set(path, None, priority=_ABOVE_ALL)
        provide_recorder(self._crawler, _Recorded(self._reader, instant_asked(settings)))


class ReplayHandler(BaseDownloadHandler):
    """A download handler that answers from records.

    `meta` gets what the recording handler would leave: `dateline_capture`, the capture that
    answers. Flag `archived` marks every answer; a body over `DATELINE_BODY_MEMORY_BYTES` is cut
    and flagged `body-capped`, as live.
    """

    def __init__(
        self, crawler: Crawler, *, reader: ArchiveReader, at: dt.datetime | None, max_bytes: int
    ) -> None:
        super().__init__(crawler)
        self._reader = reader
        self._at = at
        self._max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the handler as the crawler's settings say.

        Raises: NotAnArchive; ConfigError.
        """
        settings = crawler.settings
        return cls(
            crawler,
            reader=ArchiveReader.open(Path(settings["DATELINE_REPLAY"])),
            at=instant_asked(settings),
            max_bytes=settings.getint("DATELINE_BODY_MEMORY_BYTES", 8 << 20),
        )

    async def download_request(self, request: Request) -> Response:
        """The recorded answer to `request`.

        Raises: NotArchived; Scrapy's download exceptions, and IgnoreRequest, where a failure or a
        refusal is what was recorded.
        """
        url = request.url.partition("#")[0]
        capture, response = await asyncio.to_thread(self._answer, url, request.method)
        request.meta[CAPTURE] = capture
        request.meta["download_latency"] = 0.0
        return response

    def _answer(self, url: str, method: str) -> tuple[Capture, Response]:
        try:
            capture = self._reader.nearest(url, self._at, method=method, has_answer=False)
        except CaptureNotFound as error:
            raise NotArchived(str(error)) from None
        if capture.failure is not None:
            raise _failure_of(capture)
        body, flags = self._body(capture)
        headers = Headers()
        for name, value in self._reader.head(capture).fields:
            headers.appendlist(name, value.encode("latin-1"))
        is_encoded = b"Content-Encoding" in headers
        if is_encoded and ("body-capped" in flags or not body):
            body = b""
            del headers[b"Content-Encoding"]
        kind = Response
        if not is_encoded:
            kind = responsetypes.from_args(headers=headers, url=url, body=body)
        response = kind(
            url,
            status=capture.status or 200,
            headers=headers,
            body=body,
            flags=["archived", *flags],
        )
        return capture, response

    def _body(self, capture: Capture) -> tuple[bytes, list[str]]:
        """The body as the wire's own handler hands it to a spider, and its marks."""
        body = bytearray()
        flags = ["tls-unverified"] if capture.is_tls_verified is False else []
        try:
            for piece in self._reader.payload(capture):
                body += piece
                if len(body) > self._max_bytes:
                    return bytes(body[: self._max_bytes]), [*flags, "body-capped"]
        except BodyError:  # cut on purpose, or framed as no strict reader takes it
            flags.append("partial")
        return bytes(body), flags

    async def close(self) -> None:
        """Nothing is held."""


class _Recorded:
    """The recorder of a crawl that keeps nothing: what it would keep was kept before."""

    run_id = "replay"

    def __init__(self, reader: ArchiveReader, at: dt.datetime | None) -> None:
        self._reader = reader
        self._at = at

    def fail(self, error: StoreUnavailable) -> None:
        """What is answered from an archive fails alone."""

    async def keep(self, exchange: Exchange) -> Capture:
        """The capture of such an exchange.

        Raises: NotArchived.
        """
        try:
            return self._reader.nearest(
                exchange.url, self._at, method=exchange.method, has_answer=False
            )
        except CaptureNotFound as error:
            raise NotArchived(str(error)) from None


def instant_asked(settings: BaseSettings) -> dt.datetime | None:
    """`DATELINE_REPLAY_AT`: an instant, or the beginning of a day, in UTC unless it says otherwise.

    Raises: ConfigError.
    """
    text = settings.get("DATELINE_REPLAY_AT")
    if not text:
        return None
    try:
        at = dt.datetime.fromisoformat(str(text))
        return at.replace(tzinfo=at.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ConfigError(
            f"DATELINE_REPLAY_AT is a day or an instant (RFC 3339), not {str(text)[:80]!r}"
        ) from None


_FAILURES: dict[FailureKind, type[Exception]] = {
    FailureKind.DNS: CannotResolveHostError,
    FailureKind.CONNECT: DownloadConnectionRefusedError,
    FailureKind.TIMEOUT: DownloadTimeoutError,
    FailureKind.TOO_LARGE: DownloadCancelledError,
    FailureKind.ROBOTS_DENIED: IgnoreRequest,
    FailureKind.ROBOTS_UNREACHABLE: IgnoreRequest,
    FailureKind.ADDRESS_REFUSED: IgnoreRequest,
    FailureKind.LEFT_ALONE: IgnoreRequest,
    FailureKind.NOT_FOLLOWED: IgnoreRequest,
    FailureKind.NOT_THE_WEB: IgnoreRequest,
}
"""What Scrapy calls each; anything else is a download that failed."""


def _failure_of(capture: Capture) -> Exception:
    """The exception that the recorded failure was, or was most like."""
    assert capture.failure is not None
    kind = _FAILURES.get(capture.failure.kind, DownloadFailedError)
    if capture.kind is not CaptureKind.FAILURE and kind is DownloadFailedError:
        kind = ResponseDataLossError  # something had come
    return kind(f"as recorded: {capture.failure.kind}: {capture.failure.detail}")
