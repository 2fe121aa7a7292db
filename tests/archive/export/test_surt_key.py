"""Our keys against those of the library that pywb itself calls."""

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.export.surt_key import surt_key
from archive.warc.fields import target_uri
from tests.replay.serving import find_pywb
from tests.strategies import hostile_text

THEIRS = "import json, sys, surt; print(json.dumps([surt.surt(u) for u in json.load(sys.stdin)]))"
URLS = [
    "https://news.example",
    "https://news.example/",
    "https://www.News.example:443/A/Story/?b=2&a=1#x",
    "http://www2.news.example:8080/a//b/./c/../d/?",
    "http://news.example:443/../a",
    "https://user:secret@news.example/a%20b%2Fc%2520d?q=%41%26b&q",
    "https://news.example/?q=&q&q=1&Q=0",
    "https://news.example/a?sid=0123456789abcdef0123456789abcdef&x=1",
    "https://news.example/a?x=1&jsessionid=0123456789ABCDEF0123456789ABCDEF",
    "https://news.example/a?cfid=1&cftoken=2",
    "https://news.example/(a(0123456789abcdefghijklmn))/page.aspx?x",
    "https://news.example/(0123456789abcdefghijklmn)/page.aspx",
    "http://127.0.0.1:8000/x",
    "https://xn--strae-oqa.example/%D8%A3%D8%B0%D8%B1",
    "https://news.example./a..b/%ff?%ff",
    "https://wwwnews.example/www.a/",
    "https://www.www.example/",
    "https://news.example/a;b=1/c,d)(e?x=(1),2;3",
    "https://news.example/?",
    "https://news.example?a=b",
    "https://news.example/a+b?c+d=%2B&%26=1",
    "https://news.example/%2525252e%252e/a",
]


def test_keys_are_those_that_pywb_looks_for():
    python = find_pywb() / "python"
    found = subprocess.run(
        [python, "-W", "ignore", "-c", THEIRS],
        input=json.dumps(URLS).encode(),
        capture_output=True,
        check=True,
    ).stdout
    assert [surt_key(url) for url in URLS] == json.loads(found)


@given(st.lists(hostile_text, min_size=1, max_size=30))
def test_a_key_never_breaks_its_line(texts):
    for text in texts:
        for url in (text, "http://" + text, "https://news.example/" + text):
            for spelt in (url, target_uri(url)):
                key = surt_key(spelt)
                assert key, spelt
                assert key.isascii(), spelt
                assert not set(key) & set(" \r\n\t\0"), spelt


@pytest.mark.parametrize("depth", [10, 2000])
def test_escapes_within_escapes_end(depth):
    assert surt_key("https://news.example/%" + "25" * depth + "41") == "example,news)/a"
