"""Exchanges into WARC records, and records onto the disk.

What `write` returns is durable only after the next `sync`. A file keeps its `.open` name, and its
writer's lock, until `retire` or `close`: whatever must be recorded elsewhere about its records (the
catalogue) is recorded before, for recovery looks at `.open` files only.
"""

import contextlib
import datetime as dt
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.disk.faults import disk_work
from archive.disk.files import Files, OpenFile, OsFiles
from archive.errors import ArchiveBusy, StoreUnavailable
from archive.model import Capture, Exchange, Locator, Run
from archive.warc import records
from archive.warc.deflate import member
from archive.warc.facts import capture_of, exchange_fields, new_certificates, run_fields
from archive.warc.fields import read_fields, target_uri, write_fields
from archive.warc.framing import METADATA_LIMIT
from archive.warc.names import OPEN, final_name, warc_name
from archive.warc.records import Draft, Original, exchange_drafts
from archive.warc.stored import RecordHash, Stored
from archive.web.http import Payload

MAX_BYTES = 1_000_000_000  # WARC 1.1, annex C
BATCH_BYTES = 1024 * 1024


@dataclass(slots=True, kw_only=True)
class _WarcFile:
    """A file being written, or full and not yet retired."""

    name: str
    handle: OpenFile
    info: str = ""
    """Record id of its warcinfo."""
    end: int = 0
    durable_end: int = 0
    certificates: set[str] = field(default_factory=set)
    """SHA-256 of those it has in full."""
    bytes_hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    """SHA-256 of all that was written to it."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _new_id() -> str:
    return uuid.uuid4().urn


class WarcWriter:
    """Writes one run's exchanges into WARC files in `folder`. For one thread.

    The folder exists and is durable itself. After any StoreUnavailable the writer is spent: further
    calls raise again, and `close` leaves the files to recovery.
    """

    def __init__(
        self,
        folder: Path,
        *,
        run: Run,
        files: Files | None = None,
        clock: Callable[[], dt.datetime] = _now,
        new_id: Callable[[], str] = _new_id,
        pid: int | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Nothing is created before the first write.

        `pid` (default: this process's) goes into file names. A file that has reached `max_bytes` is
        full.
        """
        self._folder = folder
        self._run = run
        self._files: Files = files or OsFiles()
        self._clock = clock
        self._new_id = new_id
        self._pid = os.getpid() if pid is None else pid
        self._max_bytes = max_bytes
        self._serial = 0
        self._open: list[_WarcFile] = []
        """The full files that wait for `retire`, and at the end the one being written."""
        self._has_new_entry = False
        self._is_spent = False
        self._stored: list[Stored] = []
        """What was written since it was last taken."""
        self._digests: dict[str, tuple[int, bytes]] = {}
        """Length and SHA-256 of the files that were full."""

    def write(
        self,
        exchange: Exchange,
        *,
        payload: Payload | None = None,
        original: Original | None = None,
    ) -> Capture:
        """Write an exchange's records: a revisit where `original` holds its payload already.

        `payload` is `payload_of(exchange)`. The original must be durable, or be of this very file,
        and hold the same payload, or the one that a 304 speaks of. The exchange's block is read,
        not closed.

        Raises: StoreUnavailable; ValueError for a revisit whose response is not whole.
        """
        if original is not None and original.is_unmodified:
            payload = original.payload  # of a 304 that is the payload (WARC 1.1, section 6.7.3)
        file = self._current()
        certificates = new_certificates(exchange.tls, file.certificates)
        fields = exchange_fields(exchange, payload=payload, certificates=certificates)
        block = write_fields(fields)
        if len(block) > METADATA_LIMIT:
            raise ValueError("an exchange's facts are larger than a metadata record may be")
        made = exchange_drafts(
            exchange,
            block,
            payload=payload,
            original=original,
            new_id=self._new_id,
            info=file.info,
        )
        locators = self._append(file, made.drafts)
        file.certificates.update(certificates)
        return capture_of(
            read_fields(block),
            record_id=made.main.record_id,
            kind=made.kind,
            uri=target_uri(exchange.url),
            captured_at=exchange.began_at.astimezone(dt.UTC),
            locator=locators[made.drafts.index(made.main)],
            refers_to=original.record_id if original else None,
            head=made.head,
        )

    def write_run(self, run: Run) -> None:
        """Write what is known of a run: at its start, and again with its report at its end.

        Raises: StoreUnavailable.
        """
        file = self._current()
        made = records.run_metadata(
            write_fields(run_fields(run)),
            run=run,
            record_id=self._new_id(),
            at=self._clock(),
            info=file.info,
        )
        self._append(file, [made])

    def take_stored(self) -> list[Stored]:
        """The records written since this was last asked for, in file and offset order."""
        stored, self._stored = self._stored, []
        return stored

    def digests(self) -> dict[str, tuple[int, bytes]]:
        """Length and SHA-256 of every file that this writer wrote, by final name."""
        present = {file.name: (file.end, file.bytes_hash.digest()) for file in self._open}
        return self._digests | present

    def sync(self) -> None:
        """Return once everything written is durable.

        Raises: StoreUnavailable; what was written since the last sync may then be lost.
        """
        with self._spending("sync", self._folder):
            for file in self._open:
                if file.durable_end != file.end:
                    file.handle.fsync()
            if self._has_new_entry:
                self._files.fsync_folder(self._folder)
                self._has_new_entry = False
        for file in self._open:
            file.durable_end = file.end

    def extents(self) -> dict[str, int]:
        """How many bytes of each file not yet retired are durable, by final name."""
        return {file.name: file.durable_end for file in self._open}

    def retire(self) -> None:
        """Give full files their final names.

        Call it once the catalogue durably has all they hold. Raises: StoreUnavailable.
        """
        if len(self._open) > 1:
            self.sync()
            self._finish(self._open[:-1])

    def close(self) -> None:
        """Sync, give every file its final name, and let go of them.

        Call it once the catalogue durably has all they hold. Raises: StoreUnavailable.
        """
        try:
            if self._open and not self._is_spent:
                self.sync()
                self._finish(self._open)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of the files as they are; the next recovery finishes them."""
        self._is_spent = True
        while self._open:
            with contextlib.suppress(OSError):
                self._open.pop().handle.close()

    @contextlib.contextmanager
    def _spending(self, doing: str, path: Path) -> Iterator[None]:
        """Do what cannot be retried: after a failed write or fsync the disk may hold anything."""
        if self._is_spent:
            raise StoreUnavailable("the WARC writer failed before, or is closed")
        self._is_spent = True
        with disk_work(doing, path):
            yield
        self._is_spent = False

    def _current(self) -> _WarcFile:
        """The file to write to; the present one is left when it is full."""
        if not self._open or self._open[-1].end >= self._max_bytes:
            self._begin_file()
        return self._open[-1]

    def _begin_file(self) -> None:
        at = self._clock()
        with self._spending("create a file in", self._folder):
            taken = {final_name(name) for name in self._files.names(self._folder)}
            while (name := self._name(at)) in taken:
                self._serial += 1
            self._serial += 1
            path = self._folder / (name + OPEN)
            file = _WarcFile(name=name, handle=self._files.create(path))
            self._open.append(file)
            self._has_new_entry = True
            if not file.handle.lock(wait=False):
                raise ArchiveBusy(f"another process has taken {path.name}")
        info = records.warcinfo(
            self._run,
            record_id=self._new_id(),
            at=at,
            filename=name,
        )
        file.info = info.record_id
        self._append(file, [info])

    def _name(self, at: dt.datetime) -> str:
        return warc_name(at=at, serial=self._serial, hostname=self._run.hostname, pid=self._pid)

    def _append(self, file: _WarcFile, drafts: Sequence[Draft]) -> list[Locator]:
        """Write records, each its own gzip member; small ones together in one go."""
        end = file.end
        batch: list[bytes] = []
        batched = 0
        locators = []
        stored = []
        with self._spending("write", self._folder / (file.name + OPEN)):
            try:
                for made in drafts:
                    offset = end
                    state = RecordHash()
                    chunks = state.passing(made.chunks())
                    for piece in member(chunks, made.whole_size, is_packed=made.is_packed):
                        batch.append(piece)
                        file.bytes_hash.update(piece)
                        end += len(piece)
                        batched += len(piece)
                        if batched >= BATCH_BYTES:
                            file.handle.write(b"".join(batch))
                            batch.clear()
                            batched = 0
                    locator = Locator(warc=file.name, offset=offset, length=end - offset)
                    locators.append(locator)
                    stored.append(Stored(state.whole(), locator, made.record_id))
                file.handle.write(b"".join(batch))
            except BaseException:
                with contextlib.suppress(OSError):
                    file.handle.truncate(file.end)  # spares recovery a torn end, where it can
                raise
        file.end = end
        self._stored += stored
        return locators

    def _finish(self, full: Sequence[_WarcFile]) -> None:
        full = list(full)
        with self._spending("rename a file in", self._folder):
            for file in full:
                path = self._folder / file.name
                self._files.rename(path.with_name(file.name + OPEN), path)
            self._files.fsync_folder(self._folder)
        for file in full:
            file.handle.close()
            self._open.remove(file)
            self._digests[file.name] = (file.end, file.bytes_hash.digest())
