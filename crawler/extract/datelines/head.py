"""How a dateline begins: with a place, and an agency, a reporter or a day before it."""

import re
from dataclasses import replace

from crawler.extract.agencies import is_agency, is_paper, is_reporter, may_sign
from crawler.extract.datelines.day import DAY, is_month, reads_as_day
from crawler.extract.datelines.marks import BRACKETS, DASH
from crawler.extract.datelines.parts import Parts, is_capitals, is_caseless
from crawler.extract.datelines.place import place_of
from crawler.extract.datelines.place_names import is_known_place

_LEAD = re.compile(r"(?:\(\s?([^()]{2,30}?)\s?\)|/([^/\s]{2,20})/)(\s?(?:-|–|—)?\s*)")
"""An agency before all else: `(ANSA) - ROMA, …`, `/CNW/ - The …`."""
_BYLINE = re.compile(
    r"[A-ZÇĞİÖŞÜ][a-zçğıöşü]+[\s-](?:[A-ZÇĞİÖŞÜa-zçğıöşü]+(?:\s|\s?[-,]\s?)){0,7}"
    r"(?:[A-ZÇĞİÖŞÜ]{2,}\s?)?/\s?(?=[A-ZÇĞİÖŞÜ]{3,}(?:\([^()]{2,20}\))?"
    r"(?:\s|,\s?)\([A-ZÇĞİÖŞÜ]{2,4}\))"
)
_OUTLET = re.compile(r"([^\W\d_][^/,()]{2,24}?)\s?/(?=\s)")
_REPORTER = re.compile(r"([^,।:()\d]{4,30}),\s")  # `जागरण संवाददाता, कानपुर।`
_POINTED = re.compile(r"([^\W\d_]{3,20})\.([^\W\d_]{2,10})(?=\.\s)")
_DAY_SIGNED = re.compile(r"\.?\s(?:\(([^()]{2,30})\)|([^\W\d_][\w.]{2,20})(?=\s[-–—]\s))")
_A_DAY = re.compile(r"\.?\s\d{1,2}(?!\d)")
_PAIR = re.compile(r"\s?[–—]\s?(?=[^\W\d_])")
_SHORT_WORDS = re.compile(r"\s(?:a\.\s?[dM]\.|i\.\s?Br\.?|am\s[A-Z][a-zäöü]+|im\s[A-Z][a-zäöü]+)")
"""What tells a German town from another of its name: `Frankfurt a. M.`"""


def head_of(opening: str) -> tuple[Parts, int]:
    """The place, with an agency before it or as its last words."""
    found, start = Parts(), 0
    if lead := _LEAD.match(opening):
        name = lead[1] or lead[2]
        signed = Parts(agency=name, has_brackets=True)
        if not may_sign(name) or not _begins_dateline(opening[lead.end() :]):
            return signed, lead.end(0) - len(lead[3])
        found, start = signed, lead.end()
    outlet = _OUTLET.match(opening)
    if outlet and is_paper(outlet[1]):  # `Shafaq News/ The …`
        return Parts(agency=outlet[1], has_brackets=True), outlet.end()
    if byline := _BYLINE.match(opening, start):  # `Ömer Yılmaz-Ece KAYA/ANKARA, (DHA) -`
        start = byline.end()
    if dated := _day_first(found, opening, start):
        return dated
    reporter = None if opening[start : start + 1].isupper() else _REPORTER.match(opening, start)
    if (
        reporter
        and is_reporter(reporter[1])
        and is_known_place(place_of(opening[reporter.end() :]))
    ):
        found, start = replace(found, agency=reporter[1]), reporter.end()
    return _placed(found, opening, start)


