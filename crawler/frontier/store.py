"""The frontier's tables in `state.sqlite`, and all that happens to a URL there.

Every call is one transaction and over when it returns; its cost does not grow with what waits, and
neither does memory: SQLite's page cache is bounded, and only `rota.WINDOW` hosts a band are held.
"""

import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Self

from crawler.frontier.clock import SteadyClock
from crawler.frontier.rota import Host, Rota
from crawler.state.database import Room, named_failures, open_state, read_state, transaction

_CACHE_KIB = 65_536
_MOST_HOST_NAMES = 10_000
_REASON_CHARACTERS = 300
_MOST_BROUGHT = 500
"""URLs made ready in one call: a hundred thousand at once would stop the crawl for seconds."""

FRESH_PRIORITY = 100
"""From this priority on a URL is news; it goes before all others of its host and of the others."""
LATE_PRIORITY = -100
"""Up to this priority a URL can wait for all others: what fills an archive's past."""
_SHARE = 8
"""Of so many turns one begins with the latest band, so that no band starves for another."""


class State(IntEnum):
    """How far a URL has come."""

    WAITING = 0
    IN_FLIGHT = 1
    DONE = 2
    FAILED = 3
    REFUSED = 4


class Band(IntEnum):
    """What goes before what, across hosts; within a host the priority itself decides."""

    FRESH = 0
    USUAL = 1
    LATE = 2


def band_of(priority: int) -> Band:
    """The band of a request's priority."""
    if priority >= FRESH_PRIORITY:
        return Band.FRESH
    return Band.USUAL if priority > LATE_PRIORITY else Band.LATE


ROOM = Room(
    name="frontier",
    migrations=(
        (
            """
            CREATE TABLE frontier_hosts (
                host_id  INTEGER PRIMARY KEY,
                name     TEXT NOT NULL UNIQUE
            ) STRICT
            """,
            """
            CREATE TABLE frontier_urls (
                url_id      INTEGER PRIMARY KEY,
                key         BLOB NOT NULL UNIQUE,       -- the request's fingerprint
                host_id     INTEGER NOT NULL REFERENCES frontier_hosts,
                state       INTEGER NOT NULL,           -- store.State
                band        INTEGER NOT NULL,           -- store.Band
                priority    INTEGER NOT NULL,
                due_at      REAL,                       -- not before; NULL: now
                wait_s      REAL,                       -- how long that was when it was written
                found_by    TEXT NOT NULL,
                tries       INTEGER NOT NULL DEFAULT 0, -- how often it was handed out
                added_at    REAL NOT NULL,
                changed_at  REAL NOT NULL,
                reason      TEXT,                       -- of failed and refused
                request     BLOB                        -- JSON; NULL once done
            ) STRICT
            """,
            """
            CREATE INDEX frontier_ready ON frontier_urls (band, host_id, priority DESC, url_id)
            WHERE state = 0 AND due_at IS NULL
            """,
            """
            CREATE INDEX frontier_later ON frontier_urls (due_at)
            WHERE state = 0 AND due_at IS NOT NULL
            """,
            "CREATE INDEX frontier_in_flight ON frontier_urls (url_id) WHERE state = 1",
        ),
    ),
)

# The conditions of the partial indexes, word for word.
_READY = "state = 0 AND due_at IS NULL"
_LATER = "state = 0 AND due_at IS NOT NULL"

_HOSTS = f"""
    WITH RECURSIVE ready (host_id) AS (
        SELECT min(host_id) FROM frontier_urls WHERE {_READY} AND band = :band AND host_id > :after
        UNION ALL
        SELECT (
            SELECT min(u.host_id) FROM frontier_urls u
            WHERE u.state = 0 AND u.due_at IS NULL AND u.band = :band AND u.host_id > r.host_id
        ) FROM ready r WHERE r.host_id IS NOT NULL
        LIMIT :most
    )
    SELECT host_id, name FROM ready JOIN frontier_hosts USING (host_id) ORDER BY host_id
"""  # noqa: S608 - nothing here comes from outside

_HAND_OUT = f"""
    UPDATE frontier_urls SET state = 1, tries = tries + 1, changed_at = ? WHERE url_id = (
        SELECT url_id FROM frontier_urls WHERE {_READY} AND band = ? AND host_id = ?
        ORDER BY priority DESC, url_id LIMIT 1
    ) RETURNING url_id, key, tries, request
"""  # noqa: S608 - nothing here comes from outside

