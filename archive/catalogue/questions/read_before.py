"""Captures in the order in which they lie, each with what was read in it before."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.connection import snapshot
from archive.catalogue.rows import READINGS, capture_of, numbered, reading_of
from archive.model import Capture, Reading

_CAPTURES = """
    SELECT captures.*, EXISTS (
        SELECT 1 FROM captures AS later WHERE later.via_record = captures.record_id
            AND later.found_by IN ('redirect', 'retry')
    ) AS has_led_on
    FROM captures WHERE (warc, offset) > (:warc, :offset) AND (:run_id IS NULL OR run_id = :run_id)
    ORDER BY warc, offset LIMIT :limit
"""
_MOST_HOPS = 100

Place = tuple[str, int]
"""A WARC file's name, and an offset in it."""

START: Place = ("", -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBefore:
    """A capture, and the readings that there are of it."""

    capture: Capture
    found_by: str
    """How the first of the hops and tries was found that led to it."""
    has_led_on: bool
    """Whether a further hop or try followed from it: its own answer was not the last."""
    readings: tuple[Reading, ...]
    """By reader version, the newest last."""

    @property
    def place(self) -> Place:
        """Where it lies."""
        return self.capture.locator.warc, self.capture.locator.offset


def read_before(
    path: Path, after: Place, limit: int, run_id: str | None = None
) -> list[ReadBefore]:
    """The next captures after a place, at the most `limit`, of the catalogue at `path`.

    Those of one run, where `run_id` is given.

    Raises: NotAnArchive, StoreUnavailable; ValueError where a reading there is none.
    """
    warc, offset = after
    asked = {"warc": warc, "offset": offset, "limit": limit, "run_id": run_id}
    with snapshot(path) as connection:
        return [
            ReadBefore(
                capture=capture_of(row),
                found_by=_found_by(connection, row),
                has_led_on=bool(row["has_led_on"]),
                readings=_readings(connection, row["record_id"]),
            )
            for row in connection.execute(_CAPTURES, asked).fetchall()
        ]


def _found_by(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    found_by, via_record = row["found_by"], row["via_record"]
    for _ in range(_MOST_HOPS):
        if found_by not in ("redirect", "retry") or via_record is None:
            break
        before = connection.execute(
            "SELECT found_by, via_record FROM captures WHERE record_id = ?", (via_record,)
        ).fetchone()
        if before is None:
            break
        found_by, via_record = before
    return str(found_by)


def _readings(connection: sqlite3.Connection, record_id: str) -> tuple[Reading, ...]:
    rows = connection.execute(f"{READINGS} WHERE record_id = ?", (record_id,))
    return tuple(sorted(map(reading_of, rows), key=lambda one: numbered(one.reader)))
