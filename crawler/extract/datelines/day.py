"""The day that a dateline gives: shorter than elsewhere, often without a year."""

import datetime as dt
import re

from crawler.extract.dates import day_near

_WORD = r"(?:[^\W\d_]{3,12}|(?:(?!\d)[\u0900-\u0963\u0966-\u0dff]){2,14})"
# `كانون الأول/ ديسمبر`
_ARABIC = r"[ء-ي]{3,9}(?:\s(?:الثاني|الأول))?\s?/\s?[ء-ي]{3,9}(?![ء-ي\u064b-\u0652]|\s?/)"
_WEEKDAY = rf"(?:{_WORD}\s|[^\W\d_]+tag,\s(?:den\s)?)?"
# The press agency of India writes its first nine days so.
_NUMERALS = dict(
    zip("एक दो तीन चार पांच पाँच छह सात आठ नौ".split(), "1 2 3 4 5 5 6 7 8 9".split(), strict=True)
)
DAY = re.compile(
    rf"{_WEEKDAY}(?:(?:le|den|am|on|il|el|d\.)\s)?(?:"
    rf"\d{{1,2}}(?:\.\s?|(?:er|º|°|st|nd|rd|th)?\s)(?:de\s|d['’]|of\s)?(?:{_ARABIC}|{_WORD})"
    rf"(?:\.?,?\s(?:de\s|del\s)?\d{{4}}\b|\.?\s['’]?\d{{2}}\b(?!\s?[:.]\d))?"
    rf"|(?:\d{{4}}(?:\.|\sm\.)\s)?{_WORD}\.?\s\d{{1,2}}(?:st|nd|rd|th|\.(?=,)|\sd\.)?(?!\w)"
    r"(?:(?:,?\s|/)\d{4}\b)?"
    rf"|(?:{'|'.join(_NUMERALS)})\s{_WORD}"
    r"|\d{1,2}\s-\s\d{1,2}(?=\s?\()"  # `الكويت - 3 - 5 (`
    r"|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})\b|\d{1,2}-\d{1,2}-\d{4}\b|\d{4}-\d\d-\d\d"
    rf"|{_WORD}\s\d{{4}}\b)(?:\s(?:г|р)\.|\s(?:года|року)|\.(?=\s?\())?",
)
MONTH_DAY = re.compile(
    rf"(?P<month>{_WORD})\.?\s\d{{1,2}}(?:st|nd|rd|th|\sd\.)?(?!\w)(?:(?:,?\s|/)\d{{4}}\b)?"
)
"""A month before its day: the full stop behind `May 3.` is none of the day's."""
HIJRI = re.compile(
    r"\s(?:\d{1,2}\s[^\W\d_]+(?:\s[^\W\d_]+)?\s1\d{3}\s?هـ(?:،)?\s(?:الموافق\s)?"
    r"|[A-Z][\w'-]+(?:\s[\w'-]+)?\s\d{1,2},\s1[34]\d\d(?:\sH|\sAH)?,\s)"
)
"""The day of the Islamic calendar, before that of the other."""
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[./-]\s?(?P<month>\d{1,2})[./-]\s?(?P<year>\d{4}|\d{2})")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_MONTH = re.compile(r"(\d{1,2})\s-\s(\d{1,2})")
_IN_NUMBERS = re.compile(f"{_NUMBERS.pattern}|{_ISO.pattern}|{_DAY_MONTH.pattern}")
_SPAN = re.compile(r"\s?[-–—]\s?[^\W\d_]|[-–—]\s")
"""What stands within two days, as horoscopes give them: `March 21 - April 19`."""
_OLD = re.compile(r"\b(?:19[6-9]\d|200[0-3])\b")
_LONG = 15
"""No site dates what it takes over from older ones by so many years too late."""
_A_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
_LEAP = "2020"
_LISTOPADA = ("october", "november")
# Months as telegrams shorten them; other short forms are known to `written_day`.
_SHORT = dict(
    pair.split("=")
    for pair in (
        "gen=january ene=january janv=january янв=january oca=january jän=january "
        "févr=february fév=february feb=february fev=february фев=february şub=february "
        "mär=march mrz=march mars=march мар=march abr=april avr=april апр=april nis=april "
        "mag=may mei=may giu=june juin=june haz=june июн=june lug=july juil=july июл=july "
        "tem=july ago=august août=august авг=august ağu=august set=september сен=september "
        "eyl=september ott=october out=october okt=october окт=october eki=october "
        "ноя=november kas=november dic=december dez=december déc=december дек=december ara=december"
    ).split()
)


def day_of(text: str, near: dt.date | None) -> dt.date | None:
    """The day that `text` names, the day before the month where both are numbers.

    Where it names no year, the year that brings it nearest to `near`.
    """
    text = text.strip(" .")
    if near and "listopada" in text.lower():  # October in Croatia, November in Poland
        days = (day_near(text.lower().replace("listopada", of), near) for of in _LISTOPADA)
        return min(filter(None, days), key=lambda day: abs(day - near), default=None)
    if _IN_NUMBERS.fullmatch(text):
        return _in_numbers(text, near)
    if _SPAN.search(text):
        return None
    text = re.sub(_WORD, lambda word: _NUMERALS.get(word[0], word[0]), text)
    match = re.search(r"(?<=\D\s)['’]?(\d{2})$", text)
    if match and re.search(r"\d", text[: match.start()]):  # `14 gennaio 20`
        text = f"{text[: match.start()]}{_year(match[1])}"
    text = re.sub(_WORD, lambda word: _SHORT.get(word[0].lower(), word[0]), text)
    if old := _OLD.search(text):  # `written_day` takes no year before the web's
        day_then = day_near(text.replace(old[0], _LEAP), near)
        return _day(int(old[0]), day_then.month, day_then.day) if day_then else None
    return day_near(text, near)


def _in_numbers(text: str, near: dt.date | None) -> dt.date | None:
    if match := _NUMBERS.fullmatch(text):
        return _day(_year(match["year"]), int(match["month"]), int(match["day"]))
    if match := _DAY_MONTH.fullmatch(text):
        return _day(near.year, int(match[2]), int(match[1])) if near else None
    year, month, day = map(int, text.split("-"))
    return _day(year, month, day)


def is_month(text: str) -> bool:
    """Whether `text` names a month and its year, and no day."""
    match = re.fullmatch(rf"({_WORD})\s(\d{{4}})", text.strip(" ."))
    return match is not None and day_near(f"1 {text}", None) is not None


def is_long_past(text: str, near: dt.date | None) -> bool:
    """Whether `text` names a year long before `near`."""
    year = _A_YEAR.search(text)
    return year is not None and near is not None and int(year[0]) < near.year - _LONG


def reads_as_day(text: str) -> bool:
    """Whether `text` names a day, or a month and its year, and nothing else."""
    return is_month(text) or day_of(text, dt.date(2020, 2, 29)) is not None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
