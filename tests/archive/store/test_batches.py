"""Jobs taken together, from real threads."""

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from archive.store import batches
from archive.store.batches import BATCH, Batches


@given(st.lists(st.integers(), max_size=600))
def test_what_waits_comes_in_order_in_batches_of_bounded_size(jobs):
    waiting = Batches()
    for job in jobs:
        waiting.put(job)
    waiting.end()
    taken = list(waiting)
    assert [job for batch in taken for job in batch] == jobs
    assert all(0 < len(batch) <= BATCH for batch in taken)
    assert len(taken) == -(-len(jobs) // BATCH)


def test_what_comes_after_the_end_is_not_taken():
    waiting = Batches()
    waiting.put(1)
    waiting.end()
    waiting.put(2)
    assert list(waiting) == [[1]]


def test_after_several_together_one_waits_for_more_and_after_one_alone_not(monkeypatch):
    monkeypatch.setattr(batches, "GATHERING_S", 30.0)
    waiting = Batches()
    taken = iter(waiting)
    waiting.put(1)
    assert next(taken) == [1]  # alone: nothing is waited for
    waiting.put(2)
    waiting.put(3)
    assert next(taken) == [2, 3]
    waiting.put(4)

    def put_more():
        while not waiting._waiting.empty():  # until the one before is taken
            time.sleep(0)
        waiting.put(5)
        waiting.end()

    later = threading.Thread(target=put_more)
    later.start()
    assert next(taken) == [4, 5]  # the end ends the waiting too
    later.join()
    assert list(taken) == []


def test_while_nothing_is_urgent_one_waits_longer_until_something_is(monkeypatch):
    monkeypatch.setattr(batches, "GATHERING_S", 0.0)
    monkeypatch.setattr(batches, "LEISURE_S", 30.0)
    waiting = Batches()
    taken = iter(waiting)
    waiting.put(1, is_urgent=False)
    assert next(taken) == [1]  # alone: nothing is waited for
    waiting.put(2, is_urgent=False)
    waiting.put(3, is_urgent=False)
    assert next(taken) == [2, 3]
    waiting.put(4, is_urgent=False)

    def put_more():
        while not waiting._waiting.empty():  # until the one before is taken
            time.sleep(0)
        waiting.put(5, is_urgent=False)
        waiting.put(6)

    later = threading.Thread(target=put_more)
    later.start()
    assert next(taken) == [4, 5, 6]
    later.join()
    waiting.put(7)
    assert next(taken) == [7]  # at once
    waiting.end()
    assert list(taken) == []
