"""`dateline run`, `dateline health`: what is due of what is watched, and how it fares."""

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.cli.commands.health_hook import SETTING, HealthHook
from crawler.cli.crawling.options import add_crawling, have_stamped, settings_of, wishes_of
from crawler.cli.crawling.task import Task
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, examples, port_number
from crawler.cli.screen.terminal import print_json, say
from crawler.errors import ConfigError
from crawler.json_line import clean
from crawler.schedule.intervals import Bounds
from crawler.schedule.rechecks import USUAL, USUAL_OF_POSTS, AgeSchedule
from crawler.settings import environment
from crawler.sources.file import FILE_NAME, SourcesError, load_sources
from crawler.sources.source import Source
from crawler.trusted_time import authorities_of
from crawler.watch.checkup import health_of, is_anything_due

if TYPE_CHECKING:
    from crawler.watch.metrics import Metrics

FRONTIER = {
    "SCHEDULER": "crawler.frontier.scheduler.FrontierScheduler",
    "DOWNLOADER": "crawler.frontier.downloader.FrontierDownloader",
}
"""The settings that stand the durable frontier behind Scrapy's scheduler."""
_TROUBLES_TOLD = 5
"""Sources whose trouble a run names at its end; its report has all."""


def register(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    """Add the commands to the command line."""
    running = commands.add_parser(
        "run",
        help="ask the sources that are due, and look again at what is; then exit",
        description="Ask the sources of sources.toml that are due, fetch what they announce, look "
        "again at pages whose time has come; then exit.",
        epilog=examples(
            "dateline run",
            'dateline run --archive newsroom --sources newsroom.toml --operator "night desk"',
        ),
    )
    add_watching(running)
    _add_instant(running)
    add_json(running)
    running.set_defaults(source=None, run=naming_mistakes(_run))
    asking = commands.add_parser(
        "health",
        help="what someone should look at of what is watched; exit 1 where there is something",
        description="Name the sources that went dead or silent, whose pages are read worse than "
        "before or are walls, and a clock that is wrong. Exit code 1 where there is anything.",
        epilog=examples(
            "dateline health",
            "dateline health --archive newsroom --sources newsroom.toml --json",
        ),
    )
    add_archive(asking)
    add_sources(asking)
    _add_instant(asking)
    add_json(asking)
    asking.set_defaults(run=naming_mistakes(_health))


def backfill(options: argparse.Namespace) -> int:
    """`dateline crawl --backfill SOURCE --from DAY`: its options, and what is done.

    Raises: ConfigError, and as `watch`.
    """
    if options.urls or options.max_pages:
        raise ConfigError("--backfill has its pages from the source: no URL and no --max-pages")
    if options.from_file is None:
        raise ConfigError("--backfill needs --from DAY, such as 2020-01-01")
    try:
        since = _day(options.from_file)
    except argparse.ArgumentTypeError as error:
        raise ConfigError(f"--from: with --backfill, {error}") from error
    given = vars(options) | {
        "source": options.backfill,
        "since": since,
        "at": None,
        "metrics_port": None,
        "set": [*wishes_of(options).items(), *options.set],
    }
    return naming_mistakes(_run)(argparse.Namespace(**given))


def add_watching(parser: argparse.ArgumentParser) -> None:
    """What `run` and `schedule` share."""
    add_archive(parser)
    add_sources(parser)
    parser.add_argument(
        "--metrics-port",
        type=port_number,
        metavar="PORT",
        help="serve numbers for Prometheus on loopback while it runs",
    )
    add_crawling(parser)


def add_sources(parser: argparse.ArgumentParser) -> None:
    """What is watched."""
    parser.add_argument(
        "--sources",
        type=Path,
        default=Path(FILE_NAME),
        metavar="FILE",
        help=f"what is watched, - is standard input (default: ./{FILE_NAME})",
    )


def _add_instant(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        type=_instant,
        metavar="INSTANT",
        help="as if it were then (RFC 3339): for rehearsals; captures carry the true instant",
    )


def naming_mistakes(
    run: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """`run`, where every mistake in the file of sources is a line of its own."""

    def checked(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except SourcesError as error:
            for line in error.lines():
                say(line)
            return ExitCode.USAGE

    return checked


def _run(options: argparse.Namespace) -> int:
    sources = load_sources(options.sources)
    now = options.at or dt.datetime.now(dt.UTC)
    if options.source is None and not is_anything_due(
        options.archive, sources, now=now, bounds=Bounds()
    ):
        # No run then: a timer that calls us every minute must not leave a file each time.
        if options.json:
            print_json({"run": None, "outcome": "nothing-due"})
        else:
            say("nothing is due")
        return ExitCode.OK
    with metrics_of(options) as metrics:
        report = watch(options, sources, metrics)
    if options.json:
        print_json(report)
    else:
        _print(report)
    return ExitCode.INTERRUPTED if report["outcome"] == "shutdown" else ExitCode.OK


def watch(
    options: argparse.Namespace, sources: tuple[Source, ...], metrics: "Metrics | None" = None
) -> dict[str, Any]:
    """One run over `sources`; its report, which is kept in the archive too.

    Raises: as `crawler.cli.crawling.process.crawl`.
    """
    # Scrapy, which other commands spare
    from crawler.cli.crawling.process import crawl  # noqa: PLC0415
    from crawler.frontier.clock import SteadyClock  # noqa: PLC0415
    from crawler.spiders.sources import Backfill  # noqa: PLC0415
    from crawler.spiders.watch import WatchSpider  # noqa: PLC0415
    from crawler.watch.report import keep_report, last_report, run_report  # noqa: PLC0415

    given = settings_of(options)
    schedule = _schedule(given, "DATELINE_RECHECKS", USUAL)
    post_schedule = _schedule(given, "DATELINE_POST_RECHECKS", USUAL_OF_POSTS)
    hook = HealthHook.parse(_setting(given, SETTING))
    authorities = authorities_of(_setting(given, "DATELINE_TIME_AUTHORITIES"))
    task = Task(
        settings=FRONTIER | given,
        log_level=dict(options.set).get("LOG_LEVEL", "INFO" if options.verbose else None),
        has_bar=not options.verbose,
    )
    at: dt.datetime | None = options.at
    clock = SteadyClock() if at is None else SteadyClock(wall=at.timestamp)
    arguments: dict[str, object] = {
        "sources": sources,
        "clock": clock,
        "schedule": schedule,
        "post_schedule": post_schedule,
        "metrics": metrics,
        "is_rehearsal": at is not None,
    }
    if options.source is not None:
        if options.source not in {source.name for source in sources}:
            raise ConfigError(f"{options.sources} has no source {options.source[:80]!r}")
        arguments["backfill"] = Backfill(source=options.source, since=options.since)
    outcome = crawl(task, spider=WatchSpider, arguments=arguments)
    root = outcome.archive
    have_stamped(root, authorities)
    last = last_report(root) or {}
    report = run_report(root, outcome.run_id, outcome=outcome.reason, stats=outcome.stats)
    now = dt.datetime.fromtimestamp(clock(), dt.UTC)
    concerns = health_of(root, sources, now=now, bounds=Bounds())
    report["health"] = [concern.as_json() for concern in concerns]
    if hook is not None:
        hook.hear(root, report, before=last)
    else:
        keep_report(root, report)
    return report


def metrics_of(options: argparse.Namespace) -> "AbstractContextManager[Metrics | None]":
    """The server of numbers that the options ask for.

    Raises: ConfigError, also when it is entered.
    """
    port: int | None = options.metrics_port
    if port is None and (text := _setting(settings_of(options), "DATELINE_METRICS_PORT")):
        try:
            port = port_number(text)
        except argparse.ArgumentTypeError as error:
            raise ConfigError(f"DATELINE_METRICS_PORT: {error}") from error
    if port is None:
        return nullcontext()
    from crawler.watch.metrics import Metrics  # noqa: PLC0415 - seldom needed

    return Metrics(options.archive, port=port)


def _health(options: argparse.Namespace) -> int:
    now = options.at or dt.datetime.now(dt.UTC)
    sources = load_sources(options.sources)
    concerns = health_of(options.archive, sources, now=now, bounds=Bounds())
    with suppress(BrokenPipeError):  # the exit code tells it to who reads no further
        for concern in concerns:
            if options.json:
                print_json(concern.as_json())
            else:
                print(clean(f"{concern.source or '*'}: {concern.kind}: {concern.text}"))  # noqa: T201
    return ExitCode.FAULTS if concerns else ExitCode.OK


def _setting(given: Mapping[str, object], name: str) -> str:
    return str(given.get(name, environment.get(name, "")))


def _schedule(given: Mapping[str, object], name: str, usual: AgeSchedule) -> AgeSchedule:
    """Raises: ConfigError."""
    if name not in {**environment, **given}:
        return usual
    try:
        return AgeSchedule.parse(_setting(given, name))
    except ValueError as error:
        raise ConfigError(f"{name}: {error}") from error


def _print(report: dict[str, Any]) -> None:
    pages = ", ".join(f"{count} {state}" for state, count in sorted(report["pages"].items()))
    turns = ", ".join(f"{count} {turn}" for turn, count in report["turns"].items())
    asked = sum(tally.get("pages", 0) for tally in report["sources"])
    failed = [tally for tally in report["sources"] if tally.get("failures")]
    told = f"{len(report['sources'])} sources asked, {len(failed)} of them in trouble"
    say(f"{told}; {asked} pages seen")
    for tally in failed[:_TROUBLES_TOLD]:
        say(f"trouble with {tally['source']}: {tally['failures'][0]}")
    say(f"watched: {pages or 'no page yet'}")
    if turns:
        say(f"turned: {turns}")
    for concern in report["health"]:
        say(f"look at {concern['source'] or 'the whole'}: {concern['kind']}: {concern['text']}")


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


def _day(text: str) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day such as 2020-01-01, not {text[:40]!r}") from None
    return dt.datetime.combine(day, dt.time(), dt.UTC)
