"""Bluesky, on the AT Protocol."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.clock import IdClock
from crawler.platforms.reference import PostRef

name = "bluesky"
marks = frozenset(
    {
        "at:",
        "bsky.app",
        "bsky.dev",
        "fxbsky.app",
        "bskx.app",
        "bsyy.app",
        "cbsky.app",
        "vxbsky.app",
        "xbsky.app",
        "deer.social",
        "blacksky.community",
    }
)
words = frozenset({"bluesky", "bsky"})

_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]{3,200})")
_HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z][a-z0-9-]{0,61}")
_RKEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")

# A TID: 13 characters of sortable base 32, 53 bits of microseconds above 10 of clock id.
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
# A TID of before the network's first post (2022) is no clock's work.
_CLOCK = IdClock(shift=10, tick_us=1, first=1_640_995_200_000_000 << 10)

_COLLECTION = "app.bsky.feed.post"


def recognise(address: Address) -> PostRef | None:
    """`/profile/NAME/post/RKEY`, the embed service's path, and `at://` URIs."""
    match address.segments:
        case (str(), _) if address.scheme == "at":
            return _reference(address.host, address.segments)
        case ("profile", authority, "post", rkey, *_):
            return _reference(authority, (_COLLECTION, rkey))
        case ("embed", authority, *path):
            return _reference(authority, tuple(path))
        case _:
            return None


def _reference(authority: str, path: tuple[str, ...]) -> PostRef | None:
    if not authority.startswith("did:"):
        authority = authority.removeprefix("@").lower()
    if not (_DID.fullmatch(authority) or _HANDLE.fullmatch(authority)):
        return None
    if len(path) != 2 or path[0] != _COLLECTION or not _RKEY.fullmatch(path[1]):
        return None
    rkey = path[1]
    return PostRef(
        platform=name,
        post_id=f"{authority}/{rkey}",
        url=f"https://bsky.app/profile/{authority}/post/{rkey}",
    )


def from_id(_text: str) -> PostRef | None:
    """None: a record key alone names no post; embeds carry whole `at://` URIs."""
    return None


def id_instant(post_id: str) -> dt.datetime | None:
    """The TID's instant. Any account can mint any TID: a claim of the author's program."""
    rkey = post_id.rpartition("/")[2]
    if not _TID.fullmatch(rkey):
        return None
    number = 0
    for letter in rkey:
        number = number * 32 + _VALUES[letter]
    return _CLOCK.instant(number)
