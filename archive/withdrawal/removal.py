"""What must not be kept, taken away; what is left stays proved.

    sealed  ← where a key was given: the records as they lie, encrypted to it
    log     ← an event: which capture, where, why, who, when
    file    ← the same file with a tombstone in that place, then renamed over the old one
    catalogue ← without the capture and whatever followed from it

In this order, and each step durable before the next. Before the event nothing has happened; from it
on the withdrawal is a fact, and what a crash left undone the next start of a writer does. The log
keeps the records' ids and SHA-256: their lines are leaves of the tree, and prove all others.

Revisits say the same bytes as what they refer to: they are withdrawn with it.
"""

import datetime as dt
import hashlib
import itertools
import os
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.catalogue import CatalogueWriter
from archive.custody import CustodyLog, FileDigest
from archive.custody.entry import Event
from archive.disk.durable import sync_folder
from archive.disk.faults import disk_work
from archive.disk.files import plain_file
from archive.disk.folder import ArchiveFolder
from archive.disk.lock import writer_lock
from archive.errors import BadRecord, CaptureNotFound
from archive.model import Capture, Locator
from archive.warc.framing import Members
from archive.warc.names import OPEN, is_safe
from archive.warc.tombstone import tombstone
from archive.withdrawal.sealing import SUFFIX as SEALED
from archive.withdrawal.sealing import recipient_of, seal

PIECE = 1024 * 1024
UNFINISHED = ".withdrawing"
"""Ends the name of the file that takes another's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A capture that was taken away, or would be."""

    record_id: str
    url: str
    place: Locator
    """The span of all its records."""
    is_revisit_of: str | None
    """What it was withdrawn with, where that was not itself asked for."""


def withdraw(
    root: Path,
    record_ids: Collection[str],
    *,
    reason: str,
    operator: str | None = None,
    keys: Path | None = None,
    seal_to: str | None = None,
    is_dry_run: bool = False,
) -> Sequence[Withdrawn]:
    """Withdraw captures from the archive at `root`, and the revisits that show the same bytes.

    `seal_to` is a public key of age, or a file that has one: the records are kept in one file of
    `sealed/`, encrypted to it. Without, they are gone.

    Raises: CaptureNotFound where one is not there, before anything is done; SealError; ArchiveBusy;
    BadRecord; StoreUnavailable.
    """
    recipient = recipient_of(seal_to) if seal_to is not None else None
    folder = ArchiveFolder.open(root)
    with (
        writer_lock(folder.lock),
        CatalogueWriter.open(folder.catalogue) as catalogue,
    ):
        chosen = _chosen(folder, catalogue, record_ids)
        if is_dry_run:
            return chosen
        log = CustodyLog.open(folder.custody, keys=keys)
        entries = log.digests_within([one.place for one in chosen])
        sealed = _seal(folder, chosen, recipient) if recipient is not None else {}
        for one in chosen:
            log.append_event(
                "withdrawn",
                {
                    "capture": one.record_id,
                    "warc": one.place.warc,
                    "offset": one.place.offset,
                    "length": one.place.length,
                    "entries": entries[one.place],
                    "reason": reason,
                    "who": operator,
                    **sealed,
                },
            )
        finish_withdrawals(folder, catalogue, log)
    return chosen


def finish_withdrawals(folder: ArchiveFolder, catalogue: CatalogueWriter, log: CustodyLog) -> None:
    """Do what the log says was withdrawn and is still there. Needs the writer lock.

    Raises: BadRecord; StoreUnavailable.
    """
    todo = {
        place: event
        for place, event in log.withdrawn.items()
        if catalogue.has_capture(str(event.facts["capture"]))
    }
    if not todo:
        return
    digests = []
    by_file = itertools.groupby(sorted(todo), key=lambda place: place.warc)
    for name, places in by_file:
        digests.append(_bury(folder.warc, name, {place: todo[place] for place in places}))
    catalogue.forget({str(event.facts["capture"]) for event in todo.values()})
    log.append_event("withdrawals-done", {"captures": len(todo)}, files=digests)


def _chosen(
    folder: ArchiveFolder, catalogue: CatalogueWriter, record_ids: Collection[str]
) -> list[Withdrawn]:
    chosen: dict[str, Withdrawn] = {}
    for record_id in record_ids:
        capture = catalogue.find_capture(record_id)
        if capture is None:
            raise CaptureNotFound(f"no capture {record_id[:100]}")
        chosen[record_id] = _withdrawn(folder, capture, None)
    for record_id in list(chosen):
        for revisit in catalogue.revisits_of(record_id):
            if revisit.record_id not in chosen:
                chosen[revisit.record_id] = _withdrawn(folder, revisit, record_id)
    return list(chosen.values())


