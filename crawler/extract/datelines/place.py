"""The name of a place that a text begins with, as far as its letters tell."""

import re

from crawler.extract.agencies import is_agency, may_sign
from crawler.extract.datelines.parts import PARTICLES, is_caseless, is_small

_SAINTS = frozenset(("st.", "ste.", "sta.", "sto.", "ft.", "mt.", "pt.", "s.", "n."))
# Vowel signs of Arabic, Hebrew and the scripts of southern Asia are no letters to `\w`.
SIGNS = (
    r"\u05b0-\u05c7\u064b-\u0652\u0670"
    r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b4-\u17d3"
)
_WORD = rf"(?:['’][sStT][-\ ](?=[A-Z]))?[^\W\d_ـ][\w{SIGNS}.'’-]*"  # `'s-Gravenhage`
# A slash joins two towns, but for the two that stand around an agency: `BAKU /Trend/`.
_SLASH = r"\s?/(?!\s?[^/(]{1,40}/(?:\W|$))\s?"
_NAME = re.compile(rf"{_WORD}(?:{_SLASH}{_WORD}|\ {_WORD}){{0,6}}")


_JOINED = re.compile(r"[^\W\d_a-z]{4,}(?=-[^\W\d_a-z][a-z]+\s[a-z])")
_SIGNED = re.compile(r"([^\W\d_a-z]{4,})-([^\W\d_a-z]{2,5})(?=\s)")
_UNMARKED = re.compile(r"[^,،.:;()\[\]/|_।\d‐‑‒–—―−-]*")
_MOST_SMALL = 1
"""A desk signs in small letters, `KÖLN epd |`; no more words are small but for particles."""


def may_be_named(text: str) -> bool:
    """Whether `text` can begin with a place: a quick look, which says no to most sentences."""
    match = _UNMARKED.match(text)
    words = match[0].split() if match else ()
    small = sum(word.islower() and word not in PARTICLES for word in words)
    return small <= _MOST_SMALL or not any(map(is_small, words))


def place_of(text: str) -> str:
    """The capitalised words that `text` begins with, particles between them."""
    match = _NAME.match(text)
    name = match[0] if match else ""
    if (closed := name.find(".-")) > 0:  # `Santiago.-El`
        name = name[: closed + 1]
    if joined := _JOINED.match(name):  # `JAKARTA-Dua orang`
        name = joined[0]
    signed = _SIGNED.match(name)
    if signed and is_agency(signed[2]):  # `ANKARA-AA Nehir`
        name = signed[0]
    if name and is_caseless(name):
        name = re.split(r"-", name, maxsplit=1)[0].rstrip(".'’ /")
        town, slash, behind = name.partition("/")
        words = behind.split()
        if slash and any(may_sign(" ".join(words[:count])) for count in range(1, len(words) + 1)):
            name = town.rstrip()  # `غزة/ الأناضول`
        return name if len(name.split()) <= 3 else ""
    end = 0
    for word in re.finditer(r"[^ /]+", name):
        if word[0].lstrip("'’")[:1].isupper():
            end = word.end()
            if word[0].endswith("-") or _closes(word[0]):  # `Washington.- El`, `Köln. Der`
                break
        elif not end or word[0] not in PARTICLES:
            break
    name = text[:end].rstrip("-'’ ")
    last = re.split(r"[ /]", name)[-1]
    is_short = last.count(".") > 1 or not last.endswith(".")
    return name if is_short else name[:-1]


def _closes(word: str) -> bool:
    """Whether `word` ends a sentence, and not just itself as `St.` does."""
    return word.endswith(".") and "." not in word[:-1] and word.lower() not in _SAINTS
