"""A WACZ of the archive, or of a part of it: records, index and pages in one file (WACZ 1.1.1).

    archive/…warc.gz           the records, as they lie: whole files, or the exchanges chosen
    indexes/index.cdx.gz, .idx where each is
    pages/pages.jsonl          the articles
    datapackage.json           all of it, hashed; datapackage-digest.json hashes and signs that

Everything streams; what grows with the archive waits in temporary files.
"""

import datetime as dt
import errno
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import IO

from archive.catalogue import Captures, CatalogueReader, Extent, Selection
from archive.disk.folder import ArchiveFolder
from archive.errors import StoreUnavailable
from archive.export.cdxj import cdxj_line, is_indexed, write_compressed
from archive.export.package import Package, Signer
from archive.export.pages import HEADER, page_lines
from archive.export.records import Copied, RecordCopy
from archive.export.sorting import SortedLines
from archive.export.whole import whole_file
from archive.model import Capture, CaptureKind
from archive.warc.deflate import member
from archive.warc.fields import FIELDS_TYPE, write_fields
from archive.warc.names import open_warc
from archive.warc.records import draft, of_bytes

PIECE = 1024 * 1024
_WARCINFO_BYTES = 64 * 1024

Tell = Callable[[int, int], None]


class Collector(StrEnum):
    """What a package says of who collected."""

    FULL = "full"
    """All that the records say: operator, host, user agent with its contact."""
    MINIMAL = "minimal"
    """No warcinfo of ours, no requests, no file names with a host's name; and it says so.
    Responses and their metadata stay as they are: what a server echoes is not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A package that was made."""

    path: Path
    size_bytes: int
    digest: str
    """Of its datapackage.json, which has the digests of all else."""
    captures: int
    """With an answer, and so to be replayed."""
    pages: int
    is_whole: bool
    record_ids: frozenset[str] | None = None
    """The captures of a selection; None of a whole archive."""


def export_wacz(
    root: Path,
    target: Path,
    *,
    software: str,
    selection: Selection | None = None,
    collector: Collector = Collector.FULL,
    title: str | None = None,
    signer: Signer | None = None,
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    tell: Tell = lambda _done, _all: None,
) -> Exported:
    """Write the archive at `root`, or what `selection` chooses of it, to the new file `target`.

    A selection carries the originals of its revisits too. `software` is name and version;
    `tell` is called with bytes done and bytes to do.

    Raises: NotAnArchive where `root` is none, or `target` is there already or cannot be written;
    BadRecord; StoreUnavailable.
    """
    folder = ArchiveFolder.open(root)
    made_at = clock()
    with whole_file(target) as part:
        if target.exists():
            raise FileExistsError(errno.EEXIST, "it exists already")
        with Package(part, created_at=made_at) as package, SortedLines() as lines:
            made = _Making(folder, package, lines, collector=collector, made_at=made_at, tell=tell)
            if selection is None or selection.is_everything:
                chosen = None
                made.records(Captures(folder.catalogue).choose(), is_whole=True)
            else:
                chosen = _with_originals(folder, selection)
                chosen_ones = Captures(folder.catalogue).choose(Selection(record_ids=chosen))
                made.records(chosen_ones, is_whole=False)
            made.index()
            pages = made.pages(chosen)
            digest = package.finish(
                made.about(title, software=software, is_whole=chosen is None), signer
            )
        size = part.stat().st_size
    return Exported(
        path=target,
        size_bytes=size,
        digest=digest,
        captures=made.captures,
        pages=pages,
        is_whole=chosen is None,
        record_ids=chosen,
    )


def _with_originals(folder: ArchiveFolder, selection: Selection) -> frozenset[str]:
    """The record ids of a selection, and of what its revisits refer to."""
    chosen: set[str] = set()
    for capture in Captures(folder.catalogue).choose(selection):
        chosen.add(capture.record_id)
        if capture.refers_to is not None:
            chosen.add(capture.refers_to)
    return frozenset(chosen)


