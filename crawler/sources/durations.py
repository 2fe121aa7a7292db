"""Durations as people write them: `15m`, `6h`, `2d`, `4w`."""

import datetime as dt
import re

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"([1-9][0-9]{0,5})([smhdw])")


def parse_duration(text: str) -> dt.timedelta:
    """The duration that `text` says: a whole number and one of s, m, h, d, w.

    Raises: ValueError.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("a number and s, m, h, d or w, such as 15m")
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})


def format_duration(duration: dt.timedelta) -> str:
    """The shortest text of whole seconds that `parse_duration` reads as `duration`."""
    seconds = int(duration.total_seconds())
    for unit, size in (("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
