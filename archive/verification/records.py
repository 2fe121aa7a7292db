"""One WARC file, read through: each record by itself, and as catalogue and custody log have it."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from archive.catalogue.rows import capture_row, run_row, storable
from archive.digest import Digest
from archive.errors import BadRecord
from archive.verification.expected import Expected
from archive.verification.findings import Findings, Logged
from archive.verification.report import Report
from archive.warc.facts import run_of
from archive.warc.fields import read_fields, target_uri
from archive.warc.framing import METADATA_LIMIT, Members, RecordHead, Scanned
from archive.warc.reader import capture_from
from archive.warc.records import END, UNMODIFIED_PROFILE
from archive.warc.stored import RecordHash
from archive.warc.tombstone import WITHDRAWAL
from archive.web.http import HEAD_LIMIT, BodyError, Head, entity_body, head_length

RESERVED_FLAGS = 0xE0
"""Of a gzip header: one that is set is an error (RFC 1952, section 2.3.1.2) that isal lets pass."""

NEVER = 1 << 62
"""An offset beyond all."""

AT_ONCE = 1024 * 1024
"""Blocks of up to so many bytes are hashed in one call each, which is faster."""

_LINKS = ("warc-concurrent-to", "warc-refers-to", "warc-warcinfo-id")


class CataloguedCapture(NamedTuple):
    """A row of `captures`."""

    offset: int
    row: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rest of the archive says of a file."""

    captures: Expected[CataloguedCapture] | None
    """None where there is no catalogue to ask."""
    logged: Expected[Logged] | None
    """None where there is no custody log to ask."""
    withdrawn: Mapping[int, tuple[int, str]]
    """By offset: how long the records were that were taken away there, and the capture's id."""
    is_finished: bool
    """Whether nothing can have been added since."""


@dataclass(frozen=True, slots=True)
class _Digests:
    """SHA-256 of a record's block, of all of it and of its payload, now that it was read."""

    block: bytes
    whole: bytes
    payload: bytes | None
    """Of a response's entity-body; None where it is cut or its framing is broken."""
    prefix: bytes
    """The block of a metadata record; of others as much as a response's head may take."""


@dataclass(frozen=True, slots=True)
class _Main:
    """A response or revisit whose metadata is to come."""

    record_id: str
    scanned: Scanned
    payload: bytes | None
    """SHA-256: what its bytes say of a response, what its header says of a revisit."""
    refers_to: str | None


