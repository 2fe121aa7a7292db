"""When an article or a post is looked at again: often while it is young, seldom, then no more."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from archive import ArticleState, Standing
from crawler.sources.durations import format_duration, parse_duration

_FAILING = dt.timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Up to an age, look again so often."""

    until_age: dt.timedelta
    every: dt.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeSchedule:
    """Steps from young to old; after the last an article is not looked at again."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        ages = [step.until_age for step in self.steps]
        waits = [step.every for step in self.steps]
        if ages != sorted(set(ages)) or waits != sorted(waits):
            raise ValueError("each step is older than the one before, and no more frequent")
        if any(step.every <= dt.timedelta() for step in self.steps):
            raise ValueError("a step has a wait above nothing")

    def wait_at(self, age: dt.timedelta) -> dt.timedelta | None:
        """How long to wait at that age; None: for ever. Below nothing counts as nothing."""
        for step in self.steps:
            if max(age, dt.timedelta()) < step.until_age:
                return step.every
        return None

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `10m until 1h, 2h until 1d, 1d until 1w, 1w until 4w`; empty: never again.

        Raises: ValueError.
        """
        steps = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            every, word, until_age = part.partition(" until ")
            if not word:
                raise ValueError("write steps such as `10m until 1h, 2h until 1d`")
            steps.append(
                Step(
                    every=parse_duration(every.strip()), until_age=parse_duration(until_age.strip())
                )
            )
        return cls(steps=tuple(steps))

    def __str__(self) -> str:
        """As `parse` reads it."""
        return ", ".join(
            f"{format_duration(step.every)} until {format_duration(step.until_age)}"
            for step in self.steps
        )


USUAL = AgeSchedule.parse("15m until 1h, 3h until 1d, 1d until 1w, 1w until 8w")
USUAL_OF_POSTS = AgeSchedule.parse("1h until 6h, 6h until 1d, 1d until 1w, 1w until 8w")
"""By the time since a watched page cited the post first."""
_OF_GONE = AgeSchedule.parse("1d until 1d, 1w until 1w")
"""By the time since it was not found: whoever took it off by mistake puts it back soon."""


def next_look(
    standing: Standing,
    *,
    born_at: dt.datetime,
    schedule: AgeSchedule = USUAL,
    is_passing: bool = False,
) -> dt.datetime | None:
    """When the article is to be looked at after its last look; None: no more.

    `born_at` is its publication where that is known and not after the first look, else the first
    look. A page not found is looked at again a day later, whatever its age, so that it can be said
    to be gone; one that is gone a day after that was first seen, and a week after, then no more.
    Looks that were missed are not made up for.

    `is_passing`: the last look failed by something that may be over at any moment, the network or
    the server. Then it is tried again soon, at waits that double with the failure's length; and a
    page that was never had is tried as if it were born with the failure, whatever its own age and
    `schedule`, for nothing else will bring it.
    """
    last_at = standing.last_at
    if standing.state is ArticleState.GONE:
        wait = _OF_GONE.wait_at(last_at - standing.since)
        return None if wait is None else last_at + wait
    if standing.not_found_at is not None:
        return max(standing.not_found_at + standing.GONE_AFTER, last_at + _FAILING)
    least = dt.timedelta()
    if standing.state is ArticleState.FAILING:
        least = min(last_at - standing.since, _FAILING) if is_passing else _FAILING
        if is_passing and standing.text_digest is None:
            born_at, schedule = standing.since, USUAL
    wait = schedule.wait_at(last_at - born_at)
    return None if wait is None else last_at + max(wait, least)
