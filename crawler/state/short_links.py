"""Where short links led, so that no link is asked about twice, in whichever run."""

import logging
import sqlite3

logger = logging.getLogger(__name__)


class ShortLinkMemory:
    """The table `short_links` of `crawler.state.post_memory`; used from one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
