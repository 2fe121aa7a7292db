"""JSON from a stranger: a step into what is not there leads to an empty place, to no error."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Final

MAX_BYTES = 2 * 1024 * 1024
"""A longer body is not taken apart: no platform's answer about one post is."""

_MOST_ITEMS = 500
_LONGEST_TEXT = 100_000
_LONGEST_URL = 4096
_LARGEST_NUMBER = 2**63 - 1

# What no text of a post needs and every terminal or XML file trips over; lone halves of a
# surrogate pair, which JSON can spell and UTF-8 cannot.
_JUNK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WEB = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


def clean_text(text: str) -> str:
    """`text` bounded, without control characters and lone surrogates, its lines ended as here."""
    text = text[:_LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    return _JUNK.sub("", text)


def web_url(text: str) -> str | None:
    """`text` where it is an http or https URL of bearable length."""
    text = clean_text(text.strip())
    return text if len(text) <= _LONGEST_URL and _WEB.fullmatch(text) else None


def instant(text: str) -> dt.datetime | None:
    """An ISO 8601 instant in UTC; None where `text` is none, or names no offset."""
    try:
        at = dt.datetime.fromisoformat(text.strip()[:64])
        return at.astimezone(dt.UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def unix_instant(seconds: int | None) -> dt.datetime | None:
    """The instant of Unix `seconds`, in UTC; None of None, zero and what is past the year 9999."""
    if not seconds:
        return None
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None


class Tree:
    """A place in a JSON document; `value` is what stands there, None where nothing does."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value: Final = value

    def __getitem__(self, key: str | int) -> "Tree":
        value = self.value
        if isinstance(key, str) and isinstance(value, dict):
            return Tree(value.get(key))
        if isinstance(key, int) and isinstance(value, list) and -len(value) <= key < len(value):
            return Tree(value[key])
        return _NOTHING

    def __iter__(self) -> Iterator["Tree"]:
        """A list's members, the first 500; none of anything else."""
        if isinstance(self.value, list):
            yield from map(Tree, self.value[:_MOST_ITEMS])

    def __bool__(self) -> bool:
        """Whether an object or list with something in it stands here, or any other value."""
        return self.value is not None and self.value not in ({}, [])

    @property
    def is_object(self) -> bool:
        """Whether an object stands here, if an empty one."""
        return isinstance(self.value, dict)

    def text(self) -> str | None:
        """A string, cleaned; None where there is none or it is empty."""
        return (clean_text(self.value) or None) if isinstance(self.value, str) else None

    def words(self) -> tuple[str, ...]:
        """The strings among a list's members."""
        return tuple(text for item in self if (text := item.text()))

    def url(self) -> str | None:
        """An http or https URL."""
        return web_url(self.value) if isinstance(self.value, str) else None

    def number(self) -> int | None:
        """A count: a whole number, or the digits of one; never negative."""
        value = self.value
        if isinstance(value, str) and re.fullmatch("[0-9]{1,19}", value):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value if 0 <= value <= _LARGEST_NUMBER else None

    def flag(self) -> bool | None:
        """True or false, where it is said."""
        return self.value if isinstance(self.value, bool) else None

    def instant(self) -> dt.datetime | None:
        """An ISO 8601 instant, in UTC."""
        return instant(self.value) if isinstance(self.value, str) else None


_NOTHING = Tree(None)


def read_json(body: bytes) -> Tree | None:
    """The document in `body`; None where it is none, too long, too deep or holds absurd numbers."""
    if len(body) > MAX_BYTES:
        return None
    try:
        return Tree(json.loads(body))
    except (ValueError, RecursionError):
        return None


def read_json_in(text: str, mark: str) -> Tree | None:
    """The object that follows `mark` in a script; None where there is none that can be read."""
    at = text.find(mark)
    start = text.find("{", at + len(mark)) if at >= 0 else -1
    # Between them stands no more than `=` and blanks.
    if start < 0 or start - at - len(mark) > 16:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return Tree(value)
