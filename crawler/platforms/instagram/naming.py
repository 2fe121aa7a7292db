"""Instagram: posts, reels and films."""

import datetime as dt
from collections.abc import Mapping

from crawler.platforms.address import Address
from crawler.platforms.meta_ids import shortcode, shortcode_instant
from crawler.platforms.reference import PostRef

name = "instagram"
marks = frozenset({"instagram.com", "instagr.am", "ddinstagram.com", "kkinstagram.com"})
attributes: Mapping[str, str] = {
    "data-shortcode": "instagram",
    "data-embed-id": "instagram",
    "data-instagram-id": "",
}

_RESERVED = frozenset({"accounts", "direct", "explore", "reels", "share", "stories", "web"})


def recognise(address: Address) -> PostRef | None:
    """`/p/CODE`, `/reel/…`, `/reels/…`, `/tv/…`, also below a user's name."""
    match address.segments:
        case ("reels", "audio", *_):
            return None
        case ("p" | "reel" | "reels" | "tv", code, *_):
            return from_id(code)
        case (user, "p" | "reel" | "tv", code, *_) if user not in _RESERVED:
            return from_id(code)
        case _:
            return None


def from_id(text: str) -> PostRef | None:
    """The post with the code `text`; a private link's further characters are left off."""
    code = shortcode(text.strip())
    if code is None:
        return None
    return PostRef(platform=name, post_id=code, url=f"https://www.instagram.com/p/{code}/")


def id_instant(post_id: str) -> dt.datetime | None:
    """When the upload began: up to minutes, for a planned post longer, before it was published."""
    return shortcode_instant(post_id)
