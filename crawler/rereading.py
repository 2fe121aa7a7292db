"""Stored captures read by today's readers: from records to the pure readers, without Scrapy.

    capture + its origin → what it was asked for → page, rung's answer, short link's hop or picture
                         → Reading, the very one that the crawl would make of it

What a capture was asked for stands in its record: the post and the rung in its note, the short link
likewise; anything else is a page. Not read are robots.txt, requisites, documents that only lead to
pages, hops and tries from which another followed, and pages of which nothing whole came.
"""

import logging
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from archive import (
    ArchivedCopy,
    ArchiveError,
    ArchiveFolder,
    ArchiveReader,
    Capture,
    CaptureKind,
    FailureKind,
    Origin,
    ReadBefore,
    Reading,
    ReadingDesk,
    Verdict,
    reading_changes,
    reading_desk,
    rebuilding,
)
from crawler.media import reading as pictures
from crawler.notes import COPY_OF, DOCUMENT, MEDIA, POST, POST_URL, RUNG, SHORT_LINK, WEB_ARCHIVE
from crawler.platforms.memento import WebArchive, memento_at
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import everyone, recognise
from crawler.platforms.rung import Grade, Rung
from crawler.platforms.shorteners import landing
from crawler.posts import answering
from crawler.posts.answering import RungPage
from crawler.posts.choice import RungChoice
from crawler.reading import READER, read, unreadable, warm_up
from crawler.reading_pool import why_unread
from crawler.stored import answered_of_stored, page_of_stored
from crawler.worker_pool import WorkerPool

logger = logging.getLogger(__name__)

Changes = Mapping[str, tuple[object, object]]

READERS = (READER, answering.READER, pictures.reader_name())
"""The versions that read today."""
TIMEOUT_S = 30.0

_NOT_READ = frozenset({"robots", "requisite"})
"""How captures were found that are no pages to read."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AHEAD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One capture to be read; all that a worker needs."""

    root: Path
    catalogue: Path
    capture: Capture
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For which post, and of which rung, a capture is the answer."""

    ref: PostRef
    rung: Rung
    archives: tuple[WebArchive, ...] = ()
    is_others: bool = False
    """Whether it is a capture of another archive's: its bytes are that archive's word for what the
    platform said, and not mixed with what we were told ourselves."""


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
        waiting: deque[list[tuple[ReadBefore, Future[_Outcome] | Reading | None]]] = deque()
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


_Outcome = Reading | ArchiveError | None


def _begun(
    desk: ReadingDesk, before: ReadBefore, pool: WorkerPool, *, is_anew: bool
) -> "Future[_Outcome] | Reading | None":
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
    begun: "list[tuple[ReadBefore, Future[_Outcome] | Reading | None]]", *, is_anew: bool
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


def read_stored(task: Task) -> _Outcome:
    """What today's reader says of a capture; None where there is nothing to read in it.

    Never raises on what a page or a platform sent. An error of the archive is returned.
    """
    try:
        return _read(_reader(task), task)
    except ArchiveError as error:
        return error


@lru_cache(maxsize=2)
def _opened(root: Path, catalogue: Path) -> ArchiveReader:
    return ArchiveReader(ArchiveFolder(root), catalogue=catalogue)


def _reader(task: Task) -> ArchiveReader:
    return _opened(task.root, task.catalogue)


def _read(reader: ArchiveReader, task: Task) -> Reading | None:  # noqa: PLR0911 - one a kind
    capture = task.capture
    origin = reader.origin(capture)
    link = origin.note.get(SHORT_LINK)
    if DOCUMENT in origin.note:
        return None
    if link is not None:
        return _hop(reader, capture, link)
    asked = asked_of(capture, origin)
    if asked is not None:
        return _answer(reader, capture, asked)
    if not _is_whole_page(reader, capture):
        return None
    if COPY_OF in origin.note:
        return _copy(reader, capture, origin)
    page = page_of_stored(reader, capture)
    if MEDIA in origin.note:
        return pictures.read_picture(page, capture.record_id)
    return read(page, capture.record_id)


def _copy(reader: ArchiveReader, capture: Capture, origin: Origin) -> Reading | None:
    """A web archive's copy of a page, read as the page; what only names a copy is none."""
    answered = answered_of_stored(reader, capture)
    if capture.status != 200 or "memento-datetime" not in answered.headers:
        return None
    url = origin.note[COPY_OF]
    page = replace(page_of_stored(reader, capture), url=url, link_header=None)
    copy = ArchivedCopy(
        url=url, archive=origin.note.get(WEB_ARCHIVE, ""), memento_at=memento_at(answered)
    )
    return replace(read(page, capture.record_id), copy=copy)


