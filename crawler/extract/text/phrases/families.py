"""Which family of standing phrases a line of a page is of: who is asked, and in which order.

What a site asks of its readers and what somebody is reported to ask is told apart here.
"""

import re
from functools import lru_cache

from crawler.extract.text.phrases.end_notes import is_note
from crawler.extract.text.phrases.fixed import fixed_family
from crawler.extract.text.phrases.other_scripts import family_in_script
from crawler.extract.text.phrases.page_notes import note_family
from crawler.extract.text.phrases.requests import is_request
from crawler.extract.text.phrases.speech import ends_in_speech, is_reported
from crawler.extract.text.phrases.view_counts import counts_views
from crawler.extract.text.phrases.whole_lines import is_tail, whole_family
from crawler.extract.text.phrases.within import family_within

LONGEST = 400
"""Characters of a line that may be a phrase."""

_BYLINE = re.compile(
    r"(?i:by|von|por|par|text|autor(?:in)?|author|written by|posted by|texte)(?:\s?:|\s)\s?"
    r"(?>(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w.'’-]*+[\s,&|]*+(?:(?:and|und|et|y|e)\s)?){1,6})"
    r"(?:agencies|wires|agences|agencias|agenzie)?"
)
_BYLINE_OPENS = "abptvwABPTVW"
_LONGEST_BYLINE = 100
_LABELLED = re.compile(r"\W*+(?>(?:[A-ZÀ-ÖØ-Þ]{2,}+[ /&]?+){1,4})\s?:\s")
_OPENING = frozenset(("more", "part"))
_ASKING = frozenset(("offer", "discussion", "button"))
"""Families that speak to the reader: a line that tells who said so is of none of them."""
_INVITING = frozenset(("offer", "counter", "technical"))
_SHARING = re.compile(r"\W*(?:share|print|save)\s(?:this|full)\b.{0,40}|artikel\steilen.{0,20}")
_SHORTEST_INVITATION = 8
"""Shorter headings, such as `Next` and `Home`, may be of the text."""
_SIGNED = re.compile(
    r"(?:(?:rédigé|écrit|publié|scritto|escrito|publicado|geschreven|geschrieben|skrevet)\s)?(?:by|von|por|par|di|door|av|od|от|mit|text|redaktion|author|autor(?:in)?)\b(?:\s?:)?\s"
    r"[^.!?…]{2,80}"
)


def is_phrase(text: str) -> bool:
    """Whether the line `text`, no heading, is one of the standing phrases."""
    return family_of(text) is not None


def family_of(text: str) -> str | None:
    """The family of phrases that the line `text` is of; None where it is none."""
    if len(text) > LONGEST:
        return None
    if len(text) < _LONGEST_BYLINE and text[:1] in _BYLINE_OPENS and _BYLINE.fullmatch(text):
        return "byline"
    return _family_of(_lower(text))


def _lower(text: str) -> str:
    """`text` in small letters; of a Turkish capital `İ` nothing but the letter."""
    low = text.lower()
    return low if low.isascii() else low.replace("i\u0307", "i")


def is_invitation(text: str) -> bool:
    """Whether the heading `text` only invites to share, to subscribe or the like."""
    return len(text) >= _SHORTEST_INVITATION and (
        family_of(text) in _INVITING or _SHARING.fullmatch(text.lower()) is not None
    )


def is_label(text: str) -> bool:
    """Whether the line is a label in capitals with what it leads to: `PHOTOS: The ferry sails`."""
    return _LABELLED.match(text) is not None and text[-1] not in ".!?…"


def is_byline(text: str) -> bool:
    """Whether the line, before the first paragraph, says who wrote."""
    return len(text) < _LONGEST_BYLINE and _SIGNED.fullmatch(text.lower()) is not None


@lru_cache(maxsize=4096)
def _family_of(low: str) -> str | None:
    found = whole_family(low)
    if (found in _ASKING and is_reported(low)) or (found == "more" and ends_in_speech(low)):
        found = None
    found = found or fixed_family(low) or family_within(low) or family_in_script(low)
    found = found or ("note" if is_note(low) else None) or note_family(low)
    found = found or ("counter" if counts_views(low) else None)
    return found or ("offer" if is_request(low) else None)


def opens_list(text: str) -> bool:
    """Whether what follows the line is likely a list of other articles."""
    return _family_of(_lower(text)) in _OPENING


def opens_tail(text: str) -> bool:
    """Whether nothing of the article follows the heading `text`, in its second half."""
    low = _lower(text)
    found = (fixed_family(low), family_in_script(low))
    return "part" in found or is_tail(low)
