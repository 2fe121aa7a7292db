import re
from string import printable

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.letters import count_capitals, count_digits, letters_only

TEXTS = st.text(st.one_of(st.sampled_from(printable), st.characters()))


@given(TEXTS)
def test_only_letters_and_digits_are_left_in_order(text):
    assert letters_only(text) == re.sub(r"[\W_]+", "", text)


@given(TEXTS)
def test_tables_count_as_the_characters_say(text):
    assert count_digits(text) == sum(one.isdigit() for one in text)
    assert count_capitals(text) == sum(one.isupper() for one in text)
