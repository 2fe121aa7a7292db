"""From readings to articles: the derived tables, which follow from the set of readings alone.

Each reading is placed by itself, and every write commutes with every other (newest.py). The one
thing that moves a placed reading is another site's confirmation (conclusions.identity); then the
articles concerned are emptied and their readings placed again.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from archive.catalogue.placement.media import MediaPlacement
from archive.catalogue.placement.near import NearPlacement
from archive.catalogue.placement.newest import put_newest
from archive.catalogue.placement.post import PostPlacement
from archive.catalogue.placement.standing import StandingPlacement
from archive.catalogue.rows import (
    Row,
    citation_row,
    inserting,
    key_or_none,
    moment_row,
    stamp_of,
)
from archive.catalogue.search_texts import SearchTexts
from archive.catalogue.words import ArticleWords, words_of_claims
from archive.codec import from_json, to_json
from archive.conclusions.identity import article_id, article_key, named_abroad
from archive.digest import Digest, content_id
from archive.errors import InvalidUrl
from archive.model import Article, Citation, Relation, ShortLink
from archive.text.parts import story_digest, text_digest
from archive.web.urls import UrlKey, canonical_url


class Placed(NamedTuple):
    """Where a reading went, and what of it was new."""

    article_id: str
    is_new_article: bool
    is_new_version: bool
    copies: int
    new_posts: int


class _Seen(NamedTuple):
    """One reading with what placing it needs."""

    article: Article
    document: str
    record_id: str
    reader: str
    captured_at: str
    requested_url: str | None
    verdict: str
    home: UrlKey
    canonical_url: str | None
    """What the page named as canonical, where its site or the other one stands by it."""
    claimed_canonical_url: str | None
    stamp: str


class ArticlePlacement:
    """Writes the derived tables of articles, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, search: SearchTexts) -> None:
        self._connection = connection
        self._search = search
        self._posts = PostPlacement(connection, search)
        self._media = MediaPlacement(connection)
        self._near = NearPlacement(connection)
        self._standings = StandingPlacement(connection)

    def place(self, record_id: str, reader: str, article: Article | None = None) -> Placed:
        """Place one stored reading, which found an article; placing it again changes nothing.

        `article` is what was stored, where the caller has it at hand.
        """
        seen = self._seen(record_id, reader, article)
        id_ = article_id(seen.home)
        text, story = text_digest(seen.article), story_digest(seen.article)
        version_id = content_id("v", id_, text, reader)
        words = ArticleWords.of(seen.article)
        searched = words.digest
        is_new_article = self._put_article(id_, version_id, seen)
        digests: Row = {"story_digest": story, "search_digest": searched}
        is_new_version = self._put_version(version_id, id_, text, digests, seen)
        self._put_sighting(version_id, seen)
        new_posts = sum(
            self._put_citation(citation, version_id, seen)
            for citation in dict.fromkeys((*seen.article.posts, *self._put_links(version_id, seen)))
        )
        self._media.name_lead(version_id, seen.article, seen.captured_at)
        self._put_urls(id_, seen)
        self._near.place(id_, {seen.document: seen.article})
        self._search.put(searched, "article", words.headline, words.body)
        self._connection.execute(
            "UPDATE readings SET article_id = ?, version_id = ? WHERE record_id = ? AND reader = ?",
            (id_, version_id, record_id, reader),
        )
        self._standings.hear_sighting(record_id, id_)
        return Placed(id_, is_new_article, is_new_version, self.copies(id_, story), new_posts)

    def lead(self, link: ShortLink) -> None:
        """Note where a short link led; articles that have it now cite the post."""
        key = key_or_none(link.url)
        if key is None:
            return
        added = self._connection.execute(
            "INSERT INTO short_links (url_key, post_key, post_url) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (key, link.post_key, link.post_url),
        )
        if added.rowcount:
            for record_id, reader in self._connection.execute(
                "SELECT record_id, reader FROM readings JOIN version_links USING (version_id) "
                "WHERE version_links.url_key = ?",
                (key,),
            ).fetchall():
                self.place(record_id, reader)

    def hear(self, page: UrlKey, article: Article) -> None:
        """Note what a page names on other sites; where that confirms a claim, move what it moves.

        `page` is the key under which the page speaks: that of its article, on its own site.
        """
        abroad = named_abroad(article.url, article.claim)
        for kind, target in (("canonical", abroad.canonical), ("amp", abroad.amp)):
            if target is None:
                continue
            added = self._connection.execute(
                "INSERT INTO canonical_claims (page_key, target_key, kind) VALUES (?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (page, target, kind),
            )
            if added.rowcount:
                self._move(page, target)

    def point(self, key: str) -> None:
        """Let the key's own article id lead to where its readings are.

        That is the article of that id while it has any, else the article of the newest.
        """
        own_id = article_id(UrlKey(key))
        (target,) = self._connection.execute(
            "SELECT readings.article_id FROM readings JOIN captures USING (record_id) "
            "WHERE readings.url_key = ? "
            "ORDER BY readings.article_id = ? DESC, captured_at DESC, record_id DESC, article_id "
            "LIMIT 1",
            (key, own_id),
        ).fetchone()
        self._connection.execute(
            "INSERT INTO article_keys (url_key, own_id, article_id) VALUES (?, ?, ?) "
            "ON CONFLICT (url_key) DO UPDATE SET article_id = excluded.article_id",
            (key, own_id, target),
        )

    def copies(self, id_: str, story: str | None) -> int:
        """How many articles besides `id_` tell that story."""
        (copies,) = self._connection.execute(
            "SELECT count(DISTINCT article_id) FROM versions "
            "WHERE story_digest = ? AND article_id <> ?",
            (story, id_),
        ).fetchone()
        return int(copies)

    def _seen(self, record_id: str, reader: str, article: Article | None) -> _Seen:
        row = self._connection.execute(
            "SELECT abroad_key, document, captured_at, requested_url, verdict "
            "FROM readings JOIN captures USING (record_id) WHERE record_id = ? AND reader = ?",
            (record_id, reader),
        ).fetchone()
        if article is None:
            (document,) = self._connection.execute(
                "SELECT article FROM documents WHERE digest = ?", (row["document"],)
            ).fetchone()
            article = from_json(document, Article)
        identity = article_key(article.url, article.claim)
        home = self._home(identity.key, row["abroad_key"])
        canonical, claimed = identity.canonical_url, identity.claimed_canonical_url
        if home != identity.key:
            canonical, claimed = claimed, None
        return _Seen(
            article=article,
            document=row["document"],
            record_id=record_id,
            reader=reader,
            captured_at=row["captured_at"],
            requested_url=row["requested_url"],
            verdict=row["verdict"],
            home=home,
            canonical_url=canonical,
            claimed_canonical_url=claimed,
            stamp=stamp_of(row["captured_at"], record_id, reader),
        )

    def _home(self, own: UrlKey, abroad: str | None) -> UrlKey:
        """The key of the article that a reading belongs to, now that others have spoken."""
        said = {
            kind
            for (kind,) in self._connection.execute(
                "SELECT kind FROM canonical_claims WHERE page_key = ? AND target_key = ?",
                (abroad, own),
            )
        }
        if abroad is None or not said:
            return own
        return UrlKey(min(own, abroad) if "canonical" in said else abroad)

    def _move(self, one: UrlKey, other: UrlKey) -> None:
        """Place again whatever readings a word between these two keys concerns."""
        articles = self._connection.execute(
            "SELECT DISTINCT article_id FROM readings "
            "WHERE (url_key = ? AND abroad_key = ?) OR (url_key = ? AND abroad_key = ?)",
            (one, other, other, one),
        ).fetchall()
        readings = [
            tuple(reading)
            for (id_,) in articles
            for reading in self._connection.execute(
                "SELECT record_id, reader, url_key FROM readings WHERE article_id = ?", (id_,)
            )
        ]
        for (id_,) in articles:
            self._empty(id_)
        for record_id, reader, _ in readings:
            self.place(record_id, reader)
        for key in dict.fromkeys(key for _, _, key in readings):
            self.point(key)

    def _empty(self, id_: str) -> None:
        self._near.forget(id_)
        of_versions = "WHERE version_id IN (SELECT version_id FROM versions WHERE article_id = ?)"
        cited = f"SELECT citation_id FROM citations {of_versions}"  # noqa: S608
        for statement in (
            f"DELETE FROM cross_checks WHERE citation_id IN ({cited})",  # noqa: S608
            f"DELETE FROM citations {of_versions}",  # noqa: S608 - no value of a page
            f"DELETE FROM version_links {of_versions}",  # noqa: S608
            f"DELETE FROM media_named {of_versions}",  # noqa: S608
            f"DELETE FROM sightings {of_versions}",  # noqa: S608
            "DELETE FROM turns WHERE article_id = ?",
            "DELETE FROM standings WHERE article_id = ?",
            "DELETE FROM article_urls WHERE article_id = ?",
            "DELETE FROM versions WHERE article_id = ?",
            "DELETE FROM articles WHERE article_id = ?",
        ):
            self._connection.execute(statement, (id_,))

    def _put_article(self, id_: str, version_id: str, seen: _Seen) -> bool:
        newest: Row = {
            "canonical_url": seen.canonical_url or canonical_url(seen.article.url),
            "claimed_canonical_url": seen.claimed_canonical_url,
            "headline": seen.article.headline,
            "version_id": version_id,
            "record_id": seen.record_id,
            "reader": seen.reader,
            "stamp": seen.stamp,
        }
        row: Row = {
            "article_id": id_,
            "url_key": seen.home,
            "first_seen_at": seen.captured_at,
            "last_seen_at": seen.captured_at,
        }
        return put_newest(self._connection, "articles", "article_id", row, newest)

    def _put_version(
        self, version_id: str, id_: str, text: Digest, digests: Row, seen: _Seen
    ) -> bool:
        article = seen.article
        newest: Row = {
            "document": seen.document,
            "headline": article.headline,
            "language": article.language,
            "section": article.section,
            **moment_row("published", article.published_at),
            **moment_row("modified", article.modified_at),
            "dateline_place": article.dateline.place if article.dateline is not None else None,
            "dateline_raw": article.dateline.raw if article.dateline is not None else None,
            "record_id": seen.record_id,
            "stamp": seen.stamp,
            **digests,
        }
        row: Row = {
            "version_id": version_id,
            "article_id": id_,
            "reader": seen.reader,
            "text_digest": text,
        }
        return put_newest(self._connection, "versions", "version_id", row, newest)

    def _put_sighting(self, version_id: str, seen: _Seen) -> None:
        row: Row = {
            "version_id": version_id,
            "record_id": seen.record_id,
            "captured_at": seen.captured_at,
            "verdict": seen.verdict,
            "is_partial": int(seen.article.partial is not None),
        }
        self._connection.execute(inserting("sightings", row) + " ON CONFLICT DO NOTHING", row)

    def _put_citation(self, citation: Citation, version_id: str, seen: _Seen) -> bool:
        """Put a citation and its post; whether the post was new.

        A claim that changed while the text around it did not is a second citation.
        """
        is_new = self._posts.put_post(citation.post_key, citation.url, seen.captured_at, seen.stamp)
        claims = words_of_claims(citation)
        digest = Digest.of(b"claims\n" + claims.encode()) if claims else None
        row: Row = {
            "citation_id": content_id("c", version_id, to_json(citation).decode()),
            "version_id": version_id,
            **citation_row(citation),
            "first_seen_at": seen.captured_at,
            "claims_digest": digest,
            "record_id": seen.record_id,
        }
        self._connection.execute(
            inserting("citations", row) + " ON CONFLICT (citation_id) DO UPDATE "
            "SET first_seen_at = excluded.first_seen_at, record_id = excluded.record_id "
            "WHERE (excluded.first_seen_at, excluded.record_id) "
            "< (citations.first_seen_at, citations.record_id)",
            row,
        )
        if digest is not None:
            self._search.put(digest, "claims", "", claims)
        self._posts.check(str(row["citation_id"]))
        return is_new

    def _put_links(self, version_id: str, seen: _Seen) -> Iterator[Citation]:
        """Put where a version links to; the posts that its short links led to."""
        for link in seen.article.links:
            key = key_or_none(link.url)
            if key is None:
                continue
            self._connection.execute(
                "INSERT INTO version_links VALUES (?, ?) ON CONFLICT DO NOTHING", (version_id, key)
            )
            for post_key, post_url in self._connection.execute(
                "SELECT post_key, post_url FROM short_links WHERE url_key = ? ORDER BY post_key",
                (key,),
            ).fetchall():
                platform, _, post_id = post_key.partition(":")
                yield Citation(
                    platform=platform,
                    post_id=post_id,
                    url=post_url,
                    relation=Relation.LINKED,
                    form="short-link",
                    block=link.block,
                )

    def _put_urls(self, id_: str, seen: _Seen) -> None:
        for how, url in (
            ("page", seen.article.url),
            ("canonical", seen.canonical_url),
            ("redirect", seen.requested_url),
        ):
            try:
                canonical = canonical_url(url) if url is not None else None
            except InvalidUrl:  # where a redirect started is as it was asked for
                continue
            if canonical is None:
                continue
            row: Row = {
                "article_id": id_,
                "url": canonical,
                "how": how,
                "url_key": key_or_none(canonical),
                "last_seen_at": seen.captured_at,
            }
            self._connection.execute(
                inserting("article_urls", row) + " ON CONFLICT DO UPDATE "
                "SET last_seen_at = max(last_seen_at, excluded.last_seen_at)",
                row,
            )
