"""From texts to clusters of near copies: derived tables that follow from the set of texts alone.

A cluster is a star, not a chain. Taken in the order of their ids, which are as good as random, a
text is a *centre* unless it is a near copy of a centre before it; what is none belongs to the most
similar of the centres that it is a copy of. So every text of a cluster was compared with its
centre, word for word, and strangers are not glued together by what lies between them. (After
Ailon, Charikar and Newman, Aggregating inconsistent information, JACM 2008.)

Whatever came first, the same texts give the same stars. A text that comes or goes changes only
those after it that are near copies of it, and of these few: its place in the order has nothing to
do with time, so a story's hundredth copy becomes its centre once in a hundred times (Censor-Hillel,
Haramaty and Karnin, Optimal dynamic distributed MIS, PODC 2016).
"""

import heapq
import sqlite3
from collections.abc import Iterable, Mapping

from archive.catalogue.near_texts import NearTexts, StoredText
from archive.codec import from_json
from archive.model import Article
from archive.near import (
    PROBE,
    RULES,
    Likeness,
    NearText,
    bands,
    near_text,
    post_copy_digest,
    sketch,
)
from archive.text.parts import story_words

TABLES = ("near_articles", "near_bands", "near_texts")
"""In an order in which they can be emptied."""

_MADE_BY = PROBE + RULES
"""What `near_probe` holds: the hashing and the rules that made the tables."""
_ITSELF = Likeness(similarity=1.0, containment=1.0, is_copy=True)


