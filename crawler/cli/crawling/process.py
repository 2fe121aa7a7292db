"""A crawl from its first setting to its outcome, in this process."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Iterator, Mapping

# First, for it looks through the sources of all who wait for its import: 0.15 s of a second.
import scrapy.core.downloader.contextfactory  # noqa: F401
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from archive import ArchiveError, StoreUnavailable
from crawler.cli.crawling import journal
from crawler.cli.crawling.interrupt import Interrupts
from crawler.cli.crawling.task import Outcome, Task
from crawler.cli.screen.terminal import Screen
from crawler.config import CrawlConfig
from crawler.errors import ConfigError, CrawlError
from crawler.running.keeper import Keeper
from crawler.spiders.articles import ArticlesSpider

logger = logging.getLogger(__name__)

_KEEPER = "crawler.running.keeper.Keeper"


def crawl(
    task: Task,
    *,
    spider: type[Spider] = ArticlesSpider,
    arguments: Mapping[str, object] | None = None,
) -> Outcome:
    """Run one crawl to its end, in this process, whose reactor can run only once.

    `arguments` are the spider's; without them it gets the task's URLs.

    Raises: ConfigError, ArchiveError: what kept it from beginning, or ended it;
    KeyboardInterrupt where it was interrupted before it began, or twice.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(task.settings, priority="cmdline")
    if settings.get("DATELINE_REPLAY"):
        raise ConfigError("DATELINE_REPLAY is for `scrapy crawl`: this command keeps what it gets")
    if settings.getwithbase("EXTENSIONS").get(_KEEPER) is None:
        raise ConfigError(f"EXTENSIONS must have {_KEEPER}: nothing would be kept without it")
    config = CrawlConfig.from_settings(settings)
    journal.set_up(settings, level=task.log_level)
    settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")
    if arguments is None:
        arguments = {
            "urls": task.urls,
            "from_file": task.from_file,
            "max_pages": task.max_pages,
        }
    has_bar = task.has_bar and sys.stderr.isatty()
    with _unusable_settings():
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(spider)
        crawling = process.crawl(crawler, **arguments)
        interrupts = Interrupts(_stopper(process, crawler))
        with _progress(crawler) if has_bar else contextlib.nullcontext(), interrupts:
            try:
                process.start(install_signal_handlers=False)
            finally:
                failure = crawling.exception() if crawling.done() else None
        if failure is not None:
            raise failure
    keeper = Keeper.of(crawler)
    if keeper.failure is not None:
        raise StoreUnavailable(f"{keeper.failure}; what was acknowledged before is kept")
    stats = crawler.stats.get_stats()
    return Outcome(
        archive=config.archive,
        run_id=keeper.run_id,
        reason=str(stats.get("finish_reason", "")),
        stats=dict(stats),
    )


@contextlib.contextmanager
def _unusable_settings() -> Iterator[None]:
    """Scrapy's components are loaded and read their settings as they are built, each in its way.

    Raises: ConfigError where one could not.
    """
    try:
        yield
    except (ArchiveError, CrawlError):
        raise
    except (ImportError, NameError, TypeError, ValueError) as error:
        logger.info("a setting cannot be used", exc_info=True)
        raise ConfigError(f"a setting cannot be used: {error}") from error


def _stopper(process: AsyncCrawlerProcess, crawler: Crawler) -> Callable[[], bool]:
    """What asks the crawl to end cleanly; False where it has not begun."""
    loop = asyncio.get_event_loop()
    has_begun = False

    def begin() -> None:
        nonlocal has_begun
        has_begun = True

    def stop() -> bool:
        if has_begun:
            loop.call_soon_threadsafe(lambda: asyncio.ensure_future(process.stop()))
        return has_begun

    crawler.signals.connect(begin, signal=signals.engine_started, weak=False)
    return stop


@contextlib.contextmanager
def _progress(crawler: Crawler) -> Iterator[None]:
    """A bar on a terminal's standard error: pages done, of those known by now."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages, {task.fields[captures]} captures"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Screen(stderr=True).console, transient=True) as bar:
        task = bar.add_task("crawling", total=None, captures=0)

        def show() -> None:
            stats = crawler.stats.get_stats()
            kept = (n for name, n in stats.items() if name.startswith("dateline/captures/"))
            bar.update(
                task,
                completed=stats.get("scheduler/dequeued", 0),
                total=stats.get("scheduler/enqueued", 0),
                captures=sum(kept),
            )

        for signal in (signals.request_scheduled, signals.request_left_downloader):
            crawler.signals.connect(show, signal=signal, weak=False)
        yield
