"""Whether an opening that reads as a dateline is one: `KYIV —` and not `LIVE —`.

An agency known by name, or a date, speaks for itself. Capitals need a long dash and no sign that
they are a label or an initialism. A capitalised name may well be a person or a product: it needs a
country or region behind it, or to be a known place, by the list or by the page's own words.
"""

import re

from crawler.extract.agencies import is_agency, is_reporter, may_sign
from crawler.extract.datelines.countries import is_country, is_region
from crawler.extract.datelines.day import DAY, reads_as_day
from crawler.extract.datelines.labels import is_label, is_situated
from crawler.extract.datelines.parts import (
    Parts,
    cased,
    is_capitals,
    is_caseless,
    is_small,
)
from crawler.extract.datelines.place import place_of
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.datelines.place_witness import Setting
from crawler.extract.datelines.titles import is_title
from crawler.extract.datelines.toponyms import is_made_as_place
from crawler.extract.letters import bare_letters

COLON_LANGUAGES = frozenset(
    (
        "en",
        "ar",
        "ms",
        "id",
        "hi",
        "ur",
        "bn",
        "te",
        "ta",
        "ml",
        "kn",
        "mr",
        "gu",
        "pa",
        "ne",
        "or",
        "as",
    )
)
"""Languages whose papers close a dateline with a colon: `NEW DELHI: The …`."""
_DASHES = frozenset(("-", "–", "—", "--"))
_LABELLING_LANGUAGES = frozenset(("fr",))
"""Languages whose papers set labels in capitals before a hyphen: `ENQUÊTE - `."""
_TOWNS_LANGUAGES = ("en", None)
"""Languages whose papers open reports with small towns in capitals and a dash; labels, in all."""
_DESK_LANGUAGES = frozenset(("ur",))
CODE = re.compile(r"[a-zäöü]{2,4}(?:[/-][a-zäöü]{2,4})?|[KW][A-Z]{3}(?:[ -](?:TV|FM))?")
"""How a reporter or a desk signs in brackets: `(jur)`; or an American station: `(KXYZ)`."""
STATION = re.compile(
    r"(?!(?i:part|teil|partie|parte|folge|episode|day|tag|week|round|page|group|vol|deel|del)\b)"
    r"(?:[A-Z]++(?>(?:[ /-][A-Z]++)*)[ /-]?\d{1,2}|\d{1,2}(?:\s?[A-Z]|[a-z])[A-Za-z]{2,8}"
    r"|[A-Z][a-z]{2,12}\s?\d{1,2}(?:st|nd|rd|th)?|[A-Z]{4})"
)
"""How a broadcaster signs, with a channel's number or four letters: `(FOX 9)`, `(Kurdistan24)`."""
_NUMERAL = re.compile(r"\s(?:X{0,3}(?:IX|IV|V?I{1,3})|XX?|V|X)$")
"""What follows the name of a pope or a king: `Benedikt XVI.`"""
_MATCH = re.compile(r"[^\s:]+(?:\s[^\s:]+)?\s?:\s|\S+\s\d")
"""How a match goes on behind its first side: `Berlin – München 2:1`, `Roma - Lazio: …`."""
_CAPITALS = re.compile(r"[^\W\d_a-zа-яё]{4,}(?:\s[^\W\d_a-zа-яё]{2,})?\s?[.:]\s")
"""How a match goes on behind a side in capitals: `ЗЕНИТ – СПАРТАК. Где …`."""
_FURTHER = re.compile(r"\s?[-–—:]\s")
"""What stands behind the second of several towns: `Köln – Bonn – Koblenz: …`."""
MAX_WORDS = 4
"""A place that nothing else speaks for has no more words."""
_WEEKDAY = 3
"""So short are names of weekdays before a date."""
_SHORTEST = 4
"""Letters of a place in capitals that only brackets speak for: fewer are initials."""
_SHORT = 12
"""Behind any dateline stands a text of so many characters."""
_ADDRESS = re.compile(r"[^.!?]{0,40}\d$")
"""What stands behind a place that is an address: `Mainstreet 5`."""
_OPENING = 80
_SENTENCE = 40
"""What follows a bare title-case place is at least so long, in characters."""


