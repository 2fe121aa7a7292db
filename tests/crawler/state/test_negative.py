import datetime as dt
import sqlite3
from contextlib import closing

import pytest

from crawler.state.negative import NegativeAnswers
from crawler.state.short_links import ShortLinkMemory

NOW = dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC)


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(connect, clock):
    return lambda: NegativeAnswers(connect(), clock=clock)


def test_a_refusal_is_known_for_a_day_and_across_runs(opened, clock):
    memory = opened()
    memory.remember("x:1", "deleted")
    clock.now = NOW + dt.timedelta(hours=23, minutes=59)
    memory = opened()
    assert memory.knows("x:1")
    assert not memory.knows("x:2")
    clock.now = NOW + dt.timedelta(hours=24, seconds=1)
    assert not memory.knows("x:1")


def test_a_newer_refusal_counts_from_its_own_instant(opened, clock):
    memory = opened()
    memory.remember("x:1", "deleted")
    clock.now = NOW + dt.timedelta(hours=20)
    memory.remember("x:1", "not_found")
    clock.now = NOW + dt.timedelta(hours=30)
    assert memory.knows("x:1")


def test_what_is_older_than_a_day_is_thrown_away(tmp_path, opened, clock):
    opened().remember("x:1", "deleted")
    clock.now = NOW + dt.timedelta(days=2)
    opened()
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as state:
        rows = state.execute("SELECT count(*) FROM negative_answers").fetchone()
    assert rows == (0,)


def test_a_file_that_is_no_database_costs_the_memory_and_not_the_crawl(tmp_path, connect, caplog):
    (tmp_path / "state.sqlite").write_bytes(b"this is no database at all, whatever its name" * 20)
    memory = NegativeAnswers(connect())
    memory.remember("x:1", "deleted")
    assert memory.knows("x:1")
    assert "nothing is remembered of posts" in caplog.text


def test_where_a_short_link_led_is_known_across_runs(connect):
    state = connect()
    ShortLinkMemory(state).remember("https://t.co/a", "https://x.com/a/status/1")
    state.close()
    memory = ShortLinkMemory(connect())
    assert memory.target("https://t.co/a") == "https://x.com/a/status/1"
    assert memory.target("https://t.co/b") is None
