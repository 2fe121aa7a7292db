"""The frontier behind Scrapy's scheduler interface."""

import asyncio
import logging
import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import StoreUnavailable
from crawler.fetch.backoff import BackoffMiddleware
from crawler.fetch.origin import FOUND_BY
from crawler.fetch.refusals import CrawlClosing, one_line
from crawler.frontier.codec import UnstorableRequest, from_json, to_json
from crawler.frontier.store import Entry, FrontierStore, State, Ticket
from crawler.running.keeper import Keeper
from crawler.state.database import FILE_NAME

logger = logging.getLogger(__name__)

WAIT = "dateline_wait_s"
"""Meta: seconds before which a request is not to be made."""
UNLESS_WAITING = "dateline_unless_waiting"
"""Meta: a request that is to be made again, unless its URL waits or is in flight anyhow."""
UNFINISHED = "dateline_unfinished"
"""Meta, set by a spider on the request of a response that it could not read to the end: its URL
stays in flight, and so waits again in the next run."""

_LONGEST_NAP_S = 60.0


@dataclass(slots=True, kw_only=True)
class _UnderWay:
    """A request that was handed out, and what is known of it."""

    ticket: Ticket
    state: State = State.DONE
    """What it will be when the engine has let go of it; IN_FLIGHT leaves it to the next process."""
    reason: str | None = None
    is_downloading: bool = True


