"""Asking sources for what is new: the requests for their documents, and the answers.

A document is a feed, a sitemap, a section, a front page or a robots.txt. What it announces stands
in the memory of watching, all of a batch at once, before any of it is asked for.
"""

import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Capture, StoreUnavailable
from crawler.discover.announced import Announced
from crawler.discover.honesty import looks_made_up
from crawler.fetch.body import BODY_BYTES
from crawler.fetch.conditional import CONDITIONAL
from crawler.fetch.origin import REVALIDATES, capture_of, origin_meta
from crawler.fetch.refusals import CrawlClosing
from crawler.fetch.robots import EXEMPT
from crawler.frontier.scheduler import UNLESS_WAITING
from crawler.notes import DOCUMENT
from crawler.running.reader import page_of
from crawler.schedule.intervals import Bounds, after_answer, after_failure, due_at, set_back
from crawler.schedule.urgency import SOURCE_PRIORITY
from crawler.sources.source import Source, SourceKind
from crawler.spiders.announcements import Announcements
from crawler.spiders.documents import (
    DEEPEST,
    FIRST_KIND,
    MOST_BYTES,
    MOST_DOCUMENTS,
    MOST_FURTHER,
    MOST_OLDER,
    Document,
    DocumentKind,
    Told,
    has_gap,
    past_of,
    read_document,
)
from crawler.watch.instants import instant
from crawler.watch.rhythms import Rhythms
from crawler.watch.tallies import Tallies

WATCH = "dateline_watch"
"""Meta: whose page or document a request is for; plain values."""
_BATCH = 500
"""Links noted in one transaction: more at once would hold the crawl up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """Whose past is to be filled, and from when on."""

    source: str
    since: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One request for a document, as it stands in its meta."""

    source: str
    url: str
    kind: str
    depth: int = 0
    """How many documents led to it from the source's own."""
    since: float | None = None
    """From when on the past is to be filled, if it is."""
    nth: int = 1
    """Of a feed or section in pages: which."""

    @property
    def document(self) -> Document:
        return Document(url=self.url, kind=DocumentKind(self.kind))


