"""When a title, an instant, or a list of authors is right."""

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterable

from bench.scoring.bodies import words

_SIGNED_BY = re.compile(r"^(?:by|von|par|por|di)\s+")


def bare(text: str | None) -> str:
    """The words of a text in lower case and compatible characters: what a title is compared by."""
    plain = unicodedata.normalize("NFKC", html.unescape(text or "")).lower()
    return " ".join(words(plain))


def instant(text: str | None) -> dt.datetime | None:
    """An ISO 8601 instant or day; a day is its midnight, without an offset. None for all else."""
    try:
        return dt.datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None


def is_same_instant(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    """Where either has no offset, the clocks must show the same."""
    if one is None or other is None:
        return False
    if one.tzinfo is None or other.tzinfo is None:
        return one.replace(tzinfo=None) == other.replace(tzinfo=None)
    return one == other


def is_same_day(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    """The same date as written, or at the truth's (`other`'s) place."""
    if one is None or other is None:
        return False
    if one.date() == other.date():
        return True
    if one.tzinfo is None or other.tzinfo is None:
        return False
    return one.astimezone(other.tzinfo).date() == other.date()


def author_names(names: Iterable[str]) -> set[str]:
    """Names to compare, without an opening `by`."""
    return {_SIGNED_BY.sub("", name) for name in map(bare, names) if name}
