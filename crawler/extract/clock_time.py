"""The time of day in a line that readers see, as many languages write it."""

import datetime as dt
import re

_CLOCK = re.compile(
    r"(?:(?:(?P<early>오전|上午|午前)|(?P<late>오후|下午|午後))\s?)?(?<![\d.:])(?P<hour>\d\d?)"
    r"(?:(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"|\s?[時时點点시]\s?(?P<minutes>\d\d?)[分분])(?![\d.:])"
    r"(?:\s?(?:(?P<half>[ap])\.?\s?m\b|(?P<morning>ص|صباح[اً]{1,2}|ق\.?ظ|π\.?μ)(?!\w)"
    r"|(?P<evening>م|مساء[اً]{0,2}|ب\.?ظ|μ\.?μ)(?!\w)))?",
    re.IGNORECASE,
)
# `(GMT+7)`, as is told in Vietnam behind each time; `GMT`; `EST`.
_NAMED_ZONES = {
    name: dt.timezone(dt.timedelta(hours=hours))
    for hours, names in {
        0: "GMT UTC",
        -9: "AKST",
        -8: "PST AKDT",
        -7: "PDT",
        -6: "MDT",
        -5: "EST CDT",
        -4: "EDT",
        1: "CET MEZ WAT",
        2: "CEST MESZ EET SAST",
        3: "EEST MSK МСК TRT EAT",
        5: "PKT",
        7: "WIB",
        8: "WITA HKT SGT PHT",
        9: "JST KST",
        10: "AEST",
        11: "AEDT",
        12: "NZST",
        13: "NZDT",
    }.items()
    for name in names.split()
}
"""Short names of zones that no other zone has: not `CST`, of Chicago and Shanghai, nor `IST`."""
_ZONE = re.compile(
    r"(?:GMT|UTC)\s?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?!\d)"
    rf"|(?<!\w)(?P<name>{'|'.join(_NAMED_ZONES)})(?!\w|\s?[+-]\d)"
)
_NOON = 12


def clock_in(line: str) -> dt.time | None:
    """The time of day of `line` where it holds just one; aware where its offset is stated, too."""
    zone = _ZONE.search(line)
    clocks = list(_CLOCK.finditer(line if zone is None else line[: zone.start()]))
    if len(clocks) != 1:
        return None
    match = clocks[0]
    minute = match["minute"] or match["minutes"]
    try:
        return dt.time(
            _hour(match), int(minute), int(match["second"] or 0), tzinfo=zone and _offset(zone)
        )
    except ValueError:
        return None


def _hour(match: re.Match[str]) -> int:
    """The hour of a clock of twenty-four, where one half of the day is named: `9:12 pm`."""
    hour = int(match["hour"])
    if hour > _NOON:
        return hour
    half = (match["half"] or "").lower()
    if half == "p" or match["late"] or match["evening"]:
        return hour % _NOON + _NOON
    is_early = half or match["early"] or match["morning"]
    return hour % _NOON if is_early else hour


def _offset(zone: re.Match[str]) -> dt.timezone:
    if zone["name"]:
        return _NAMED_ZONES[zone["name"]]
    offset = dt.timedelta(hours=int(zone["hours"]), minutes=int(zone["minutes"] or 0))
    return dt.timezone(-offset if zone["sign"] == "-" else offset)
