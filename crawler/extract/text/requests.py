"""What sites ask of their readers: to subscribe, to follow, to download, to write, to pay.

A request is told by its build. Words that ask open one of its sentences (`Follow`), or end it where
a language puts verbs last (`takip edin`); it names a thing that sites ask for (`newsletter`, `on
Telegram`); and where such words may open a sentence of an article too, it says whose the thing
is, or what it brings: `our`, `free`, `here`. The words are in `request_words`, by language.
"""

import re

from crawler.extract.text.openings import EDGES, Openings, first_word, last_word, names_pattern
from crawler.extract.text.request_words import (
    ASKING,
    COMMON,
    LURES,
    OURS,
    PLAIN,
    SURE,
    THINGS,
    WHATEVER,
)
from crawler.extract.text.speech import is_reported

LONGEST = 330
"""Characters of a line that may be a request."""
_MOST_SENTENCES = 6
_NEAR = 180
"""So many characters from where a line asks, it names what it asks for."""
_BREAK = re.compile(r"[.!?:;…؟։।|>–—]\s+")
_FILLERS = frozenset(
    "please and or so then now also here just bitte und oder dann jetzt auch hier alors et ou puis"
    " y o e și og och ja и или а также та ve və".split()
)
_WHATEVER, _SURE, _PLAIN = Openings(WHATEVER), Openings(SURE), Openings(PLAIN)
_ASKING = Openings(ASKING, at_end=True)
_FIRST_WORDS = _WHATEVER.words | _SURE.words | _PLAIN.words
_ANY_THING, _THING = names_pattern(THINGS + ";" + COMMON), names_pattern(THINGS)
_OURS, _LURE = names_pattern(OURS), names_pattern(OURS + ";" + LURES)
_BRINGS = names_pattern(LURES)
_OWN = re.compile(
    r"\b(?:our|unser\w{0,2}|notre|nos|nuestr[oa]s?|noss[oa]s?|nostr[oaie]|onze|vår[at]?|vores|nasz\w*|наш\w*)\s"
    r"(?:\S{1,20}\s){0,2}(?:\w+-)?(?:newsletter|apps?|whatsapp\S*|telegram\S*|podcasts?|канал\w*|kanal\w*)\b"
)
"""A thing that the site calls its own, which lines state without a request: `in our app`."""
_OWNED = ("newsletter", "app", "telegram", "podcast", "kanal", "канал")


def is_request(low: str) -> bool:
    """Whether the line, in lower case, asks something of the reader for the site."""
    return len(low) <= LONGEST and (_asks(low) or _offers(low)) and not is_reported(low)


def _asks(low: str) -> bool:
    at = 0
    for sentence in _BREAK.split(low, maxsplit=_MOST_SENTENCES):
        bare = sentence.strip(EDGES)
        first = first_word(bare)
        if first in _FILLERS:
            bare = bare[len(first) :].lstrip(EDGES)
            first = first_word(bare)
        if last_word(bare) in _ASKING.words and _ASKING.of(bare):
            return _names_thing(low)
        if first in _FIRST_WORDS:
            if _WHATEVER.of(bare):
                return True
            if _SURE.of(bare):
                return _names_thing(low)
            rest = low[at : at + _NEAR]
            if _PLAIN.of(bare) and _is_offered(rest):
                return True
        at += len(sentence)
    return False


def _names_thing(text: str) -> bool:
    return _ANY_THING.search(text) is not None


def _is_offered(text: str) -> bool:
    if _THING.search(text):
        return _LURE.search(text) is not None
    return _ANY_THING.search(text) is not None and _OURS.search(text) is not None


def _offers(low: str) -> bool:
    return (
        len(low) <= _NEAR
        and any(word in low for word in _OWNED)
        and _OWN.search(low) is not None
        and _BRINGS.search(low) is not None
    )
