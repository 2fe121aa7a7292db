"""The spider of a watched archive: the sources that are due, what they announce, what to see again.

A page that is announced stands in the memory of watching before it is asked for, and is due there
until it was looked at. So nothing is lost where the process dies between any two steps: what the
frontier does not hold any more, the next run's start finds due.
"""

import asyncio
import datetime as dt
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Reading, StoreUnavailable, Verdict
from crawler.fetch.conditional import CONDITIONAL
from crawler.fetch.origin import REVALIDATES, capture_of, kept_of, origin_meta
from crawler.fetch.pace import pace_of
from crawler.fetch.refusals import CrawlClosing
from crawler.frontier.scheduler import UNFINISHED, UNLESS_WAITING
from crawler.posts.walks import Occasion
from crawler.reading.page import READER, PageRead
from crawler.running.keeper import Keeper
from crawler.schedule.intervals import Bounds
from crawler.schedule.rechecks import USUAL_OF_POSTS, AgeSchedule
from crawler.schedule.urgency import priority_of
from crawler.sources.source import Source, SourceKind
from crawler.spiders.announcements import Announcements
from crawler.spiders.articles import ArticlesSpider, marked
from crawler.spiders.posts import ref_of
from crawler.spiders.sources import WATCH, Backfill, SourceAsker, note_of
from crawler.state.database import FILE_NAME, open_state
from crawler.watch.instants import instant
from crawler.watch.page_looks import PageLooks
from crawler.watch.pages import Page, Pages
from crawler.watch.posts import Posts, WatchedPost
from crawler.watch.rhythms import Rhythms
from crawler.watch.room import ROOM
from crawler.watch.tallies import Tallies

logger = logging.getLogger(__name__)

_REST = dt.timedelta(hours=6)
"""How often pages of a source that rests are thought of."""
_LOOK_S = 60.0
"""How often a run that goes on looks for what has become due meanwhile."""
_LONGEST_S = 86_400.0
"""How long it does so, that every run has its end and its report."""
_T = TypeVar("_T")
_DEFAULT = Source(name="", kind=SourceKind.URLS, urls=())
"""Whose switches hold for a page whose source is no more."""


class Follows(Protocol):
    """What shows the numbers of a crawl that goes on; see `crawler.watch.metrics`."""

    def follow(self, stats: Callable[[], Mapping[str, object]]) -> None:
        """Add what a crawl counts, from now on."""


