"""Asking only for what has changed: conditional requests, for those who can bear a 304."""

from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive import Capture
from crawler.fetch.origin import CAPTURE, REVALIDATES
from crawler.state.database import FILE_NAME
from crawler.state.validators import Validators, ValidatorStore

CONDITIONAL = "dateline_conditional"
"""Meta: whoever asks knows what to do with a 304, and has what came before."""

_HEADERS = ("If-None-Match", "If-Modified-Since")


class ConditionalMiddleware:
    """Sends what a host gave with a page back to it, and remembers what it gives next.

    Stands nearer the downloader than redirects and retries (at 610): each hop and each try is
    asked by what is known of its own URL. What is remembered belongs to a whole capture that is on
    disk; a 304 then becomes a revisit of it (`server-not-modified`).
    """

    def __init__(self, crawler: Crawler, *, path: Path) -> None:
        self._crawler = crawler
        self._path = path
        self._store: ValidatorStore | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`, and to the state of its archive."""
        middleware = cls(crawler, path=Path(crawler.settings["DATELINE_ARCHIVE"]) / FILE_NAME)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Make a request conditional, where it bears that and something is known."""
        if CONDITIONAL not in request.meta or request.method != "GET":
            return
        request.meta.pop(REVALIDATES, None)  # another hop's, or another try's
        for name in _HEADERS:
            request.headers.pop(name, None)
        known = self._opened().find(self._key_of(request))
        if known is not None and request.meta[CONDITIONAL]:
            request.meta[REVALIDATES] = known.record_id
            for name, value in known.headers().items():
                request.headers[name] = value

    async def process_response(self, request: Request, response: Response) -> Response:
        """Remember what a whole answer came with."""
        capture = request.meta.get(CAPTURE)
        if CONDITIONAL not in request.meta or request.method != "GET" or response.status != 200:
            return response
        if isinstance(capture, Capture) and capture.truncated is None:
            self._opened().remember(
                self._key_of(request),
                Validators.of(
                    record_id=capture.record_id,
                    etag=response.headers.get("ETag"),
                    last_modified=response.headers.get("Last-Modified"),
                ),
            )
        return response

    def spider_closed(self) -> None:
        """Let go of the state."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _opened(self) -> ValidatorStore:
        if self._store is None:
            self._store = ValidatorStore.open(self._path)
        return self._store

    def _key_of(self, request: Request) -> bytes:
        return self._crawler.request_fingerprinter.fingerprint(request)