class FrontierScheduler(BaseScheduler):
    """Scrapy's `SCHEDULER`: every URL survives the process, and is asked for once.

    It takes the place of Scrapy's queues and of its filter of duplicates. A request that is
    `dont_filter` waits again whatever became of its URL before: retries and rechecks are.

    A URL is settled when the engine has let go of its request: the capture is durable (the
    handler waits for that), the callback has run to its end, what it yielded stands in the
    frontier and in the catalogue. Nothing is settled before, and what was interrupted waits again
    when the next process opens the frontier.

    Needs `crawler.frontier.downloader.FrontierDownloader` as `DOWNLOADER`.
    """

    def __init__(
        self, crawler: Crawler, *, path: Path, fail: Callable[[StoreUnavailable], None]
    ) -> None:
        self._crawler = crawler
        self._path = path
        self._fail = fail
        self._under_way: dict[Request, _UnderWay] = {}
        self._asking: Counter[str] = Counter()
        self._ready_at = -math.inf
        self._alarm: asyncio.TimerHandle | None = None
        self._store: FrontierStore
        self._spider: Spider
        self._backoff: BackoffMiddleware | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the frontier of the archive that `DATELINE_ARCHIVE` names to `crawler`."""
        path = Path(crawler.settings["DATELINE_ARCHIVE"]) / FILE_NAME
        scheduler = cls(crawler, path=path, fail=Keeper.of(crawler).fail)
        for signal in (signals.item_dropped, signals.item_error):
            crawler.signals.connect(scheduler.note_lost_item, signal=signal)
        crawler.signals.connect(scheduler.note_spider_error, signal=signals.spider_error)
        return scheduler

    def open(self, spider: Spider) -> None:
        """Take over from the process before.

        Raises: NotAnArchive, StoreUnavailable.
        """
        self._spider = spider
        self._store = FrontierStore.open(self._path)
        self._backoff = self._crawler.get_downloader_middleware(BackoffMiddleware)
        interrupted = self._store.recover()
        if interrupted:
            logger.info("%d URLs were in flight when the last run ended; they wait", interrupted)
            self._crawler.stats.set_value("frontier/interrupted", interrupted)

    def close(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's interface
        """Settle what has come to its end."""
        if self._alarm is not None:
            self._alarm.cancel()
        self.settle()
        self._store.close()

    def has_pending_requests(self) -> bool:
        """Whether anything waits whose time has come. What is due later does not keep us up."""
        try:
            return self._store.has_ready()
        except StoreUnavailable as error:
            self._fail(error)
            return False

    def enqueue_request(self, request: Request) -> bool:
        """Let a request wait; False where its URL is known already, or it cannot be kept."""
        key = self._crawler.request_fingerprinter.fingerprint(request)
        if_settled = bool(request.meta.pop(UNLESS_WAITING, False))
        try:
            entry = Entry(
                key=key,
                host=self._crawler.engine.downloader.get_slot_key(
                    request.replace(meta={})  # a copied meta may name another host's slot
                ),
                priority=request.priority,
                found_by=str(request.meta.get(FOUND_BY, "argument")),
                wait_s=float(request.meta.pop(WAIT, 0.0)),
                request=to_json(request, self._spider),
            )
            again = request.dont_filter or if_settled or self._is_hop_of(request)
            is_new = self._store.add(entry, again=again, if_settled=if_settled)
        except UnstorableRequest:
            logger.exception("a request is lost")
            self._crawler.stats.inc_value("frontier/unstorable")
            return False
        except StoreUnavailable as error:
            self._fail(error)
            return False
        self._look_at(entry.host)
        self._crawler.stats.inc_value("scheduler/enqueued" if is_new else "dateline/duplicates/url")
        return is_new

    def next_request(self) -> Request | None:
        """The next request that need not wait for its host; None where there is none."""
        self.settle()
        if time.monotonic() >= self._ready_at:
            try:
                while not isinstance(taken := self._store.take(self._rest_s), float):
                    request = self._made(taken)
                    if request is not None:
                        self._under_way[request] = _UnderWay(ticket=taken)
                        self._asking[taken.host] += 1
                        self._crawler.stats.inc_value("scheduler/dequeued")
                        return request
            except StoreUnavailable as error:
                self._fail(error)
                return None
            self._ready_at = time.monotonic() + taken
        self._wake_in(min(self._ready_at - time.monotonic(), _LONGEST_NAP_S))
        return None

    def note_left(self, request: Request) -> None:
        """`request` has left the downloader: with a response, or another request to follow it."""
        found = self._under_way.get(request)
        if found is not None and found.is_downloading:
            found.is_downloading = False
            self._asking[found.ticket.host] -= 1
            self._asking += Counter()  # drops those at zero
            self._look_at(found.ticket.host)

    def note_failure(self, request: Request, error: Exception) -> None:
        """`request` came to nothing."""
        self.note_left(request)
        if isinstance(error, StoreUnavailable):
            self._fail(error)
        if isinstance(error, CrawlClosing | StoreUnavailable):
            self._note(request, State.IN_FLIGHT, None)
        elif isinstance(error, IgnoreRequest):
            self._note(request, State.REFUSED, str(error) or type(error).__name__)
        else:
            self._note(request, State.FAILED, f"{type(error).__name__}: {error}")

    def note_lost_item(self, response: Response | Failure | None) -> None:
        """Signals `item_dropped`, `item_error`: what a response gave is not in the catalogue."""
        request = getattr(response, "request", None)
        if request is not None:
            self._note(request, State.IN_FLIGHT, None)

    def note_spider_error(self, failure: Failure, response: Response | Failure) -> None:
        """Signal `spider_error`: a callback failed. That is our mistake, and asking again none."""
        request = getattr(response, "request", None)
        if request is not None:
            self._note(request, State.FAILED, f"callback: {failure.value!r}")

    def settle(self) -> None:
        """Write down what became of the requests that the engine has let go of."""
        slot = self._crawler.engine._slot  # noqa: SLF001 - nobody else knows what is in progress
        in_progress = slot.inprogress if slot is not None else set()
        ended = [request for request in self._under_way if request not in in_progress]
        for request in ended:
            found = self._under_way.pop(request)
            if found.state is State.IN_FLIGHT or request.meta.get(UNFINISHED):
                continue
            if any(other.ticket.key == found.ticket.key for other in self._under_way.values()):
                continue  # it was asked once more, and that is under way
            try:
                self._store.settle(found.ticket, found.state, found.reason)
            except StoreUnavailable as error:
                self._fail(error)
                return
            self._crawler.stats.inc_value(f"frontier/{found.state.name.lower()}")

    def _note(self, request: Request, state: State, reason: str | None) -> None:
        found = self._under_way.get(request)
        if found is not None and found.state is not State.IN_FLIGHT:  # nothing mends what was lost
            found.state, found.reason = state, reason and one_line(reason)

    def _made(self, ticket: Ticket) -> Request | None:
        """The request of `ticket`; None where it cannot be made any more, which is on record."""
        try:
            return from_json(ticket.request, self._spider)
        except UnstorableRequest as error:
            logger.warning("left out: %s", error)
            self._store.settle(ticket, State.REFUSED, one_line(str(error)))
            return None

    def _is_hop_of(self, request: Request) -> bool:
        """Whether `request` is a redirect to another spelling of a URL of its own chain."""
        fingerprint = self._crawler.request_fingerprinter.fingerprint
        own = fingerprint(request)
        return any(
            fingerprint(request.replace(url=hop)) == own
            for hop in request.meta.get("redirect_urls", ())
        )

    def _rest_s(self, host: str) -> float:
        """How long `host` is to be left alone: for its own slowness, its pace, its "later"."""
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(host)
        room = slot.concurrency if slot is not None else downloader.domain_concurrency
        if self._asking[host] >= room > 0:
            return math.inf  # until `note_left`
        patience_s = self._backoff.wait_s(host) if self._backoff is not None else 0.0
        pace_s = slot.lastseen + slot.delay - time.monotonic() if slot is not None else 0.0
        return max(patience_s, pace_s, 0.0)

    def _look_at(self, host: str) -> None:
        """Something of `host` changed: look for the next request again, but not before its turn.

        A look goes past every host that rests; so there is none for which nothing can have changed.
        """
        self._ready_at = min(self._ready_at, time.monotonic() + self._rest_s(host))

    def _wake_in(self, seconds: float) -> None:
        """Have the engine ask again then: its own heart beats only every five seconds."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(seconds, self._wake)

    def _wake(self) -> None:
        slot = self._crawler.engine._slot  # noqa: SLF001 - there is no other bell
        if slot is not None:
            slot.nextcall.schedule()
