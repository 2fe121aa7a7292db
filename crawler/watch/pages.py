"""The pages that are watched: where each was found, how it stands, when it is looked at again."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from archive import ArticleState, Look, Seen, Standing, after, url_key
from crawler.schedule.rechecks import AgeSchedule, next_look
from crawler.state.database import named_failures, transaction
from crawler.watch.instants import instant, seconds
from crawler.watch.lastmods import lastmod_record, note_lastmod

_BATCH = 500
_AT_ONCE = 0.0
"""When a page that was never looked at is due: now, also where the clock was set back since."""
_COLUMNS = """page_id, url, source, published_at, first_look_at, reader, record_id, state, since,
    last_at, text_digest, basis, is_edited, target, not_found_at, via_record,
    modified_at"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that is watched."""

    page_id: int
    url: str
    source: str
    published_at: dt.datetime | None = None
    first_look_at: dt.datetime | None = None
    reader: str | None = None
    record_id: str | None = None
    """Of the newest capture of it that was read."""
    standing: Standing | None = None
    via_record: str | None = None
    modified_at: dt.datetime | None = None
    """As its source says."""


class Pages:
    """The tables `watch_pages` and `watch_turns`.

    All methods raise StoreUnavailable where the disk fails.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, schedule: AgeSchedule, run_id: str
    ) -> None:
        self._connection = connection
        self._schedule = schedule
        self._run_id = run_id

    def batch(self) -> AbstractContextManager[sqlite3.Connection]:
        """All that is added inside, or none of it; it must not span an `await`."""
        return transaction(self._connection)

    def add(
        self,
        url: str,
        *,
        source: str,
        now: dt.datetime,
        published_at: dt.datetime | None = None,
        via_record: str | None = None,
        resting: Sequence[str] = (),
    ) -> Page | None:
        """Begin to watch a page, due now; None where it is watched already.

        One that is watched for a source that is `resting` is watched for this one from now on, and
        begun with if nobody has looked at it.

        Raises, besides: InvalidUrl.
        """
        with named_failures():
            row = self._connection.execute(
                "INSERT INTO watch_pages (key, url, source, found_at, next_at, published_at,"
                " via_record) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING"
                " RETURNING page_id",
                (
                    *(str(url_key(url)), url, source, seconds(now), _AT_ONCE),
                    *(seconds(published_at), via_record),
                ),
            ).fetchone()
        if row is None:
            return self._taken_over(url, source, resting) if resting else None
        return Page(
            page_id=row[0],
            url=url,
            source=source,
            published_at=published_at,
            via_record=via_record,
        )

    def _taken_over(self, url: str, source: str, resting: Sequence[str]) -> Page | None:
        names = json.dumps(list(resting))
        with named_failures():
            row = self._connection.execute(
                "UPDATE watch_pages SET source = ?, next_at = iif(state IS NULL, ?, next_at)"
                " WHERE key = ? AND source IN (SELECT value FROM json_each(?))"
                " RETURNING page_id, state",
                (source, _AT_ONCE, str(url_key(url)), names),
            ).fetchone()
        return None if row is None or row[1] is not None else self.find(row[0])

    def announce_change(self, url: str, modified_at: dt.datetime, now: dt.datetime) -> Page | None:
        """A source says that a page it announced before was modified then.

        Where the source proved honest in that, and the page was not looked at since, it is due
        now, and returned.

        Raises, besides: InvalidUrl.
        """
        with named_failures():
            row = self._connection.execute(
                "UPDATE watch_pages SET modified_at = ?1 WHERE key = ?2 AND modified_at IS NOT ?1"
                " RETURNING page_id, source, last_at, next_at, state",
                (seconds(modified_at), str(url_key(url))),
            ).fetchone()
            if row is None:
                return None
            page_id, source, last_at, next_at, state = row
            is_due = next_at is not None and next_at <= seconds(now)
            is_seen = last_at is None or last_at >= seconds(modified_at)
            if is_due or is_seen or state == ArticleState.GONE:
                return None
            if not lastmod_record(self._connection, source).is_honest:
                return None
            self._connection.execute(
                "UPDATE watch_pages SET next_at = ? WHERE page_id = ?", (_AT_ONCE, page_id)
            )
        return self.find(page_id)

    def set_back(self, now: dt.datetime) -> None:
        """Where the clock was set back since a look, a page waits as if that had been just now.

        One that seemed too old then to be looked at again waits by its age now. A minute is no
        setting back.
        """
        after_id, latest = 0, seconds(now + dt.timedelta(minutes=1))
        while True:
            with named_failures():
                rows = self._connection.execute(
                    f"SELECT {_COLUMNS} FROM watch_pages WHERE last_at > ? AND page_id > ?"  # noqa: S608
                    " ORDER BY page_id LIMIT ?",
                    (latest, after_id, _BATCH),
                ).fetchall()
            if not rows:
                return
            after_id = rows[-1][0]
            with transaction(self._connection) as connection:
                for page in map(_page, rows):
                    self._set_back(connection, page, now)

    def _set_back(self, connection: sqlite3.Connection, page: Page, now: dt.datetime) -> None:
        assert page.standing is not None, "it was looked at"
        assert page.first_look_at is not None
        old, missing_at = page.standing, page.standing.not_found_at
        first_look_at = min(page.first_look_at, now)
        seen = replace(
            old,
            since=min(old.since, now),
            last_at=now,
            not_found_at=min(missing_at, now) if missing_at is not None else None,
        )
        next_at = self._next_look(seen, first_look_at, page.published_at)
        connection.execute(
            "UPDATE watch_pages SET first_look_at = ?1, since = ?2, last_at = ?3,"
            " not_found_at = ?4, next_at = CASE WHEN next_at IS NULL THEN ?5"
            " WHEN next_at > ?3 THEN ?3 + next_at - last_at ELSE next_at END WHERE page_id = ?6",
            (
                *(seconds(first_look_at), seconds(seen.since), seconds(now)),
                *(seconds(seen.not_found_at), seconds(next_at), page.page_id),
            ),
        )

    def _next_look(
        self,
        standing: Standing,
        first_look_at: dt.datetime,
        published_at: dt.datetime | None,
        *,
        is_passing: bool = False,
    ) -> dt.datetime | None:
        if standing.state is ArticleState.MOVED and standing.text_digest is None:
            return None  # an address that never was a page: it leads to one, and that is watched
        return next_look(
            standing,
            born_at=min(published_at or first_look_at, first_look_at),
            schedule=self._schedule,
            is_passing=is_passing,
        )

    def postpone(self, page: Page, until: dt.datetime) -> None:
        """Let a page wait: its source rests."""
        with named_failures():
            self._connection.execute(
                "UPDATE watch_pages SET next_at = ? WHERE page_id = ?",
                (seconds(until), page.page_id),
            )

    def find(self, page_id: int) -> Page | None:
        """A page by its number."""
        return self._one("page_id = ?", page_id)

    def at(self, url: str) -> Page | None:
        """A page by its address. Raises, besides: InvalidUrl."""
        return self._one("key = ?", str(url_key(url)))

    def due(self, now: dt.datetime, *, after: dt.datetime | None = None) -> Iterator[Page]:
        """The pages whose time has come, the longest due first; a few hundred in memory.

        With `after` only those whose time came from then on. What is noted while they are gone
        through does not make a page come twice.
        """
        after_at, after_id = -1e18 if after is None else seconds(after), 0
        while True:
            with named_failures():
                rows = self._connection.execute(
                    f"SELECT next_at, {_COLUMNS} FROM watch_pages WHERE next_at <= ?"  # noqa: S608
                    " AND (next_at, page_id) > (?, ?) ORDER BY next_at, page_id LIMIT ?",
                    (seconds(now), after_at, after_id, _BATCH),
                ).fetchall()
            if not rows:
                return
            after_at, after_id = rows[-1][:2]
            for row in rows:
                yield _page(row[1:])

    def known_urls(self, source: str, most: int) -> list[str]:
        """Addresses that a source announced lately."""
        with named_failures():
            rows = self._connection.execute(
                "SELECT url FROM watch_pages WHERE source = ? ORDER BY page_id DESC LIMIT ?",
                (source, most),
            ).fetchall()
        return [url for (url,) in rows]

    def note(
        self,
        page: Page,
        look: Look,
        *,
        reader: str | None = None,
        published_at: dt.datetime | None = None,
        is_passing: bool = False,
    ) -> Standing:
        """Take a look in; returns how the page stands now. `is_passing`: see `next_look`."""
        old, new = page.standing, after(page.standing, look)
        first_look_at = page.first_look_at or look.at
        published_at = published_at or page.published_at
        next_at = self._next_look(new, first_look_at, published_at, is_passing=is_passing)
        is_read = look.seen is Seen.TEXT
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE watch_pages SET next_at = ?, first_look_at = ?, published_at = ?,"
                " looks = looks + 1, reader = coalesce(?, reader),"
                " record_id = coalesce(?, record_id), state = ?, since = ?, last_at = ?,"
                " text_digest = ?, basis = ?, is_edited = ?, target = ?, not_found_at = ?"
                " WHERE page_id = ?",
                (
                    *(seconds(next_at), seconds(first_look_at), seconds(published_at)),
                    reader if is_read else None,
                    look.record_id if is_read and reader is not None else None,
                    *(new.state.value, seconds(new.since), seconds(new.last_at)),
                    *(new.text_digest, new.basis, int(new.is_edited), new.target),
                    *(seconds(new.not_found_at), page.page_id),
                ),
            )
            is_new_text = self._is_new_text(page.page_id, old, new)
            if is_read and old is not None and page.modified_at is not None:
                has_moved = page.modified_at > old.last_at
                note_lastmod(connection, page.source, has_moved=has_moved, has_changed=is_new_text)
            if is_new_text or _is_other(old, new):
                connection.execute(
                    "INSERT INTO watch_turns (page_id, run_id, at, before, after, record_id)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        *(page.page_id, self._run_id, seconds(look.at)),
                        *(old.state.value if old else None, new.state.value, look.record_id),
                    ),
                )
        return new

    def _is_new_text(self, page_id: int, old: Standing | None, new: Standing) -> bool:
        """Whether the page was edited, noting its texts; one that flaps back to a text is not."""
        if old is None or new.basis != old.basis or new.text_digest in {None, old.text_digest}:
            return False
        texts = [(page_id, new.basis, digest) for digest in (old.text_digest, new.text_digest)]
        added = [
            self._connection.execute("INSERT OR IGNORE INTO watch_texts VALUES (?, ?, ?)", text)
            for text in texts
        ]
        return added[-1].rowcount > 0

    def _one(self, condition: str, value: object) -> Page | None:
        with named_failures():
            row = self._connection.execute(
                f"SELECT {_COLUMNS} FROM watch_pages WHERE {condition}",  # noqa: S608 - our own
                (value,),
            ).fetchone()
        return None if row is None else _page(row)


def next_due_at(connection: sqlite3.Connection) -> dt.datetime | None:
    """When the first page or post is due; None where none ever is. Raises: StoreUnavailable."""
    with named_failures():
        row = connection.execute(
            "SELECT min(at) FROM ("
            "SELECT min(next_at) AS at FROM watch_pages WHERE next_at IS NOT NULL UNION ALL"
            " SELECT min(next_at) FROM watch_posts WHERE next_at IS NOT NULL)"
        ).fetchone()
    soonest: float | None = row[0]
    return instant(soonest)


def _is_other(old: Standing | None, new: Standing) -> bool:
    """Whether the page stands otherwise than before."""
    return old is None or (old.state, old.target) != (new.state, new.target)


def _page(row: tuple[Any, ...]) -> Page:
    values = dict(zip((name.strip() for name in _COLUMNS.split(",")), row, strict=True))
    standing = None
    if values["state"] is not None:
        standing = Standing(
            state=ArticleState(values["state"]),
            since=instant(values["since"]),
            last_at=instant(values["last_at"]),
            text_digest=values["text_digest"],
            basis=values["basis"],
            is_edited=bool(values["is_edited"]),
            target=values["target"],
            not_found_at=instant(values["not_found_at"]),
        )
    return Page(
        page_id=values["page_id"],
        url=values["url"],
        source=values["source"],
        published_at=instant(values["published_at"]),
        first_look_at=instant(values["first_look_at"]),
        reader=values["reader"],
        record_id=values["record_id"],
        standing=standing,
        via_record=values["via_record"],
        modified_at=instant(values["modified_at"]),
    )
