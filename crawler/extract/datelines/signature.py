"""Who signs a dateline without brackets: behind a bar, a slash, a full stop, or no mark at all."""

import re
from dataclasses import replace

from crawler.extract.agencies import is_agency, may_sign
from crawler.extract.datelines.labels import is_label
from crawler.extract.datelines.parts import Parts, is_capitals, is_caseless
from crawler.extract.datelines.place_names import is_known_place

_MOST_WORDS = 3
QUOTES = ' .«»"“”'
_SIGNED = re.compile(r"\s([a-zäöü]{2,4}(?:/[a-zäöü]{2,4})?)(?=\s?[|–—])")  # `KÖLN epd |`
_SLASHED = re.compile(r"\s?/\s?([a-zäöü]{2,4})(?=\s[A-ZÄÖÜ„\"»]|\s?[|–—.-]|\s?$)")  # `Ulm / pm Der`
_BARRED = re.compile(r"\s?\|\s?([A-Z][^\d|]{1,30}?)\s?(?=\|)")  # `Kampala, Uganda | NEWS |`
_POINTED = re.compile(r"\.\s((?:[A-Z][\w/-]+\s){1,2}[A-Z][\w/-]+)(?=\s[A-ZÁÉÍÓÚÑ«“¿\"])")
"""What may be an agency of several words behind a place: `Madrid. Europa Press El …`."""
_AT_MARK = re.compile(r",\s([^\d,।:()]{2,30}?)(?=\s?(?P<mark>[।:])\s)")  # `लखनऊ, संवाददाता।`
_UNMARKED = re.compile(
    r"(?:\s?[-–—ـ/:]\s?|,\s|(?<=\d)(?:\sم)?\s)"
    r"(?P<words>[^\W\d_][^\s,،:()/-]+(?:\s[^\s,،:()/-]+){0,2}|«[^«»]{2,30}»)(?=[\s:،-])"
)
"""What may be an agency behind a mark, and no mark behind it: `BURSA - DHA Polis …`."""
_CLOSED = re.compile(
    r"(?:\.|\s?[-–—])\s(?P<name>«?[^\W\d_a-zа-яё][\w'’-]+(?:\s[^\W\d_][\w'’-]*){0,2}»?)"
    r"(?=[.:]\s|\s[-–—]\s)"
)
"""So few words behind a day are no sentence but who reports: `BAKU, May 3. Caspian Post: The …`."""


def signed_in_small_letters(found: Parts, opening: str, at: int) -> tuple[Parts, int]:
    """With the short name in small letters that stands right behind the place, if one does."""
    if not found.place:
        return found, at
    if signed := _SIGNED.match(opening, at):
        return replace(found, agency=signed[1]), signed.end()
    if signed := _SLASHED.match(opening, at):
        return replace(found, agency=signed[1], has_brackets=True), signed.end()
    return found, at


def barred(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    """With the outlet that stands between bars behind a place and its country."""
    if not found.wider or found.agency:
        return None
    match = _BARRED.match(opening, at)
    return (replace(found, agency=match[1], has_brackets=True), match.end()) if match else None


def signed_at_end(found: Parts, opening: str, at: int) -> tuple[Parts, int]:
    """With the agency that stands at `at` without any mark behind it."""
    if not found.place or found.agency:
        return found, at
    before = _AT_MARK.match(opening, at) if is_caseless(found.place) else None
    if before and (before["mark"] == "।" or is_known_place(found.place)):
        is_desk = len(before[1].split()) <= _MOST_WORDS and not is_known_place(before[1])
        if is_desk:
            return replace(found, agency=before[1]), before.end()
    is_sure = is_capitals(found.place) or is_caseless(found.place)
    is_sure = (
        is_sure or bool(found.date_text) or is_known_place(found.place)
    )  # no credit: `Ann Lee—AP By`
    if is_sure and (unmarked := _UNMARKED.match(opening, at)):
        words = unmarked["words"].split(" ")
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            signature = name.strip(QUOTES)
            is_written_so = name.isupper() or is_caseless(name)
            is_listed = found.date_text is not None and is_agency(signature)
            if is_listed or (is_written_so and may_sign(signature)):
                end = unmarked.start("words") + len(name)
                return replace(found, agency=signature, has_brackets=True), end
    if pointed := _POINTED.match(opening, at):
        words = pointed[1].split(" ")
        for count in range(len(words), 1, -1):
            if may_sign(name := " ".join(words[:count])):
                end = pointed.start(1) + len(name)
                return replace(found, agency=name, has_brackets=True), end
    return _closed(found, opening, at) if found.date_text else (found, at)


def _closed(found: Parts, opening: str, at: int) -> tuple[Parts, int]:
    closed = _CLOSED.match(opening, at)
    if closed is None or is_label(closed["name"]):
        return found, at
    return replace(found, agency=closed["name"].strip(QUOTES)), closed.end()
