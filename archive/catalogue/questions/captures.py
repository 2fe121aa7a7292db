"""Captures as values, chosen by what they are of: for replay, export and reading again."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive.catalogue.connection import snapshot
from archive.catalogue.rows import bindable, capture_of, key_or_none
from archive.codec import from_json, to_json
from archive.instants import instant
from archive.model import Article, Capture
from archive.web.urls import host_name

# A 304 answers who knew the page already, and nobody who asks here does.
_BY_KEY = "SELECT * FROM captures WHERE url_key = :key AND method = :method AND status IS NOT 304"
_CHOICES = (
    # The very URL first: http and https of one page have one key, and one leads to the other.
    " AND url = :url",
    " AND redirect_to IS NOT :url",
)
_LED_TO = """
    WITH RECURSIVE led (record_id) AS (
        SELECT value FROM json_each(:ids)
        UNION SELECT captures.record_id FROM led JOIN captures
            ON captures.via_record = led.record_id AND captures.found_by <> 'canonical'
    ) SELECT record_id FROM led
"""
_LED_FROM = """
    WITH RECURSIVE led (record_id) AS (
        SELECT value FROM json_each(:ids)
        UNION SELECT captures.via_record FROM led JOIN captures USING (record_id)
            WHERE captures.found_by IN ('redirect', 'retry') AND captures.via_record IS NOT NULL
    ) SELECT record_id FROM led
"""
_PAGES = """
    SELECT captures.*, documents.article, max(numbered(readings.reader))
    FROM readings JOIN captures USING (record_id)
        JOIN documents ON documents.digest = readings.document
    WHERE captures.kind <> 'failure'
    GROUP BY captures.record_id ORDER BY captured_at, captures.record_id
"""
_OF_POSTS = """
    WITH cited (same_key, url_key) AS (
        SELECT DISTINCT posts.same_key, posts.url_key
        FROM json_each(:ids) AS pages
            JOIN readings ON readings.record_id = pages.value
            JOIN citations ON citations.version_id = readings.version_id
            JOIN posts USING (post_key)
    )
    SELECT captures.record_id FROM cited JOIN captures ON captures.url_key = cited.url_key
    UNION SELECT post_sightings.record_id
        FROM cited JOIN posts USING (same_key) JOIN post_sightings USING (post_key)
    UNION SELECT captures.record_id     -- the short links that led to them
        FROM cited JOIN posts USING (same_key) JOIN short_links USING (post_key)
            JOIN captures ON captures.url_key = short_links.url_key
