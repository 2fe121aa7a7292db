"""The opening of a news report: `BEIRUT, LEBANON (5:35 P.M.) –`, as a small grammar.

    dateline  = [place] {"," part} {"(" part {"," part} ")" | "/" agency "/"} end
    place     = words in capitals, or capitalised words
    part      = local time | date | agency | region or country
    end       = a dash; or ":" or "." after a date or brackets

What a part is follows from its own form and place: a time has a colon or `p.m.`, a date a month,
an agency stands in brackets or slashes or last behind a date, all else names a wider place.
A dateline in capitals needs no more than its dash; a capitalised name, which may well start a
sentence, needs an agency, a date or a time too.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from archive import Dateline
from crawler.extract.countries import is_country
from crawler.extract.dates import day_near

MAX_CHARS = 120

_PARTICLES = frozenset((
    *("de", "del", "la", "le", "les", "da", "do", "dos", "du", "en", "sur", "y", "el", "al"),
    *("of", "the", "upon", "am", "an", "der", "im", "in", "bei"),
))  # fmt: skip
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:[ /][^\W\d_][\w.'’-]*){0,6}")
_DASH = re.compile(r"\s*(?:—|–|―|--|-)\s*(?=\S)|\s*\.\s?(?:—|–|-)\s*(?=\S)")
_STOP = re.compile(r"\s*[.:]\s+(?=\S)")
_BRACKETS = re.compile(r"\.?\s*(?:\(([^()]{1,60})\)|/([^/]{1,30})/)")
_COMMA = re.compile(r",\s*([^,()/—–―:]{1,40}?\.?)(?=\s*(?:[,(/:—–―]|\s-|--|\.\s?[-–—]|\.\s))")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>[ap])?(?:\.?\s?m\b\.?)?"
    r"(?:\s(?:uhr|local(?:\stime)?|gmt|utc|[a-z]{3,4}))?\.?",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"[^\W\d_][\w&.' /-]{1,30}")
# Labels that newsrooms put before a report, and words that open sentences.
_NO_PLACE = frozenset((
    *("update", "updated", "breaking", "exclusive", "live", "watch", "video", "photos", "read"),
    *("opinion", "analysis", "editorial", "commentary", "correction", "corrected", "advisory"),
    *("note", "news", "explainer", "factbox", "podcast", "listen", "q&a"),
    *("exklusiv", "eilmeldung", "meinung", "kommentar", "vidéo", "alerte", "urgent", "última"),
    *("the", "a", "an", "he", "she", "it", "we", "they", "this", "that"),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """What a dateline's parts have said so far."""

    wider: tuple[str, ...] = ()
    agency: str | None = None
    date_text: str | None = None
    time: dt.time | None = None

    @property
    def is_telling(self) -> bool:
        return bool(self.agency or self.date_text or self.time)


def read_dateline(text: str, published_on: dt.date | None = None) -> Dateline | None:
    """The dateline that the paragraph `text` opens with; None where it opens with none.

    `raw` is the dateline as written, so that `text[len(raw):]` is the report. A date without a
    year gets that of `published_on`'s neighbourhood, and stays unknown without it.
    """
    opening = text[: MAX_CHARS + 1]
    place = _place(opening)
    at = len(place)
    found = _Found()
    while match := _COMMA.match(opening, at):
        following = _with_part(found, match[1].strip(), is_bracketed=False)
        if following is None:
            break
        found, at = following, match.end()
    has_brackets = False
    while match := _BRACKETS.match(opening, at):
        parts = [part.strip() for part in (match[1] or match[2]).split(",")]
        for part in parts:
            found = _with_part(found, part, is_bracketed=True) or found
        has_brackets, at = True, match.end()
        if comma := _COMMA.match(opening, at):  # `Berlin (dpa), 3 May –`
            following = _with_part(found, comma[1].strip(), is_bracketed=False)
            if following is not None:
                found, at = following, comma.end()
    is_closed = has_brackets or found.date_text is not None
    end = _DASH.match(opening, at) or (is_closed and _STOP.match(opening, at))
    if not end or end.end() >= len(text) or not _is_likely(place, found, end[0], text[end.end() :]):
        return None
    return _dateline(place, found, text[: end.end()].rstrip(), published_on)


