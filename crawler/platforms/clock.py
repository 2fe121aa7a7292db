"""Ids that carry the instant they were made: a number whose high bits count time.

X, Mastodon, Instagram, TikTok and Bluesky differ only in the numbers of their clock.
"""

import datetime as dt
from dataclasses import dataclass

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdClock:
    """How an id counts: `(number >> shift)` ticks of `tick_us` microseconds after the epoch."""

    shift: int
    tick_us: int
    epoch_ms: int = 0
    """Milliseconds from 1970 to the clock's zero."""
    first: int = 0
    """Numbers below were not made by this clock (older, sequential ids): they have no instant."""

    def instant(self, number: int) -> dt.datetime | None:
        """The instant (UTC) that `number` carries; None below `first` and past the year 9999."""
        if number < self.first:
            return None
        try:
            return _EPOCH + dt.timedelta(
                milliseconds=self.epoch_ms, microseconds=(number >> self.shift) * self.tick_us
            )
        except OverflowError:
            return None


MASTODON_IDS = IdClock(shift=16, tick_us=1000, first=100_000_000_000_000_000)
"""Of Mastodon's software, which Truth Social runs, too; its older ids are sequential, and small."""
