"""Where what a page claims cannot be squared with what else is known. Flags, never corrections."""

import datetime as dt

from archive import Citation, Dateline, Moment

EARLIEST = dt.timedelta(hours=6)
"""A report appears within so many hours of the time that its dateline gives."""
LATEST = dt.timedelta(minutes=30)
"""A report is not filed later than it appears, but for a clock that is somewhat wrong."""
CLAIMED_DAYS = 1
"""Snippets show a day of their editor's zone, so one day's difference says nothing."""

_DAY = dt.timedelta(days=1)


def dateline_gap(dateline: Dateline, published_at: Moment | None) -> dt.timedelta | None:
    """How long before it was published the report was filed, by the dateline's local time.

    The time is read on the clock of the publication's own offset: newsrooms state both alike, and
    nothing says which zone else would be the place's. Without a day in the dateline the gap is the
    shortest, from -12 to 12 hours. None where one of the two gives no time.
    """
    if dateline.local_time is None or published_at is None or published_at.at is None:
        return None
    published = published_at.at
    day = dateline.date or published.date()
    filed = dt.datetime.combine(day, dateline.local_time, tzinfo=published.tzinfo)
    gap = published - filed
    if dateline.date is None:
        gap = (gap + _DAY / 2) % _DAY - _DAY / 2
    return gap


def dateline_disagrees(dateline: Dateline, published_at: Moment | None) -> bool:
    """Whether the dateline's local time and the instant of publication cannot both be right."""
    gap = dateline_gap(dateline, published_at)
    return gap is not None and not -LATEST <= gap <= EARLIEST


def claim_disagrees(citation: Citation) -> bool:
    """Whether the day that the page claims and the post's id are more than one day apart.

    Source: of 74 snippets compared with their snowflakes' days in UTC, all agreed to the day.
    """
    if citation.claimed_on is None or citation.id_at is None:
        return False
    made_on = citation.id_at.astimezone(dt.UTC).date()
    return abs((citation.claimed_on - made_on).days) > CLAIMED_DAYS
