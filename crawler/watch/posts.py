"""The posts that watched pages cite: who cited each, and when it is asked for again."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.platforms.reference import PostRef
from crawler.schedule.rechecks import AgeSchedule
from crawler.state.database import named_failures, transaction
from crawler.watch.instants import instant, seconds

_AT_ONCE = 0.0
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPost:
    """A post that is asked for again."""

    ref: PostRef
    source: str
    via: str
    """The address of the page that cited it first."""
    via_record: str | None
    found_at: dt.datetime


class Posts:
    """The table `watch_posts`. All methods raise StoreUnavailable where the disk fails."""

    def __init__(self, connection: sqlite3.Connection, *, schedule: AgeSchedule) -> None:
        self._connection = connection
        self._schedule = schedule

    def add(
        self,
        refs: Sequence[PostRef],
        *,
        source: str,
        via: str,
        via_record: str | None,
        now: dt.datetime,
    ) -> list[WatchedPost]:
        """Begin to watch posts, due until they were asked for; those that were not watched yet."""
        added = []
        with transaction(self._connection) as connection:
            for ref in refs:
                is_new = connection.execute(
                    "INSERT INTO watch_posts (key, platform, post_id, url, source, via,"
                    " via_record, found_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (key) DO NOTHING",
                    (
                        *(ref.key, ref.platform, ref.post_id, ref.url, source, via),
                        *(via_record, seconds(now), _AT_ONCE),
                    ),
                ).rowcount
                if is_new:
                    added.append(
                        WatchedPost(
                            ref=ref, source=source, via=via, via_record=via_record, found_at=now
                        )
                    )
        return added

    def due(self, now: dt.datetime) -> Iterator[WatchedPost]:
        """The posts whose time has come; a few hundred in memory. None comes twice."""
        after_at, after_key = -1e18, ""
        while True:
            with named_failures():
                rows = self._connection.execute(
                    "SELECT next_at, key, platform, post_id, url, source, via, via_record,"
                    " found_at FROM watch_posts WHERE next_at <= ? AND (next_at, key) > (?, ?)"
                    " ORDER BY next_at, key LIMIT ?",
                    (seconds(now), after_at, after_key, _BATCH),
                ).fetchall()
            if not rows:
                return
            after_at, after_key = rows[-1][:2]
            for _, _, platform, post_id, url, source, via, via_record, found_at in rows:
                yield WatchedPost(
                    ref=PostRef(platform=platform, post_id=post_id, url=url),
                    source=source,
                    via=via,
                    via_record=via_record,
                    found_at=instant(found_at),
                )

    def note_asked(self, post: WatchedPost, at: dt.datetime) -> None:
        """A post was asked for, or had its turn: when is the next?

        Whatever it answered: a post that is deleted may come back, and asking ends by age.
        """
        wait = self._schedule.wait_at(at - post.found_at)
        with named_failures():
            self._connection.execute(
                "UPDATE watch_posts SET asked_at = ?, next_at = ? WHERE key = ?",
                (seconds(at), None if wait is None else seconds(at + wait), post.ref.key),
            )

    def set_back(self, now: dt.datetime) -> None:
        """Where the clock was set back, posts wait from `now` on as long as they were to.

        One that seemed too old then to be asked for again waits by its age now.
        """
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE watch_posts SET next_at = ?1 + next_at - asked_at, asked_at = ?1"
                " WHERE next_at > ?1 AND asked_at > ?1 + 60",
                (seconds(now),),
            )
            ended = connection.execute(
                "SELECT key, found_at FROM watch_posts WHERE next_at IS NULL AND asked_at > ?",
                (seconds(now) + 60,),
            ).fetchall()
            for key, found_s in ended:
                found_at = min(instant(found_s), now)
                wait = self._schedule.wait_at(now - found_at)
                next_at = None if wait is None else now + wait
                connection.execute(
                    "UPDATE watch_posts SET found_at = ?, asked_at = ?, next_at = ? WHERE key = ?",
                    (seconds(found_at), seconds(now), seconds(next_at), key),
                )
