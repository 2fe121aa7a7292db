"""The archive to be read: captures found, and their bytes given back, as sent or decoded.

    nearest(url, at) ─┐
    captures(…)       ├→ Capture → record (verbatim) → payload (as sent) → body (decoded)
    follow(item)     ─┘

Takes no lock and writes nothing; a crawl may go on meanwhile.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from archive.catalogue import CatalogueReader
from archive.catalogue.questions.captures import EVERYTHING, Captures, Selection
from archive.disk.folder import ArchiveFolder
from archive.errors import BadRecord, CaptureNotFound
from archive.model import Capture, CaptureKind, Origin
from archive.views.articles import ArticleView
from archive.views.captures import CaptureView
from archive.views.citations import CitationEntryView, CitedByView, LabelledClaimsView
from archive.warc.reader import Record, open_payload, read_origin, read_record
from archive.web.content_codings import decoded_chunks
from archive.web.http import Head, raw_head

BODY_BYTES = 64 * 1024 * 1024
"""A body that unfolds to more is refused, unless the caller allows it."""

Item = ArticleView | CaptureView | CitationEntryView | CitedByView | LabelledClaimsView
"""What the catalogue tells, and names the capture of."""


class ArchiveReader:
    """One archive, open for reading. Cheap to make, safe to share between threads.

    Raises, from every method: NotAnArchive, StoreUnavailable, where the catalogue cannot be read.
    """

    def __init__(self, folder: ArchiveFolder, *, catalogue: Path | None = None) -> None:
        """`catalogue` is another one than the folder's own: one that is being made."""
        self.folder = folder
        self.catalogue = CatalogueReader(catalogue or folder.catalogue)
        """What is known of articles, posts, citations, captures and runs; its search."""
        self._captures = Captures(catalogue or folder.catalogue)

    @classmethod
    def open(cls, root: Path | str) -> Self:
        """The archive at `root`.

        Raises: NotAnArchive where there is none.
        """
        return cls(ArchiveFolder.open(Path(root)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays open between two calls: there is nothing to close."""

    def captures(self, selection: Selection = EVERYTHING) -> Iterator[Capture]:
        """The captures of `selection`, one at a time, in the order in which their records lie."""
        return self._captures.choose(selection)

    def capture(self, record_id: str) -> Capture:
        """The capture with that WARC-Record-ID (`urn:uuid:…`).

        Raises: CaptureNotFound.
        """
        found = self._captures.get(record_id)
        if found is None:
            raise CaptureNotFound(f"no capture is called {record_id[:100]!r}")
        return found

    def nearest(
        self,
        url: str,
        at: dt.datetime | None = None,
        *,
        method: str = "GET",
        has_answer: bool = True,
    ) -> Capture:
        """The capture of `url` nearest in time to `at`, an aware instant (default: now).

        `url` may be spelled otherwise (`archive.web.urls.url_key`), but the very URL is preferred.
        `has_answer` (default) passes over captures that brought no response. A 304 is passed over
        always: what it says is still so is the capture before it.

        Raises: CaptureNotFound.
        """
        when = at or dt.datetime.now(dt.UTC)
        found = self._captures.nearest(url, when, method=method, has_answer=has_answer)
        if found is None:
            raise CaptureNotFound(f"no capture of {url[:200]!r}")
        return found

    def parts_of(self, article_id: str) -> frozenset[str]:
        """The record ids of an article's captures, of what led to them and of what they led to.

        The posts that it cites are among them, wherever else they were found.
        """
        pages = self._captures.of_article(article_id)
        posts = self._captures.of_posts(pages)
        return self._captures.led_from(pages) | self._captures.led_to(pages | posts)

    def follow(self, item: Item) -> Capture:
        """The capture that `item`, something the catalogue told, was read in.

        Raises: CaptureNotFound, also where the item names none.
        """
        named: object = item.get("record_id")
        if named is None and isinstance(where := item.get("capture"), dict):
            named = where.get("record_id")
        if not isinstance(named, str):
            raise CaptureNotFound("the item names no capture")
        return self.capture(named)

    def record(self, capture: Capture) -> Record:
        """The very record of a capture: its header, and its block in bounded pieces.

        Of a response the block is what the server sent, head and body; of a revisit the head.

        Raises: BadRecord.
        """
        return read_record(self.folder.warc, capture.locator)

    def origin(self, capture: Capture) -> Origin:
        """How a capture came about: all that no response can tell.

        Raises: BadRecord.
        """
        return read_origin(self.folder.warc, capture.locator)

    def head(self, capture: Capture) -> Head:
        """Status line and header fields of the capture's own answer; of a failure, empty.

        Raises: BadRecord.
        """
        if capture.kind is CaptureKind.FAILURE:
            return Head.parse(b"")
        return Head.parse(raw_head(self.record(capture)))

    def payload(self, capture: Capture) -> Iterator[bytes]:
        """The body as sent, its transfer-coding undone and its content-coding kept, in pieces.

        Of a revisit it is read from the record that it refers to; of a failure there is none.

        Raises, here or while it is taken: BadRecord; BodyError where the body was cut, or its
        framing is broken; CaptureNotFound where a revisit's original is not there.
        """
        if capture.kind is CaptureKind.FAILURE:
            return iter(())
        if capture.kind is CaptureKind.RESPONSE:
            return open_payload(self.record(capture))
        original = self.capture(capture.refers_to or "")
        if original.kind is not CaptureKind.RESPONSE:
            raise BadRecord(
                "the revisit refers to no response",
                path=self.folder.warc / capture.locator.warc,
                offset=capture.locator.offset,
            )
        return open_payload(self.record(original))

    def body(self, capture: Capture, *, max_bytes: int = BODY_BYTES) -> bytes:
        """The body, decoded: every coding undone.

        The capture's own head says which; what a revisit left out is its original's.

        Raises: as `payload`; BodyError too where a coding is broken or unknown, or the body
        unfolds to more than `max_bytes`.
        """
        chunks = decoded_chunks(self.head(capture), self.payload(capture), max_bytes=max_bytes)
        return b"".join(chunks)
