"""Questions to the catalogue, answered as the dictionaries of archive.views."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from archive.catalogue.connection import snapshot
from archive.catalogue.copies import copies, copies_of
from archive.catalogue.questions.media import MEDIA, article_pictures, media
from archive.catalogue.questions.near_copies import NearCopies
from archive.catalogue.questions.post import CITATIONS_NOW, POSTS, citer, post, post_history
from archive.catalogue.questions.searching import hits, newest_text
from archive.catalogue.rows import (
    Extent,
    bindable,
    capture_of,
    citation_of,
    extent_of,
    key_or_none,
    run_of,
)
from archive.codec import from_json
from archive.model import Article, Locator, Verdict
from archive.views.articles import (
    ArticleView,
    CopiesView,
    CopyView,
    SeenUrlView,
    Surroundings,
    article_view,
)
from archive.views.captures import CaptureView, ReadingView, capture_view
from archive.views.citations import CitationEntryView, citation_view
from archive.views.hits import HitView
from archive.views.pictures import MediaView
from archive.views.posts import PostHistoryView, PostView
from archive.views.runs import RunView, run_view

_ARTICLES = """
    SELECT articles.article_id, articles.canonical_url, articles.claimed_canonical_url,
        articles.first_seen_at, articles.last_seen_at, articles.reader,
        readings.verdict, readings.reason, documents.article, captures.*,
        (SELECT count(*) FROM versions AS texts
            WHERE texts.article_id = articles.article_id AND texts.reader = articles.reader
        ) AS versions,
        (SELECT count(DISTINCT others.article_id) FROM versions AS others
            WHERE others.story_digest = versions.story_digest
            AND others.article_id <> articles.article_id) AS copies
    FROM articles JOIN versions USING (version_id) JOIN captures ON
        captures.record_id = articles.record_id
        JOIN readings ON readings.record_id = articles.record_id
            AND readings.reader = articles.reader
        JOIN documents ON documents.digest = readings.document
