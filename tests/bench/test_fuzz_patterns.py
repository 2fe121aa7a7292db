"""No regular expression of ours takes long over a text made to go all its ways.

Nor does one find in one Python what it does not find in another.
"""

import random
import re
import subprocess
import sys
from itertools import islice

import pytest

from bench import fuzz_patterns
from bench.fuzz_patterns import ROOT, Named, is_sound, search

TWO_WAYS = {
    "a repeat in a repeat": r"\((?:[A-Z]{1,5}[ -]?)+\d\)",
    "a piece or two": r"<a(?:(?: ?=?[^ =>]+|=)){300}",
    "a mark behind or before": r"(?:[ ,]+(?:jun|jul)[.,]?)+$",
    "bytes": rb"(?:x+x+)+y",
}


def found_slow(pattern):
    named = [Named("planted", re.compile(pattern))]
    return [text for _, text in islice(search(named, random.Random(1)), 100) if text is not None]


@pytest.mark.parametrize("pattern", TWO_WAYS.values(), ids=TWO_WAYS)
def test_a_pattern_with_two_ways_is_found(pattern, monkeypatch):
    monkeypatch.setattr(fuzz_patterns, "SLOW_S", 0.1)
    assert found_slow(pattern)


def test_a_pattern_that_takes_one_way_is_none():
    assert not found_slow(r"\([A-Z]++(?>(?:[ -][A-Z]++)*)\)")


@pytest.mark.parametrize("pattern", ["(?:a|b(?!c))++", "(?=(?:ab?){1,3}+)", "x(y|(?:a?b)?+)"])
def test_a_possessive_repeat_of_more_than_a_letter_is_found(pattern):
    assert not is_sound(re.compile(pattern))


def test_possessive_letters_and_atomic_groups_are_sound():
    assert is_sound(re.compile(r"[a-z]++\.?+x*+(?>(?:[ -][A-Z]++)*)"))


def assert_none_of_ours(*options):
    command = [sys.executable, "bench/fuzz_patterns.py", "--seed", "1", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    (counted,) = re.findall(r", (\d+) patterns", ran.stdout)
    assert int(counted) > 400


def test_no_pattern_of_ours_has_two_ways_or_is_unsound():
    assert_none_of_ours("--rounds", "4")


@pytest.mark.soak
def test_no_pattern_of_ours_has_two_ways_for_long():
    assert_none_of_ours("--minutes", "10")
