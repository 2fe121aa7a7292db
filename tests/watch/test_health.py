"""What is named as wrong, and what is left in peace."""

import datetime as dt
from contextlib import closing

import pytest

from crawler.schedule.intervals import Rhythm
from crawler.state.database import open_state
from crawler.watch.health import clock_concerns, concerns_of, history_of
from crawler.watch.room import ROOM
from crawler.watch.tallies import Tallies, Tally, history
from tests.watch.world import START

HOUR = dt.timedelta(hours=1)
ASKED = Rhythm(interval=HOUR, asked_at=START)


def runs(*tallies, every=HOUR):
    """A history whose last tally is of an hour ago."""
    return [(START - every * nth, tally) for nth, tally in enumerate(reversed(tallies), start=1)]


def kinds(history, rhythm=ASKED, now=START):
    return [str(concern.kind) for concern in concerns_of("s", rhythm, history, now)]


def announcing(links=10, new=2):
    return Tally(documents=1, links=links, new=new)


def reading(texts=4, *, letters=1000, dated=None, walls=0, reader="3"):
    return Tally(
        pages=texts + walls,
        seen={"text": texts, "wall": walls},
        letters=letters * texts,
        dated=texts if dated is None else dated,
        reader=reader,
    )


def test_a_source_that_does_what_it_always_did_is_left_in_peace():
    assert kinds([]) == []
    assert kinds(runs(*[announcing()] * 20)) == []
    assert kinds(runs(*[announcing(links=0, new=0)] * 20)) == []
    assert kinds(runs(*[reading()] * 20)) == []
    assert kinds(runs(*[reading(letters=50, dated=0)] * 20)) == []
    assert kinds(runs(*[reading(texts=0, walls=3)] * 20)) == []


def test_a_source_that_stopped_yielding_is_named():
    history = runs(*[announcing()] * 10)
    quiet = [(at - 3 * 24 * HOUR, tally) for at, tally in history]
    assert kinds(quiet) == ["silent"]
    assert kinds([(START - HOUR, announcing(new=0)), *quiet]) == ["silent"]
    # a day off is no silence
    assert kinds([(at - 20 * HOUR, tally) for at, tally in history]) == []
    # one that has something new once a week may be quiet for a month
    assert kinds(runs(*[announcing()] * 6, every=7 * 24 * HOUR), now=START + 20 * 24 * HOUR) == []


def test_a_source_that_may_have_said_more_than_was_heard_is_named_for_a_day():
    heard = Tally(documents=1, links=10, new=10, gaps=1)
    assert kinds(runs(*[announcing()] * 6, heard, announcing())) == ["gaps"]
    assert kinds(runs(heard, *[announcing()] * 30)) == []


def test_a_feed_that_announces_nothing_any_more_is_named_at_once():
    assert kinds(runs(*[announcing()] * 6, announcing(links=0, new=0))) == ["empty"]


def test_a_feed_that_announces_nothing_is_named_for_as_long_as_it_does_not():
    assert kinds(runs(*[announcing()] * 6, *[announcing(links=0, new=0)] * 50)) == ["empty"]


@pytest.mark.parametrize(
    ("quiet", "named"),
    [(Tally(documents=1, links=10), "silent"), (Tally(documents=1), "empty")],
    ids=["as before", "empty"],
)
def test_a_source_that_is_asked_often_is_named_however_often_it_was_asked_since(
    tmp_path, quiet, named
):
    """Asked every five minutes it was named for a day, or never, and then all was well again."""
    five_minutes = dt.timedelta(minutes=5)
    last_at = START - 3 * 24 * HOUR
    asked = [(last_at - 6 * HOUR * nth, announcing()) for nth in reversed(range(10))]
    asked += [(last_at + five_minutes * nth, quiet) for nth in range(1, 860)]
    with closing(open_state(tmp_path / "state.sqlite", ROOM)) as state:
        for number, (at, tally) in enumerate(asked):
            tallies = Tallies(state, run_id=f"run-{number}")
            brought = tallies.of("s")
            brought.documents, brought.links, brought.new = tally.documents, tally.links, tally.new
            tallies.keep(at.timestamp())
        known = history_of(history(state, "s", 200))
        (rows,) = state.execute("SELECT count(*) FROM watch_tallies").fetchone()
    assert kinds(known) == [named]
    assert rows == 410


def test_a_dead_source_is_named_and_not_called_silent_too():
    rhythm = Rhythm(interval=HOUR, asked_at=START, failures=9, failing_since=START - 72 * HOUR)
    history = [(at - 72 * HOUR, tally) for at, tally in runs(*[announcing()] * 10)]
    assert kinds(history, rhythm) == ["dead"]


def test_reading_that_finds_half_as_much_is_named():
    usual = [reading()] * 5
    assert kinds(runs(*usual, reading(letters=480), reading(letters=480))) == ["short-texts"]
    assert kinds(runs(*usual, reading(letters=600), reading(letters=600))) == []
    # four pages are too few to tell
    assert kinds(runs(*usual, reading(letters=10))) == []


def test_reading_that_loses_its_dates_is_named():
    assert kinds(runs(*[reading()] * 5, reading(dated=0), reading(dated=1))) == ["dates-lost"]


def test_another_reader_version_is_no_loss():
    changed = reading(letters=300, dated=0, reader="4")
    assert kinds(runs(*[reading()] * 5, changed, changed)) == []


def test_a_rise_of_walls_is_named():
    usual = [reading()] * 5
    assert kinds(runs(*usual, reading(texts=4, walls=4))) == ["walls"]
    assert kinds(runs(*[reading(texts=4, walls=2)] * 6)) == []


@pytest.mark.parametrize(("skew_s", "named"), [(20, 0), (-20, 0), (900, 1), (-900, 1)])
def test_our_clock_is_held_against_those_of_most_sources(skew_s, named):
    skewed = {name: [(START, Tally(skew_s=skew_s))] for name in "abc"}
    assert len(clock_concerns(skewed, START)) == named
    one = {"a": [(START, Tally(skew_s=skew_s))], "b": [(START, Tally(skew_s=0.1))]}
    assert clock_concerns(one, START) == []


def test_a_clock_that_was_set_back_is_named():
    (concern,) = clock_concerns({"a": [(START, Tally())]}, START - HOUR)
    assert "set back" in concern.text
