"""The opening of a news report: `BEIRUT, LEBANON (5:35 P.M.) –`, as a small grammar.

    dateline  = [lead] place {part} end  |  "(" place {part} ")"  |  agency end
    lead      = an agency: "(AP) –", "TASS,"
    place     = words in capitals, or capitalised words, or up to three of a script without case
    part      = ("," | "." | "|" | dash | "(" … ")" | "/" … "/") (time | date | agency | wider)
    end       = a dash; or ":", "." or "|" after a date, an agency or brackets

What a part is follows from its own form: a time has a colon or `p.m.`, a date a month or three
numbers, an agency is known by name or stands in brackets or slashes, all else is a wider place.
The grammar proposes; `dateline_judge` decides, by what else bears witness. Openings of the
Chinese, Japanese and Korean press have a grammar of their own, in `dateline_asia`.
"""

import datetime as dt
import re
from dataclasses import replace

from archive import Dateline
from crawler.extract.agencies import is_agency
from crawler.extract.countries import is_country, is_region
from crawler.extract.dateline_asia import read_east_asian
from crawler.extract.dateline_day import DAY, HIJRI, MONTH_DAY, day_of, is_month
from crawler.extract.dateline_judge import (
    CODE,
    COLON_LANGUAGES,
    MAX_WORDS,
    is_likely,
    is_likely_line,
)
from crawler.extract.dateline_parts import Parts, cased, is_capitals, is_caseless
from crawler.extract.dateline_place import place_of
from crawler.extract.dateline_signature import (
    QUOTES,
    barred,
    signed_at_end,
    signed_in_small_letters,
)
from crawler.extract.place_names import is_known_place
from crawler.extract.place_witness import Setting, is_label, is_outlet
from crawler.extract.unseen import shown, written_length

MAX_CHARS = 140
"""No dateline is longer, in characters."""
_MAX_PARTS = 8

_DASH = re.compile(r"\s*\.?\s?(?:—|–|―|‒|-{2,3}|-|[‐‑−]|_(?=\s)|(?<=\s)ـ(?=\s))\s*(?=\S)")
_STOP = re.compile(r"\s*[.:|]\s+(?=\S)")
_BRACKETS = re.compile(r"[.,]?\s*(?:\(\s?([^()]{1,60}?)\s?\)|\[([^\[\]]{1,60})\]|/([^/]{1,40})/)")
_SEPARATOR = re.compile(r"\s*(?:[,،]|\.(?=\s)|\|)\s*(?=[^\s\d(/[])|\s*[,،.|]?\s*(?=\d)|\s*,\s")
_WORDS = re.compile(
    r"[^,،()/\[\]|—–―:]{1,40}?(?=\s*(?:[,،(\[/|:—–―]|\s-|--|\.\s?[-–—]|\.\s|\.?$|-\s))"
)
_COMMA = re.compile(r",\s")
_BYLINE = re.compile(
    r"(?:[A-ZÇĞİÖŞÜ][a-zçğıöşü]+\s){1,3}(?:[A-ZÇĞİÖŞÜ]{2,}\s?)?/\s?"
    r"(?=[A-ZÇĞİÖŞÜ]{3,}(?:\s\(|,\s\())"
)
_INSIDE = re.compile(r"\(([^()]{2,50})\)")
_TITLE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+")
_SHORTENED = re.compile(r"\.(?=\s?[,(/—–-]|$)")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>[ap])?(?:\.?\s?m\b\.?)?"
    r"(?:\s(?:uhr|local(?:\stime)?|gmt|utc|[a-z]{3,4}))?\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}[^,()—–-]{0,14}?(?=\s*[,(—–-])")
_DAY_ONLY = re.compile(r"\d{1,2}(?=\s?[(-])")
_BRACKETED = re.compile(r"[(\[]\s?([^()\[\]]{3,80}?)\s?[)\]]\s*")
_AGENCY = re.compile(r"[^\W\d_][\w&.' /«»-]{1,30}")
_STATION = re.compile(
    r"(?:[A-Z]{1,5}[ /-]?)+\d{1,2}|\d{1,2}\s?[A-Z][A-Za-z]{2,8}|[A-Z][a-z]{2,12}\d{1,2}"
)
"""How a broadcaster with a channel's number signs: `(FOX 9)`, `(7News)`, `(Kurdistan24)`."""
_SHORT_WORDS = re.compile(r"\s(?:a\.\s?[dM]\.|i\.\s?Br\.?|am\s[A-Z][a-zäöü]+|im\s[A-Z][a-zäöü]+)")
"""What tells a German town from another of its name: `Frankfurt a. M.`"""
_POINT_LANGUAGES = frozenset(("de",))
"""Languages whose papers close one in small letters with a full stop: `Köln. Der …`."""


