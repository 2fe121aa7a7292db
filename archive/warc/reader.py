"""Records into captures: everything a WARC file says, read again.

Reads the files that this package writes. Single records can be read from a file that still grows;
to read one through, wait until it is retired or recovered: a torn end is a BadRecord.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.digest import Digest
from archive.disk.faults import disk_work
from archive.disk.files import plain_file
from archive.errors import BadRecord, DigestMismatch
from archive.model import Capture, CaptureKind, Locator, Origin, Run
from archive.warc.facts import capture_of, http_head_of, origin_of, run_of
from archive.warc.fields import parse_date, read_fields
from archive.warc.framing import METADATA_LIMIT, Members, RecordHead, Scanned, scan
from archive.warc.names import final_name, open_warc
from archive.web.http import Head, entity_body, raw_head

_MAIN_KINDS = {"response": CaptureKind.RESPONSE, "revisit": CaptureKind.REVISIT}


def read_contents(path: Path) -> Iterator[Capture | Run]:
    """What a WARC file tells, in its order: captures, and runs, whose report comes after its start.

    Raises: BadRecord where a record is broken, or an exchange lacks its metadata record.
    """
    main: Scanned | None = None
    with plain_file(path) as file:
        for record in scan(file, path):
            if record.head.kind in _MAIN_KINDS:
                if main is not None:
                    raise _incomplete(path, main)
                main = record
            elif record.head.kind == "metadata":
                try:
                    facts = read_fields(record.prefix)
                    if facts.get("describes") == "exchange":
                        yield capture_from(path.name, main, record, facts)
                        main = None
                    elif facts.get("describes") == "run":
                        yield run_of(facts)
                except (KeyError, TypeError, ValueError) as error:
                    message = f"metadata that cannot be read: {error!r:.200}"
                    raise BadRecord(message, path=path, offset=record.offset) from error
    if main is not None:
        raise _incomplete(path, main)


def read_captures(path: Path) -> Iterator[Capture]:
    """The captures of a WARC file in their order, equal to those that `WarcWriter.write` returned.

    Raises: as `read_contents`.
    """
    return (told for told in read_contents(path) if isinstance(told, Capture))


def read_runs(path: Path) -> Iterator[Run]:
    """The runs that a WARC file describes, in its order.

    Raises: as `read_contents`.
    """
    return (told for told in read_contents(path) if isinstance(told, Run))


def _incomplete(path: Path, main: Scanned) -> BadRecord:
    return BadRecord("a response without its metadata record", path=path, offset=main.offset)


def capture_from(
    name: str, main: Scanned | None, metadata: Scanned, facts: Mapping[str, str]
) -> Capture:
    """The capture that a response or revisit (None: a failure) and its metadata in a file make.

    Raises: KeyError, TypeError or ValueError where they make none.
    """
    record = main or metadata
    head = record.head
    if main and metadata.head.need_id("warc-concurrent-to") != head.need_id("warc-record-id"):
        raise ValueError("it describes another record than the one before it")
    refers_to = head.need_id("warc-refers-to") if head.kind == "revisit" else None
    return capture_of(
        facts,
        record_id=head.need_id("warc-record-id"),
        kind=_MAIN_KINDS[head.kind] if main else CaptureKind.FAILURE,
        uri=head.need("warc-target-uri"),
        captured_at=parse_date(head.need("warc-date")),
        locator=Locator(warc=final_name(name), offset=record.offset, length=record.length),
        refers_to=refers_to,
        head=Head.parse(http_head_of(main.prefix, facts) if main else b""),
    )


def read_origin(folder: Path, locator: Locator) -> Origin:
    """How the exchange came about whose first record lies at `locator`: its metadata tells.

    Raises: BadRecord.
    """
    path = folder / locator.warc
    with _open(folder, locator) as file:
        members = Members(file, path, locator.offset)
        while (found := members.next()) is not None:
            head, block = found
            if head.kind != "metadata":
                for _ in block:
                    pass
                continue
            if head.size > METADATA_LIMIT:
                raise members.bad("the metadata record is too large")
            try:
                return origin_of(read_fields(b"".join(block)))
            except (KeyError, TypeError, ValueError) as error:
                raise members.bad(f"metadata that cannot be read: {error!r:.200}") from error
        raise members.bad("an exchange without its metadata record")


class Record:
    """A stored record. Its block is a `Block`: read as often as wanted, in bounded pieces.

    No file is held open between reads, so that there is nothing to close.
    """

    def __init__(self, folder: Path, locator: Locator) -> None:
        self.locator = locator
        self._folder = folder
        with self._members() as members:
            self.head, _ = self._next(members)

    @property
    def size(self) -> int:
        """How many bytes the block has."""
        return self.head.size

    @property
    def record_id(self) -> str:
        """`urn:uuid:…`; empty where the header has none."""
        return (self.head.get("warc-record-id") or "").strip("<>")

    @property
    def refers_to(self) -> str | None:
        """The record id that a revisit refers to."""
        reference = self.head.get("warc-refers-to")
        return None if reference is None else reference.strip("<>")

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The block's bytes from `start` to `end` (default: the last).

        Raises: BadRecord where the record is broken, cut short or of another length than its
        locator says.
        """
        stop = self.size if end is None else end
        position = 0
        with self._members() as members:
            _, block = self._next(members)
            for piece in block:
                wanted = piece[max(0, start - position) : max(0, stop - position)]
                position += len(piece)
                if wanted:
                    yield wanted
                if position >= stop and stop < self.size:
                    return
            if members.position - members.offset != self.locator.length:
                raise members.bad(f"the record is not {self.locator.length} bytes long")

    def close(self) -> None:
        """Nothing is held."""

    def verify(self) -> None:
        """Read the whole block and hold it against WARC-Block-Digest, where there is one.

        Raises: BadRecord; DigestMismatch.
        """
        state = hashlib.sha256()
        for chunk in self.chunks():
            state.update(chunk)
        expected = self.head.get("warc-block-digest")
        actual = Digest.of_sha256(state.digest())
        if expected is not None and expected != actual:
            raise DigestMismatch(
                "the block is not what was written",
                path=self._folder / self.locator.warc,
                offset=self.locator.offset,
                expected=expected[:200],
                actual=actual,
            )

    @contextmanager
    def _members(self) -> Iterator[Members]:
        with _open(self._folder, self.locator) as file:
            path = self._folder / self.locator.warc
            yield Members(file, path, self.locator.offset)

    def _next(self, members: Members) -> tuple[RecordHead, Iterator[bytes]]:
        found = members.next()
        if found is None:
            raise members.bad("the file ends before the record")
        return found


def read_record(folder: Path, locator: Locator) -> Record:
    """The record at `locator`, in the file of that name or the one still being written.

    Raises: BadRecord where there is no such file, or no record there.
    """
    return Record(folder, locator)


def open_payload(record: Record) -> Iterator[bytes]:
    """The entity-body of a response record: transfer-coding undone, content-coding kept.

    A revisit's payload lies in the record that it refers to; ask for that one's.

    Raises: BadRecord where the record is no response; BodyError where the body is cut or broken.
    """
    if record.head.kind != "response":
        raise BadRecord(
            f"a {record.head.kind[:20]!r} record holds no payload",
            path=Path(record.locator.warc),
            offset=record.locator.offset,
        )
    head = raw_head(record)
    if not head or len(head) == record.size:
        return iter(())  # nothing after the head: HEAD, 204, 304 and the like
    return entity_body(Head.parse(head), record.chunks(len(head)))


@contextmanager
def _open(folder: Path, locator: Locator) -> Iterator[BinaryIO]:
    path = folder / locator.warc
    with disk_work("read", path):
        file = open_warc(folder, locator.warc)
        if file is None:
            raise BadRecord("there is no such file", path=path, offset=locator.offset)
        with file:
            yield file
