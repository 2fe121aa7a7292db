"""Whether a sitemap's `lastmod` means anything. Many systems write the instant of the asking."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive import Moment

_FEW = 5
_SAME_SHARE = 0.8
_JUST_NOW = dt.timedelta(minutes=10)
_ENOUGH = 8
_RIGHT_SHARE = 0.5


def looks_made_up(lastmods: Sequence[Moment | None], asked_at: dt.datetime) -> bool:
    """Whether one look suffices: most are one and the same, or of the minutes before the asking.

    Fewer than five say nothing, and neither does a file whose days are all there is.
    """
    given = [moment.at for moment in lastmods if moment is not None and moment.at is not None]
    if len(given) < _FEW:
        return False
    most = max(Counter(given).values())
    recent = sum(1 for at in given if at > asked_at - _JUST_NOW)
    return max(most, recent) >= _SAME_SHARE * len(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastmodRecord:
    """What came of believing a source's `lastmod` until now."""

    confirmed: int = 0
    """It had moved on, and the text was another."""
    refuted: int = 0
    """It had moved on, and the text was the same."""
    missed: int = 0
    """It stood still, and the text was another."""

    def with_look(self, *, has_moved: bool, has_changed: bool) -> "LastmodRecord":
        """The record after an article was looked at again."""
        if has_moved and has_changed:
            return replace(self, confirmed=self.confirmed + 1)
        if has_moved:
            return replace(self, refuted=self.refuted + 1)
        return replace(self, missed=self.missed + 1) if has_changed else self

    @property
    def is_honest(self) -> bool | None:
        """Whether it tells edits from none; None while too little is known.

        An honest one may be used to leave out articles that have not changed; so what it missed
        counts as much as what it made up.
        """
        if self.confirmed + self.refuted + self.missed < _ENOUGH:
            return None
        told = self.confirmed + self.refuted
        happened = self.confirmed + self.missed
        return self.confirmed > _RIGHT_SHARE * told and self.confirmed > _RIGHT_SHARE * happened
