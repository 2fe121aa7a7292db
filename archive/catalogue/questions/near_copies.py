"""An article's near copies and its cluster, out of the catalogue."""

import sqlite3
from operator import eq

from archive.catalogue.near_texts import NearTexts, StoredText
from archive.views.articles import ClusterView, NearCopyView

SHOWN = 100
"""Near copies beyond this many are not listed with an article: the most similar are."""
CONTAINED = 0.8
"""From here on an article is listed that is too unlike in all to be a copy, as of a short text."""

_CLUSTER = """
    SELECT centres.text_id AS cluster, count(*) AS articles
    FROM near_texts JOIN near_texts AS centres ON centres.text_no = near_texts.centre_no
        JOIN near_texts AS members ON members.centre_no = near_texts.centre_no
        JOIN near_articles ON near_articles.text_no = members.text_no
    WHERE near_texts.text_no = ?
"""
_MEMBERS = """
    SELECT article_id, known_by FROM near_clusters WHERE article_id IN (
        SELECT article_id FROM near_articles JOIN near_texts USING (text_no) WHERE centre_no = ?)
    ORDER BY known_by, article_id LIMIT 1
"""


class NearCopies:
    """Near copies, asked for on one connection; what was read for one article helps the next."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts = NearTexts(connection)

    def cluster(self, article_id: str) -> ClusterView | None:
        """The cluster that an article is in with others; None where it is alone."""
        text = self._text_of(article_id)
        if text is None:
            return None
        cluster, articles = self._connection.execute(_CLUSTER, (text.text_no,)).fetchone()
        if articles < 2:
            return None
        centre = self._texts.stored(cluster)
        head, known_by = self._connection.execute(_MEMBERS, (centre.text_no,)).fetchone()
        return ClusterView(id=cluster, articles=articles, head=head, head_known_by=known_by)

    def copies(self, article_id: str) -> list[NearCopyView]:
        """The articles whose text is nearly that of this one, the most similar first.

        Those of its cluster, whatever they have in common with this very one, and others that are
        near copies of it or have most of the smaller text in common with it.
        """
        text = self._text_of(article_id)
        if text is None:
            return []
        found = [
            view
            for other in self._compared_with(text)
            for view in self._views(article_id, text, other)
        ]
        return sorted(found, key=lambda view: (-view["similarity"], view["article_id"]))[:SHOWN]

    def _text_of(self, article_id: str) -> StoredText | None:
        row = self._connection.execute(
            "SELECT text_id FROM near_articles JOIN near_texts USING (text_no) "
            "WHERE article_id = ?",
            (article_id,),
        ).fetchone()
        return self._texts.stored(row[0]) if row is not None else None

    def _compared_with(self, text: StoredText) -> list[StoredText]:
        """The text itself and those worth comparing: as many as are shown, by their sketches."""
        others = {one.text_id: one for one in self._texts.candidates(text)}
        others |= {one.text_id: one for one in self._texts.around(text.centre_id)}
        others.pop(text.text_id, None)
        agreeing = sorted(
            others.values(), key=lambda one: (-sum(map(eq, one.sketch, text.sketch)), one.text_id)
        )
        return [text, *agreeing[:SHOWN]]

    def _views(self, article_id: str, text: StoredText, other: StoredText) -> list[NearCopyView]:
        alike = self._texts.likeness(text, other)
        is_same_cluster = other.centre_id == text.centre_id
        if not (is_same_cluster or alike.is_copy or alike.containment >= CONTAINED):
            return []
        rows = self._connection.execute(
            "SELECT article_id, canonical_url, headline FROM near_articles "
            "JOIN articles USING (article_id) WHERE text_no = ? AND article_id <> ? "
            "ORDER BY article_id LIMIT ?",
            (other.text_no, article_id, SHOWN),
        )
        return [
            NearCopyView(
                article_id=id_,
                url=url,
                headline=headline,
                similarity=round(alike.similarity, 4),
                containment=round(alike.containment, 4),
                is_same_cluster=is_same_cluster,
            )
            for id_, url, headline in rows
        ]
