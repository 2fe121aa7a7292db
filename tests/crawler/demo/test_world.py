"""The world hangs together, and each of its peculiarities is there."""

import http.client
import ssl
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from crawler.demo.server import WorldServer
from crawler.demo.sites import SITES
from crawler.demo.world import HOSTS, START_URLS, answer

LEDGER = "https://northernledger.example"
GONE = "https://gone.example/2026/11/last-words"
WALLED = {"www.tiktok.com"}


def links(got):
    tree = lxml.html.fromstring(got.body)
    for attribute in ("href", "src"):
        for target in tree.xpath(f"//@{attribute}"):
            url = urljoin(got.url, target)
            if urlsplit(url).scheme in {"http", "https"}:
                yield url


def is_news(url):
    return urlsplit(url).netloc in {site.host for site in SITES}


@pytest.fixture(scope="module")
def pages(follow):
    """Every news page that can be reached from a front page or a start URL, by its URL."""
    found = {}
    waiting = [site.home + "/" for site in SITES] + [url for url in START_URLS if url != GONE]
    while waiting:
        url = waiting.pop()
        if url in found:
            continue
        got = found[url] = follow(url)
        is_page = "html" in (got.header("content-type") or "")
        if is_page and is_news(got.url) and got.status == 200 and got.promised_body_arrived:
            waiting += [link for link in links(got) if is_news(link)]
    return found


def test_every_link_of_every_news_page_resolves_in_the_world(pages, follow):
    seen = {}
    for got in pages.values():
        if "html" not in got.header("content-type") or got.status != 200:
            continue
        for link in links(got):
            assert urlsplit(link).netloc in HOSTS, f"{got.url} → {link}"
            if link not in seen:
                seen[link] = follow(link).status
            expected = 403 if urlsplit(link).netloc in WALLED and "embed.js" not in link else 200
            assert seen[link] == expected, f"{got.url} → {link}"
    assert len(seen) > 100


def test_every_story_can_be_reached_from_its_front_page_or_is_meant_to_be_hidden(ask):
    for site in SITES:
        front = set(links(ask(site.home + "/")))
        stories = [url for url in START_URLS if urlsplit(url).netloc == site.host]
        for url in stories:
            got = ask(url, count=2)
            if got.status == 200 and "/members/" not in url and "/amp/" not in url:
                canonical = lxml.html.fromstring(got.body).xpath("//link[@rel='canonical']/@href")
                assert canonical[0] in front, url


def test_start_urls_are_distinct_and_their_hosts_have_certificates():
    assert len(set(START_URLS)) == len(START_URLS) >= 20
    assert {urlsplit(url).netloc for url in START_URLS} <= set(HOSTS)
    assert len(set(HOSTS)) == len(HOSTS)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_each_site_has_robots_style_logo_pictures_and_404(site, ask):
    assert "User-agent: *" in ask(site.home + "/robots.txt").text
    assert ask(site.home + "/style.css").header("content-type") == "text/css; charset=utf-8"
    assert ask(site.home + "/logo.svg").header("content-type") == "image/svg+xml"
    front = ask(site.home + "/")
    pictures = lxml.html.fromstring(front.body).xpath("//img/@src[contains(., '/img/')]")
    for picture in pictures:
        assert ask(urljoin(front.url, picture)).body.startswith(b"\x89PNG\r\n\x1a\n")
    missing = ask(site.home + "/no/such/page")
    assert (missing.status, len(missing.body) < 100) == (404, True)


def test_the_same_question_always_gets_the_same_bytes(ask):
    for url in START_URLS:
        assert ask(url, count=2) == ask(url, count=2)


def test_robots_hides_the_members_page_and_nothing_leads_there(pages, ask):
    assert "Disallow: /members/" in ask(LEDGER + "/robots.txt").text
    hidden = LEDGER + "/members/minutes-of-the-board"
    assert ask(hidden).status == 200
    assert hidden in START_URLS
    leading = [got.url for got in pages.values() if hidden in links_or_none(got)]
    assert leading == []


def links_or_none(got):
    is_page = "html" in got.header("content-type") and got.status == 200
    return set(links(got)) - {got.url} if is_page else set()


def test_one_robots_file_asks_for_a_small_crawl_delay(ask):
    text = ask("https://continentalwire.example/robots.txt").text
    assert "Crawl-delay: 0.2" in text


def test_the_deleted_page_is_gone(ask):
    got = ask(LEDGER + "/2026/10/harbour-fees-leak")
    assert got.status == 410
    assert "withdrawn" in got.text


def test_the_moved_page_names_its_new_home(ask, follow):
    old = LEDGER + "/news/quay-lights.html"
    assert ask(old).status == 301
    assert follow(old).url == LEDGER + "/2026/11/quay-lights"
    assert "lamps" in follow(old).text


def test_the_cut_page_promises_more_than_it_sends(ask):
    got = ask(LEDGER + "/2026/11/lighthouse-archive")
    assert got.status == 200
    assert len(got.wire) == got.promised // 2


def test_the_busy_page_says_when_to_come_again_and_is_there_then(ask):
    url = LEDGER + "/2026/11/storm-timetable"
    assert (ask(url).status, ask(url).header("retry-after")) == (503, "1")
    assert ask(url, count=2).status == 200


def test_two_urls_serve_the_identical_payload(ask):
    first = ask(LEDGER + "/2026/11/herring-festival")
    second = ask(LEDGER + "/culture/herring-festival")
    assert first.status == second.status == 200
    assert first.wire == second.wire
    assert len(first.wire) > 2000


def test_the_gone_host_hangs_up(ask):
    assert ask(GONE).is_reset
    assert ask("https://gone.example/robots.txt").is_reset


def test_a_host_outside_the_world_gets_a_404(ask):
    assert ask("https://elsewhere.example/").status == 404


def test_plain_http_leads_to_https_and_the_bare_host_to_www(ask):
    url = "://www.levantdispatch.example/article/latakia-aleppo-highway-reopens/"
    assert ask("http" + url).header("location") == "https" + url
    bare = ask("https://levantdispatch.example/tag/hama/?x=1")
    assert bare.header("location") == "https://www.levantdispatch.example/tag/hama/?x=1"


def test_each_site_delivers_in_its_own_way(ask):
    def coding(url):
        got = ask(url)
        return got.header("content-encoding"), got.header("transfer-encoding")

    assert coding("https://www.levantdispatch.example/") == ("gzip", None)
    assert coding("https://continentalwire.example/") == ("gzip", "chunked")
    assert coding("https://harbortribune.example/") == (None, None)
    cookies = [k for k, _ in ask("https://harbortribune.example/").headers if k == "Set-Cookie"]
    assert len(cookies) == 2


def test_the_world_can_be_asked_over_the_wire():
    with WorldServer(answer, hosts=HOSTS) as server:

        def get(url):
            parts = urlsplit(url)
            trust = ssl.create_default_context(cafile=str(server.ca_file))
            link = http.client.HTTPSConnection(
                "127.0.0.1", server.https_port, context=trust, timeout=10
            )
            try:
                link.request("GET", parts.path, headers={"Host": parts.netloc})
                return link.getresponse().read()
            finally:
                link.close()

        assert get("https://continentalwire.example/hub/world").startswith(b"\x1f\x8b")
        assert b"herring" in get(LEDGER + "/2026/11/herring-festival")
        with pytest.raises(http.client.IncompleteRead):
            get(LEDGER + "/2026/11/lighthouse-archive")
        with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
            get(GONE)
