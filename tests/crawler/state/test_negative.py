import datetime as dt
import sqlite3

import pytest

from crawler.state.negative import NegativeAnswers
from crawler.state.rooms import open_state
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
def path(tmp_path):
    return tmp_path / "state.sqlite"


def opened(path, clock):
    return NegativeAnswers(sqlite3.connect(path, isolation_level=None), clock=clock)


def test_a_refusal_is_known_for_a_day_and_across_runs(path, clock):
    memory = opened(path, clock)
    memory.remember("x:1", "deleted")
    clock.now = NOW + dt.timedelta(hours=23, minutes=59)
    memory = opened(path, clock)
    assert memory.knows("x:1")
    assert not memory.knows("x:2")
    clock.now = NOW + dt.timedelta(hours=24, seconds=1)
    assert not memory.knows("x:1")


def test_a_newer_refusal_counts_from_its_own_instant(path, clock):
    memory = opened(path, clock)
    memory.remember("x:1", "deleted")
    clock.now = NOW + dt.timedelta(hours=20)
    memory.remember("x:1", "not_found")
    clock.now = NOW + dt.timedelta(hours=30)
    assert memory.knows("x:1")


def test_what_is_older_than_a_day_is_thrown_away(path, clock):
    opened(path, clock).remember("x:1", "deleted")
    clock.now = NOW + dt.timedelta(days=2)
    opened(path, clock)
    rows = sqlite3.connect(path).execute("SELECT count(*) FROM negative_answers").fetchone()
    assert rows == (0,)


def test_other_rooms_tables_in_the_same_file_are_left_alone(path, clock):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 7")
    connection.execute("CREATE TABLE waiting (url TEXT)")
    opened(path, clock).remember("x:1", "deleted")
    assert connection.execute("PRAGMA user_version").fetchone() == (7,)
    assert connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)


def test_a_file_that_is_no_database_costs_the_memory_and_not_the_crawl(tmp_path, caplog):
    (tmp_path / "state.sqlite").write_bytes(b"this is no database at all, whatever its name" * 20)
    memory = NegativeAnswers(open_state(tmp_path))
    memory.remember("x:1", "deleted")
    assert memory.knows("x:1")
    assert "nothing is remembered" in caplog.text


def test_where_a_short_link_led_is_known_across_runs(tmp_path):
    state = open_state(tmp_path)
    ShortLinkMemory(state).remember("https://t.co/a", "https://x.com/a/status/1")
    state.close()
    memory = ShortLinkMemory(open_state(tmp_path))
    assert memory.target("https://t.co/a") == "https://x.com/a/status/1"
    assert memory.target("https://t.co/b") is None


def test_a_room_of_another_version_is_furnished_anew(tmp_path):
    state = open_state(tmp_path)
    ShortLinkMemory(state).remember("https://t.co/a", "https://x.com/a/status/1")
    state.execute("UPDATE schema_versions SET version = 99")
    assert ShortLinkMemory(state).target("https://t.co/a") is None
