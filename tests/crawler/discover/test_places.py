from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.places import (
    MOST_PLACES,
    Place,
    PlaceKind,
    places_in_page,
    places_in_robots,
    well_known_places,
)
from crawler.extract.page import Page

HERE = "https://news.example/"


def page(body):
    return Page(url=HERE, body=body.encode(), content_type="text/html; charset=utf-8")


def test_a_page_names_its_feeds_and_sitemaps():
    found = places_in_page(
        page(
            '<link rel="alternate" type="application/rss+xml" title="World" href="/world.rss">'
            '<link rel="ALTERNATE home" type="application/atom+xml; x=y" href="//f.example/a">'
            '<link rel="alternate" type="application/feed+json" href="feed.json">'
            '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">'
            '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
            '<link rel="alternate" hreflang="fr" href="/fr">'
            '<link rel="sitemap" href="/map.xml"><link rel="stylesheet" href="/feed.css">'
            '<a href="/rss">RSS</a><a href="/feedback">Write</a><a href="http://o.example/rss">O</a>'
        )
    )
    assert found == (
        Place(url="https://news.example/world.rss", kind=PlaceKind.FEED, title="World"),
        Place(url="https://f.example/a", kind=PlaceKind.FEED),
        Place(url="https://news.example/feed.json", kind=PlaceKind.FEED),
        Place(url="https://news.example/map.xml", kind=PlaceKind.SITEMAP),
        Place(url="https://news.example/rss", kind=PlaceKind.FEED, title="RSS", is_stated=False),
    )


def test_robots_names_sitemaps_wherever_they_lie():
    body = b"""\xef\xbb\xbfSitemap: https://news.example/a.xml # all
User-agent: *\rDisallow: /sitemap: /x
 SITEMAP : /b.xml\r\nSite-map: https://cdn.example/c.xml.gz
Sitemap: javascript:1\nSitemap:\nSitemap: /b.xml"""
    assert [place.url for place in places_in_robots(body, HERE + "robots.txt")] == [
        "https://news.example/a.xml",
        "https://news.example/b.xml",
        "https://cdn.example/c.xml.gz",
    ]


def test_a_robots_file_of_a_million_sitemaps_names_few():
    body = b"".join(b"Sitemap: /%d\n" % number for number in range(100_000))
    assert len(places_in_robots(body, HERE)) == MOST_PLACES


def test_the_usual_places_are_on_the_site_itself_and_only_worth_a_try():
    found = well_known_places("https://news.example/world/page?x=1")
    assert Place(url=HERE + "sitemap.xml", kind=PlaceKind.SITEMAP, is_stated=False) in found
    assert Place(url=HERE + "feed", kind=PlaceKind.FEED, is_stated=False) in found
    assert not any(place.is_stated for place in found)


@given(st.binary(max_size=300))
def test_whatever_comes_gives_addresses_of_the_web_or_none(noise):
    body = b'<link rel=alternate type="application/rss+xml" href="' + noise
    found = places_in_page(Page(url=HERE, body=body, content_type=None))
    found += places_in_robots(b"Sitemap: " + noise, HERE)
    assert all(place.url.startswith(("http://", "https://")) for place in found)
