"""What a page writes of time, as moments: an instant only where the page states one.

A clock time without an offset is no instant, and a day is no midnight: both become a day, the
first with its `clock`, and the page's own text is kept as `raw`.
"""

import datetime as dt
import email.utils
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from archive import Moment
from crawler.extract import iranian_calendar
from crawler.extract.clock_time import clock_in
from crawler.extract.written_day import written_day

FIRST_YEAR = 1600
LAST_YEAR = 2200

# RFC 3339 and the freer forms of ISO 8601 that pages write; seconds may carry any fraction.
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:[T\s]\s?(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?\s?(?P<zone>Z|(?:UTC|GMT)[+-]\d\d?(?!\d|:)|UTC|GMT"
    r"|[+-]\d\d(?::?\d\d)?)?)?(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)"
    r"(?P<second>\d\d)?(?P<fraction>)(?P<half>)(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_RFC_5322 = re.compile(r"(?:[A-Za-z]{3},\s)?\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d\d?:\d\d.*")
# Points stand between day and month wherever they are used; of slashes nobody can say.
_POINTED = re.compile(
    r"(?<![\d.])(?:(?P<month_first>0?\d|1[0-2])\.(?P<day_behind>1[3-9]|2\d|3[01])"
    r"|(?P<day>\d\d?)\.\s?(?P<month>\d\d?))\.\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\d.]?\d)"
)
"""The month stands first only where the other number can be none: `05.15.13`."""
_SLASHED = re.compile(
    r"(?<![\d/])(?:(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?\d|1[0-2])"
    r"|(?P<month_first>0?\d|1[0-2])/(?P<day_behind>1[3-9]|2\d|3[01])"
    r"|0?(?P<both>[1-9]|1[0-2])/0?(?P=both))/(?P<year>(?:19|20)\d\d|\d\d)(?![/\d])"
)
"""With slashes only where one of the numbers can be no month, or both are the same."""
_AMERICAN = re.compile(
    r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)"
    r"\s(?:at\s)?\d\d?:\d\d(?::\d\d)?\s?[AP]\.?M\.?\s[ECMP][SD]?T\b",
    re.IGNORECASE,
)
"""Where the clock is one of North America's, the month stands first."""
_DASHED = re.compile(
    r"(?<![\d-])(?:(?P<day>1[3-9]|2\d|3[01])-(?P<month>0?\d|1[0-2])"
    r"|(?P<month_first>0?\d|1[0-2])-(?P<day_behind>1[3-9]|2\d|3[01]))-(?P<year>(?:19|20)\d\d)"
    r"(?![-\d])"
)
_DAY_FIRST = re.compile(
    r"(?<![\d/-])(?P<day>\d\d?)(?P<mark>[/-])(?P<month>0?\d|1[0-2])(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?![/\d-])"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d-])(?P<year>(?:19|20|1[34](?=\d\d/))\d\d)([/.-])\s?(?P<month>\d\d?)\2\s?(?P<day>\d\d?)(?![\d-])"
)
_FIGURE = re.compile(r"\d")
_CENTURY = 2000
_SHORT_YEARS = 100
_NOON = 12
_URL_DAYS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?)[/-](?P<day>\d\d?)(?=\D|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/[A-Za-z_-]{2,20}/(?P<month>\d\d)/(?P<day>\d\d)(?=/)"),
    re.compile(r"/(?P<year>20[012]\d)(?P<month>\d\d)(?P<day>\d\d)(?=[/_-]|$)"),
    re.compile(r"/~?(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>(?:19|20)\d\d)(?=\D|$)"),
)


def moment_of(text: str, *, is_day_first: bool = False) -> Moment | None:
    """The moment that `text` states, whole: ISO 8601, RFC 5322, an epoch, or a written day.

    The page's offset and the fraction of a second are kept. None where `text` states none; so in
    `03/04/2020`, unless the page's language writes the day first.
    """
    return _moment_of(" ".join(text.split())[:100], is_day_first=is_day_first)


# Each word of a witness is asked for when it is weighed, and when what was believed is noted.
@functools.lru_cache(maxsize=256)
def _moment_of(raw: str, *, is_day_first: bool) -> Moment | None:
    if raw.isascii() and _FIGURE.search(raw) is None:
        return None
    if match := _ISO.match(raw) or _COMPACT.fullmatch(raw):
        return _from_parts(match, raw)
    if match := _EPOCH.fullmatch(raw):
        return _from_epoch(int(match[1]), int(match[2] or 0), raw)
    if _RFC_5322.fullmatch(raw):
        return _from_rfc_5322(raw)
    return _from_words(raw, is_day_first=is_day_first)


def day_near(text: str, near: dt.date | None) -> dt.date | None:
    """The day that `text` names; where it names no year, the one nearest to `near`."""
    if near is None or re.search(r"\d{4}", text):
        return written_day(text)
    days = (written_day(f"{text} {near.year + step}") for step in (-1, 0, 1))
    return min(filter(None, days), key=lambda day: abs(day - near), default=None)


