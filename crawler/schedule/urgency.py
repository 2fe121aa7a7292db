"""How urgent a URL is: news that is fresh goes first, what fills the past goes last."""

import datetime as dt

from crawler.frontier.store import FRESH_PRIORITY, LATE_PRIORITY

FRESH = dt.timedelta(days=2)
"""Younger is news."""
LATE = dt.timedelta(days=30)
"""Older can wait for everything else."""
_RECHECK = -10
_MOST = 90


def priority_of(*, published_at: dt.datetime | None, now: dt.datetime, is_recheck: bool) -> int:
    """The frontier's priority for an article that is said to be of `published_at`.

    The younger, the higher; one of which nothing is said counts as neither new nor old, and one of
    the future as of now. A recheck goes behind what was never seen, in its band.
    """
    if published_at is None:
        return _RECHECK if is_recheck else 0
    age = max(now - published_at, dt.timedelta())
    if age < FRESH:
        return FRESH_PRIORITY + int(_MOST * (1 - age / FRESH)) + (0 if is_recheck else -_RECHECK)
    if age < LATE:
        return _RECHECK if is_recheck else int(_MOST * (1 - age / LATE))
    return LATE_PRIORITY + (_RECHECK if is_recheck else 0)


SOURCE_PRIORITY = FRESH_PRIORITY + 2 * _MOST
"""Of feeds, sitemaps and sections themselves: they say what is new."""
