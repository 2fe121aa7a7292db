"""What an article claims of a post, held against what its platform answered.

Nothing here decides who is right: a page may have quoted a text before it was edited, or have cut
it. A `CrossCheck` says how the two compare, and names what passes the limits below.
"""

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from archive.answer import PostFacts
from archive.model import Citation
from archive.text import fold

DAY_LIMIT = dt.timedelta(days=1)
"""A page may state a post's day in its editor's zone: the day beside is no contradiction."""
ID_LIMIT = dt.timedelta(minutes=5)
UPLOAD_LIMIT = dt.timedelta(days=1)
"""Of platforms of films: an id is made when the upload begins."""
_FILMS = frozenset({"tiktok", "youtube", "instagram"})

_COMPARED_CHARS = 4_000
_ALIKE = 0.6
"""The share of words in common, in their order, from which a text counts as edited."""
_ADDRESS = re.compile(r"(?:https?://|\b(?:pic\.twitter\.com|pic\.x\.com|t\.co)/)\S+", re.IGNORECASE)


class Likeness(StrEnum):
    """How a claimed text compares with the platform's."""

    SAME = "same"
    CUT = "cut"
    """One of the two is how the other begins."""
    EDITED = "edited"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not_comparable"


class Flag(StrEnum):
    """What someone should look at."""

    CLAIMED_DAY_FAR_FROM_ID = "claimed_day_far_from_id"
    CLAIMED_DAY_FAR_FROM_PLATFORM = "claimed_day_far_from_platform"
    ID_FAR_FROM_PLATFORM = "id_far_from_platform"
    ID_IN_THE_FUTURE = "id_in_the_future"
    OTHER_AUTHOR = "other_author"
    OTHER_TEXT = "other_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """One citation against one answer."""

    text: Likeness
    handle: Likeness
    """`same`, `different` or `not_comparable`."""
    claimed_on: dt.date | None
    id_at: dt.datetime | None
    posted_at: dt.datetime | None
    flags: tuple[Flag, ...]


def cross_check(
    citation: Citation, facts: PostFacts | None, captured_at: dt.datetime
) -> CrossCheck:
    """Compare `citation` with `facts`, an answer captured at `captured_at`."""
    facts = facts if facts is not None else PostFacts()
    author = facts.author.handle if facts.author is not None else None
    handle = compare_handles(citation.claimed_handle, author)
    text = compare_texts(citation.claimed_text, facts.text)
    id_at, posted_at = citation.id_at, facts.posted_at
    limit = UPLOAD_LIMIT if citation.platform in _FILMS else ID_LIMIT
    holds = {
        Flag.CLAIMED_DAY_FAR_FROM_ID: _is_far(citation.claimed_on, id_at),
        Flag.CLAIMED_DAY_FAR_FROM_PLATFORM: _is_far(citation.claimed_on, posted_at),
        Flag.ID_FAR_FROM_PLATFORM: id_at is not None
        and posted_at is not None
        and abs(id_at - posted_at) > limit,
        Flag.ID_IN_THE_FUTURE: id_at is not None and id_at > captured_at + ID_LIMIT,
        Flag.OTHER_AUTHOR: handle is Likeness.DIFFERENT,
        Flag.OTHER_TEXT: text is Likeness.DIFFERENT,
    }
    return CrossCheck(
        text=text,
        handle=handle,
        claimed_on=citation.claimed_on,
        id_at=id_at,
        posted_at=posted_at,
        flags=tuple(sorted(flag for flag, is_so in holds.items() if is_so)),
    )


def compare_handles(claimed: str | None, author: str | None) -> Likeness:
    """Whether two handles are one, whatever their case and with or without `@`."""
    one, other = ((handle or "").strip().lstrip("@").casefold() for handle in (claimed, author))
    if not one or not other:
        return Likeness.NOT_COMPARABLE
    return Likeness.SAME if one == other else Likeness.DIFFERENT


def compare_texts(claimed: str | None, stated: str | None) -> Likeness:
    """How two texts compare, addresses, case, marks and punctuation aside.

    Addresses do not count, because embeds shorten them and platforms expand them.
    """
    one, other = (_words(text or "") for text in (claimed, stated))
    if not one or not other:
        return Likeness.NOT_COMPARABLE
    if one == other:
        return Likeness.SAME
    shorter, longer = sorted((one, other), key=len)
    if longer[: len(shorter)] == shorter or _ends_within(shorter, longer):
        return Likeness.CUT
    alike = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return Likeness.EDITED if alike >= _ALIKE else Likeness.DIFFERENT


def _words(text: str) -> list[str]:
    return fold(_ADDRESS.sub(" ", text[:_COMPARED_CHARS])).split()


def _ends_within(shorter: list[str], longer: list[str]) -> bool:
    """Whether `shorter` is how `longer` begins, its last word cut."""
    *whole, last = shorter
    end = len(whole)
    return bool(whole) and longer[:end] == whole and longer[end].startswith(last)


def _is_far(day: dt.date | None, at: dt.datetime | None) -> bool:
    return (
        day is not None and at is not None and abs(day - at.astimezone(dt.UTC).date()) > DAY_LIMIT
    )
