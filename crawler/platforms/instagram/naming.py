"""Instagram: posts, reels and films."""

import datetime as dt

from crawler.platforms.address import Address
from crawler.platforms.meta_ids import shortcode, shortcode_instant
from crawler.platforms.reference import PostRef

name = "instagram"
marks = frozenset(
    {"instagram.com", "instagr.am", "ddinstagram.com", "kkinstagram.com", "imginn.com"}
    | {"bibliogram.*"}
)
words = frozenset({"instagram", "insta"})

_WHOLE = (10, 11)
_LAST_YEAR = 2040

_RESERVED = frozenset({"accounts", "direct", "explore", "reels", "share", "stories", "web"})


def recognise(address: Address) -> PostRef | None:
    """`/p/CODE`, `/reel/…`, `/reels/…`, `/tv/…`, also below a user's name."""
    match address.segments:
        case ("reels", "audio", *_):
            return None
        case ("p" | "reel" | "reels" | "tv", code, *_):
            return _reference(code)
        case (user, "p" | "reel" | "reels" | "tv", code, *_) if user not in _RESERVED:
            return _reference(code)
        case _:
            return None


def from_id(text: str) -> PostRef | None:
    """The post whose code `text` is: one that tells a time, so that no other word is taken for it.

    Codes of ten or eleven characters are whole; the instant they carry is in this network's life.
    """
    text = text.strip()
    if len(text) not in _WHOLE or text.isdigit():
        return None
    began_at = shortcode_instant(text)
    return _reference(text) if began_at is not None and began_at.year <= _LAST_YEAR else None


def _reference(text: str) -> PostRef | None:
    """The post with the code `text`; a private link's further characters are left off."""
    code = shortcode(text)
    if code is None:
        return None
    return PostRef(platform=name, post_id=code, url=f"https://www.instagram.com/p/{code}/")


def id_instant(post_id: str) -> dt.datetime | None:
    """When the upload began: up to minutes, for a planned post longer, before it was published."""
    return shortcode_instant(post_id)
