"""What the parts of a possible dateline say, and how its names are written."""

import datetime as dt
import re
from dataclasses import dataclass

PARTICLES = frozenset((
    *("de", "del", "la", "le", "les", "da", "do", "dos", "du", "en", "sur", "y", "el", "al"),
    *("of", "the", "upon", "am", "an", "der", "im", "in", "bei", "ob", "und", "and", "di", "na"),
))  # fmt: skip
"""Words that names of places hold in small letters."""

_GEORGIAN = "აჿ"
"""The first and the last of its letters, which count as small beside others for whole words."""
_NO_TURKISH = re.compile("[QWX]")
"""Letters that the Turkish press writes in foreign names only: `WASHINGTON`."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A dateline as far as it is read; `wider` are regions and countries, as written."""

    place: str = ""
    wider: tuple[str, ...] = ()
    agency: str | None = None
    date_text: str | None = None
    local_time: dt.time | None = None
    has_brackets: bool = False
    is_set_off: bool = False
    """Whether the agency stands as no other words do: `OSLO /NEWS/`, `Medan, (Analisa)`."""

    @property
    def is_dated(self) -> bool:
        """Whether it gives a day, a month or a time of day."""
        return bool(self.date_text or self.local_time)


def is_capitals(name: str) -> bool:
    """Whether `name` is in capitals, but for particles."""
    words = [word for word in re.split(r"[\s/-]", name) if word not in PARTICLES]
    return bool(words) and all(word.isupper() for word in words if word)


def is_caseless(name: str) -> bool:
    """Whether `name` is of a script that knows no capitals."""
    return not any(letter.isupper() or is_small(letter) for letter in name)


def is_small(name: str) -> bool:
    """Whether `name` is in small letters, of a script that knows capitals."""
    return name.islower() and not _GEORGIAN[0] <= name[0] <= _GEORGIAN[-1]


def cased(name: str, *, is_wider: bool = False, is_turkish: bool = False) -> str:
    """`name` in the case of running text: `AIX-EN-PROVENCE` → `Aix-en-Provence`."""
    # A dotted İ is Turkish, and there the plain I is a dotless one.
    is_turkish = "İ" in name or (is_turkish and _NO_TURKISH.search(name) is None)
    if not name.isupper() or (is_wider and len(name) <= 3):
        return name

    def lowered(match: re.Match[str]) -> str:
        word = match[0]
        is_amid = name[match.start() - 1 : match.end() + 1] == f"-{word}-"  # `MAZAR-I-SHARIF`
        if match.start() and (word.lower() in PARTICLES or (is_amid and len(word) == 1)):
            return word.lower()
        if "." in word.rstrip("."):
            return word
        tail = word[1:].replace("I", "ı").replace("İ", "i") if is_turkish else word[1:]
        return word[0] + tail.lower()

    return re.sub(r"[\w.'’]+", lowered, name)
