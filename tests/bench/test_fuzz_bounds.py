"""The soups that try the bounds are told as what they are: harmful to a parser, or not."""

import random
from itertools import islice

import pytest

from bench import fuzz_bounds

DEEP = ("", "<x-y></div>", 11_000)
JOINED = ("", f"{'b' * 400}</z id=q>", 4_000)


@pytest.mark.parametrize("soup", [DEEP, JOINED])
def test_a_bounded_soup_is_harmless(soup):
    assert fuzz_bounds.fault_of(fuzz_bounds.page_of(*soup)) is None


def test_without_bounds_a_deep_soup_is_a_finding(monkeypatch):
    monkeypatch.setattr(fuzz_bounds, "bound", lambda page: page)
    assert fuzz_bounds.fault_of(fuzz_bounds.page_of(*DEEP)) == "11001 deep"


def test_a_seed_tells_which_soups_come():
    first, again = (list(islice(fuzz_bounds.soups(random.Random(3)), 9)) for _ in range(2))
    assert first == again


def test_each_mark_in_a_row_is_another_number():
    assert fuzz_bounds.page_of("<p>", "<b id={}><i id={}>", 2) == (
        "<p><b id=0><i id=1><b id=1><i id=2>"
    )
