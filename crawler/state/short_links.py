"""Where short links led, so that no link is asked about twice, in whichever run."""

import logging
import sqlite3

from crawler.state.rooms import furnish

logger = logging.getLogger(__name__)

_TABLE = (
    "CREATE TABLE short_links (url TEXT PRIMARY KEY, target TEXT NOT NULL) STRICT, WITHOUT ROWID"
)


class ShortLinkMemory:
    """The room `short_links` of `state.sqlite`; used from one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use `connection`, which commits by itself.

        Raises: sqlite3.Error.
        """
        self._connection = connection
        furnish(connection, "short_links", 1, _TABLE)

    def target(self, url: str) -> str | None:
        """Where the short link `url` led; None where it was never asked."""
        try:
            found = self._connection.execute(
                "SELECT target FROM short_links WHERE url = ?", (url,)
            ).fetchone()
        except sqlite3.Error as error:
            logger.warning("where a short link led cannot be read: %s", error)
            return None
        return found[0] if found is not None else None

    def remember(self, url: str, target: str) -> None:
        """Note where the short link `url` leads."""
        try:
            self._connection.execute(
                "INSERT INTO short_links VALUES (?, ?) ON CONFLICT DO UPDATE "
                "SET target = excluded.target",
                (url, target),
            )
        except sqlite3.Error as error:
            logger.warning("where a short link leads cannot be remembered: %s", error)
