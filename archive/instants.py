"""Instants as text: as tables, exports and `dateline` have them, and read again."""

import datetime as dt


def instant(at: dt.datetime) -> str:
    """An aware instant: RFC 3339 in UTC with microseconds, so that text sorts as time.

    Raises: ValueError for a naive one; OverflowError where UTC has no such year.
    """
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant_or_none(at: dt.datetime | None) -> str | None:
    """The same of one that need not be there; None also for one that UTC has no year for."""
    try:
        return instant(at) if at is not None else None
    except OverflowError:  # who states one may say year 1 in a zone ahead of UTC
        return None


def instant_of(text: str) -> dt.datetime:
    """The instant that `instant` wrote."""
    return dt.datetime.fromisoformat(text)
