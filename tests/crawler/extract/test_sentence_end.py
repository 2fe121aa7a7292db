"""Where a sentence ends: a mark, with what may close behind it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.text.sentence_end import ends_sentence

PATTERN = re.compile(r"[.!?…。！？।:»”\"'’]\s*[\"”»’)\]]?\s*$")


@pytest.mark.parametrize(
    "line",
    ["The quay is shut.", "Is it shut? ”", "(The quay is shut.)", "埠頭は閉鎖。", "He says: "],
)
def test_a_mark_ends_a_sentence_also_before_what_closes(line):
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["", " ", "The quay", "The quay (north)", "Shut. )) ", "[3]"])
def test_a_line_without_a_mark_at_its_end_ends_no_sentence(line):
    assert not ends_sentence(line)


@given(st.text(st.sampled_from("ab.!:»”\"'’)] \t\n\u00a0।")) | st.text())
def test_it_says_what_the_pattern_says(line):
    assert ends_sentence(line) == (PATTERN.search(line) is not None)
