"""The spider that asks each source once, and says what it would yield; nothing is followed."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discover.feeds import read_feed
from crawler.discover.places import (
    Place,
    PlaceKind,
    places_in_page,
    places_in_robots,
    well_known_places,
)
from crawler.discover.sitemaps import SitemapReader
from crawler.extract.page import Page
from crawler.fetch.body import BODY_BYTES
from crawler.fetch.origin import origin_meta
from crawler.fetch.robots import EXEMPT
from crawler.running.reader import page_of
from crawler.sources.source import Source, SourceKind
from crawler.spiders.contact import ContactSpider
from crawler.spiders.documents import (
    FIRST_KIND,
    MOST_BYTES,
    MOST_PLACES,
    Document,
    DocumentKind,
    read_document,
    why_unwanted,
)

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What one document would yield."""

    source: str
    url: str
    kind: DocumentKind
    links: int = 0
    wanted: int = 0
    """Of the links: those that the source's patterns and limits let through."""
    documents: int = 0
    """Feeds and sitemaps that it leads to."""
    headlines: tuple[str, ...] = ()
    """Of the first articles, or their addresses."""
    trouble: str | None = None
    is_stated: bool = True
    """The site names it; False where it was only worth a try."""


class _Prober(ContactSpider):
    """Asks documents, and tells what each yields."""

    def __init__(self, *args: str, tell: Callable[[Probed], None], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._tell = tell

    def _ask(self, source: Source, document: Document, **told: object) -> Request:
        return Request(
            document.url,
            callback=self.parse,
            errback=self.note_failure,
            dont_filter=True,
            meta={
                **origin_meta("source"),
                EXEMPT: document.kind is DocumentKind.ROBOTS,
                BODY_BYTES: MOST_BYTES.get(document.kind, 0),
                "probe": {"source": source, "document": document, **told},
            },
        )

    async def parse(self, response: Response) -> AsyncIterator[Request]:
        """Read what a document says, and tell it."""
        told = response.meta["probe"]
        source, document = told["source"], told["document"]
        page = page_of(response)
        if response.status != 200:
            self._fail(told, f"HTTP {response.status}")
            return
        said = await read_document(page, document.kind)
        now = dt.datetime.now(dt.UTC)
        wanted = [link for link in said.links if not why_unwanted(source, link, document.kind, now)]
        self._tell(
            Probed(
                source=source.name,
                url=document.url,
                kind=document.kind,
                links=len(said.links),
                wanted=len(wanted),
                documents=len(said.documents),
                headlines=tuple(link.headline or link.url for link in wanted[:_SHOWN]),
                trouble=said.trouble,
                is_stated=told.get("is_stated", True),
            )
        )
        for request in self._further(told, said.documents):
            yield request

    def _further(self, told: dict[str, Any], documents: Sequence[Document]) -> list[Request]:
        """What is asked because of a document."""
        raise NotImplementedError

    def note_failure(self, failure: Failure) -> None:
        """Tell that a document could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self._fail(request.meta["probe"], f"{type(failure.value).__name__}: {failure.value}")

    def _fail(self, told: dict[str, Any], why: str) -> None:
        document: Document = told["document"]
        self._tell(
            Probed(
                source=told["source"].name,
                url=document.url,
                kind=document.kind,
                trouble=why,
                is_stated=told.get("is_stated", True),
            )
        )


class CheckSpider(_Prober):
    """Asks each of `sources` once, and of an index or a front page the first that it leads to."""

    name = "check"

    def __init__(self, *args: str, sources: Sequence[Source], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._sources = sources

    async def start(self) -> AsyncIterator[Request]:
        """Every source's own document; lists of URLs are their own announcement."""
        for source in self._sources:
            if source.kind is SourceKind.URLS:
                wanted = sum(source.patterns.wants(url) for url in source.urls)
                self._tell(
                    Probed(
                        source=source.name,
                        url=source.urls[0],
                        kind=DocumentKind.SECTION,
                        links=len(source.urls),
                        wanted=wanted,
                    )
                )
                continue
            yield self._ask(source, Document(url=source.urls[0], kind=FIRST_KIND[source.kind]))

    def _further(self, told: dict[str, Any], documents: Sequence[Document]) -> list[Request]:
        if told.get("is_further") or not documents:
            return []
        return [self._ask(told["source"], documents[0], is_further=True)]


class DiscoverySpider(_Prober):
    """Looks what is to be watched behind `url`.

    Itself, where it is a feed or a sitemap; else what its page, its robots.txt and custom name.
    """

    name = "discover"

    def __init__(self, *args: str, url: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._url = url
        self._source = Source(name="new", kind=SourceKind.SITE, urls=(url,))
        self._asked: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        """The address itself."""
        yield Request(
            self._url,
            callback=self.look,
            errback=self.note_failure,
            meta={
                **origin_meta("argument"),
                "probe": {
                    "source": self._source,
                    "document": Document(url=self._url, kind=DocumentKind.FRONT),
                },
            },
        )

    async def look(self, response: Response) -> AsyncIterator[Request]:
        """Tell what the address is, and look where its site keeps the rest."""
        page = page_of(response)
        document = Document(url=response.url, kind=_kind_of(page))
        response.meta["probe"]["document"] = document
        async for request in self.parse(response):
            yield request
        if document.kind is not DocumentKind.FRONT or response.status != 200:
            return
        robots = Document(url=urljoin(page.url, "/robots.txt"), kind=DocumentKind.ROBOTS)
        yield Request(
            robots.url,
            callback=self.look_at_robots,
            errback=self.note_failure,
            dont_filter=True,
            meta={
                **origin_meta("source"),
                EXEMPT: True,
                "probe": {"source": self._source, "document": robots},
            },
        )
        stated = [place for place in places_in_page(page) if place.is_stated]
        for place in stated[:MOST_PLACES]:
            for request in self._try(place):
                yield request
        if not stated:
            for place in [*places_in_page(page), *well_known_places(page.url)][: 2 * MOST_PLACES]:
                for request in self._try(place):
                    yield request

    async def look_at_robots(self, response: Response) -> AsyncIterator[Request]:
        """Try the sitemaps that a robots.txt names."""
        if response.status == 200:
            for place in places_in_robots(response.body, response.url)[:MOST_PLACES]:
                for request in self._try(place):
                    yield request

    def _try(self, place: Place) -> list[Request]:
        if place.url in self._asked:
            return []
        self._asked.add(place.url)
        kind = DocumentKind.FEED if place.kind is PlaceKind.FEED else DocumentKind.SITEMAP
        document = Document(url=place.url, kind=kind)
        return [self._ask(self._source, document, is_stated=place.is_stated)]

    def _further(self, told: dict[str, Any], documents: Sequence[Document]) -> list[Request]:  # noqa: ARG002
        return []


def _kind_of(page: Page) -> DocumentKind:
    """Whether a document is a feed or a sitemap by its own bytes; a page otherwise."""
    beginning = page.body[:4096].lstrip().lower()
    if beginning.startswith((b"<!doctype html", b"<html")):
        return DocumentKind.FRONT
    if read_feed(page.body, page.url, page.content_type).trouble != "no feed":
        return DocumentKind.FEED
    reader = SitemapReader(page.url)
    for _ in reader.read([page.body]):
        return DocumentKind.SITEMAP
    return DocumentKind.FRONT
