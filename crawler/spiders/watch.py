"""The spider of a watched archive: the sources that are due, what they announce, what to see again.

A page that is announced stands in the memory of watching before it is asked for, and is due there
until it was looked at. So nothing is lost where the process dies between any two steps: what the
frontier does not hold any more, the next run's start finds due.
"""

import datetime as dt
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Capture, InvalidUrl, Reading, StoreUnavailable, Verdict, url_key
from crawler.discover.announced import Announced
from crawler.fetch.conditional import CONDITIONAL
from crawler.fetch.origin import REVALIDATES
from crawler.fetch.pace import pace_of
from crawler.fetch.refusals import CrawlClosing
from crawler.fetch.robots import EXEMPT
from crawler.frontier.scheduler import UNFINISHED, UNLESS_WAITING
from crawler.keeper import Keeper
from crawler.reader import page_of
from crawler.reading import READER
from crawler.schedule.intervals import Bounds, after_answer, after_failure, due_at
from crawler.schedule.rechecks import AgeSchedule
from crawler.schedule.standing import Look, Seen
from crawler.schedule.urgency import SOURCE_PRIORITY, priority_of
from crawler.sources.source import Source, SourceKind
from crawler.spiders.articles import ArticlesSpider
from crawler.spiders.documents import (
    DEEPEST,
    FIRST_KIND,
    MOST_FURTHER,
    Document,
    DocumentKind,
    Told,
    instant_of,
    past_of,
    read_document,
    why_unwanted,
)
from crawler.state.database import FILE_NAME, open_state, transaction
from crawler.watch.instants import instant
from crawler.watch.looks import failed, look_of, moved, unchanged
from crawler.watch.pages import Page, Pages
from crawler.watch.rhythms import Rhythms
from crawler.watch.room import ROOM
from crawler.watch.tallies import Tallies

logger = logging.getLogger(__name__)

_T = TypeVar("_T")
_WATCH = "dateline_watch"
"""Meta: whose page or document a request is for; plain values."""
_BATCH = 500
"""Links noted in one transaction: more at once would hold the crawl up."""
_KNOWN = 200
"""Addresses of a source's articles by which a section's others are recognised."""
_DEFAULT = Source(name="", kind=SourceKind.URLS, urls=())
"""Whose switches hold for a page whose source is no more."""


