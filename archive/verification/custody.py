"""The custody log by itself: its lines, its tree, and who signed it.

Of a line that is wrong its own place is named; where only the tree tells that something is, the
first entry that no good checkpoint covers.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archive.custody import note
from archive.custody.checkpoint import Checkpoint
from archive.custody.entry import (
    LINE_LIMIT,
    Entry,
    Event,
    key_of,
    origin_of,
    parse_line,
    withdrawn_place,
)
from archive.custody.folder import CHECKPOINTS, LOG, checkpoint_name
from archive.custody.note import Verifier
from archive.custody.stamps import check_stamp, stamp_files
from archive.custody.tree import Tree
from archive.disk.faults import disk_work
from archive.disk.files import plain_file, small_file
from archive.errors import BadProof
from archive.model import Locator
from archive.verification.report import Report
from archive.warc.stored import Stored

LOG_NAME = f"custody/{LOG}"


@dataclass(slots=True)
class Custody:
    """What a sound log says of the archive, for others to be held against."""

    keys: list[Verifier] = field(default_factory=list)
    """Those that it announces."""
    signed_to: int = 0
    """Where the first line lies that no good checkpoint covers."""
    digests: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """Of WARC files, as the newest checkpoint that names them has them: length and SHA-256."""
    withdrawn: dict[Locator, str] = field(default_factory=dict)
    """Spans whose records were taken away, and the id of the capture that was there."""
    sealed: dict[str, str] = field(default_factory=dict)
    """Files of what was withdrawn and not destroyed, and their SHA-256 in hex."""
    withdrawn_entries: dict[Locator, str] = field(default_factory=dict)
    """Of such spans, what the entries must be (`lines_digest`): nothing else has their ids."""


class CustodyCheck:
    """Reads a log once, from its beginning to its end."""

    def __init__(self, folder: Path, report: Report, trusted: Collection[Verifier]) -> None:
        self.found = Custody()
        self._folder = folder
        self._report = report
        self._trusted = trusted
        self._tree = Tree()
        self._ends: dict[str, int] = {}
        self._origin = ""
        self._last_event: int | None = None
        """Where the newest event lies, unless a checkpoint covers it."""
        self._notes = self._checkpoint_files()
        self._signed = 0
        """The size of the checkpoint before."""

    def entries(self) -> Iterator[tuple[int, Stored]]:
        """The records' entries, each with where its line begins; all is checked in passing."""
        path = self._folder / LOG
        if not path.is_file():
            self._fault(None, "there is no custody log; the next run begins one")
            return
        with disk_work("read", path), plain_file(path) as file:
            for at, entry in self._lines(file):
                self._check_signatures(at)
                self._tree.append(entry.sha256 if entry is not None else bytes(32))
                if isinstance(entry, Stored):
                    self._check_order(at, entry)
                    yield at, entry
                elif entry is not None:
                    self._hear(at, entry)
            end = file.tell()
        self._check_signatures(end)
        for _, name, _ in self._notes:
            self._report.fault(name, None, "the log has fewer entries than were signed here")
        if self._last_event is not None and self.found.keys:
            self._fault(self._last_event, "no checkpoint covers this event")
        self._check_stamps()
        self._report.entries = self._tree.size
        self._report.signers = [str(key) for key in self.found.keys]

    def _check_stamps(self) -> None:
        """Hold every time stamp against its checkpoint, which was checked by now."""
        with disk_work("read", self._folder):
            for size, name, answer, roots in stamp_files(self._folder):
                checkpoint = self._folder / CHECKPOINTS / checkpoint_name(size)
                signed = small_file(checkpoint) if checkpoint.is_file() else b""
                try:
                    self._report.stamps.append(check_stamp(answer, roots, signed, size=size))
                except BadProof as error:
                    self._report.fault(name, 0, str(error))

    def _fault(self, offset: int | None, message: str) -> None:
        self._report.fault(LOG_NAME, offset, message)

    def _lines(self, file: BinaryIO) -> Iterator[tuple[int, Entry | None]]:
        """Each line's place and entry; a torn end, which a writer may be at, is none."""
        at = 0
        while line := file.readline(LINE_LIMIT):
            entry = None
            try:
                entry = parse_line(line.removesuffix(b"\n"))
            except ValueError:
                if not line.endswith(b"\n") and len(line) < LINE_LIMIT:
                    return
                self._fault(at, "this line is no entry")
            if not line.endswith(b"\n"):
                return
            yield at, entry
            at += len(line)

    def _check_order(self, at: int, entry: Stored) -> None:
        place = entry.locator
        if place.offset != (end := self._ends.get(place.warc, 0)):
            self._fault(at, f"{place.warc} is logged up to {end}, and then from {place.offset}")
        self._ends[place.warc] = place.offset + place.length

    def _hear(self, at: int, event: Event) -> None:
        if (event.kind == "begins") != (at == 0):
            self._fault(at, "a log begins once, with its first line")
        try:
            if event.kind == "begins":
                self._origin = origin_of(event)
            elif event.kind == "key":
                self.found.keys.append(key_of(event))
                if event.facts.get("previous") == "lost":
                    self._report.notes.append(
                        f"the key changed at byte {at} of the custody log, and the one before it "
                        "did not sign that"
                    )
            elif event.kind == "withdrawn":
                place = withdrawn_place(event)
                self.found.withdrawn[place] = str(event.facts["capture"])
                if (sealed := event.facts.get("sealed")) is not None:
                    self.found.sealed[str(sealed)] = str(event.facts["sealed-sha256"])
                if (entries := event.facts.get("entries")) is not None:
                    self.found.withdrawn_entries[place] = str(entries)
        except (KeyError, TypeError, ValueError):
            self._fault(at, f"an event {event.kind[:20]!r} that cannot be read")
        if event.kind != "begins":
            self._last_event = at

    def _checkpoint_files(self) -> list[tuple[int, str, bytes]]:
        """Size by its name, name and text of every checkpoint, the newest first."""
        folder = self._folder / CHECKPOINTS
        found = []
        if folder.is_dir():
            for path in folder.iterdir():
                if path.name.isdecimal() and path.name.isascii():
                    with disk_work("read", path), plain_file(path) as file:
                        text = file.read(note.LIMIT + 1)
                    found.append((int(path.name), f"custody/{CHECKPOINTS}/{path.name}", text))
        return sorted(found, reverse=True)

    def _check_signatures(self, at: int) -> None:
        """Check the checkpoints of the tree as it is now; the next entry begins at `at`."""
        while self._notes and self._notes[-1][0] <= self._tree.size:
            _, name, text = self._notes.pop()
            self._report.checkpoints += 1
            try:
                self._check_signature(name, text)
            except (KeyError, ValueError) as error:
                self._report.fault(name, 0, str(error)[:200])
            else:
                self.found.signed_to = at
                self._last_event = None

    def _check_signature(self, name: str, signed: bytes) -> None:
        """Raises: ValueError."""
        is_newest = not self._notes
        text, signers = note.read(signed, self.found.keys)
        one = Checkpoint.parse(text)
        if one.text() != text or name != f"custody/{CHECKPOINTS}/{checkpoint_name(one.size)}":
            raise ValueError("the checkpoint is not in its own form or place")
        if one.origin != self._origin:
            raise ValueError("it is the checkpoint of another log")
        signed_before, self._signed = self._signed, one.size
        if one.previous != signed_before:
            raise ValueError(f"the checkpoint before it, of {one.previous} entries, is not there")
        if one.root != self._tree.root():
            self._fault(self.found.signed_to, f"from here on the log is not what {name} signed")
            raise ValueError("the log's entries do not have the root that was signed")
        if is_newest and self._trusted and not set(signers) & set(self._trusted):
            raise ValueError("none of the keys that were given signed it")
        self.found.digests |= {file.name: (file.size_bytes, file.sha256) for file in one.files}
