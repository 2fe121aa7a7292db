import fnmatch
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.patterns import BadPattern, UrlPatterns, check_pattern, is_match


@given(
    pattern=st.text("ab.*?+$(\\", max_size=9),
    text=st.text("ab.+$(\\\n", max_size=12),
)
def test_a_pattern_means_what_the_shell_means(pattern, text):
    assert is_match(pattern, text) == bool(re.fullmatch(fnmatch.translate(pattern), text))


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://news.example/politics/1", True),
        ("http://other.example/politics/1", True),
        ("https://news.example/politics/video/1", False),
        ("https://live.example/anything", True),
        ("https://news.example/sport/1", False),
        ("https://news.example", False),
    ],
)
def test_include_and_exclude(url, wanted):
    patterns = UrlPatterns(include=("/politics/*", "live.example/*"), exclude=("*/video/*",))
    assert patterns.wants(url) is wanted


def test_without_patterns_everything_is_wanted():
    assert UrlPatterns().wants("https://news.example/any")


def test_no_pattern_takes_long_on_any_text():
    began = time.process_time()
    assert not is_match("*a" * 10 + "*b", "a" * 8000)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    "pattern", ["", "x" * 301, "http://a.example/*", "*a" * 11, "a b", "a\nb", "a\x1b"]
)
def test_what_cannot_be_meant_is_refused(pattern):
    with pytest.raises(BadPattern):
        check_pattern(pattern)
