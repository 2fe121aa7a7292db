"""Posts that a passing fault kept from us are due again after growing pauses."""

import datetime as dt
import sqlite3
from contextlib import closing

import pytest

from crawler.state.repeats import PAUSES, PostsToRepeat, PutOff

NOW = dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def memory(connect, clock):
    return PostsToRepeat(connect(), clock=clock)


def post(number, depth=0):
    url = f"https://x.com/i/status/{number}"
    return PutOff(platform="x", post_id=str(number), url=url, depth=depth)


def test_pauses_grow_and_after_the_last_a_post_is_let_be(memory, clock):
    for pause in PAUSES:
        memory.put_off(post(1))
        clock.now += pause - SECOND
        assert memory.due() == []
        clock.now += SECOND
        assert memory.due() == [post(1)]
    memory.put_off(post(1))
    clock.now += dt.timedelta(days=365)
    assert memory.due() == []


def test_what_is_due_is_known_across_runs_the_longest_due_first(connect, memory, clock):
    for number in (2, 1):
        memory.put_off(post(number, number))
        clock.now += SECOND
    clock.now += PAUSES[0]
    again = PostsToRepeat(connect(), clock=clock)
    assert again.due() == [post(2, 2), post(1, 1)]


def test_a_post_that_was_had_begins_anew(memory, clock):
    for _ in PAUSES:
        memory.put_off(post(1))
    memory.settle(post(1).key)
    clock.now += dt.timedelta(days=9)
    assert memory.due() == []
    memory.put_off(post(1))
    clock.now += PAUSES[0]
    assert len(memory.due()) == 1


def test_a_state_of_before_is_furnished_with_it(tmp_path, connect):
    connection = connect()
    connection.execute("DROP TABLE repeats")
    connection.execute("UPDATE rooms SET version = 1 WHERE name = 'posts'")
    connection.close()
    memory = PostsToRepeat(connect(), clock=lambda: NOW)
    memory.put_off(post(1))
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as state:
        (found,) = state.execute("SELECT post_key FROM repeats")
    assert found == ("x:1",)


def test_a_memory_that_fails_costs_the_memory_and_not_the_crawl(memory, caplog):
    memory._connection.close()
    memory.put_off(post(1))
    memory.settle(post(1).key)
    assert memory.due() == []
    assert len(caplog.records) == 3
