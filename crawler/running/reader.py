"""Reading in a running crawl: pages leave the reactor for worker processes."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Self, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from archive import Capture, Reading
from crawler.config import CrawlConfig
from crawler.errors import WorkersUnavailable
from crawler.extract.page import Page
from crawler.extract.verdicts.walls import CHALLENGE_HEADERS
from crawler.fetch.decoding import UNDECODED
from crawler.fetch.origin import capture_of
from crawler.media.reading import read_picture
from crawler.platforms.rung import Answered, Rung
from crawler.posts.answering import RungPage, read_answer, unread
from crawler.reading.page import PageRead
from crawler.reading.pool import ReadingPool
from crawler.running.closing import cut_short

logger = logging.getLogger(__name__)

_T = TypeVar("_T")
_NOT_WHOLE = frozenset({"body-capped", UNDECODED})


class ReadingStopped(Exception):
    """The page was not read, and no other will be; its bytes are kept, and can be read again."""


def page_of(response: Response) -> Page:
    """What the reader gets of a response: decoded bytes, and the headers that explain them."""

    def header(name: str) -> str | None:
        value = response.headers.get(name)
        return value.decode("latin-1") if value is not None else None

    return Page(
        url=response.url,
        body=response.body,
        content_type=header("Content-Type"),
        link_header=header("Link"),
        status=response.status,
        is_whole=capture_of(response).truncated is None and _NOT_WHOLE.isdisjoint(response.flags),
        is_challenge=any(
            (header(name) or "").strip().lower() in values
            for name, values in CHALLENGE_HEADERS.items()
        ),
    )


def answered_of(response: Response) -> Answered:
    """What a rung, or a short link, gets of a response."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    page = page_of(response)
    return Answered(
        url=page.url,
        status=response.status,
        headers=headers,
        body=page.body,
        is_whole=page.is_whole,
    )


class Reader:
    """Reads pages in worker processes, each page under a time limit of its own."""

    def __init__(self, pool: ReadingPool, stats: StatsCollector) -> None:
        self._pool = pool
        self._stats = stats
        self._under_way: set[asyncio.Future[Any]] = set()
        self._closing: asyncio.Future[None] | None = None
        self._is_without_workers = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Workers and time limit come from `DATELINE_READERS` and `DATELINE_READ_TIMEOUT_S`."""
        assert crawler.stats is not None
        reader = cls(cls.pool_of(CrawlConfig.from_settings(crawler.settings)), crawler.stats)
        reader.prepare()
        crawler.signals.connect(reader.stop, signal=cut_short)
        crawler.signals.connect(reader.engine_stopped, signal=signals.engine_stopped)
        return reader

    @classmethod
    def pool_of(cls, config: CrawlConfig) -> ReadingPool:
        """The workers that `config` asks for; none where nothing is to be read."""
        return ReadingPool(config.readers if config.read else 0, timeout_s=config.read_timeout_s)

    def prepare(self) -> None:
        """Let the workers' process load while the crawl opens."""
        self._pool.prepare()

    async def read_page(
        self, page: Page, capture: Capture, *, requisites: bool = False
    ) -> PageRead:
        """What the page says. Never raises on a page: an unreadable one gives its reason.

        Raises: ReadingStopped where the crawl is cut short, or no worker can be started.
        """
        read = await self._finished(
            lambda: self._pool.submit(page, capture.record_id, requisites=requisites)
        )
        self._stats.inc_value(f"dateline/verdicts/{read.reading.verdict}")
        return read

    async def read_answer(self, page: RungPage, rung: Rung, capture: Capture) -> Reading:
        """What a platform's answer says of a post; one that cannot be read is a parse error.

        Raises: ReadingStopped where the crawl is cut short, or no worker can be started.
        """
        record_id = capture.record_id
        reading = await self._finished(lambda: self._pool.submit_to(read_answer, page, record_id))
        if reading.answer is None:  # the worker was stopped, or fell
            reading = unread(page.ref, rung, record_id, reading.reason or "not read")
        return reading

    async def read_picture(self, page: Page, capture: Capture) -> Reading:
        """What a picture's bytes are.

        Raises: ReadingStopped where the crawl is cut short, or no worker can be started.
        """
        record_id = capture.record_id
        return await self._finished(lambda: self._pool.submit_to(read_picture, page, record_id))

    async def _finished(self, submit: Callable[[], "Future[_T]"]) -> _T:
        if self._closing is not None or self._is_without_workers:
            raise ReadingStopped
        try:
            return await self._awaited(submit)
        except WorkersUnavailable as error:
            if not self._is_without_workers:
                logger.error("pages are kept, and not read any more: %s", error)  # noqa: TRY400
            self._is_without_workers = True
            raise ReadingStopped from error

    async def _awaited(self, submit: Callable[[], "Future[_T]"]) -> _T:
        reading_to_be = asyncio.wrap_future(submit())
        self._under_way.add(reading_to_be)
        try:
            return await reading_to_be
        except asyncio.CancelledError:
            raise ReadingStopped from None
        finally:
            self._under_way.discard(reading_to_be)

    def stop(self) -> None:
        """Read nothing more, and end what is being read."""
        for reading_to_be in self._under_way:
            reading_to_be.cancel()
        if self._closing is None:
            # Off the reactor, and once: two threads must not close one pool.
            self._closing = asyncio.ensure_future(asyncio.to_thread(self._pool.close))

    async def engine_stopped(self) -> None:
        """End the workers."""
        self.stop()
        assert self._closing is not None
        await self._closing
