"""`dateline crawl`: what it takes on its command line."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, assignment, count, seconds
from crawler.cli.summary import print_summary, summarise
from crawler.cli.task import Task
from crawler.cli.terminal import Screen, print_json, say
from crawler.errors import ConfigError
from crawler.settings import environment
from crawler.sources.file import FILE_NAME
from crawler.spiders.url_list import check_url, open_list
from crawler.trusted_time import Authority, authorities_of, stamp_newest

EXAMPLES = """\
examples:
  dateline crawl https://news.example/story
  dateline crawl --from urls.txt --delay 2 --case "bridge collapse" --note "asked by the desk"
  grep -o 'https://[^ ]*' notes.txt | dateline crawl --from -
  dateline crawl https://x.com/desk/status/1988643345000000000
  dateline crawl --no-read URL                       keep the bytes only
  dateline crawl --backfill news-example --from 2020-01-01
  dateline crawl --connect-to news.example:443:127.0.0.1:8443 --cacert ca.pem URL
"""


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
        "--from",
        dest="from_file",
        metavar="FILE",
        help="a URL a line; - is standard input. With --backfill, the first day of what is wanted",
    )
    parser.add_argument(
        "--backfill",
        metavar="SOURCE",
        help="fetch what a source of sources.toml published from the day --from on",
    )
    parser.add_argument(
        "--sources",
        type=Path,
        default=Path(FILE_NAME),
        metavar="FILE",
        help=f"of --backfill: what is watched (default: ./{FILE_NAME})",
    )
    add_archive(parser)
    add_json(parser)
    parser.add_argument("--max-pages", type=count, default=0, metavar="N", help="0: all (default)")
    parser.add_argument(
        "--no-posts",
        action="store_true",
        help="do not ask platforms for the posts that are cited; what the pages say of the posts "
        "is recorded either way",
    )
    parser.add_argument(
        "--requisites",
        choices=("page", "none"),
        help="capture what an article's page needs to be seen: styles, pictures, fonts, scripts "
        "(default: page)",
    )
    parser.add_argument(
        "--media",
        choices=("images", "none"),
        help="capture the pictures of posts that are asked for, previews of films, and articles' "
        "lead images (default: images)",
    )
    parser.add_argument("--no-read", action="store_true", help="capture only")
    add_crawling(parser)
    parser.set_defaults(run=run)


def add_crawling(parser: argparse.ArgumentParser) -> None:
    """What every command takes that asks the web."""
    parser.add_argument("--wait", action="store_true", help="wait for another writer to end")
    parser.add_argument(
        "--delay",
        type=seconds,
        metavar="SECONDS",
        help="between requests to one host (default 1)",
    )
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
        type=assignment,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any Scrapy or DATELINE_* setting",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="log what happens")


def run(options: argparse.Namespace) -> int:
    """The command."""
    if options.backfill is not None:
        from crawler.cli.watching import backfill  # noqa: PLC0415 - it stands on this module

        return backfill(options)
    task = task_of(options)
    from crawler.cli.crawling import crawl  # noqa: PLC0415 - Scrapy, which other commands spare

    authorities = authorities_of(str(_setting(task, "DATELINE_TIME_AUTHORITIES") or ""))
    outcome = crawl(task)
    have_stamped(outcome.archive, authorities)
    summary = summarise(outcome.archive, outcome.run_id, outcome.stats)
    if options.json:
        print_json(summary.as_json())
    else:
        print_summary(Screen(), summary)
    if outcome.reason == "shutdown":
        return ExitCode.INTERRUPTED
    return ExitCode.USAGE if summary.left_out else ExitCode.OK


def have_stamped(archive: Path, authorities: Sequence[Authority]) -> None:
    """Ask for trusted time on what a run has signed; say so where it was not had."""
    if len(stamp_newest(archive, authorities)) < len(authorities):
        say("not every authority gave its time; `dateline custody stamp` asks again")


def _setting(task: Task, name: str) -> object:
    """What the command line says of a setting of ours, else the environment."""
    return task.settings.get(name, environment.get(name))


def task_of(options: argparse.Namespace) -> Task:
    """The checked task of a command line.

    Raises: ConfigError, InvalidUrl.
    """
    if not options.urls and not options.from_file:
        raise ConfigError("nothing to crawl: give a URL, or --from FILE")
    for url in options.urls:
        check_url(url)
    if options.from_file:
        os.close(open_list(options.from_file))
    return Task(
        urls=options.urls,
        from_file=options.from_file,
        max_pages=options.max_pages,
        settings=wishes_of(options) | settings_of(options),
        log_level=dict(options.set).get("LOG_LEVEL", "INFO" if options.verbose else None),
        has_bar=not options.verbose,
    )


def wishes_of(options: argparse.Namespace) -> dict[str, object]:
    """The settings that say what is read and fetched beside the pages; only what was given."""
    given = {
        "DATELINE_READ": False if options.no_read else None,
        "DATELINE_POSTS": False if options.no_posts else None,
        "DATELINE_REQUISITES": options.requisites,
        "DATELINE_MEDIA": options.media,
    }
    return {name: value for name, value in given.items() if value is not None}


def settings_of(options: argparse.Namespace) -> dict[str, object]:
    """The settings that the options of `add_crawling`, `add_archive` and `-s` give.

    Only what was given: an option that was not leaves the environment's value alone.

    Raises: ConfigError.
    """
    given = {
        "DATELINE_ARCHIVE": str(options.archive),
        "DATELINE_WAIT": True if options.wait else None,
        "DATELINE_CONNECT_TO": tuple(options.connect_to) or None,
        "DATELINE_ROBOTS_OVERRIDES": dict(map(_override, options.robots_override)) or None,
        "DATELINE_CASE": options.case,
        "DATELINE_NOTE": options.note,
        "DATELINE_OPERATOR": options.operator,
        "DATELINE_CACERT": options.cacert,
        "DATELINE_ALLOW_PRIVATE": True if options.allow_private else None,
        "DOWNLOAD_DELAY": options.delay,
    }
    return {name: value for name, value in given.items() if value is not None} | dict(options.set)


def _override(text: str) -> tuple[str, str]:
    host, equals, reason = text.partition("=")
    if not host or not equals or not reason.strip():
        raise ConfigError("--robots-override HOST=REASON: a written reason is needed")
    return host.lower(), reason
