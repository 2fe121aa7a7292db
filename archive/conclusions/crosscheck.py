"""What an article claims of a post beside what its platform answered. Pure; a flag is no verdict.

Claim and fact are kept apart whatever comes out here: these are columns beside them, for the one
who looks.
"""

import datetime as dt
import html
import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from archive.model import Citation, FactSource, PostFacts

DAY_LIMIT = dt.timedelta(days=1)
"""A claimed day may be the editor's own: one day beside is no sign of anything."""
INSTANT_LIMIT = dt.timedelta(minutes=5)
FILM_LIMIT = dt.timedelta(days=1)
"""Films are numbered when their upload begins."""

_FILM_PLATFORMS = frozenset({"tiktok", "youtube"})
_ALIKE = 0.6
_LEAST_CUT = 20
"""Shorter beginnings may be chance."""
_LONGEST = 20_000

# Addresses are shortened, expanded and cut by each place in its own way: both sides go without.
_ADDRESS = re.compile(
    r"https?://\S+|(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}/\S*", re.IGNORECASE
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]")
_TAILS = re.compile(r"\s*\[image or embed\]\s*$")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_QUOTES = "\"'“”„«»‘’"


class TextMatch(StrEnum):
    """How a claimed text stands to the platform's."""

    SAME = "same"
    CUT = "cut"
    """One holds the other: a beginning, or a part."""
    EDITED = "edited"
    """Most of one stands in the other: changed since, or on its way into the article."""
    DIFFERENT = "different"
    NOT_COMPARABLE = "not-comparable"
    """One of them is missing."""


class HandleMatch(StrEnum):
    """How a claimed handle stands to the author's."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not-comparable"


class Flag(StrEnum):
    """What an investigator should look at."""

    CLAIMED_DAY_OFF = "claimed-day-off"
    """The claimed day is more than a day from the id's instant, or from the platform's."""
    ID_INSTANT_OFF = "id-instant-off"
    """The id's instant and the platform's are further apart than the platform's ids ever are."""
    ID_IN_FUTURE = "id-in-future"
    """The id decodes to an instant after it was seen: mistyped, or made up."""
    HANDLE_DIFFERS = "handle-differs"
    TEXT_DIFFERS = "text-differs"
    REVISION_DIFFERS = "revision-differs"
    """The embed names another version of the post (Bluesky's CID) than the platform shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """A citation and a post's facts, side by side."""

    text: TextMatch
    handle: HandleMatch
    claimed_on: dt.date | None = None
    id_at: dt.datetime | None = None
    posted_at: dt.datetime | None = None
    """The platform's own word; None where it gave none, whatever the id implies."""
    flags: tuple[Flag, ...] = ()


def crosscheck(
    citation: Citation,
    facts: PostFacts | None,
    *,
    seen_at: dt.datetime,
) -> CrossCheck:
    """Compare what `citation` claims with `facts`, which may be missing: the id is still checked.

    `seen_at` is when the citation was captured: aware.
    """
    facts = facts or PostFacts()
    posted_at = facts.posted_at
    if facts.sources.get("posted_at") is FactSource.ID:
        posted_at = None  # the id once more, and no witness beside it
    # A film's embed is labelled with its title: the better of the two counts.
    matches = [compare_texts(citation.claimed_text, said) for said in (facts.text, facts.title)]
    text = min(matches, key=list(TextMatch).index)
    handle = compare_handles(citation.claimed_handle, facts.author.handle if facts.author else None)
    id_at = citation.id_at
    limit = FILM_LIMIT if citation.platform in _FILM_PLATFORMS else INSTANT_LIMIT
    found = {
        Flag.CLAIMED_DAY_OFF: _is_day_off(citation.claimed_on, id_at or posted_at),
        Flag.ID_INSTANT_OFF: bool(id_at and posted_at and abs(id_at - posted_at) > limit),
        Flag.ID_IN_FUTURE: id_at is not None and id_at > seen_at + INSTANT_LIMIT,
        Flag.HANDLE_DIFFERS: handle is HandleMatch.DIFFERENT,
        Flag.TEXT_DIFFERS: text is TextMatch.DIFFERENT,
        Flag.REVISION_DIFFERS: bool(
            citation.claimed_revision
            and facts.revision
            and citation.claimed_revision != facts.revision
        ),
    }
    return CrossCheck(
        text=text,
        handle=handle,
        claimed_on=citation.claimed_on,
        id_at=id_at,
        posted_at=posted_at,
        flags=tuple(flag for flag, is_set in found.items() if is_set),
    )


def _is_day_off(claimed_on: dt.date | None, at: dt.datetime | None) -> bool:
    """More than a day between a claimed day and the UTC day of an instant."""
    if claimed_on is None or at is None:
        return False
    return abs(claimed_on - at.astimezone(dt.UTC).date()) > DAY_LIMIT


def compare_handles(claimed: str | None, real: str | None) -> HandleMatch:
    """Handles compare without case and `@`; of a fediverse handle the server counts if both say."""
    if not claimed or not real:
        return HandleMatch.NOT_COMPARABLE
    ours, theirs = (name.strip().lstrip("@").casefold() for name in (claimed, real))
    if "@" in ours and "@" in theirs:
        is_same = ours == theirs
    else:
        is_same = ours.partition("@")[0] == theirs.partition("@")[0]
    return HandleMatch.SAME if is_same else HandleMatch.DIFFERENT


def compare_texts(claimed: str | None, real: str | None) -> TextMatch:
    """How `claimed` stands to `real`; addresses, escapes, blanks and unseen characters apart.

    Linear in their length, of which the first 20,000 characters count.
    """
    ours, theirs = comparable(claimed or ""), comparable(real or "")
    if not ours or not theirs:
        return TextMatch.NOT_COMPARABLE
    if ours == theirs:
        return TextMatch.SAME
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) >= _LEAST_CUT and shorter in longer:
        return TextMatch.CUT
    if _ends_early(claimed or "") and theirs.startswith(ours):
        return TextMatch.CUT
    return TextMatch.EDITED if _likeness(ours, theirs) >= _ALIKE else TextMatch.DIFFERENT


def _ends_early(text: str) -> bool:
    return bool(_ELLIPSIS.search(text[-100:]))


def comparable(text: str) -> str:
    """`text` in the one form in which claims and facts compare."""
    text = unicodedata.normalize("NFC", html.unescape(text[:_LONGEST]))
    text = _ADDRESS.sub(" ", _UNSEEN.sub("", text))
    text = " ".join(text.split())
    before = None
    while before != text:
        before = text
        text = _ELLIPSIS.sub("", _TAILS.sub("", text)).strip(f"{_QUOTES} ")
    return text


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of letters: 1 where all are the same, 0 where none is."""
    ours, theirs = (Counter(itertools.pairwise(text)) for text in (one, other))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0