def _is_whole_page(reader: ArchiveReader, capture: Capture) -> bool:
    """Whether the capture is one that a crawl reads as a page: an answer, and no redirect."""
    if capture.kind is CaptureKind.FAILURE:
        return False
    if not _was_handed_over(reader, capture):
        return False
    return capture.status not in _REDIRECTS or reader.head(capture).get("location") is None


def _was_handed_over(reader: ArchiveReader, capture: Capture) -> bool:
    """Whether a crawl got the answer to read: whole, or cut where the record alone tells so.

    That is a body that lasted until the close (RFC 9112, section 6.3), where it was no orderly one.
    """
    if capture.failure is None:
        return True
    if capture.failure.kind is not FailureKind.DISCONNECT or capture.status is None:
        return False
    head = reader.head(capture)
    return not head.transfer_codings and head.content_length is None


def _hop(reader: ArchiveReader, capture: Capture, link: str) -> Reading | None:
    if not _was_handed_over(reader, capture):
        return None
    target = landing(answered_of_stored(reader, capture))
    ref = recognise(target) if target is not None else None
    return answering.leading(capture.record_id, link, ref) if ref is not None else None


def _answer(reader: ArchiveReader, capture: Capture, asked: Asked) -> Reading:
    if capture.failure is not None and not _was_handed_over(reader, capture):
        unreached = answering.unreached(asked.ref, asked.rung, capture.record_id, capture.failure)
        return _graded(unreached, asked)
    page = RungPage(
        ref=asked.ref,
        rung=asked.rung.name,
        answered=answered_of_stored(reader, capture),
        archives=asked.archives,
    )
    return _graded(answering.read_answer(page, capture.record_id), asked)


def _graded(reading: Reading, asked: Asked) -> Reading:
    if not asked.is_others or reading.answer is None:
        return reading
    return replace(reading, answer=replace(reading.answer, grade=Grade.THIRD_PARTY_CAPTURE))


def asked_of(capture: Capture, origin: Origin) -> Asked | None:
    """The post and the rung that a capture was asked for; None where it is no rung's answer.

    Of captures of other archives the address tells it, where a rung asks at a post's own.
    """
    key, name = origin.note.get(POST), origin.note.get(RUNG)
    if key is None or name is None:
        return _asked_by_others(capture) if origin.found_by == "import" else None
    platform, _, post_id = key.partition(":")
    url = origin.note.get(POST_URL) or origin.via or capture.url
    ref = PostRef(platform=platform, post_id=post_id, url=url)
    archives = _archives(name, capture)
    rung = RungChoice(registry=everyone(), archives=archives).rung(platform, name)
    return Asked(ref=ref, rung=rung, archives=archives) if rung is not None else None


def _archives(rung: str, capture: Capture) -> tuple[WebArchive, ...]:
    """The web archive whose rung that is: which was configured, the address itself tells."""
    name, _, part = rung.partition(" ")
    if part not in ("timegate", "copy"):
        return ()
    return (WebArchive(name=name, timegate=capture.url),)


def _asked_by_others(capture: Capture) -> Asked | None:
    ref = recognise(capture.url)
    for rung in everyone().rungs(ref.platform) if ref is not None else ():
        if rung.grade is Grade.THIRD_PARTY_MIRROR or ref is None:
            continue
        ask = rung.ask(ref, ())
        if ask is not None and capture.url in (ask.url, ref.url):
            return Asked(ref=ref, rung=rung, is_others=True)
    return None


def _stopped(task: Task, error: Exception) -> _Outcome:
    """The reading of what cost its worker."""
    why = why_unread(error, TIMEOUT_S)
    try:
        asked = asked_of(task.capture, _reader(task).origin(task.capture))
    except ArchiveError as damage:
        return damage
    if asked is not None:
        unread = answering.unread(asked.ref, asked.rung, task.capture.record_id, why)
        return _graded(unread, asked)
    return unreadable(task.capture.record_id, why)