"""
_SIDES = (
    " AND captured_at <= :at ORDER BY captured_at DESC, record_id DESC LIMIT 1",
    " AND captured_at > :at ORDER BY captured_at, record_id LIMIT 1",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which captures: those that meet every condition that is given; without any, all."""

    url: str | None = None
    """Under any spelling."""
    host: str | None = None
    """As people write it, `Bücher.example` too; with the hosts below it."""
    since: dt.datetime | None = None
    """Aware; captured at this instant or later."""
    case: str | None = None
    """The label of the capture's run."""
    record_ids: frozenset[str] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no condition is given."""
        return self == Selection()


EVERYTHING = Selection()


class Captures:
    """The captures of a catalogue that another process may be writing.

    Raises, from every method: NotAnArchive where there is no catalogue of this version,
    StoreUnavailable where it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def choose(self, selection: Selection = EVERYTHING) -> Iterator[Capture]:
        """The captures of `selection`, in the order in which their records lie: file, offset.

        Raises: InvalidUrl where its host is none.
        """
        where, values = _conditions(selection)
        host = None if selection.host is None else host_name(selection.host)
        with snapshot(self._path) as connection:
            rows = connection.execute(
                f"SELECT captures.* FROM captures JOIN runs USING (run_id){where} "  # noqa: S608
                "ORDER BY warc, offset",
                values,
            )
            for row in rows:
                if host is not None and not _is_of(row["url"], host):
                    continue
                if selection.record_ids is None or row["record_id"] in selection.record_ids:
                    yield capture_of(row)

    def get(self, record_id: str) -> Capture | None:
        """The capture with that WARC-Record-ID."""
        with snapshot(self._path) as connection:
            row = connection.execute(
                "SELECT * FROM captures WHERE record_id = ?", (bindable(record_id),)
            ).fetchone()
            return capture_of(row) if row is not None else None

    def nearest(
        self, url: str, at: dt.datetime, *, method: str = "GET", has_answer: bool = True
    ) -> Capture | None:
        """The capture of `url` that was begun nearest to `at`, of two as near the earlier.

        One of the very URL is preferred to one of another spelling, and none is taken that only
        leads back to `url`, nor a 304. `has_answer` leaves out what brought no response.
        """
        values = {
            "key": key_or_none(url),
            "url": bindable(url),
            "method": method,
            "at": instant(at),
        }
        query = _BY_KEY + (" AND kind <> 'failure'" if has_answer else "")
        with snapshot(self._path) as connection:
            for choice in _CHOICES:
                found = [
                    capture_of(row)
                    for side in _SIDES
                    for row in connection.execute(query + choice + side, values)
                ]
                if found:
                    return min(found, key=lambda capture: abs(capture.captured_at - at))
        return None

    def led_to(self, record_ids: Iterable[str]) -> frozenset[str]:
        """Those record ids, and all that was asked for because of them, step by step.

        A page that another only names as its canonical address is none of its own parts.
        """
        return self._ids(_LED_TO, record_ids)

    def led_from(self, record_ids: Iterable[str]) -> frozenset[str]:
        """Those record ids, and the hops and tries that led to them."""
        return self._ids(_LED_FROM, record_ids)

    def pages(self) -> Iterator[tuple[Capture, Article]]:
        """The captures that show an article, each with what its newest reading found."""
        with snapshot(self._path) as connection:
            for row in connection.execute(_PAGES):
                yield capture_of(row), from_json(row["article"], Article)

    def of_article(self, article_id: str) -> frozenset[str]:
        """The record ids of the captures that show the article with that id."""
        with snapshot(self._path) as connection:
            rows = connection.execute(
                "SELECT record_id FROM readings JOIN article_keys USING (article_id) "
                "WHERE article_keys.own_id = ?",
                (bindable(article_id),),
            )
            return frozenset(id_ for (id_,) in rows)

    def of_posts(self, record_ids: Iterable[str]) -> frozenset[str]:
        """The record ids of the captures of the posts that those pages cite.

        Every answer of their platforms, under any of their keys; captures of their addresses; and
        the short links that led to them.
        """
        return self._ids(_OF_POSTS, record_ids)

    def _ids(self, statement: str, record_ids: Iterable[str]) -> frozenset[str]:
        asked = {"ids": listed(record_ids)}
        with snapshot(self._path) as connection:
            return frozenset(id_ for (id_,) in connection.execute(statement, asked))


def listed(record_ids: Iterable[str]) -> str:
    """Record ids as a question of the database takes them."""
    return to_json(sorted(record_ids)).decode()


def _conditions(selection: Selection) -> tuple[str, dict[str, object]]:
    """The part of `selection` that the database can tell, as SQL and its values."""
    wheres: list[str] = []
    values: dict[str, object] = {}
    if selection.url is not None:
        wheres.append("url_key = :key")
        values["key"] = key_or_none(selection.url)
    if selection.since is not None:
        wheres.append("captured_at >= :since")
        values["since"] = instant(selection.since)
    if selection.case is not None:
        wheres.append("case_label = :case")
        values["case"] = bindable(selection.case)
    return (" WHERE " + " AND ".join(wheres) if wheres else ""), values


def _is_of(url: str, host: str) -> bool:
    try:
        found = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return found == host or found.endswith(f".{host}")
