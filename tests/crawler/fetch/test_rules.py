import time

from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.rules import PARSED_BYTES, RobotsRules

# RFC 9309, section 5.1 and 5.2, with our token in the place of one of its crawlers.
SIMPLE_EXAMPLE = b"""\
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: dateline
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""
LONGEST_MATCH = b"""\
User-Agent: dateline
Allow: /example/page/
Disallow: /example/page/disallowed.gif
"""


def rules(body, token="Dateline"):
    return RobotsRules.parse(body, token)


def test_the_examples_of_the_rfc_hold():
    own = rules(SIMPLE_EXAMPLE)
    assert own.allows("https://a.test/example/page.html")
    assert own.allows("https://a.test/example/allowed.gif")
    assert not own.allows("https://a.test/publications/")
    common = rules(SIMPLE_EXAMPLE, "otherbot")
    assert not common.allows("https://a.test/x.gif")
    assert not common.allows("https://a.test/example/")
    assert common.allows("https://a.test/publications/")
    assert rules(SIMPLE_EXAMPLE, "quxbot").allows("https://a.test/example/")
    assert not rules(SIMPLE_EXAMPLE, "bazbot").allows("https://a.test/example/page.html")
    longest = rules(LONGEST_MATCH)
    assert longest.allows("https://a.test/example/page/")
    assert not longest.allows("https://a.test/example/page/disallowed.gif")


def test_token_matches_whole_and_in_any_case():
    assert not rules(b"user-agent: DATELINE/2.0 (x)\ndisallow: /").allows("http://a.test/x")
    for other in (b"date", b"datelinebot", b"my-dateline", b"line"):
        assert rules(b"User-agent: %s\nDisallow: /" % other).allows("http://a.test/x")


def test_groups_of_one_token_are_one_group():
    both = rules(
        b"User-agent: dateline\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
        b"User-agent: y\nUser-agent: dateline\nDisallow: /b\n"
    )
    assert not both.allows("http://a.test/a")
    assert not both.allows("http://a.test/b")
    assert both.allows("http://a.test/c")


def test_a_sitemap_line_ends_no_group():
    split = rules(b"User-agent: dateline\nSitemap: http://a.test/s.xml\nUser-agent: x\nDisallow: /")
    assert not split.allows("http://a.test/x")


def test_crawl_delay_is_that_of_the_own_group():
    body = b"User-agent: *\nCrawl-delay: 20\n\nUser-agent: dateline\nCrawl-delay: 2.5\n"
    assert rules(body).crawl_delay_s == 2.5
    assert rules(body, "x").crawl_delay_s == 20
    for none in (b"-1", b"nan", b"inf", b"soon", b""):
        assert rules(b"User-agent: *\nCrawl-delay: %s\n" % none).crawl_delay_s is None


def test_a_page_instead_of_rules_forbids_nothing():
    assert rules(b"<!doctype html><title>Not found</title>").allows("http://a.test/x")
    assert rules(b"\x00\xff\xfe garbage \xf0\x28").allows("http://a.test/x")
    assert not rules(b"\xef\xbb\xbfUser-agent: *\rDisallow: /x").allows("http://a.test/x")


def test_only_the_first_500_kib_are_read_and_no_rule_is_cut_in_two():
    head = b"User-agent: *\nDisallow: /early\n"
    last = b"Disallow: /late/and/long\n"
    padding = b"#" * (PARSED_BYTES - len(head) - len(last) // 2 - 1) + b"\n"
    cut = rules(head + padding + last)
    assert not cut.allows("http://a.test/early")
    assert cut.allows("http://a.test/late/and/long")
    assert cut.allows("http://a.test/other")


def test_many_agents_times_many_rules_cost_neither_memory_nor_time():
    body = b"".join(b"User-agent: a%d\n" % n for n in range(14_000))
    body += b"User-agent: *\n" + b"".join(b"Disallow: /%d\n" % n for n in range(14_000))
    began_at = time.monotonic()
    parsed = rules(body)
    assert not parsed.allows("http://a.test/13999")
    assert parsed.size == 14_000
    assert time.monotonic() - began_at < 10  # minutes and gigabytes, if each agent had its copy


@given(st.binary(max_size=400), st.text(max_size=60))
def test_any_body_gives_an_answer(body, path):
    parsed = rules(b"User-agent: *\n" + body)
    assert parsed.allows(f"http://a.test/{path}") in {True, False}
    assert parsed.crawl_delay_s is None or parsed.crawl_delay_s >= 0
