"""Reads everything again, and names what is not as it was written.

- Framing: every gzip member and record is whole, and nothing lies between or after them.
- Digests: of every block; of every payload, chunk-coded ones too, which have theirs in the
  exchange's metadata (WARC 1.1, section 5.9).
- Links: what a record belongs to or refers to is there; a revisit's original has its payload.
- Names: a file is the one that its warcinfo says; no two records have one id.
- Catalogue: the database is whole; every capture lies where it says, every exchange is known to
  it, and every file ends where it says.

Nothing is written and no lock is taken: a crawl may go on meanwhile, and what it adds is not
looked at. Of a file still being written that is what lies beyond its catalogued extent.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from archive.catalogue import Extent
from archive.catalogue.connection import snapshot
from archive.catalogue.rows import extent_of
from archive.digest import Digest
from archive.errors import ArchiveError, BadRecord
from archive.folder import ArchiveFolder
from archive.http import HEAD_LIMIT, BodyError, Head, entity_body, head_length
from archive.model import Locator
from archive.warc.disk import disk_work
from archive.warc.fields import read_fields
from archive.warc.framing import METADATA_LIMIT, Members, RecordHead
from archive.warc.names import SUFFIX
from archive.warc.records import UNMODIFIED_PROFILE

RESERVED_FLAGS = 0xE0
"""Of a gzip header: one that is set is an error (RFC 1952, section 2.3.1.2) that isal lets pass."""

_LINKS = ("warc-concurrent-to", "warc-refers-to", "warc-warcinfo-id")


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

    def fault(self, file: str, offset: int | None, message: str) -> None:
        """Note something that does not match."""
        self.faults.append(Fault(file=file, offset=offset, message=message))

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
    # In this order: a file that is finished by now is catalogued to its end.
    with disk_work("read", folder.warc):
        finished = {
            path.name: path.stat().st_size
            for path in folder.warc.iterdir()
            if path.name.endswith(SUFFIX)
        }
    catalogued = _catalogued(folder.catalogue, report)
    known = {one.extent.warc: one for one in catalogued or ()}
    ends = finished | {name: one.extent.durable_bytes for name, one in known.items()}
    total = sum(ends.values())
    records = _Records(report, tell=lambda done: tell(done, total))
    for name, end in sorted(ends.items()):
        one = known.get(name)
        if catalogued is not None and one is None:
            report.fault(name, None, "the catalogue does not know this file")
        file = folder.open_warc(name)
        if file is None:
            lost = len(one.captures) if one else 0
            report.fault(name, None, f"the file is not there, nor are its {lost} captures")
            continue
        with file, disk_work("read", folder.warc / name):
            surplus = file.seek(0, os.SEEK_END) - end
            if name in finished and surplus > 0:
                report.fault(name, end, f"{surplus} bytes follow where the file should end")
            records.read(file, name, end, one.captures if one else None)
    records.finish()
    return report


Captures = dict[int, tuple[str, int]]
"""Of one file, as the catalogue has them: by offset, record id and length."""


@dataclass(frozen=True, slots=True)
class _Catalogued:
    extent: Extent
    captures: Captures


def _catalogued(path: Path, report: Report) -> list[_Catalogued] | None:
    """What the catalogue says of each file; None where it cannot be read."""
    captures: dict[str, Captures] = {}
    try:
        with snapshot(path) as connection:  # one state: the extents end where the captures do
            for (problem,) in connection.execute("PRAGMA integrity_check(1)"):
                if problem != "ok":
                    report.fault(path.name, None, str(problem)[:200])
            dangling = {table for table, *_ in connection.execute("PRAGMA foreign_key_check")}
            for table in sorted(dangling):
                report.fault(path.name, None, f"{table}: a row refers to one that is not there")
            rows = connection.execute("SELECT warc, offset, record_id, length FROM captures")
            for warc, offset, record_id, length in rows:
                captures.setdefault(warc, {})[offset] = (record_id, length)
            extents = [extent_of(row) for row in connection.execute("SELECT * FROM warcs")]
    except ArchiveError as error:
        report.fault(path.name, None, str(error))
        return None
    return [_Catalogued(extent, captures.get(extent.warc, {})) for extent in extents]


@dataclass(frozen=True, slots=True)
class _Main:
    """A response or revisit whose metadata is to come."""

    record_id: str
    locator: Locator
    payload: Digest | None
    """What its bytes say of a response, what its header says of a revisit."""
    refers_to: str | None


class _Records:
    """Reads files of records, and holds each record against itself and against the others."""

    def __init__(self, report: Report, *, tell: Callable[[int], None]) -> None:
        self._report = report
        self._tell = tell
        self._ids: set[str] = set()
        self._payloads: dict[str, Digest] = {}
        self._links: list[tuple[Locator, str, str]] = []
        self._revisits: list[tuple[Locator, str, Digest | None]] = []

    def read(self, file: BinaryIO, name: str, end: int, captures: Captures | None) -> None:
        """Read a file up to `end`. `captures` is what the catalogue has there; None: not known.

        Behind a broken record reading goes on at the next that is catalogued.
        """
        report = self._report
        report.files += 1
        left = dict(captures or {})
        position = 0
        while position < end:
            try:
                for main in self._exchanges(file, name, position, end):
                    at, found = main.locator, left.pop(main.locator.offset, None)
                    if captures is not None and found != (main.record_id, at.length):
                        report.fault(name, at.offset, "the catalogue does not have this capture")
                    report.captures += 1
                position = end
            except BadRecord as error:
                place = f"{error.path.name} at byte {error.offset}: "
                report.fault(name, error.offset, str(error).removeprefix(place))
                position = min((offset for offset in left if offset > error.offset), default=end)
        for offset, (record_id, _) in sorted(left.items())[:1]:
            count = f", nor {len(left) - 1} others" if len(left) > 1 else ""
            message = f"{record_id[:100]} is catalogued here, but there is no such capture{count}"
            report.fault(name, offset, message)
        report.read_bytes += end

    def finish(self) -> None:
        """Judge what could be judged only when all had been read."""
        for locator, link, target in self._links:
            if target not in self._ids:
                message = f"{link} names {target[:100]}, which is not there"
                self._report.fault(locator.warc, locator.offset, message)
        for locator, original, payload in self._revisits:
            if original in self._ids and self._payloads.get(original) != payload:
                message = f"the revisit's payload is not that of {original[:100]}"
                self._report.fault(locator.warc, locator.offset, message)

    def _exchanges(self, file: BinaryIO, name: str, start: int, end: int) -> Iterator[_Main]:
        """The captures of a file from `start` on, each when its metadata is read."""
        main: _Main | None = None
        for head, locator, digests in self._framed(file, name, start, end):
            record_id = self._check_head(head, locator, digests)
            if head.kind in {"response", "revisit"}:
                self._miss_metadata(main)
                # A 304 is all there is of itself: its revisit is like a response without a body.
                is_whole = head.kind == "response" or _is_unmodified(head)
                refers_to = None if is_whole else _target(head, "warc-refers-to")
                claimed = head.get("warc-payload-digest")
                payload = digests.payload if refers_to is None else claimed and Digest(claimed)
                main = _Main(record_id, locator, payload or None, refers_to)
            elif head.kind == "metadata" and digests.facts.get("describes") == "exchange":
                yield self._capture(main or _Main(record_id, locator, None, None), digests.facts)
                main = None
        self._miss_metadata(main)

    def _framed(
        self, file: BinaryIO, name: str, start: int, end: int
    ) -> Iterator[tuple[RecordHead, Locator, "_Digests"]]:
        """The records of a file from `start` to `end`, each read whole. Raises: BadRecord."""
        members = Members(file, Path(name), start)
        while members.position < end:
            found = members.next()
            if found is None:
                raise members.bad(f"the file ends before byte {end}, where it should")
            head, block = found
            try:
                digests = _digests(head, block)
            except ValueError:
                raise members.bad("metadata that cannot be read") from None
            offset = members.offset
            if os.pread(file.fileno(), 4, offset)[3] & RESERVED_FLAGS:
                raise members.bad("the gzip member has flags that there are none")
            self._report.records += 1
            self._tell(self._report.read_bytes + members.position)
            yield head, Locator(warc=name, offset=offset, length=members.position - offset), digests
        if members.position != end:
            raise members.bad(f"the record goes beyond byte {end}, where the file should end")

    def _miss_metadata(self, main: _Main | None) -> None:
        if main is not None:
            at = main.locator
            self._report.fault(at.warc, at.offset, "its metadata record is not there")

    def _check_head(self, head: RecordHead, locator: Locator, digests: "_Digests") -> str:
        """Check one record by itself, and note its links; its id."""

        def fault(message: str) -> None:
            self._report.fault(locator.warc, locator.offset, message)

        record_id = _target(head, "warc-record-id") or ""
        if record_id in self._ids:
            fault(f"another record is called {record_id[:100]} too")
        self._ids.add(record_id)
        if head.kind == "warcinfo" and head.get("warc-filename") != locator.warc:
            fault("the file had another name when it was written")
        if not _is(head.get("warc-block-digest"), digests.block):
            fault(f"the block of this {head.kind[:20]!r} record is not what was written")
        claimed = head.get("warc-payload-digest")
        if head.kind == "response" and claimed and not _is(claimed, digests.payload):
            fault("the payload is not what was written")
        for link in _LINKS:
            target = _target(head, link)
            if target and target not in self._ids:
                self._links.append((locator, link, target))
        return record_id

    def _capture(self, main: _Main, facts: Mapping[str, str]) -> _Main:
        """Check an exchange as its metadata describes it."""
        claimed = facts.get("payload-digest")
        if claimed and not _is(claimed, main.payload):
            message = "the payload is not what its metadata says"
            self._report.fault(main.locator.warc, main.locator.offset, message)
        if main.refers_to:
            self._revisits.append((main.locator, main.refers_to, main.payload))
        elif claimed and main.payload:
            self._payloads[main.record_id] = main.payload
        return main


@dataclass(frozen=True, slots=True)
class _Digests:
    """What a record's block is, now that it was read."""

    block: Digest
    payload: Digest | None
    """Of a response's entity-body; None where it is cut or its framing is broken."""
    facts: Mapping[str, str]
    """The fields of a metadata record."""


