"""What came of believing each source in when its pages were modified."""

import sqlite3

from crawler.discover.honesty import LastmodRecord
from crawler.state.database import named_failures


def lastmod_record(connection: sqlite3.Connection, source: str) -> LastmodRecord:
    """The record of a source. Raises: StoreUnavailable."""
    with named_failures():
        row = connection.execute(
            "SELECT confirmed, refuted, missed FROM watch_lastmods WHERE source = ?", (source,)
        ).fetchone()
    if row is None:
        return LastmodRecord()
    return LastmodRecord(confirmed=row[0], refuted=row[1], missed=row[2])


def note_lastmod(
    connection: sqlite3.Connection, source: str, *, has_moved: bool, has_changed: bool
) -> None:
    """Take in a look at a page whose source says when it was modified.

    Raises: StoreUnavailable.
    """
    record = lastmod_record(connection, source)
    new = record.with_look(has_moved=has_moved, has_changed=has_changed)
    if new == record:
        return
    with named_failures():
        connection.execute(
            "INSERT OR REPLACE INTO watch_lastmods VALUES (?, ?, ?, ?)",
            (source, new.confirmed, new.refuted, new.missed),
        )
