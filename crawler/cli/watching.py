"""`dateline run`, `dateline schedule`: what is due of what is watched."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from crawler.cli.crawl import add_crawling, settings_of
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json
from crawler.cli.task import Task
from crawler.cli.terminal import print_json, say
from crawler.errors import ConfigError
from crawler.schedule.rechecks import USUAL, AgeSchedule
from crawler.settings import environment
from crawler.sources.file import FILE_NAME, SourcesError, load_sources
from crawler.sources.source import Source

FRONTIER = {
    "SCHEDULER": "crawler.frontier.scheduler.FrontierScheduler",
    "DOWNLOADER": "crawler.frontier.downloader.FrontierDownloader",
}
"""The settings that stand the durable frontier behind Scrapy's scheduler."""


def register(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    """Add the commands to the command line."""
    running = commands.add_parser(
        "run",
        help="ask the sources that are due, and look again at what is; then exit",
        description="Ask the sources of sources.toml that are due, fetch what they announce, look "
        "again at pages whose time has come; then exit.",
    )
    add_watching(running)
    add_json(running)
    running.set_defaults(run=run)


def add_watching(parser: argparse.ArgumentParser) -> None:
    """What `run` and `schedule` share."""
    add_archive(parser)
    parser.add_argument(
        "--sources",
        type=Path,
        default=Path(FILE_NAME),
        metavar="FILE",
        help=f"what is watched (default: ./{FILE_NAME})",
    )
    parser.add_argument(
        "--at",
        type=_instant,
        metavar="INSTANT",
        help="as if it were then (RFC 3339): for rehearsals; captures carry the true instant",
    )
    add_crawling(parser)


def run(options: argparse.Namespace) -> int:
    """`dateline run`."""
    try:
        sources = load_sources(options.sources)
    except SourcesError as error:
        for line in error.lines():
            say(line)
        return ExitCode.USAGE
    report = watch(options, sources)
    if options.json:
        print_json(report)
    else:
        _print(report)
    return ExitCode.INTERRUPTED if report["outcome"] == "shutdown" else ExitCode.OK


def watch(options: argparse.Namespace, sources: tuple[Source, ...]) -> dict[str, Any]:
    """One run over `sources`; its report, which is kept in the archive too."""
    # Scrapy, which other commands spare
    from crawler.cli.crawling import crawl  # noqa: PLC0415
    from crawler.frontier.clock import SteadyClock  # noqa: PLC0415
    from crawler.spiders.watch import WatchSpider  # noqa: PLC0415
    from crawler.watch.report import keep_report, run_report  # noqa: PLC0415

    settings = FRONTIER | settings_of(options)
    task = Task(
        settings=settings,
        log_level=dict(options.set).get("LOG_LEVEL", "INFO" if options.verbose else None),
        has_bar=not options.verbose,
    )
    at: dt.datetime | None = options.at
    clock = SteadyClock() if at is None else SteadyClock(wall=at.timestamp)
    outcome = crawl(
        task,
        spider=WatchSpider,
        arguments={"sources": sources, "clock": clock, "schedule": _schedule(settings)},
    )
    report = run_report(
        outcome.archive, outcome.run_id, outcome=outcome.reason, stats=outcome.stats
    )
    keep_report(outcome.archive, report)
    return report


def _schedule(settings: dict[str, object]) -> AgeSchedule:
    text = settings.get("DATELINE_RECHECKS", environment.get("DATELINE_RECHECKS"))
    try:
        return USUAL if text is None else AgeSchedule.parse(str(text))
    except ValueError as error:
        raise ConfigError(f"DATELINE_RECHECKS: {error}") from error


def _print(report: dict[str, Any]) -> None:
    pages = ", ".join(f"{count} {state}" for state, count in sorted(report["pages"].items()))
    turns = ", ".join(f"{count} {turn}" for turn, count in report["turns"].items())
    asked = sum(tally.get("pages", 0) for tally in report["sources"])
    failed = sum(1 for tally in report["sources"] if tally.get("failures"))
    say(f"{len(report['sources'])} sources asked, {failed} of them in trouble; {asked} pages seen")
    say(f"watched: {pages or 'no page yet'}")
    if turns:
        say(f"turned: {turns}")


def _instant(text: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        at = dt.datetime.min  # noqa: DTZ901 - refused below
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"an instant with its offset, such as 2026-11-22T06:00:00+00:00, not {text[:40]!r}"
        )
    return at