def _digests(head: RecordHead, block: Iterator[bytes]) -> _Digests:
    """Read a block to its end, once.

    Raises: BadRecord; ValueError where metadata cannot be read.
    """
    state = hashlib.sha256()
    metadata = bytearray()

    def pieces() -> Iterator[bytes]:
        for piece in block:
            state.update(piece)
            if head.kind == "metadata" and len(metadata) < METADATA_LIMIT:
                metadata.extend(piece)
            yield piece

    passing = pieces()
    has_body = head.kind == "response" or _is_unmodified(head)
    payload = _payload(passing) if has_body else None
    for _ in passing:
        pass
    return _Digests(Digest.of_sha256(state.digest()), payload, read_fields(bytes(metadata)))


def _is_unmodified(head: RecordHead) -> bool:
    return head.kind == "revisit" and head.get("warc-profile") == UNMODIFIED_PROFILE


def _payload(pieces: Iterator[bytes]) -> Digest | None:
    """The digest of a response's entity-body."""
    head, window = bytearray(), b""
    for piece in pieces:
        window = window[-2:] + piece  # the end of the head may lie across two pieces
        length = head_length(window)
        head += piece[: HEAD_LIMIT - len(head)]
        if length is None:
            continue
        first = window[length:] or next(pieces, b"")
        if not first:
            return Digest.of(b"")  # HEAD, 204, 304 and the like, whatever length they announce
        raw_head = bytes(head)[: head_length(bytes(head))]
        try:
            return Digest.of_chunks(entity_body(Head.parse(raw_head), chain((first,), pieces)))
        except BodyError:
            return None
    return None


def _target(head: RecordHead, name: str) -> str | None:
    value = head.get(name)
    return None if value is None else value.removeprefix("<").removesuffix(">")


def _is(expected: str | None, actual: Digest | None) -> bool:
    try:
        return (
            expected is not None and actual is not None and Digest(expected).raw() == actual.raw()
        )
    except ValueError:
        return False
