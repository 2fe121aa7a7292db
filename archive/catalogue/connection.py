"""Doors to the database: one that writes, and any number that only read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.catalogue.rows import numbered
from archive.catalogue.schema import MIGRATIONS, RULES, check_rules, check_version, migrate
from archive.disk.database_file import address_to_read
from archive.errors import NotAnArchive, StoreUnavailable

BUSY_TIMEOUT_S = 10.0
"""How long a statement waits for another process's checkpoint."""

CACHE_KB = 64 * 1024
JOURNAL_PAGES = 10_000
"""Of 4 KB: how long the journal may grow before it is copied into the database."""


def open_writing(path: Path) -> sqlite3.Connection:
    """A connection that writes, with the newest schema; for one thread at a time.

    Raises: NotAnArchive where the file is something else, StoreUnavailable where it cannot be had.
    """
    with named_failures():
        connection = sqlite3.connect(
            path,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_S,
            check_same_thread=False,  # the store opens it, its thread uses it
        )
        try:
            check_version(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            # An article writes to fifty places far apart (its bands, its words): the default 2 MB
            # are soon full of pages to be written, and 4 MB of journal are copied at each commit.
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {JOURNAL_PAGES}")
            migrate(connection)
            _teach(connection)
        except BaseException:
            connection.close()
            raise
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def snapshot(path: Path, *, or_older: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, and sees one state of the catalogue until it is closed.

    Raises: NotAnArchive where there is no catalogue of this version and these rules; `or_older`
    takes one of before, too.
    """
    if not path.is_file():
        raise NotAnArchive(f"no catalogue at {path}")
    with named_failures():
        connection = sqlite3.connect(
            address_to_read(path),
            uri=True,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_S,
            check_same_thread=False,  # a generator may be closed by another thread
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            _teach(connection)
            connection.execute("BEGIN")
            is_older = (
                check_version(connection) < len(MIGRATIONS) or check_rules(connection) < RULES
            )
            if is_older and not or_older:
                raise NotAnArchive(
                    "the catalogue is an older dateline's: `dateline reread` brings it up to date, "
                    "`dateline snapshot` makes a copy that is"
                )
            yield connection
        finally:
            connection.close()


def _teach(connection: sqlite3.Connection) -> None:
    """Let questions say which of two readers is the newer: by `numbered`, never by its name."""
    connection.create_function("numbered", 1, numbered, deterministic=True)


@contextmanager
def named_failures() -> Iterator[None]:
    """Lets failures of disk, space and database leave as StoreUnavailable."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None)
        if name == "SQLITE_NOTADB":
            raise NotAnArchive("the catalogue's file is no database") from error
        if name in {None, "SQLITE_ERROR"} or isinstance(error, sqlite3.IntegrityError):
            raise  # a mistake of ours, with its traceback
        raise StoreUnavailable(f"the catalogue failed: {error}") from error