class NearPlacement:
    """Writes the tables of near copies, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts = NearTexts(connection)

    def refresh(self) -> None:
        """Make the tables anew where another hashing or other rules made them, or none yet.

        Reads every article's newest version where it has to, which takes about a millisecond each.
        """
        execute = self._connection.execute
        if execute("SELECT 1 FROM near_probe WHERE probe = ?", (_MADE_BY,)).fetchone():
            return
        for table in (*TABLES, "near_probe"):
            execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        for (id_,) in execute("SELECT article_id FROM articles"):
            self.place(id_)
        for version_id, text in execute("SELECT version_id, text FROM post_versions").fetchall():
            execute(
                "UPDATE post_versions SET copy_digest = ? WHERE version_id = ?",
                (post_copy_digest(text), version_id),
            )
        execute("INSERT INTO near_probe VALUES (?)", (_MADE_BY,))

    def place(self, article_id: str, known: Mapping[str, Article] | None = None) -> None:
        """Let an article stand under the text of its newest version.

        `known` may hold its document, decoded, by digest.
        """
        document, kept_document, kept_id = self._connection.execute(
            "SELECT versions.document, near_articles.document, near_texts.text_id "
            "FROM articles JOIN versions USING (version_id) "
            "LEFT JOIN near_articles ON near_articles.article_id = articles.article_id "
            "LEFT JOIN near_texts USING (text_no) WHERE articles.article_id = ?",
            (article_id,),
        ).fetchone()
        if document == kept_document:
            return
        article = known.get(document) if known is not None else None
        text = near_text(story_words(article if article is not None else self._read(document)))
        if text is not None and text.id == kept_id:
            self._connection.execute(
                "UPDATE near_articles SET document = ? WHERE article_id = ?",
                (document, article_id),
            )
            return
        self.forget(article_id)  # first, so that every text there has an article to be read from
        if text is None:
            return
        text_no, is_new = self._put(text)
        self._connection.execute(
            "INSERT INTO near_articles VALUES (?, ?, ?)", (article_id, text_no, document)
        )
        if is_new:
            self._settle([text.id], fresh={text.id})

    def forget(self, article_id: str) -> None:
        """Take an article out."""
        row = self._connection.execute(
            "SELECT text_no FROM near_articles WHERE article_id = ?", (article_id,)
        ).fetchone()
        if row is not None:
            self._connection.execute(
                "DELETE FROM near_articles WHERE article_id = ?", (article_id,)
            )
            self._drop_unused(row[0])

    def _read(self, document: str) -> Article:
        (article,) = self._connection.execute(
            "SELECT article FROM documents WHERE digest = ?", (document,)
        ).fetchone()
        return from_json(article, Article)

    def _put(self, text: NearText) -> tuple[int, bool]:
        """The number of a text, and whether it was new; then it is a centre until settled."""
        self._texts.hold(text)
        row = self._connection.execute(
            "SELECT text_no FROM near_texts WHERE text_id = ?", (text.id,)
        ).fetchone()
        if row is not None:
            return row[0], False
        sketched = sketch(text.shingles)
        (text_no,) = self._connection.execute(
            "SELECT coalesce(max(text_no), 0) + 1 FROM near_texts"
        ).fetchone()
        self._connection.execute(
            "INSERT INTO near_texts VALUES (?, ?, ?, ?, 1, 1)",
            (text_no, text.id, sketched, text_no),
        )
        self._connection.executemany(
            "INSERT INTO near_bands VALUES (?, ?)", ((band, text_no) for band in bands(sketched))
        )
        return text_no, True

    def _drop_unused(self, text_no: int) -> None:
        execute = self._connection.execute
        if execute("SELECT 1 FROM near_articles WHERE text_no = ?", (text_no,)).fetchone():
            return
        (text_id,) = execute(
            "SELECT text_id FROM near_texts WHERE text_no = ?", (text_no,)
        ).fetchone()
        text = self._texts.stored(text_id)
        left = self._left_by(text, self._texts.candidates(text)) if text.is_centre else []
        self._connection.executemany(
            "DELETE FROM near_bands WHERE band = ? AND text_no = ?",
            ((band, text_no) for band in bands(text.sketch)),
        )
        alone = execute(
            "SELECT text_id FROM near_texts WHERE centre_no = ? AND text_no <> ?",
            (text_no, text_no),
        ).fetchall()
        execute(
            "UPDATE near_texts SET centre_no = text_no, similarity = 1, containment = 1 "
            "WHERE centre_no = ?",
            (text_no,),
        )
        execute("DELETE FROM near_texts WHERE text_no = ?", (text_no,))
        self._settle(left, fresh={id_ for (id_,) in alone})

    def _settle(self, waiting: Iterable[str], fresh: set[str]) -> None:
        """Look at texts again, and at those that this concerns.

        The `fresh` ones stand as their own centres only until they have been looked at.

        In the order of their ids: whether a text is a centre follows from those before it alone.
        Which centre is the nearest does not, so a text may be looked at twice.
        """
        queue = sorted(set(waiting))
        queued = set(queue)
        while queue:
            text_id = heapq.heappop(queue)
            queued.remove(text_id)
            text = self._texts.stored(text_id)
            candidates = self._texts.candidates(text)
            concerned = self._look_at(text, candidates, is_fresh=text_id in fresh)
            fresh.discard(text_id)
            for other_id in set(concerned) - queued:
                queued.add(other_id)
                heapq.heappush(queue, other_id)

    def _look_at(
        self, text: StoredText, candidates: list[StoredText], *, is_fresh: bool
    ) -> list[str]:
        """Find a text's centre; the ids of the texts that must be looked at because it changed."""
        centre, alike = self._centre(text, candidates)
        if centre.text_id != text.centre_id:
            self._connection.execute(
                "UPDATE near_texts SET centre_no = ?, similarity = ?, containment = ? "
                "WHERE text_no = ?",
                (centre.text_no, alike.similarity, alike.containment, text.text_no),
            )
        is_centre = centre is text
        if is_centre and (is_fresh or not text.is_centre):
            return [one.text_id for one in candidates if self._texts.are_copies(text, one)]
        if text.is_centre and not is_centre:
            return self._left_by(text, candidates)
        return []

    def _centre(
        self, text: StoredText, candidates: list[StoredText]
    ) -> tuple[StoredText, Likeness]:
        """The centre nearest to a text, where there is one before it; or else itself."""
        found: list[tuple[StoredText, Likeness]] = []
        for other in candidates:
            if other.text_id > text.text_id and not found:
                break
            alike = self._texts.compared(text, other) if other.is_centre else None
            if alike is not None and alike.is_copy:
                found.append((other, alike))
        return max(found, key=lambda one: one[1].similarity, default=(text, _ITSELF))

    def _left_by(self, text: StoredText, candidates: list[StoredText]) -> list[str]:
        """The texts whose centre it was, and those that it may have kept from being centres."""
        rows = self._connection.execute(
            "SELECT text_id FROM near_texts WHERE centre_no = ? AND text_no <> ?",
            (text.text_no, text.text_no),
        )
        kept = (one.text_id for one in candidates if text.text_id < one.text_id < one.centre_id)
        return [*(text_id for (text_id,) in rows), *kept]