class Follows(Protocol):
    """What shows the numbers of a crawl that goes on; see `crawler.watch.metrics`."""

    def follow(self, stats: Callable[[], Mapping[str, object]]) -> None:
        """Add what a crawl counts, from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """Whose past is to be filled, and from when on."""

    source: str
    since: dt.datetime


class WatchSpider(ArticlesSpider):
    """Asks the `sources` that are due, follows what they announce, looks again at what is due.

    `clock` gives seconds since the epoch. With `backfill` nothing else is done than that: the past
    of one source is gone through, and its rhythm left alone. Needs the frontier as `SCHEDULER`.
    """

    name = "watch"

    def __init__(
        self,
        *args: str,
        sources: Sequence[Source],
        clock: Callable[[], float] = time.time,
        schedule: AgeSchedule,
        bounds: Bounds | None = None,
        metrics: Follows | None = None,
        backfill: Backfill | None = None,
        **kwargs: Any,  # noqa: ANN401 - Scrapy's
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {source.name: source for source in sources}
        self._clock = clock
        self._schedule = schedule
        self._bounds = bounds or Bounds()
        self._metrics = metrics
        self._backfill = backfill
        self._pages_asked: Counter[str] = Counter()

    _memory: sqlite3.Connection
    _rhythms: Rhythms
    _pages: Pages
    _tallies: Tallies

    def spider_opened(self) -> None:
        """Open what is remembered of sources and pages, too."""
        super().spider_opened()
        keeper = self.crawler.get_extension(Keeper)
        assert keeper is not None, "crawler.keeper.Keeper is missing from EXTENSIONS"
        self._memory = open_state(Path(self._config.archive) / FILE_NAME, ROOM)
        self._rhythms = Rhythms(self._memory, bounds=self._bounds)
        self._pages = Pages(self._memory, schedule=self._schedule, run_id=keeper.run_id)
        self._tallies = Tallies(self._memory, run_id=keeper.run_id)
        self._keeper = keeper
        if self._metrics is not None:
            self._metrics.follow(self.crawler.stats.get_stats)

    def spider_closed(self) -> None:
        """Write down what the run brought, and let go of the memory."""
        with self._ending():
            self._tallies.keep(self._clock())
        self._memory.close()
        super().spider_closed()

    _keeper: Keeper

    @property
    def _now(self) -> dt.datetime:
        return instant(self._clock())

    async def start(self) -> AsyncIterator[Reading | Request]:
        """The sources that are due, then the pages that are."""
        async for request in self._guarded(self._due()):
            yield request

    async def _guarded(
        self, steps: AsyncIterator[_T], response: Response | None = None
    ) -> AsyncIterator[_T]:
        """`steps`; where what is remembered cannot be kept, the crawl ends, and nothing is done."""
        try:
            async for step in steps:
                yield step
        except StoreUnavailable as error:
            if response is not None:
                response.meta[UNFINISHED] = True
            self._keeper.fail(error)

    async def _due(self) -> AsyncIterator[Request]:
        if self._backfill is not None:
            for request in self._begin_backfill(self._backfill):
                yield request
            return
        now = self._now
        for source in self._sources.values():
            rhythm = self._rhythms.of(source)
            if source.is_enabled and due_at(source, rhythm, now=now, bounds=self._bounds) <= now:
                for request in self._begin(source):
                    yield request
        for page in self._pages.due(now):
            if (wanted := self._page_request(page)) is not None:
                yield wanted

    def _begin_backfill(self, backfill: Backfill) -> list[Request]:
        source = self._sources[backfill.source]
        if source.kind is SourceKind.URLS:
            return []
        since = backfill.since.timestamp()
        return [
            self._document_request(source, document, depth=nth, since=since)
            for nth, document in enumerate(past_of(source))
        ]

    def _begin(self, source: Source) -> list[Request]:
        self._tallies.of(source.name)
        if source.kind is SourceKind.URLS:
            links = [Announced(url=url) for url in source.urls]
            requests = self._take(source, links, DocumentKind.FEED)
            self._note_answer(source, len(requests))
            return requests
        first = Document(url=source.urls[0], kind=FIRST_KIND[source.kind])
        requests = [self._document_request(source, first)]
        if source.kind is SourceKind.SITE:
            robots = Document(url=urljoin(first.url, "/robots.txt"), kind=DocumentKind.ROBOTS)
            known = [
                Document(url=url, kind=DocumentKind(kind))
                for url, kind in self._rhythms.documents(source.name)
                if kind in {DocumentKind.FEED, DocumentKind.SITEMAP}
            ]
            requests += [
                self._document_request(source, document, depth=1) for document in [robots, *known]
            ]
        return requests

    # -- documents ---------------------------------------------------------------------------

    def _document_request(
        self,
        source: Source,
        document: Document,
        *,
        depth: int = 0,
        via: Capture | None = None,
        since: float | None = None,
        nth: int = 1,
    ) -> Request:
        """A request for a document; to fill the past from `since` on, where that is given."""
        self._keep_pace(source, document.url)
        meta = {
            _WATCH: {
                "source": source.name,
                "url": document.url,
                "kind": str(document.kind),
                "depth": depth,
                "since": since,
                "nth": nth,
            },
            "dateline_for": f"{'source' if since is None else 'backfill'} {source.name}",
            "dateline_found_by": "source",
            "dateline_via_record": via.record_id if via is not None else None,
            "dateline_note": _note(source),
            CONDITIONAL: since is None,
            UNLESS_WAITING: True,
        }
        if document.kind is DocumentKind.ROBOTS:
            meta[EXEMPT] = True
        return Request(
            document.url,
            callback=self.parse_document,
            errback=self.note_document_failure,
            priority=SOURCE_PRIORITY,
            dont_filter=True,  # of its redirects, too
            meta=meta,
        )

    async def parse_document(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed, sitemap or section, and follow what it announces."""
        async for request in self._guarded(self._take_document(response), response):
            yield request

    async def _take_document(self, response: Response) -> AsyncIterator[Request]:
        told = response.meta[_WATCH]
        source = self._sources.get(told["source"])
        if source is None:
            return  # it was taken out of the file since an earlier run asked
        document = Document(url=told["url"], kind=DocumentKind(told["kind"]))
        tally = self._tallies.of(source.name)
        tally.skew_s = _skew_s(response)
        if response.status == 304:
            known = self._rhythms.read_record(source.name, document.url)
            if known is None or known != response.meta.get(REVALIDATES):
                # Its bytes are kept, and its links were never noted: a process died in between.
                again = {**response.meta, CONDITIONAL: False}
                assert response.request is not None
                yield response.request.replace(meta=again)
                return
            tally.documents += 1
            tally.unchanged += 1
            self._note_answer(source, 0, depth=told["depth"])
        elif response.status == 200:
            async for request in self._read_document(source, document, response):
                yield request
        elif document.kind is not DocumentKind.ROBOTS:
            self._note_trouble(source, f"HTTP {response.status}", told)

    async def _read_document(
        self, source: Source, document: Document, response: Response
    ) -> AsyncIterator[Request]:
        """The requests that follow from a whole document; then it counts as read."""
        capture: Capture = response.meta["dateline_capture"]
        told = response.meta[_WATCH]
        tally = self._tallies.of(source.name)
        new_before, known_urls = tally.new, self._pages.known_urls(source.name, _KNOWN)
        said = await read_document(page_of(response, capture), document.kind, known_urls)
        tally.documents += 1
        tally.links += len(said.links)
        if said.trouble is not None:
            tally.failures.append(f"{document.url}: {said.trouble}"[:300])
        for at in range(0, len(said.links), _BATCH):
            links = said.links[at : at + _BATCH]
            for request in self._take(
                source, links, document.kind, via=capture, since=instant(told["since"])
            ):
                yield request
        for request in self._further(source, document, said, told, capture):
            yield request
        if told["since"] is None:
            self._rhythms.note_read(source.name, document.url, capture.record_id, document.kind)
        if said.trouble is not None and not said.links and not said.documents:
            self._note_trouble(source, None, told)
        elif told["since"] is None:
            self._note_answer(source, tally.new - new_before, depth=told["depth"])

    def _further(
        self, source: Source, document: Document, said: Told, told: Mapping[str, Any], via: Capture
    ) -> list[Request]:
        """The documents that are asked because of one; to fill the past, its next page too."""
        since, depth = told["since"], told["depth"]
        known = {url for url, _ in self._rhythms.documents(source.name)} if since is None else ()
        requests = [
            self._document_request(source, further, depth=depth + 1, via=via, since=since)
            for further in (said.documents if depth < DEEPEST else ())
            # Those of a site that are known are asked with it; an index's, because of it.
            if document.kind is DocumentKind.SITEMAP or further.url not in known
        ]
        if since is not None and said.next_url and said.links and told["nth"] < MOST_FURTHER:
            further = Document(url=said.next_url, kind=document.kind)
            requests.append(
                self._document_request(
                    source, further, depth=depth, via=via, since=since, nth=told["nth"] + 1
                )
            )
        return requests

    def note_document_failure(self, failure: Failure) -> None:
        """Note that a source's document could not be had; the capture itself says why."""
        if isinstance(failure.value, CrawlClosing | StoreUnavailable):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        told = request.meta[_WATCH]
        source = self._sources.get(told["source"])
        if source is not None and told["kind"] != DocumentKind.ROBOTS:
            why = f"{type(failure.value).__name__}: {failure.value}"
            with self._ending():
                self._note_trouble(source, why, told)

    def _take(
        self,
        source: Source,
        links: Sequence[Announced],
        kind: DocumentKind,
        *,
        via: Capture | None = None,
        since: dt.datetime | None = None,
    ) -> list[Request]:
        """Note what is announced, all of it at once; the requests for what is new."""
        tally, now = self._tallies.of(source.name), self._now
        added: list[Page] = []
        with transaction(self._memory):
            for link in links:
                if reason := why_unwanted(source, link, kind, now, since=since):
                    tally.leave_out(reason)
                    continue
                try:
                    page = self._pages.add(
                        link.url,
                        source=source.name,
                        now=now,
                        published_at=instant_of(link),
                        via_record=via.record_id if via is not None else None,
                    )
                except InvalidUrl:
                    tally.leave_out("invalid")
                    continue
                if page is not None:
                    added.append(page)
        tally.new += len(added)
        return [request for page in added if (request := self._page_request(page)) is not None]

    def _note_answer(self, source: Source, new: int, *, depth: int = 0) -> None:
        if depth == 0:
            rhythm = self._rhythms.of(source)
            self._rhythms.keep(
                source,
                after_answer(rhythm, source, at=self._now, new_links=new, bounds=self._bounds),
            )

    def _note_trouble(self, source: Source, why: str | None, told: Mapping[str, Any]) -> None:
        if why is not None:
            self._tallies.of(source.name).failures.append(why[:300])
        self.crawler.stats.inc_value("dateline/sources/failed")
        if told["depth"] == 0 and told["since"] is None:
            self._rhythms.keep(source, after_failure(self._rhythms.of(source), at=self._now))

    # -- pages -------------------------------------------------------------------------------

    def _page_request(self, page: Page) -> Request | None:
        """A request for a page; None where its source's limit for one run is reached."""
        source = self._sources.get(page.source, _DEFAULT)
        if not source.is_enabled:
            return None
        most = source.most_pages
        if most is not None and self._pages_asked[page.source] >= most:
            self._tallies.of(page.source).leave_out("limit")
            return None
        self._pages_asked[page.source] += 1
        self._keep_pace(source, page.url)
        is_recheck = page.standing is not None
        has_text = is_recheck and page.reader == READER and page.record_id is not None
        return Request(
            page.url,
            callback=self.parse,
            errback=self.note_page_failure,
            priority=priority_of(
                published_at=page.published_at, now=self._now, is_recheck=is_recheck
            ),
            dont_filter=True,
            meta={
                _WATCH: {"page": page.page_id, "source": page.source},
                "dateline_found_by": "recheck" if is_recheck else "source",
                "dateline_via_record": page.via_record,
                "dateline_note": _note(source),
                CONDITIONAL: has_text,
                UNLESS_WAITING: True,
            },
        )

    async def parse(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Read a page, note how it stands, follow what follows from it."""
        async for step in self._guarded(self._take_page(response), response):
            yield step

    async def _take_page(self, response: Response) -> AsyncIterator[Reading | Request]:
        told = response.meta.get(_WATCH)
        page = self._pages.find(told["page"]) if told is not None else None
        if page is None:  # a canonical address that another page named
            async for step in super().parse(response):
                yield step
            return
        source = self._sources.get(page.source, _DEFAULT)
        capture: Capture = response.meta["dateline_capture"]
        if response.status == 304:
            if page.record_id is None or response.meta.get(REVALIDATES) != page.record_id:
                # Its bytes are kept, and nobody read them: a process died in between.
                assert response.request is not None
                yield response.request.replace(meta={**response.meta, CONDITIONAL: False})
                return
            digest = page.standing.text_digest if page.standing is not None else None
            self._tallies.of(page.source).see("unchanged")
            self._pages.note(page, unchanged(self._now, capture.record_id, digest))
            return
        reading = await self.read(response)
        if reading is None:
            if self._config.read:
                return  # unfinished: it stays due
            verdict = Verdict.CONTENT if response.status == 200 else Verdict.ERROR_PAGE
            reading = Reading(record_id=capture.record_id, reader="", verdict=verdict)
        else:
            yield reading
            async for step in self.followed(
                reading, response, posts=source.posts, requisites=source.requisites
            ):
                yield step
        self._note_look(page, reading, response)

    async def note_page_failure(self, failure: Failure) -> AsyncIterator[Request]:
        """Note that a page could not be had; where the crawl ended before, that says nothing."""
        if isinstance(failure.value, CrawlClosing | StoreUnavailable):
            return
        async for request in super().note_page_failure(failure):
            yield request
        meta = failure.request.meta  # type: ignore[attr-defined]
        with self._ending():
            page = self._pages.find(meta[_WATCH]["page"])
            if page is None:
                return
            capture: Capture | None = meta.get("dateline_refusal") or meta.get("dateline_capture")
            look = failed(self._now, capture.record_id if capture is not None else "")
            self._tallies.of(page.source).see(look.seen)
            self._pages.note(page, look)

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Where what is remembered cannot be kept, the crawl ends."""
        try:
            yield
        except StoreUnavailable as error:
            self._keeper.fail(error)

    def _note_look(self, page: Page, reading: Reading, response: Response) -> None:
        look = look_of(reading, status=response.status, at=self._now)
        tally = self._tallies.of(page.source)
        published = reading.article.published_at if reading.article is not None else None
        published_at = published.at if published is not None else None
        is_elsewhere = url_key(response.url) != url_key(page.url)
        if look.seen is Seen.TEXT and reading.article is not None:
            tally.dated += published is not None
            tally.letters += sum(len(block.text) for block in reading.article.body)
            tally.reader = reading.reader
        if is_elsewhere and response.status < 400 and look.seen in {Seen.TEXT, Seen.FAILURE}:
            tally.see(Seen.MOVED)
            self._pages.note(page, moved(look.at, look.record_id, response.url))
            self._watch_target(page, look, reading.reader, response.url, published_at)
            return
        tally.see(look.seen)
        self._pages.note(page, look, reader=reading.reader, published_at=published_at)

    def _watch_target(
        self, page: Page, look: Look, reader: str, url: str, published_at: dt.datetime | None
    ) -> None:
        """Watch where a page has gone, unless that is the site's front page or no article."""
        if look.seen is not Seen.TEXT or urlsplit(url).path in {"", "/"}:
            return
        target = self._pages.add(
            url, source=page.source, now=look.at, via_record=look.record_id
        ) or self._pages.at(url)
        if target is not None:
            self._pages.note(target, look, reader=reader, published_at=published_at)

    def _keep_pace(self, source: Source, url: str) -> None:
        if source.delay_s is not None:
            host = urlsplit(url).hostname or ""
            pace_of(self.crawler).wish(host, f"source {source.name}", source.delay_s)


def _note(source: Source) -> dict[str, str]:
    """What each capture's record says of the source it is for."""
    told = {
        "source": source.name,
        "outlet": source.outlet,
        "case": source.case,
        "language": source.language,
        "tags": ", ".join(source.tags),
    }
    return {name: text for name, text in told.items() if text}


def _skew_s(response: Response) -> float | None:
    """How far the host's clock is before ours; None where it does not say."""
    value = response.headers.get("Date")
    if value is None:
        return None
    try:
        return parsedate_to_datetime(value.decode("latin-1")).timestamp() - time.time()
    except (ValueError, OverflowError):
        return None
