"""Threads, whose codes are of one number space with Instagram's."""

import datetime as dt

from crawler.platforms.address import Address
from crawler.platforms.meta_ids import shortcode, shortcode_instant
from crawler.platforms.reference import PostRef

name = "threads"
marks = frozenset({"threads.com", "threads.net"})
words = frozenset({"threads"})


def recognise(address: Address) -> PostRef | None:
    """`/@user/post/CODE` and `/t/CODE`, each also with `/embed` or `/media`."""
    match address.segments:
        case (_, "post", code, *_):
            return _reference(code)
        case ("t", code, *_):
            return _reference(code)
        case _:
            return None


def from_id(_text: str) -> PostRef | None:
    """None: embeds carry whole URLs, and a bare code may be Instagram's."""
    return None


def _reference(text: str) -> PostRef | None:
    code = shortcode(text)
    if code is None:
        return None
    # The short shape needs no user, for whom no page can vouch.
    return PostRef(platform=name, post_id=code, url=f"https://www.threads.com/t/{code}")


def id_instant(post_id: str) -> dt.datetime | None:
    """When the upload began, as on Instagram."""
    return shortcode_instant(post_id)
