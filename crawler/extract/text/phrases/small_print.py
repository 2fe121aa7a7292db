"""What the last lines of a body say about the page, and what lines with a link offer: by words.

A word anywhere in the line is enough, which is why only such lines are asked: see `trimming`.
"""

import re
from collections.abc import Mapping

from crawler.extract.text.phrases.families import LONGEST
from crawler.extract.text.phrases.speech import ends_in_speech, is_quoted

_Mentions = Mapping[str, re.Pattern[str]]
"""What is sought within a line: patterns, each by a word without which it cannot be there."""


def _mentions(*sought: str | tuple[str, str]) -> _Mentions:
    """Patterns by their words; one that is nothing but a word may stand alone."""
    patterns: dict[str, list[str]] = {}
    for one in sought:
        word, pattern = (one, one) if isinstance(one, str) else one
        patterns.setdefault(word, []).append(pattern)
    return {word: re.compile("|".join(alternatives)) for word, alternatives in patterns.items()}


def _is_mentioned(mentions: _Mentions, text: str) -> bool:
    low = text[:LONGEST].lower()
    found = [word for word in mentions if word in low]
    return any(mentions[word].search(low) for word in found)


_RULES = r"(?:civil|respectful|moderat\w+|guidelines|policy|abusive|off-topic)"
_MANNERS = r"(?:civil|respectful|polite|kind|courteous)"
_WRITER = r"\bis an? .{0,60}(?:reporter|editor|correspondent|journalist|columnist|writer|author)\b"
_BECKONING = (
    r"\b(?:sign|free|daily|weekly|here|join|click|e-?mail|inbox|hier|jetzt|kostenlos\w*"
    r"|abonn\w+|anmeld\w+|inscri\w+|suscr\w+|assin\w+|iscri\w+)\b"
)
"""Words with which a newsletter is offered, and not told of."""
_AGENCIES = (
    r"(?:dpa|afp|ap|reuters|apa|sda|sid|epd|kna|efe|ansa|lusa|belga|anp|ritzau|tt|ntb|pap|čtk|tass)"
)
_SMALL_PRINT = _mentions(
    *("copyright", "all rights reserved", "©"),
    ("abonn", r"\babonnier(?:en sie|t|e)\b|abonnez-vous"),
    (
        "newsletter",
        r"\b(?:our|my|unser\w*|notre|nuestr\w+|nossa|nostra|onze) (?:\S+ )?\S*newsletter",
    ),
    ("newsletter", rf"newsletter.{{0,300}}{_BECKONING}|{_BECKONING}.{{0,300}}newsletter"),
    *("alle rechte", "contributed to this", "unterstützen sie", "privacy policy", "affiliate"),
    *("originally published", "read more", "weiterlesen"),
    (  # but that it was corrected is the publisher's word of its text
        "this article was",
        r"this article was (?!(?:since |later |last )?(?:corrected|amended|clarified|updated)\b)",
    ),
    ("sign", r"sign[- ]up (?:for|to|here|now|today|below)\b|^\W*sign[- ]up\b|sign[- ]up\W*$"),
    ("subscribe", r"subscribe\b"),
    ("suscr", r"suscr[ií]b"),
    ("inbox", r"\binbox\b"),
    ("follow", r"\bfollow (?:us|him|her|them|@)"),
    ("follow", r"follow .{0,30} on (?:twitter|x|facebook|instagram)"),
    ("@", r"[\w.]+@\w+\.\w+"),
    ("is a", _WRITER),
    ("is a", r"\bis an? (?:\S+ ){0,3}(?:newsroom|news (?:organi[sz]ation|outlet|site|service))\b"),
    ("rss 2.0", r"rss 2\.0"),
    ("/", rf"^\W*{_AGENCIES}(?:[/ ,–-]{{1,3}}\w{{1,9}}){{1,3}}\W*$"),
    ("/", r"^\(?(?:[a-z]{2,4}/\s?){1,3}(?:[a-z]{2,4})?\)?$"),
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
    ("redakteur", r"redakteur(?:in)? (?:bei|der|des|im|für)\b"),
    (
        "journalis",
        r"\b(?:is|est|är|ist|er) (?:an? |une? |freie[rn]? |freelance[- ]?)*journalist(?:in|e)?\b",
    ),
    ("periodista", r"\bes (?:una? )?(?:\S+ ){0,2}periodista\b"),
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
    return _is_mentioned(_SMALL_PRINT, text) and not _is_told(text.lower())


def is_offer(text: str) -> bool:
    """Whether the line, which bears a link, offers what sites offer."""
    return _is_mentioned(_OFFERED, text)


def _is_told(low: str) -> bool:
    return is_quoted(low) or ends_in_speech(low)
