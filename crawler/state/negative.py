"""Posts that were refused lately, so that the next run does not knock again."""

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable

logger = logging.getLogger(__name__)

KEPT = dt.timedelta(hours=24)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class NegativeAnswers:
    """The table `negative_answers` of `crawler.state.post_memory`; used from one thread."""

    def __init__(
        self, connection: sqlite3.Connection, *, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        """Use `connection`, which commits by itself.

        Raises: sqlite3.Error.
        """
        self._connection = connection
        self._clock = clock
        connection.execute("DELETE FROM negative_answers WHERE asked_at < ?", (self._oldest(),))

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

    def _oldest(self) -> str:
        return (self._clock() - KEPT).isoformat()
