"""Where a dateline ends: at a dash, or at a lesser mark where its parts allow one."""

import re

from crawler.extract.datelines.countries import is_country
from crawler.extract.datelines.judge import COLON_LANGUAGES
from crawler.extract.datelines.marks import DASH, STOP
from crawler.extract.datelines.parts import Parts, is_capitals, is_caseless
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.datelines.place_witness import Setting

_GLUED = re.compile(r"\s*:(?=\w)")  # `KYIV (NEWS) :The …`
# `КИЕВ, 3 мая – РИА Новости, Иван Ветров. …`
_COMMA = re.compile(r",\s(?:[^\W\d_a-zа-яё][\w-]+\s[^\W\d_a-zа-яё][\w-]+\.\s(?=\S))?")
_EQUALS = re.compile(r"\s=\s(?=\S)")  # `Wien (NEWS) = Der …`
_SLASH = re.compile(r"\s?/\s(?=\S)")  # `Baku, 3 May. NEWS/ The …`
_POINT_LANGUAGES = frozenset(("de",))
"""Languages whose papers close one in small letters with a full stop: `Köln. Der …`."""


def end_of(opening: str, at: int, found: Parts, setting: Setting) -> int | None:
    """Where the dateline's end mark ends; None where it has none."""
    is_closed = found.has_brackets or found.date_text or (found.agency and found.place)
    is_signed = found.date_text and found.agency
    closing = [DASH]
    if is_closed:
        closing += [STOP, _EQUALS]
    if is_signed:
        closing += [_COMMA, _SLASH]
    if is_closed and (found.has_brackets or is_caseless(found.place)):
        closing += [_GLUED]
    for mark in closing:
        if closed := mark.match(opening, at):
            return closed.end()
    if found.has_brackets and re.match(r"\s*[\w„“\"«]", opening[at:]):
        return at + len(opening[at:]) - len(opening[at:].lstrip())  # `Vienna (APA) The …`
    is_whole = found.date_text and re.search(r"\d{4}$", found.date_text)
    if is_whole and re.match(r"\s[^\W\d_]", opening[at:]) and is_known_place(found.place):
        return at + 1  # `Palermo, 15 maggio 2019 Il …`
    stop = STOP.match(opening, at)
    if stop is None and is_caseless(found.place):
        stop = _GLUED.match(opening, at)
    can_end = stop is not None and _can_end(stop[0].rstrip(), found, setting.language)
    return stop.end() if stop and can_end else None


def _can_end(mark: str, found: Parts, language: str | None) -> bool:
    """Whether `mark` closes a place without agency or date in this language's press."""
    place = found.place
    if mark[0].isspace() and language is None and not is_caseless(place):
        return False  # `Paris : la ville …`
    mark = mark.strip()
    if mark == "|":
        is_stated = bool(found.wider) and is_country(found.wider[-1])
        return is_stated or is_capitals(place)  # `Kampala, Uganda | The …`, `HELSINKI | The …`
    if mark == ":":
        is_sure = is_known_place(place, language) and (language is None or is_capitals(place))
        return language in COLON_LANGUAGES or is_sure or (language is None and is_capitals(place))
    if mark == "।":
        return True
    is_stated = bool(found.wider) and is_country(found.wider[-1]) and is_known_place(place)
    return mark == "." and (language in _POINT_LANGUAGES or is_capitals(place) or is_stated)
