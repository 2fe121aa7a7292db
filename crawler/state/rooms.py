"""`state.sqlite`: one file, and in it a room of tables for each kind of memory.

What is remembered here is a courtesy, not evidence: the captures themselves are in the archive. So
a memory that cannot be had is a warning, and the crawl goes on with one that lasts for its run.
"""

import logging
import sqlite3
from pathlib import Path

logger = logging.getLogger(__name__)

NAME = "state.sqlite"
_BUSY_TIMEOUT_S = 2.0


def open_state(root: Path) -> sqlite3.Connection:
    """A connection to the state beside the archive at `root`, which commits by itself."""
    path = root / NAME
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        logger.warning("%s cannot be used, nothing is remembered: %s", path, error)
        return sqlite3.connect(":memory:", isolation_level=None)
    return connection


def furnish(connection: sqlite3.Connection, room: str, version: int, table: str) -> None:
    """See that `room` has its `table` (a CREATE TABLE of that name) in that `version`.

    An older or newer one is thrown away: nothing here is worth a migration.

    Raises: sqlite3.Error.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_versions "
        "(room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"
    )
    found = connection.execute(
        "SELECT version FROM schema_versions WHERE room = ?", (room,)
    ).fetchone()
    if found is not None and found[0] == version:
        return
    connection.execute(f"DROP TABLE IF EXISTS {room}")
    connection.execute(table)
    connection.execute(
        "INSERT INTO schema_versions VALUES (?, ?) "
        "ON CONFLICT DO UPDATE SET version = excluded.version",
        (room, version),
    )
