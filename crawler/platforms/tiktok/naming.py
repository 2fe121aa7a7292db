"""TikTok: films and photo posts."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.clock import IdClock
from crawler.platforms.reference import PostRef

name = "tiktok"
marks = frozenset(
    {"tiktok.com", "tiktokv.com", "vxtiktok.com", "tnktok.com", "tiktxk.com", "proxitok.*"}
)
words = frozenset({"tiktok"})

_ID = re.compile(r"[1-9][0-9]{14,19}")

# Seconds in the high half; nothing was posted before musical.ly opened in April 2014.
_CLOCK = IdClock(shift=32, tick_us=1_000_000, first=1_396_310_400 << 32)


def recognise(address: Address) -> PostRef | None:
    """`/@user/video/ID`, `/@user/photo/ID`, and the player's, embed's and share's paths."""
    match address.segments:
        case (user, "video" | "photo" as kind, post, *_) if user.startswith("@"):
            return _reference(post, kind)
        case ("v", post) if post.endswith(".html"):
            return _reference(post.removesuffix(".html"))
        case (
            ("embed", post)
            | ("embed", "v2" | "v3", post, *_)
            | ("player", "v1", post, *_)
            | ("share", "video" | "item", post, *_)
        ):
            return _reference(post)
        case ("foryou" | "explore",) | ():
            return _reference(address.parameter("item_id") or "")
        case _:
            return None


def from_id(text: str) -> PostRef | None:
    """The post whose id `text` is: 15 to 20 digits."""
    return _reference(text.strip())


def _reference(post_id: str, kind: str = "video") -> PostRef | None:
    if not _ID.fullmatch(post_id):
        return None
    # The site answers to an empty user before a right id; no page can vouch for the right one.
    return PostRef(platform=name, post_id=post_id, url=f"https://www.tiktok.com/@/{kind}/{post_id}")


def id_instant(post_id: str) -> dt.datetime | None:
    """Seconds before the post appeared."""
    return _CLOCK.instant(int(post_id)) if _ID.fullmatch(post_id) else None
