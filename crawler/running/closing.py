"""How a crawl that is told to stop ends in time, with everything on record.

Scrapy's stop lets what is under way come to its end: a transfer may take `DOWNLOAD_TIMEOUT`, a
request queued behind a delay its delay, a reading its own limit. Here what has not begun is called
back at once, and what goes on after `GRACE_S` is cut: a cut transfer leaves a truncated record.
"""

import asyncio
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.web.client import HTTPConnectionPool

from archive import Capture, Exchange, StoreUnavailable
from crawler.fetch.dial import Dialler
from crawler.fetch.handler import CapturingDownloadHandler
from crawler.fetch.recorder import Recorder
from crawler.fetch.refusals import CrawlClosing

GRACE_S = 3.0
"""How long what is under way may still take when the crawl is told to stop."""

_LOOK_S = 0.25
_SOON_S = 0.01

cut_short = object()
"""Signal: the grace is over, whatever is under way ends now."""


class Closing:
    """Watches for the engine's stop, and sees that it comes to an end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the extension to `crawler`."""
        closing = cls(crawler)
        crawler.signals.connect(closing.engine_started, signal=signals.engine_started)
        crawler.signals.connect(closing.engine_stopped, signal=signals.engine_stopped)
        return closing

    def engine_started(self) -> None:
        """Begin to watch."""
        self._watch = asyncio.ensure_future(self._end_in_time())

    def engine_stopped(self) -> None:
        """Nothing is under way any more."""
        if self._watch is not None:
            self._watch.cancel()

    async def _end_in_time(self) -> None:
        # The engine counts as running only some steps after the signal that it started.
        await self._until(is_running=True, look_s=_SOON_S)
        await self._until(is_running=False, look_s=_LOOK_S)
        self._call_back()
        await asyncio.sleep(GRACE_S)
        while True:
            self._crawler.signals.send_catch_log(cut_short)
            self._call_back()
            await asyncio.sleep(_LOOK_S)

    async def _until(self, *, is_running: bool, look_s: float) -> None:
        while self._crawler.engine.running is not is_running:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(look_s)

    def _call_back(self) -> None:
        """Empty the downloader's queues: what waits there for a host's delay has not begun."""
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, queued = slot.queue.popleft()
                queued.errback(CrawlClosing("the crawl ended before this was asked"))


class EndingHandler(CapturingDownloadHandler):
    """The recording handler, whose transfers end when the crawl is cut short."""

    def __init__(
        self, crawler: Crawler, *, recorder: Recorder, dialler: Dialler, pool: HTTPConnectionPool
    ) -> None:
        self._keeping = _Keeping(recorder)
        super().__init__(crawler, recorder=self._keeping, dialler=dialler, pool=pool)
        self._transfers: set[asyncio.Task[Any]] = set()
        crawler.signals.connect(self.cut, signal=cut_short)

    async def download_request(self, request: Request) -> Response:
        """As the recording handler.

        Raises, besides: CrawlClosing where the crawl was cut short; what came until then is kept.
        """
        transfer = asyncio.current_task()  # the downloader has one for each request
        assert transfer is not None
        self._transfers.add(transfer)
        try:
            return await super().download_request(request)
        except asyncio.CancelledError:
            transfer.uncancel()
            raise CrawlClosing("the crawl ended during this transfer") from None
        finally:
            self._transfers.discard(transfer)

    def cut(self) -> None:
        """End the transfers that are on the wire, once each; those being kept end by themselves."""
        for transfer in self._transfers - self._keeping.tasks:
            if not transfer.cancelling():
                transfer.cancel()


class _Keeping:
    """A recorder that knows which tasks it is keeping something for."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.tasks: set[asyncio.Task[Any]] = set()

    @property
    def run_id(self) -> str:
        """As the recorder."""
        return self._recorder.run_id

    def fail(self, error: StoreUnavailable) -> None:
        """As the recorder."""
        self._recorder.fail(error)

    async def keep(self, exchange: Exchange) -> Capture:
        """As the recorder."""
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            return await self._recorder.keep(exchange)
        finally:
            self.tasks.discard(task)
