import math
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from crawler.frontier.clock import SteadyClock
from crawler.frontier.store import (
    FRESH_PRIORITY,
    LATE_PRIORITY,
    Band,
    Entry,
    FrontierStore,
    State,
    Ticket,
    band_of,
)


class Clock:
    def __init__(self, now=1_000.0):
        self.now = now

    def __call__(self):
        return self.now


def entry(number, host="a.example", priority=0, wait_s=0.0, request=b"{}"):
    return Entry(
        key=b"%020d" % number,
        host=host,
        priority=priority,
        found_by="feed",
        request=request,
        wait_s=wait_s,
    )


def never_rests(host):
    return 0.0


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.sqlite"


@pytest.fixture
def store(path, clock):
    store = FrontierStore.open(path, clock=clock)
    yield store
    store.close()


def drained(store, rest_s=never_rests):
    taken = []
    while isinstance(ticket := store.take(rest_s), Ticket):
        taken.append(ticket)
    return taken


def numbers(tickets):
    return [int(ticket.key) for ticket in tickets]


def test_a_url_is_handed_out_once_and_then_is_in_flight(store):
    assert store.add(entry(1))
    assert not store.add(entry(1))
    ticket = store.take(never_rests)
    assert (ticket.key, ticket.host, ticket.tries) == (b"%020d" % 1, "a.example", 1)
    assert store.take(never_rests) == math.inf
    assert not store.add(entry(1))
    assert store.counts() == {State.IN_FLIGHT: 1}
    store.settle(ticket, State.DONE)
    assert store.counts() == {State.DONE: 1}
    assert not store.has_ready()


def test_what_a_dead_process_had_in_flight_waits_again_and_nothing_else(path, clock):
    first = FrontierStore.open(path, clock=clock)
    for number in range(5):
        first.add(entry(number))
    done, failed, *_ = [first.take(never_rests) for _ in range(4)]
    first.settle(done, State.DONE)
    first.settle(failed, State.FAILED, "no route")
    # no close: the process is gone
    second = FrontierStore.open(path, clock=clock)
    assert second.recover() == 2
    assert numbers(drained(second)) == [2, 3, 4]
    assert second.recover() == 3
    first.close()
    second.close()


def test_within_a_host_the_higher_priority_goes_first_then_the_older(store):
    for number, priority in enumerate([0, 5, 0, 5, -5]):
        store.add(entry(number, priority=priority))
    assert numbers(drained(store)) == [1, 3, 0, 2, 4]


def test_a_waiting_url_keeps_the_higher_of_two_priorities(store):
    store.add(entry(1))
    store.add(entry(2))
    assert not store.add(entry(2, priority=7))
    assert not store.add(entry(2, priority=3))
    assert numbers(drained(store)) == [2, 1]


def test_a_host_of_many_urls_does_not_starve_one_of_three(store):
    for number in range(1000):
        store.add(entry(number, host="large.example"))
    for number in range(1000, 1003):
        store.add(entry(number, host="small.example"))
    first = [store.take(never_rests).host for _ in range(6)]
    assert Counter(first) == {"large.example": 3, "small.example": 3}


def test_more_hosts_than_are_looked_up_at_once_take_turns_too(store):
    for number in range(600):
        store.add(entry(number, host=f"h{number % 200}.example"))
    taken = [ticket.host for ticket in drained(store)]
    for begin in (0, 200, 400):
        assert len(set(taken[begin : begin + 200])) == 200


def test_news_goes_before_the_rest_of_all_hosts_and_the_rest_still_comes(store):
    for number in range(100):
        store.add(entry(number, host="old.example", priority=LATE_PRIORITY))
    for number in range(100, 200):
        store.add(entry(number, host=f"new{number % 7}.example", priority=FRESH_PRIORITY))
    first = [ticket.host for ticket in (store.take(never_rests) for _ in range(80))]
    assert first[:7].count("old.example") == 0
    assert first.count("old.example") == 10


@pytest.mark.parametrize(
    ("priority", "band"),
    [(100, Band.FRESH), (99, Band.USUAL), (0, Band.USUAL), (-99, Band.USUAL), (-100, Band.LATE)],
)
def test_a_priority_has_its_band(priority, band):
    assert band_of(priority) is band


def test_nothing_is_handed_out_that_would_have_to_wait(store):
    store.add(entry(1, host="slow.example", priority=FRESH_PRIORITY))
    store.add(entry(2, host="free.example"))
    rest = {"slow.example": 3.5, "free.example": 0.0}
    assert numbers([store.take(rest.__getitem__)]) == [2]
    assert store.take(rest.__getitem__) == 3.5
    rest["slow.example"] = math.inf
    assert store.take(rest.__getitem__) == math.inf
    assert store.has_ready()
    rest["slow.example"] = 0.0
    assert numbers([store.take(rest.__getitem__)]) == [1]


def test_a_wait_ends_at_its_time_and_not_before(store, clock):
    store.add(entry(1, wait_s=60))
    assert not store.has_ready()
    assert store.take(never_rests) == 60
    clock.now += 59.5
    assert store.take(never_rests) == 0.5
    clock.now += 0.5
    assert store.has_ready()
    assert numbers(drained(store)) == [1]