class FileCheck:
    """Reads one file, and notes what only other files can tell in `findings`."""

    def __init__(
        self,
        file: BinaryIO,
        name: str,
        *,
        known: Known,
        findings: Findings,
        tell: Callable[[int], None],
    ) -> None:
        self.report = Report()
        self._file = file
        self._name = name
        self._known = known
        self._findings = findings
        self._tell = tell
        self._near: set[str] = set()
        """Ids of the present exchange and of the warcinfo: what most links lead to."""
        self._info = ""

    def read(self, end: int) -> Report:
        """Read up to `end`. Behind a broken record reading goes on at the next that is catalogued.

        May raise OSError.
        """
        captures, logged = self._known.captures, self._known.logged
        self.report.files = 1
        position = 0
        while position < end:
            try:
                self._read_exchanges(position, end)
                position = end
            except BadRecord as error:
                place = f"{error.path.name} at byte {error.offset}: "
                self._fault(error.offset, str(error).removeprefix(place))
                following = captures.pass_to(error.offset + 1) if captures else None
                position = end if following is None else following
                if logged:
                    logged.skip_to(position)
        if captures:
            self._miss_captures(captures)
        if logged:
            self._miss_logged(logged)
        self.report.read_bytes = end
        return self.report

    def _fault(self, offset: int | None, message: str) -> None:
        self.report.fault(self._name, offset, message)

    def _miss_captures(self, captures: Expected[CataloguedCapture]) -> None:
        if self._known.is_finished:
            captures.pass_to(NEVER)
        if captures.first_missing:
            offset, row = captures.first_missing
            count = f", nor {captures.missing - 1} others" if captures.missing > 1 else ""
            record_id = str(row["record_id"])[:100]
            message = f"{record_id} is catalogued here, but there is no such capture{count}"
            self._fault(offset, message)

    def _miss_logged(self, logged: Expected[Logged]) -> None:
        if self._known.is_finished:
            logged.pass_to(NEVER)
        if logged.first_missing:
            one = logged.first_missing
            count = f", nor {logged.missing - 1} others" if logged.missing > 1 else ""
            message = f"{one.record_id[:100]} is in the custody log, but not here{count}"
            self._fault(one.offset, message)

    def _read_exchanges(self, start: int, end: int) -> None:
        """The captures of the file from `start` on, each when its metadata is read."""
        main: _Main | None = None
        for scanned, digests in self._framed(start, end):
            head, offset = scanned.head, scanned.offset
            record_id = _target(head, "warc-record-id") or ""
            if offset in self._known.withdrawn:
                self._miss_metadata(main)
                main = None
                self._check_tombstone(record_id, scanned)
                continue
            self._check_record(record_id, scanned, digests)
            facts = self._facts(scanned) if head.kind == "metadata" else {}
            if head.kind in {"response", "revisit"}:
                self._miss_metadata(main)
                claimed = head.get("warc-payload-digest")
                # A 304 that names no payload is one without a body. So all were once.
                is_whole = head.kind == "response" or (_is_unmodified(head) and not claimed)
                refers_to = None if is_whole else _target(head, "warc-refers-to")
                payload = digests.payload if refers_to is None else _raw(claimed)
                main = _Main(record_id, scanned, payload, refers_to)
                self._near = {self._info, record_id}
            elif facts.get("describes") == "exchange":
                self._check_capture(main, scanned, facts)
                main = None
            elif facts.get("describes") == "run":
                self._note_run(scanned, facts)
            if main is None or main.record_id != record_id:
                self._findings.add("ids", record_id, self._name, offset, None)
        self._miss_metadata(main)

    def _framed(self, start: int, end: int) -> Iterator[tuple[Scanned, _Digests]]:
        """The records of the file from `start` to `end`, each read whole. Raises: BadRecord."""
        members = Members(self._file, Path(self._name), start)
        while members.position < end:
            found = members.next()
            if found is None:
                raise members.bad(f"the file ends before byte {end}, where it should")
            head, block = found
            digests = _digests(head, members.raw_head, block)
            offset = members.offset
            if os.pread(self._file.fileno(), 4, offset)[3] & RESERVED_FLAGS:
                raise members.bad("the gzip member has flags that there are none")
            self.report.records += 1
            self.report.record_bytes += len(members.raw_head) + head.size + 4
            self._tell(members.position)
            yield Scanned(offset, members.position - offset, head, digests.prefix), digests
        if members.position != end:
            raise members.bad(f"the record goes beyond byte {end}, where the file should end")

    def _facts(self, scanned: Scanned) -> Mapping[str, str]:
        """Raises: BadRecord where they cannot be read."""
        try:
            return read_fields(scanned.prefix)
        except ValueError:
            raise self._bad(scanned, "metadata that cannot be read") from None

    def _bad(self, scanned: Scanned, message: str) -> BadRecord:
        return BadRecord(message, path=Path(self._name), offset=scanned.offset)

    def _miss_metadata(self, main: _Main | None) -> None:
        if main is not None:
            self._fault(main.scanned.offset, "its metadata record is not there")
            self._findings.add("ids", main.record_id, self._name, main.scanned.offset, None)

    def _check_tombstone(self, record_id: str, scanned: Scanned) -> None:
        length, withdrawn = self._known.withdrawn[scanned.offset]
        is_one = scanned.head.kind == "resource" and scanned.prefix.startswith(WITHDRAWAL)
        if not is_one or scanned.length != length or record_id != withdrawn:
            self._fault(scanned.offset, "this was withdrawn, but is still there")
        if self._known.logged:
            entry = self._known.logged.take(scanned.offset)
            if entry is None or entry.record_id != target_uri(withdrawn):
                self._fault(scanned.offset, "the custody log has another record here")
            # Those that lay behind it: nothing is left that could tell what their ids were.
            self._known.logged.skip_to(scanned.offset + length)
        self._findings.add("ids", record_id, self._name, scanned.offset, None)
        self.report.withdrawn += 1

    def _check_record(self, record_id: str, scanned: Scanned, digests: _Digests) -> None:
        """Check one record by itself and against the log, and note its links."""
        head, offset = scanned.head, scanned.offset
        if head.kind == "warcinfo":
            self._info = record_id
            if head.get("warc-filename") != self._name:
                self._fault(offset, "the file had another name when it was written")
        if not _is(head.get("warc-block-digest"), digests.block):
            self._fault(
                offset, f"the block of this {head.kind[:20]!r} record is not what was written"
            )
        claimed = head.get("warc-payload-digest")
        if head.kind == "response" and claimed and not _is(claimed, digests.payload):
            self._fault(offset, "the payload is not what was written")
        for link in _LINKS:
            target = _target(head, link)
            if target and target != self._info and target not in self._near:
                self._findings.add("links", self._name, offset, link, target)
        if self._known.logged:
            entry = self._known.logged.take(offset)
            if entry is None:
                self._fault(offset, f"{record_id[:100]} is not in the custody log")
            elif (entry.length, entry.record_id, entry.sha256) != (
                scanned.length,
                target_uri(record_id),
                digests.whole,
            ):
                self._fault(
                    offset, f"the custody log has another record here, at its byte {entry.line_at}"
                )

    def _check_capture(
        self, main: _Main | None, metadata: Scanned, facts: Mapping[str, str]
    ) -> None:
        """Check an exchange as its metadata and the catalogue describe it."""
        described = main.scanned if main else metadata
        offset = described.offset
        claimed = facts.get("payload-digest")
        payload = main.payload if main else None
        if claimed and not _is(claimed, payload):
            self._fault(offset, "the payload is not what its metadata says")
        self.report.captures += 1
        if self._known.captures:
            self._check_row(self._known.captures, main, metadata, facts)
        if main and main.refers_to:
            self._findings.add("revisits", self._name, offset, main.refers_to, payload)
        if main:
            held = payload if claimed and not main.refers_to else None
            self._findings.add("ids", main.record_id, self._name, offset, held)

    def _check_row(
        self,
        captures: Expected[CataloguedCapture],
        main: _Main | None,
        metadata: Scanned,
        facts: Mapping[str, str],
    ) -> None:
        scanned = main.scanned if main else metadata
        found = captures.take(scanned.offset)
        try:
            capture = capture_from(self._name, main.scanned if main else None, metadata, facts)
        except (KeyError, TypeError, ValueError):
            raise self._bad(metadata, "metadata that cannot be read") from None
        expected = storable(capture_row(capture))
        row = dict(found.row) if found else {}
        if (row.get("record_id"), row.get("length")) != (capture.record_id, scanned.length):
            self._fault(scanned.offset, "the catalogue does not have this capture")
            return
        wrong = sorted(name for name in row if row[name] != expected.get(name))
        if wrong:
            columns = ", ".join(wrong)
            self._fault(scanned.offset, f"the catalogue says otherwise of its {columns}")

    def _note_run(self, scanned: Scanned, facts: Mapping[str, str]) -> None:
        try:
            run = run_of(facts)
        except (KeyError, TypeError, ValueError):
            raise self._bad(scanned, "metadata that cannot be read") from None
        self._findings.add_run(run.run_id, self._name, scanned.offset, run_row(run))