"""
_CAPTURES = "SELECT * FROM captures"
_RUNS = "SELECT * FROM runs"


class Finding(NamedTuple):
    """What `find` found: the kind of thing, and its view."""

    kind: str
    view: ArticleView | PostHistoryView | MediaView | CopiesView | CaptureView | RunView


class CatalogueReader:
    """Reads a catalogue that another process may be writing.

    Every call sees one state, on a connection of its own: an iterator keeps its state until it
    is exhausted or closed, and any number may be open. Lists come newest first; `limit` None
    means all, and one that has `before`, the instant and the id of a row, begins behind that row.
    What is asked for and not there is None.

    Raises, from every method: NotAnArchive where there is no catalogue of this version,
    StoreUnavailable where it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with snapshot(path):
            pass  # so that a wrong path is known now

    def articles(
        self,
        *,
        host_key: str | None = None,
        before: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[ArticleView]:
        """The articles, by the instant at which each was first seen; of one host, by its SURT."""
        with snapshot(self._path) as connection:
            wheres, values = [], []
            if host_key is not None:
                wheres.append("url_key >= ? AND url_key < ?")
                values += [f"{host_key})", f"{host_key}*"]  # `*` follows `)` in ASCII
            if before is not None:
                wheres.append("(first_seen_at, article_id) < (?, ?)")
                values += before
            # Chosen first: what is joined to them is large, and would be sorted with them.
            order = " ORDER BY first_seen_at DESC, article_id DESC"
            chosen = f"SELECT article_id FROM articles{_chosen(wheres)}{order} LIMIT ?"  # noqa: S608
            near = NearCopies(connection)
            for row in connection.execute(
                f"{_ARTICLES} WHERE articles.article_id IN ({chosen}) "
                "ORDER BY articles.first_seen_at DESC, articles.article_id DESC",
                (*values, _all_or(limit)),
            ):
                yield _article(connection, row, near)

    def article(self, article_id: str) -> ArticleView | None:
        """One article; the id of a key whose captures went to another article leads there."""
        with snapshot(self._path) as connection:
            return _article_by_id(connection, article_id)

    def find(self, url_or_id: str) -> Finding | None:
        """What has that id, or else what that URL, under any spelling, leads to.

        A URL is first an article's own, then one that an article was seen under (the latest),
        then a post's, then that of web archives' copies, then that of the newest capture.
        """
        with snapshot(self._path) as connection:
            asked = bindable(url_or_id)
            return _by_id(connection, asked) or _by_url(connection, asked)

    def posts(self, *, limit: int | None = None) -> Iterator[PostView]:
        """The posts, by the instant at which an article was first seen pointing at each."""
        with snapshot(self._path) as connection:
            order = " ORDER BY first_seen_at DESC, post_key DESC LIMIT ?"
            for row in connection.execute(POSTS + order, (_all_or(limit),)):
                yield post(connection, row)

    def post(self, post_key: str) -> PostHistoryView | None:
        """One post, by `platform:post_id`, with every answer about it."""
        with snapshot(self._path) as connection:
            return _post_by_key(connection, post_key)

    def latest_states(self, post_keys: Iterable[str]) -> dict[str, str]:
        """What came of each of those posts that is known here: its newest word, or `not_asked`."""
        with snapshot(self._path) as connection:
            statement = "SELECT coalesce(latest_state, state) FROM posts WHERE post_key = ?"
            found = ((key, connection.execute(statement, (key,)).fetchone()) for key in post_keys)
            return {key: row[0] for key, row in found if row is not None}

    def citations(self, *, limit: int | None = None) -> Iterator[CitationEntryView]:
        """The citations of all versions, by the instant at which each was first seen.

        Of a capture that several readers read, those are left out that the newest did not make.
        """
        with snapshot(self._path) as connection:
            order = " ORDER BY citations.first_seen_at DESC, citation_id DESC LIMIT ?"
            for row in connection.execute(CITATIONS_NOW + order, (_all_or(limit),)):
                yield CitationEntryView(
                    **citation_view(citation_of(row)), **citer(row), id=row["citation_id"]
                )

    def media(self, *, limit: int | None = None) -> Iterator[MediaView]:
        """The pictures, by the instant at which each was first seen."""
        with snapshot(self._path) as connection:
            order = " ORDER BY first_seen_at DESC, media_id DESC LIMIT ?"
            for row in connection.execute(MEDIA + order, (_all_or(limit),)):
                yield media(connection, row)

    def copies(self, *, limit: int | None = None) -> Iterator[CopyView]:
        """Web archives' copies of articles, by the instant at which they were asked for."""
        with snapshot(self._path) as connection:
            yield from copies(connection, _all_or(limit))

    def captures(
        self,
        *,
        url: str | None = None,
        run_id: str | None = None,
        before: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[CaptureView]:
        """The captures, or those of one URL under any spelling, or of one run."""
        with snapshot(self._path) as connection:
            wheres = ["run_id = :run_id"] * (run_id is not None)
            wheres += ["url_key = :url_key"] * (url is not None)
            wheres += ["(captured_at, record_id) < (:at, :record_id)"] * (before is not None)
            order = " ORDER BY captured_at DESC, record_id DESC LIMIT :limit"
            values = {
                "url_key": key_or_none(url) if url is not None else None,
                "run_id": run_id,
                "limit": _all_or(limit),
            }
            values |= zip(("at", "record_id"), before or (None, None), strict=True)
            for row in connection.execute(_CAPTURES + _chosen(wheres) + order, values):
                yield _capture(connection, row)

    def capture(self, record_id: str) -> CaptureView | None:
        """One capture, by its WARC-Record-ID."""
        with snapshot(self._path) as connection:
            return _capture_by_id(connection, record_id)

    def runs(
        self, *, before: tuple[str, str] | None = None, limit: int | None = None
    ) -> Iterator[RunView]:
        """The runs."""
        with snapshot(self._path) as connection:
            chosen = _chosen(["(began_at, run_id) < (?, ?)"] * (before is not None))
            order = " ORDER BY began_at DESC, run_id DESC LIMIT ?"
            for row in connection.execute(
                _RUNS + chosen + order, (*(before or ()), _all_or(limit))
            ):
                yield run_view(run_of(row))

    def extents(self) -> list[Extent]:
        """How far each WARC file is catalogued, by name."""
        with snapshot(self._path) as connection:
            return [
                extent_of(row) for row in connection.execute("SELECT * FROM warcs ORDER BY name")
            ]

    def locators(self) -> Iterator[tuple[str, Locator]]:
        """The record id of every capture, and where its record lies."""
        with snapshot(self._path) as connection:
            for row in connection.execute("SELECT record_id, warc, offset, length FROM captures"):
                yield row[0], Locator(warc=row[1], offset=row[2], length=row[3])

    def run(self, run_id: str) -> RunView | None:
        """One run."""
        with snapshot(self._path) as connection:
            return _run_by_id(connection, run_id)

    def search(
        self, words: str, *, limit: int = 20, skip: int = 0, until: int | None = None
    ) -> Iterator[HitView]:
        """Articles and posts with all of `words`, best first; never more than `limit`.

        Every version of an article is searched; the hit shows the one that was found. The first
        `skip` are left out. `until` is what `newest_text` told: what came in later is not looked
        at, so that whoever goes on through the hits misses none of them for it.
        """
        with snapshot(self._path) as connection:
            yield from hits(connection, words, limit=limit, skip=skip, until=until)

    def newest_text(self) -> int:
        """The number of the newest text that search knows; 0 where it knows none."""
        with snapshot(self._path) as connection:
            return newest_text(connection)


def _by_id(connection: sqlite3.Connection, id_: str) -> Finding | None:
    if article := _article_by_id(connection, id_):
        return Finding("article", article)
    if post := _post_by_key(connection, id_):
        return Finding("post", post)
    row = connection.execute(MEDIA + " WHERE media_id = ?", (id_,)).fetchone()
    if row is not None:
        return Finding("media", media(connection, row))
    if capture := _capture_by_id(connection, id_):
        return Finding("capture", capture)
    if run := _run_by_id(connection, id_):
        return Finding("run", run)
    return None


def _by_url(connection: sqlite3.Connection, url: str) -> Finding | None:
    key = key_or_none(url)
    if key is None:
        return None
    for kind, statement in (
        ("article", "SELECT article_id FROM article_keys WHERE url_key = ?"),
        (
            "article",
            (
                "SELECT article_id FROM article_urls WHERE url_key = ? "
                "ORDER BY last_seen_at DESC, article_id LIMIT 1"
            ),
        ),
        ("post", "SELECT post_key FROM posts WHERE url_key = ? ORDER BY post_key LIMIT 1"),
        (
            "capture",
            (
                "SELECT record_id FROM captures WHERE url_key = ? "
                "ORDER BY captured_at DESC, record_id DESC LIMIT 1"
            ),
        ),
    ):
        if kind == "capture" and (found := copies_of(connection, key, _all_or(None))):
            return Finding("copies", CopiesView(url=url, copies=found))
        row = connection.execute(statement, (key,)).fetchone()
        if row is not None:
            finding = _by_id(connection, row[0])
            assert finding is not None, kind
            return finding
    return None


def _article_by_id(connection: sqlite3.Connection, id_: str) -> ArticleView | None:
    statement = _ARTICLES + " WHERE articles.article_id = ?"
    row = connection.execute(statement, (id_,)).fetchone()
    if row is None:
        row = connection.execute(
            _ARTICLES + " JOIN article_keys ON article_keys.article_id = articles.article_id "
            "WHERE article_keys.own_id = ?",
            (id_,),
        ).fetchone()
    return _article(connection, row, NearCopies(connection)) if row is not None else None


def _article(connection: sqlite3.Connection, row: sqlite3.Row, near: NearCopies) -> ArticleView:
    urls = connection.execute(
        "SELECT url, how FROM article_urls WHERE article_id = ? ORDER BY url, how",
        (row["article_id"],),
    )
    return article_view(
        from_json(row["article"], Article),
        capture=capture_of(row),
        reader=row["reader"],
        verdict=Verdict(row["verdict"]),
        reason=row["reason"],
        surroundings=Surroundings(
            article_id=row["article_id"],
            canonical_url=row["canonical_url"],
            claimed_canonical_url=row["claimed_canonical_url"],
            urls=tuple(SeenUrlView(url=url, how=how) for url, how in urls),
            versions=row["versions"],
            copies=row["copies"],
            cluster=near.cluster(row["article_id"]),
            near_copies=tuple(near.copies(row["article_id"])),
            first_seen_at=row["first_seen_at"],
            last_seen_at=row["last_seen_at"],
        ),
        pictures=article_pictures(connection, row["article_id"]),
    )


def _post_by_key(connection: sqlite3.Connection, key: str) -> PostHistoryView | None:
    row = connection.execute(POSTS + " WHERE post_key = ?", (key,)).fetchone()
    return post_history(connection, row) if row is not None else None


def _capture_by_id(connection: sqlite3.Connection, record_id: str) -> CaptureView | None:
    row = connection.execute(_CAPTURES + " WHERE record_id = ?", (record_id,)).fetchone()
    return _capture(connection, row) if row is not None else None


def _capture(connection: sqlite3.Connection, row: sqlite3.Row) -> CaptureView:
    readings = connection.execute(
        "SELECT readings.reader, verdict, readings.reason, article_id, post_key, state, "
        "json_extract(picture, '$.digest') "
        "FROM readings LEFT JOIN post_sightings USING (record_id, reader) "
        "WHERE readings.record_id = ? ORDER BY numbered(readings.reader)",
        (row["record_id"],),
    )
    return capture_view(
        capture_of(row),
        [
            ReadingView(
                reader=reader,
                verdict=verdict,
                reason=reason,
                article_id=article_id,
                post=post_key,
                state=state,
                media=media_id,
            )
            for reader, verdict, reason, article_id, post_key, state, media_id in readings
        ],
    )


def _run_by_id(connection: sqlite3.Connection, run_id: str) -> RunView | None:
    row = connection.execute(_RUNS + " WHERE run_id = ?", (run_id,)).fetchone()
    return run_view(run_of(row)) if row is not None else None


def _chosen(wheres: list[str]) -> str:
    return f" WHERE {' AND '.join(wheres)}" if wheres else ""


def _all_or(limit: int | None) -> int:
    return -1 if limit is None else max(0, limit)  # SQLite: a negative limit is none
