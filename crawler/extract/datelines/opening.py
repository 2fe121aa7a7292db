"""The opening of a news report: `BEIRUT, LEBANON (5:35 P.M.) –`, as a small grammar.

    dateline  = [lead] place {part} end  |  "(" place {part} ")"  |  agency end
    lead      = an agency: "(AP) –", "TASS,"
    place     = words in capitals, or capitalised words, or up to three of a script without case
    part      = ("," | "." | "|" | dash | "(" … ")" | "/" … "/") (time | date | agency | wider)
    end       = a dash; or ":", ".", "|" or "=" after a date, an agency or brackets

What a part is follows from its own form: a time has a colon or `p.m.`, a date a month or three
numbers, an agency is known by name or stands in brackets or slashes, all else is a wider place.
`grammar` proposes; `judge` decides, by what else bears witness. Openings of the Chinese, Japanese
and Korean press have a grammar of their own, in `asia`; what markup alone sets off is in `set_off`.
"""

import datetime as dt
import re
from dataclasses import replace

from archive import Dateline
from crawler.extract.agencies import may_sign
from crawler.extract.datelines.asia import read_east_asian
from crawler.extract.datelines.countries import is_country, is_country_around
from crawler.extract.datelines.day import DAY, day_of, is_long_past
from crawler.extract.datelines.end import end_of
from crawler.extract.datelines.grammar import parts_of
from crawler.extract.datelines.judge import is_likely, is_likely_line
from crawler.extract.datelines.labels import is_label
from crawler.extract.datelines.marks import DASH
from crawler.extract.datelines.parts import Parts, cased, is_capitals
from crawler.extract.datelines.place import may_be_named, place_of
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.datelines.place_witness import Setting
from crawler.extract.datelines.preface import behind_preface
from crawler.extract.datelines.unseen import shown, written_length

MAX_CHARS = 140
"""No dateline is longer, in characters."""
_BRACKETED = re.compile(r"[(\[]\s?([^()\[\]]{3,80}?)\s?[)\]]\s*")


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


def read_stated(text: str, published_on: dt.date | None, setting: Setting) -> Dateline | None:
    """The dateline that `text` is, which the page itself calls one; None where it is another thing.

    Many elements of that name hold the hour of publication or the reporter.
    """
    opening = shown(text).strip(" -–—:|,")
    found, at = parts_of(opening)
    place = found.place
    is_whole = at >= len(opening.rstrip(". ")) and bool(place) and not is_label(place)
    is_placed = is_known_place(place, setting.language) or setting.names_place(cased(place))
    is_placed = is_placed or is_capitals(place) or any(map(is_country, found.wider))
    is_state = is_country(place) and found == Parts(place=place)  # what systems fill in themselves
    if not is_whole or not is_placed or is_state or DAY.match(opening):
        return None
    return _dateline(found, text, published_on, setting.language)


def _as_written(found: Dateline | None, text: str) -> Dateline | None:
    """`found`, read in what `text` shows, with `raw` as it stands in `text`."""
    if found is None or shown(text) == text:
        return found
    return replace(found, raw=text[: written_length(text, len(found.raw))])


def _read(
    text: str, published_on: dt.date | None, setting: Setting, *, is_alone: bool
) -> Dateline | None:
    if east_asian := read_east_asian(text, published_on):
        return east_asian if is_alone == (east_asian.raw == text) else None
    found = _opened(text, published_on, setting, is_alone=is_alone)
    return found or (None if is_alone else _behind_preface(text, published_on, setting))


def _behind_preface(text: str, published_on: dt.date | None, setting: Setting) -> Dateline | None:
    """The dateline behind a byline; since that is a name too, only one that is beyond doubt."""
    in_capitals = None
    for start in behind_preface(text):
        found = _opened(text[start:], published_on, setting, is_alone=False)
        if found is None or found.agency is None or not may_sign(found.agency):
            continue
        name = place_of(text[start:])
        whole = replace(found, raw=text[:start] + found.raw)
        if is_capitals(name):
            in_capitals = whole  # the last such: `By ANN LEE RENO (AP)`
        is_mixed = any(word.isupper() for word in name.split())  # `Jane Doe LONDON (AP)`
        is_known = is_known_place(name, setting.language) and (is_capitals(name) or not is_mixed)
        if is_known or not name:
            return whole
    return in_capitals


def _opened(
    text: str, published_on: dt.date | None, setting: Setting, *, is_alone: bool
) -> Dateline | None:
    """The dateline with whose first letter `text` begins."""
    opening = text[: MAX_CHARS + 1]
    if not may_be_named(opening):
        return None
    found, at = parts_of(opening)
    if enclosed := _enclosed(opening, setting):
        found, at = enclosed
    if is_alone:
        rest = opening[at:].strip()
        if not is_likely_line(found, rest, setting):
            return None
        return _dateline(found, text, published_on, setting.language)
    end = end_of(opening, at, found, setting)
    if end is None or end >= len(text) or _is_story(found, published_on):
        return None
    if not is_likely(found, opening[at:end], text[end:], setting):
        return None
    return _dateline(found, text[:end].rstrip(), published_on, setting.language)


def _is_story(found: Parts, published_on: dt.date | None) -> bool:
    """Whether its bare day is of another time: `Berlin, November 1989. Ein Mann …`."""
    is_bare = not (found.has_brackets or found.wider or found.agency)
    return is_bare and is_long_past(found.date_text or "", published_on)


def _enclosed(opening: str, setting: Setting) -> tuple[Parts, int] | None:
    """A place with its date, or a known one, all in brackets: `(Modena, 3 maggio 2022)`."""
    match = _BRACKETED.match(opening)
    if match is None:
        return None
    found, at = parts_of(match[1])
    if at != len(match[1]) or not found.place or is_label(found.place):
        return None
    if found.date_text:
        return replace(found, has_brackets=True), match.end()
    is_known = is_known_place(found.place, setting.language) or setting.names_place(found.place)
    is_bare = found == Parts(place=found.place) and is_known
    is_closed = DASH.match(opening, len(opening[: match.end()].rstrip())) is not None
    is_french = setting.language == "fr" and not may_sign(found.place)  # `(Montréal) Le …`
    if is_bare and (is_closed or is_french):
        return replace(found, has_brackets=True), len(opening[: match.end()].rstrip())
    return None


def _dateline(
    found: Parts, raw: str, published_on: dt.date | None, language: str | None
) -> Dateline:
    wider = [cased(part, is_wider=True) for part in found.wider]
    is_stated = bool(wider) and is_country_around(found.place, wider[-1])
    country = wider.pop() if is_stated else None
    return Dateline(
        raw=raw,
        place=cased(found.place, is_turkish=language == "tr") or None,
        region=", ".join(wider) or None,
        country=country,
        agency=found.agency,
        date=day_of(found.date_text, published_on) if found.date_text else None,
        local_time=found.local_time,
    )
