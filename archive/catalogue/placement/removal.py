"""What follows from readings, made anew: after captures were taken out, or by other rules."""

import sqlite3
from collections.abc import Collection

from archive.catalogue.placement.near import TABLES as NEAR_COPIES
from archive.catalogue.placement.readings import Readings
from archive.catalogue.rows import key_or_none
from archive.catalogue.search_texts import SearchTexts
from archive.codec import from_json
from archive.conclusions.identity import article_key, named_abroad
from archive.model import Article

FOLLOWING = (
    *NEAR_COPIES,
    "article_copies",
    "media_bands",
    "media_seen",
    "media_named",
    "media",
    "cross_checks",
    "post_metrics",
    "post_pointers",
    "post_aliases",
    "post_sightings",
    "post_versions",
    "citations",
    "version_links",
    "turns",
    "standings",
    "sightings",
    "article_urls",
    "article_keys",
    "versions",
    "articles",
    "posts",
    "texts",
    "canonical_claims",
    "short_links",
)
"""What follows from the readings and is made anew, in an order in which it can be emptied."""

DOCUMENTS = {"documents": "document", "answers": "answer"}
"""What readings found, once for equal content, and the column that names it."""


def remove_captures(connection: sqlite3.Connection, record_ids: Collection[str]) -> None:
    """Forget captures and their readings, and place what is left anew; in a transaction.

    As slow as reading everything into an empty catalogue, which is why it is right: what follows
    from the captures that are left does not depend on those that are gone.
    """
    execute = connection.execute
    _empty(connection)
    for table in ("readings", "captures"):
        gone = ((record_id,) for record_id in record_ids)
        connection.executemany(f"DELETE FROM {table} WHERE record_id = ?", gone)  # noqa: S608
    for table, column in DOCUMENTS.items():
        execute(
            f"DELETE FROM {table} WHERE digest NOT IN "  # noqa: S608
            f"(SELECT {column} FROM readings WHERE {column} IS NOT NULL)"
        )
    Readings(connection, SearchTexts(connection)).place_all()


def derive_anew(connection: sqlite3.Connection) -> None:
    """Make all that follows from the readings once more, by today's rules; in a transaction."""
    _empty(connection)
    _name_anew(connection)
    Readings(connection, SearchTexts(connection)).place_all()


def _name_anew(connection: sqlite3.Connection) -> None:
    """Give captures and readings today's keys."""
    connection.create_function("key_of_url", 1, key_or_none, deterministic=True)
    connection.create_function("own_key", 1, _own_key, deterministic=True)
    connection.create_function("abroad_key", 1, _abroad_key, deterministic=True)
    connection.execute(
        "UPDATE captures SET url_key = key_of_url(url) WHERE url_key IS NOT key_of_url(url)"
    )
    connection.execute("UPDATE readings SET url_key = NULL, abroad_key = NULL")
    connection.execute(
        "UPDATE readings SET url_key = own_key(article), abroad_key = abroad_key(article) "
        "FROM documents WHERE digest = document AND copy IS NULL"
    )


def _own_key(article: str) -> str:
    read = from_json(article, Article)
    return article_key(read.url, read.claim).key


def _abroad_key(article: str) -> str | None:
    read = from_json(article, Article)
    return named_abroad(read.url, read.claim).canonical


def _empty(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in FOLLOWING:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("UPDATE readings SET article_id = NULL, version_id = NULL")
