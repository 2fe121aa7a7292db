"""What a run brought of each source: the numbers from which its health is told."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from crawler.state.database import named_failures, transaction

_KEPT = 400
"""Of one source, and of those that brought something new; older ones are forgotten."""
_BROUGHT = "json_extract(tally, '$.new') > 0"


@dataclass(slots=True, kw_only=True)
class Tally:
    """What one run brought of one source."""

    documents: int = 0
    """Feeds, sitemaps and sections that answered, changed or not."""
    unchanged: int = 0
    """Of them: 304."""
    links: int = 0
    """Announced by those that had changed."""
    new: int = 0
    """Of them: not known before, and wanted."""
    gaps: int = 0
    """Documents of which all was new, and that named no older page: some may have gone by."""
    failures: list[str] = field(default_factory=list)
    """Why documents could not be had or read."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Links and pages not followed, by reason: `pattern`, `age`, `limit`, `invalid`."""
    pages: int = 0
    """Pages that were looked at."""
    seen: dict[str, int] = field(default_factory=dict)
    """What they showed: `Seen`, or `unchanged` (304)."""
    dated: int = 0
    """Of the texts: with a day of publication."""
    letters: int = 0
    """Of all texts together."""
    reader: str | None = None
    skew_s: float | None = None
    """The source's `Date` less our clock, at its last answer."""

    @property
    def texts(self) -> int:
        """Pages of which a text was read."""
        return self.seen.get("text", 0)

    @property
    def unwanted(self) -> int:
        """Links that were left out for what they are, not for their number."""
        return sum(count for reason, count in self.left_out.items() if reason != "limit")

    def see(self, what: str) -> None:
        """Count a page, and what it showed."""
        self.pages += 1
        self.seen[what] = self.seen.get(what, 0) + 1

    def leave_out(self, reason: str) -> None:
        """Count a link or a page that is not followed."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


class Tallies:
    """The table `watch_tallies`, and the tallies of the run that goes on."""

    def __init__(self, connection: sqlite3.Connection, *, run_id: str) -> None:
        self._connection = connection
        self._run_id = run_id
        self._open: dict[str, Tally] = {}

    def of(self, source: str) -> Tally:
        """The tally of a source in this run, to be added to."""
        return self._open.setdefault(source, Tally())

    def all(self) -> Mapping[str, Tally]:
        """The tallies of this run."""
        return self._open

    def keep(self, at: float) -> None:
        """Write this run's tallies down. Raises: StoreUnavailable."""
        with transaction(self._connection) as connection:
            for source, tally in self._open.items():
                connection.execute(
                    "INSERT OR REPLACE INTO watch_tallies VALUES (?, ?, ?, ?)",
                    (self._run_id, source, at, msgspec.json.encode(tally).decode()),
                )
                connection.execute(
                    "DELETE FROM watch_tallies WHERE source = ?1 AND at < ("  # noqa: S608
                    " SELECT at FROM watch_tallies WHERE source = ?1 ORDER BY at DESC"
                    f" LIMIT 1 OFFSET ?2) AND (NOT {_BROUGHT} OR at < ("
                    f" SELECT at FROM watch_tallies WHERE source = ?1 AND {_BROUGHT}"
                    " ORDER BY at DESC LIMIT 1 OFFSET ?2))",
                    (source, _KEPT - 1),
                )


def history(connection: sqlite3.Connection, source: str, most: int) -> list[tuple[float, Tally]]:
    """The newest tallies of a source with their instants, the newest first.

    As many, too, of those that brought something new, however many did not since: one that is asked
    every five minutes would be silent longer than all its tallies last.

    Raises: StoreUnavailable.
    """
    with named_failures():
        rows = connection.execute(
            "SELECT * FROM (SELECT at, tally FROM watch_tallies WHERE source = ?1"  # noqa: S608
            " ORDER BY at DESC LIMIT ?2)"
            " UNION SELECT * FROM (SELECT at, tally FROM watch_tallies WHERE source = ?1"
            f" AND {_BROUGHT} ORDER BY at DESC LIMIT ?2) ORDER BY at DESC",
            (source, most),
        ).fetchall()
    return [(at, msgspec.json.decode(tally, type=Tally)) for at, tally in rows]
