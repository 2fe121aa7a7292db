"""The standing phrases that open with anything: each by a word without which a line is none.

To look for a word is far cheaper than to try a pattern that may begin anywhere.
"""

import re
from typing import NamedTuple

from crawler.extract.text.phrases.whole_lines import whole_line

_AGENCIES = r"(?:getty\simages|afp|reuters|shutterstock|istock|ap|epa|imago|dpa|picture\salliance)"
_CONSENTING = r"(?:accept|akzeptier|settings|consent|zustimm|einstellungen|policy)"
_SCRIPTED = (
    r"(?:enabl\w+|requires?|disabled?|turn(?:ed)?\son|activat\w+|aktivier\w*|eingeschaltet"
    r"|habilit\w*|activer|supports?|supported|unterstützt|update|upgrade|refresh\w*|outdated"
    r"|veraltet)"
)


class _Within(NamedTuple):
    """A phrase that opens with anything: by a word without which a line cannot be one."""

    word: str
    family: str
    pattern: re.Pattern[str]


_WITHIN = tuple(
    _Within(word, family, re.compile(whole_line(*alternatives)))
    for word, family, *alternatives in (
        ("rights reserved", "note", r".{0,60}all\srights\sreserved.{0,80}"),
        ("rechte vorbehalten", "note", r".{0,60}alle\srechte\svorbehalten.{0,80}"),
        (
            ":",
            "note",
            r".{0,300}[\s(](?:photos?|fotos?|bild|image|credit|crédito|crédit)\s?:\s?.{2,60}",
        ),
        ("via ", "note", rf".{{0,300}}via\s{_AGENCIES}"),
        ("/", "note", rf".{{0,300}}/\s?{_AGENCIES}"),
        (
            "contributed",
            "note",
            r"[^.!?]{2,120}\scontributed\sreporting\b.{0,40}",
            r"[^.!?]{2,120}\scontributed\sto\sthis\s(?:report|story|article|post)\b.{0,40}",
        ),
        (" load", "technical", r".{0,200}(?:has|have)\s(?:failed\sto|not)\sload(?:ed)?\b.{0,120}"),
        *(
            (
                word,
                "technical",
                rf".{{0,200}}\b{word}\b.{{0,80}}\b{_SCRIPTED}\b.{{0,200}}",
                rf".{{0,200}}\b{_SCRIPTED}\b.{{0,80}}\b{word}\b.{{0,200}}",
            )
            for word in ("your browser", "javascript")
        ),
        ("personenbezogene daten", "technical", r".{0,300}personenbezogene\sdaten.{0,300}"),
        (
            "cookie",
            "technical",
            rf".{{0,120}}\bcookies?\b.{{0,120}}{_CONSENTING}.{{0,120}}",
        ),
    )
)


def family_within(low: str) -> str | None:
    """The family of phrases that the line, in lower case, is of; None where it is none."""
    for word, family, pattern in _WITHIN:
        if word in low and pattern.fullmatch(low):
            return family
    return None
