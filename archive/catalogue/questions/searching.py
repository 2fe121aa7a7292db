"""Search: the texts that have all of some words, and what has each of these texts."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from archive.catalogue.placement.post import facts_of_text
from archive.catalogue.questions.post import CITATIONS
from archive.catalogue.rows import citation_of
from archive.catalogue.words import ArticleWords, words_of_claims, words_of_post
from archive.codec import from_json
from archive.model import Article, PostAnswer
from archive.text.folding import find, query
from archive.views.hits import HitView

SNIPPET_CHARS = 160
_MOST_TEXTS = (1 << 63) - 1


def hits(
    connection: sqlite3.Connection, words: str, *, limit: int, skip: int, until: int | None
) -> Iterator[HitView]:
    """As CatalogueReader.search."""
    expression = query(words)
    if not expression:
        return
    found: set[tuple[str, str]] = set()
    texts = connection.execute(
        "SELECT digest, kind FROM search JOIN texts ON text_id = search.rowid "
        "WHERE search MATCH ? AND search.rowid <= ? ORDER BY bm25(search, 4.0, 1.0), digest",
        (expression, _MOST_TEXTS if until is None else until),
    )
    for digest, kind in texts:
        having = _HAVING[kind]
        for row in connection.execute(having.question, (digest,)):
            name = (having.kind, str(row[having.name]))
            if name in found:
                continue
            if len(found) >= skip + limit:
                return
            found.add(name)
            if len(found) > skip:
                yield having.view(row, words)


def newest_text(connection: sqlite3.Connection) -> int:
    """The number of the newest text that is known; 0 where there is none."""
    (newest,) = connection.execute("SELECT max(text_id) FROM texts").fetchone()
    return newest or 0


class _Having(NamedTuple):
    """What has the texts of a kind."""

    kind: str
    name: str
    """The column that names one."""
    question: str
    view: Callable[[sqlite3.Row, str], HitView]


def _article_hit(row: sqlite3.Row, words: str) -> HitView:
    return HitView(
        kind="article",
        id=row["article_id"],
        headline=row["headline"],
        url=row["canonical_url"],
        snippet=_snippet(words, ArticleWords.of(from_json(row["article"], Article)).text),
    )


def _claims_hit(row: sqlite3.Row, words: str) -> HitView:
    citation = citation_of(row)
    return HitView(
        kind="post",
        id=citation.post_key,
        headline=row["headline"],
        url=citation.url,
        snippet=_snippet(words, words_of_claims(citation)),
    )


def _post_hit(row: sqlite3.Row, words: str) -> HitView:
    facts = facts_of_text(from_json(row["answer"], PostAnswer), row["text_digest"])
    return HitView(
        kind="post",
        id=row["post_key"],
        headline=row["title"],
        url=row["url"],
        snippet=_snippet(words, words_of_post(facts)),
    )


_HAVING = {
    "article": _Having(
        "article",
        "article_id",
        "SELECT versions.article_id, versions.headline, articles.canonical_url, article "
        "FROM versions JOIN articles USING (article_id) JOIN documents ON "
        "documents.digest = document WHERE search_digest = ? ORDER BY versions.stamp DESC",
        _article_hit,
    ),
    "claims": _Having(
        "post",
        "post_key",
        CITATIONS + " WHERE claims_digest = ? ORDER BY versions.stamp DESC",
        _claims_hit,
    ),
    "post": _Having(
        "post",
        "post_key",
        "SELECT posts.post_key, posts.url, post_versions.title, text_digest, answers.answer "
        "FROM post_versions JOIN posts USING (post_key) "
        "JOIN answers ON digest = post_versions.answer "
        "WHERE search_digest = ? ORDER BY post_versions.stamp DESC",
        _post_hit,
    ),
}


def _snippet(words: str, text: str) -> str:
    """A piece of `text` around the first of `words` in it, on one line."""
    start, end = find(words, text) or (0, 0)
    first = max(0, start - SNIPPET_CHARS // 3)
    last = max(end, first + SNIPPET_CHARS)
    opening = text.rfind(" ", 0, first) + 1 if first else 0
    if first - opening > 20:  # no space near: a script without them
        opening = first
    piece = " ".join(text[opening:last].split())
    return f"{'…' if opening else ''}{piece}{'…' if last < len(text) else ''}"
