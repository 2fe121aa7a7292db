"""The one writer of the catalogue: facts go in, batch by batch, and what follows from them."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from archive.catalogue.changes import ChangeLog
from archive.catalogue.connection import named_failures, open_writing
from archive.catalogue.placement.near import NearPlacement
from archive.catalogue.placement.readings import Catalogued, Readings
from archive.catalogue.placement.removal import derive_anew, remove_captures
from archive.catalogue.placement.standing import StandingPlacement
from archive.catalogue.rows import (
    Extent,
    capture_of,
    capture_row,
    extent_of,
    inserting,
    run_row,
    storable,
)
from archive.catalogue.schema import RULES, check_rules
from archive.catalogue.search_texts import SearchTexts
from archive.catalogue.tally import Tally
from archive.digest import Digest
from archive.errors import ArchiveError, CaptureNotFound
from archive.model import Capture, Reading, Run


class CatalogueWriter:
    """Writes one catalogue, from one thread at a time; the archive's lock keeps others out.

    Everything is added within `batch`, which is one transaction. Adding what is already there
    changes nothing, and the order in which captures and their readings come does not matter,
    as long as a capture comes before its readings and a run before its captures.

    All methods raise StoreUnavailable where the disk, its space or the database fails. An
    ArchiveError of another kind leaves the batch as it was before that call.

    `changes` numbers what each batch changed, `tally` sums the readings up.
    """

    def __init__(self, connection: sqlite3.Connection, changes: ChangeLog, tally: Tally) -> None:
        self._connection = connection
        self._changes = changes
        self._tally = tally
        self._search = SearchTexts(connection)
        self._readings = Readings(connection, self._search)
        self._standings = StandingPlacement(connection)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the catalogue at `path`, made or brought to the newest schema where needed.

        Raises: NotAnArchive where the file is something else or of a newer version.
        """
        connection = open_writing(path)
        try:
            with named_failures():
                sums = Tally(connection)
                writer = cls(connection, ChangeLog(connection), sums)
            writer._follow_rules()
            with writer.batch():
                sums.begin()
                NearPlacement(connection).refresh()
        except BaseException:
            connection.close()
            raise
        return writer

    def _follow_rules(self) -> None:
        """Derive everything anew where a program with older rules did it."""
        with named_failures():
            if check_rules(self._connection) == RULES:
                return
        with self.batch():
            derive_anew(self._connection)
            self._connection.execute(
                "INSERT INTO meta VALUES ('rules', ?) "
                "ON CONFLICT DO UPDATE SET value = excluded.value",
                (str(RULES),),
            )

    def close(self) -> None:
        """Close the database."""
        with named_failures():
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction: durable when the block ends, undone when it raises."""
        with named_failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._changes.settle()
                self._tally.settle()
                self._search.settle()
                self._connection.execute("COMMIT")
            except BaseException:
                self._search.drop()
                if self._connection.in_transaction:  # a full disk has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def add_run(self, run: Run) -> None:
        """Note a run, and how it ended, where that is told; one that is known keeps the rest."""
        self._in_batch()
        with named_failures():
            row = run_row(run)
            self._connection.execute(inserting("runs", row) + " ON CONFLICT DO NOTHING", row)
            if run.ended_at is not None:
                self._connection.execute(
                    "UPDATE runs SET ended_at = :ended_at, outcome = coalesce(:outcome, ''), "
                    "counts = :counts WHERE run_id = :run_id",
                    row,
                )

    def add_capture(self, capture: Capture) -> bool:
        """Note a capture whose records are durable; whether it was new.

        Raises: ArchiveError where its run is unknown, or another record lies in its place.
        """
        self._in_batch()
        with named_failures():
            self._connection.execute(
                "INSERT INTO warcs (name, durable_bytes, is_closed) VALUES (?, 0, 0) "
                "ON CONFLICT DO NOTHING",
                (capture.locator.warc,),
            )
            row = storable(capture_row(capture))
            statement = inserting("captures", row) + " ON CONFLICT (record_id) DO NOTHING"
            try:
                is_new = self._connection.execute(statement, row).rowcount == 1
            except sqlite3.IntegrityError as error:
                raise ArchiveError(
                    f"capture {capture.record_id} cannot be catalogued: "
                    f"its run is unknown or its place is taken ({error})"
                ) from error
            if is_new:
                self._standings.hear_capture(capture.record_id)
            return is_new

    def set_extent(self, warc: str, durable_bytes: int, *, is_closed: bool) -> None:
        """Note how far a WARC file is catalogued."""
        self._in_batch()
        with named_failures():
            self._connection.execute(
                "INSERT INTO warcs (name, durable_bytes, is_closed) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET durable_bytes = excluded.durable_bytes, "
                "is_closed = excluded.is_closed",
                (warc, durable_bytes, is_closed),
            )

    def extents(self) -> list[Extent]:
        """How far each WARC file is catalogued, by name."""
        with named_failures():
            rows = self._connection.execute("SELECT * FROM warcs ORDER BY name")
            return [extent_of(row) for row in rows]

    def has_capture(self, record_id: str) -> bool:
        """Whether the capture is catalogued."""
        with named_failures():
            found = self._connection.execute(
                "SELECT 1 FROM captures WHERE record_id = ?", (record_id,)
            )
            return found.fetchone() is not None

    def find_capture(self, record_id: str) -> Capture | None:
        """One capture."""
        with named_failures():
            row = self._connection.execute(
                "SELECT * FROM captures WHERE record_id = ?", (record_id,)
            ).fetchone()
        return capture_of(row) if row is not None else None

    def revisits_of(self, record_id: str) -> list[Capture]:
        """The revisits that refer to a capture."""
        with named_failures():
            rows = self._connection.execute(
                "SELECT * FROM captures WHERE refers_to = ? ORDER BY record_id", (record_id,)
            )
            return [capture_of(row) for row in rows]

    def forget(self, record_ids: Collection[str]) -> None:
        """Take captures out, and leave no byte of them in the database's file.

        A transaction of its own; whole or not at all.
        """
        with named_failures():
            self._connection.execute("PRAGMA secure_delete = ON")
            with self.batch():
                remove_captures(self._connection, record_ids)
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def find_original(self, payload_digest: Digest) -> Capture | None:
        """The first capture that holds this payload whole, fit for a revisit to refer to.

        Only responses, neither empty nor cut nor failed.
        """
        with named_failures():
            row = self._connection.execute(
                "SELECT * FROM captures WHERE payload_digest = ? AND kind = 'response' "
                "AND truncated IS NULL AND failure_kind IS NULL AND payload_bytes > 0 "
                "ORDER BY captured_at, record_id LIMIT 1",
                (payload_digest,),
            ).fetchone()
        return capture_of(row) if row is not None else None

    def add_reading(self, reading: Reading) -> Catalogued:
        """Note a reading, and place the article it found, or the answer about a post.

        A reading of the same capture by the same reader version is kept once; only one that was
        stopped (`unreadable`) gives way to one that was not.

        Raises: CaptureNotFound where its capture is not catalogued; InvalidUrl where its
        article's URL is none.
        """
        self._in_batch()
        with named_failures():
            if not self.has_capture(reading.record_id):
                raise CaptureNotFound(f"no capture {reading.record_id}: a reading needs its bytes")
            return self._readings.add(reading)

    def _in_batch(self) -> None:
        if not self._connection.in_transaction:
            raise RuntimeError("the catalogue is written within a batch")
