"""`dateline crawl`: fetch articles, keep their bytes, read them."""

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from archive import StoreUnavailable, canonical_url
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json
from crawler.cli.summary import print_summary, summarise
from crawler.cli.terminal import console, print_json
from crawler.errors import ConfigError
from crawler.keeper import Keeper
from crawler.spiders.articles import ArticlesSpider

EXAMPLES = """\
examples:
  dateline crawl https://news.example/story
  dateline crawl --from urls.txt --delay 2 --case "bridge collapse" --note "asked by the desk"
  grep -o 'https://[^ ]*' notes.txt | dateline crawl --from -
  dateline crawl --no-read URL                       keep the bytes only
  dateline crawl --connect-to news.example:443:127.0.0.1:8443 --cacert ca.pem URL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a crawl ended."""

    run_id: str
    reason: str
    stats: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to crawl, and with which settings."""

    urls: Sequence[str] = ()
    from_file: str | None = None
    max_pages: int = 0
    settings: dict[str, object] = field(default_factory=dict)
    shows_progress: bool = True


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "crawl",
        help="fetch articles, keep their bytes, read them",
        description="Fetch articles, keep the exact bytes, read them, catalogue what they say.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("urls", nargs="*", metavar="URL")
    parser.add_argument(
        "--from", dest="from_file", metavar="FILE", help="a URL a line; - is standard input"
    )
    add_archive(parser)
    add_json(parser)
    parser.add_argument("--wait", action="store_true", help="wait for another writer to end")
    parser.add_argument(
        "--delay", type=float, metavar="SECONDS", help="between requests to one host (default 1)"
    )
    parser.add_argument("--max-pages", type=int, default=0, metavar="N", help="0: all (default)")
    parser.add_argument(
        "--no-posts", action="store_true", help="do not ask platforms for the posts that are cited"
    )
    parser.add_argument("--no-read", action="store_true", help="capture only")
    parser.add_argument("--case", metavar="LABEL", help="what this belongs to; kept with the run")
    parser.add_argument("--note", metavar="TEXT", help="why this is collected; kept with the run")
    parser.add_argument("--operator", metavar="NAME", help="who collects; kept with the run")
    parser.add_argument(
        "--connect-to",
        action="append",
        default=[],
        metavar="HOST:PORT:TARGET:PORT",
        help="connect to TARGET instead, as curl does; empty parts match all",
    )
    parser.add_argument(
        "--cacert", metavar="FILE", help="certificates to trust besides the system's"
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="allow private and loopback addresses"
    )
    parser.add_argument(
        "--robots-override",
        action="append",
        default=[],
        metavar="HOST=REASON",
        help="ask HOST against its robots.txt; the written reason is kept with the run",
    )
    parser.add_argument(
        "-s",
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any Scrapy or DATELINE_* setting",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="log what happens")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    task = task_of(options)
    outcome = crawl(task)
    summary = summarise(options.archive, outcome.run_id, outcome.stats)
    if options.json:
        print_json(summary.as_json())
    else:
        print_summary(console(), summary)
    if outcome.reason == "shutdown":
        return ExitCode.INTERRUPTED
    return ExitCode.USAGE if summary.left_out else ExitCode.OK


def task_of(options: argparse.Namespace) -> Task:
    """The checked task of a command line.

    Raises: ConfigError, InvalidUrl.
    """
    if not options.urls and not options.from_file:
        raise ConfigError("nothing to crawl: give a URL, or --from FILE")
    for url in options.urls:
        canonical_url(url)
    source = options.from_file
    if source and source != "-" and not Path(source).is_file():
        raise ConfigError(f"--from {source}: no such file")
    if options.cacert and not Path(options.cacert).is_file():
        raise ConfigError(f"--cacert {options.cacert}: no such file")
    if options.max_pages < 0:
        raise ConfigError("--max-pages is 0 (all) or more")
    values: dict[str, object] = {
        "DATELINE_ARCHIVE": str(options.archive),
        "DATELINE_WAIT": options.wait,
        "DATELINE_READ": not options.no_read,
        "DATELINE_POSTS": not options.no_posts,
        "DATELINE_CONNECT_TO": tuple(options.connect_to),
        "DATELINE_ROBOTS_OVERRIDES": dict(map(_override, options.robots_override)),
        "LOG_LEVEL": "INFO" if options.verbose else "ERROR",
    }
    optional = {
        "DATELINE_CASE": options.case,
        "DATELINE_NOTE": options.note,
        "DATELINE_OPERATOR": options.operator,
        "DATELINE_CACERT": options.cacert,
        "DATELINE_ALLOW_PRIVATE": True if options.allow_private else None,
        "DOWNLOAD_DELAY": options.delay,
    }
    if options.delay is not None and options.delay < 0:
        raise ConfigError("--delay is 0 seconds or more")
    values |= {name: value for name, value in optional.items() if value is not None}
    values |= dict(_setting(text) for text in options.set)
    return Task(
        urls=options.urls,
        from_file=source,
        max_pages=options.max_pages,
        settings=values,
        shows_progress=not options.verbose,
    )


def crawl(task: Task) -> Outcome:
    """Run one crawl to its end, in this process, whose reactor can run only once.

    Raises: ConfigError, ArchiveError: what kept it from beginning, or ended it.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(task.settings, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ArticlesSpider)
    ended = process.crawl(
        crawler, urls=task.urls, from_file=task.from_file, max_pages=task.max_pages
    )
    with _progress(crawler) if task.shows_progress else contextlib.nullcontext():
        process.start()
    if not ended.cancelled() and (error := ended.exception()) is not None:
        raise error
    keeper = crawler.get_extension(Keeper)
    assert keeper is not None
    if keeper.failure is not None:
        raise StoreUnavailable(f"{keeper.failure}; what was acknowledged before is kept")
    stats = crawler.stats.get_stats()
    return Outcome(
        run_id=keeper.run_id, reason=str(stats.get("finish_reason", "")), stats=dict(stats)
    )


@contextlib.contextmanager
def _progress(crawler: Crawler) -> Iterator[None]:
    """A line of counts on a terminal's standard error, from a thread of its own."""
    if not sys.stderr.isatty():
        yield
        return

    class Counts(TextColumn):
        def render(self, task: Any) -> Any:  # noqa: ANN401 - rich's own signature
            stats = crawler.stats.get_stats() if crawler.crawling else {}
            kept = sum(n for name, n in stats.items() if name.startswith("dateline/captures/"))
            articles = stats.get("dateline/articles/new", 0) + stats.get(
                "dateline/articles/seen", 0
            )
            task.description = f"{kept} captures, {articles} articles"
            return super().render(task)

    columns = (SpinnerColumn(), Counts("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        progress.add_task("", total=None)
        yield


def _override(text: str) -> tuple[str, str]:
    host, equals, reason = text.partition("=")
    if not host or not equals or not reason.strip():
        raise ConfigError("--robots-override HOST=REASON: a written reason is needed")
    return host.lower(), reason


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise ConfigError(f"-s {text}: write NAME=VALUE")
    return name, value
