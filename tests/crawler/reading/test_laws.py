"""What holds of every reading, on pages broken by chance. `bench/fuzz_reading.py` has no end."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz_reading import TRAPS, mutated, seed_pages
from bench.reading_laws import broken_laws
from crawler.extract.page import Page

SEEDS = seed_pages()


def page(body, content_type="text/html"):
    return Page(url="https://news.example/2022/05/03/a", body=body, content_type=content_type)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_golden_pages_keep_every_law(seed):
    assert list(broken_laws(page(SEEDS[seed]))) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_a_page_of_one_trap_keeps_every_law(trap):
    for body in (trap, b"<p>" + trap * 200, b"<article><h1>T</h1><p>word</p>" + trap * 20):
        assert list(broken_laws(page(body))) == []


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), which=st.sampled_from(SEEDS))
def test_broken_golden_pages_keep_every_law(seed, which):
    chance = random.Random(seed)
    body = mutated(which, SEEDS, chance)
    label = chance.choice(("text/html", "text/html; charset=shift_jis", "text/html; charset=x"))
    assert list(broken_laws(page(body, label))) == []
