"""What proves a package's records, beside it: `NAME.wacz.custody.jsonl`.

One object of JSON a line. First the newest checkpoint of the custody log, signed, with the log's
public key and the package's digest; then the time stamps on that checkpoint and those before, each
with the checkpoint that it stamps and what shows that the log grew out of that one (section 2.1.2);
then for each capture its own record's SHA-256, number in the log and path to the checkpoint's root
(RFC 6962, section 2.1.1). Of a whole archive no paths are written but every leaf of the log, from
which the roots follow. `package_check.py` holds both against each other.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from archive.catalogue import Captures, Selection
from archive.custody.carried import carried_stamps
from archive.custody.entry import Event, key_of
from archive.custody.folder import LOG, entries_of, leaves_of, newest_checkpoint
from archive.custody.note import Verifier
from archive.custody.tree import inclusion_paths
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.export.wacz import Exported
from archive.model import CaptureKind
from archive.warc.stored import Stored

FORMAT = "dateline-custody/1"
SUFFIX = ".custody.jsonl"


def write_sidecar(root: Path, made: Exported) -> Path:
    """Write what the archive at `root` can prove of the package `made` from it, beside it.

    Raises: BadProof where the log was never signed; NotAnArchive; StoreUnavailable.
    """
    folder = ArchiveFolder.open(root)
    target = made.path.with_name(made.path.name + SUFFIX)
    with disk_work("write", target), target.open("w", encoding="ascii") as file:
        for line in _lines(folder, made):
            file.write(json.dumps(line) + "\n")
    return target


def _lines(folder: ArchiveFolder, made: Exported) -> Iterator[dict[str, object]]:
    log = folder.custody / LOG
    keys: list[Verifier] = [
        key_of(entry)
        for entry in entries_of(log)
        if isinstance(entry, Event) and entry.kind == "key"
    ]
    signed, checkpoint, key = newest_checkpoint(folder, keys)
    yield {
        "format": FORMAT,
        "package": made.path.name,
        "digest": made.digest,
        "checkpoint": signed,
        "key": str(key),
        "is_whole": made.is_whole,
    }
    leaves = None if made.record_ids is None else leaves_of(log, checkpoint.size)
    for name, stamp in carried_stamps(folder.custody, checkpoint, leaves=leaves):
        yield {"stamp": name, **stamp.facts()}
    if made.record_ids is None:
        for leaf in leaves_of(log, checkpoint.size):
            yield {"leaf": leaf.hex()}
        return
    found = dict(_chosen(folder, log, made.record_ids, checkpoint.size))
    paths = inclusion_paths(leaves_of(log, checkpoint.size), found)
    for index, entry in sorted(found.items()):
        yield {
            "record_id": entry.record_id,
            "sha256": entry.sha256.hex(),
            "index": index,
            "path": [node.hex() for node in paths[index]],
        }


def _chosen(
    folder: ArchiveFolder, log: Path, record_ids: frozenset[str], size: int
) -> Iterator[tuple[int, Stored]]:
    """The log's entries of the chosen captures' own records, by their number.

    Those without an answer are in no part of an archive (wacz.py).
    """
    places = {
        (one.locator.warc, one.locator.offset)
        for one in Captures(folder.catalogue).choose(Selection(record_ids=record_ids))
        if one.kind is not CaptureKind.FAILURE
    }
    for index, entry in zip(range(size), entries_of(log), strict=False):
        if isinstance(entry, Stored) and (entry.locator.warc, entry.locator.offset) in places:
            yield index, entry
