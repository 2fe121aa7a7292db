"""X, formerly Twitter, with the mirrors that keep its paths."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.clock import IdClock
from crawler.platforms.reference import PostRef

name = "x"
marks = frozenset(
    {
        "x.com",
        "twitter.com",
        "twitter3e4tixl4xyajtrzo62zg5vztmjuricljdp2c5kshju4avyoid.onion",
        "fxtwitter.com",
        "vxtwitter.com",
        "fixupx.com",
        "fixvx.com",
        "twittpr.com",
        "nitter.*",
        "xcancel.com",
        "lightbrd.com",
        "twiiit.com",
        "twstalker.com",
        "sotwe.com",
        # what shows a thread as one page, by its first post
        "threadreaderapp.com",
        "rattibha.com",
        "unrollthread.com",
        "unrollnow.com",
        "twitter-thread.com",
    }
)
words = frozenset({"twitter", "tweet"})

# Snowflakes began on 4 November 2010; ids below are sequential and tell no time.
_CLOCK = IdClock(shift=22, tick_us=1000, epoch_ms=1_288_834_974_657, first=29_700_000_000)

_HANDLE = re.compile(r"@?[A-Za-z0-9_]{1,15}")
_KINDS = frozenset({"article", "status", "statuses"})
_OLD_FRAGMENT = re.compile(r"(?:!|%21)/")
"""Until 2012 the path stood in the fragment: `/#!/user/status/1`."""
_COPIERS = (
    "threadreaderapp.com",
    "rattibha.com",
    "unrollthread.com",
    "unrollnow.com",
    "twitter-thread.com",
    "sotwe.com",
)
# Broken pages leave a space, a quote or worse behind the id: its leading digits count.
_ID = re.compile(r"\s*([1-9][0-9]{0,18})(?![0-9])")
_WHOLE_ID = re.compile(r"[1-9][0-9]{8,18}")


def recognise(address: Address) -> PostRef | None:
    """The post behind any of the site's own shapes.

    The handle in a URL proves nothing: the site answers to any handle before a right id.
    """
    segments = address.segments
    if len(segments) < 2 and (moved := _OLD_FRAGMENT.match(address.fragment)):
        segments = tuple(address.fragment[moved.end() :].split("/"))
    match segments:
        case (
            ("i", "web", "status", tail, *_)
            | ("i", "videos", "tweet", tail, *_)
            | ("i", "cards", "tfw", "v1", tail, *_)
            | ("i", "videos", tail, *_)
            | ("statuses", tail, *_)
        ):
            return _numbered(tail)
        case ("embed", "Tweet.html" | "index.html", *_):
            return _numbered(address.parameter("id") or "")
        case ("thread" | "t" | "tweet" | "status", tail, *_) if address.host.endswith(_COPIERS):
            return _numbered(tail)
        case ("i", "article", *_):
            return None  # its own number; below a handle it has that of the post that carries it
        case (handle, kind, tail, *_) if kind.lower() in _KINDS and _HANDLE.fullmatch(handle):
            return _numbered(tail)
        case _:
            return None


def from_id(text: str) -> PostRef | None:
    """The post whose id `text` is: 9 to 19 digits. Fewer would be an id of before 2009."""
    return _numbered(text) if _WHOLE_ID.fullmatch(text.strip()) else None


def _numbered(text: str) -> PostRef | None:
    """The post whose id starts `text`: up to 19 digits."""
    found = _ID.match(text)
    if found is None:
        return None
    post_id = found[1]
    # `/i/` stands where the author's handle would: no page can vouch for that one.
    return PostRef(platform=name, post_id=post_id, url=f"https://x.com/i/status/{post_id}")


def id_instant(post_id: str) -> dt.datetime | None:
    """The snowflake's instant; ids of before November 2010 have none."""
    return _CLOCK.instant(int(post_id)) if _ID.fullmatch(post_id) else None
