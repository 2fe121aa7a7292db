"""What is remembered, and counted, of each look at a page."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive import Capture, Look, Reading, Seen, url_key
from crawler.watch.looks import failed, is_passing, look_of, moved, unchanged
from crawler.watch.pages import Page, Pages
from crawler.watch.tallies import Tallies


@dataclass(frozen=True, slots=True)
class PageLooks:
    """Notes looks in the memory of pages, and in the tally of each page's source."""

    pages: Pages
    tallies: Tallies

    def note(self, page: Page, reading: Reading, *, status: int, url: str, at: dt.datetime) -> None:
        """Note an answer, which came from `url`."""
        look = look_of(reading, status=status, at=at)
        tally = self.tallies.of(page.source)
        published = reading.article.published_at if reading.article is not None else None
        published_at = published.at if published is not None else None
        if look.seen is Seen.TEXT and reading.article is not None:
            tally.dated += published is not None
            tally.letters += sum(len(block.text) for block in reading.article.body)
            tally.reader = reading.reader
        is_elsewhere = url_key(url) != url_key(page.url)
        if is_elsewhere and status < 400 and look.seen in {Seen.TEXT, Seen.FAILURE}:
            tally.see(Seen.MOVED)
            self.pages.note(page, moved(look.at, look.record_id, url))
            self._watch_target(page, look, reading.reader, url, published_at)
            return
        tally.see(look.seen)
        self.pages.note(
            page,
            look,
            reader=reading.reader,
            published_at=published_at,
            is_passing=is_passing(None, status),
        )

    def note_unchanged(self, page: Page, capture: Capture, *, at: dt.datetime) -> None:
        """Note a 304 that confirms what was seen before."""
        self.tallies.of(page.source).see("unchanged")
        self.pages.note(page, unchanged(at, capture.record_id, page.standing))

    def note_failure(self, page: Page, capture: Capture | None, *, at: dt.datetime) -> None:
        """Note that a page could not be had, as its capture says, where there is one."""
        look = failed(at, capture.record_id if capture is not None else "")
        self.tallies.of(page.source).see(look.seen)
        self.pages.note(page, look, is_passing=is_passing(capture))

    def _watch_target(
        self, page: Page, look: Look, reader: str, url: str, published_at: dt.datetime | None
    ) -> None:
        """Watch where a page has gone, unless that is the site's front page or no article."""
        if look.seen is not Seen.TEXT or urlsplit(url).path in {"", "/"}:
            return
        target = self.pages.add(
            url, source=page.source, now=look.at, via_record=look.record_id
        ) or self.pages.at(url)
        if target is not None:
            self.pages.note(target, look, reader=reader, published_at=published_at)
