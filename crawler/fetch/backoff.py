"""Leaving a host alone when it asks for it: `Retry-After`, 429, 503, and failing connections."""

import asyncio
import datetime as dt
import logging
import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from scrapy.utils.response import response_status_message

from archive import FailureKind
from crawler.errors import ConfigError
from crawler.fetch.pace import host_of, slots_of
from crawler.fetch.refusals import CrawlClosing, Refusals, Refused

logger = logging.getLogger(__name__)

BUSY = frozenset({429, 503})
"""The statuses by which a host says: later."""

# Scrapy tells nobody that it begins to close, so those who wait look for it this often.
_LOOK_S = 0.5
# Seconds beyond any wait; a number with more digits is not even read.
_FOREVER_S = 1e9


class HostLeftAlone(Refused):
    """The host asked for more patience than this run has."""


class CalledBack(Exception):
    """A request was taken out of the downloader's queue because its host is to be left alone."""


def parse_retry_after(value: bytes, now: dt.datetime) -> float | None:
    """Seconds from `now` that `Retry-After: value` asks for; never negative.

    None where the value is neither whole seconds nor an HTTP date (RFC 9110, section 10.2.3).
    """
    text = value.decode("ascii", "replace").strip()
    if re.fullmatch("[0-9]+", text):
        return float(text) if len(text) < 10 else _FOREVER_S
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)  # "-0000", or an asctime date: both are GMT here
    return min(max((at - now).total_seconds(), 0.0), _FOREVER_S)