class WatchSpider(ArticlesSpider):
    """Asks the `sources` that are due, follows what they announce, looks again at what is due.

    `clock` gives seconds since the epoch. What becomes due while the run goes on is asked in it:
    one slow host may keep it up for hours. With `is_rehearsal` only what is due at its beginning.
    With `backfill` nothing else is done than that: the past of one source is gone through, and its
    rhythm left alone. Needs the frontier as `SCHEDULER`.
    """

    name = "watch"

    def __init__(
        self,
        *args: str,
        sources: Sequence[Source],
        clock: Callable[[], float] = time.time,
        schedule: AgeSchedule,
        post_schedule: AgeSchedule = USUAL_OF_POSTS,
        bounds: Bounds | None = None,
        metrics: Follows | None = None,
        backfill: Backfill | None = None,
        is_rehearsal: bool = False,
        **kwargs: Any,  # noqa: ANN401 - Scrapy's
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {source.name: source for source in sources}
        self._clock = clock
        self._schedule = schedule
        self._post_schedule = post_schedule
        self._bounds = bounds or Bounds()
        self._metrics = metrics
        self._backfill = backfill
        self._is_rehearsal = is_rehearsal
        self._pages_asked: Counter[str] = Counter()
        self._began_s = self._looked_s = clock()
        self._bell: asyncio.TimerHandle | None = None

    _memory: sqlite3.Connection
    _rhythms: Rhythms
    _pages: Pages
    _watched_posts: Posts
    _tallies: Tallies
    _looks: PageLooks

    def spider_opened(self) -> None:
        """Open what is remembered of sources and pages, too."""
        super().spider_opened()
        self._keeper = Keeper.of(self.crawler)
        self._memory = open_state(Path(self._config.archive) / FILE_NAME, ROOM)
        self._rhythms = Rhythms(self._memory, bounds=self._bounds)
        self._pages = Pages(self._memory, schedule=self._schedule, run_id=self._keeper.run_id)
        self._watched_posts = Posts(self._memory, schedule=self._post_schedule)
        self._tallies = Tallies(self._memory, run_id=self._keeper.run_id)
        self._looks = PageLooks(self._pages, self._tallies)
        announced = Announcements(
            sources=self._sources,
            pages=self._pages,
            tallies=self._tallies,
            now=self._now,
            page_request=self._page_request,
            count=self.crawler.stats.inc_value,
        )
        self._asker = SourceAsker(
            sources=self._sources,
            announced=announced,
            bounds=self._bounds,
            rhythms=self._rhythms,
            tallies=self._tallies,
            now=self._now,
            pace=self._keep_pace,
            count=self.crawler.stats.inc_value,
            callback=self.parse_document,
            errback=self.note_document_failure,
        )
        if self._metrics is not None:
            self._metrics.follow(self.crawler.stats.get_stats)

    def spider_closed(self) -> None:
        """Write down what the run brought, and let go of the memory."""
        if self._bell is not None:
            self._bell.cancel()
        with self._ending():
            self._tallies.keep(self._clock())
        self._memory.close()
        super().spider_closed()

    _asker: SourceAsker
    _keeper: Keeper

    def _now(self) -> dt.datetime:
        return instant(self._clock())

    async def start(self) -> AsyncIterator[Reading | Request]:
        """The sources that are due, then the pages that are, then the posts."""
        if self._backfill is None and not self._is_rehearsal:
            self._look_later()
        async for request in self._guarded(self._due()):
            yield request

    def _look_later(self) -> None:
        self._bell = asyncio.get_running_loop().call_later(_LOOK_S, self._look_again)

    def _look_again(self) -> None:
        """Ask for what has become due since the run began."""
        slot = self.crawler.engine._slot  # noqa: SLF001 - nobody else tells whether it is closing
        if slot is None or slot.closing or self._clock() - self._began_s > _LONGEST_S:
            return
        with self._ending():
            for request in self._due_meanwhile():
                self.crawler.engine.crawl(request)
        self._look_later()

    def _due_meanwhile(self) -> Iterator[Request]:
        after, self._looked_s = instant(self._looked_s), self._clock()
        for source in self._sources.values():
            if self._asker.is_due(source):
                del self._pages_asked[source.name]  # each turn of its own has its limit
                yield from self._asker.begin(source)
        yield from self._due_pages(after=after)

    def _due_pages(self, after: dt.datetime | None = None) -> Iterator[Request]:
        for page in self._pages.due(self._now(), after=after):
            if not self._source_of(page.source).is_enabled:
                self._pages.postpone(page, self._now() + _REST)
            elif (wanted := self._page_request(page)) is not None:
                yield wanted

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

    async def _due(self) -> AsyncIterator[Reading | Request]:
        if self._backfill is not None:
            for request in self._asker.begin_backfill(self._backfill):
                yield request
            return
        self._pages.set_back(self._now())
        self._watched_posts.set_back(self._now())
        for source in self._sources.values():
            if self._asker.is_due(source):
                for request in self._asker.begin(source):
                    yield request
        for wanted in self._due_pages():
            yield wanted
        async for step in self._due_posts():
            yield step

    async def _due_posts(self) -> AsyncIterator[Reading | Request]:
        """Ask again for the posts that are due; each is, until its walk stands in the frontier."""
        for post in self._watched_posts.due(self._now()):
            source = self._source_of(post.source)
            if source.is_enabled and source.posts and self._asks_for_posts:
                occasion = Occasion(found_by="recheck", via=post.via, via_record=post.via_record)
                async for step in marked(self._posts.begin(post.ref, occasion), media=source.media):
                    yield step
            self._watched_posts.note_asked(post, self._now())

    def _source_of(self, name: str) -> Source:
        return self._sources.get(name, _DEFAULT)

    async def parse_document(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed, sitemap or section, and follow what it announces."""
        async for request in self._guarded(self._asker.take(response), response):
            yield request

    def _page_request(self, page: Page) -> Request | None:
        """A request for a page; None where its source's limit for one run is reached."""
        source = self._source_of(page.source)
        if not source.is_enabled:
            return None
        most = source.most_pages
        if most is not None and self._pages_asked[page.source] >= most:
            self._tallies.of(page.source).leave_out("limit")
            self.crawler.stats.inc_value("dateline/left-out/limit")
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
                published_at=page.published_at, now=self._now(), is_recheck=is_recheck
            ),
            dont_filter=True,
            meta={
                WATCH: {"page": page.page_id, "source": page.source},
                **origin_meta(
                    "recheck" if is_recheck else "source",
                    via_record=page.via_record,
                    note=note_of(source),
                ),
                CONDITIONAL: has_text,
                UNLESS_WAITING: True,
            },
        )

    def note_document_failure(self, failure: Failure) -> None:
        """Note that a source's document could not be had; the capture itself says why."""
        with self._ending():
            self._asker.fail(failure)

    async def parse(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Read a page, note how it stands, follow what follows from it."""
        async for step in self._guarded(self._take_page(response), response):
            yield step

    async def _take_page(self, response: Response) -> AsyncIterator[Reading | Request]:
        told = response.meta.get(WATCH)
        page = self._pages.find(told["page"]) if told is not None else None
        if page is None:  # a canonical address that another page named
            async for step in super().parse(response):
                yield step
            return
        source = self._source_of(page.source)
        capture = capture_of(response)
        if response.status == 304 and REVALIDATES in response.meta:
            if page.record_id is None or response.meta[REVALIDATES] != page.record_id:
                # Its bytes are kept, and nobody read them: a process died in between.
                assert response.request is not None
                yield response.request.replace(meta={**response.meta, CONDITIONAL: False})
                return
            self._looks.note_unchanged(page, capture, at=self._now())
            return
        read = await self.read(response, requisites=source.requisites)
        if read is None:
            if self._config.read:
                return  # unfinished: it stays due
            verdict = Verdict.CONTENT if response.status == 200 else Verdict.ERROR_PAGE
            reading = Reading(record_id=capture.record_id, reader="", verdict=verdict)
        else:
            reading = read.reading
            yield reading
            async for step in self._followed(page, source, read, response):
                yield step
        self._looks.note(page, reading, status=response.status, url=response.url, at=self._now())

    async def _followed(
        self, page: Page, source: Source, read: PageRead, response: Response
    ) -> AsyncIterator[Reading | Request]:
        """What follows from a page. Posts that are watched already have a schedule of their own."""
        reading = read.reading
        article, posts = reading.article, source.posts and self._asks_for_posts
        new: list[WatchedPost] = []
        if article is not None and posts:
            new = self._watched_posts.add(
                [ref_of(cited) for cited in article.posts],
                source=page.source,
                via=article.url,
                via_record=reading.record_id,
                now=self._now(),
            )
            keys = {post.ref.key for post in new}
            first = [cited for cited in article.posts if ref_of(cited).key in keys]
            fewer = replace(reading, article=replace(article, posts=tuple(first)))
            read = replace(read, reading=fewer)
        async for step in self.followed(read, response, posts=posts, media=source.media):
            yield step
        for post in new:
            self._watched_posts.note_asked(post, self._now())

    async def note_page_failure(self, failure: Failure) -> AsyncIterator[Request]:
        """Note that a page could not be had; where the crawl ended before, that says nothing."""
        if isinstance(failure.value, CrawlClosing | StoreUnavailable):
            return
        async for copy in super().note_page_failure(failure):
            yield copy
        request: Request = failure.request  # type: ignore[attr-defined]
        with self._ending():
            page = self._pages.find(request.meta[WATCH]["page"])
            if page is not None:
                self._looks.note_failure(page, kept_of(request), at=self._now())

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Where what is remembered cannot be kept, the crawl ends."""
        try:
            yield
        except StoreUnavailable as error:
            self._keeper.fail(error)

    def _keep_pace(self, source: Source, url: str) -> None:
        if source.delay_s is not None:
            host = urlsplit(url).hostname or ""
            pace_of(self.crawler).wish(host, f"source {source.name}", source.delay_s)
