"""Mastodon. Its servers are without number: a URL's shape makes a candidate, asking makes sure."""

import datetime as dt
import re

from crawler.platforms.address import Address, host_suffixes
from crawler.platforms.clock import MASTODON_IDS
from crawler.platforms.reference import PostRef

name = "mastodon"
marks = frozenset({"/@", "/statuses/"})
words = frozenset({"mastodon"})

# Sites with `/@name/…` paths that are no ActivityPub servers.
_STRANGERS = frozenset(
    {
        "codepen.io",
        "ecency.com",
        "flipboard.com",
        "gettr.com",
        "hackmd.io",
        "hackernoon.com",
        "hive.blog",
        "medium.com",
        "npmjs.com",
        "observablehq.com",
        "odysee.com",
        "peakd.com",
        "replit.com",
        "rumble.com",
        "steemit.com",
        "substack.com",
        "threads.com",
        "threads.net",
        "truthsocial.com",
        "unsplash.com",
        "vimeo.com",
    }
)

_USER = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9_])?(?:@[A-Za-z0-9.-]{3,200})?")
_ID = re.compile(r"[1-9][0-9]{0,19}")
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,62}")


def recognise(address: Address) -> PostRef | None:
    """A post by the shape of its path; `post_id` is `host/id`, of the host named in the URL.

    The view of a remote post (`/@user@remote/id`) keeps the viewing host: the id is that host's.
    """
    segments = address.segments
    if segments and segments[0] in {"web", "deck"}:
        segments = segments[1:]
    match segments:
        case (str() as user, post, *rest) if user.startswith("@") and rest in ([], ["embed"]):
            path = f"{user}/{post}"
            user = user[1:]
        case ("users", user, "statuses", post, *_):
            path = f"@{user}/{post}"
        case ("ap", "users", user, "statuses", post, *_):
            path = f"ap/users/{user}/statuses/{post}"
        case ("statuses", post):
            # Without a user the shape is weak: only a snowflake makes it likely.
            user, path = "any", f"statuses/{post}"
            if id_instant(post) is None:
                return None
        case _:
            return None
    if not _USER.fullmatch(user) or not _ID.fullmatch(post) or not _HOST.fullmatch(address.host):
        return None
    if not _STRANGERS.isdisjoint(host_suffixes(address.host)):
        return None
    host = address.host.removeprefix("www.")
    return PostRef(platform=name, post_id=f"{host}/{post}", url=f"https://{host}/{path}")


def from_id(_text: str) -> PostRef | None:
    """None: an id without its server names no post."""
    return None


def id_instant(post_id: str) -> dt.datetime | None:
    """The snowflake's instant. A server's copy of a remote post has an id derived from its date."""
    number = post_id.rpartition("/")[2]
    return MASTODON_IDS.instant(int(number)) if _ID.fullmatch(number) else None
