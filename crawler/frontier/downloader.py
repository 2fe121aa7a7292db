"""Scrapy's downloader, which tells the frontier what became of each request."""

from collections.abc import Generator
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.http import Response
from twisted.internet.defer import Deferred, inlineCallbacks

from crawler.frontier.scheduler import FrontierScheduler


class FrontierDownloader(Downloader):
    """Scrapy's `DOWNLOADER`: the one place that sees the outcome of all middlewares together.

    A middleware of ours would not do: what another raises in its `process_response` passes by all
    the rest.
    """

    @inlineCallbacks
    def fetch(  # type: ignore[override] # the spider argument is deprecated
        self, request: Request
    ) -> Generator[Deferred[Any], Any, Response | Request]:
        """As Scrapy's own."""
        try:
            outcome: Response | Request = yield super().fetch(request)
        except Exception as error:
            if (frontier := self._frontier()) is not None:
                frontier.note_failure(request, error)
            raise
        if (frontier := self._frontier()) is not None:
            frontier.note_left(request)
        return outcome

    def needs_backout(self) -> bool:
        """As Scrapy's own.

        The engine asks it each time that a request came to its end, before it does anything else;
        that is the instant at which the frontier is to write down what is done.
        """
        if (frontier := self._frontier()) is not None:
            frontier.settle()
        return super().needs_backout()

    def _frontier(self) -> FrontierScheduler | None:
        engine = self.crawler.engine
        scheduler = engine.scheduler if engine is not None else None
        return scheduler if isinstance(scheduler, FrontierScheduler) else None
