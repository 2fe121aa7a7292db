"""Pictures: kept files, where they were seen, and who names them."""

from typing import TypedDict


class PictureView(TypedDict):
    """A picture as a post or an article names it, and what its address gave."""

    role: str
    """`image`, or `preview` (of a film), of a post; `lead`, of an article."""
    url: str
    is_sensitive: bool
    media: str
    """The picture's id: its SHA-256."""
    type: str
    width: int | None
    height: int | None
    size_bytes: int
    pdq: str | None
    group: str
    """The same for pictures that look the same."""
    captured_at: str
    record_id: str


class MediaSeenView(TypedDict):
    """A capture that holds the picture."""

    captured_at: str
    url: str
    record_id: str
    found_by: str
    via: str | None


class MediaNamedView(TypedDict):
    """A post or an article that names an address at which the picture was seen."""

    kind: str
    id: str
    role: str
    url: str
    is_sensitive: bool
    first_seen_at: str


class MediaView(TypedDict):
    """One picture file."""

    id: str
    type: str
    size_bytes: int
    width: int | None
    height: int | None
    pdq: str | None
    pdq_quality: int | None
    group: str
    looks_like: list[str]
    """Other files of its group."""
    is_sensitive: bool
    """Whether anyone who names it marks it so."""
    first_seen_at: str
    seen: list[MediaSeenView]
    named_by: list[MediaNamedView]
