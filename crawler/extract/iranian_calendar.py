"""The days of the Iranian calendar, in which Iran and Afghanistan date their news."""

import datetime as dt

YEARS = range(1370, 1416)
"""1991 to 2036: what a page dates by this calendar. No year of the Islamic one on the web is such,
nor is a day of the common calendar that a page would tell in figures alone."""

# Those of Iran, of Afghanistan, and in Pashto; letters as `written_day` folds them.
_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر ابان اذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "وری غویی غبرگولی چنگاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
)
MONTHS = {
    name: number for names in _MONTHS for number, name in enumerate(names.split(), start=1)
} | {"امرداد": 5}

_FIRST = dt.date(1991, 3, 21).toordinal()
_LONG_MONTHS = 6
_LONGEST_MONTH = 31
_CYCLE = 33
_LEAP_PLACES = frozenset((1, 5, 9, 13, 17, 22, 26, 30))


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day in the common calendar; None where there is none, or the year is not of `YEARS`.

    Of each 33 years eight are leap years: true of all years from 1178 to 1633.
    """
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= _length(year, month):
        return None
    before = year - YEARS.start
    leaps = sum(map(_is_leap, range(YEARS.start, year)))
    months = _LONGEST_MONTH * (month - 1) - max(0, month - 1 - _LONG_MONTHS)
    return dt.date.fromordinal(_FIRST + 365 * before + leaps + months + day - 1)


def _length(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return _LONGEST_MONTH
    return 30 if month < 12 or _is_leap(year) else 29


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAP_PLACES
