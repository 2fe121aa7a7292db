"""The archive in a running crawl: opened with it, written by it, closed after it."""

import asyncio
import datetime as dt
import logging
import secrets
import socket
from dataclasses import replace
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from archive import Archive, Capture, Catalogued, Exchange, Reading, Run, StoreUnavailable
from crawler.config import CrawlConfig
from crawler.fetch.recorder import provide_recorder
from crawler.running.circumstances import circumstances
from crawler.settings import VERSION

logger = logging.getLogger(__name__)


def new_run(settings: BaseSettings, config: CrawlConfig, now: dt.datetime) -> Run:
    """The run that begins now: who collects, why, and with which settings."""
    overrides = "; ".join(
        f"{host} overridden: {reason}" for host, reason in sorted(config.robots_overrides.items())
    )
    told = ("DOWNLOAD_DELAY", "DOWNLOAD_MAXSIZE", "DOWNLOAD_TIMEOUT", "DATELINE_CONNECT_TO")
    return Run(
        run_id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        began_at=now,
        software=f"dateline/{VERSION}",
        user_agent=str(settings["USER_AGENT"]),
        robots="classic" + (f"; {overrides}" if overrides else ""),
        hostname=socket.gethostname(),
        operator=config.operator,
        case=config.case,
        note=config.note,
        settings={name: str(settings[name]) for name in told if settings.get(name) is not None},
        circumstances=circumstances(settings.copy_to_dict()),
    )


class Keeper:
    """Gives the crawl its archive: the recorder of exchanges, the keeper of readings.

    An archive that fails (disk, space) ends the crawl: `failure` then says why.
    """

    def __init__(self, crawler: Crawler, archive: Archive, stats: StatsCollector) -> None:
        self._crawler = crawler
        self._archive = archive
        self._stats = stats
        self._outcome: str | None = None
        self._closing: asyncio.Future[None] | None = None
        self.failure: StoreUnavailable | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive that the settings name, before the engine starts.

        Raises: ConfigError, NotAnArchive, ArchiveBusy, StoreUnavailable.
        """
        assert crawler.stats is not None
        config = CrawlConfig.from_settings(crawler.settings)
        run = new_run(crawler.settings, config, dt.datetime.now(dt.UTC))
        archive = Archive.open(
            config.archive,
            run=run,
            wait=config.wait,
            max_warc_bytes=config.warc_bytes,
            keys=config.keys,
        )
        keeper = cls(crawler, archive, crawler.stats)
        provide_recorder(crawler, keeper)
        crawler.signals.connect(keeper.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(keeper.engine_stopped, signal=signals.engine_stopped)
        return keeper

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The keeper of `crawler`, which is among its extensions."""
        keeper = crawler.get_extension(cls)
        assert keeper is not None, "crawler.running.keeper.Keeper is missing from EXTENSIONS"
        return keeper

    @property
    def run_id(self) -> str:
        """The run under which everything is kept."""
        return self._archive.run.run_id

    async def keep(self, exchange: Exchange) -> Capture:
        """Keep an exchange; returns when its records are durable.

        One who is cancelled waits all the same: the caller may free the bytes only then.

        Raises: StoreUnavailable, after which the crawl ends.
        """
        try:
            keeping = asyncio.wrap_future(self._archive.keep(exchange))
            try:
                capture = await asyncio.shield(keeping)
            except asyncio.CancelledError:
                await asyncio.wait([keeping])
                raise
        except StoreUnavailable as error:
            self.fail(error)
            raise
        self._stats.inc_value(f"dateline/captures/{capture.kind}")
        if capture.kind == "revisit":
            self._stats.inc_value("dateline/duplicates/payload")
        return capture

    async def record(self, reading: Reading) -> Catalogued:
        """Catalogue a reading; returns when it is durable.

        Raises: StoreUnavailable, after which the crawl ends.
        """
        try:
            return await asyncio.wrap_future(self._archive.record(reading))
        except StoreUnavailable as error:
            self.fail(error)
            raise

    def spider_closed(self, reason: str) -> None:
        """Remember how the crawl ended."""
        self._outcome = reason

    async def engine_stopped(self) -> None:
        """Write the run's report and close the archive, off the reactor."""
        counts = {
            name: value
            for name, value in sorted(self._stats.get_stats().items())
            if isinstance(value, int) and name.startswith(("dateline/", "downloader/", "retry/"))
        }
        report = replace(
            self._archive.run,
            ended_at=dt.datetime.now(dt.UTC),
            outcome=self._outcome,
            counts=counts,
        )
        try:
            await asyncio.to_thread(self._archive.close, report)
        except StoreUnavailable as error:
            self.fail(error)

    def fail(self, error: StoreUnavailable) -> None:
        """End the crawl, once."""
        if self.failure is None:
            self.failure = error
            engine = self._crawler.engine
            if engine is not None and engine.spider is not None:
                self._closing = asyncio.ensure_future(
                    engine.close_spider_async(reason="archive-unavailable")
                )