def is_likely(found: Parts, end: str, rest: str, setting: Setting) -> bool:
    """Whether `found`, closed by `end`, opens a report; `rest` is what follows, never empty."""
    place, mark, begins = found.place, end.strip(), rest[0]
    if not place:
        day = DAY.match(rest)
        is_text = not (
            is_small(begins) or (day and reads_as_day(day[0]))
        )  # `NEWS.example - 3 May 2022, 17:30`
        return is_text and _is_likely_signature(found, mark, setting)
    is_name = not (is_label(place) or _NUMERAL.search(place) or _is_abbreviated(found, setting))
    if not is_name or len(rest) < _SHORT:
        return False
    is_signed = found.agency is not None and may_sign(found.agency)
    if not mark:  # `Vienna (APA) The …`
        is_coded = CODE.fullmatch(found.agency or "") is not None and _is_known(place, setting)
        if found.wider and (is_region(found.wider[-1]) or is_country(found.wider[-1])):
            is_coded = is_coded or STATION.fullmatch(found.agency or "") is not None
        is_sure = is_signed or (is_coded and found.has_brackets)  # `Ulm / pm Der …`
        # `(Montréal) Le …`, a form of the French press alone
        is_enclosed = found == Parts(place=place, has_brackets=True) and setting.language == "fr"
        is_sure = is_sure or is_enclosed or found.is_set_off
        is_day = found.is_dated and begins.isupper() and len(rest) >= _SENTENCE
        is_named = not is_caseless(place) or _is_known(place, setting)
        is_day = is_day or (found.has_brackets and found.is_dated and is_named)
        is_sure = is_sure or _is_desk(found, setting)
        return (is_sure and not is_small(begins)) or is_day
    if is_signed or _is_desks(found, mark):
        return True
    if found.is_dated:
        is_open = found.has_brackets or not is_small(begins) or mark != "."
        # `Sun, 03/05/2022 - 16:24`
        is_short = len(place) <= _WEEKDAY and not (found.wider or _is_known(place, setting))
        is_titled = bool(found.wider) and is_capitals(place)  # `MARINE CORPS BASE …, Calif. (`
        is_headed = found.has_brackets and not found.wider and _is_heading_word(place, setting)
        is_short = is_short or is_headed
        return is_open and not is_short and (is_titled or len(place.split()) <= MAX_WORDS)
    # `BERLIN-based`, but `ALGER-Le`
    is_joined = mark == "-" and not end[0].isspace() and not _may_be_joined(place)
    is_apart = end[-1].isspace() and (bool(found.wider) or is_capitals(place))
    is_joined = is_joined and not is_apart  # `Toluca, Méx.- El`, `ORAN- Le`
    is_pair = is_capitals(place) and _CAPITALS.match(rest) is not None
    is_text = not (is_small(begins) or is_joined or is_pair or _is_heading(rest[:_OPENING]))
    return is_text and _is_place(found, mark, rest, setting)


def _is_desk(found: Parts, setting: Setting) -> bool:
    """Whether the brackets hold an outlet, as the Urdu press has it: `لاہور (نیوز ڈیسک) …`."""
    is_urdu = setting.language in _DESK_LANGUAGES and found.agency is not None
    is_town = _is_known(found.place, setting) or is_reporter(found.agency or "")
    return is_urdu and is_caseless(found.place) and is_town


def _is_desks(found: Parts, mark: str) -> bool:
    """Whether a desk opens it and a colon ends it, as in India: `संवाद सूत्र, रामगंज: …`."""
    is_led = found.agency is not None and not found.has_brackets and is_reporter(found.agency)
    is_town = is_caseless(found.place) and len(found.place.split()) < MAX_WORDS
    return is_led and is_town and mark == ":"


def is_likely_line(found: Parts, end: str, setting: Setting) -> bool:
    """Whether a paragraph of its own is a dateline; `end` is what its parts leave over.

    Photo credits and bylines stand alone too: an agency or a date behind two words is too little.
    """
    place, words = found.place, len(found.place.split())
    if not place or is_label(place) or words > MAX_WORDS:
        return False
    is_known = _is_known(place, setting)
    if re.fullmatch(r"\.?\s?(?:-|–|—|--)", end):
        return is_known or words <= 2
    if end == ":":
        return is_known_place(place) and setting.language in COLON_LANGUAGES
    is_signed = found.agency is not None or found.is_dated
    if end not in ("", ".") or (found.agency and not may_sign(found.agency)):
        return False
    if is_signed:
        return is_known or words == 1 or bool(found.wider)
    last = found.wider[-1] if found.wider else ""
    is_city = not last and is_capitals(place) and is_known_place(place)  # `ANKARA`
    return is_city or is_country(last) or (is_known and is_region(last))


def _is_heading(opening: str) -> bool:
    """Whether what follows is no sentence: all in capitals, or names parted by dashes."""
    return opening.isupper() or len(re.findall(r"\s[-–—]\s", opening)) > 1


def _is_abbreviated(found: Parts, setting: Setting) -> bool:
    """Whether the agency but abbreviates the place: `Acute Flaccid Paralysis (AFP) –`."""
    place, name = found.place, found.agency or ""
    if not may_sign(name):
        return False
    parts = re.split(r"[\s-]", place)
    is_sure = is_capitals(place) or found.is_dated or found.wider or is_caseless(place)
    if is_sure or not (name.isupper() and len(name) <= MAX_WORDS and len(parts) > 1):
        return False
    letters = iter(place.upper())
    is_short_form = place[0].upper() == name[0] and all(letter in letters for letter in name)
    is_name = is_made_as_place(place) or _is_known(place, setting)
    return (is_short_form or len(parts) > 2) and not is_name


