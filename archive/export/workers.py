"""Several processes that read one state of a catalogue, for an export of many rows.

    parent                    workers
    takes a snapshot          each takes one, and tells its newest position
    compares; all look again where a crawl has committed in between
    hands out tasks           each writes the days of one

Every commit that changes a row of an export is numbered (catalogue.changes): snapshots with the
same newest position show the same rows.
"""

import datetime as dt
import logging
import multiprocessing
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Self

from archive.catalogue.connection import snapshot
from archive.catalogue.feed import newest_position
from archive.errors import StoreUnavailable
from archive.export.queries import Choice, Days
from archive.export.rows import Rows

SPANS = 16
"""A kind whose instants are indexed is parted into so many spans of days, for as many tasks."""
LOOKS = 50
"""So often a state is looked for that all see; a crawl that commits faster is exported by one."""

_INDEXED = {
    "articles": "first_seen_at",
    "captures": "captured_at",
    "citations": "first_seen_at",
    "posts": "first_seen_at",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one worker does at a time."""

    folder: Path
    kind: str
    choice: Choice


class Workers:
    """Processes that write Parquet. A context manager: they end with it."""

    def __init__(self, catalogue: Path, count: int) -> None:
        self._lines: list[Connection] = []
        self._ending = ExitStack()
        context = multiprocessing.get_context("spawn")
        with ExitStack() as stack:
            for _ in range(count):
                here, there = context.Pipe()
                stack.callback(here.close)
                process = context.Process(target=_work, args=(there, catalogue), daemon=True)
                process.start()
                stack.callback(process.join)
                stack.callback(process.terminate)
                there.close()
                self._lines.append(here)
            self._ending = stack.pop_all()

    @contextmanager
    def one_state(self, catalogue: Path) -> Iterator[sqlite3.Connection | None]:
        """A snapshot of the state that all workers see from now on; None where none was found."""
        for _ in range(LOOKS):
            with snapshot(catalogue) as connection:
                position = str(newest_position(connection))
                if all(_told(line) == position for line in self._lines):
                    yield connection
                    return
            for line in self._lines:
                line.send(None)
        yield None

    def write(self, tasks: Iterable[Task]) -> Counter[str]:
        """Have the tasks done; how many rows there are of each kind.

        Raises: StoreUnavailable where one could not be done.
        """
        waiting = list(tasks)[::-1]
        written: Counter[str] = Counter()
        free = list(self._lines)
        busy: dict[Connection, Task] = {}
        while waiting or busy:
            while free and waiting:
                line, task = free.pop(), waiting.pop()
                line.send(task)
                busy[line] = task
            ready = wait(list(busy))
            for line in [one for one in busy if one in ready]:
                task = busy.pop(line)
                done = _told(line)
                if not isinstance(done, int):
                    raise StoreUnavailable(f"{task.kind} could not be written: {done}")
                written[task.kind] += done
                free.append(line)
        return written

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._ending.close()


def tasks(
    connection: sqlite3.Connection, folder: Path, kinds: Iterable[str], choice: Choice
) -> Iterator[Task]:
    """What is to be done for `kinds`, those kinds first that are one task."""
    for kind in sorted(kinds, key=lambda kind: kind in _INDEXED):
        for days in _spans(connection, kind) if kind in _INDEXED else (None,):
            yield Task(folder=folder, kind=kind, choice=replace(choice, days=days))


def _spans(connection: sqlite3.Connection, kind: str) -> Iterator[Days]:
    first, last = (
        dt.date.fromisoformat(instant[:10]) if instant is not None else None
        for (instant,) in (
            connection.execute(
                f"SELECT {which}({_INDEXED[kind]}) FROM {kind}"  # noqa: S608 - names of ours
            ).fetchone()
            for which in ("min", "max")
        )
    )
    if first is None or last is None:
        return
    step = dt.timedelta(days=(last - first).days // SPANS + 1)
    while first <= last:
        yield Days(first=first.isoformat(), end=(first + step).isoformat())
        first += step


def _told(line: Connection) -> object:
    try:
        return line.recv()
    except EOFError:
        raise StoreUnavailable("a process of the export has ended") from None


def _work(line: Connection, catalogue: Path) -> None:
    """The whole of a worker: look, tell, do tasks; look again where told to (None)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to end
    from archive.export.parquet import write_days  # noqa: PLC0415 - an extra, and slow to load

    try:
        while True:
            with snapshot(catalogue) as connection:
                line.send(str(newest_position(connection)))
                rows = Rows(connection)
                while (task := line.recv()) is not None:
                    line.send(
                        write_days(task.folder, task.kind, rows.values(task.kind, task.choice))
                    )
    except EOFError:
        return  # the parent has no more
    except Exception as error:
        logger.exception("a process of the export failed")
        line.send(f"{type(error).__name__}: {error}")
