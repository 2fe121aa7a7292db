"""Asking web archives for articles that their own sites do not give any more (Memento, RFC 7089).

Off unless `DATELINE_WEB_ARCHIVES` names one. Only what is gone, broken or out of reach is asked
for: a robots.txt that forbids, a login and a bot check are answers, and no archive leads around
them. A copy is kept and read as a third party's capture, apart from our own (`ArchivedCopy`).
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as Trouble

from archive import ArchivedCopy, Capture, FailureKind, Reading, Verdict
from crawler.fetch.origin import CAPTURE, capture_of, kept_of, origin_meta
from crawler.notes import COPY_OF, WEB_ARCHIVE
from crawler.platforms.memento import WebArchive, memento_at, named_copy
from crawler.running.reader import ReadingStopped, answered_of, page_of
from crawler.spiders.means import Means

logger = logging.getLogger(__name__)

FOUND_BY = "memento"

_META = "dateline_copy_of"
_LOST = frozenset({Verdict.GONE, Verdict.ERROR_PAGE})
_OUT_OF_REACH = frozenset(
    {
        FailureKind.DNS,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.TIMEOUT,
        FailureKind.DISCONNECT,
        FailureKind.PROTOCOL,
    }
)


class CopyAsker:
    """Asks the archives one after the other, until one gives a copy: each page once a run."""

    def __init__(
        self, means: Means, *, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> None:
        self._means = means
        self._archives = means.config.rungs.archives if means.config.read else ()
        self._callback = callback
        self._errback = errback
        self._asked: set[str] = set()

    def of_lost(self, reading: Reading, url: str, capture: Capture) -> Iterator[Request]:
        """The first archive's request, where a page's answer is none any more."""
        if reading.verdict in _LOST:
            yield from self._begin(url, capture)

    def of_failed(self, trouble: Trouble) -> Iterator[Request]:
        """The same, where nothing answered."""
        request: Request = getattr(trouble, "request", Request("about:blank"))
        capture: Capture | None = request.meta.get(CAPTURE)
        failure = capture.failure if capture is not None else None
        if capture is not None and failure is not None and failure.kind in _OUT_OF_REACH:
            yield from self._begin(capture.url, capture)

    async def take(self, response: Response) -> Reading | Request | None:
        """A TimeGate's answer leads to the copy; a copy to its reading; else the next is asked."""
        step = response.meta[_META]
        capture = capture_of(response)
        archive = self._archive(step["archive"])
        if archive is None:  # a request of an earlier process, with other settings
            return None
        answered = answered_of(response)
        if not step["is_copy"]:
            target = named_copy(archive, answered)
            if target is None:
                return self._after(step, capture)
            return self._request({**step, "is_copy": True}, archive.raw(target), capture)
        if response.status != 200 or "memento-datetime" not in answered.headers:
            return self._after(step, capture)
        # The bytes are the page's own, and its links are meant from where it lay.
        page = replace(page_of(response), url=step["url"], link_header=None)
        try:
            read = await self._means.reader.read_page(page, capture)
        except ReadingStopped:
            return None
        self._means.count("dateline/copies/had")
        copy = ArchivedCopy(url=step["url"], archive=archive.name, memento_at=memento_at(answered))
        return replace(read.reading, copy=copy)

    def fail(self, trouble: Trouble) -> Request | None:
        """Ask the next archive where one does not answer."""
        logger.info("not had: %s (%s)", getattr(trouble, "request", None), trouble.value)
        request: Request = getattr(trouble, "request", Request("about:blank"))
        capture = kept_of(request)
        return self._after(request.meta[_META], capture) if capture is not None else None

    def _begin(self, url: str, capture: Capture) -> Iterator[Request]:
        if self._archives and url not in self._asked:
            self._asked.add(url)
            self._means.count("dateline/copies/asked")
            yield self._first(self._archives[0], url, capture)

    def _after(self, step: dict[str, Any], capture: Capture) -> Request | None:
        """The TimeGate of the archive behind the one that was asked; None after the last."""
        names = [archive.name for archive in self._archives]
        if step["archive"] not in names[:-1]:
            return None
        following = self._archives[names.index(step["archive"]) + 1]
        return self._first(following, step["url"], capture)

    def _first(self, archive: WebArchive, url: str, capture: Capture) -> Request:
        step = {"url": url, "archive": archive.name, "is_copy": False}
        return self._request(step, archive.timegate + url, capture)

    def _request(self, step: dict[str, Any], url: str, capture: Capture) -> Request:
        self._means.keep_pace(url)
        return Request(
            url,
            callback=self._callback,
            errback=self._errback,
            dont_filter=True,
            meta={
                _META: step,
                **origin_meta(
                    FOUND_BY,
                    via=capture.url,
                    via_record=capture.record_id,
                    note={COPY_OF: step["url"], WEB_ARCHIVE: step["archive"]},
                ),
                "dont_redirect": True,  # where a TimeGate leads is its answer
            },
        )

    def _archive(self, name: str) -> WebArchive | None:
        return next((archive for archive in self._archives if archive.name == name), None)
