"""Readings into the catalogue: each is a row, and what it found is placed.

article     → documents; articles, versions, sightings, citations   article.py
answer      → answers; posts, their versions and sightings          post.py
short link  → the post that articles with it cite                   article.py
picture     → media                                                 media.py
copy        → article_copies                                        copies.py
nothing     → how the article at that address stands                standing.py
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.catalogue.copies import put_copy
from archive.catalogue.placement.article import ArticlePlacement
from archive.catalogue.placement.media import MediaPlacement
from archive.catalogue.placement.post import PostPlacement
from archive.catalogue.placement.standing import StandingPlacement
from archive.catalogue.rows import READINGS, Row, inserting, json_or_none, reading_of, storable
from archive.catalogue.search_texts import SearchTexts
from archive.codec import from_json, to_json
from archive.conclusions.identity import article_key, named_abroad
from archive.digest import Digest
from archive.model import Article, Reading, Verdict

BATCH = 500
_KEY = ("record_id", "reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogued:
    """What became of a reading."""

    article_id: str | None = None
    """None where it found no article."""
    is_new_article: bool = False
    is_new_version: bool = False
    copies: int = 0
    """How many other articles tell the same story, so far."""
    new_posts: int = 0
    """How many posts no article had pointed at before."""
    post_key: str | None = None
    """The post that it has an answer about."""
    media_id: Digest | None = None
    """The picture that it found."""


class Readings:
    """Writes `readings`, `documents` and `answers`, and has placed what follows from them.

    In the caller's transaction, at whose end `search` must settle.
    """

    def __init__(self, connection: sqlite3.Connection, search: SearchTexts) -> None:
        self._connection = connection
        self._search = search
        self._articles = ArticlePlacement(connection, search)
        self._posts = PostPlacement(connection, search)
        self._media = MediaPlacement(connection)
        self._standings = StandingPlacement(connection)

    def add(self, reading: Reading) -> Catalogued:
        """As CatalogueWriter.add_reading, of a capture that is there."""
        document = None
        if reading.article is not None:  # what is placed is what was stored
            document = to_json(reading.article)
            reading = replace(reading, article=from_json(document, Article))
        row = self._row(reading, document)
        described = ", ".join(f"{name} = excluded.{name}" for name in row if name not in _KEY)
        added = self._connection.execute(
            f"{inserting('readings', row)} ON CONFLICT DO UPDATE SET {described} "
            "WHERE readings.verdict = :stopped AND excluded.verdict <> :stopped",
            row | {"stopped": Verdict.UNREADABLE.value},
        )
        return self._place(reading) if added.rowcount else self._known(reading)

    def place_all(self) -> None:
        """Place every stored reading, where nothing is placed yet."""
        for reading in self._stored():
            self._place(reading)
        self._search.settle()

    def _stored(self) -> Iterator[Reading]:
        """The readings that found anything in a capture that is there, by capture and reader."""
        last = ("", "")
        while rows := self._connection.execute(
            f"{READINGS} WHERE (record_id, reader) > (?, ?) "  # noqa: S608 - ours
            "AND coalesce(document, readings.answer, short_link, picture, copy) IS NOT NULL "
            "AND record_id IN (SELECT record_id FROM captures) "
            "ORDER BY record_id, reader LIMIT ?",
            (*last, BATCH),
        ).fetchall():
            last = rows[-1]["record_id"], rows[-1]["reader"]
            yield from map(reading_of, rows)

    def _place(self, reading: Reading) -> Catalogued:
        """Place what a stored reading found; placing it again changes nothing."""
        record_id, reader = reading.record_id, reading.reader
        if reading.answer is not None:
            self._posts.place(record_id, reader)
        elif reading.copy is not None:
            put_copy(self._connection, record_id, reader)
        elif reading.article is not None:
            own = article_key(reading.article.url, reading.article.claim).key
            placed = self._articles.place(record_id, reader, reading.article)
            self._articles.hear(own, reading.article)  # its own words move only others
            self._articles.point(own)
            return Catalogued(**placed._asdict())
        elif reading.short_link is not None:
            self._articles.lead(reading.short_link)
        elif reading.picture is not None:
            self._media.place(record_id, reader)
        else:
            self._standings.hear_capture(record_id)
        return _found(reading)

    def _known(self, reading: Reading) -> Catalogued:
        """What the catalogue holds of a reading that was there already."""
        article_id, story = self._connection.execute(
            "SELECT readings.article_id, story_digest FROM readings "
            "LEFT JOIN versions USING (version_id) WHERE readings.record_id = ? AND "
            "readings.reader = ?",
            (reading.record_id, reading.reader),
        ).fetchone()
        if article_id is None:
            return _found(reading)
        return Catalogued(article_id=article_id, copies=self._articles.copies(article_id, story))

    def _row(self, reading: Reading, document: bytes | None) -> Row:
        """The row of a reading; its document or answer is put."""
        answer = to_json(reading.answer) if reading.answer is not None else None
        own = abroad = None
        if (article := reading.article) is not None and reading.copy is None:
            own = article_key(article.url, article.claim).key
            abroad = named_abroad(article.url, article.claim).canonical
        row: Row = {
            "record_id": reading.record_id,
            "reader": reading.reader,
            "verdict": reading.verdict.value,
            "reason": reading.reason,
            "document": self._put("documents", "article", document),
            "url_key": own,
            "abroad_key": abroad,
            "answer": self._put("answers", "answer", answer),
            "short_link": json_or_none(reading.short_link),
            "picture": json_or_none(reading.picture),
            "copy": json_or_none(reading.copy),
        }
        return storable(row)

    def _put(self, table: str, column: str, found: bytes | None) -> Digest | None:
        """Put what a reading found, once for equal content; its digest."""
        if found is None:
            return None
        digest = Digest.of(found)
        self._connection.execute(
            f"INSERT INTO {table} (digest, {column}) VALUES (?, ?) ON CONFLICT DO NOTHING",  # noqa: S608 - names of ours
            (digest, found.decode()),
        )
        return digest


def _found(reading: Reading) -> Catalogued:
    """What a reading says that it found, where that is no article."""
    answered = reading.answer or reading.short_link
    return Catalogued(
        post_key=answered.post_key if answered is not None else None,
        media_id=reading.picture.digest if reading.picture is not None else None,
    )