def _digests(head: RecordHead, raw_head: bytes, block: Iterator[bytes]) -> _Digests:
    """Read a block to its end, once. Raises: BadRecord."""
    has_body = head.kind == "response" or _is_unmodified(head)
    limit = METADATA_LIMIT if head.kind == "metadata" else HEAD_LIMIT
    if head.size <= AT_ONCE:
        whole = b"".join(block)
        state = hashlib.sha256(raw_head)
        state.update(whole)
        state.update(END)
        return _Digests(
            hashlib.sha256(whole).digest(),
            state.digest(),
            _payload(iter((whole,) if whole else ())) if has_body else None,
            whole[:limit],
        )
    block_hash, record_hash = hashlib.sha256(), RecordHash(raw_head)
    prefix = bytearray()

    def pieces() -> Iterator[bytes]:
        for piece in record_hash.passing(block):
            block_hash.update(piece)
            if len(prefix) < limit:
                prefix.extend(piece[: limit - len(prefix)])
            yield piece

    passing = pieces()
    payload = _payload(passing) if has_body else None
    for _ in passing:
        pass
    return _Digests(block_hash.digest(), record_hash.with_end(), payload, bytes(prefix))


def _is_unmodified(head: RecordHead) -> bool:
    return head.kind == "revisit" and head.get("warc-profile") == UNMODIFIED_PROFILE


def _payload(pieces: Iterator[bytes]) -> bytes | None:
    """SHA-256 of a response's entity-body."""
    head, window = bytearray(), b""
    for piece in pieces:
        window = window[-2:] + piece if window else piece  # the head may end across two pieces
        length = head_length(window)
        if length is None:
            head += piece[: HEAD_LIMIT - len(head)]
            continue
        head += piece[: min(length - len(window) + len(piece), HEAD_LIMIT - len(head))]
        first = window[length:] or next(pieces, b"")
        state = hashlib.sha256()
        if not first:
            return state.digest()  # HEAD, 204, 304 and the like, whatever length they announce
        try:
            for chunk in entity_body(Head.parse(bytes(head)), chain((first,), pieces)):
                state.update(chunk)
        except BodyError:
            return None
        return state.digest()
    return None


def _target(head: RecordHead, name: str) -> str | None:
    value = head.get(name)
    return None if value is None else value.removeprefix("<").removesuffix(">")


def _raw(text: str | None) -> bytes | None:
    """The bytes of a digest, in whatever spelling; None where it is none."""
    try:
        return None if text is None else Digest(text).raw()
    except ValueError:
        return None


def _is(expected: str | None, actual: bytes | None) -> bool:
    return actual is not None and _raw(expected) == actual