def read_dateline(
    text: str, published_on: dt.date | None = None, setting: Setting | None = None
) -> Dateline | None:
    """The dateline that the paragraph `text` opens with; None where it opens with none.

    `raw` is the dateline as written, so that `text[len(raw):]` is the report. A date without a
    year gets that of `published_on`'s neighbourhood, and stays unknown without it. `setting` is
    what the rest of the page knows of places; without it only the opening itself is judged.
    """
    found = _read(shown(text), published_on, setting or Setting(), is_alone=False)
    return _as_written(found, text)


def read_place_line(
    text: str, published_on: dt.date | None = None, setting: Setting | None = None
) -> Dateline | None:
    """The dateline that the whole paragraph `text` is, above the report: `Köln -`; or None."""
    if len(text) > MAX_CHARS:
        return None
    found = _read(shown(text).rstrip(), published_on, setting or Setting(), is_alone=True)
    return _as_written(found, text)


def _as_written(found: Dateline | None, text: str) -> Dateline | None:
    """`found`, read in what `text` shows, with `raw` as it stands in `text`."""
    if found is None or shown(text) == text:
        return found
    return replace(found, raw=text[: written_length(text, len(found.raw))])


def _read(
    text: str, published_on: dt.date | None, setting: Setting, *, is_alone: bool
) -> Dateline | None:
    opening = text[: MAX_CHARS + 1]
    if east_asian := read_east_asian(text, published_on):
        return east_asian if is_alone == (east_asian.raw == text) else None
    found, at = _parts(opening)
    if enclosed := _enclosed(opening, setting):
        found, at = enclosed
    if is_alone:
        rest = opening[at:].strip()
        if not is_likely_line(found, rest, setting):
            return None
        return _dateline(found, text, published_on, setting.language)
    end = _end(opening, at, found, setting)
    if end is None or end >= len(text):
        return None
    if not is_likely(found, opening[at:end], text[end:], setting):
        return None
    return _dateline(found, text[:end].rstrip(), published_on, setting.language)


def _parts(opening: str) -> tuple[Parts, int]:
    """What the parts of `opening` say, and where they end."""
    found, at = _head(opening)
    found, at = signed_in_small_letters(found, opening, at)
    for _ in range(_MAX_PARTS):
        step = (
            barred(found, opening, at)
            or _bracketed(found, opening, at)
            or _separated(found, opening, at)
        )
        step = step or _behind_dash(found, opening, at)
        if step is None:
            break
        found, at = step
    found, at = signed_at_end(found, opening, at)
    if found.agency is None and is_agency(found.place):  # `TASS, Moscow, 3 May`
        place, *wider = found.wider or ("",)
        found = replace(found, place=place, wider=tuple(wider), agency=found.place)
    return found, at


def _head(opening: str) -> tuple[Parts, int]:
    """The place, with an agency before it or as its last words."""
    found, start = Parts(), 0
    lead = re.match(r"\(\s?([^()]{2,30}?)\s?\)\s?(?:-|–|—)?\s*", opening)
    if lead:
        signed = Parts(agency=lead[1], has_brackets=True)
        if not is_agency(lead[1]) or not _begins_dateline(opening[lead.end() :]):
            return signed, opening.index(")") + 1
        found, start = signed, lead.end()
    if byline := _BYLINE.match(opening, start):  # `Ömer Yılmaz / ANKARA, (DHA) -`
        start = byline.end()
    if dated := _day_first(found, opening, start):
        return dated
    place = place_of(opening[start:])
    at = start + len(place)
    if more := _SHORT_WORDS.match(opening, at):
        return replace(found, place=place), more.end()
    if place and is_caseless(place) and (preposition := re.search(r"\sفي$", place)):
        place = place[: preposition.start()]  # `الدوحة في 3 مايو`
    is_signature = place.isupper() and is_agency(place) and found.agency is None
    if is_signature and (dash := _DASH.match(opening, at)):
        found = replace(found, agency=place)
        if not _begins_dateline(opening[dash.end() :]):
            return found, at
        place = place_of(opening[dash.end() :])  # `AGI - Roma, 3 mag. -`
        return replace(found, place=place), dash.end() + len(place)
    return _signed_within(replace(found, place=place)), at


def _signed_within(found: Parts) -> Parts:
    """With the agency that the last words of the place are: `London CNN –`."""
    words = found.place.split(" ")
    for count in (1, 2):
        last = " ".join(words[-count:])
        if len(words) > count and found.agency is None and is_agency(last):
            return replace(found, place=" ".join(words[:-count]), agency=last)
    return found


