"""Web archives' copies of articles in the catalogue: beside our own captures, never among them."""

import sqlite3
from collections.abc import Iterator

from archive.catalogue.rows import Row, inserting, key_or_none
from archive.codec import from_json
from archive.instants import instant_or_none
from archive.model import ArchivedCopy, Article
from archive.views.articles import CopyView, article_view

_COPIES = """
    SELECT article_copies.*, verdict, readings.reason, article
    FROM article_copies JOIN readings USING (record_id, reader)
        LEFT JOIN documents ON documents.digest = readings.document
"""
_NEWEST = " ORDER BY captured_at DESC, record_id DESC, numbered(reader) DESC LIMIT ?"


def put_copy(connection: sqlite3.Connection, record_id: str, reader: str) -> None:
    """Note what one stored reading is a copy of; noting it again changes nothing."""
    document, captured_at = connection.execute(
        "SELECT copy, captured_at FROM readings JOIN captures USING (record_id) "
        "WHERE record_id = ? AND reader = ?",
        (record_id, reader),
    ).fetchone()
    copy = from_json(document, ArchivedCopy)
    row: Row = {
        "record_id": record_id,
        "reader": reader,
        "url_key": key_or_none(copy.url),
        "url": copy.url,
        "archive": copy.archive,
        "grade": copy.grade,
        "memento_at": instant_or_none(copy.memento_at),
        "captured_at": captured_at,
    }
    connection.execute(inserting("article_copies", row) + " ON CONFLICT DO NOTHING", row)


def copies(connection: sqlite3.Connection, limit: int) -> Iterator[CopyView]:
    """The copies, newest asked for first."""
    return map(_view, connection.execute(_COPIES + _NEWEST, (limit,)))


def copies_of(connection: sqlite3.Connection, url_key: str, limit: int) -> list[CopyView]:
    """The copies of one page."""
    rows = connection.execute(
        _COPIES + " WHERE article_copies.url_key = ?" + _NEWEST, (url_key, limit)
    )
    return list(map(_view, rows))


def _view(row: sqlite3.Row) -> CopyView:
    article = from_json(row["article"], Article) if row["article"] is not None else None
    return CopyView(
        url=row["url"],
        archive=row["archive"],
        grade=row["grade"],
        memento_at=row["memento_at"],
        captured_at=row["captured_at"],
        record_id=row["record_id"],
        reader=row["reader"],
        verdict=row["verdict"],
        reason=row["reason"],
        article=article_view(article) if article is not None else None,
    )
