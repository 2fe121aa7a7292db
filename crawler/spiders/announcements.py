"""What sources announce: noted in the memory of watching, then asked for."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from scrapy import Request

from archive import Capture, InvalidUrl
from crawler.discover.announced import Announced
from crawler.sources.source import Source
from crawler.spiders.documents import DocumentKind, instant_of, why_unwanted
from crawler.watch.pages import Page, Pages
from crawler.watch.tallies import Tallies

_KNOWN = 200
"""Addresses of a source's articles by which a section's others are recognised."""


class Announcements:
    """The links of one watched archive's sources.

    Its methods raise StoreUnavailable where what is remembered cannot be kept.
    """

    def __init__(
        self,
        *,
        sources: Mapping[str, Source],
        pages: Pages,
        tallies: Tallies,
        now: Callable[[], dt.datetime],
        page_request: Callable[[Page], Request | None],
        count: Callable[[str], None],
    ) -> None:
        self._sources = sources
        self._pages = pages
        self._tallies = tallies
        self._now = now
        self._page_request = page_request
        self._count = count

    def known_urls(self, source: Source) -> list[str]:
        """Addresses that a source announced lately."""
        return self._pages.known_urls(source.name, _KNOWN)

    def note(
        self,
        source: Source,
        links: Sequence[Announced],
        kind: DocumentKind,
        *,
        via: Capture | None = None,
        since: dt.datetime | None = None,
        read_at: dt.datetime | None = None,
    ) -> list[Request]:
        """Note what is announced, all of it at once; the requests for what is new."""
        now = self._now()
        resting = [source.name for source in self._sources.values() if not source.is_enabled]
        added: list[Page] = []
        with self._pages.batch():
            for link in links:
                if reason := why_unwanted(source, link, kind, now, since=since, read_at=read_at):
                    self.leave_out(source, reason)
                    continue
                try:
                    page = self._pages.add(
                        link.url,
                        source=source.name,
                        now=now,
                        published_at=instant_of(link),
                        via_record=via.record_id if via is not None else None,
                        resting=resting,
                    )
                except InvalidUrl:
                    self.leave_out(source, "invalid")
                    continue
                if page is not None:
                    added.append(page)
        self._tallies.of(source.name).new += len(added)
        return [request for page in added if (request := self._page_request(page)) is not None]

    def changed(self, links: Sequence[Announced]) -> list[Request]:
        """The requests for pages that are known, and are said to have changed since."""
        changed: list[Page] = []
        with self._pages.batch():
            for link in links:
                if link.modified is None or link.modified.at is None:
                    continue
                with suppress(InvalidUrl):
                    page = self._pages.announce_change(link.url, link.modified.at, self._now())
                    changed += [page] if page is not None else []
        return [request for page in changed if (request := self._page_request(page)) is not None]

    def leave_out(self, source: Source, reason: str) -> None:
        """Count what is not asked for."""
        self._tallies.of(source.name).leave_out(reason)
        self._count(f"dateline/left-out/{reason}")
