"""Which links need a hop, and where its answer leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.paces import PACES_S, pace_s
from crawler.platforms.registry import recognise
from crawler.platforms.shorteners import hop, landing
from tests.crawler.platforms.answering import answered
from tests.crawler.platforms.walks import get


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://t.co/AbC123xyz", "https://t.co/AbC123xyz"),
        ("http://t.co/AbC123xyz?amp=1", "https://t.co/AbC123xyz"),
        ("https://pic.twitter.com/PiC456", "https://t.co/PiC456"),
        ("pic.x.com/PiC456", None),
        ("https://pic.x.com/PiC456", "https://t.co/PiC456"),
        ("https://fb.watch/vid30Key/", "https://fb.watch/vid30Key/"),
        ("https://www.facebook.com/share/p/1AbCdEfGh/", "https://www.facebook.com/share/p/1AbCdEfGh"),
        ("https://vm.tiktok.com/ZMabcdef/", "https://vm.tiktok.com/ZMabcdef"),
        ("https://www.tiktok.com/t/ZTabcdef/", "https://www.tiktok.com/t/ZTabcdef"),
        ("https://www.reddit.com/r/Floods/s/aBcDeF1234", "https://www.reddit.com/r/Floods/s/aBcDeF1234"),
        ("https://redd.it/1abcde", "https://redd.it/1abcde"),
        ("https://vk.cc/abc123", "https://vk.cc/abc123"),
        ("https://www.instagram.com/share/p/BAabc", "https://www.instagram.com/share/p/BAabc"),
        ("https://youtu.be/cR4d9SmBq_w", None),
        ("https://v.redd.it/abc123", None),
        ("https://www.facebook.com/sharer.php?u=x", None),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example", None),
        ("https://t.co/", None),
        ("https://t.co/a/b", None),
        ("https://news.example/t.co/abc", None),
        ("ftp://t.co/abc", None),
    ],
)  # fmt: skip
def test_hop_is_made_for_short_links_alone(url, asked):
    made = hop(url)
    assert (made and made.url) == asked


def test_redirect_leads_where_its_location_says():
    url = "https://t.co/AbC"
    moved = answered(status=301, url=url, location="https://news.example/a?b=1")
    assert landing(moved) == "https://news.example/a?b=1"
    assert landing(answered(status=302, url=url, location="/b")) == "https://t.co/b"


def test_page_that_refreshes_leads_where_it_says():
    page = (
        "<head><noscript><META http-equiv='refresh' content='0;URL=https://x.com/a/status/7'>"
        "</noscript><title>https://x.com/a/status/7</title></head>"
    )
    target = landing(answered(page, url="https://t.co/AbC"))
    assert recognise(target).key == "x:7"


@pytest.mark.parametrize(
    "answer",
    [
        answered(b"", status=301),
        answered(b"", status=301, location="javascript:alert(1)"),
        answered(b"", status=404, location="https://news.example/"),
        answered("<meta http-equiv=refresh content='30'>"),
        answered("<meta http-equiv=refresh content='0;url=data:text/html,x'>"),
        answered("<p>https://news.example/</p>"),
    ],
)
def test_answer_that_leads_nowhere_on_the_web_leads_nowhere(answer):
    assert landing(answer) is None


def test_short_links_of_the_demo_are_followed_hop_by_hop_to_their_post():
    url = "https://pic.x.com/Ty2KbE94Uf"
    while ask := hop(url):
        url = landing(get(ask))
    assert recognise(url).key == "x:2121504115576012801"


@given(st.text(max_size=200), st.binary(max_size=200))
def test_hostile_links_and_pages_raise_nothing(url, body):
    hop(url)
    landing(answered(body, url="https://t.co/x"))
    landing(answered(body, status=302, url="https://t.co/x", location=url))


@pytest.mark.parametrize(
    ("url", "seconds"),
    [
        ("https://cdn.syndication.twimg.com/tweet-result?id=1", 3.0),
        ("https://publish.x.com/oembed?url=x", 2.0),
        ("https://T.ME/a/1?embed=1", 1.0),
        ("https://public.api.bsky.app/xrpc/x", 0.5),
        ("https://dyke.example/api/v1/statuses/1", 1.0),
        ("https://graph.facebook.com/v25.0/x", 4.0),
        ("https://www.facebook.com/plugins/post.php", 10.0),
        ("https://news.example/story", None),
        ("nonsense", None),
        ("http://[", None),
    ],
)
def test_pace_of_a_host_is_the_tables(url, seconds):
    assert pace_s(url) == seconds


def test_setting_changes_a_pace():
    assert pace_s("https://t.me/a/1", {**PACES_S, "t.me": 9.0}) == 9.0
