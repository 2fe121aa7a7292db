"""The archive while it is written: the one flow of a capture and of a reading.

    keep(exchange)                    record(reading)
      payload  ← transfer-decoded       │
      original ← seen before?           │
      records  → the WARC file          │
      sync     → on disk                │
      custody  ← what is on disk      ──┤
      catalogue ← captures, then readings, one commit
      told     → the futures of both

One thread does all of it, so that there is one writer and the crawler's reactor never waits for a
disk. What waits while it syncs is written and synced together next: a group commit.
"""

import contextlib
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Generic, Self, TypeVar

from archive.catalogue import Catalogued, CatalogueWriter
from archive.custody import CustodyLog, FileDigest
from archive.digest import Digest
from archive.disk.files import Files, OsFiles
from archive.disk.folder import ArchiveFolder
from archive.disk.lock import writer_lock
from archive.errors import ArchiveError, StoreUnavailable
from archive.model import Capture, Exchange, Reading, Run
from archive.store.batches import Batches
from archive.store.dedup import can_repeat, original_of, unmodified_of
from archive.store.reader import ArchiveReader
from archive.store.repair import must_have_its_catalogue, repair
from archive.warc.stored import Stored
from archive.warc.writer import MAX_BYTES, WarcWriter
from archive.web.http import payload_of
from archive.withdrawal.removal import finish_withdrawals

logger = logging.getLogger(__name__)

T = TypeVar("T")


class _Job(Generic[T]):
    """Something to be done, and whom to tell of it, once."""

    def __init__(self) -> None:
        self.told: Future[T] = Future()
        self._is_told = False

    def tell(self, result: T | ArchiveError) -> None:
        """Finish the future, unless whoever had it has given up on it."""
        if self._is_told:
            return
        self._is_told = True
        if not self.told.set_running_or_notify_cancel():
            return
        if isinstance(result, ArchiveError):
            self.told.set_exception(result)
        else:
            self.told.set_result(result)


class _Keep(_Job[Capture]):
    def __init__(self, exchange: Exchange) -> None:
        super().__init__()
        self.exchange = exchange

    def tell(self, result: Capture | ArchiveError) -> None:
        if self.exchange.response is not None and not self._is_told:
            with contextlib.suppress(OSError):  # it was read, or never will be
                self.exchange.response.close()
        super().tell(result)


class _Record(_Job[Catalogued]):
    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading


