"""Captures taken out of a catalogue, with all that followed from them."""

import sqlite3
from collections.abc import Collection

from archive.catalogue.placement import Placement
from archive.catalogue.post_placement import PostPlacement
from archive.catalogue.rows import stamp_of
from archive.codec import from_json
from archive.model import Article
from archive.urls import UrlKey

DERIVED = (
    "cross_checks",
    "version_links",
    "citations",
    "sightings",
    "article_urls",
    "article_keys",
    "versions",
    "articles",
    "post_metrics",
    "post_pointers",
    "post_aliases",
    "post_sightings",
    "posts",
    "post_versions",
    "texts",
    "canonical_claims",
)
"""In an order in which they can be emptied."""

BATCH = 500


def remove_captures(connection: sqlite3.Connection, record_ids: Collection[str]) -> None:
    """Forget captures and their readings, and place what is left anew; in a transaction.

    As slow as reading everything into an empty catalogue, which is why it is right: what follows
    from the captures that are left does not depend on those that are gone.
    """
    execute = connection.execute
    execute("PRAGMA defer_foreign_keys = ON")
    for table in DERIVED:
        execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    execute("INSERT INTO search (search) VALUES ('delete-all')")
    execute("UPDATE readings SET article_id = NULL, version_id = NULL")
    for table in ("readings", "captures"):
        gone = ((record_id,) for record_id in record_ids)
        connection.executemany(f"DELETE FROM {table} WHERE record_id = ?", gone)  # noqa: S608
    execute(
        "DELETE FROM documents WHERE NOT EXISTS "
        "(SELECT 1 FROM readings WHERE document = documents.digest)"
    )
    execute(
        "DELETE FROM answers WHERE NOT EXISTS "
        "(SELECT 1 FROM readings WHERE readings.answer = answers.digest)"
    )
    _place_articles(connection)
    _place_answers(connection)


def _place_articles(connection: sqlite3.Connection) -> None:
    placement = Placement(connection)
    last = ("", "")
    while rows := connection.execute(
        "SELECT record_id, reader, url_key, article FROM readings JOIN documents "
        "ON digest = document WHERE (record_id, reader) > (?, ?) "
        "ORDER BY record_id, reader LIMIT ?",
        (*last, BATCH),
    ).fetchall():
        for record_id, reader, key, article in rows:
            placement.place(record_id, reader)
            placement.hear(UrlKey(key), from_json(article, Article))
            placement.point(key)
            last = (record_id, reader)


def _place_answers(connection: sqlite3.Connection) -> None:
    posts = PostPlacement(connection)
    last = ("", "")
    while rows := connection.execute(
        "SELECT record_id, reader, captured_at FROM readings JOIN captures USING (record_id) "
        "WHERE answer IS NOT NULL AND (record_id, reader) > (?, ?) "
        "ORDER BY record_id, reader LIMIT ?",
        (*last, BATCH),
    ).fetchall():
        for record_id, reader, captured_at in rows:
            posts.place(record_id, reader, captured_at, stamp_of(captured_at, record_id, reader))
            last = (record_id, reader)
