import time
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.demo import press
from crawler.demo.sites import SITES
from crawler.discover.sections import MOST_LINKS, read_section, shape_of
from crawler.extract.page import Page

FURNITURE = """<nav><a href="/politics">Politics</a><a href="/sport">Sport</a></nav>
<a href="/login?return=/a-story-of-some-length">Log in to read all of our stories</a>
<a href="/tag/floods-in-the-valley">Floods in the valley of the river</a>
<a href="https://ads.example/a-long-offer-of-the-day-12345678">An offer that nobody can refuse</a>
<a href="/files/annual-report-of-the-board-2026.pdf">Our annual report of the year, in full</a>
<footer><a href="/privacy-policy">How we handle what we know of you, the reader</a></footer>"""


def page(body, url="https://news.example/world"):
    return Page(url=url, body=f"<html><body>{body}</body></html>".encode(), content_type=None)


def paths(found):
    return [urlsplit(link.url).path for link in found.links]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_a_front_page_gives_its_stories_and_nothing_else(site):
    html = press.listing(site).encode()
    found = read_section(Page(url=site.home, body=html, content_type=site.content_type))
    stories = {unquote(story.path) for story in press._listed(site)}
    assert {unquote(path) for path in paths(found)} == stories


@pytest.mark.parametrize(
    "form",
    ["/2026/11/22/{}", "/world/{}-12345678", "/article/{}.html", "/n/{}", "/world/story-{}-abc"],
)
def test_a_list_is_found_among_the_furniture_whatever_the_addresses(form):
    slugs = [f"the-river-rose-again-and-night-{n}-fell" for n in range(8)]
    items = "".join(
        f'<li class="item"><h3><a href="{form.format(slug)}">The river rose again, {n}</a></h3>'
        for n, slug in enumerate(slugs)
    )
    found = read_section(page(f"{FURNITURE}<ul>{items}</ul>"))
    assert paths(found) == [form.format(slug) for slug in slugs]
    assert found.links[0].headline == "The river rose again, 0"


def test_a_short_headline_is_held_up_by_its_list():
    items = "".join(
        f'<li><a href="/world/the-river-rose-again-{n}-times">The river rose again that night</a>'
        for n in range(6)
    )
    items += '<li><a href="/world/flood-war">Flood</a></li>'
    assert "/world/flood-war" in paths(read_section(page(f"<ul>{items}</ul>")))
    assert paths(read_section(page('<p><a href="/world/flood-war">Flood</a></p>'))) == []


def test_known_articles_teach_the_shape_of_others():
    body = '<p><a href="/x/99821733">Quay</a></p><p><a href="/y/quay">Quay</a></p>'
    assert paths(read_section(page(body))) == []
    known = ["https://news.example/x/11111111", "https://news.example/x/22222222"]
    assert paths(read_section(page(body), known)) == ["/x/99821733"]


def test_a_day_in_the_address_is_a_claimed_day_of_publication():
    body = '<h2><a href="/2026/11/22/the-river-rose-again">The river rose again</a></h2>'
    (link,) = read_section(page(body)).links
    assert str(link.published) == "2026-11-22"


def test_the_next_page_is_named_where_it_is_of_this_site():
    assert read_section(page('<a rel="next" href="?page=2">2</a>')).next_url == (
        "https://news.example/world?page=2"
    )
    assert read_section(page('<a rel="next" href="//ads.example/">2</a>')).next_url is None


@pytest.mark.parametrize("piece", ["<div>", '<a href="/a-b-c-d-{}">', '<p><b id="{}">', "<li>"])
def test_no_page_takes_long(piece):
    body = "".join(piece.format(number) for number in range(30_000))
    began = time.process_time()
    found = read_section(page(body))
    assert time.process_time() - began < 10
    assert len(found.links) <= MOST_LINKS


@given(st.binary(max_size=300), st.text(max_size=20))
def test_whatever_comes_gives_addresses_of_this_site_or_none(noise, href):
    body = noise + f'<h2><a href="{href}">the river rose again that night</a></h2>'.encode(
        "utf-8", "replace"
    )
    found = read_section(Page(url="https://news.example/", body=body, content_type=None))
    assert all(urlsplit(link.url).hostname.endswith("news.example") for link in found.links)


def test_articles_of_one_site_have_one_shape():
    assert shape_of("https://a.example/2026/11/22/a-b-c-d") == "/D/D/D/slug"
    assert shape_of("https://a.example/x/123456") == shape_of("https://a.example/x/99999999")
    assert shape_of("https://a.example/x/123456") != shape_of("https://a.example/x/y")
