"""Posts that were refused lately, so that the next run does not knock again.

A courtesy, not evidence: the answers themselves are in the archive. So a memory that cannot be
read or written is a warning, and the crawl goes on.
"""

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Self

logger = logging.getLogger(__name__)

KEPT = dt.timedelta(hours=24)
_VERSION = 1
_BUSY_TIMEOUT_S = 2.0


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class NegativeAnswers:
    """The table `negative_answers` of `state.sqlite`; used from one thread."""

    def __init__(
        self, connection: sqlite3.Connection, *, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        """Use `connection`, which commits by itself; the table is made where there is none.

        Raises: sqlite3.Error.
        """
        self._connection = connection
        self._clock = clock
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_versions "
            "(room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"
        )
        found = connection.execute(
            "SELECT version FROM schema_versions WHERE room = 'negative'"
        ).fetchone()
        if found is not None and found[0] != _VERSION:
            # Nothing here outlives a day, so that an old table is no loss.
            connection.execute("DROP TABLE IF EXISTS negative_answers")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS negative_answers (post_key TEXT PRIMARY KEY, "
            "state TEXT NOT NULL, asked_at TEXT NOT NULL) STRICT, WITHOUT ROWID"
        )
        connection.execute(
            "INSERT INTO schema_versions VALUES ('negative', ?) "
            "ON CONFLICT DO UPDATE SET version = excluded.version",
            (_VERSION,),
        )
        connection.execute("DELETE FROM negative_answers WHERE asked_at < ?", (self._oldest(),))

    @classmethod
    def open(cls, path: Path) -> Self:
        """The memory in the database at `path`; one that lasts for this run where that fails."""
        try:
            connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
            connection.execute("PRAGMA journal_mode = WAL")
            return cls(connection)
        except sqlite3.Error as error:
            logger.warning("%s cannot be used, refusals are not remembered: %s", path, error)
            return cls(sqlite3.connect(":memory:", isolation_level=None))

    def knows(self, post_key: str) -> bool:
        """Whether the post was refused in the last 24 hours."""
        try:
            found = self._connection.execute(
                "SELECT 1 FROM negative_answers WHERE post_key = ? AND asked_at >= ?",
                (post_key, self._oldest()),
            ).fetchone()
        except sqlite3.Error as error:
            logger.warning("what was refused cannot be read: %s", error)
            return False
        return found is not None

    def remember(self, post_key: str, state: str) -> None:
        """Note that the post was refused just now."""
        try:
            self._connection.execute(
                "INSERT INTO negative_answers VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
                "SET state = excluded.state, asked_at = excluded.asked_at",
                (post_key, state, self._clock().isoformat()),
            )
        except sqlite3.Error as error:
            logger.warning("a refusal cannot be remembered: %s", error)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _oldest(self) -> str:
        return (self._clock() - KEPT).isoformat()
