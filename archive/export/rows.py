"""The rows of each kind out of a catalogue, one at a time, in the order of their instant.

    queries.py     a SELECT for the kind            → values, as SQLite has them
    excerpts.py    what the stored document says    → more values
    clusters.py, media.py     rows that are made of several
    conversion.py  values                           → a typed row of kinds.py

Everything is read on one snapshot; nothing is held but the rows at hand. What needs sorting is
sorted by SQLite, which spills to disk.
"""

import sqlite3
from collections.abc import Callable, Iterator

from archive.catalogue.feed import changes_after, check_position
from archive.export.clusters import cluster, clusters
from archive.export.conversion import typed
from archive.export.excerpts import article, post, version
from archive.export.kinds import CHANGES, KINDS, Row
from archive.export.media import media
from archive.export.queries import EVERYTHING, Choice, Values, select, select_one

CACHE_KB = 32 * 1024
"""SQLite's page cache: rows lie all over a big catalogue's trees."""

_OF_SEVERAL: dict[str, Callable[[sqlite3.Connection, Choice], Iterator[Values]]] = {
    "clusters": clusters,
    "media": media,
}
_SAID: dict[str, Callable[[Values], Values]] = {
    "articles": article,
    "versions": version,
    "posts": post,
    "citations": lambda found: found,
    "captures": lambda found: found,
}
"""What the stored document adds to what was selected."""
assert set(KINDS) == {*_OF_SEVERAL, *_SAID}


class Rows:
    """The rows of one snapshot of a catalogue (catalogue.connection.snapshot)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")

    def of(self, kind: str, choice: Choice = EVERYTHING) -> Iterator[Row]:
        """The rows of a kind, the earliest first (kinds.DAY_OF).

        `changes` are those after `choice.since`, of every kind, in the order of their positions.

        Raises: BadPosition.
        """
        return (typed(kind, values) for values in self.values(kind, choice))

    def values(self, kind: str, choice: Choice = EVERYTHING) -> Iterator[Values]:
        """The same as values, which are not yet typed: for who makes columns of them.

        Raises: BadPosition.
        """
        if choice.since is not None:
            check_position(self._connection, choice.since)
        if kind == CHANGES:
            yield from _changes(self._connection, choice)
        elif kind in _OF_SEVERAL:
            yield from _OF_SEVERAL[kind](self._connection, choice)
        else:
            yield from map(_SAID[kind], select(self._connection, kind, choice))

    def one(self, kind: str, id_: str) -> Row | None:
        """The row of that id, or None where there is none, for kinds that have positions."""
        if kind == "clusters":
            values = cluster(self._connection, id_)
        else:
            found = select_one(self._connection, kind, id_)
            values = _SAID[kind](found) if found is not None else None
        return typed(kind, values) if values is not None else None


def _changes(connection: sqlite3.Connection, choice: Choice) -> Iterator[Values]:
    for change in changes_after(connection, choice.since):
        yield {
            "position": change.position.number,
            "of_kind": change.kind,
            "id": change.id,
            "change": change.change,
            "noted_at": change.noted_at,
        }
