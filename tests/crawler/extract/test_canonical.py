"""Addresses seen from where they stand."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.document.canonical import MAX_URL_CHARS, absolute

BASE = "https://news.example/2022/05/story?page=2"


@pytest.mark.parametrize(
    ("href", "seen"),
    [
        ("https://other.example/a/b?c=d&e", "https://other.example/a/b?c=d&e"),
        ("other", "https://news.example/2022/05/other"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("\n https://other.example/a \t", "https://other.example/a"),
        ("https://other.example/a#", "https://other.example/a"),
        ("https://other.example/?", "https://other.example/"),
        ("mailto:desk@news.example", None),
        ("ftp://other.example/a", None),
        ("https://[::1/", None),
        (f"https://other.example/{'a' * MAX_URL_CHARS}", None),
    ],
)
def test_an_address_is_joined_to_where_it_stands(href, seen):
    assert absolute(href, BASE) == seen


_PARTS = ("//", "/", "?", "#", "&", "=", ":", ";", "@", "..", "%41", "www.a.example", "b-c_d", "ß")


@given(
    scheme=st.sampled_from(["https:", "http:"]),
    parts=st.lists(st.sampled_from(_PARTS), max_size=8),
)
def test_a_whole_address_is_what_joining_makes_of_it(scheme, parts):
    href = f"{scheme}//{''.join(parts)}"
    seen = absolute(href, BASE)
    assert seen is None or seen == urljoin(BASE, href)
