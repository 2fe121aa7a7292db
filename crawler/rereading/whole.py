"""All captures of an archive read again: what is new is added, or a catalogue built of it.

Not read are robots.txt, requisites, and hops and tries from which another followed.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive import (
    ArchiveError,
    Capture,
    CaptureKind,
    ReadBefore,
    Reading,
    ReadingDesk,
    Verdict,
    reading_changes,
    reading_desk,
    rebuilding,
)
from crawler.media import reading as pictures
from crawler.posts import answering
from crawler.reading.page import READER, warm_up
from crawler.reading.pool import why_unread
from crawler.rereading.capture import Outcome, Task, read_stopped, read_stored
from crawler.workers.pool import WorkerPool

Changes = Mapping[str, tuple[object, object]]

READERS = (READER, answering.READER, pictures.reader_name())
"""The versions that read today."""
TIMEOUT_S = 30.0

_NOT_READ = frozenset({"robots", "requisite"})
"""How captures were found that are no pages to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A capture with what was read in it before, and what today's reader says of it."""

    before: ReadBefore
    now: Reading | None
    """None where there is nothing to read."""
    is_new: bool
    """Whether it was read just now, and comes out as no reading did before."""
    is_anew: bool
    """Whether what today's readers had read was read once more."""

    @property
    def compared(self) -> Reading | None:
        """What to hold it against: the newest of other reader versions.

        Where there is none, and all is read anew: the one of the same version.
        """
        if self.now is None:
            return None
        others = [one for one in self.before.readings if one.reader != self.now.reader]
        same = [one for one in self.before.readings if one.reader == self.now.reader]
        return next(reversed(others or (same if self.is_anew else [])), None)

    @property
    def changes(self) -> Changes:
        """What today's reader says otherwise; empty too where nothing was read before."""
        if self.now is None or self.compared is None:
            return {}
        return reading_changes(self.compared, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a catalogue that was built anew holds."""

    captures: int
    readings: int


def reread(
    desk: ReadingDesk, *, jobs: int, is_anew: bool = False, run_id: str | None = None
) -> Iterator[list[Reread]]:
    """Every capture of `desk` in turn, batch by batch, with what today's readers say of it.

    What they said before is not read again, unless they were stopped then, or `is_anew`. `jobs`
    processes read; 0: this one. `run_id` leaves out what is not of that run. Adds nothing: that is
    the caller's.

    Raises: BadRecord, CaptureNotFound, StoreUnavailable where the archive is not as it was written;
    WorkersUnavailable.
    """
    with WorkerPool(jobs, TIMEOUT_S, warm_up=warm_up) as pool:
        waiting: deque[list[tuple[ReadBefore, Future[Outcome] | Reading | None]]] = deque()
        for batch in desk.batches(run_id):
            waiting.append([(one, _begun(desk, one, pool, is_anew=is_anew)) for one in batch])
            if len(waiting) > 1:  # the next batch is read while this one is taken
                yield _taken(waiting.popleft(), is_anew=is_anew)
        while waiting:
            yield _taken(waiting.popleft(), is_anew=is_anew)


def rebuild(root: Path, *, jobs: int, wait: bool = False, keys: Path | None = None) -> Rebuilt:
    """Build the catalogue of the archive at `root` anew, from its WARC files alone.

    Raises: as `archive.rebuilding` and `reread`; the old catalogue is then as it was.
    """
    captures = readings = 0
    with rebuilding(root, wait=wait, keys=keys) as desk:
        for batch in reread(desk, jobs=jobs):
            found = [one.now for one in batch if one.now is not None]
            desk.add(found)
            captures += len(batch)
            readings += len(found)
    return Rebuilt(captures=captures, readings=readings)


def reread_all(
    root: Path,
    *,
    jobs: int,
    wait: bool = False,
    is_dry_run: bool = False,
    run_id: str | None = None,
) -> Iterator[Reread]:
    """Read what today's readers have not read, in the archive at `root`, and add it.

    Every capture comes out, by file and offset, after what was read in it is durable. Begun again
    after a kill it goes on where it was; done again it gives the same. A dry run reads all anew,
    also what today's readers have read, adds nothing, and takes no lock. `run_id` leaves out what
    is not of that run.

    Raises: as `archive.reading_desk` and `reread`.
    """
    with reading_desk(root, wait=wait, is_dry_run=is_dry_run) as desk:
        for batch in reread(desk, jobs=jobs, is_anew=is_dry_run, run_id=run_id):
            if not is_dry_run:
                desk.add([one.now for one in batch if one.is_new and one.now is not None])
            yield from batch


def _begun(
    desk: ReadingDesk, before: ReadBefore, pool: WorkerPool, *, is_anew: bool
) -> "Future[Outcome] | Reading | None":
    """The reading that there is by today's reader, or else one that is begun."""
    for reading in before.readings if not is_anew else ():
        if reading.reader in READERS and reading.verdict is not Verdict.UNREADABLE:
            return reading
    if not _may_be_read(before):
        return None
    task = Task(
        root=desk.folder.root,
        catalogue=desk.catalogue,
        capture=before.capture,
        found_by=before.found_by,
    )
    return pool.submit(read_stored, task, instead=partial(_stopped, task))


def _taken(
    begun: "list[tuple[ReadBefore, Future[Outcome] | Reading | None]]", *, is_anew: bool
) -> list[Reread]:
    done = []
    for before, one in begun:
        now = one.result() if isinstance(one, Future) else one
        if isinstance(now, ArchiveError):
            raise now
        is_new = now is not None and now not in before.readings
        done.append(Reread(before=before, now=now, is_new=is_new, is_anew=is_anew))
    return done


def _may_be_read(before: ReadBefore) -> bool:
    return (
        not before.has_led_on
        and before.found_by not in _NOT_READ
        and before.capture.method == "GET"
        and not _is_unmodified(before.capture)
    )


def _is_unmodified(capture: Capture) -> bool:
    """Whether it says of another capture that it still holds, and shows nothing of its own.

    A 304 that answers no such question was read as whatever else is no page.
    """
    return capture.status == 304 and capture.kind is CaptureKind.REVISIT


def _stopped(task: Task, error: Exception) -> Outcome:
    return read_stopped(task, why_unread(error, TIMEOUT_S))
