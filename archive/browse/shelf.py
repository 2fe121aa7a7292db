"""Questions that no view of the catalogue answers; each sees one state, and is bounded."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from archive.browse.wording import LOST
from archive.catalogue.connection import snapshot

RECENT = 5000
"""How many of the newest captures are looked through for posts that went."""
HEALTH = 500_000
"""Captures of a host beyond so many are not counted, which the page then says."""
OUTLETS = 1000
"""No more outlets than these are listed, those with the most articles."""
LISTED = 200
"""Of one thing no more than these are listed."""
OF_A_DAY = 12
"""Of the articles that are signed on a day no more than these are listed."""

_RECENT = """
    WITH recent AS (
        SELECT record_id, captured_at, url_key FROM captures
        ORDER BY captured_at DESC, record_id DESC LIMIT :recent
    )
"""
_LOST = """
    SELECT posts.post_key, posts.url, latest_at, latest_state,
        (SELECT coalesce(claimed_text, claimed_name, claimed_handle) FROM citations
            WHERE citations.post_key = posts.post_key LIMIT 1),
        (SELECT coalesce(post_versions.text, title) FROM post_versions
            WHERE post_versions.version_id = posts.version_id)
    FROM posts
    WHERE post_key IN (SELECT post_key FROM recent JOIN post_sightings USING (record_id))
        AND latest_state IN (SELECT value FROM json_each(:lost))
    ORDER BY latest_at DESC, post_key LIMIT :limit
"""
# Of a capture that several readers read, the newest's word counts; most were read by one.
_HEALTH = """
    WITH of_host AS (
        SELECT record_id, captured_at, failure_kind, status FROM captures
        WHERE url_key >= ? AND url_key < ? LIMIT ?
    )
    SELECT coalesce(failure_kind, verdict, 'HTTP ' || status, 'none') AS word,
        count(*) AS captures, max(captured_at)
    FROM of_host LEFT JOIN readings USING (record_id)
    WHERE NOT EXISTS (SELECT 1 FROM readings AS newer
        WHERE newer.record_id = of_host.record_id AND newer.reader <> readings.reader
            AND numbered(newer.reader) > numbered(readings.reader))
    GROUP BY word ORDER BY captures DESC, word
"""
_OUTLETS = """
    SELECT substr(url_key, 1, instr(url_key, ')') - 1) AS host_key, count(*) AS articles,
        max(first_seen_at), max(last_seen_at)
    FROM articles GROUP BY host_key ORDER BY articles DESC, host_key LIMIT ?
