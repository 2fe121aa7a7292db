"""`dateline schedule`: stays up, and runs `dateline run` whenever something is due.

Each run is a process of its own: its memory ends with it, what kills it does not end the schedule,
and between two runs the archive's lock is free for others.
"""

import argparse
import datetime as dt
import signal
import subprocess
import sys
import threading
from types import FrameType
from typing import Any

from archive import ArchiveError
from crawler.cli.commands.watching import add_watching, metrics_of, naming_mistakes
from crawler.cli.crawling.interrupt import ending_signals
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import examples
from crawler.cli.screen.terminal import say
from crawler.errors import ConfigError
from crawler.schedule.due import Due, next_turn
from crawler.schedule.intervals import Bounds
from crawler.sources.file import load_sources, parse_sources, text_of
from crawler.sources.source import Source
from crawler.state.database import FILE_NAME, NothingYet, read_state
from crawler.watch.pages import next_due_at
from crawler.watch.rhythms import Rhythms
from crawler.watch.room import ROOM

_LOOK = dt.timedelta(minutes=1)
"""How often the file of sources is read again."""
_AFTER_FAILURE = dt.timedelta(minutes=1)
_LONGEST_AFTER_FAILURE = dt.timedelta(minutes=30)


def register(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    """Add the command to the command line."""
    parser = commands.add_parser(
        "schedule",
        help="stay up, and run what is due whenever something is",
        description="Stay up, and do as `dateline run` whenever something is due. Ctrl-C or "
        "SIGTERM ends it, and a run that goes on, within seconds and with nothing lost.",
        epilog=examples(
            "dateline schedule --archive newsroom",
            "dateline schedule --archive newsroom --sources newsroom.toml --metrics-port 9464",
        ),
    )
    add_watching(parser)
    parser.set_defaults(run=naming_mistakes(_schedule))


def _schedule(options: argparse.Namespace) -> int:
    if str(options.sources) == "-":
        raise ConfigError("--sources: a schedule reads a file, again and again, not standard input")
    load_sources(options.sources)  # a mistake at the start is said at once
    turner = _Turner(options)
    for number in ending_signals():
        signal.signal(number, turner.stop)
    with metrics_of(options):
        turner.turn()
    return ExitCode.INTERRUPTED


class _Turner:
    """Waits for the next turn and takes it, until it is told to stop."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._stopped = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._sources: tuple[Source, ...] = ()
        self._text = ""
        """What they were read from: a run gets the very same, whatever becomes of the file."""
        self._failures = 0
        self._ended_at: dt.datetime | None = None

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """End the run that goes on, and the schedule."""
        self._stopped.set()
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)

    def turn(self) -> None:
        """Go on until `stop`."""
        while not self._stopped.is_set():
            now = dt.datetime.now(dt.UTC)
            wait = self._next_at(now) - now
            if wait > dt.timedelta():
                self._stopped.wait(min(wait, _LOOK).total_seconds())
            else:
                self._run()

    def _next_at(self, now: dt.datetime) -> dt.datetime:
        if self._ended_at is not None:  # a clock that was set back delays by one wait at the most
            self._ended_at = min(self._ended_at, now)
        try:
            text = text_of(self._options.sources)
            self._sources = parse_sources(text, str(self._options.sources))
            self._text = text
        except ConfigError as error:
            say(f"{error}; going on with the sources as they were")
        if self._failures and self._ended_at is not None:
            times: int = 2 ** min(self._failures - 1, 10)
            return self._ended_at + min(_AFTER_FAILURE * times, _LONGEST_AFTER_FAILURE)
        bounds = Bounds()
        try:
            with read_state(self._options.archive / FILE_NAME, ROOM) as state:
                rhythms = Rhythms(state, bounds=bounds)
                due = Due(
                    sources=[(source, rhythms.of(source)) for source in self._sources],
                    pages_at=next_due_at(state),
                )
        except NothingYet:  # everything is due
            return now
        except ArchiveError as error:
            say(error)
            return now + _AFTER_FAILURE
        return next_turn(due, ended_at=self._ended_at, now=now, bounds=bounds) or now + _LOOK

    def _run(self) -> None:
        command = [sys.executable, "-m", "crawler", "run", *_arguments(self._options)]
        # In a session of its own: a Ctrl-C at the terminal reaches it once, through us.
        self._child = subprocess.Popen(  # noqa: S603 - ourselves
            command, start_new_session=True, stdin=subprocess.PIPE
        )
        if self._stopped.is_set():
            self.stop()
        self._child.communicate(self._text.encode())
        code = self._child.returncode
        self._ended_at = dt.datetime.now(dt.UTC)
        if code in {ExitCode.OK, ExitCode.INTERRUPTED}:
            self._failures = 0
            return
        if self._stopped.is_set():
            return  # it was told to end before it had begun
        self._failures += 1
        say(f"the run ended with {code}; trying again later")


def _arguments(options: argparse.Namespace) -> list[str]:
    """The options again, for `dateline run`, which is told the sources."""
    given = ["--archive", str(options.archive), "--sources", "-"]
    flags = ("wait", "allow_private", "verbose")
    given += ["--" + name.replace("_", "-") for name in flags if getattr(options, name)]
    for name in ("delay", "case", "note", "operator", "cacert"):
        value = getattr(options, name)
        given += [f"--{name}={value}"] if value is not None else []
    for name in ("connect_to", "robots_override"):
        given += [f"--{name.replace('_', '-')}={value}" for value in getattr(options, name)]
    for name, value in options.set:
        given += ["-s", f"{name}={value}"]
    # The schedule itself serves the numbers.
    return [*given, "-s", "DATELINE_METRICS_PORT="]
