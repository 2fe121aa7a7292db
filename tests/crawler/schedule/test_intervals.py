import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule.intervals import (
    Bounds,
    Rhythm,
    after_answer,
    after_failure,
    due_at,
)
from crawler.sources.source import Source, SourceKind

BOUNDS = Bounds()
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def source(**given):
    values = {"name": "a", "kind": SourceKind.FEED, "urls": ("https://a.example/",), **given}
    return Source(**values)


def watch(watched, answers):
    """Ask at each due instant of a virtual clock; an answer is a number of links, or None."""
    rhythm, now, asked = Rhythm.new(watched, BOUNDS), NOW, []
    for answer in answers:
        now = max(now, due_at(watched, rhythm, now=now, bounds=BOUNDS))
        asked.append(now)
        if answer is None:
            rhythm = after_failure(rhythm, at=now)
        else:
            rhythm = after_answer(rhythm, watched, at=now, new_links=answer, bounds=BOUNDS)
    return asked, rhythm


def test_a_quiet_source_that_tells_of_nothing_known_is_asked_as_often_as_at_first():
    _, slow = watch(source(), [0] * 20)
    assert slow.interval == BOUNDS.most
    answer = {"at": NOW, "new_links": 20, "bounds": BOUNDS}
    assert after_answer(slow, source(), **answer).interval == BOUNDS.most / 2
    assert after_answer(slow, source(), **answer, has_gap=True).interval == BOUNDS.first / 2
    often = source(every=6 * 60 * MINUTE)
    assert after_answer(slow, often, **answer, has_gap=True).interval == often.every


LOOKS = st.lists(st.none() | st.integers(0, 50), max_size=40)


@given(LOOKS)
def test_waits_lie_between_the_bounds_whatever_a_source_does(answers):
    asked, _ = watch(source(), [0, *answers, 0])
    waits = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert all(BOUNDS.least <= wait <= BOUNDS.failing for wait in waits)


@given(LOOKS)
def test_an_interval_that_people_set_holds_while_the_source_answers(answers):
    every = dt.timedelta(minutes=7)
    asked, _ = watch(source(every=every), [*answers, 3, 3])
    assert asked[-1] - asked[-2] == every


@given(LOOKS)
def test_one_answer_ends_all_back_off(answers):
    _, rhythm = watch(source(), [*answers, 1])
    assert (rhythm.failures, rhythm.failing_since) == (0, None)
    assert rhythm.interval <= BOUNDS.most


def test_a_busy_source_is_asked_more_often_and_a_quiet_one_less():
    _, busy = watch(source(), [20] * 10)
    _, quiet = watch(source(), [0] * 20)
    _, steady = watch(source(), [2] * 10)
    assert (busy.interval, quiet.interval, steady.interval) == (
        BOUNDS.least,
        BOUNDS.most,
        BOUNDS.first,
    )


def test_a_dead_source_is_asked_ever_less_reported_and_never_dropped():
    asked, rhythm = watch(source(), [None] * 30)
    waits = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert waits == sorted(waits)
    assert waits[-1] == BOUNDS.failing
    assert rhythm.is_dead(asked[-1])
    _, early = watch(source(), [None] * 3)
    assert not early.is_dead(NOW + dt.timedelta(days=30))


@given(LOOKS)
def test_cron_is_kept_to_whatever_happens(answers):
    asked, _ = watch(source(cron="*/20 6-8 * * *"), [*answers, None, 1])
    assert asked.pop(0) == NOW  # at first, at once
    assert all(at.minute % 20 == 0 and at.second == 0 and 6 <= at.hour <= 8 for at in asked)
    assert asked == sorted(set(asked))


def test_turns_that_were_missed_are_made_up_for_once():
    rhythm = Rhythm(interval=10 * MINUTE, asked_at=NOW - dt.timedelta(days=3))
    watched = source(every=10 * MINUTE)
    assert due_at(watched, rhythm, now=NOW, bounds=BOUNDS) < NOW
    rhythm = after_answer(rhythm, watched, at=NOW, new_links=1, bounds=BOUNDS)
    assert due_at(watched, rhythm, now=NOW, bounds=BOUNDS) == NOW + 10 * MINUTE


@given(st.integers(1, 10_000))
def test_a_clock_set_back_delays_by_one_wait_at_the_most(days):
    rhythm = Rhythm(interval=10 * MINUTE, asked_at=NOW + dt.timedelta(days=days))
    assert due_at(source(), rhythm, now=NOW, bounds=BOUNDS) <= NOW + 10 * MINUTE


def test_a_source_wanted_seldom_is_not_asked_more_often_for_failing():
    watched = source(every=dt.timedelta(days=30))
    rhythm = after_failure(Rhythm.new(watched, BOUNDS), at=NOW)
    assert due_at(watched, rhythm, now=NOW, bounds=BOUNDS) == NOW + dt.timedelta(days=30)


def test_bounds_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="bounds go from"):
        Bounds(least=dt.timedelta(days=2))