def _day_first(found: Parts, opening: str, start: int) -> tuple[Parts, int] | None:
    """A day and its place, where an agency follows: `3 мая, Минск /Корр. БЕЛТА/`."""
    day = DAY.match(opening, start)
    if day is None or not opening.startswith(", ", day.end()) or not _reads_as_day(day[0]):
        return None
    place = place_of(opening[day.end() + 2 :])
    at = day.end() + 2 + len(place)
    is_followed = place and _BRACKETS.match(opening, at)
    return (replace(found, place=place, date_text=day[0]), at) if is_followed else None


def _begins_dateline(text: str) -> bool:
    place = place_of(text)
    following = text[len(place) : len(place) + 3]
    return (
        bool(place)
        and (is_capitals(place) or is_known_place(place))
        and (re.match(r",|\s?[-–—]|\s\(", following) is not None)
    )


def _bracketed(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    match = _BRACKETS.match(opening, at)
    if match is None or not at:
        return None
    inside = match[1] or match[2] or match[3]
    whole = replace(found, has_brackets=True)
    if found.agency is None and is_agency(inside):
        return replace(whole, agency=inside.strip()), match.end()
    if _reads_as_day(inside) and not found.date_text:
        return replace(whole, date_text=inside), match.end()
    said = whole
    for part in inside.split(","):
        said = _with_part(said, part.strip(), is_bracketed=True) or said
    return (said, match.end()) if said != whole else None


def _separated(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    separator = _SEPARATOR.match(opening, at)
    if separator is None or not at:
        return None
    start = separator.end()
    if timed := _timed(found, opening, start, is_listed="," in separator[0]):
        return timed
    words = _WORDS.match(opening, start)
    if words is None or not separator[0].strip():
        return None
    end = words.end() + (_SHORTENED.match(opening, words.end()) is not None)  # `Mont.`
    following = _with_part(found, opening[start:end].strip(), is_bracketed=False)
    if following is not None and separator[0].strip() == ".":  # only so much goes on behind it
        is_named = following.wider != found.wider or following.agency != found.agency
        following = None if is_named and not is_agency(following.agency or "") else following
    return (following, end) if following is not None else None


def _timed(found: Parts, opening: str, start: int, *, is_listed: bool) -> tuple[Parts, int] | None:
    """The date or the time of day that stands at `start`."""
    if hijri := HIJRI.match(opening, start - 1):
        start = hijri.end()
    day = MONTH_DAY.match(opening, start)
    if day is None or not is_month(f"{day['month']} 2020"):
        day = DAY.match(opening, start)
    if day and not found.date_text and _reads_as_day(day[0]):
        return replace(found, date_text=day[0].strip()), day.end()
    clock = _CLOCK.match(opening, start)
    if clock and (time := _local_time(clock[0].strip())) is not None:
        return replace(found, local_time=time), clock.end()
    if found.place and is_listed and (day_only := _DAY_ONLY.match(opening, start)):
        return replace(found, date_text=day_only[0]), day_only.end()  # `MADRID, 3 (…)`
    return None


def _behind_dash(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    """An agency or a date behind a dash, where that closes again: `КИЕВ, 3 мая – РИА Новости.`."""
    dash = _DASH.match(opening, at)
    if dash is None or not found.place:
        return None
    start = dash.end()
    if not found.agency:
        inside, words = _INSIDE.match(opening, start), _WORDS.match(opening, start)
        if inside and is_agency(signed := inside[1].split(" - ")[0]):  # `(Newsfile - May 3, 2024)`
            return replace(found, agency=signed, has_brackets=True), inside.end()
        if words and is_agency(name := words[0].strip(QUOTES)):
            return replace(found, agency=name), words.end()
    day = DAY.match(opening, start)
    if day and not found.date_text and _reads_as_day(day[0]):
        closing = (mark.match(opening, day.end()) for mark in (_DASH, _STOP, _BRACKETS))
        if any(closing):
            return replace(found, date_text=day[0].strip()), day.end()
    return None


def _with_part(found: Parts, part: str, *, is_bracketed: bool) -> Parts | None:
    """`found` with what `part` says; None where it can be no part of a dateline."""
    if (time := _local_time(part)) is not None:
        return replace(found, local_time=time)
    if not found.agency and is_agency(part.strip(".")):
        return replace(found, agency=part.strip("."))
    named, _, signed = part.rpartition(" ")
    if not found.agency and is_agency(signed) and is_country(named):  # `Seoul, South Korea CNN —`
        return replace(found, wider=(*found.wider, named), agency=signed)
    if is_bracketed and not found.agency and _STATION.fullmatch(part):
        return replace(found, agency=part)
    if re.search(r"\d", part):
        is_day = not found.date_text and _reads_as_day(part)
        return replace(found, date_text=part) if is_day else None
    is_wider = is_country(part) or (is_region(part) and not (is_bracketed and len(part) < 3))
    return _with_name(found, part, is_wider=is_wider, is_bracketed=is_bracketed)


def _with_name(found: Parts, name: str, *, is_wider: bool, is_bracketed: bool) -> Parts | None:
    """`found` with `name`, which is no known agency's: a wider place, or an agency after all."""
    if is_label(name) and not (is_bracketed and is_outlet(name)):  # `LONDON, Sunday, …`
        return None if is_bracketed else found
    if is_bracketed:
        is_town = not (is_capitals(found.place) or found.date_text)
        is_wider = is_wider or bool(is_town and _TITLE.fullmatch(name))
        is_signature = name[:1].isupper() or is_caseless(name) or bool(CODE.fullmatch(name))
    else:
        is_wider = is_wider or (not found.date_text and place_of(name) == name.rstrip("."))
        is_stated = bool(found.wider) and is_country(found.wider[-1])  # `KINGSTON, Jamaica, CMC –`
        is_signature = (found.date_text is not None or is_stated) and name.isupper()
    if is_wider:
        is_third = len(found.wider) >= 2
        return None if is_third else replace(found, wider=(*found.wider, name))
    is_signature = is_signature and len(name.split()) <= MAX_WORDS
    can_sign = is_signature and not found.agency and _AGENCY.fullmatch(name)
    return replace(found, agency=name) if can_sign else None


def _reads_as_day(text: str) -> bool:
    return is_month(text) or day_of(text, dt.date(2020, 2, 29)) is not None


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


def _enclosed(opening: str, setting: Setting) -> tuple[Parts, int] | None:
    """A place with its date, or a known one, all in brackets: `(Modena, 3 maggio 2022)`."""
    match = _BRACKETED.match(opening)
    if match is None:
        return None
    found, at = _parts(match[1])
    if at != len(match[1]) or not found.place or is_label(found.place):
        return None
    if found.date_text:
        return replace(found, has_brackets=True), match.end()
    is_known = is_known_place(found.place, setting.language) or setting.names_place(found.place)
    is_bare = found == Parts(place=found.place) and is_known
    is_closed = _DASH.match(opening, len(opening[: match.end()].rstrip())) is not None
    is_french = setting.language == "fr" and not is_agency(found.place)  # `(Montréal) Le …`
    if is_bare and (is_closed or is_french):
        return replace(found, has_brackets=True), len(opening[: match.end()].rstrip())
    return None


def _end(opening: str, at: int, found: Parts, setting: Setting) -> int | None:
    """Where the dateline's end mark ends; None where it has none."""
    if dash := _DASH.match(opening, at):
        return dash.end()
    is_closed = found.has_brackets or found.date_text or (found.agency and found.place)
    if is_closed and (stop := _STOP.match(opening, at)):
        return stop.end()
    if found.date_text and found.agency and (comma := _COMMA.match(opening, at)):
        return comma.end()  # `КИЕВ, 3 мая – РИА Новости, …`
    if found.has_brackets and re.match(r"\s*[\w„“\"«]", opening[at:]):
        return at + len(opening[at:]) - len(opening[at:].lstrip())  # `Vienna (APA) The …`
    stop = _STOP.match(opening, at)
    can_end = stop is not None and _can_end(stop[0].strip(), found, setting.language)
    return stop.end() if stop and can_end else None


def _can_end(mark: str, found: Parts, language: str | None) -> bool:
    """Whether `mark` closes a place without agency or date in this language's press."""
    place = found.place
    if mark == "|":
        is_stated = bool(found.wider) and is_country(found.wider[-1])
        return is_stated or is_capitals(place)  # `Kampala, Uganda | The …`, `HELSINKI | The …`
    if mark == ":":
        return language in COLON_LANGUAGES or (language is None and is_capitals(place))
    is_stated = bool(found.wider) and is_country(found.wider[-1]) and is_known_place(place)
    return mark == "." and (language in _POINT_LANGUAGES or is_capitals(place) or is_stated)


def _dateline(
    found: Parts, raw: str, published_on: dt.date | None, language: str | None
) -> Dateline:
    wider = [cased(part, is_wider=True) for part in found.wider]
    country = wider.pop() if wider and is_country(wider[-1]) else None
    return Dateline(
        raw=raw,
        place=cased(found.place, is_turkish=language == "tr") or None,
        region=", ".join(wider) or None,
        country=country,
        agency=found.agency,
        date=day_of(found.date_text, published_on) if found.date_text else None,
        local_time=found.local_time,
    )
