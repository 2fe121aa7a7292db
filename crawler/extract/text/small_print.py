"""What the last lines of a body say about the page, and what lines with a link offer: by words.

A word anywhere in the line is enough, which is why only such lines are asked: see `trimming`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.extract.text.phrases import LONGEST


class _Mention(NamedTuple):
    """What is sought within a line: a pattern, and a word without which it cannot be there."""

    word: str
    pattern: re.Pattern[str]


def _mentions(*sought: str | tuple[str, str]) -> tuple[_Mention, ...]:
    """Patterns with their words; one that is nothing but a word may stand alone."""
    pairs = ((one, one) if isinstance(one, str) else one for one in sought)
    return tuple(_Mention(word, re.compile(pattern)) for word, pattern in pairs)


def _is_mentioned(mentions: Sequence[_Mention], text: str) -> bool:
    low = text[:LONGEST].lower()
    found = [one.pattern for one in mentions if one.word in low]
    return any(pattern.search(low) for pattern in found)


_RULES = r"(?:civil|respectful|moderat\w+|guidelines|policy|abusive|off-topic)"
_MANNERS = r"(?:civil|respectful|polite|kind|courteous)"
_WRITER = r"\bis an? .{0,60}(?:reporter|editor|correspondent|journalist|columnist|writer|author)\b"
_SMALL_PRINT = _mentions(
    *("newsletter", "abonnier", "abonnez-vous", "copyright", "all rights reserved", "©"),
    *("alle rechte", "contributed to this", "unterstützen sie", "privacy policy", "affiliate"),
    *("originally published", "this article was", "read more", "weiterlesen"),
    ("sign", r"sign[- ]up (?:for|to|here|now|today|below)\b|^\W*sign[- ]up\b|sign[- ]up\W*$"),
    ("subscribe", r"subscribe\b"),
    ("suscr", r"suscr[ií]b"),
    ("inbox", r"\binbox\b"),
    ("follow", r"\bfollow (?:us|him|her|them|@)"),
    ("follow", r"follow .{0,30} on (?:twitter|x|facebook|instagram)"),
    ("@", r"[\w.]+@\w+\.\w+"),
    ("is a", _WRITER),
    ("ing by", r"\b(?:reporting|editing|writing) by\b"),
    ("to the editor", r"letters? to the editor"),
    ("donat", r"\bdonat"),
    ("support us", r"(?:^|[.!?:]\s)\W*(?:please )?support us\b|support us (?:by|with|on|at)\b"),
    ("terms of", r"terms of (?:use|service)"),
    (
        "comment",
        rf"\bcomments?\b.{{0,200}}\b{_RULES}",
    ),
    ("be ", rf"^\W*(?:please )?be {_MANNERS}\b"),
    ("stay", rf"^\W*(?:please )?stay {_MANNERS}\b"),
    ("remain", rf"^\W*(?:please )?remain {_MANNERS}\b"),
    ("keep it", rf"^\W*(?:please )?keep it {_MANNERS}\b"),
    ("commission", r"earn (?:a )?commission"),
    ("redakteur", r"redakteur(?:in)? (?:bei|der)"),
    ("korrespondent", r"korrespondent(?:in)? (?:bei|für)"),
    ("mit informationen", r"mit informationen d(?:er|es)"),
)
_OFFERED = _mentions(
    *("newsletter", "abonnier", "whatsapp", "telegram", "bookmark", "click here", "free trial"),
    ("sign", r"sign[- ]?up"),
    ("subscri", r"subscri(?:be|ption)"),
    ("abonne", r"abonne[zr]"),
    ("suscr", r"suscr[ií]b"),
    ("inscri", r"\binscri"),
    ("app", r"^(?=.{1,120}$).*\bapp\b"),  # a longer line may be about one
    ("app", r"(?:^|[.!?:]\s)(?:download|get|install|holen?|lade)\b.{0,60}\bapp\b"),
    ("app", r"\b(?:our|unsere[nr]?|notre|nuestra|nossa|nostra)\s(?:\w+\s){0,2}app\b"),
    ("inbox", r"\binbox\b"),
    ("follow", r"\bfollow\s(?:us|me|him|her|@)"),
)


def is_small_print(text: str) -> bool:
    """Whether the line, at the very end of a body, is about the page and not about its matter."""
    return _is_mentioned(_SMALL_PRINT, text)


def is_offer(text: str) -> bool:
    """Whether the line, which bears a link, offers what sites offer."""
    return _is_mentioned(_OFFERED, text)