def test_very_many_that_are_due_at_once_come_in_portions_and_all(store, clock):
    for number in range(1200):
        store.add(entry(number, wait_s=60 + number % 3))
    clock.now += 3600
    assert store.has_ready()
    assert store.counts() == {State.WAITING: 1200}
    assert len(drained(store)) == 1200


def test_a_clock_set_back_between_two_processes_prolongs_no_wait(path, clock):
    first = FrontierStore.open(path, clock=clock)
    first.add(entry(1, wait_s=60))
    clock.now -= 1_000_000
    second = FrontierStore.open(path, clock=clock)
    second.recover()
    assert second.take(never_rests) == 60
    first.close()
    second.close()


def test_a_clock_set_while_we_look_moves_no_deadline():
    system = {"wall": 1_000_000.0, "monotonic": 50.0}
    clock = SteadyClock(wall=lambda: system["wall"], monotonic=lambda: system["monotonic"])
    began = clock()
    system["wall"] -= 500_000
    system["monotonic"] += 7
    assert clock() - began == 7


def test_a_retry_of_what_is_in_flight_waits_with_its_own_request_and_is_not_settled_over(store):
    store.add(entry(1))
    first = store.take(never_rests)
    assert store.add(entry(1, request=b'{"retry": 1}', wait_s=5), again=True)
    store.settle(first, State.DONE)
    assert store.counts() == {State.WAITING: 1}
    store._clock.now += 5
    second = store.take(never_rests)
    assert (second.request, second.tries) == (b'{"retry": 1}', 2)


def test_what_waits_or_is_in_flight_anyhow_is_not_asked_a_second_time(store):
    store.add(entry(1))
    assert not store.add(entry(1), again=True, if_settled=True)
    ticket = store.take(never_rests)
    assert not store.add(entry(1), again=True, if_settled=True)
    assert store.counts() == {State.IN_FLIGHT: 1}
    store.settle(ticket, State.FAILED, "no route")
    assert store.add(entry(1), again=True, if_settled=True)
    assert store.counts() == {State.WAITING: 1}


def test_what_is_done_can_be_asked_again_on_purpose(store):
    store.add(entry(1))
    store.settle(store.take(never_rests), State.DONE)
    assert not store.add(entry(1))
    assert store.add(entry(1), again=True)
    assert store.take(never_rests).tries == 1


def test_hosts_named_by_hostile_pages_stay_text(store):
    name = "a'); DROP TABLE frontier_urls; --"
    store.add(entry(1, host=name))
    assert store.take(never_rests).host == name


class Frontier(RuleBasedStateMachine):
    """Against a model: no URL is lost, none is in two states, none goes before its time."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.path = Path(self.folder.name) / "state.sqlite"
        self.store = FrontierStore.open(self.path, clock=self.clock)
        self.state, self.due, self.tickets = {}, {}, {}

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    @rule(
        number=st.integers(0, 15),
        priority=st.sampled_from([-100, -1, 0, 3, 100]),
        wait_s=st.sampled_from([0.0, 0.0, 4.0]),
        again=st.booleans(),
    )
    def add(self, number, priority, wait_s, again):
        host = f"h{number % 4}.example"
        is_new = self.store.add(entry(number, host, priority, wait_s), again=again)
        assert is_new == (again or number not in self.state)
        if is_new:
            self.state[number] = State.WAITING
            self.due[number] = self.clock.now + wait_s

    @rule(resting=st.sets(st.integers(0, 3)))
    def take(self, resting):
        names = {f"h{number}.example" for number in resting}
        ticket = self.store.take(lambda host: 1.0 if host in names else 0.0)
        free = [
            number
            for number, state in self.state.items()
            if state is State.WAITING
            and self.due[number] <= self.clock.now
            and number % 4 not in resting
        ]
        if not isinstance(ticket, Ticket):
            assert not free
            return
        number = int(ticket.key)
        assert number in free
        self.state[number] = State.IN_FLIGHT
        self.tickets[number] = ticket

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), state=st.sampled_from([State.DONE, State.FAILED, State.REFUSED]))
    def settle(self, data, state):
        number = data.draw(st.sampled_from(sorted(self.tickets)))
        self.store.settle(self.tickets.pop(number), state)
        if self.state[number] is State.IN_FLIGHT:
            self.state[number] = state

    @rule(seconds=st.floats(0.5, 6.0))
    def pass_time(self, seconds):
        self.clock.now += seconds

    @rule()
    def die(self):
        self.store.close()
        self.store = FrontierStore.open(self.path, clock=self.clock)
        in_flight = [n for n, state in self.state.items() if state is State.IN_FLIGHT]
        assert self.store.recover() == len(in_flight)
        for number in in_flight:
            self.state[number], self.due[number] = State.WAITING, self.clock.now
        self.tickets = {}

    @invariant()
    def counts_agree(self):
        if hasattr(self, "store"):
            assert self.store.counts() == dict(Counter(self.state.values()))


TestFrontier = Frontier.TestCase
TestFrontier.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
