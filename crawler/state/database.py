"""`state.sqlite` in the archive's folder: opened here, furnished by each room for itself.

It holds what cannot be derived from the WARCs: the frontier, schedules, negative answers. Each
`Room` has tables of its own and says by migrations how they came to be. A room opens its own
connection and keeps to two rules, so that several get on in one process and one thread:

- whoever writes holds the archive's writer lock;
- a transaction is over before the function that began it returns, and never spans an `await`.

A commit survives the death of the process at once, and a loss of power from the next checkpoint
on (`synchronous = NORMAL` in WAL mode): what is lost is always the newest, never a part of it.
Nothing here may therefore be the only trace of a thing that happened; that is what WARCs are for.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive import NotAnArchive, StoreUnavailable, address_to_read

FILE_NAME = "state.sqlite"
"""Its name in the archive's folder."""
APPLICATION_ID = 0x44544C53
"""`DTLS`, in the database's header."""
BUSY_TIMEOUT_S = 10.0
"""How long a statement waits for another connection's transaction."""

_CHECKPOINT_PAGES = 16_000

_ANEW = "put it back from a copy, or away: without it the next run begins anew"

Migration = tuple[str, ...]


class NothingYet(NotAnArchive):
    """No run of today's program has written there yet: the next one makes what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One owner of tables. A published migration is never changed again."""

    name: str
    migrations: tuple[Migration, ...]


def open_state(path: Path, room: Room) -> sqlite3.Connection:
    """A connection that writes, with the newest tables of `room`; made where there is no file.

    It is in autocommit mode: see `transaction`.

    Raises: NotAnArchive where the file is something else or of a newer program,
    StoreUnavailable where it cannot be had.
    """
    with named_failures():
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=BUSY_TIMEOUT_S, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            _check_file(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            connection.execute("PRAGMA foreign_keys = ON")
            _furnish(connection, room)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def read_state(path: Path, room: Room) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, beside whoever writes, and sees one state until it is closed.

    Raises: NothingYet where there is no such file, or it lacks the newest tables of `room`;
    NotAnArchive where the file is something else or of a newer program, StoreUnavailable.
    """
    if path.exists() and not path.is_file():
        raise NotAnArchive(f"{path} is no file: {_ANEW}")
    if not path.exists():
        raise NothingYet(f"no state at {path}: nothing was scheduled here yet")
    with named_failures():
        connection = sqlite3.connect(
            address_to_read(path),
            uri=True,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_S,
        )
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("BEGIN")
            _check_file(connection)
            if _version(connection, room) < len(room.migrations):
                raise NothingYet(f"{path} lacks today's {room.name}: the next run makes it")
            yield connection
        finally:
            connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written inside, or none of it.

    Raises: StoreUnavailable where the disk fails.
    """
    with named_failures():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def named_failures() -> Iterator[None]:
    """Lets failures of disk, space and database leave as StoreUnavailable."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None)
        if name == "SQLITE_NOTADB":
            raise NotAnArchive(f"{FILE_NAME} is no database: {_ANEW}") from error
        if name in {None, "SQLITE_ERROR"} or isinstance(error, sqlite3.IntegrityError):
            raise  # a mistake of ours, with its traceback
        raise StoreUnavailable(f"{FILE_NAME} failed: {error}") from error


def _check_file(connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or tables):
        raise NotAnArchive(f"{FILE_NAME} is a database of something else: {_ANEW}")
    # There are none of ours: what a file that was handed over brings along is not to be run.
    strange = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger')"
    ).fetchone()
    if strange is not None:
        raise NotAnArchive(f"{FILE_NAME} has a view or trigger that is not ours: {strange[0]!r}")


def _furnish(connection: sqlite3.Connection, room: Room) -> None:
    if _version(connection, room) == len(room.migrations):
        return
    with transaction(connection):
        # Looked up again: another connection may have furnished the room in the meantime.
        version = _version(connection, room)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS rooms"
            " (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID"
        )
        for statements in room.migrations[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(
            "INSERT INTO rooms VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
            (room.name, len(room.migrations)),
        )


def _version(connection: sqlite3.Connection, room: Room) -> int:
    """How many migrations of `room` were made.

    Raises: NotAnArchive where they are more than this program knows.
    """
    has_rooms = connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'rooms'"
    ).fetchone()
    row = (
        has_rooms
        and connection.execute("SELECT version FROM rooms WHERE name = ?", (room.name,)).fetchone()
    )
    version = int(row[0]) if row else 0
    if version > len(room.migrations):
        raise NotAnArchive(
            f"{FILE_NAME} has version {version} of {room.name}, this program knows up to "
            f"{len(room.migrations)}: use a newer dateline"
        )
    return version
