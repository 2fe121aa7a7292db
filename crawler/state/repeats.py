"""Posts that a passing fault kept from us: to be asked for again, some hours later.

By whichever crawl comes next; a watched archive asks for posts again by their age anyway. The
pauses grow, and after the last nothing more is tried by itself.
"""

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)

PAUSES = tuple(dt.timedelta(hours=hours) for hours in (1, 4, 16, 64))
"""Between a walk that a fault spoilt and the next: five walks within four days."""
MOST_A_RUN = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A post to be asked for again."""

    platform: str
    post_id: str
    url: str
    depth: int
    """0 where an article cites it, 1 where such a post quotes it."""

    @property
    def key(self) -> str:
        """The post's identity: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class PostsToRepeat:
    """The table `repeats` of `crawler.state.post_memory`; used from one thread."""

    def __init__(
        self, connection: sqlite3.Connection, *, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        self._connection = connection
        self._clock = clock

    def put_off(self, post: PutOff) -> None:
        """Note that a walk for `post` was spoilt just now; forget it after the last pause."""
        try:
            found = self._connection.execute(
                "SELECT walks FROM repeats WHERE post_key = ?", (post.key,)
            ).fetchone()
            walks = found[0] if found is not None else 0
            if walks >= len(PAUSES):
                self.settle(post.key)
                return
            due_at = (self._clock() + PAUSES[walks]).isoformat()
            self._connection.execute(
                "INSERT INTO repeats VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET walks = excluded.walks, due_at = excluded.due_at",
                (post.key, post.platform, post.post_id, post.url, post.depth, walks + 1, due_at),
            )
        except sqlite3.Error as error:
            logger.warning("what is to be asked again cannot be remembered: %s", error)

    def settle(self, post_key: str) -> None:
        """Forget that the post is to be asked for again."""
        try:
            self._connection.execute("DELETE FROM repeats WHERE post_key = ?", (post_key,))
        except sqlite3.Error as error:
            logger.warning("what was asked again cannot be forgotten: %s", error)

    def due(self) -> list[PutOff]:
        """The posts whose pause is over, the longest due first, at most 1,000."""
        try:
            rows = self._connection.execute(
                "SELECT platform, post_id, url, depth FROM repeats WHERE due_at <= ? "
                "ORDER BY due_at LIMIT ?",
                (self._clock().isoformat(), MOST_A_RUN),
            ).fetchall()
        except sqlite3.Error as error:
            logger.warning("what is to be asked again cannot be read: %s", error)
            return []
        return [
            PutOff(platform=platform, post_id=post_id, url=url, depth=depth)
            for platform, post_id, url, depth in rows
        ]
