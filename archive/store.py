"""The archive while it is written: the one flow of a capture and of a reading.

    keep(exchange)                    record(reading)
      payload  ← transfer-decoded       │
      original ← seen before?           │
      records  → the WARC file          │
      sync     → on disk              ──┤
      catalogue ← captures, then readings, one commit
      told     → the futures of both

One thread does all of it, so that there is one writer and the crawler's reactor never waits for a
disk. What waits while it syncs is written and synced together next: a group commit.
"""

import contextlib
import logging
import queue
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from archive.catalogue import Catalogued, CatalogueWriter
from archive.dedup import original_of
from archive.digest import Digest
from archive.errors import ArchiveError, StoreUnavailable
from archive.files import Files, OsFiles
from archive.folder import ArchiveFolder
from archive.http import payload_of
from archive.model import Capture, Exchange, Reading, Run
from archive.warc.lock import WriterLock
from archive.warc.recover import Recovered, recover
from archive.warc.writer import MAX_BYTES, WarcWriter

logger = logging.getLogger(__name__)

T = TypeVar("T")
J = TypeVar("J")

BATCH = 256
"""How many jobs one commit takes at the most: bounds memory and how long the first one waits."""


@dataclass(slots=True)
class _Job(Generic[J, T]):
    """Something to keep, and whom to tell."""

    what: J
    told: Future[T]


class _Keep(_Job[Exchange, Capture]):
    __slots__ = ()