"""
_NEAR_TELLERS = """
    SELECT articles.article_id, articles.headline, canonical_url,
        coalesce(published_at, published_on), articles.first_seen_at, versions.language,
        versions.dateline_place, near_texts.similarity
    FROM near_texts AS centres JOIN near_texts ON near_texts.centre_no = centres.text_no
        JOIN near_articles ON near_articles.text_no = near_texts.text_no
        JOIN articles ON articles.article_id = near_articles.article_id
        JOIN versions ON versions.version_id = articles.version_id
    WHERE centres.text_id = ? ORDER BY 4 IS NULL, 4, 5, 1 LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPost:
    """A post that was cited, and cannot be seen any more."""

    id: str
    words: str | None
    """Its own, or else those that a citation claims."""
    url: str
    at: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A capture that shows a version."""

    record_id: str
    captured_at: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """An article that tells a story, in a list of those that do."""

    article_id: str
    headline: str | None
    url: str
    published: str | None
    first_seen_at: str
    language: str | None
    place: str | None = None
    similarity: float | None = None
    """To the text that a cluster of near copies is around."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOn:
    """The articles that were signed somewhere on a day: some of them, and how many there are."""

    first: list[Teller]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A host that articles are of."""

    host: str
    articles: int
    newest_at: str
    """When the newest of them was first seen."""
    seen_at: str
    """When one of them was last seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One way in which captures of a host ended."""

    word: str
    """A verdict, a kind of failure, or `HTTP` and its status."""
    captures: int
    latest_at: str


class Shelf:
    """Reads one catalogue. Raises, from every method, as CatalogueReader does."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lost_posts(self, limit: int = 20) -> list[LostPost]:
        """Posts that were lately found to be gone."""
        values = {"recent": RECENT, "limit": limit, "lost": json.dumps(LOST)}
        with snapshot(self._path) as connection:
            return [
                LostPost(id=key, words=said or claimed, url=url, at=at, state=state)
                for key, url, at, state, claimed, said in connection.execute(
                    _RECENT + _LOST, values
                )
            ]

    def sightings(self, version_id: str, limit: int) -> tuple[list[Sighting], int]:
        """The first captures that show a version of an article, and how many there are."""
        with snapshot(self._path) as connection:
            first = [
                Sighting(record_id=record_id, captured_at=at, url=url)
                for record_id, at, url in connection.execute(
                    "SELECT record_id, sightings.captured_at, url FROM sightings "
                    "JOIN captures USING (record_id) WHERE version_id = ? "
                    "ORDER BY sightings.captured_at, record_id LIMIT ?",
                    (version_id, limit),
                )
            ]
            (count,) = connection.execute(
                "SELECT count(*) FROM sightings WHERE version_id = ?", (version_id,)
            ).fetchone()
            return first, count

    def cluster_of(self, article_id: str) -> str | None:
        """The cluster of the text that is shown of an article; None where it is too short."""
        with snapshot(self._path) as connection:
            row = connection.execute(
                "SELECT story_digest FROM articles JOIN versions USING (version_id) "
                "WHERE articles.article_id = ?",
                (article_id,),
            ).fetchone()
            return row[0] if row is not None else None

    def cluster(self, story: str) -> list[Teller]:
        """The articles that tell a story word for word, the earliest published first."""
        with snapshot(self._path) as connection:
            rows = connection.execute(
                "SELECT articles.article_id, articles.headline, canonical_url, "
                "min(coalesce(published_at, published_on)), articles.first_seen_at, "
                "versions.language, versions.dateline_place "
                "FROM versions JOIN articles USING (article_id) WHERE story_digest = ? "
                "GROUP BY articles.article_id ORDER BY 4 IS NULL, 4, 5, 1 LIMIT ?",
                (story, LISTED),
            )
            return [_teller(row) for row in rows]

    def near_cluster(self, centre: str) -> list[Teller]:
        """The articles that tell a story nearly as its centre does, the earliest known first."""
        with snapshot(self._path) as connection:
            rows = connection.execute(_NEAR_TELLERS, (centre, LISTED))
            return [_teller(row[:-1], similarity=row[-1]) for row in map(tuple, rows)]

    def outlets(self) -> list[Outlet]:
        """The hosts that articles are of, those with the most first."""
        with snapshot(self._path) as connection:
            return [
                Outlet(host=_host(key), articles=articles, newest_at=newest, seen_at=seen)
                for key, articles, newest, seen in connection.execute(_OUTLETS, (OUTLETS,))
            ]

    def health(self, host_key: str) -> list[Outcome]:
        """What the addresses of a host answered, the commonest first."""
        with snapshot(self._path) as connection:
            return [
                Outcome(word=word, captures=captures, latest_at=latest_at)
                for word, captures, latest_at in connection.execute(
                    _HEALTH, (f"{host_key})", f"{host_key}*", HEALTH)
                )
            ]

    def signed_in(self, month: str) -> dict[str, SignedOn]:
        """The articles with a dateline that were published on the days of a month (`2026-11`)."""
        days: dict[str, list[Teller]] = {}
        counts: Counter[str] = Counter()
        with snapshot(self._path) as connection:
            for row in connection.execute(
                "SELECT articles.article_id, articles.headline, canonical_url, "
                "versions.published_on, articles.first_seen_at, versions.language, "
                "versions.dateline_place FROM articles "
                "JOIN versions ON versions.version_id = articles.version_id "
                "WHERE dateline_place IS NOT NULL AND published_on BETWEEN ? AND ? "
                "ORDER BY published_on, dateline_place, articles.article_id",
                (f"{month}-01", f"{month}-31"),
            ):
                day = row["published_on"]
                counts[day] += 1
                if counts[day] <= OF_A_DAY:
                    days.setdefault(day, []).append(_teller(row))
        return {day: SignedOn(first=first, count=counts[day]) for day, first in days.items()}

    def newest_month(self) -> str | None:
        """The newest month with a dateline in it."""
        with snapshot(self._path) as connection:
            (newest,) = connection.execute(
                "SELECT max(published_on) FROM versions WHERE dateline_place IS NOT NULL"
            ).fetchone()
            return newest[:7] if newest is not None else None

    def totals(self) -> dict[str, int]:
        """How much there is of each kind."""
        with snapshot(self._path) as connection:
            return {
                name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
                for name in ("articles", "posts", "captures", "runs")
            }


def _host(key: str) -> str:
    """The host, with its port, of a SURT: `example,wire:8080` is `wire.example:8080`."""
    if key.startswith("["):  # an address of IPv6
        return key
    labels, colon, port = key.partition(":")
    return f"{'.'.join(reversed(labels.split(',')))}{colon}{port}"


def _teller(
    row: tuple[str, str | None, str, str | None, str, str | None, str | None],
    *,
    similarity: float | None = None,
) -> Teller:
    article_id, headline, url, published, first_seen_at, language, place = row
    return Teller(
        article_id=article_id,
        headline=headline,
        url=url,
        published=published,
        first_seen_at=first_seen_at,
        language=language,
        place=place,
        similarity=similarity,
    )
