"""The parts of a dateline, one behind the other: agency, day, time of day, wider places."""

import datetime as dt
import re
from dataclasses import replace

from crawler.extract.agencies import is_agency, is_reporter, is_short_for_paper, may_sign
from crawler.extract.datelines.countries import is_country, is_region, is_state_code
from crawler.extract.datelines.day import DAY, HIJRI, MONTH_DAY, is_month, reads_as_day
from crawler.extract.datelines.head import head_of
from crawler.extract.datelines.judge import CODE, MAX_WORDS, STATION
from crawler.extract.datelines.labels import is_label, is_outlet, is_weekday
from crawler.extract.datelines.marks import BRACKETS, DASH, STOP
from crawler.extract.datelines.parts import Parts, is_capitals, is_caseless
from crawler.extract.datelines.place import SIGNS, place_of
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.datelines.signature import (
    QUOTES,
    barred,
    signed_at_end,
    signed_in_small_letters,
)

_MAX_PARTS = 8
_SEPARATOR = re.compile(r"\s*(?:[,،;]|\.(?=\s)|\|)\s*(?=[^\s\d(/[])|\s*[,،.|/]?\s*(?=\d)|\s*,\s")
_WORDS = re.compile(
    r"[^,،()/\[\]|—–―:]{1,40}?"
    r"(?=\s*(?:[,،(\[/|:—–―]|\s-|--|\.\s?[-–—]|(?<!\.[A-Z])(?<!\bSt)\.\s|\.?$|-\s))"
)
_STATE = re.compile(r"[A-Z][A-Z&/]{1,3}|[A-Z][a-z]{2,4}")
_DAY_BEHIND = re.compile(r",?\s(?:[A-Z][a-z]{2,8}\s\d|\d{1,2}\s[A-Z])")
_INSIDE = re.compile(r"\(([^()]{2,50})\)")
_NAMED = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
"""A name of few words: `Rafah (Territoires palestiniens) (AFP) –`."""
_JOINED = re.compile(r"/|,?\s(?:and|et|und|y|e|en|и)\s")
_WITH_DAY = re.compile(r"(.+)\s[-/]\s(.*\d.*)")
_DAY_BEHIND_AGENCY = re.compile(r"\s?([^/()–—-]{5,24}?)\s?(?:/(?=\s)|(?=--|[–—]|\s-\s))")
_MONTH_BEHIND = re.compile(rf"\s{MONTH_DAY.pattern}")
_REVISED = re.compile(
    r"\s\((?:\d(?:st|nd|rd|th)\s)?(?:UPDATED?|Updated?|CORRECTED|Corrected)(?:\s\d)?\)"
)
"""What tells a later edition of a report from the first: `MANILA (2nd UPDATE) —`."""
_SHORTENED = re.compile(r"\.(?=\s?[,(/—–-]|$)")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>[ap])?(?:\.?\s?m\b\.?)?"
    r"(?:\s?(?P<clock>uhr|hrs?|hours|h))?"
    r"(?:\s(?:local(?:\stime)?|hora\slocal|heure\slocale|ora\slocale|ortszeit|[a-z]{3,4}))?\.?",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,2}(?:[:.h]\d{2}|\s?(?:Uhr|h)\b)[^,()—–-]{0,14}?(?=\s*[,(—–-])")
_DAY_ONLY = re.compile(r"\d{1,2}(?=\s?[(-])")
_AGENCY = re.compile(rf"[^\W\d_][\w{SIGNS}&.' /«»-]{{1,30}}")


def parts_of(opening: str) -> tuple[Parts, int]:
    """What the parts of `opening` say, and where they end."""
    found, at = head_of(opening)
    found, at = signed_in_small_letters(found, opening, at)
    for _ in range(_MAX_PARTS):
        step = (
            _revised(found, opening, at)
            or barred(found, opening, at)
            or _bracketed(found, opening, at)
            or _second_place(found, opening, at)
            or _separated(found, opening, at)
            or _day_behind(found, opening, at)
        )
        step = step or _behind_dash(found, opening, at)
        if step is None:
            break
        found, at = step
    found, at = signed_at_end(found, opening, at)
    if found.agency is None and (_is_agency_first(found) or _is_signed_first(found)):
        place, *wider = found.wider or ("",)  # `TASS, Moscow, 3 May`
        found = replace(found, place=place, wider=tuple(wider), agency=found.place)
    return found, at


def _is_agency_first(found: Parts) -> bool:
    """Whether the place is an agency after all, and no `NEWPORT NEWS, Va. —`."""
    if is_caseless(found.place) and is_reporter(found.place):
        return bool(found.wider)  # `संवाद सूत्र, रामगंज: …`
    if found.has_brackets or not may_sign(found.place):
        return False
    is_stated = any(is_region(name) or is_country(name) for name in found.wider[:1])
    return is_agency(found.place) or not is_stated


def _is_signed_first(found: Parts) -> bool:
    """Whether initials stand before a place that is one: `PB, Jakarta –`."""
    words = found.place.split()
    is_initials = found.place.isupper() and 2 <= len(found.place) <= 6
    is_initials = is_initials or (len(words) > 1 and words[0].isupper() and len(words[0]) > 3)
    return (
        is_initials
        and bool(found.wider)
        and is_known_place(found.wider[0])
        and not (is_known_place(found.place) or is_region(found.wider[0]))
        and not is_country(found.wider[0])
    )


def _revised(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    note = _REVISED.match(opening, at) if found.place else None
    return (found, note.end()) if note else None


def _bracketed(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    match = BRACKETS.match(opening, at)
    if match is None or not at:
        return None
    inside = match[1] or match[2] or match[3]
    whole = replace(found, has_brackets=True)
    if _STATE.fullmatch(inside) and _DAY_BEHIND.match(opening, match.end()):  # `Mau (UP), May 3 (`
        return replace(found, wider=(*found.wider, inside)), match.end()
    if found.agency is None and (signed := _signed_on_day(whole, inside)):
        return signed, match.end()
    signature = match.end() + opening.startswith(",", match.end())
    if _NAMED.fullmatch(inside) and _is_signed(opening, signature):  # `EDREMİT(Balıkesir), (DHA)-`
        return replace(whole, wider=(*found.wider, inside)), match.end()
    if reads_as_day(inside) and not found.date_text:
        return replace(whole, date_text=inside), match.end()
    said = whole
    for part in inside.split(","):
        said = _with_part(said, part.strip(), is_bracketed=True) or said
    if match[3] and inside.isupper() and said.agency == inside:
        said = replace(said, is_set_off=True)
    if _is_signature(match, found, said):
        said = replace(whole, agency=inside, is_set_off=True)
    return (said, match.end()) if said != whole else None


def _is_signature(match: re.Match[str], found: Parts, said: Parts) -> bool:
    """Whether the brackets behind a comma sign: `Medan, (Analisa)`, no `Medan, (Indonesia)`."""
    is_listed = bool(match[1]) and match[0].startswith(",") and is_known_place(found.place)
    is_name = said.wider[len(found.wider) :] == (match[1],) or said.agency == match[1]
    is_place = (
        is_country(match[1] or "") or is_region(match[1] or "") or is_known_place(match[1] or "")
    )
    return is_listed and is_name and not (found.agency or is_place)


def _separated(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    separator = _SEPARATOR.match(opening, at)
    if separator is None or not at:
        return None
    start = separator.end()
    if not separator[0] and not is_caseless(found.place):
        return None  # `Crime8. February 2023`
    if found.has_brackets and found.agency and separator[0].strip() == ".":
        return None  # `Harbourtown (NEWS). On March 16, …`
    if timed := _timed(found, opening, start, is_listed="," in separator[0]):
        return timed
    words = _WORDS.match(opening, start)
    if words is None or not separator[0].strip():
        return None
    end = words.end() + (_SHORTENED.match(opening, words.end()) is not None)  # `Mont.`
    following = _with_part(found, opening[start:end].strip(), is_bracketed=False)
    if following is not None and separator[0].strip() == ".":  # only so much goes on behind it
        is_named = following.wider != found.wider or following.agency != found.agency
        following = None if is_named and not may_sign(following.agency or "") else following
    return (following, end) if following is not None else None


def _signed_on_day(found: Parts, inside: str) -> Parts | None:
    """With the agency in brackets, and the day that stands with it: `(Newsfile - May 3, 2024)`."""
    dated = _WITH_DAY.fullmatch(inside)
    if dated and may_sign(dated[1]):
        day_text = dated[2] if reads_as_day(dated[2]) else found.date_text
        return replace(found, agency=dated[1], date_text=day_text, has_brackets=True)
    return replace(found, agency=inside.strip(), has_brackets=True) if may_sign(inside) else None


def _is_title(name: str) -> bool:
    """Whether `name` is one word that begins with a capital."""
    return name[:1].isupper() and name[1:].islower() and name.isalpha()


def _second_place(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    """Past a second place, where its country parts the first from it: `LYON, France/BONN`.

    What that place lies in goes with it: `KYIV, Ukraine, and WARSAW, Poland —`.
    """
    joined = _JOINED.match(opening, at) if found.wider else None
    if joined is None:
        return None
    start = joined.end()
    name = place_of(opening[start:])
    if is_capitals(name) != is_capitals(found.place) or not is_known_place(name):
        return None
    end = start + len(name)
    words = _WORDS.match(opening, end + 2) if opening.startswith(", ", end) else None
    is_wider = words is not None and (is_country(words[0]) or is_region(words[0]))
    return found, words.end() if words is not None and is_wider else end


def _day_behind(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    """With the day right behind an agency: `OSLO / NEWS / May 3, 2024 / The …`."""
    if found.date_text or not found.place:
        return None
    if _MONTH_BEHIND.match(opening, at):  # `Addis Ababa March 9/2021 (NEWS)`
        return _timed(found, opening, at + 1, is_listed=False)
    if not (found.agency and found.has_brackets):
        return None
    day = _DAY_BEHIND_AGENCY.match(opening, at)
    is_day = day is not None and reads_as_day(day[1])
    return (replace(found, date_text=day[1]), day.end()) if day and is_day else None


def _timed(found: Parts, opening: str, start: int, *, is_listed: bool) -> tuple[Parts, int] | None:
    """The date or the time of day that stands at `start`."""
    if hijri := HIJRI.match(opening, start - 1):
        start = hijri.end()
    day = MONTH_DAY.match(opening, start)
    if day is None or not is_month(f"{day['month']} 2020"):
        day = DAY.match(opening, start)
    country = day[0].partition(" ")[0] if day else ""
    if day and is_country(country):  # `NAIROBI, Kenya May 3 –`
        wider = replace(found, wider=(*found.wider, country))
        return _timed(wider, opening, start + len(country) + 1, is_listed=is_listed)
    if day and not found.date_text and (reads_as_day(day[0]) or _is_signed(opening, day.end())):
        return replace(found, date_text=day[0].strip()), day.end()
    clock = CLOCK.match(opening, start)
    if clock and (time := _local_time(clock[0].strip())) is not None:
        return replace(found, local_time=time), clock.end()
    if found.place and is_listed and (day_only := _DAY_ONLY.match(opening, start)):
        return replace(found, date_text=day_only[0]), day_only.end()  # `MADRID, 3 (…)`
    return None


def _is_signed(opening: str, at: int) -> bool:
    """Whether an agency stands in brackets at `at`, so that a day is one in any language."""
    match = BRACKETS.match(opening, at)
    return match is not None and may_sign(match[1] or match[2] or match[3])


def _behind_dash(found: Parts, opening: str, at: int) -> tuple[Parts, int] | None:
    """An agency or a date behind a dash, where that closes again: `КИЕВ, 3 мая – РИА Новости.`."""
    dash = DASH.match(opening, at)
    if dash is None or not found.place:
        return None
    start = dash.end()
    if not found.agency:
        inside, words = _INSIDE.match(opening, start), _WORDS.match(opening, start)
        signed = _signed_on_day(found, inside[1]) if inside else None
        if inside and signed:
            return signed, inside.end()
        if words and may_sign(name := words[0].strip(QUOTES)):
            return replace(found, agency=name), words.end()
    day = DAY.match(opening, start)
    if day and not found.date_text and reads_as_day(day[0]):
        closing = (mark.match(opening, day.end()) for mark in (DASH, STOP, BRACKETS))
        if any(closing):
            return replace(found, date_text=day[0].strip()), day.end()
    return None


def _with_part(found: Parts, part: str, *, is_bracketed: bool) -> Parts | None:
    """`found` with what `part` says; None where it can be no part of a dateline."""
    if (time := _local_time(part)) is not None:
        return replace(found, local_time=time)
    is_post_code = not is_bracketed and is_state_code(part)  # `NOTTINGHAM, PA. —`, and no agency
    is_name = may_sign(part.strip(".")) and not (is_post_code or is_country(part))
    if not found.agency and is_name:
        return replace(found, agency=part.strip("."))
    named, _, signed = part.rpartition(" ")
    if not found.agency and may_sign(signed) and is_country(named):  # `Seoul, South Korea CNN —`
        return replace(found, wider=(*found.wider, named), agency=signed)
    is_station = is_bracketed and STATION.fullmatch(part) is not None
    is_paper = bool(found.wider) and is_short_for_paper(part)  # `…, Trinidad, Express -`
    if not found.agency and (is_station or is_paper):
        return replace(found, agency=part)
    if re.search(r"\d", part):
        is_day = not found.date_text and reads_as_day(part)
        return replace(found, date_text=part) if is_day else None
    is_wider = is_country(part) or (is_region(part) and not (is_bracketed and len(part) < 3))
    return _with_name(found, part, is_wider=is_wider, is_bracketed=is_bracketed)


def _with_name(found: Parts, name: str, *, is_wider: bool, is_bracketed: bool) -> Parts | None:
    """`found` with `name`, which is no known agency's: a wider place, or an agency after all."""
    is_code = len(name) == 2 and is_region(name)  # `EDMONTON, AB, …`
    if is_weekday(name):  # `LONDON, Sunday,`
        return None if is_bracketed else found
    is_desk = is_bracketed and (is_outlet(name) or is_reporter(name))
    if is_label(name) and not (is_code or is_desk):
        return None
    if is_bracketed:
        is_town = not (is_capitals(found.place) or found.date_text)
        is_wider = is_wider or (is_town and _is_title(name))
        is_signature = name[:1].isupper() or is_caseless(name) or bool(CODE.fullmatch(name))
        is_signature = is_signature or is_reporter(name)
        is_signature = is_signature or (
            name.isalpha() and is_known_place(found.place)
        )  # `(bistum)`
    else:
        is_named = place_of(name) == name.rstrip(".") and not is_reporter(name)
        is_wider = is_wider or (not found.date_text and is_named)
        is_stated = bool(found.wider) and is_country(found.wider[-1])  # `KINGSTON, Jamaica, CMC –`
        is_signature = (found.date_text is not None or is_stated) and name.isupper()
        is_signature = is_signature or (is_caseless(name) and is_reporter(name))
    if is_wider:
        is_third = len(found.wider) >= 2
        return None if is_third else replace(found, wider=(*found.wider, name))
    is_signature = is_signature and len(name.split()) <= MAX_WORDS
    can_sign = is_signature and not found.agency and _AGENCY.fullmatch(name)
    return replace(found, agency=name) if can_sign else None


def _local_time(part: str) -> dt.time | None:
    match = _TIME.fullmatch(part)
    if match is None or not (match["minute"] or match["half"] or match["clock"]):
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