class _Record(_Job[Reading, Catalogued]):
    __slots__ = ()


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
    ) -> None:
        """Take the writer lock, repair what a killed run left, begin a run.

        `wait` waits for another writer to end instead of raising ArchiveBusy.

        Raises: ArchiveBusy, StoreUnavailable.
        """
        files = files if files is not None else OsFiles()
        self.folder = folder
        self.run = run
        self.recovered: tuple[Recovered, ...] = ()
        self._failure: StoreUnavailable | None = None
        self._jobs: queue.SimpleQueue[_Keep | _Record | None] = queue.SimpleQueue()
        with contextlib.ExitStack() as undo:
            self._lock = WriterLock(folder.lock)
            self._lock.acquire(wait=wait)
            undo.callback(self._lock.release)
            self._catalogue = undo.enter_context(
                contextlib.closing(CatalogueWriter.open(folder.catalogue))
            )
            self.recovered = self._repair(files)
            self._writer = WarcWriter(folder.warc, run=run, files=files, max_bytes=max_warc_bytes)
            self._writer.write_run(run)
            self._writer.sync()
            with self._catalogue.batch():
                self._catalogue.add_run(run)
                self._note_extents()
            undo.pop_all()
        self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
        self._thread.start()

    @classmethod
    def open(
        cls, root: Path, *, run: Run, wait: bool = False, max_warc_bytes: int = MAX_BYTES
    ) -> Self:
        """The archive at `root`, made where there is none yet.

        Raises: NotAnArchive, ArchiveBusy, StoreUnavailable.
        """
        return cls(ArchiveFolder.create(root), run=run, wait=wait, max_warc_bytes=max_warc_bytes)

    def keep(self, exchange: Exchange) -> Future[Capture]:
        """Keep an exchange; done when its records are on disk and the catalogue names them.

        The archive closes the exchange's block. Raises (also through the future): StoreUnavailable.
        """
        job = _Keep(exchange, Future())
        self._put(job)
        return job.told

    def record(self, reading: Reading) -> Future[Catalogued]:
        """Catalogue a reading of a capture that was kept before.

        Raises (also through the future): StoreUnavailable; ArchiveError where the capture is
        unknown.
        """
        job = _Record(reading, Future())
        self._put(job)
        return job.told

    def close(self, run: Run | None = None) -> None:
        """Finish what waits, write the run's report where one is given, and let go of the lock.

        Raises: StoreUnavailable where the disk failed on the way.
        """
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        try:
            if self._failure is not None:
                self._writer.abandon()
                raise self._failure
            if run is not None:
                self._writer.write_run(run)
            self._writer.sync()
            with self._catalogue.batch():
                if run is not None:
                    self._finish_run(run)
                self._note_extents(is_closing=True)
            self._writer.close()
        finally:
            self._catalogue.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _put(self, job: "_Keep | _Record") -> None:
        if self._failure is not None:
            raise self._failure
        self._jobs.put(job)

    def _repair(self, files: Files) -> tuple[Recovered, ...]:
        """Bring `.open` files of dead writers to an end and catalogue what they hold."""
        recovered = recover(self.folder.warc, files)
        try:
            for found in recovered:
                with self._catalogue.batch():
                    for run in found.runs():
                        self._catalogue.add_run(run)
                        self._finish_run(run)
                    for capture in found.captures():
                        self._catalogue.add_capture(capture)
                    self._catalogue.set_extent(found.name, found.size_bytes, is_closed=True)
                found.retire()
                logger.warning(
                    "recovered %s (%d torn bytes set aside)", found.name, found.torn_bytes
                )
        finally:
            for found in recovered:
                found.abandon()
        return tuple(recovered)

    def _finish_run(self, run: Run) -> None:
        if run.ended_at is not None:
            self._catalogue.finish_run(
                run.run_id,
                ended_at=run.ended_at,
                outcome=run.outcome or "",
                counts=run.counts,
            )

    def _note_extents(self, *, is_closing: bool = False) -> None:
        """Tell the catalogue how far the files are written; the last one is still being so."""
        extents = list(self._writer.extents().items())
        for name, durable_bytes in extents:
            is_closed = is_closing or name != extents[-1][0]
            self._catalogue.set_extent(name, durable_bytes, is_closed=is_closed)

    def _work(self) -> None:
        """The thread: take what waits, commit it, tell; until None comes."""
        is_open = True
        while is_open:
            jobs = [self._jobs.get()]
            while jobs[-1] is not None and len(jobs) < BATCH:
                try:
                    jobs.append(self._jobs.get_nowait())
                except queue.Empty:
                    break
            is_open = jobs[-1] is not None
            todo = [job for job in jobs if job is not None]
            if self._failure is not None:
                self._fail(todo, self._failure)
                continue
            try:
                self._commit(todo)
            except StoreUnavailable as error:
                self._fail(todo, error)
            except Exception as error:
                logger.exception("the archive's writer failed")
                self._fail(todo, StoreUnavailable(f"the archive's writer failed: {error}"))

    def _commit(self, jobs: Iterable[_Keep | _Record]) -> None:
        """Keep and record `jobs`, in one commit unless one of them repeats another's payload."""
        fresh: dict[Digest, None] = {}
        kept: list[tuple[_Keep, Capture]] = []
        readings: list[_Record] = []
        for job in jobs:
            if isinstance(job, _Record):
                readings.append(job)
                continue
            payload = payload_of(job.what)
            if payload is not None and payload.digest in fresh:
                # A revisit may refer only to a record that is durable: make it so first.
                self._settle(kept, [])
                kept, fresh = [], {}
            original = original_of(payload, self._catalogue.find_original)
            capture = self._writer.write(job.what, payload=payload, original=original)
            kept.append((job, capture))
            if payload is not None:
                fresh[payload.digest] = None
        self._settle(kept, readings)

    def _settle(self, kept: list[tuple[_Keep, Capture]], readings: list[_Record]) -> None:
        """Sync the records, then catalogue, then tell."""
        if not kept and not readings:
            return
        if kept:
            self._writer.sync()
        with self._catalogue.batch():
            for _, capture in kept:
                self._catalogue.add_capture(capture)
            catalogued = [self._add_reading(job.what) for job in readings]
            if kept:
                self._note_extents()
        if kept:
            self._writer.retire()
        for keep, capture in kept:
            if keep.what.response is not None:
                keep.what.response.close()
            _tell(keep.told, capture)
        for record, result in zip(readings, catalogued, strict=True):
            _tell(record.told, result)

    def _add_reading(self, reading: Reading) -> Catalogued | ArchiveError:
        try:
            return self._catalogue.add_reading(reading)
        except StoreUnavailable:
            raise
        except ArchiveError as error:
            return error

    def _fail(self, jobs: Iterable[_Keep | _Record], error: StoreUnavailable) -> None:
        if self._failure is None:
            logger.error("the archive can keep nothing more: %s", error)
            self._failure = error
        for job in jobs:
            if isinstance(job, _Keep) and job.what.response is not None:
                job.what.response.close()
            _tell(job.told, error)


def _tell(told: Future[Any], result: Capture | Catalogued | ArchiveError) -> None:
    """Finish a future, whoever may have given up on it or heard already."""
    if told.done() or not told.set_running_or_notify_cancel():
        return
    if isinstance(result, ArchiveError):
        told.set_exception(result)
    else:
        told.set_result(result)
