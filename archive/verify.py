"""Reads everything again, and names what is not as it was written.

Framing: every gzip member and record is whole, nothing lies between or after them. Digests: every
block, and every payload that its record gives a digest of. Links: what a record says it belongs to
or refers to is there. Catalogue: each capture's locator leads to the record of that id, and each
extent ends at a record. Nothing is written, no lock is taken: a crawl may go on meanwhile.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.catalogue import CatalogueReader, Extent
from archive.digest import Digest
from archive.errors import BadRecord
from archive.folder import ArchiveFolder
from archive.http import Head, head_length
from archive.model import Locator
from archive.warc.framing import Members, RecordHead
from archive.warc.names import OPEN, SUFFIX, final_name, paths_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not match: in which file, at which byte, and what."""

    file: str
    offset: int | None
    message: str


@dataclass(slots=True, kw_only=True)
class Report:
    """What was read, and what is wrong."""

    files: int = 0
    records: int = 0
    captures: int = 0
    read_bytes: int = 0
    """Compressed bytes of WARC files."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether everything holds."""
        return not self.faults


def verify(root: Path, *, tell: Callable[[int, int], None] = lambda _done, _all: None) -> Report:
    """Verify the archive at `root`.

    `tell` is called now and then with the bytes read and the bytes there are.

    Raises: NotAnArchive; StoreUnavailable where the disk cannot be read.
    """
    folder = ArchiveFolder.open(root)
    report = Report()
    places: dict[str, Locator] = {}
    links: list[tuple[Locator, str, str]] = []
    # The extents come first: what is written meanwhile lies beyond them.
    catalogue = CatalogueReader(folder.catalogue) if folder.catalogue.is_file() else None
    extents = {extent.warc: extent for extent in (catalogue.extents() if catalogue else ())}
    captures = catalogue.locators() if catalogue else iter(())
    files = _files(folder, extents)
    total = sum(end for _, _, end in files)
    for path, name, end in files:
        report.files += 1
        for head, locator in _records(path, name, end, report):
            report.records += 1
            record_id = (head.get("warc-record-id") or "").strip("<>")
            if record_id in places:
                report.faults.append(_fault(locator, f"a second record is called {record_id}"))
            places[record_id] = locator
            links += [
                (locator, link, target.strip("<>"))
                for link in ("warc-concurrent-to", "warc-refers-to", "warc-warcinfo-id")
                if (target := head.get(link))
            ]
            tell(report.read_bytes + locator.offset + locator.length, total)
        report.read_bytes += end
    report.faults += [
        _fault(locator, f"{link} names {target}, which is not there")
        for locator, link, target in links
        if target not in places
    ]
    if catalogue is None:
        report.faults.append(
            Fault(file=folder.catalogue.name, offset=None, message="there is no catalogue")
        )
    ends = {name: end for _, name, end in files}
    for record_id, locator in captures:
        if locator.offset + locator.length > ends.get(locator.warc, 0):
            continue  # written since, or in a file that is named below
        report.captures += 1
        if places.get(record_id) != locator:
            report.faults.append(_fault(locator, f"the catalogue has {record_id} here"))
    report.faults += [
        Fault(file=name, offset=None, message="the file is not there")
        for name in sorted(set(extents) - set(ends))
    ]
    return report


def _files(folder: ArchiveFolder, extents: dict[str, Extent]) -> list[tuple[Path, str, int]]:
    """Path, final name and end of each WARC file; one still written ends where it is catalogued."""
    found = []
    names = {
        final_name(entry.name)
        for entry in folder.warc.iterdir()
        if final_name(entry.name).endswith(SUFFIX)
    }
    for name in sorted(names):
        path = next((path for path in paths_of(folder.warc, name) if path.is_file()), None)
        if path is None:
            continue
        end = path.stat().st_size
        if path.name.endswith(OPEN):
            end = min(end, extents[name].durable_bytes) if name in extents else 0
        elif name in extents and extents[name].durable_bytes > end:
            end = extents[name].durable_bytes
        found.append((path, name, end))
    return found


def _records(
    path: Path, name: str, end: int, report: Report
) -> Iterator[tuple[RecordHead, Locator]]:
    """The records of a file up to `end`; after a broken one nothing can be told apart."""
    with path.open("rb") as file:
        members = Members(file, path)
        try:
            while members.position < end:
                found = members.next()
                if found is None:
                    raise members.bad(f"the file ends before byte {end}, where it should")
                head, block = found
                fault = _digest_fault(head, block)
                locator = Locator(
                    warc=name, offset=members.offset, length=members.position - members.offset
                )
                if fault:
                    report.faults.append(_fault(locator, fault))
                yield head, locator
            if members.position != end:
                raise members.bad(f"the record goes beyond byte {end}, where the file should end")
        except BadRecord as error:
            report.faults.append(Fault(file=name, offset=error.offset, message=str(error)))


def _digest_fault(head: RecordHead, block: Iterator[bytes]) -> str | None:
    """What is wrong with a record's digests, or with those it lacks; takes the whole block."""
    whole, payload = hashlib.sha256(), hashlib.sha256()
    has_payload = head.kind == "response" and head.get("warc-payload-digest") is not None
    prefix: bytes | None = b"" if has_payload else None
    for piece in block:
        whole.update(piece)
        if not has_payload:
            continue
        if prefix is None:
            payload.update(piece)
            continue
        prefix += piece
        if (length := head_length(prefix)) is not None:
            if "chunked" in Head.parse(prefix[:length]).transfer_codings:
                return "a chunked response has a payload digest"
            payload.update(prefix[length:])
            prefix = None
    if not _is(head.get("warc-block-digest"), whole.digest()):
        return f"the block is not what was written (WARC-Block-Digest, {head.kind[:20]} record)"
    if has_payload and not _is(head.get("warc-payload-digest"), payload.digest()):
        return "the payload is not what was written (WARC-Payload-Digest)"
    return None


def _is(expected: str | None, actual: bytes) -> bool:
    try:
        return expected is not None and Digest(expected).raw() == actual
    except ValueError:
        return False


def _fault(locator: Locator, message: str) -> Fault:
    return Fault(file=locator.warc, offset=locator.offset, message=message)