def _placed(found: Parts, opening: str, start: int) -> tuple[Parts, int]:
    """With the place that stands at `start`, or the agency that it turns out to be."""
    pointed = _POINTED.match(opening, start)
    if pointed and may_sign(pointed[2]):  # `Washington.EFE. El …`
        return replace(found, place=pointed[1], agency=pointed[2]), pointed.end()
    place = place_of(opening[start:])
    town, _, month = place.rpartition(" ")
    if town and _A_DAY.match(opening, start + len(place)) and is_month(f"{month} 2020"):
        place = town  # `Addis Ababa March 9/2021 (NEWS)`
    at = start + len(place)
    if paired := _paired(place, opening, at):
        place, at = opening[start:paired], paired
    if more := _SHORT_WORDS.match(opening, at):
        return replace(found, place=place), more.end()
    if place and is_caseless(place) and (preposition := re.search(r"\sفي$", place)):
        place = place[: preposition.start()]  # `الدوحة في 3 مايو`
    is_signature = bool(place) and found.agency is None
    is_signature = is_signature and (place.isupper() or is_caseless(place)) and may_sign(place)
    is_signature = is_signature and not is_known_place(place)  # `LONDON / AP —`
    if is_signature and (dash := DASH.match(opening, at)):
        found = replace(found, agency=place)
        if not _begins_dateline(opening[dash.end() :]):
            return found, at
        place = place_of(opening[dash.end() :])  # `AGI - Roma, 3 mag. -`
        return replace(found, place=place), dash.end() + len(place)
    return _signed_within(replace(found, place=place)), at


def _signed_within(found: Parts) -> Parts:
    """With the agency that the last words of the place are, or the first: `London CNN –`."""
    if found.agency is not None or not found.place:
        return found
    for town, _, signed in (found.place.rpartition("/"), found.place.rpartition("-")):
        name = signed.strip()  # `Malmö/TT.`, `ANKARA-AA …`
        if town and name.isupper() and is_agency(name) and not is_known_place(name):
            return replace(found, place=town.rstrip(), agency=name, has_brackets=True)
    signed, _, town = found.place.partition("-")
    if town and signed.isupper() and is_agency(signed) and is_known_place(town):
        return replace(found, place=town, agency=signed)  # `APA-Dakar (Sénégal) Le …`
    words = found.place.split(" ")
    for count in range(1, min(len(words), 3)):
        last = " ".join(words[-count:])
        if may_sign(last) or (is_caseless(last) and is_reporter(last)):
            return replace(found, place=" ".join(words[:-count]), agency=last)
    return found


def _day_first(found: Parts, opening: str, start: int) -> tuple[Parts, int] | None:
    """A day and its place, where an agency follows: `3 мая, Минск /Корр. БЕЛТА/`; or no place."""
    day = DAY.match(opening, start)
    if day is None or not reads_as_day(day[0]):
        return None
    begins_with_day = day[0][0].isdigit() or is_month(f"{day[0].split()[0].rstrip('.')} 2020")
    if begins_with_day and (signed := _DAY_SIGNED.match(opening, day.end())):  # `June 3 (UPI) --`
        name = signed[1] or signed[2]
        is_whole = may_sign(name) and found.agency is None
        said = replace(found, agency=name, date_text=day[0], has_brackets=True)
        return (said, signed.end()) if is_whole else None
    dash = DASH.match(opening, day.end())
    if begins_with_day and dash and _begins_dateline(opening[dash.end() :]):
        place = place_of(opening[dash.end() :])  # `Mar. 31—WATERTOWN — …`
        is_placed = is_known_place(place) or (is_capitals(place) and not is_caseless(place))
        said = replace(found, place=place, date_text=day[0])
        return (said, dash.end() + len(place)) if is_placed else None
    if not opening.startswith(", ", day.end()):
        return None
    place = place_of(opening[day.end() + 2 :])
    at = day.end() + 2 + len(place)
    is_followed = place and BRACKETS.match(opening, at)
    return (replace(found, place=place, date_text=day[0]), at) if is_followed else None


def _paired(place: str, opening: str, at: int) -> int | None:
    """Where the second of two places ends: `LYON–PARIS:`, and no `Bern – Basel 2:1`."""
    dash = _PAIR.match(opening, at)
    if dash is None or not is_known_place(place):
        return None
    second = place_of(opening[dash.end() :])
    end = dash.end() + len(second)
    is_pair = is_capitals(second) == is_capitals(place) and is_known_place(second)
    return end if is_pair and re.match(r":\s|\s\(|\s?[–—-]\s", opening[end:]) else None


def _is_dated(behind: str) -> bool:
    day = DAY.match(behind, 2)
    return behind.startswith(", ") and day is not None and reads_as_day(day[0])


def _begins_dateline(text: str) -> bool:
    place = place_of(text)
    following = text[len(place) : len(place) + 3]
    return (
        bool(place)
        and (is_capitals(place) or is_known_place(place) or _is_dated(text[len(place) :]))
        and (re.match(r",|\s?[-–—]|\s\(", following) is not None)
    )
