"""Truth Social, a Mastodon of one server with shapes of its own."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.clock import MASTODON_IDS
from crawler.platforms.reference import PostRef

name = "truthsocial"
marks = frozenset({"truthsocial.com"})
words = frozenset({"truthsocial"})

_USER = re.compile(r"[A-Za-z0-9_]{1,30}")
_ID = re.compile(r"[1-9][0-9]{14,19}")


def recognise(address: Address) -> PostRef | None:
    """`/@user/ID`, `/@user/posts/ID`, `/users/user/statuses/ID`, each also with `/embed`."""
    match address.segments:
        case (
            (user, "posts", post)
            | (user, "posts", post, "embed")
            | (user, post)
            | (user, post, "embed")
        ) if user.startswith("@"):
            return _reference(user[1:], post)
        case (user, "posts", post) | ("users", user, "statuses", post, *_):
            return _reference(user, post)
        case _:
            return None


def from_id(_text: str) -> PostRef | None:
    """None: embeds carry whole URLs."""
    return None


def _reference(user: str, post: str) -> PostRef | None:
    if not _USER.fullmatch(user) or not _ID.fullmatch(post):
        return None
    return PostRef(platform=name, post_id=post, url=f"https://truthsocial.com/@{user}/{post}")


def id_instant(post_id: str) -> dt.datetime | None:
    """The snowflake's instant."""
    return MASTODON_IDS.instant(int(post_id)) if _ID.fullmatch(post_id) else None