_BRING_DUE = f"""
    UPDATE frontier_urls SET due_at = NULL, wait_s = NULL WHERE url_id IN (
        SELECT url_id FROM frontier_urls WHERE {_LATER} AND due_at <= ? ORDER BY due_at LIMIT ?
    )
"""  # noqa: S608 - nothing here comes from outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A URL to be kept: what the frontier needs to know of a request."""

    key: bytes
    host: str
    priority: int
    found_by: str
    request: bytes
    wait_s: float = 0.0
    """Not before so many seconds from now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A URL that was handed out, and is in flight until `settle` or `recover`."""

    url_id: int
    key: bytes
    host: str
    tries: int
    request: bytes


def has_work(path: Path) -> bool:
    """Whether the frontier in the state file at `path` holds anything to go on with now.

    Raises: NotAnArchive where there is none; StoreUnavailable.
    """
    with read_state(path, ROOM) as connection:
        row = connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM frontier_urls WHERE {_READY})"  # noqa: S608
            " OR EXISTS (SELECT 1 FROM frontier_urls WHERE state = 1)"
        ).fetchone()
    return bool(row[0])


class FrontierStore:
    """What waits, is in flight, is done. One at a time, and for one thread."""

    def __init__(self, connection: sqlite3.Connection, *, clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock
        self._host_ids: dict[str, int] = {}
        self._rotas = {band: Rota(self._loader(band)) for band in Band}
        self._turn = 0
        self._next_due_at = -math.inf

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], float] | None = None) -> Self:
        """The frontier in the state file at `path`.

        Raises: NotAnArchive, StoreUnavailable.
        """
        connection = open_state(path, ROOM)
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return cls(connection, clock=clock or SteadyClock())

    def close(self) -> None:
        """Let go of the file. What is in flight stays so, until `recover`."""
        self._connection.close()

    def recover(self) -> int:
        """Take over from a process that is no more; returns how many URLs it had in flight.

        They wait again. A wait that was written under a clock that has since been set back is cut
        to what it was meant to be.

        Raises: StoreUnavailable.
        """
        now = self._clock()
        with transaction(self._connection) as connection:
            interrupted = connection.execute(
                "UPDATE frontier_urls SET state = 0, due_at = NULL, changed_at = ? WHERE state = 1",
                (now,),
            ).rowcount
            connection.execute(
                f"UPDATE frontier_urls SET due_at = ? + wait_s WHERE {_LATER}"  # noqa: S608
                " AND due_at > ? + wait_s",
                (now, now),
            )
        self._next_due_at = -math.inf
        return interrupted

    def add(self, entry: Entry, *, again: bool = False, if_settled: bool = False) -> bool:
        """Let a URL wait; False where it is known already.

        One that waits already keeps the higher of the two priorities. With `again` a known one
        waits once more, with the new request, whatever became of it before; with `if_settled`
        too, only where it neither waits nor is in flight.

        Raises: StoreUnavailable.
        """
        with named_failures():
            host_id = self._host_id(entry.host)
            now = self._clock()
            due_at = now + entry.wait_s if entry.wait_s > 0 else None
            added = self._connection.execute(
                "INSERT INTO frontier_urls (key, host_id, state, band, priority, due_at, wait_s,"
                " found_by, added_at, changed_at, request) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (key) DO NOTHING",
                (
                    *(entry.key, host_id, int(band_of(entry.priority)), entry.priority, due_at),
                    *(entry.wait_s if due_at else None, entry.found_by, now, now, entry.request),
                ),
            ).rowcount
            if added:
                is_new = True
            elif again:
                is_new = self._wait_again(entry, host_id, now, due_at, if_settled=if_settled)
            else:
                self._raise_priority(entry)
                is_new = False
        if is_new and due_at is not None:
            self._next_due_at = min(self._next_due_at, due_at)
        return is_new

    def _wait_again(
        self, entry: Entry, host_id: int, now: float, due_at: float | None, *, if_settled: bool
    ) -> bool:
        changed = self._connection.execute(
            "UPDATE frontier_urls SET host_id = ?, state = 0, band = ?, priority = ?, due_at = ?,"
            " wait_s = ?, tries = CASE state WHEN 1 THEN tries ELSE 0 END, changed_at = ?,"
            " reason = NULL, request = ? WHERE key = ? AND (state > 1 OR NOT ?)",
            (
                *(host_id, int(band_of(entry.priority)), entry.priority, due_at),
                *(entry.wait_s if due_at else None, now, entry.request, entry.key, if_settled),
            ),
        ).rowcount
        return changed > 0

    def _raise_priority(self, entry: Entry) -> None:
        row = self._connection.execute(
            "SELECT url_id FROM frontier_urls WHERE key = ? AND state = 0 AND priority < ?",
            (entry.key, entry.priority),
        ).fetchone()
        if row is not None:
            self._connection.execute(
                "UPDATE frontier_urls SET priority = ?, band = ? WHERE url_id = ?",
                (entry.priority, int(band_of(entry.priority)), row[0]),
            )

    def take(self, rest_s: Callable[[str], float]) -> Ticket | float:
        """Hand out the next URL, or say for how many seconds there will be none.

        `rest_s(host)` is how long a host is still to be left alone; 0 where it may be asked, and
        `math.inf` where that cannot be known. Nothing is handed out that would have to wait.

        Raises: StoreUnavailable.
        """
        soonest_s = math.inf
        with named_failures():
            now = self._clock()
            self._bring_due(now)
            self._turn += 1
            bands = list(Band) if self._turn % _SHARE else list(reversed(Band))
            for band in bands:
                for host in self._rotas[band].once_round():
                    wait_s = rest_s(host.name)
                    if wait_s > 0:
                        soonest_s = min(soonest_s, wait_s)
                    elif ticket := self._hand_out(band, host, now):
                        return ticket
        return min(soonest_s, max(0.0, self._next_due_at - now))

    def _hand_out(self, band: Band, host: Host, now: float) -> Ticket | None:
        row = self._connection.execute(_HAND_OUT, (now, int(band), host.host_id)).fetchone()
        if row is None:
            return None
        url_id, key, tries, request = row
        return Ticket(url_id=url_id, key=key, host=host.name, tries=tries, request=request)

    def _bring_due(self, now: float) -> None:
        """Make ready what has waited long enough; of very many at once, the longest due first."""
        if now < self._next_due_at:
            return
        self._connection.execute(_BRING_DUE, (now, _MOST_BROUGHT))
        row = self._connection.execute(
            f"SELECT min(due_at) FROM frontier_urls WHERE {_LATER}"  # noqa: S608
        ).fetchone()
        self._next_due_at = math.inf if row[0] is None else row[0]

    def settle(self, ticket: Ticket, state: State, reason: str | None = None) -> None:
        """Write down what became of a URL: done, failed or refused.

        Once its capture is durable and its readings are catalogued, never before. One that waits
        again in the meantime, because it has to be asked once more, is left waiting.

        Raises: StoreUnavailable.
        """
        assert state in {State.DONE, State.FAILED, State.REFUSED}
        with named_failures():
            self._connection.execute(
                "UPDATE frontier_urls SET state = ?, reason = ?, changed_at = ?,"
                " request = CASE ? WHEN 2 THEN NULL ELSE request END"
                " WHERE url_id = ? AND state = 1",
                (
                    *(int(state), reason and reason[:_REASON_CHARACTERS], self._clock()),
                    *(int(state), ticket.url_id),
                ),
            )

    def has_ready(self) -> bool:
        """Whether anything waits whose time has come, though its host may have to rest.

        Raises: StoreUnavailable.
        """
        with named_failures():
            self._bring_due(self._clock())
            row = self._connection.execute(
                f"SELECT 1 FROM frontier_urls WHERE {_READY} LIMIT 1"  # noqa: S608
            ).fetchone()
        return row is not None

    def counts(self) -> Mapping[State, int]:
        """How many URLs are in each state. Reads them all.

        Raises: StoreUnavailable.
        """
        with named_failures():
            rows = self._connection.execute(
                "SELECT state, count(*) FROM frontier_urls GROUP BY state"
            ).fetchall()
        return {State(state): count for state, count in rows}

    def _host_id(self, name: str) -> int:
        known = self._host_ids.get(name)
        if known is not None:
            return known
        self._connection.execute(
            "INSERT INTO frontier_hosts (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (name,)
        )
        (host_id,) = self._connection.execute(
            "SELECT host_id FROM frontier_hosts WHERE name = ?", (name,)
        ).fetchone()
        if len(self._host_ids) >= _MOST_HOST_NAMES:
            del self._host_ids[next(iter(self._host_ids))]
        self._host_ids[name] = int(host_id)
        return int(host_id)

    def _loader(self, band: Band) -> Callable[[int, int], Sequence[Host]]:
        def load(after: int, most: int) -> Sequence[Host]:
            rows = self._connection.execute(
                _HOSTS, {"band": int(band), "after": after, "most": most}
            ).fetchall()
            return [Host(*row) for row in rows]

        return load
