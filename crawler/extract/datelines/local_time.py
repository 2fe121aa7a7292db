"""Whether the local time of a dateline fits the instant at which its article was published.

The clocks of a place are those of the IANA time zone that bears its name; most zones are named
after their largest city. A reading depends on the machine's copy of that data, in which what was
decided for years past does not change.
"""

import datetime as dt
import functools
import zoneinfo

from archive import Dateline, Moment

_EARLY = dt.timedelta(hours=1)
"""A report may carry the time at which it was to appear."""
_LATE = dt.timedelta(days=2)
# Cities that reports are filed from, and that no zone is named after.
_OTHERS = {
    "aleppo": "Asia/Damascus",
    "ankara": "Europe/Istanbul",
    "barcelona": "Europe/Madrid",
    "beijing": "Asia/Shanghai",
    "canberra": "Australia/Sydney",
    "cape town": "Africa/Johannesburg",
    "geneva": "Europe/Zurich",
    "hanoi": "Asia/Ho_Chi_Minh",
    "idlib": "Asia/Damascus",
    "islamabad": "Asia/Karachi",
    "kharkiv": "Europe/Kyiv",
    "kiev": "Europe/Kyiv",
    "latakia": "Asia/Damascus",
    "milan": "Europe/Rome",
    "mosul": "Asia/Baghdad",
    "munich": "Europe/Berlin",
    "mumbai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "odessa": "Europe/Kyiv",
    "rio de janeiro": "America/Sao_Paulo",
    "st petersburg": "Europe/Moscow",
    "tel aviv": "Asia/Jerusalem",
    "washington": "America/New_York",
}
_CONTINENTS = frozenset(
    ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian")
) | {"Pacific"}


def time_disagrees(dateline: Dateline, published: Moment | None) -> bool | None:
    """Whether the dateline's local time and the published instant cannot both be right.

    None without either, or where the clocks of the place are not known. A report is published
    within two days after it was filed; where the dateline names no day, it is that of publication.
    """
    if dateline.local_time is None or published is None or published.at is None:
        return None
    zone = _zone(dateline.place or "")
    if zone is None:
        return None
    try:
        day = dateline.date or published.at.astimezone(zone).date()
        filed = dt.datetime.combine(day, dateline.local_time.replace(tzinfo=zone))
        return not -_EARLY <= published.at - filed <= _LATE
    except OverflowError:
        return None


def _zone(place: str) -> zoneinfo.ZoneInfo | None:
    name = _zones().get(place.casefold().replace("saint ", "st ").replace(".", "").strip())
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


@functools.cache
def _zones() -> dict[str, str]:
    """Zone names by city, in small letters."""
    found = {}
    for name in sorted(zoneinfo.available_timezones()):
        if name.partition("/")[0] in _CONTINENTS:
            found[name.rpartition("/")[2].replace("_", " ").casefold()] = name
    return found | _OTHERS