def _place(text: str) -> str:
    """The capitalised words that `text` begins with, particles between them."""
    match = _NAME.match(text)
    end = 0
    for word in re.finditer(r"[^ /]+", match[0] if match else ""):
        if word[0][0].isupper():
            end = word.end()
        elif not end or word[0] not in _PARTICLES:
            break
    return text[:end].rstrip("-'’ ")


def _with_part(found: _Found, part: str, *, is_bracketed: bool) -> _Found | None:
    """`found` with what `part` says; None where it can be no part of a dateline."""
    if (time := _local_time(part)) is not None:
        return replace(found, time=time)
    if found.date_text and re.fullmatch(r"\d{4}", part):
        return replace(found, date_text=f"{found.date_text} {part}")
    if re.search(r"\d", part):
        named = day_near(part, dt.date(2020, 2, 29)) is not None
        return replace(found, date_text=part) if named and not found.date_text else None
    is_agency = _AGENCY.fullmatch(part) and (is_bracketed or found.date_text) and not found.agency
    if is_agency:
        return replace(found, agency=part)
    if not is_bracketed and _place(part) == part and len(found.wider) < 2:
        return replace(found, wider=(*found.wider, part))
    return None


def _local_time(part: str) -> dt.time | None:
    match = _TIME.fullmatch(part)
    if match is None or not (match["minute"] or match["half"]):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    try:
        return dt.time(hour, int(match["minute"] or 0))
    except ValueError:
        return None


def _is_likely(place: str, found: _Found, end: str, rest: str) -> bool:
    """Whether this opens a report, and not just a sentence; `rest` is what follows."""
    if not place:  # `(Reuters) —`
        return found.agency is not None and not found.wider and found.agency[:1].isupper()
    if found.is_telling:
        return True
    is_hyphen = end.strip() == "-" and not end[0].isspace()  # `BERLIN-based`
    is_label = place.split(maxsplit=1)[0].lower().strip(".") in _NO_PLACE
    if is_hyphen or is_label or rest[0].islower():
        return False
    if _is_capitals(place):
        return re.search(r"[^\W\d_]{3}", place) is not None
    return bool(found.wider) and _is_region(found.wider[-1])


def _is_region(part: str) -> bool:
    """Whether `part` is surely a wider place: a country, or short as `NY` and `Calif.` are."""
    return is_country(part) or (part.isupper() and len(part) == 2) or part.endswith(".")


def _is_capitals(place: str) -> bool:
    words = [word for word in re.split(r"[\s/-]", place) if word not in _PARTICLES]
    return bool(words) and all(word.isupper() for word in words if word)


def _dateline(place: str, found: _Found, raw: str, published_on: dt.date | None) -> Dateline:
    wider = [_cased(part, is_wider=True) for part in found.wider]
    country = wider.pop() if wider and is_country(wider[-1]) else None
    return Dateline(
        raw=raw,
        place=_cased(place) or None,
        region=", ".join(wider) or None,
        country=country,
        agency=found.agency,
        date=day_near(found.date_text, published_on) if found.date_text else None,
        local_time=found.time,
    )


def _cased(name: str, *, is_wider: bool = False) -> str:
    """`name` in the case of running text: `AIX-EN-PROVENCE` → `Aix-en-Provence`."""
    if not name.isupper() or (is_wider and len(name) <= 3):
        return name

    def cased(match: re.Match[str]) -> str:
        word = match[0]
        if match.start() and word.lower() in _PARTICLES:
            return word.lower()
        return word if "." in word else word.capitalize()

    return re.sub(r"[\w.'’]+", cased, name)
