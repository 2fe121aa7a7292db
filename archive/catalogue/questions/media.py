"""Pictures out of the catalogue: each file, where it was seen, who names it."""

import sqlite3
from collections.abc import Iterator

from archive.views.pictures import MediaNamedView, MediaSeenView, MediaView, PictureView

SHOWN = 1000
"""Captures, names and look-alikes beyond so many are not listed with a picture."""

MEDIA = "SELECT * FROM media"

_NAMED_AND_SEEN = """
    SELECT role, named.url, is_sensitive, media.*, seen.captured_at, seen.record_id
    FROM media_named AS named JOIN media_seen AS seen USING (url_key) JOIN media USING (media_id)
"""
_NEWEST = " ORDER BY seen.captured_at DESC, seen.record_id DESC, role, named.url LIMIT ?"
_OF_ARTICLE = (
    "WHERE owner = 'article' AND version_id IN "
    "(SELECT version_id FROM versions WHERE article_id = ?)"
)
_OF_POST = (
    "WHERE owner = 'post' AND version_id IN "
    "(SELECT post_versions.version_id FROM post_versions JOIN posts USING (post_key) "
    "WHERE same_key = ?)"
)


def article_pictures(connection: sqlite3.Connection, article_id: str) -> list[PictureView]:
    """The kept lead images of all versions of an article, newest first."""
    return _pictures(
        connection.execute(_NAMED_AND_SEEN + _OF_ARTICLE + _NEWEST, (article_id, SHOWN))
    )


def post_pictures(connection: sqlite3.Connection, same_key: str) -> list[PictureView]:
    """The kept pictures of all versions of a post, under all its keys, newest first."""
    return _pictures(connection.execute(_NAMED_AND_SEEN + _OF_POST + _NEWEST, (same_key, SHOWN)))


def media(connection: sqlite3.Connection, row: sqlite3.Row) -> MediaView:
    """The picture of a row of `media`."""
    media_id = row["media_id"]
    named_by = list(_named_by(connection, media_id))
    looks_like = connection.execute(
        "SELECT media_id FROM media WHERE group_id = ? AND media_id <> ? ORDER BY media_id LIMIT ?",
        (row["group_id"], media_id, SHOWN),
    )
    return MediaView(
        id=media_id,
        type=row["type"],
        size_bytes=row["size_bytes"],
        width=row["width"],
        height=row["height"],
        pdq=row["pdq"],
        pdq_quality=row["pdq_quality"],
        group=row["group_id"],
        looks_like=[other for (other,) in looks_like],
        is_sensitive=any(name["is_sensitive"] for name in named_by),
        first_seen_at=row["first_seen_at"],
        seen=list(_seen(connection, media_id)),
        named_by=named_by,
    )


def _pictures(rows: sqlite3.Cursor) -> list[PictureView]:
    found: dict[tuple[str, str, str], PictureView] = {}
    for row in rows:
        picture = PictureView(
            role=row["role"],
            url=row["url"],
            is_sensitive=bool(row["is_sensitive"]),
            media=row["media_id"],
            type=row["type"],
            width=row["width"],
            height=row["height"],
            size_bytes=row["size_bytes"],
            pdq=row["pdq"],
            group=row["group_id"],
            captured_at=row["captured_at"],
            record_id=row["record_id"],
        )
        # Several versions may name one address, and several captures hold one file.
        known = found.setdefault((picture["role"], picture["url"], picture["media"]), picture)
        known["is_sensitive"] |= picture["is_sensitive"]
    return list(found.values())


def _seen(connection: sqlite3.Connection, media_id: str) -> Iterator[MediaSeenView]:
    for row in connection.execute(
        "SELECT DISTINCT captures.captured_at, url, record_id, found_by, via FROM media_seen "
        "JOIN captures USING (record_id) WHERE media_id = ? "
        "ORDER BY captures.captured_at DESC, record_id DESC LIMIT ?",
        (media_id, SHOWN),
    ):
        yield MediaSeenView(
            captured_at=row["captured_at"],
            url=row["url"],
            record_id=row["record_id"],
            found_by=row["found_by"],
            via=row["via"],
        )


def _named_by(connection: sqlite3.Connection, media_id: str) -> Iterator[MediaNamedView]:
    for row in connection.execute(
        "SELECT owner, coalesce(versions.article_id, post_versions.post_key) AS owner_id, role, "
        "named.url, max(is_sensitive) AS is_sensitive, min(named.first_seen_at) AS first_seen_at "
        "FROM media_named AS named LEFT JOIN versions USING (version_id) "
        "LEFT JOIN post_versions ON post_versions.version_id = named.version_id "
        "WHERE url_key IN (SELECT url_key FROM media_seen WHERE media_id = ?) "
        "GROUP BY owner, owner_id, role, named.url "
        "ORDER BY first_seen_at, owner, owner_id, role, named.url LIMIT ?",
        (media_id, SHOWN),
    ):
        yield MediaNamedView(
            kind=row["owner"],
            id=row["owner_id"],
            role=row["role"],
            url=row["url"],
            is_sensitive=bool(row["is_sensitive"]),
            first_seen_at=row["first_seen_at"],
        )
