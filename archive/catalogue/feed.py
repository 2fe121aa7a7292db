"""The change feed to its readers: positions, and what came after one."""

import datetime as dt
import re
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Self

from archive.catalogue.changes import PRESENT
from archive.errors import BadPosition
from archive.instants import instant

FEED_KINDS = tuple(PRESENT)
"""The kinds of rows that have positions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in the feed of one catalogue: everything up to change `number` was seen."""

    epoch: str
    number: int

    def __str__(self) -> str:
        """`EPOCH-NUMBER`, as `parse` reads it."""
        return f"{self.epoch}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The position that `str` wrote.

        Raises: BadPosition.
        """
        found = re.fullmatch(r"([0-9a-f]{12})-([0-9]{1,18})", text, re.ASCII)
        if found is None:
            raise BadPosition(f"not a position of the feed: {text[:60]!r}")
        return cls(epoch=found[1], number=int(found[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a row in one commit."""

    position: Position
    kind: str
    id: str
    change: str
    """`new`, `changed` or `gone`. A capture that is gone was withdrawn."""
    noted_at: str


def newest_position(connection: sqlite3.Connection) -> Position:
    """The position of who has seen everything."""
    epoch, number = connection.execute(
        "SELECT epoch, (SELECT coalesce(max(position), 0) FROM changes) FROM epochs"
    ).fetchone()
    return Position(epoch=epoch, number=number)


def position_before(connection: sqlite3.Connection, at: dt.datetime) -> Position:
    """The position after which come all changes that were noted at that aware instant or later."""
    newest = newest_position(connection)
    (first,) = connection.execute(
        "SELECT min(position) FROM changes WHERE noted_at >= ?", (instant(at),)
    ).fetchone()
    return Position(epoch=newest.epoch, number=first - 1 if first is not None else newest.number)


def check_position(connection: sqlite3.Connection, since: Position) -> None:
    """Raises: BadPosition where this catalogue never gave that position."""
    newest = newest_position(connection)
    if since.epoch != newest.epoch:
        raise BadPosition(
            f"position {since} is of a catalogue that was since rebuilt (epoch {since.epoch}, now "
            f"{newest.epoch}): drop what you derived from it, and read the feed from its beginning"
        )
    if since.number > newest.number:
        raise BadPosition(
            f"position {since} lies beyond the feed's end ({newest}): the catalogue is an older "
            "copy; read the feed from its beginning"
        )


def changes_after(
    connection: sqlite3.Connection,
    since: Position | None,
    *,
    kinds: Collection[str] = FEED_KINDS,
) -> Iterator[Change]:
    """The changes after that position in their order; None: all.

    Raises: BadPosition.
    """
    if since is not None:
        check_position(connection, since)
    epoch = newest_position(connection).epoch
    marks = ", ".join("?" * len(kinds))
    for row in connection.execute(
        "SELECT position, kind, id, change, noted_at FROM changes "  # noqa: S608
        f"WHERE position > ? AND kind IN ({marks}) ORDER BY position",
        (since.number if since is not None else 0, *kinds),
    ):
        yield Change(
            position=Position(epoch=epoch, number=row["position"]),
            kind=row["kind"],
            id=row["id"],
            change=row["change"],
            noted_at=row["noted_at"],
        )
