"""The transparency log of one archive: append-only, a line an entry, a Merkle tree over all.

A record enters after it is durable in its file, in file and offset order: the log may lag the WARC
files, it never leads them. What a killed process left out enters at the next start, after an event
that says *recovered*. Every event, and every run's end, is followed by a signed checkpoint.

Any process may append: the file is locked for as long as that takes, and what others appended
meanwhile is read first. A torn end, which was never acknowledged, is cut off.
"""

import bisect
import contextlib
import datetime as dt
import hashlib
import itertools
import logging
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from archive.custody import note
from archive.custody.checkpoint import Checkpoint, FileDigest
from archive.custody.entry import (
    LINE_LIMIT,
    Entry,
    Event,
    key_of,
    line_of,
    lines_digest,
    origin_of,
    parse_line,
    withdrawn_place,
)
from archive.custody.folder import CHECKPOINTS, LOG, checkpoint_name
from archive.custody.keys import Keyring
from archive.custody.tree import Tree
from archive.disk.faults import disk_work
from archive.disk.files import Files, OpenFile, OsFiles, plain_file, small_file
from archive.errors import BadRecord, StoreUnavailable
from archive.model import Locator
from archive.warc.names import final_name, find_warc
from archive.warc.stored import Stored, read_stored

logger = logging.getLogger(__name__)