def _withdrawn(folder: ArchiveFolder, capture: Capture, original: str | None) -> Withdrawn:
    """Raises: BadRecord where the capture is not whole, or no tombstone fits in its place."""
    at = capture.locator
    path = folder.warc / at.warc
    if not is_safe(at.warc):
        raise BadRecord("the catalogue names a file elsewhere", path=path, offset=at.offset)
    if not path.exists():
        path = folder.warc / (at.warc + OPEN)
        if path.exists():
            raise BadRecord("a killed run left this file: run a crawl first, which repairs it",
                            path=path, offset=at.offset)  # fmt: skip
    with disk_work("read", path), plain_file(path) as file:
        members = Members(file, path, at.offset)
        while (found := members.next()) is not None:
            head, block = found
            for _ in block:
                pass
            if head.kind == "metadata":
                break
        place = Locator(warc=at.warc, offset=at.offset, length=members.position - at.offset)
    try:
        tombstone(capture.record_id, at=dt.datetime.now(dt.UTC), length=place.length)
    except ValueError as error:
        raise BadRecord(str(error), path=path, offset=at.offset) from error
    return Withdrawn(
        record_id=capture.record_id, url=capture.url, place=place, is_revisit_of=original
    )


def _seal(
    folder: ArchiveFolder, chosen: Sequence[Withdrawn], recipient: str
) -> Mapping[str, str | None]:
    """Keep the records of `chosen`, encrypted: the facts that their events then tell of it."""
    at = dt.datetime.now(dt.UTC)
    target = folder.sealed / f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}{SEALED}"
    records = _Records(folder, [one.place for one in chosen])
    seal(records, target, recipient)
    with disk_work("read", target), target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sealed": target.name, "sealed-sha256": digest, "sealed-to": recipient}


class _Records:
    """The members at some places, one after the other, to be read like a file."""

    def __init__(self, folder: ArchiveFolder, places: Sequence[Locator]) -> None:
        self._pieces = itertools.chain.from_iterable(self._member(folder, at) for at in places)
        self._left = b""

    def _member(self, folder: ArchiveFolder, at: Locator) -> Iterator[bytes]:
        with plain_file(folder.warc / at.warc, is_copied=True) as file:
            yield from _span(file, at.offset, at.length)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._left or next(self._pieces, b"")
        wanted = len(piece) if size < 0 else size
        self._left = piece[wanted:]
        return piece[:wanted]


def _bury(folder: Path, name: str, places: Mapping[Locator, Event]) -> FileDigest:
    """Put tombstones into a file, by way of a new one; what is one already is left as it is."""
    path = folder / name
    beside = folder / (name + UNFINISHED)
    state, size = hashlib.sha256(), 0
    with disk_work("rewrite", path):
        beside.unlink(missing_ok=True)  # of one that was killed here
    with (
        disk_work("rewrite", path),
        plain_file(path, is_copied=True) as file,
        beside.open("xb") as made,
    ):
        end = file.seek(0, os.SEEK_END)
        if any(place.offset < 0 or place.offset + place.length > end for place in places):
            raise BadRecord("a withdrawn record lies beyond the file's end", path=path, offset=end)
        for piece in _rewritten(file, places):
            made.write(piece)
            state.update(piece)
            size += len(piece)
        if size != end:
            raise BadRecord("withdrawn records lie in one another", path=path, offset=size)
        made.flush()
        os.fsync(made.fileno())
        beside.replace(path)
        sync_folder(folder)
    return FileDigest(name=name, size_bytes=size, sha256=state.digest())


def _rewritten(file: BinaryIO, places: Mapping[Locator, Event]) -> Iterator[bytes]:
    position = 0
    for place, event in sorted(places.items()):
        yield from _span(file, position, place.offset - position)
        record_id = str(event.facts["capture"])
        yield from tombstone(record_id, at=event.at, length=place.length)
        position = place.offset + place.length
    yield from _span(file, position, None)


def _span(file: BinaryIO, start: int, size: int | None) -> Iterator[bytes]:
    """So many bytes from `start` on; None: all that are left."""
    file.seek(start)
    left = size
    while (piece := file.read(PIECE if left is None else min(left, PIECE))) != b"":
        yield piece
        left = None if left is None else left - len(piece)