def _is_heading_word(place: str, setting: Setting) -> bool:
    """Whether nobody knows the capitals before a day in brackets: `CALENDAR (3 May) –`."""
    is_bare = is_capitals(place) or is_caseless(place)
    return is_bare and not (is_made_as_place(place) or _is_known(place, setting))


def _may_be_joined(place: str) -> bool:
    return (is_capitals(place) or is_caseless(place)) and is_known_place(place)


def _is_known(place: str, setting: Setting) -> bool:
    return is_known_place(place, setting.language) or setting.names_place(cased(place))


def _is_likely_signature(found: Parts, mark: str, setting: Setting) -> bool:
    """Whether an agency alone opens the report: `(Reuters) —`, `NEWS.example -`."""
    name = found.agency or ""
    if not mark:  # `(CNN) The …`
        return found.has_brackets and may_sign(name)
    if not (found.has_brackets or "." in name):
        is_one = is_agency(name) or name.endswith(" TV")  # and no `OXFORD UNIVERSITY PRESS —`
        return len(name) > 2 and name.isupper() and is_one and mark in _DASHES  # `AGI -`
    is_initials = name.isupper() and 2 <= len(name) <= 8 and not is_label(name)
    return is_initials or may_sign(name) or bare_letters(name) == setting.site


def _is_otherwise(place: str, setting: Setting) -> bool:
    """Whether an unknown name in capitals is a word, a title, a person, or heads one of several."""
    is_slug = "-" in place and " " in place  # `ISRAEL-SETTLEMENT SPENDING _`
    is_word = is_slug or setting.repeats(place) or setting.lowers(place)
    is_person = not is_made_as_place(place) and setting.calls_so(place)
    return is_word or is_person or is_title(place, setting.language) or setting.lists()


def _is_place(found: Parts, mark: str, rest: str, setting: Setting) -> bool:
    """Whether `found`, with neither a known agency nor a date, names the place of a report."""
    place, words = found.place, len(found.place.split())
    is_known = _is_known(place, setting)
    if found.agency:  # in brackets, and of no known name
        is_town_alone = words == 1 or (is_made_as_place(place) and words <= MAX_WORDS)
        is_code = is_town_alone and found.has_brackets and CODE.fullmatch(found.agency) is not None
        is_town = is_known_place(found.agency, setting.language)  # `VW (Wolfsburg)`
        is_name = is_capitals(place) and not is_town and len(place) >= _SHORTEST  # no `BTC (Coins)`
        return is_known or found.is_set_off or is_name or is_code
    if mark in (":", ".", "|", "।"):
        is_whole = mark != "|" or bool(found.wider) or is_capitals(place)
        is_stated = bool(found.wider) and is_region(found.wider[-1])  # `OAXACA, Oax. El …`
        is_made = mark == "." and is_capitals(place) and (is_stated or is_made_as_place(place))
        is_speaker = mark == ":" and setting.speaks(rest)
        is_whole = is_whole and (is_capitals(place) or not is_country(place))  # `Lebanon: A land …`
        return (is_known or is_made) and is_whole and len(rest) >= _SENTENCE and not is_speaker
    if found.wider:
        last = found.wider[-1]
        is_named = is_country(last) or is_region(last) or is_known or is_capitals(place)
        is_report = len(rest) >= _SENTENCE or is_capitals(place)
        is_report = is_report and (is_capitals(place) or _MATCH.match(rest) is None)
        return is_named and is_report and not _ADDRESS.fullmatch(rest)
    if is_capitals(place):
        is_plain = mark != "-" or setting.language not in _LABELLING_LANGUAGES
        has_shape = words <= MAX_WORDS or is_situated(place)
        has_shape = has_shape and re.search(r"[^\W\d_]{4}", place) is not None
        is_bare = is_plain and has_shape and not (mark[0] == "." and rest[0] == "¿")  # `VECINA.- ¿`
        has_press = setting.language in _TOWNS_LANGUAGES or mark[0] == "."
        is_bare = is_bare and (has_press or words > 1 or setting.has(cased(place)))
        return is_known or (is_bare and not _is_otherwise(place, setting))
    if mark[0] == "." and not is_caseless(place):  # `Washington.-`; so do speakers: `Ann Lee.-`
        is_asked = rest[0] == "¿"  # `PRESIDENTE.- ¿Qué …`
        return (
            is_known
            or (words == 1 and not is_asked)
            or (is_made_as_place(place) and words <= MAX_WORDS)
        )
    second = place_of(rest[:_SENTENCE])
    has_third = _FURTHER.match(rest, len(second)) and is_known_place(second, setting.language)
    is_pair = is_known_place(second) or has_third or _MATCH.match(rest) is not None
    is_report = len(rest) >= _SENTENCE and not is_pair and not is_country(place)
    return is_known and is_report and words <= MAX_WORDS
