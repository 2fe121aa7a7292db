"""What was not asked for, and why: a refusal is a fact, and kept like an exchange."""

import datetime as dt

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from archive import Capture, Exchange, Failure, FailureKind
from crawler.fetch.destination import bare_url
from crawler.fetch.origin import REFUSAL, take_origin
from crawler.fetch.recorder import recorder_of

# Longer addresses (a `data:` URL may be megabytes) and longer reasons are cut.
_LONGEST_URL = 2083
_LONGEST_DETAIL = 500


class Refused(IgnoreRequest):
    """A request that this crawler does not make; its text says why, in one line."""


class CrawlClosing(IgnoreRequest):
    """The crawl ends before a waiting request's turn came. Nothing is known of its URL."""


class Refusals:
    """Records refusals with the crawl's recorder, and counts them (`dateline/refusals`)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def record(self, request: Request, kind: FailureKind, detail: str) -> Capture:
        """Keep that `request` was not made. No bytes were sent, no connection was opened.

        What was kept stands in the request's meta too, for `crawler.fetch.origin.kept_of`.

        Raises: StoreUnavailable.
        """
        recorder = recorder_of(self._crawler)
        self._crawler.stats.inc_value("dateline/refusals")
        now = dt.datetime.now(dt.UTC)
        capture = await recorder.keep(
            Exchange(
                url=bare_url(request.url)[:_LONGEST_URL],
                method=request.method,
                began_at=now,
                ended_at=now,
                origin=take_origin({**request.meta}, run_id=recorder.run_id),
                failure=Failure(kind=kind, detail=one_line(detail)),
            )
        )
        request.meta[REFUSAL] = capture
        return capture


def one_line(text: str) -> str:
    """`text` without anything that breaks a line or moves a cursor, and cut where it is long."""
    return "".join(char if char.isprintable() else "?" for char in text[:_LONGEST_DETAIL])
