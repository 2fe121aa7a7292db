"""What a source's document announces: a feed, a sitemap, a section or a front page, a robots.txt.

The bytes are a stranger's, and may take long to read: all of it happens off the reactor.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urljoin

from crawler.discover import sitemaps
from crawler.discover.announced import Announced, Announcement
from crawler.discover.feeds import read_feed
from crawler.discover.places import PlaceKind, places_in_page, places_in_robots
from crawler.discover.sections import read_section
from crawler.discover.sitemaps import SitemapReader
from crawler.extract.page import Page
from crawler.sources.source import Source, SourceKind

MOST_CHILDREN = 500
"""Sitemaps followed because of one index."""
MOST_FURTHER = 5000
"""Pages of one section that are gone through to fill the past."""
MOST_OLDER = 20
"""Pages of a feed or section that are gone through to meet with what is known."""
MOST_PLACES = 10
"""Feeds and sitemaps followed of a site that is watched as a whole."""
MOST_DOCUMENTS = 20_000
"""Of one source at a time: an index may name itself, under ever new addresses."""
DEEPEST = 3
"""An index of indexes of sitemaps, and no deeper."""
_FEW = 5
YOUNG = dt.timedelta(days=7)
"""Of a site's own sitemaps only what is said to be younger is taken, unless `oldest` is longer."""


class DocumentKind(StrEnum):
    """How a document is read."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    FRONT = "front"
    """A section, and where the site's feeds are."""
    ROBOTS = "robots"


MOST_BYTES = {DocumentKind.SITEMAP: sitemaps.MOST_BYTES}
"""Kinds of which more is read than of a page."""
FIRST_KIND = {
    SourceKind.FEED: DocumentKind.FEED,
    SourceKind.SITEMAP: DocumentKind.SITEMAP,
    SourceKind.NEWS_SITEMAP: DocumentKind.SITEMAP,
    SourceKind.SECTION: DocumentKind.SECTION,
    SourceKind.SITE: DocumentKind.FRONT,
}
"""How what a source's own URL leads to is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Another document to be asked for."""

    url: str
    kind: DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a document said."""

    links: tuple[Announced, ...] = ()
    documents: tuple[Document, ...] = ()
    next_url: str | None = None
    """Where what is older follows, of a section or feed in pages."""
    trouble: str | None = None


async def read_document(page: Page, kind: DocumentKind, known: Sequence[str] = ()) -> Told:
    """What the document `page` says. Never fails: what is broken is told as `trouble`.

    `known` are addresses of articles of its site, by which its others are recognised.
    """
    return await asyncio.to_thread(_read, page, kind, known)


def _read(page: Page, kind: DocumentKind, known: Sequence[str]) -> Told:
    match kind:
        case DocumentKind.FEED:
            told = _told(read_feed(page.body, page.url, page.content_type))
        case DocumentKind.SITEMAP:
            told = _read_sitemap(page)
        case DocumentKind.SECTION:
            told = _told(read_section(page, known))
        case DocumentKind.FRONT:
            section, places = read_section(page, known), places_in_page(page)
            feeds = [place for place in places if place.is_stated and place.kind is PlaceKind.FEED]
            told = Told(
                links=section.links,
                next_url=section.next_url,
                documents=tuple(
                    Document(url=place.url, kind=DocumentKind.FEED) for place in feeds[:MOST_PLACES]
                ),
            )
        case DocumentKind.ROBOTS:
            sitemaps = places_in_robots(page.body, page.url)[:MOST_PLACES]
            told = Told(
                documents=tuple(
                    Document(url=place.url, kind=DocumentKind.SITEMAP) for place in sitemaps
                )
            )
    if not page.is_whole and told.trouble is None:
        return replace(told, trouble="not whole: only its beginning was read")
    return told


def _told(announcement: Announcement) -> Told:
    return Told(
        links=announcement.links,
        next_url=announcement.next_url,
        trouble=announcement.trouble,
    )


def _read_sitemap(page: Page) -> Told:
    reader = SitemapReader(page.url)
    links = tuple(reader.read([page.body]))
    if not reader.is_index:
        return Told(links=links, trouble=reader.trouble)
    # Of more sitemaps than are followed, those that changed last.
    newest = sorted(links, key=_changed_on, reverse=True)[:MOST_CHILDREN]
    trouble = reader.trouble
    if len(newest) < len(links):
        trouble = f"more than {MOST_CHILDREN} sitemaps"
    return Told(
        documents=tuple(Document(url=link.url, kind=DocumentKind.SITEMAP) for link in newest),
        trouble=trouble,
    )


def _changed_on(link: Announced) -> dt.date:
    return link.modified.on if link.modified is not None else dt.date.max


def instant_of(link: Announced) -> dt.datetime | None:
    """When an article is said to be of; the end of a day of which no more is said."""
    moment = link.published or link.modified
    if moment is None:
        return None
    if moment.at is not None:
        return moment.at
    return dt.datetime.combine(moment.on, dt.time.max, dt.UTC)


def why_unwanted(
    source: Source,
    link: Announced,
    kind: DocumentKind,
    now: dt.datetime,
    *,
    since: dt.datetime | None = None,
    read_at: dt.datetime | None = None,
) -> str:
    """Why a link is not followed: `pattern` or `age`; empty where it is.

    `since` is from when on the past is filled; it then stands for the source's own limit of age.
    `read_at` is when the document was last read, if it ever was: what is young is reckoned from
    then, so that nothing is too old for having been announced while nobody looked.
    """
    if not source.patterns.wants(link.url):
        return "pattern"
    said_at = instant_of(link)
    oldest = source.oldest
    if since is not None:
        oldest = now - since
    elif source.kind is SourceKind.SITE and kind is DocumentKind.SITEMAP:
        oldest = oldest or YOUNG + max(now - (read_at or now), dt.timedelta())
        if said_at is None:
            return "age"
    if said_at is not None and oldest is not None and now - said_at > oldest:
        return "age"
    return ""


def has_gap(links: int, new: int, unwanted: int) -> bool:
    """Whether nothing that a document announces was known, though it was read before.

    Then it may have announced more in between. Of very few links that is no wonder.
    """
    return new >= _FEW and new + unwanted >= links


def past_of(source: Source) -> tuple[Document, ...]:
    """Where a source's past may be announced: its own document, its site's sitemaps."""
    own = Document(url=source.urls[0], kind=FIRST_KIND[source.kind])
    return (
        own,
        Document(url=urljoin(own.url, "/robots.txt"), kind=DocumentKind.ROBOTS),
        Document(url=urljoin(own.url, "/sitemap.xml"), kind=DocumentKind.SITEMAP),
    )