BATCH = 1000
PIECE = 1024 * 1024
_UNFINISHED = "unfinished"
_CURE = (
    "`dateline verify` says where; put it back from a copy, or move the folder aside: "
    "a new log then begins, and what the old one proved is proved by the old one only"
)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class CustodyLog:
    """The log in one folder, for one thread. Open it with `open`.

    All methods raise StoreUnavailable where the disk fails or the log is damaged.
    """

    def __init__(
        self, folder: Path, *, keys: Keyring | None, files: Files, clock: Callable[[], dt.datetime]
    ) -> None:
        self._folder = folder
        self._keys = keys
        self._files = files
        self._clock = clock
        self._tree = Tree()
        self._end = 0
        """How many bytes of the log the tree has."""
        self._signed = 0
        """The newest checkpoint's size."""
        self._origin = ""
        self._announced: list[note.Verifier] = []
        """The keys that the log names, in their order."""
        self.ends: dict[str, int] = {}
        """How far each WARC file is logged."""
        self.withdrawn: dict[Locator, Event] = {}
        """What was withdrawn, by where its records lay."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        keys: Path | None = None,
        files: Files | None = None,
        clock: Callable[[], dt.datetime] = _now,
    ) -> "CustodyLog":
        """The log in `folder`, begun where there is none.

        `keys` is the folder of the keys that sign it; without, nothing is signed.
        """
        keyring = Keyring(keys) if keys is not None else None
        log = cls(folder, keys=keyring, files=files or OsFiles(), clock=clock)
        with disk_work("open", folder):
            log._make()
        with log._held() as handle:
            if not log._tree.size:
                log._write(handle, [Event(kind="begins", at=clock(), facts={"log": _new_id()})])
            log._announce(handle)
        return log

    @property
    def size(self) -> int:
        """How many entries there are."""
        return self._tree.size

    def append(self, entries: Sequence[Stored]) -> None:
        """Log records that are durable; returns when the log is."""
        if entries:
            with self._held() as handle:
                self._write(handle, entries)

    def digests_within(self, places: Collection[Locator]) -> Mapping[Locator, str]:
        """The `lines_digest` of the records that lie within each of `places`: whole exchanges."""
        within: dict[Locator, list[Stored]] = {place: [] for place in places}
        by_file: dict[str, list[Locator]] = {}
        for place in sorted(places):
            by_file.setdefault(place.warc, []).append(place)
        with disk_work("read", self._folder / LOG), (self._folder / LOG).open("rb") as file:
            while file.tell() < self._end and (line := file.readline(LINE_LIMIT)):
                entry = parse_line(line[:-1])
                if isinstance(entry, Stored):
                    around = _around(by_file, entry.locator)
                    if around is not None:
                        within[around].append(entry)
        return {place: lines_digest(entries) for place, entries in within.items()}

    def append_event(
        self,
        kind: str,
        facts: Mapping[str, str | int | None],
        *,
        files: Sequence[FileDigest] = (),
    ) -> Event:
        """Log something that was done with the archive, and sign the log as it is then.

        `facts` say who, what, and the digest of the result. `files` are WARC files that it changed.
        """
        event = Event(kind=kind, at=self._clock(), facts=facts)
        with self._held() as handle:
            self._write(handle, [event])
            self._sign(files=files)
        return event

    def catch_up(self, folder: Path, sizes: Mapping[str, int]) -> int:
        """Log the records of WARC files in `folder` that are not logged yet; how many those were.

        `sizes` is how far each file, by its final name, holds whole and durable records. Behind a
        record that is broken nothing of that file is logged: `verify` names it.
        """
        missing = 0
        digests = []
        for name, size in sorted(sizes.items()):
            start = self.ends.get(name, 0)
            path = find_warc(folder, name)
            if start >= size or path is None:
                continue
            with disk_work("read", path), plain_file(path) as file:
                count = self._recover(file, path, start, size)
                digests.append(_digest_of(file, name, size))
            logger.warning("logged %d records of %s that were not", count, name)
            missing += count
        if missing:
            self.checkpoint(files=digests)
        return missing

    def _recover(self, file: BinaryIO, path: Path, start: int, end: int) -> int:
        entries = read_stored(file, path, start, end)
        count = 0
        try:
            while batch := list(itertools.islice(entries, BATCH)):
                if not count:
                    warc = final_name(path.name)
                    self.append_event("recovered", {"warc": warc, "from": start, "to": end})
                self.append(batch)
                count += len(batch)
        except BadRecord as error:
            logger.warning("not logged any further: %s", error)
        return count

    def checkpoint(
        self,
        *,
        run_id: str | None = None,
        report: bytes | None = None,
        files: Sequence[FileDigest] = (),
    ) -> None:
        """Sign the log as it is now; nothing where no keys were given."""
        with self._held():
            self._sign(run_id=run_id, report=report, files=files)

    def _make(self) -> None:
        """The folder and the empty log, durably."""
        self._files.mkdir(self._folder)
        self._files.fsync_folder(self._folder.parent)
        self._files.mkdir(self._folder / CHECKPOINTS)
        with contextlib.suppress(FileExistsError):
            self._files.create(self._folder / LOG).close()
        self._files.fsync_folder(self._folder)

    @contextlib.contextmanager
    def _held(self) -> Iterator[OpenFile]:
        """The log's file, locked, and all that is in it known."""
        path = self._folder / LOG
        with disk_work("write", path):
            handle = self._files.open(path)
            try:
                handle.lock(wait=True)
                self._refresh(handle)
                yield handle
            finally:
                handle.close()

    def _refresh(self, handle: OpenFile) -> None:
        """Read what was appended since, and cut off a torn end."""
        size = handle.size()
        if size == self._end and self._tree.size:
            return
        newest = self._newest()
        signed = newest.size if newest else 0
        if size > self._end:
            with (self._folder / LOG).open("rb") as file:
                file.seek(self._end)
                while (line := file.readline(LINE_LIMIT)).endswith(b"\n"):
                    try:
                        entry = parse_line(line[:-1])
                    except ValueError:
                        break
                    try:
                        self._take(entry, line)
                    except (KeyError, TypeError, ValueError) as error:
                        raise self._damaged("an event cannot be read") from error
                    if newest and self._tree.size == signed and self._tree.root() != newest.root:
                        raise self._damaged("it is not what was signed")
        if self._tree.size < signed or size < self._end:
            raise self._damaged("entries that were signed are not there")
        self._signed = signed
        if size > self._end:
            handle.truncate(self._end)
            handle.fsync()
            logger.warning("cut %d torn bytes off the custody log", size - self._end)

    def _damaged(self, what: str) -> StoreUnavailable:
        return StoreUnavailable(f"the custody log {self._folder / LOG} is damaged: {what}; {_CURE}")

    def _take(self, entry: Entry, line: bytes) -> None:
        """Count an entry in that is in the file."""
        self._tree.append(entry.sha256)
        self._end += len(line)
        if isinstance(entry, Stored):
            at = entry.locator
            self.ends[at.warc] = max(self.ends.get(at.warc, 0), at.offset + at.length)
        elif entry.kind == "begins":
            self._origin = origin_of(entry)
        elif entry.kind == "key":
            self._announced.append(key_of(entry))
        elif entry.kind == "withdrawn":
            self.withdrawn[withdrawn_place(entry)] = entry

    def _write(self, handle: OpenFile, entries: Sequence[Entry]) -> None:
        lines = [line_of(entry) for entry in entries]
        assert all(len(line) < LINE_LIMIT for line in lines)
        handle.write(b"".join(lines))
        handle.fsync()
        for entry, line in zip(entries, lines, strict=True):
            self._take(entry, line)

    def _announce(self, handle: OpenFile) -> None:
        """Name the key that signs from now on; the one before signs too, where it still can."""
        if self._keys is None:
            return
        present = self._keys.signer()
        if self._announced and self._announced[-1] == present.verifier:
            return
        before = [one for one in self._keys.retired() if one.verifier in self._announced[-1:]]
        lost = "lost" if self._announced and not before else None
        facts = {"key": str(present.verifier), "previous": lost}
        self._write(handle, [Event(kind="key", at=self._clock(), facts=facts)])
        self._sign(beside=before)

    def _sign(
        self,
        *,
        beside: Sequence[note.Signer] = (),
        run_id: str | None = None,
        report: bytes | None = None,
        files: Sequence[FileDigest] = (),
    ) -> None:
        if self._keys is None or self._signed == self._tree.size:
            return
        made = Checkpoint(
            origin=self._origin,
            size=self._tree.size,
            root=self._tree.root(),
            at=self._clock(),
            previous=self._signed,
            run_id=run_id,
            report=report,
            wacz_key=self._keys.wacz_public(),
            files=files,
        )
        folder = self._folder / CHECKPOINTS
        unfinished = folder / _UNFINISHED
        if _UNFINISHED in self._files.names(folder):
            self._files.unlink(unfinished)  # of one that was killed here
        file = self._files.create(unfinished)
        try:
            file.write(note.sign(made.text(), [self._keys.signer(), *beside]))
            file.fsync()
        finally:
            file.close()
        self._files.rename(unfinished, folder / checkpoint_name(made.size))
        self._files.fsync_folder(folder)
        self._signed = made.size

    def _newest(self) -> Checkpoint | None:
        """The newest checkpoint, by what it says; signatures are for `verify`."""
        folder = self._folder / CHECKPOINTS
        names = [name for name in self._files.names(folder) if name.isdecimal()]
        if not names:
            return None
        text, _, _ = small_file(folder / names[-1]).rpartition(b"\n\n")
        try:
            return Checkpoint.parse(text.decode())
        except (KeyError, ValueError) as error:
            raise self._damaged(f"checkpoint {names[-1]} cannot be read") from error


