from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from archive import absolute_url, url_key
from crawler.demo.server import reply
from crawler.fetch.fingerprint import CanonicalFingerprinter
from tests.crawler.fetch.polite_crawl import crawl


def fingerprint(url, **kwargs):
    return CanonicalFingerprinter().fingerprint(Request(url, **kwargs))


def test_spellings_of_one_url_are_one():
    spellings = [
        "http://news.test/story?a=1&b=2",
        "HTTP://NEWS.test:80/story?a=1&b=2#top",
        "http://www.news.test/story/?b=2&a=1&utm_source=x",
        "http://user:word@news.test/%73tory?a=1&b=2&fbclid=1",
    ]
    assert len({fingerprint(url) for url in spellings}) == 1
    assert len(fingerprint(spellings[0])) == 20


@given(
    path=st.text(alphabet="aé%2f/.\\:;@&=+~-\"'<> {}|^`[]()!$*,", max_size=16),
    query=st.text(alphabet="aé%5B/?\\:;@&=+~-\"'<> {}|^`[]()!$*,", max_size=16),
)
def test_what_is_asked_for_has_the_key_of_what_was_named(path, query):
    url = f"https://news.test/{path}?{query}"
    assert url_key(Request(absolute_url(url)).url) == url_key(url)


def test_scheme_host_path_query_method_and_body_tell_requests_apart():
    apart = [
        fingerprint("http://news.test/story"),
        fingerprint("https://news.test/story"),
        fingerprint("http://news.test:8080/story"),
        fingerprint("http://other.test/story"),
        fingerprint("http://news.test/Story"),
        fingerprint("http://news.test/story?a=1"),
        fingerprint("http://news.test/story", method="HEAD"),
        fingerprint("http://news.test/story", method="POST"),
        fingerprint("http://news.test/story", method="POST", body=b"x"),
        fingerprint("ftp://news.test/story"),
    ]
    assert len(set(apart)) == len(apart)


def test_a_crawl_fetches_each_url_once_and_counts_the_rest():
    def world(asked):
        if asked.path == "/robots.txt":
            return reply(status="404 Not Found")
        if asked.path == "/moved?utm_source=x":
            return reply(status="301 Moved Permanently", headers=[("Location", "/moved")])
        if asked.path == "/alias":
            return reply(status="302 Found", headers=[("Location", "/story?a=1&b=2")])
        if asked.path == "/ring":
            return reply(status="302 Found", headers=[("Location", "/ring")])
        return reply(b"<p>page")

    at = "http://news.test"
    done = crawl(
        world,
        ["news.test"],
        [
            f"{at}/story?a=1&b=2",
            f"{at}/story?b=2&a=1",
            f"{at}/story?a=1&b=2#end",
            f"{at}/story?a=1&b=2&gclid=7",
            f"{at}/moved?utm_source=x",  # leads to another spelling of itself
            f"{at}/alias",  # leads to what is fetched anyway
            f"{at}/ring",
        ],
        CONCURRENT_REQUESTS=1,
        REDIRECT_MAX_TIMES=3,
    )
    asked = [path for _, path in done.asked]
    assert sum(path.startswith("/story") for path in asked) == 1
    assert asked.count("/moved") == 1
    assert asked.count("/ring") == 4
    assert [event["status"] for event in done.events if "/moved" in event["url"]] == [200]
    assert done.stats["dateline/duplicates/url"] == 4


def test_one_address_asked_for_two_posts_is_two_requests():
    fingerprint = CanonicalFingerprinter().fingerprint
    url = "https://api.example/profile?actor=desk"
    one, same, other, plain = (
        fingerprint(Request(url, meta=meta))
        for meta in (
            {"dateline_for": "x:1 profile"},
            {"dateline_for": "x:1 profile"},
            {"dateline_for": "x:2 profile"},
            {},
        )
    )
    assert one == same
    assert len({one, other, plain}) == 3