class SourceAsker:
    """Asks sources by requests whose callbacks are `callback` and `errback`.

    Its methods raise StoreUnavailable where what is remembered cannot be kept.
    """

    def __init__(
        self,
        *,
        sources: Mapping[str, Source],
        announced: Announcements,
        bounds: Bounds,
        rhythms: Rhythms,
        tallies: Tallies,
        now: Callable[[], dt.datetime],
        pace: Callable[[Source, str], None],
        count: Callable[[str], None],
        callback: Callable[..., Any],
        errback: Callable[..., Any],
    ) -> None:
        self._sources = sources
        self._announced = announced
        self._bounds = bounds
        self._rhythms = rhythms
        self._tallies = tallies
        self._now = now
        self._pace = pace
        self._count = count
        self._callback = callback
        self._errback = errback
        self._asked: dict[str, set[str]] = {}
        """The documents asked for in a source's turn, each of them once."""

    def is_due(self, source: Source) -> bool:
        """Whether the time of `source` has come."""
        now = self._now()
        rhythm = self._rhythms.of(source)
        mended = set_back(rhythm, now)
        if mended is not rhythm:
            self._rhythms.keep(source, mended)
        return source.is_enabled and due_at(source, mended, now=now, bounds=self._bounds) <= now

    def begin_backfill(self, backfill: Backfill) -> list[Request]:
        """The requests that begin to fill the past."""
        source = self._sources[backfill.source]
        self._asked[source.name] = set()
        if source.kind is SourceKind.URLS:
            return []
        since = backfill.since.timestamp()
        return [
            self._request(source, document, depth=nth, since=since)
            for nth, document in enumerate(past_of(source))
        ]

    def begin(self, source: Source) -> list[Request]:
        """The requests for a source that is due."""
        self._tallies.of(source.name)
        self._asked[source.name] = set()
        if source.kind is SourceKind.URLS:
            links = [Announced(url=url) for url in source.urls]
            requests = self._announced.note(source, links, DocumentKind.FEED)
            self._note_answer(source, len(requests))
            return requests
        first = Document(url=source.urls[0], kind=FIRST_KIND[source.kind])
        requests = [self._request(source, first)]
        if source.kind is SourceKind.SITE:
            robots = Document(url=urljoin(first.url, "/robots.txt"), kind=DocumentKind.ROBOTS)
            known = [
                Document(url=url, kind=DocumentKind(kind))
                for url, kind in self._rhythms.documents(source.name)
                if kind in {DocumentKind.FEED, DocumentKind.SITEMAP}
            ]
            requests += [self._request(source, document, depth=1) for document in [robots, *known]]
        return requests

    def _request(
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
        self._pace(source, document.url)
        self._asked.setdefault(source.name, set()).add(document.url)
        step = _Step(
            source=source.name,
            url=document.url,
            kind=str(document.kind),
            depth=depth,
            since=since,
            nth=nth,
        )
        meta = {
            WATCH: asdict(step),
            **origin_meta(
                "source",
                via_record=via.record_id if via is not None else None,
                note={**note_of(source), DOCUMENT: str(document.kind)},
                asked_for=f"{'source' if since is None else 'backfill'} {source.name}",
            ),
            BODY_BYTES: MOST_BYTES.get(document.kind, 0),
            # That an index is what it was says nothing of what it names.
            CONDITIONAL: since is None and not self._rhythms.is_index(source.name, document.url),
            UNLESS_WAITING: True,
        }
        if document.kind is DocumentKind.ROBOTS:
            meta[EXEMPT] = True
        return Request(
            document.url,
            callback=self._callback,
            errback=self._errback,
            priority=SOURCE_PRIORITY,
            dont_filter=True,  # of its redirects, too
            meta=meta,
        )

    async def take(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed, sitemap or section, and follow what it announces."""
        step = _Step(**response.meta[WATCH])
        source = self._sources.get(step.source)
        if source is None:
            return  # it was taken out of the file since an earlier run asked
        tally = self._tallies.of(source.name)
        tally.skew_s = _skew_s(response)
        if response.status == 304 and REVALIDATES in response.meta:
            known = self._rhythms.read_record(source.name, step.url)
            if known is None or known != response.meta[REVALIDATES]:
                # Its bytes are kept, and its links were never noted: a process died in between.
                again = {**response.meta, CONDITIONAL: False}
                assert response.request is not None
                yield response.request.replace(meta=again)
                return
            tally.documents += 1
            tally.unchanged += 1
            self._note_answer(source, 0, depth=step.depth)
        elif response.status == 200:
            async for request in self._read_document(source, step, response):
                yield request
        elif step.kind != DocumentKind.ROBOTS:
            self._note_trouble(source, f"HTTP {response.status}", step)

    async def _read_document(
        self, source: Source, step: _Step, response: Response
    ) -> AsyncIterator[Request]:
        """The requests that follow from a whole document; then it counts as read."""
        capture, document = capture_of(response), step.document
        tally = self._tallies.of(source.name)
        known_urls = self._announced.known_urls(source)
        read_at = self._rhythms.read_at(source.name, document.url)
        said = await read_document(page_of(response), document.kind, known_urls)
        tally.documents += 1
        tally.links += len(said.links)
        if said.trouble is not None:
            tally.failures.append(f"{document.url}: {said.trouble}"[:300])
        made_up = looks_made_up([link.modified for link in said.links], self._now())
        since, new, unwanted = instant(step.since), 0, 0
        for at in range(0, len(said.links), _BATCH):
            links = said.links[at : at + _BATCH]
            before = tally.new, tally.unwanted
            requests = self._announced.note(
                source, links, document.kind, via=capture, since=since, read_at=read_at
            )
            new, unwanted = new + tally.new - before[0], unwanted + tally.unwanted - before[1]
            for request in requests:
                yield request
            for request in () if made_up else self._announced.changed(links):
                yield request
        is_gap = (
            since is None
            and document.kind in {DocumentKind.FEED, DocumentKind.SECTION}
            and (read_at is not None or step.nth > 1)
            and has_gap(len(said.links), new, unwanted)
        )
        tally.gaps += is_gap and (said.next_url is None or step.nth >= MOST_OLDER)
        for request in self._further(source, step, said, capture, is_gap=is_gap):
            yield request
        if said.trouble is not None and not said.links and not said.documents:
            self._note_trouble(source, None, step)
            return  # not counted as read: a 304 must not stand for it as for an answer
        if since is None and step.nth == 1:
            self._rhythms.note_read(
                *(source.name, document.url, capture.record_id, document.kind),
                at=self._now(),
                is_index=bool(said.documents),
            )
            self._note_answer(source, new, depth=step.depth, has_gap=is_gap)

    def _further(
        self,
        source: Source,
        step: _Step,
        said: Told,
        via: Capture,
        *,
        is_gap: bool,
    ) -> list[Request]:
        """The documents that are asked because of one; to fill the past or a gap, its next page."""
        since, depth = step.since, step.depth
        known = {url for url, _ in self._rhythms.documents(source.name)} if since is None else ()
        requests = [
            self._request(source, further, depth=depth + 1, via=via, since=since)
            for further in (said.documents if depth < DEEPEST else ())
            # Those of a site that are known are asked with it; an index's, because of it.
            if step.kind == DocumentKind.SITEMAP or further.url not in known
            if self._may_ask(source, further.url)
        ]
        most = MOST_OLDER if since is None else MOST_FURTHER
        goes_on = is_gap or (since is not None and said.links)
        if goes_on and said.next_url and step.nth < most:
            further = Document(url=said.next_url, kind=DocumentKind(step.kind))
            if self._may_ask(source, further.url):
                nth = step.nth + 1
                requests.append(
                    self._request(source, further, depth=depth, via=via, since=since, nth=nth)
                )
        return requests

    def _may_ask(self, source: Source, url: str) -> bool:
        """Whether a document was not asked for yet, and is not one too many."""
        asked = self._asked.setdefault(source.name, set())
        if len(asked) >= MOST_DOCUMENTS:
            self._announced.leave_out(source, "limit")
            return False
        return url not in asked

    def fail(self, failure: Failure) -> None:
        """Note that a source's document could not be had; the capture itself says why."""
        if isinstance(failure.value, CrawlClosing | StoreUnavailable):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        step = _Step(**request.meta[WATCH])
        source = self._sources.get(step.source)
        if source is not None and step.kind != DocumentKind.ROBOTS:
            why = f"{type(failure.value).__name__}: {failure.value}"
            self._note_trouble(source, why, step)

    def _note_answer(
        self, source: Source, new: int, *, depth: int = 0, has_gap: bool = False
    ) -> None:
        if depth == 0:
            rhythm = after_answer(
                self._rhythms.of(source),
                source,
                at=self._now(),
                new_links=new,
                bounds=self._bounds,
                has_gap=has_gap,
            )
            self._rhythms.keep(source, rhythm)

    def _note_trouble(self, source: Source, why: str | None, step: _Step) -> None:
        if why is not None:
            self._tallies.of(source.name).failures.append(why[:300])
        self._count("dateline/sources/failed")
        if step.depth == 0 and step.since is None:
            self._rhythms.keep(source, after_failure(self._rhythms.of(source), at=self._now()))


def note_of(source: Source) -> dict[str, str]:
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
