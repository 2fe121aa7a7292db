import datetime as dt
from argparse import Namespace

import pytest

from crawler.cli.commands.scheduling import _Turner
from crawler.schedule.due import PAGES_GAP, SOURCES_GAP, Due, next_turn
from crawler.schedule.intervals import Bounds, Rhythm
from crawler.sources.source import Source, SourceKind

BOUNDS = Bounds()
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
SOURCE = Source(name="a", kind=SourceKind.FEED, urls=("https://a.example/",))


def due(asked_at, pages_at=None):
    rhythm = Rhythm(interval=30 * MINUTE, asked_at=asked_at)
    return Due(sources=[(SOURCE, rhythm)], pages_at=pages_at)


@pytest.mark.parametrize(
    ("waiting", "ended_at", "turn"),
    [
        (due(NOW - 10 * MINUTE), NOW, NOW + 20 * MINUTE),
        (due(None), None, NOW),
        (due(NOW - 31 * MINUTE), NOW, NOW + SOURCES_GAP),
        (due(NOW, pages_at=NOW), NOW, NOW + PAGES_GAP),
        (Due(sources=[], pages_at=None), NOW, None),
    ],
)
def test_the_next_turn_is_when_the_first_is_due_and_not_at_once_after_another(
    waiting, ended_at, turn
):
    assert next_turn(waiting, ended_at=ended_at, now=NOW, bounds=BOUNDS) == turn


def test_a_source_that_was_asked_by_a_clock_ahead_has_its_turn_however_often_one_looks():
    ahead = due(NOW + dt.timedelta(days=365))
    for now in (NOW, NOW + MINUTE, NOW + 100 * MINUTE):
        assert next_turn(ahead, ended_at=None, now=now, bounds=BOUNDS) <= now


def test_a_schedule_whose_clock_is_set_back_waits_no_longer_than_after_any_failure(tmp_path):
    sources = tmp_path / "sources.toml"
    sources.write_text("")
    turner = _Turner(Namespace(sources=sources, archive=tmp_path))
    turner._failures, turner._ended_at = 1, NOW + dt.timedelta(days=365)
    first = turner._next_at(NOW)
    assert first == turner._next_at(NOW + MINUTE / 2) == NOW + MINUTE