def note_event(
    root: Path, kind: str, facts: Mapping[str, str | int | None], *, keys: Path | None
) -> Event:
    """Log an event in the archive at `root`, while another process may write it.

    For exports: who, what and the digest of what was made. `keys` is the folder of the keys that
    sign; None leaves the event unsigned.

    Raises: StoreUnavailable; NotAnArchive where the keys cannot be used.
    """
    log = CustodyLog.open(root / "custody", keys=keys)
    return log.append_event(kind, facts)


def _digest_of(file: BinaryIO, name: str, size: int) -> FileDigest:
    """The digest of a file's first `size` bytes."""
    state, left = hashlib.sha256(), size
    file.seek(0)
    while left and (piece := file.read(min(left, PIECE))):
        state.update(piece)
        left -= len(piece)
    return FileDigest(name=name, size_bytes=size - left, sha256=state.digest())


def _around(by_file: Mapping[str, Sequence[Locator]], one: Locator) -> Locator | None:
    """The place, of those of each file by their offset, in which `one` lies."""
    places = by_file.get(one.warc, ())
    number = bisect.bisect_right(places, one.offset, key=lambda place: place.offset)
    place = places[number - 1] if number else None
    return place if place and one.offset < place.offset + place.length else None


def _new_id() -> str:
    return secrets.token_hex(8)
