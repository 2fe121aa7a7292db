"""What a log says of itself, for a person to look at. Whether it holds is for `verify`."""

import collections
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.custody.checkpoint import Checkpoint
from archive.custody.entry import Event, key_of, origin_of
from archive.custody.folder import CHECKPOINTS, LOG, checkpoint_names, entries_of, newest_checkpoint
from archive.custody.note import Verifier
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.errors import CaptureNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyState:
    """A log at a glance."""

    origin: str
    records: int
    events: Mapping[str, int]
    """How many of each kind."""
    keys: Sequence[Verifier]
    """Those that it announces, in their order."""
    checkpoints: int
    newest: Checkpoint | None
    """None where it was never signed."""
    note: str | None
    """The newest checkpoint as it is signed."""


def custody_state(folder: ArchiveFolder) -> CustodyState:
    """Look at a log.

    Raises: CaptureNotFound where there is none; BadProof where it is damaged.
    """
    log = folder.custody / LOG
    if not log.is_file():
        raise CaptureNotFound(f"{folder.root} has no custody log yet; the next run begins one")
    records, origin = 0, ""
    events: collections.Counter[str] = collections.Counter()
    keys: list[Verifier] = []
    with disk_work("read", log):
        for entry in entries_of(log):
            if not isinstance(entry, Event):
                records += 1
                continue
            events[entry.kind] += 1
            if entry.kind == "begins":
                origin = origin_of(entry)
            elif entry.kind == "key":
                keys.append(key_of(entry))
        names = checkpoint_names(folder.custody / CHECKPOINTS)
        signed, newest = None, None
        if names:
            signed, newest, _ = newest_checkpoint(folder, keys)
    return CustodyState(
        origin=origin,
        records=records,
        events=events,
        keys=keys,
        checkpoints=len(names),
        newest=newest,
        note=signed,
    )
