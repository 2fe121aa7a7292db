"""When each source was asked, how it went, and which of its documents were read."""

import datetime as dt
import sqlite3

from crawler.schedule.intervals import Bounds, Rhythm
from crawler.sources.source import Source
from crawler.state.database import named_failures
from crawler.watch.instants import instant, seconds


class Rhythms:
    """The tables `watch_sources` and `watch_documents`.

    All methods raise StoreUnavailable where the disk fails.
    """

    def __init__(self, connection: sqlite3.Connection, *, bounds: Bounds) -> None:
        self._connection = connection
        self._bounds = bounds

    def of(self, source: Source) -> Rhythm:
        """What is known of the pace of `source`."""
        with named_failures():
            row = self._connection.execute(
                "SELECT interval_s, asked_at, failures, failing_since FROM watch_sources"
                " WHERE name = ?",
                (source.name,),
            ).fetchone()
        if row is None:
            return Rhythm.new(source, self._bounds)
        interval_s, asked_at, failures, failing_since = row
        return Rhythm(
            interval=source.every or dt.timedelta(seconds=interval_s),
            asked_at=instant(asked_at),
            failures=failures,
            failing_since=instant(failing_since),
        )

    def keep(self, source: Source, rhythm: Rhythm) -> None:
        """Remember the pace of `source`."""
        with named_failures():
            self._connection.execute(
                "INSERT OR REPLACE INTO watch_sources VALUES (?, ?, ?, ?, ?)",
                (
                    source.name,
                    rhythm.interval.total_seconds(),
                    seconds(rhythm.asked_at),
                    rhythm.failures,
                    seconds(rhythm.failing_since),
                ),
            )

    def read_record(self, source: str, url: str) -> str | None:
        """The capture of a document whose links were noted, all of them; None where none was."""
        with named_failures():
            row = self._connection.execute(
                "SELECT record_id FROM watch_documents WHERE source = ? AND url = ?", (source, url)
            ).fetchone()
        return None if row is None else str(row[0])

    def read_at(self, source: str, url: str) -> dt.datetime | None:
        """When the links of a document were last noted; None where they never were."""
        with named_failures():
            row = self._connection.execute(
                "SELECT read_at FROM watch_documents WHERE source = ? AND url = ?", (source, url)
            ).fetchone()
        return None if row is None else instant(row[0])

    def is_index(self, source: str, url: str) -> bool:
        """Whether a document named further documents when it was last read."""
        with named_failures():
            row = self._connection.execute(
                "SELECT is_index FROM watch_documents WHERE source = ? AND url = ?", (source, url)
            ).fetchone()
        return row is not None and bool(row[0])

    def note_read(
        self,
        source: str,
        url: str,
        record_id: str,
        kind: str,
        *,
        at: dt.datetime,
        is_index: bool = False,
    ) -> None:
        """Remember that all links of a document's capture were noted, at `at`."""
        with named_failures():
            self._connection.execute(
                "INSERT OR REPLACE INTO watch_documents"
                " (source, url, record_id, kind, read_at, is_index) VALUES (?, ?, ?, ?, ?, ?)",
                (source, url, record_id, kind, seconds(at), int(is_index)),
            )

    def documents(self, source: str) -> list[tuple[str, str]]:
        """Address and kind of the documents of a source that were read once."""
        with named_failures():
            return self._connection.execute(
                "SELECT url, kind FROM watch_documents WHERE source = ? ORDER BY url", (source,)
            ).fetchall()
