"""What today's readers say of one stored capture, the very reading that a crawl would make of it.

    capture + its origin → what it was asked for → page, rung's answer, short link's hop or picture
                         → Reading

What a capture was asked for stands in its record: the post and the rung in its note, the short link
likewise; anything else is a page. Not read are documents that only lead to pages, hops and tries
from which another followed, and pages of which nothing whole came.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
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
    Reading,
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
from crawler.reading.page import read, unreadable
from crawler.rereading.stored import answered_of_stored, page_of_stored

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Outcome = Reading | ArchiveError | None
"""None where there is nothing to read."""


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


def read_stored(task: Task) -> Outcome:
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


def read_stopped(task: Task, why: str) -> Outcome:
    """The reading of what cost its worker. Never raises, as `read_stored`."""
    try:
        asked = asked_of(task.capture, _reader(task).origin(task.capture))
    except ArchiveError as damage:
        return damage
    if asked is not None:
        unread = answering.unread(asked.ref, asked.rung, task.capture.record_id, why)
        return _graded(unread, asked)
    return unreadable(task.capture.record_id, why)
