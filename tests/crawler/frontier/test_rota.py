"""Whose turn it is."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from crawler.frontier.rota import WINDOW, Host, Rota

READY = st.lists(st.integers(1, WINDOW * 3), min_size=1, unique=True).map(sorted)
STOPS = st.lists(st.integers(0, WINDOW * 4), max_size=8)


@given(READY, STOPS)
def test_a_round_has_every_host_once_wherever_the_one_before_stopped(ready, stops):
    def load(after, most):
        return [Host(number, f"h{number}") for number in ready if number > after][:most]

    rota = Rota(load)
    for stop in stops:
        assert len(list(itertools.islice(rota.once_round(), stop))) == min(stop, len(ready))
    assert sorted(host.host_id for host in rota.once_round()) == ready


def test_a_round_where_nothing_is_ready_ends():
    assert list(Rota(lambda after, most: []).once_round()) == []
