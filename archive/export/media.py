"""The rows of `media`: what articles and posts name, in the order of the captures that name it.

They have no positions in the feed: a row changes when its bytes come, whenever that is after the
page that names them. So all of them are given, also to who asks for what came since.
"""

import heapq
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from archive.catalogue.rows import key_or_none
from archive.export.columns import PROVENANCE
from archive.export.excerpts import NAMED
from archive.export.queries import Choice, Values, select

_PICTURE = """
    SELECT record_id AS media_record_id, payload_digest AS media_digest, media_id,
        group_id AS media_group
    FROM media_seen JOIN media USING (media_id) JOIN captures USING (record_id)
    WHERE media_seen.url_key = ?
    ORDER BY media_seen.captured_at DESC, record_id DESC LIMIT 1
"""
_OWN_BYTES = """
    SELECT record_id AS media_record_id, payload_digest AS media_digest, NULL AS media_id,
        NULL AS media_group
    FROM captures
    WHERE url_key = ? AND kind <> 'failure' AND status = 200 AND payload_digest IS NOT NULL
    ORDER BY captured_at DESC, record_id DESC LIMIT 1
"""
_NO_BYTES: Values = dict.fromkeys(("media_record_id", "media_digest", "media_id", "media_group"))


def media(connection: sqlite3.Connection, choice: Choice) -> Iterator[Values]:
    """What articles and posts name, and its bytes where kept: all of `choice` but its `since`."""
    whole = replace(choice, since=None)
    owners = [_owners(connection, kind, whole) for kind in NAMED]
    for _, kind, owner, found in heapq.merge(*owners, key=lambda one: one[:3]):
        for place, named in enumerate(NAMED[kind](found)):
            yield {
                **{name: found[name] for name in PROVENANCE},
                "id": f"{owner}#{place}",
                "of_kind": kind,
                "of_id": owner,
                **named,
                **_bytes(connection, named["url"]),
            }


def _owners(
    connection: sqlite3.Connection, kind: str, choice: Choice
) -> Iterator[tuple[str, str, str, Values]]:
    for found in select(connection, kind, choice, order="k.captured_at"):
        yield found["captured_at"], kind, found["id"], found


def _bytes(connection: sqlite3.Connection, url: str | None) -> Values:
    """The newest capture of what is there, a picture first."""
    key = (key_or_none(url or ""),)
    found = connection.execute(_PICTURE, key).fetchone()
    found = found or connection.execute(_OWN_BYTES, key).fetchone()
    return dict(found) if found is not None else _NO_BYTES
