"""Reddit: posts and comments."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.reference import PostRef

name = "reddit"
marks = frozenset(
    {"reddit.com", "redd.it", "redditmedia.com", "rxddit.com", "vxreddit.com", "redlib.*"}
    | {"libreddit.*", "teddit.*", "removeddit.com", "unddit.com", "safereddit.com"}
)
words = frozenset({"reddit"})

# Numbers in base 36, which grow with time but tell none.
_ID = re.compile(r"[a-z0-9]{2,10}")
_SUB = re.compile(r"[A-Za-z0-9_]{2,21}")
_USER = re.compile(r"[A-Za-z0-9_-]{3,20}")
MEDIA_HOSTS = frozenset({"i.redd.it", "v.redd.it", "preview.redd.it", "external-preview.redd.it"})
"""Hosts that serve pictures and films only: a path there names no post, and is no short link."""


def recognise(address: Address) -> PostRef | None:  # noqa: PLR0911 (one a shape)
    """`/r/SUB/comments/ID/slug/COMMENT`, without the sub or below a user, and `redd.it/ID`.

    A comment is a post of its own, `ID/COMMENT`. Shares (`/r/SUB/s/KEY`) need a request.
    """
    if address.host in MEDIA_HOSTS:
        return None
    if address.host.removeprefix("www.") == "redd.it":
        return _reference("", address.segments[0]) if len(address.segments) == 1 else None
    match address.segments:
        case ("r", sub, "comments", post, *rest) if _SUB.fullmatch(sub):
            return _reference(f"r/{sub}/", post, *rest[1:2])
        case ("user" | "u", user, "comments", post, *rest) if _USER.fullmatch(user):
            return _reference(f"user/{user}/", post, *rest[1:2])
        case ("comments", post, *rest):
            return _reference("", post, *rest[1:2])
        case ("gallery" | "tb", post):
            return _reference("", post)
        case _:
            return None


def from_id(_text: str) -> PostRef | None:
    """None: embeds carry whole URLs."""
    return None


def _reference(below: str, post: str, comment: str = "") -> PostRef | None:
    if not _ID.fullmatch(post):
        return None
    url = f"https://www.reddit.com/{below}comments/{post}/"
    if not _ID.fullmatch(comment):
        return PostRef(platform=name, post_id=post, url=url)
    # The slug may be any word.
    return PostRef(platform=name, post_id=f"{post}/{comment}", url=f"{url}_/{comment}/")


def id_instant(_post_id: str) -> dt.datetime | None:
    """None: ids count posts and tell no time."""
    return None
