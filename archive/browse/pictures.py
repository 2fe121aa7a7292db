"""The pictures that were kept, found by their address, and given out as nothing but pictures."""

import datetime as dt
from dataclasses import dataclass

from archive.errors import ArchiveError, CaptureNotFound
from archive.model import Capture
from archive.store.reader import ArchiveReader
from archive.views.posts import PostMediaView

MOST_BYTES = 16 * 1024 * 1024
"""A larger picture is not shown."""
_MOST_HOPS = 5
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_CONTAINERS = (
    (b"WEBP", "image/webp"),
    (b"ftypavif", "image/avif"),
)
"""Those that say what they are after four or eight bytes of length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A kept picture; `body` only where it was read."""

    record_id: str
    content_type: str
    body: bytes = b""


class Pictures:
    """Finds pictures in one archive. What is no picture by its own first bytes is none."""

    def __init__(self, reader: ArchiveReader) -> None:
        self._reader = reader

    def nearest(self, url: str | None, at: str | None) -> Picture | None:
        """The picture of `url` that was captured nearest to the instant `at`; not read yet."""
        when = dt.datetime.fromisoformat(at) if at is not None else None
        target = url
        for _ in range(_MOST_HOPS):
            if target is None:
                return None
            try:
                capture = self._reader.nearest(target, when)
            except (CaptureNotFound, ValueError):
                return None
            if _says_picture(capture):
                return Picture(record_id=capture.record_id, content_type=capture.content_type or "")
            target = capture.redirect_to
        return None

    def of_media(self, media: PostMediaView, at: str | None) -> Picture | None:
        """The picture of a post's media, or else its preview."""
        return self.nearest(media["url"], at) or self.nearest(media["preview_url"], at)

    def read(self, record_id: str) -> Picture | None:
        """A picture with its bytes; None where there is none, or it is too large."""
        try:
            capture = self._reader.capture(record_id)
            if not _says_picture(capture):
                return None
            body = self._reader.body(capture, max_bytes=MOST_BYTES)
        except ArchiveError:
            return None
        kind = _kind(body)
        return Picture(record_id=record_id, content_type=kind, body=body) if kind else None


def _says_picture(capture: Capture) -> bool:
    kind = (capture.content_type or "").partition(";")[0].strip().lower()
    return capture.status == 200 and kind.startswith("image/") and "svg" not in kind


def _kind(body: bytes) -> str | None:
    """What the bytes say they are; an SVG, which may hold scripts, is none of these."""
    for mark, kind in _SIGNATURES:
        if body.startswith(mark):
            return kind
    for mark, kind in _CONTAINERS:
        if body[8:12] == mark or body[4:12] == mark:
            return kind
    return None