class Patience:
    """Which hosts are to be left alone, and until when. Knows neither Scrapy nor the network.

    Without a `Retry-After` the waits double from `first_s` to `longest_s` while a host goes on
    saying "later". A host that asks for more than `longest_s` is left alone for good.
    """

    def __init__(
        self, *, first_s: float, longest_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._clock = clock
        self._until: dict[str, float] = {}
        self._times_busy: dict[str, int] = {}
        self._left_alone: dict[str, str] = {}

    def wait_s(self, host: str) -> float:
        """How long `host` is still to be left alone; 0 where it may be asked."""
        left_s = self._until.get(host, 0.0) - self._clock()
        if left_s <= 0:
            self._until.pop(host, None)
            return 0.0
        return left_s

    def left_alone(self, host: str) -> str | None:
        """Why `host` is not asked again in this run; None where it is."""
        return self._left_alone.get(host)

    def note_busy(self, host: str, status: int, retry_after_s: float | None) -> bool:
        """`host` answered 429 or 503. True where this begins, prolongs or ends all asking."""
        if retry_after_s is not None and retry_after_s > self._longest_s:
            if host in self._left_alone:
                return False
            self._left_alone[host] = (
                f"left alone for this run: HTTP {status} asked for {retry_after_s:.0f} s,"
                f" the most waited is {self._longest_s:.0f} s"
            )
            return True
        if self.wait_s(host) and not retry_after_s:
            return False  # sent before the host was left alone: nothing new
        if not retry_after_s:
            times = self._times_busy.get(host, 0)
            self._times_busy[host] = times + 1
            retry_after_s = min(self._first_s * 2.0 ** min(times, 30), self._longest_s)
        return self._hold(host, retry_after_s)

    def note_failed(self, host: str) -> bool:
        """A connection to `host` failed: a short wait, which does not grow."""
        return self._hold(host, self._first_s / 5)

    def note_served(self, host: str) -> None:
        """`host` answered as it should: its next trouble starts from the shortest wait."""
        self._times_busy.pop(host, None)

    def _hold(self, host: str, wait_s: float) -> bool:
        if wait_s <= self.wait_s(host):
            return False
        self._until[host] = self._clock() + wait_s
        return True


class BackoffMiddleware:
    """Keeps requests back from hosts that said "later", and retries them when the time has come.

    Stands nearer the downloader than Scrapy's RetryMiddleware (550), at 560, and takes 429 and
    503 from it; all other retries remain Scrapy's. Both count in `retry_times`, up to
    `RETRY_TIMES`. Each attempt is a capture of its own; the last answer goes to the spider.

    What already stands in the downloader's queue for such a host is called back and waits here,
    where no download timeout runs and the end of the crawl ends the wait. `HostQueue` sees to it
    that those who wait leave room for other hosts.

    Settings: `DATELINE_BACKOFF_S`, the first wait without a `Retry-After` (5 s), and
    `DATELINE_BACKOFF_MAX_S`, the longest wait (120 s); a host that asks for more is left alone
    for the run. What is then not asked is recorded.

    Raises: HostLeftAlone, CrawlClosing.
    """

    def __init__(self, crawler: Crawler, *, patience: Patience, refusals: Refusals) -> None:
        self._crawler = crawler
        self._patience = patience
        self._refusals = refusals
        self._failures = tuple(
            load_object(name) if isinstance(name, str) else name
            for name in crawler.settings.getlist("RETRY_EXCEPTIONS")
        )
        self._is_retrying = crawler.settings.getbool("RETRY_ENABLED")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`.

        Raises: ConfigError where a wait is negative or the longest shorter than the first.
        """
        first_s = seconds(crawler.settings, "DATELINE_BACKOFF_S", 5.0)
        longest_s = seconds(crawler.settings, "DATELINE_BACKOFF_MAX_S", 120.0)
        patience = Patience(first_s=first_s, longest_s=longest_s)
        middleware = cls(crawler, patience=patience, refusals=Refusals(crawler))
        # This signal comes before the downloader looks for the slot's next request;
        # `process_response` would come after it.
        crawler.signals.connect(middleware.note_answer, signal=signals.response_downloaded)
        return middleware

    def wait_s(self, host: str) -> float:
        """How long `host` is to be left alone; 0 where that is for good, so that it is said."""
        return 0.0 if self._patience.left_alone(host) else self._patience.wait_s(host)

    async def process_request(self, request: Request) -> None:
        """Wait until the request's host may be asked."""
        host = self._host_of(request)
        while True:
            if reason := self._patience.left_alone(host):
                self._crawler.stats.inc_value("dateline/backoff/not_asked")
                await self._refusals.record(request, FailureKind.LEFT_ALONE, reason)
                raise HostLeftAlone(reason)
            wait_s = self._patience.wait_s(host)
            if not wait_s:
                return
            if self._is_closing():
                raise CrawlClosing("the crawl ended while the host was to be left alone")
            await asyncio.sleep(min(wait_s, _LOOK_S))

    def note_answer(self, response: Response, request: Request) -> None:
        """Signal `response_downloaded`: learn from every answer, before anything else is sent."""
        host = self._host_of(request)
        if response.status not in BUSY:
            self._patience.note_served(host)
            return
        value = response.headers.get("Retry-After")
        asked_s = parse_retry_after(value, dt.datetime.now(dt.UTC)) if value else None
        if self._patience.note_busy(host, response.status, asked_s):
            self._tell(host, f"HTTP {response.status}")
        self._call_back(host)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask again later on 429 and 503; the last answer passes."""
        if response.status not in BUSY or request.meta.get("dont_retry"):
            return response
        if self._is_retrying and self._patience.left_alone(self._host_of(request)) is None:
            assert self._crawler.spider is not None
            again = get_retry_request(
                request,
                spider=self._crawler.spider,
                reason=response_status_message(response.status),
            )
            if again is not None:
                return again
        self._crawler.stats.inc_value("dateline/backoff/given_up")
        request.meta["dont_retry"] = True  # Scrapy's own middleware comes next
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Let a failing host rest a little; send what was called back to wait its turn."""
        if isinstance(exception, CalledBack):
            return request.replace(dont_filter=True)
        if isinstance(exception, self._failures):
            host = self._host_of(request)
            if self._patience.note_failed(host):
                self._tell(host, type(exception).__name__)
            self._call_back(host)
        return None

    def _host_of(self, request: Request) -> str:
        return host_of(self._crawler.engine.downloader.get_slot_key(request))

    def _is_closing(self) -> bool:
        engine = self._crawler.engine
        slot = engine._slot  # noqa: SLF001 - the only place where Scrapy says that it closes
        return not engine.running or slot is None or slot.closing is not None

    def _call_back(self, host: str) -> None:
        """Empty the downloader's queue for `host`: nothing there waits for a host's good time."""
        for name in slots_of(host):
            slot = self._crawler.engine.downloader.slots.get(name)
            while slot is not None and slot.queue:
                _, queued = slot.queue.popleft()
                queued.errback(CalledBack())

    def _tell(self, host: str, cause: str) -> None:
        if reason := self._patience.left_alone(host):
            self._crawler.stats.inc_value("dateline/backoff/left_alone")
            logger.warning("%r: %s", host, reason)
            return
        self._crawler.stats.inc_value("dateline/backoff/waits")
        logger.info("%s from %r: waiting %.1f s", cause, host, self._patience.wait_s(host))


def seconds(settings: BaseSettings, name: str, default: float) -> float:
    """The setting `name`, in seconds.

    Raises: ConfigError where it is no number, or not above 0.
    """
    try:
        value = settings.getfloat(name, default)
    except (TypeError, ValueError):
        value = 0.0
    if not 0 < value < _FOREVER_S:
        raise ConfigError(f"{name} must be seconds above 0, not {settings[name]!r}")
    return value
