"""From readings to pictures: the derived tables of media, which follow from the facts alone.

Every write commutes with every other: rows are inserted once, instants shrink to the first, a mark
once set stays, what describes a picture yields only to a better reading, and a group is what hangs
together, named by its least picture.
"""

import sqlite3
from collections.abc import Iterator

from archive.catalogue.placement.newest import put_newest
from archive.catalogue.rows import Row, key_or_none, stamp_of
from archive.codec import from_json
from archive.digest import Digest
from archive.model import Article, Picture, PostFacts

ALIKE_BITS = 31
"""Hashes that differ in no more of their 256 bits are of one picture: PDQ's own advice."""
LEAST_QUALITY = 50
"""Below it, PDQ advises, a picture shows too little to be told by its hash."""

_BANDS, _BAND_BITS = 16, 16


class MediaPlacement:
    """Writes the derived tables of media, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def name_lead(self, version_id: str, article: Article, seen_at: str) -> None:
        """Note the lead image that an article's version names."""
        if article.image is not None:
            self._name("article", version_id, "lead", article.image, seen_at, is_sensitive=False)

    def name_media(self, version_id: str, facts: PostFacts, seen_at: str) -> None:
        """Note the pictures that a post's version names: of a film, its preview."""
        for media in facts.media:
            if media.picture is not None:
                is_sensitive = media.is_sensitive or bool(facts.is_sensitive)
                self._name("post", version_id, *media.picture, seen_at, is_sensitive=is_sensitive)

    def place(self, record_id: str, reader: str) -> None:
        """Place one stored reading that found a picture; placing it again changes nothing."""
        row = self._connection.execute(
            "SELECT picture, captured_at, url, requested_url "
            "FROM readings JOIN captures USING (record_id) WHERE record_id = ? AND reader = ?",
            (record_id, reader),
        ).fetchone()
        picture = from_json(row["picture"], Picture)
        self._put(picture, row["captured_at"], stamp_of(row["captured_at"], record_id, reader))
        for url in (row["url"], row["requested_url"]):
            key = key_or_none(url) if url is not None else None
            if key is not None:
                self._connection.execute(
                    "INSERT INTO media_seen VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (record_id, reader, key, picture.digest, row["captured_at"]),
                )
        if picture.pdq is not None and (picture.pdq_quality or 0) >= LEAST_QUALITY:
            self._group(picture.digest, picture.pdq)

    def _name(
        self, owner: str, version_id: str, role: str, url: str, seen_at: str, *, is_sensitive: bool
    ) -> None:
        key = key_or_none(url)
        if key is None:
            return
        self._connection.execute(
            "INSERT INTO media_named VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "is_sensitive = max(is_sensitive, excluded.is_sensitive), "
            "first_seen_at = min(first_seen_at, excluded.first_seen_at)",
            (owner, version_id, role, key, url, int(is_sensitive), seen_at),
        )

    def _put(self, picture: Picture, seen_at: str, stamp: str) -> None:
        described: Row = {
            "type": picture.type,
            "size_bytes": picture.size_bytes,
            "width": picture.width,
            "height": picture.height,
            "pdq": picture.pdq,
            "pdq_quality": picture.pdq_quality,
            "stamp": f"{int(picture.pdq is not None)} {stamp}",
        }
        row: Row = {
            "media_id": picture.digest,
            "group_id": picture.digest,
            "first_seen_at": seen_at,
        }
        put_newest(self._connection, "media", "media_id", row, described)

    def _group(self, media_id: Digest, pdq: str) -> None:
        """Unite the picture with those that look like it, and with what these are united with."""
        is_news = False
        for band, bits in enumerate(_parts(pdq)):
            is_news |= (
                self._connection.execute(
                    "INSERT INTO media_bands VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (band, bits, pdq, media_id),
                ).rowcount
                == 1
            )
        if not is_news:
            return
        alike = {media_id, *self._near(pdq)}
        marks = ", ".join("?" * len(alike))
        groups = {
            group
            for (group,) in self._connection.execute(
                f"SELECT group_id FROM media WHERE media_id IN ({marks})",  # noqa: S608
                sorted(alike),
            )
        }
        least = min(groups)
        for group in sorted(groups - {least}):
            self._connection.execute(
                "UPDATE media SET group_id = ? WHERE group_id = ?", (least, group)
            )

    def _near(self, pdq: str) -> Iterator[Digest]:
        """The pictures whose hash is near: 31 bits over 16 bands leave one with 1 at the most."""
        own = int(pdq, 16)
        known: set[str] = set()
        for band, bits in enumerate(_parts(pdq)):
            values = [bits, *(bits ^ 1 << place for place in range(_BAND_BITS))]
            marks = ", ".join("?" * len(values))
            for other, media_id in self._connection.execute(
                f"SELECT pdq, media_id FROM media_bands WHERE band = ? AND bits IN ({marks})",  # noqa: S608
                (band, *values),
            ).fetchall():
                if media_id in known or (own ^ int(other, 16)).bit_count() > ALIKE_BITS:
                    continue
                known.add(media_id)
                yield Digest(media_id)


def _parts(pdq: str) -> list[int]:
    width = _BAND_BITS // 4
    return [int(pdq[start : start + width], 16) for start in range(0, _BANDS * width, width)]
