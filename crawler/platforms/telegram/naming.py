"""Telegram's public channels and groups, as t.me shows them."""

import datetime as dt
import re

from crawler.platforms.address import Address
from crawler.platforms.reference import PostRef

name = "telegram"
marks = frozenset(
    {"t.me", "telegram.me", "telegram.dog", "telesco.pe", "telete.in", "tgstat.com", "tgstat.ru"}
    | {"tg:"}
)
words = frozenset({"telegram", "tgme"})

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_ID = re.compile(r"[1-9][0-9]{0,9}")
# Posts that were sent as one album are linked as `/name/12,13`.
_FIRST_OF_ALBUM = re.compile(r"([0-9]{1,10})(?:,[0-9]{1,10}){1,9}")

# First segments that are features of the site, not channels.
_RESERVED = frozenset(
    {
        "addemoji",
        "addlist",
        "addstickers",
        "addtheme",
        "boost",
        "confirmphone",
        "contact",
        "invoice",
        "joinchat",
        "login",
        "proxy",
        "setlanguage",
        "share",
        "socks",
        "www",
    }
)


def recognise(address: Address) -> PostRef | None:
    """`/name/id`, `/s/name/id`, `/name/topic/id`, `name.t.me/id` and `tg://resolve`.

    Private chats (`/c/…`) and stories (`/name/s/id`) are none.
    """
    if address.scheme == "tg":
        return _reference(address.parameter("domain") or "", address.parameter("post") or "")
    if address.host.endswith(".t.me") and address.host != "www.t.me":
        channel = address.host.removesuffix(".t.me")
        return _reference(channel, address.segments[0]) if len(address.segments) == 1 else None
    match address.segments:
        case (*_, "channel", str() as channel, post) if ".tgstat." in f".{address.host}":
            return _reference(channel, post)
        case ("s", channel, post) | (channel, post):
            return _reference(channel, post)
        case (channel, topic, post) if _ID.fullmatch(topic):
            return _reference(channel, post)
        case _:
            return None


def from_id(text: str) -> PostRef | None:
    """The post that a widget names as `name/id`."""
    channel, _, post = text.strip().partition("/")
    return _reference(channel, post)


def _reference(channel: str, post: str) -> PostRef | None:
    channel = channel.removeprefix("@")
    if album := _FIRST_OF_ALBUM.fullmatch(post):
        post = album[1]
    if not _NAME.fullmatch(channel) or not _ID.fullmatch(post) or channel.lower() in _RESERVED:
        return None
    # Names are case-insensitive.
    post_id = f"{channel.lower()}/{post}"
    return PostRef(platform=name, post_id=post_id, url=f"https://t.me/{post_id}")


def id_instant(_post_id: str) -> dt.datetime | None:
    """None: ids count a channel's posts and tell no time."""
    return None
