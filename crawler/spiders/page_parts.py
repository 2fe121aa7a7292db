"""The requests for what an article's page needs to be seen: within limits, each once a run.

Settings:

    DATELINE_REQUISITES            `page` (default), or `none`
    DATELINE_REQUISITES_PER_PAGE   at the most so many a page, those of its stylesheets included
    DATELINE_REQUISITES_DELAY      seconds between two of one host (see crawler.fetch.pace)
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Capture
from crawler.fetch.origin import capture_of, origin_meta
from crawler.fetch.pace import requisite_slot
from crawler.reading.requisites import Need, Requisite, stylesheet_requisites
from crawler.spiders.means import Means

logger = logging.getLogger(__name__)

FOUND_BY = "requisite"
MAX_BYTES = 32 * 1024 * 1024
"""Of one requisite; a longer one is cut, and its record says so."""
_DEEPEST = 3
"""A stylesheet that is imported by one that is imported by one is the last to be followed."""
_PRIORITY = -10
"""Pages come first."""


class PageParts:
    """Makes the requests, and follows stylesheets to what they name.

    `callback` and `errback` are the spider's own methods, which lead to `parse` and
    `note_failure`: a request that waits on disk knows no others.
    """

    def __init__(
        self, means: Means, *, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> None:
        self._per_page = means.config.requisites_per_page
        self._count = means.count
        self._callback = callback
        self._errback = errback
        self._asked: set[bytes] = set()
        """Digests: a hostile page may name addresses of many kilobytes."""

    def leave(self, url: str) -> None:
        """Ask for `url` no more in this run: somebody else does."""
        self._asked.add(_digest(url))

    @property
    def are_wanted(self) -> bool:
        """Whether any page may have parts."""
        return self._per_page > 0

    def of_page(self, found: tuple[Requisite, ...], url: str, capture: Capture) -> list[Request]:
        """The requests for what was found to be named by the page at `url`."""
        return self._requests(found, url, capture, [self._per_page], depth=1)

    async def parse(self, response: Response) -> AsyncIterator[Request]:
        """Follow a stylesheet; anything else is only kept."""
        self._count("dateline/requisites/had")
        told = response.meta["dateline_requisite"]
        is_style = told["need"] == Need.STYLE and response.status == 200
        if not is_style or told["depth"] >= _DEEPEST:
            return
        capture = capture_of(response)
        found = await asyncio.to_thread(stylesheet_requisites, response.body, response.url)
        depth = told["depth"] + 1
        for request in self._requests(found, response.url, capture, told["budget"], depth=depth):
            yield request

    def note_failure(self, failure: Failure) -> None:
        """Count what could not be had; the capture itself says why."""
        logger.info("not had: %s (%s)", getattr(failure, "request", None), failure.value)
        self._count("dateline/requisites/failed")

    def _requests(
        self,
        found: tuple[Requisite, ...],
        via: str,
        capture: Capture,
        budget: list[int],
        *,
        depth: int,
    ) -> list[Request]:
        """Those not asked for yet, as far as the page's budget, which they share, goes."""
        requests: list[Request] = []
        for requisite in found:
            asked = _digest(requisite.url)
            if asked in self._asked:
                continue
            if not budget[0]:
                self._count("dateline/left-out/requisites")
                continue
            budget[0] -= 1
            self._asked.add(asked)
            meta = {
                **origin_meta(FOUND_BY, via=via, via_record=capture.record_id),
                "dateline_requisite": {
                    "need": str(requisite.need),
                    "depth": depth,
                    "budget": budget,
                },
                "download_maxsize": MAX_BYTES,
                "download_slot": requisite_slot(requisite.url),
            }
            requests.append(
                Request(
                    requisite.url,
                    callback=self._callback,
                    errback=self._errback,
                    priority=_PRIORITY,
                    meta=meta,
                )
            )
        return requests


def _digest(url: str) -> bytes:
    return hashlib.blake2b(url.encode(), digest_size=16).digest()
