"""What can be judged only when all files are read: kept on disk, so that memory does not grow."""

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from archive.catalogue.rows import Row
from archive.model import Locator
from archive.verification.report import Report
from archive.warc.stored import Stored

_TABLES = {
    "ids": "id TEXT, warc TEXT, offset INTEGER, payload BLOB",
    "links": "warc TEXT, offset INTEGER, link TEXT, target TEXT",
    "revisits": "warc TEXT, offset INTEGER, target TEXT, payload BLOB",
    "runs": "run_id TEXT, warc TEXT, offset INTEGER, row TEXT",
}
BATCH = 500


class Logged(NamedTuple):
    """A record's entry in the custody log."""

    offset: int
    length: int
    record_id: str
    sha256: bytes
    line_at: int
    """Where its line begins in the log."""


class ToldRun(NamedTuple):
    """A run as its records tell of it."""

    warc: str
    offset: int
    row: Row
    """As the catalogue should have it."""
    report: tuple[str, int] | None = None
    """Where the record of its end lies."""


class Findings:
    """Rows in a database of its own at `path`, for one process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            self._connection.execute(f"PRAGMA {pragma}")
        for table, columns in _TABLES.items():
            self._connection.execute(f"CREATE TABLE {table} ({columns})")
        self._waiting: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}

    def add(self, table: str, *row: object) -> None:
        """Note one row."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._flush(table)

    def add_run(self, run_id: str, warc: str, offset: int, row: Row) -> None:
        """Note what a record says of a run."""
        self.add("runs", run_id, warc, offset, json.dumps(row))

    def take(self, part: Path) -> None:
        """Add what another process noted at `part`, and remove that."""
        self._connection.execute("ATTACH ? AS part", (str(part),))
        for table in _TABLES:
            self._connection.execute(f"INSERT INTO {table} SELECT * FROM part.{table}")  # noqa: S608
        self._connection.execute("DETACH part")
        part.unlink()

    def close(self) -> None:
        """Write what waits, and close."""
        for table in _TABLES:
            self._flush(table)
        self._connection.close()

    def judge(self, report: Report) -> None:
        """Hold ids, links and revisits against each other."""
        for table in _TABLES:
            self._flush(table)
        execute = self._connection.execute
        execute("CREATE INDEX ids_by_id ON ids (id)")
        twice = execute(
            "SELECT later.id, later.warc, later.offset FROM ids AS later WHERE EXISTS (SELECT 1 "
            "FROM ids WHERE ids.id = later.id AND (ids.warc, ids.offset) < "
            "(later.warc, later.offset)) ORDER BY later.warc, later.offset"
        )
        for record_id, warc, offset in twice:
            report.fault(warc, offset, f"another record is called {record_id[:100]} too")
        dangling = execute(
            "SELECT warc, offset, link, target FROM links WHERE NOT EXISTS "
            "(SELECT 1 FROM ids WHERE id = target) ORDER BY warc, offset"
        )
        for warc, offset, link, target in dangling:
            report.fault(warc, offset, f"{link} names {target[:100]}, which is not there")
        others = execute(
            "SELECT revisits.warc, revisits.offset, target FROM revisits JOIN ids ON id = target "
            "WHERE ids.payload IS NOT revisits.payload ORDER BY revisits.warc, revisits.offset"
        )
        for warc, offset, target in others:
            report.fault(warc, offset, f"the revisit's payload is not that of {target[:100]}")

    def runs(self) -> Iterator["ToldRun"]:
        """What the records say of each run."""
        self._flush("runs")
        rows = self._connection.execute(
            "SELECT run_id, warc, offset, row FROM runs ORDER BY run_id, warc, offset"
        )
        for _, told in itertools.groupby(rows, key=lambda row: str(row[0])):
            (_, warc, offset, text), *later = told
            run = ToldRun(warc, offset, json.loads(text))
            for _, report_warc, report_offset, report in later:
                row: Row = json.loads(report)
                if row["ended_at"] is not None:
                    ending = {name: row[name] for name in ("ended_at", "outcome", "counts")}
                    place = (str(report_warc), int(report_offset))
                    run = run._replace(row=run.row | ending, report=place)
            yield run

    def _flush(self, table: str) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.execute("BEGIN")
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
            self._connection.execute("COMMIT")


class LoggedRecords:
    """The log's entries of records, to be asked for file by file, by several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)

    def fill(self, entries: Iterable[tuple[int, Stored]]) -> None:
        """Take entries, each with where its line begins in the log."""
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE TABLE log (warc TEXT, offset INTEGER, length INTEGER, record_id TEXT, "
            "sha256 BLOB, line_at INTEGER)"
        )
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)",
            (
                (one.locator.warc, one.locator.offset, one.locator.length, *_rest(one), line_at)
                for line_at, one in entries
            ),
        )
        self._connection.execute("CREATE INDEX by_place ON log (warc, offset)")
        self._connection.execute("COMMIT")

    def of(self, warc: str) -> Iterator[Logged]:
        """The entries of a file by their offset."""
        rows = self._connection.execute(
            "SELECT offset, length, record_id, sha256, line_at FROM log WHERE warc = ? "
            "ORDER BY offset, line_at",
            (warc,),
        )
        return map(Logged._make, rows)

    def line_at(self, warc: str, offset: int) -> int | None:
        """Where the line of the record at `offset` begins in the log."""
        row = self._connection.execute(
            "SELECT line_at FROM log WHERE warc = ? AND offset = ?", (warc, offset)
        ).fetchone()
        return None if row is None else int(row[0])

    def within(self, place: Locator) -> Iterator[tuple[int, Stored]]:
        """The entries of the records that lie within a place, with where their lines begin."""
        rows = self._connection.execute(
            "SELECT line_at, sha256, offset, length, record_id FROM log "
            "WHERE warc = ? AND offset >= ? AND offset < ? ORDER BY line_at",
            (place.warc, place.offset, place.offset + place.length),
        )
        for line_at, sha256, offset, length, record_id in rows:
            locator = Locator(warc=place.warc, offset=offset, length=length)
            yield line_at, Stored(sha256, locator, record_id)

    def names(self) -> Sequence[str]:
        """The files that it names."""
        return [name for (name,) in self._connection.execute("SELECT DISTINCT warc FROM log")]

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


def _rest(entry: Stored) -> tuple[str, bytes]:
    return entry.record_id, entry.sha256