def url_day(url: str) -> Moment | None:
    """The day that many sites write into an article's address: `/2022/05/03/`, `/03-05-2022-`."""
    for form in _URL_DAYS:
        for match in form.finditer(url):
            day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
            if day is not None:
                return Moment(on=day, raw=match[0].strip("/~"))
    return None


def best_moment(candidates: Iterable[Moment]) -> Moment | None:
    """The first of `candidates`; or, where it is no instant, the first of its day that is one.

    Where none is, the first with a clock time. A midnight beside another instant of its day, to
    the second, is what systems write that know only the day.

    Two witnesses are taken to mean the same only where their days, each in its own offset, agree.
    """
    moments = list(candidates)
    if not moments:
        return None
    first = moments[0]
    same = [moment for moment in moments if moment.on == first.on]
    if first.at is not None:
        is_midnight = first.at.time() == dt.time()
        seconds = (one for one in same if one.at is not None and one.at.second)
        return next(seconds, first) if is_midnight else first
    timed = [moment for moment in same if moment.at] or [moment for moment in same if moment.clock]
    return timed[0] if timed else first


def _from_words(raw: str, *, is_day_first: bool) -> Moment | None:
    """The moment in a line that readers see; its clock time where it holds just one."""
    line = raw if raw.isascii() else "".join(map(_ascii_digit, raw))
    numbers = _YEAR_FIRST.search(line) or _POINTED.search(line)
    rest = line
    if american := _AMERICAN.search(line):
        day = _date(int(american["year"]), int(american["month"]), int(american["day"]))
        rest = line[american.end("year") :]
    elif slashed := (
        (is_day_first and _DAY_FIRST.search(line)) or _SLASHED.search(line) or _DASHED.search(line)
    ):
        day = _day_of(slashed.groupdict())
        rest = line.replace(slashed[0], " ", 1)
    elif numbers is not None:
        day = _day_of(numbers.groupdict())
        rest = line.replace(numbers[0], " ", 1)
    else:
        day = written_day(line)
    if day is None:
        return None
    clock = clock_in(rest)
    if clock is None or clock.tzinfo is None:
        return Moment(on=day, raw=raw, clock=clock)
    return Moment(on=day, raw=raw, at=dt.datetime.combine(day, clock))


def _ascii_digit(letter: str) -> str:
    """The digit of ASCII for one of another script, any other letter as it is."""
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _day_of(parts: Mapping[str, str | None]) -> dt.date | None:
    """The day of which a form found the parts: the month may be written before it, or be it."""
    both = parts.get("both")
    month = both or parts["month"] or parts.get("month_first")
    number = both or parts["day"] or parts.get("day_behind")
    year = int(parts["year"] or 0)
    year += _CENTURY if year < _SHORT_YEARS else 0
    return _date(year, int(month or 0), int(number or 0))


def _hour(match: re.Match[str]) -> int:
    """The hour of a clock of twenty-four, where one half of the day is named: `9:12 pm`."""
    hour = int(match["hour"])
    if not match["half"]:
        return hour
    return hour % _NOON + (_NOON if match["half"].lower() == "p" else 0)


def _from_parts(match: re.Match[str], raw: str) -> Moment | None:
    day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return None
    if match["hour"] is None:
        return Moment(on=day, raw=raw)
    try:
        time = dt.time(
            _hour(match),
            int(match["minute"]),
            int(match["second"] or 0),
            int((match["fraction"] or "0")[:6].ljust(6, "0")),
            tzinfo=_zone(match["zone"]) if match["zone"] else None,
        )
    except ValueError:
        return Moment(on=day, raw=raw)
    if time.tzinfo is None:
        # Systems that know only the day write a midnight.
        return Moment(on=day, raw=raw, clock=time if time != dt.time() else None)
    return Moment(on=day, at=dt.datetime.combine(day, time), raw=raw)


def _zone(text: str) -> dt.timezone:
    offset = text.upper().lstrip("GMTUCZ")  # `GMT+8`, `Z`
    if not offset:
        return dt.UTC
    digits = offset[1:].replace(":", "").zfill(2).ljust(4, "0")
    ahead = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-ahead if offset[0] == "-" else ahead)


def _from_epoch(seconds: int, milliseconds: int, raw: str) -> Moment | None:
    at = dt.datetime.fromtimestamp(seconds, dt.UTC) + dt.timedelta(milliseconds=milliseconds)
    return Moment(on=at.date(), at=at, raw=raw) if at.year <= LAST_YEAR else None


def _from_rfc_5322(raw: str) -> Moment | None:
    try:
        at = email.utils.parsedate_to_datetime(raw)
    except ValueError:
        return None
    # A zone that is not stated, or is "-0000" (RFC 5322, 3.3), leaves the instant unknown.
    return Moment(
        on=at.date(),
        at=at if at.tzinfo else None,
        raw=raw,
        clock=None if at.tzinfo else at.time(),
    )


def _date(year: int, month: int, day: int) -> dt.date | None:
    if year in iranian_calendar.YEARS:
        return iranian_calendar.day_of(year, month, day)
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
