"""`dateline crawl`: what it takes on its command line."""

import argparse
import os
from pathlib import Path

from crawler.cli.commands.watching import backfill
from crawler.cli.crawling.options import add_crawling, have_stamped, settings_of, wishes_of
from crawler.cli.crawling.task import Task
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, count
from crawler.cli.screen.summary import print_summary, summarise
from crawler.cli.screen.terminal import Screen, print_json
from crawler.errors import ConfigError
from crawler.settings import environment
from crawler.sources.file import FILE_NAME
from crawler.spiders.url_list import check_url, open_list
from crawler.trusted_time import authorities_of

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
    )
    parser.add_argument("urls", nargs="*", metavar="URL", help="of an article, or of a post")
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


def run(options: argparse.Namespace) -> int:
    """The command."""
    if options.backfill is not None:
        return backfill(options)
    task = task_of(options)
    from crawler.cli.crawling.process import crawl  # noqa: PLC0415 - Scrapy, which other commands spare

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
