"""Where a site keeps its feeds and sitemaps: `<link>`, robots.txt, and where everybody has them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from archive import InvalidUrl, registrable_domain
from crawler.discover.announced import short, web_url
from crawler.extract.document.markup import decode, parse
from crawler.extract.page import Page

MOST_PLACES = 50
_MOST_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5, asks for 500 KiB
_FEED_TYPES = re.compile(
    r"application/(?:rss|atom|rdf)\+xml|application/feed\+json|text/(?:rss|atom)(?:\+xml)?",
    re.IGNORECASE,
)
# JSON and XML without a further word may be anything; their address has to say more.
_FEED_WORD = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._-]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comments?(?:/|$|\b)", re.IGNORECASE)

WELL_KNOWN_SITEMAPS = (
    "/sitemap.xml",
    "/sitemap_index.xml",
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap.xml.gz",
)
WELL_KNOWN_FEEDS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")


class PlaceKind(StrEnum):
    """What is to be found there."""

    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address at which a site keeps a feed or a sitemap, by its own word or by custom."""

    url: str
    kind: PlaceKind
    title: str | None = None
    is_stated: bool = True
    """The site names it; False where it is only worth a try."""


def places_in_page(page: Page) -> tuple[Place, ...]:
    """What the page's `<link>`s name, and its anchors to feeds; those of comments are left out.

    Source: HTML standard, 4.6.7.1 ("alternate"); RSS and Atom autodiscovery.
    """
    tree = parse(decode(page))
    base_node = tree.css_first("base[href]")
    base = (base_node and web_url(base_node.attributes.get("href") or "", page.url)) or page.url
    found: list[Place] = []
    for link in tree.css("link[rel][href]")[:500]:
        relations = (link.attributes.get("rel") or "").lower().split()
        kind, href = link.attributes.get("type") or "", link.attributes.get("href") or ""
        url = web_url(href, base)
        if url is None:
            continue
        title = short(link.attributes.get("title"))
        is_feed = _FEED_TYPES.match(kind) or (
            kind.lower() in {"application/json", "application/xml", "text/xml"}
            and _FEED_WORD.search(href)
        )
        if "alternate" in relations and is_feed:
            found.append(Place(url=url, kind=PlaceKind.FEED, title=title))
        elif "sitemap" in relations:
            found.append(Place(url=url, kind=PlaceKind.SITEMAP, title=title))
    for anchor in tree.css("a[href]")[:5000]:
        href = anchor.attributes.get("href") or ""
        if _FEED_WORD.search(href) and (url := web_url(href, base)) and _is_own(url, page.url):
            title = short(anchor.text()[:500])
            found.append(Place(url=url, kind=PlaceKind.FEED, title=title, is_stated=False))
    return _each_once(place for place in found if not _is_of_comments(place))


def places_in_robots(body: bytes, url: str) -> tuple[Place, ...]:
    """The sitemaps that the robots.txt `body`, which came from `url`, names.

    They may lie on any host (sitemaps.org/protocol.html, "Sitemaps & Cross Submits").
    """
    text = body[:_MOST_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    return _each_once(
        Place(url=target, kind=PlaceKind.SITEMAP)
        for line in re.split(r"[\r\n]+", text)
        if (field := re.match(r"\s*site-?map\s*:\s*([^\s#]+)", line, re.IGNORECASE))
        if (target := web_url(field[1], url)) is not None
    )


def well_known_places(url: str) -> tuple[Place, ...]:
    """Where sites have their feeds and sitemaps by custom, on the host of `url`."""
    groups = ((PlaceKind.SITEMAP, WELL_KNOWN_SITEMAPS), (PlaceKind.FEED, WELL_KNOWN_FEEDS))
    return tuple(
        Place(url=target, kind=kind, is_stated=False)
        for kind, paths in groups
        for path in paths
        if (target := web_url(path, url)) is not None
    )


def _is_of_comments(place: Place) -> bool:
    return bool(
        _COMMENTS.search(urlsplit(place.url).path)
        or (place.title and "comment" in place.title.lower())
    )


def _is_own(url: str, page_url: str) -> bool:
    try:
        return registrable_domain(url) == registrable_domain(page_url)
    except InvalidUrl:
        return False


def _each_once(places: Iterable[Place]) -> tuple[Place, ...]:
    first: dict[str, Place] = {}
    for place in places:
        if len(first) == MOST_PLACES:
            break
        first.setdefault(place.url, place)
    return tuple(first.values())
