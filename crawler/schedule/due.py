"""When the next run is to begin, of a schedule that stays up."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.schedule.intervals import Bounds, Rhythm, due_at
from crawler.sources.source import Source

SOURCES_GAP = dt.timedelta(minutes=1)
"""Between the end of a run and the next, where a source is due at once again."""
PAGES_GAP = dt.timedelta(minutes=5)
"""The same where only pages are: those beyond a source's limit for one run are due all the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What waits for its time."""

    sources: Sequence[tuple[Source, Rhythm]]
    pages_at: dt.datetime | None
    """When the first page is due; None where none is."""


def next_turn(
    due: Due, *, ended_at: dt.datetime | None, now: dt.datetime, bounds: Bounds
) -> dt.datetime | None:
    """When the next run begins; `now` or before means: now. None where nothing waits.

    `ended_at` is when the last run ended, not after `now`; None before the first.
    """
    sources_at = min(
        (
            due_at(source, rhythm, now=now, bounds=bounds)
            for source, rhythm in due.sources
            if source.is_enabled
        ),
        default=None,
    )
    turns = []
    for at, gap in ((sources_at, SOURCES_GAP), (due.pages_at, PAGES_GAP)):
        if at is not None:
            turns.append(at if ended_at is None else max(at, ended_at + gap))
    return min(turns, default=None)
