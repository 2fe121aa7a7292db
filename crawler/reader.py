"""Reading in a running crawl: pages leave the reactor for worker processes."""

import asyncio
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from archive import Capture, Reading
from crawler.config import CrawlConfig
from crawler.extract.page import Page
from crawler.fetch.decoding import UNDECODED
from crawler.reading_pool import ReadingPool

_NOT_WHOLE = frozenset({"body-capped", UNDECODED})


def page_of(response: Response, capture: Capture) -> Page:
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
        is_whole=capture.truncated is None and _NOT_WHOLE.isdisjoint(response.flags),
    )


class Reader:
    """Reads pages in worker processes, each page under a time limit of its own."""

    def __init__(self, pool: ReadingPool, stats: StatsCollector) -> None:
        self._pool = pool
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Workers and time limit come from `DATELINE_READERS` and `DATELINE_READ_TIMEOUT_S`."""
        config = CrawlConfig.from_settings(crawler.settings)
        pool = ReadingPool(config.readers if config.read else 0, timeout_s=config.read_timeout_s)
        reader = cls(pool, crawler.stats)
        crawler.signals.connect(reader.engine_stopped, signal=signals.engine_stopped)
        return reader

    async def read(self, response: Response, capture: Capture) -> Reading:
        """What the page says. Never raises on a page: an unreadable one gives its reason."""
        reading = await asyncio.wrap_future(
            self._pool.submit(page_of(response, capture), capture.record_id)
        )
        self._stats.inc_value(f"dateline/verdicts/{reading.verdict}")
        return reading

    async def engine_stopped(self) -> None:
        """End the workers."""
        await asyncio.to_thread(self._pool.close)
