"""How often a source is asked: as often as it proves to change, between bounds.

A source that fails is asked less and less, and never dropped: `is_dead` is for the report.
"""

import datetime as dt
from dataclasses import dataclass, replace

from crawler.sources.cron import next_after
from crawler.sources.source import Source

_SLOWER = 1.5
_FASTER = 0.5
_MANY_NEW = 3
_DEAD_FAILURES = 6
_DEAD_AFTER = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between what an interval may lie."""

    first: dt.timedelta = dt.timedelta(minutes=30)
    """Of a source of which nothing is known yet."""
    least: dt.timedelta = dt.timedelta(minutes=5)
    most: dt.timedelta = dt.timedelta(days=1)
    failing: dt.timedelta = dt.timedelta(days=2)
    """The longest between two tries of a source that fails."""

    def __post_init__(self) -> None:
        if not dt.timedelta() < self.least <= self.first <= self.most <= self.failing:
            raise ValueError("bounds go from `least` over `first` and `most` to `failing`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What is known of a source's pace. The one of a source never asked has no instants."""

    interval: dt.timedelta
    asked_at: dt.datetime | None = None
    failures: int = 0
    """In a row, up to now."""
    failing_since: dt.datetime | None = None

    @classmethod
    def new(cls, source: Source, bounds: Bounds) -> "Rhythm":
        """Of a source never asked."""
        return cls(interval=source.every or bounds.first)

    def is_dead(self, now: dt.datetime) -> bool:
        """Whether it failed so often, for so long, that someone should look."""
        return (
            self.failing_since is not None
            and self.failures >= _DEAD_FAILURES
            and now - self.failing_since >= _DEAD_AFTER
        )


def after_answer(
    rhythm: Rhythm,
    source: Source,
    *,
    at: dt.datetime,
    new_links: int,
    bounds: Bounds,
    has_gap: bool = False,
) -> Rhythm:
    """The rhythm after the source answered at `at` with so many links not known before.

    Nothing new makes it slower, a handful leaves it, many make it faster; `has_gap`, that nothing
    of all was known, makes it as fast as at first. An interval that people set stays as it is.
    """
    interval = rhythm.interval
    if source.every is not None:
        interval = source.every
    else:
        if new_links == 0:
            interval *= _SLOWER
        elif new_links > _MANY_NEW:
            interval = min(interval, bounds.first) if has_gap else interval
            interval *= _FASTER
        interval = min(max(interval, bounds.least), bounds.most)
    return Rhythm(interval=interval, asked_at=at)


def after_failure(rhythm: Rhythm, *, at: dt.datetime) -> Rhythm:
    """The rhythm after the source could not be had at `at`, or was no source any more."""
    return replace(
        rhythm,
        asked_at=at,
        failures=rhythm.failures + 1,
        failing_since=rhythm.failing_since or at,
    )


def due_at(source: Source, rhythm: Rhythm, *, now: dt.datetime, bounds: Bounds) -> dt.datetime:
    """When the source is to be asked next; `now` or before means: now.

    One never asked is due now, whatever its cron expression: else none would ever be, for that
    names instants after `now` alone. However many turns were missed while nothing ran, one is made
    up for. So is one for a clock that was set back, until a run has set the rhythm back too.
    """
    if rhythm.asked_at is None or set_back(rhythm, now) is not rhythm:
        return now
    asked_at = min(rhythm.asked_at, now)
    if rhythm.failures:
        wait = rhythm.interval
        for _ in range(min(rhythm.failures, 30)):
            wait = min(wait * 2, bounds.failing)
        # A source that people want seldom is not asked more often for failing.
        wait = max(wait, rhythm.interval)
        if source.cron is None:
            return asked_at + wait
        return next_after(source.cron, asked_at + wait - dt.timedelta(minutes=1))
    if source.cron is not None:
        return next_after(source.cron, asked_at)
    return asked_at + rhythm.interval


def set_back(rhythm: Rhythm, now: dt.datetime) -> Rhythm:
    """The rhythm where the clock was set back since: as if the source had been asked just now.

    Else a source would wait until the clock is again where it was. A minute is no setting back.
    """
    if rhythm.asked_at is None or rhythm.asked_at <= now + dt.timedelta(minutes=1):
        return rhythm
    return replace(rhythm, asked_at=now)