class _Making:
    """One package in the making, step by step."""

    def __init__(
        self,
        folder: ArchiveFolder,
        package: Package,
        lines: SortedLines,
        *,
        collector: Collector,
        made_at: dt.datetime,
        tell: Tell,
    ) -> None:
        self._folder = folder
        self._package = package
        self._lines = lines
        self._collector = collector
        self._made_at = made_at
        self._tell = tell
        self.captures = 0
        self._main: tuple[str, str] | None = None

    def records(self, captures: Iterator[Capture], *, is_whole: bool) -> None:
        """Add the records of `captures`, which come by file and offset."""
        extents = {
            extent.warc: extent for extent in CatalogueReader(self._folder.catalogue).extents()
        }
        total = sum(extent.durable_bytes for extent in extents.values())
        done = 0
        left = dict(extents) if is_whole else {}
        for serial, (name, group) in enumerate(groupby(captures, lambda one: one.locator.warc)):
            extent = extents.get(name)
            left.pop(name, None)
            if extent is not None:
                self._file(extent, group, serial, is_whole=is_whole)
                done += extent.durable_bytes
                self._tell(done, total)
        for extent in left.values():  # files without a capture: a run that kept nothing
            if self._collector is Collector.FULL:
                self._file(extent, iter(()), 0, is_whole=True)

    def _file(
        self, extent: Extent, captures: Iterator[Capture], serial: int, *, is_whole: bool
    ) -> None:
        source = open_warc(self._folder.warc, extent.warc, is_copied=True)
        if source is None:
            raise StoreUnavailable(f"{extent.warc} is catalogued, but not there")
        is_minimal = self._collector is Collector.MINIMAL
        answered = (one for one in captures if one.kind is not CaptureKind.FAILURE)
        if is_minimal:
            name = f"records-{serial:05d}.warc.gz"
        else:
            name = extent.warc if is_whole else f"selected-{extent.warc}"
        with source:
            copy = RecordCopy(
                source, self._folder.warc / extent.warc, lambda copied: self._note(name, copied)
            )
            if is_whole and not is_minimal:
                chunks = copy.whole(extent.durable_bytes, captures)
            else:
                chunks = copy.chosen(
                    answered,
                    first=_plain_warcinfo(name, self._made_at) if is_minimal else None,
                    has_requests=not is_minimal,
                )
            # A copy may have a longer warcinfo than the file that it was taken from.
            at_most = extent.durable_bytes + _WARCINFO_BYTES
            self._package.add(f"archive/{name}", chunks, at_most=at_most)

    def _note(self, name: str, copied: Copied) -> None:
        if is_indexed(copied.capture):
            self.captures += 1
            self._lines.add(
                cdxj_line(
                    copied.capture,
                    filename=name,
                    offset=copied.offset,
                    length=copied.length,
                    record_digest=copied.digest,
                )
            )

    def index(self) -> None:
        """Add the index of all records added."""
        with tempfile.TemporaryFile() as packed, tempfile.TemporaryFile() as idx:
            write_compressed(self._lines, packed.write, idx, name="index.cdx.gz")
            self._package.add("indexes/index.cdx.gz", _pieces(packed))
            self._package.add("indexes/index.idx", _pieces(idx), is_stored=False)

    def pages(self, chosen: frozenset[str] | None) -> int:
        """Add the pages; how many there are."""
        with tempfile.TemporaryFile() as file:
            file.write(HEADER + b"\n")
            count = 0
            captures = Captures(self._folder.catalogue)
            for record_id, line in page_lines(captures, chosen):
                file.write(line + b"\n")
                count += 1
                if self._main is None and (first := captures.get(record_id)) is not None:
                    self._main = (first.url, first.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
            self._package.add("pages/pages.jsonl", _pieces(file), is_stored=False)
        return count

    def about(self, title: str | None, *, software: str, is_whole: bool) -> dict[str, object]:
        """What datapackage.json says of the package."""
        what = "A whole archive" if is_whole else "A selection from an archive"
        if self._collector is Collector.MINIMAL:
            what += (
                "; who collected was left out of this copy (warcinfo, requests, file names), "
                "and stands in the original"
            )
        about: dict[str, object] = {
            "title": title or "Dateline",
            "description": f"{what}.",
            "software": software,
        }
        if self._main is not None:
            about["mainPageUrl"], about["mainPageDate"] = self._main
        return about


def _plain_warcinfo(name: str, at: dt.datetime) -> bytes:
    """A warcinfo record, as a gzip member, that names nobody."""
    said = [
        ("format", "WARC File Format 1.1"),
        ("description", "a copy without the collector's warcinfo and requests"),
    ]
    made = draft(
        "warcinfo",
        record_id=uuid.uuid4().urn,
        at=at,
        headers=[("WARC-Filename", name)],
        content_type=FIELDS_TYPE,
        block=of_bytes(write_fields(said)),
    )
    return b"".join(member(made.chunks(), made.whole_size, is_packed=False))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