class Archive:
    """One archive, open for writing by this process alone.

    `keep` and `record` may be called from any thread and return at once; their futures are done
    when what they name is durable. After a failure of the disk every call raises the same
    StoreUnavailable: nothing is acknowledged that is not there.
    """

    def __init__(
        self,
        folder: ArchiveFolder,
        *,
        run: Run,
        wait: bool = False,
        max_warc_bytes: int = MAX_BYTES,
        files: Files | None = None,
        keys: Path | None = None,
    ) -> None:
        """Take the writer lock, repair what a killed run left, begin a run.

        `wait` waits for another writer to end instead of raising ArchiveBusy. `files` changes the
        WARC folder and the custody log. `keys` is the folder of the keys that sign the log, made
        with its first; None leaves it unsigned.

        Raises: ArchiveBusy, StoreUnavailable; NotAnArchive where the catalogue is missing or is
        not that of the WARC files.
        """
        files = files if files is not None else OsFiles()
        self.folder = folder
        self.run = run
        self._failure: StoreUnavailable | None = None
        self._jobs: Batches[_Keep | _Record] = Batches()
        self._is_closed = False
        self._door = threading.Lock()
        """Held to put a job, and to close: so that no job comes after the last."""
        with contextlib.ExitStack() as held:
            held.enter_context(writer_lock(folder.lock, wait=wait))
            must_have_its_catalogue(folder)
            self._catalogue = CatalogueWriter.open(folder.catalogue)
            held.callback(self._catalogue.close)
            self._custody = CustodyLog.open(folder.custody, keys=keys, files=files)
            self.recovered = repair(folder, self._catalogue, self._custody, files)
            """What a killed run had left unfinished, and is whole again."""
            finish_withdrawals(folder, self._catalogue, self._custody)
            self._writer = WarcWriter(folder.warc, run=run, files=files, max_bytes=max_warc_bytes)
            held.callback(self._writer.abandon)
            self._begin_run()
            self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
            self._thread.start()
            self._held = held.pop_all()

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        run: Run,
        wait: bool = False,
        max_warc_bytes: int = MAX_BYTES,
        keys: Path | None = None,
    ) -> Self:
        """The archive at `root`, made where there is none yet. `keys` is as for the class.

        Raises: NotAnArchive, ArchiveBusy, StoreUnavailable.
        """
        folder = ArchiveFolder.create(root, wait=wait)
        return cls(folder, run=run, wait=wait, max_warc_bytes=max_warc_bytes, keys=keys)

    @staticmethod
    def read(root: Path | str) -> ArchiveReader:
        """The archive at `root`, to be read only: no lock is taken, nothing is written.

        Raises: NotAnArchive.
        """
        return ArchiveReader.open(root)

    def keep(self, exchange: Exchange) -> Future[Capture]:
        """Keep an exchange; done when its records are on disk and the catalogue names them.

        The archive closes the exchange's block, in any case; it must not be closed before.

        Raises: ValueError where the exchange is of another run; (also through the future)
        StoreUnavailable.
        """
        if exchange.origin.run_id != self.run.run_id:
            raise ValueError("an exchange of another run")
        job = _Keep(exchange)
        self._put(job)
        return job.told

    def record(self, reading: Reading) -> Future[Catalogued]:
        """Catalogue a reading of a capture that was kept before.

        Raises (also through the future): StoreUnavailable. Through the future alone: ArchiveError
        where the capture is unknown, or the reading cannot be catalogued.
        """
        job = _Record(reading)
        self._put(job)
        return job.told

    def close(self, run: Run | None = None) -> None:
        """Finish what waits, write the run's report where one is given, and let go of the lock.

        Once closed, closing again does nothing.

        Raises: StoreUnavailable where the disk failed on the way. What is not finished then, the
        next start finishes.
        """
        with self._door:
            if self._is_closed:
                return
            self._is_closed = True
            self._jobs.end()
        self._thread.join()
        with self._held:
            if self._failure is not None:
                raise self._failure
            self._end_run(run)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _put(self, job: _Keep | _Record) -> None:
        with self._door:
            if self._failure is None and not self._is_closed:
                # A fetch goes on when its capture is kept; a reading is the end of its page.
                self._jobs.put(job, is_urgent=isinstance(job, _Keep))
                return
        error = self._failure or StoreUnavailable("the archive is closed")
        job.tell(error)
        raise error

    def _begin_run(self) -> None:
        self._writer.write_run(self.run)
        self._sync()
        with self._catalogue.batch():
            self._catalogue.add_run(self.run)
            self._note_extents()

    def _end_run(self, run: Run | None) -> None:
        if run is not None:
            self._writer.write_run(run)
        report = self._sync()
        self._custody.checkpoint(
            run_id=self.run.run_id,
            report=report[-1].sha256 if run is not None else None,
            files=[
                FileDigest(name=name, size_bytes=size, sha256=sha256)
                for name, (size, sha256) in self._writer.digests().items()
            ],
        )
        with self._catalogue.batch():
            if run is not None:
                self._catalogue.add_run(run)
            self._note_extents(is_closing=True)
        self._writer.close()

    def _sync(self) -> list[Stored]:
        """Make the records durable, then log them: what was written since the last time."""
        self._writer.sync()
        stored = self._writer.take_stored()
        self._custody.append(stored)
        return stored

    def _note_extents(self, *, is_closing: bool = False) -> None:
        """Tell the catalogue how far the files are written; the last one is still being so."""
        extents = list(self._writer.extents().items())
        for name, durable_bytes in extents:
            is_closed = is_closing or name != extents[-1][0]
            self._catalogue.set_extent(name, durable_bytes, is_closed=is_closed)

    def _work(self) -> None:
        """The thread: commit batch after batch, and tell."""
        for jobs in self._jobs:
            try:
                if self._failure is None:
                    self._commit(jobs)
            except StoreUnavailable as error:
                self._failure = error
            except Exception as error:
                logger.exception("the archive's writer failed")
                self._failure = StoreUnavailable(f"the archive's writer failed: {error}")
            if self._failure is not None:
                for job in jobs:
                    job.tell(self._failure)

    def _commit(self, jobs: Sequence[_Keep | _Record]) -> None:
        """Keep and record `jobs`, in one commit unless one of them repeats another's payload."""
        fresh: set[Digest] = set()
        kept: list[tuple[_Keep, Capture]] = []
        for job in jobs:
            if isinstance(job, _Record):
                continue
            payload = payload_of(job.exchange)
            if can_repeat(payload) and payload.digest in fresh:
                # A revisit may refer only to a record that is durable: make it so first.
                self._settle(kept, [])
                kept, fresh = [], set()
            original = unmodified_of(job.exchange, self._catalogue.find_capture) or original_of(
                payload, self._catalogue.find_original
            )
            capture = self._writer.write(job.exchange, payload=payload, original=original)
            kept.append((job, capture))
            if can_repeat(payload) and original is None:
                fresh.add(payload.digest)
        self._settle(kept, [job for job in jobs if isinstance(job, _Record)])

    def _settle(self, kept: list[tuple[_Keep, Capture]], records: list[_Record]) -> None:
        """Sync the records, then catalogue, then tell."""
        if kept:
            self._sync()
        captures = [capture for _, capture in kept]
        results = self._catalogue_all(captures, [record.reading for record in records])
        for keep, capture in kept:
            keep.tell(capture)
        for record, result in zip(records, results, strict=True):
            record.tell(result)
        if kept:
            self._writer.retire()

    def _catalogue_all(
        self, captures: Sequence[Capture], readings: Sequence[Reading]
    ) -> list[Catalogued | ArchiveError]:
        """Captures, then readings, in one transaction; what became of the readings."""
        if not captures and not readings:
            return []
        try:
            with self._catalogue.batch():
                self._add_captures(captures)
                return [self._add_reading(reading) for reading in readings]
        except StoreUnavailable:
            raise
        except Exception:
            if not readings:
                raise
            # What a page says must cost neither the captures nor the readings beside its own.
            logger.exception("a reading cannot be catalogued: now each by itself")
            with self._catalogue.batch():
                self._add_captures(captures)
            return [self._add_alone(reading) for reading in readings]

    def _add_captures(self, captures: Sequence[Capture]) -> None:
        for capture in captures:
            self._catalogue.add_capture(capture)
        if captures:
            self._note_extents()

    def _add_reading(self, reading: Reading) -> Catalogued | ArchiveError:
        try:
            return self._catalogue.add_reading(reading)
        except StoreUnavailable:
            raise
        except ArchiveError as error:
            return error

    def _add_alone(self, reading: Reading) -> Catalogued | ArchiveError:
        try:
            with self._catalogue.batch():
                return self._add_reading(reading)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - logged above, with its traceback
            return ArchiveError(
                f"the reading of {reading.record_id} cannot be catalogued: {error!r:.200}"
            )
