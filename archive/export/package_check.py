"""A package checked against the proof beside it (sidecar.py): offline, without the archive.

    the checkpoint       signed by the key that is trusted
    datapackage.json     the digest that the proof names; every file of the package what it says;
                         signed by the key that the checkpoint names for packages
    the time stamps      each over a checkpoint that the log grew out of, by the authority's roots
    the proof's records  each by its path to the checkpoint's root; of a whole archive all leaves
    the WARC files       every answer is one that is proved; of a part none of these is missing

Requests, metadata and warcinfo of a part are hashed by the package, and named by no proof. Leaves
do not tell records from events: that a whole package misses none is its signer's word.
"""

import datetime as dt
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from archive.codec import plain_json
from archive.custody import note
from archive.custody.carried import CarriedStamp
from archive.custody.checkpoint import Checkpoint
from archive.custody.note import Verifier
from archive.custody.stamps import Stamp
from archive.custody.tree import Tree, root_from_path
from archive.errors import BadProof, BadRecord
from archive.export.opened import opened_package
from archive.export.sidecar import FORMAT
from archive.export.signing import is_signed
from archive.warc.framing import Members
from archive.warc.stored import RecordHash
from archive.warc.tombstone import URI as WITHDRAWN

PIECE = 1024 * 1024
_LINE_LIMIT = 1024 * 1024
_DATAPACKAGE_LIMIT = 16 * 1024 * 1024
_ANSWERS = frozenset({"response", "revisit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPackage:
    """What a package that holds says."""

    digest: str
    """Of its datapackage.json."""
    is_whole: bool
    proved: int
    """Records in it that are in the log."""
    unnamed: int
    """Records that no proof names: requests, metadata and warcinfo of a part."""
    withdrawn: int
    """Tombstones: what stood there was withdrawn before the package was made."""
    checkpoint: Checkpoint
    key: Verifier
    stamps: tuple[Stamp, ...]
    """Of the checkpoints that were stamped, the smallest first; the authority's roots are the
    proof's own word until somebody compares them."""
    stamped_at: dt.datetime | None
    """When the records that are proved were all there, by the earliest such stamp; None without."""


class _Leaf(NamedTuple):
    """A record that the proof leads to: its number in the log and, where it is told, its name."""

    number: int
    name: str | None


def check_package(package: Path, proof: Path, *, key: Verifier | None = None) -> CheckedPackage:
    """Check the WACZ `package` against `proof`, its `.custody.jsonl`.

    `key` is the one that is trusted; without it the proof's own key is believed.

    Raises: BadProof, saying what does not hold and where; OSError.
    """
    try:
        with proof.open("rb") as file, opened_package(package) as opened:
            lines = _lines(file)
            said = next(lines, {})
            if said.get("format") != FORMAT:
                raise BadProof(f"{proof.name} is no proof of a package")
            trusted = key or Verifier.parse(said["key"])
            text, _ = note.read(said["checkpoint"].encode(), [trusted])
            checkpoint = Checkpoint.parse(text)
            _check_files(opened, str(said["digest"]))
            _check_signature(opened, str(said["digest"]), checkpoint)
            is_whole = said["is_whole"] is True
            proved, stamps = (_leaves if is_whole else _paths)(lines, checkpoint)
            counts, count = _check_records(opened, proved, is_whole=is_whole)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadProof(f"the proof cannot be read: {str(error)[:200]}") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadProof(f"{package.name} cannot be read: {str(error)[:200]}") from error
    except BadRecord as error:
        raise BadProof(str(error)) from error
    return CheckedPackage(
        digest=str(said["digest"]),
        is_whole=is_whole,
        checkpoint=checkpoint,
        key=trusted,
        stamps=stamps,
        stamped_at=min((one.at for one in stamps if 0 < count <= one.size), default=None),
        **counts,
    )


def _lines(file: BinaryIO) -> Iterator[dict[str, Any]]:
    while line := file.readline(_LINE_LIMIT):
        yield plain_json(line)


def _check_files(opened: zipfile.ZipFile, digest: str) -> None:
    """Hold every file against datapackage.json, and that against the digest that is proved."""
    with opened.open("datapackage.json") as file:
        about = file.read(_DATAPACKAGE_LIMIT)
    if f"sha256:{hashlib.sha256(about).hexdigest()}" != digest:
        raise BadProof("datapackage.json is not what the proof says: it is of another package")
    told = {one["path"]: one["hash"] for one in plain_json(about)["resources"]}
    there = set(opened.namelist()) - {"datapackage.json", "datapackage-digest.json"}
    if there != set(told) or len(opened.namelist()) != len(set(opened.namelist())):
        raise BadProof("the package has other files than its datapackage.json says")
    for name, expected in told.items():
        with opened.open(name) as file:
            state = hashlib.sha256()
            while piece := file.read(PIECE):
                state.update(piece)
        if expected != f"sha256:{state.hexdigest()}":
            raise BadProof(f"{name} is not what datapackage.json says of it")


def _check_signature(opened: zipfile.ZipFile, digest: str, checkpoint: Checkpoint) -> None:
    """The package's own signature must be by the key that the checkpoint names for packages."""
    with opened.open("datapackage-digest.json") as file:
        said = plain_json(file.read(_LINE_LIMIT))
    signed = {str(name): str(value) for name, value in said["signedData"].items()}
    if {said["hash"], signed["hash"]} != {digest} or not is_signed(signed):
        raise BadProof("the package's signature does not hold")
    if signed["publicKey"] != checkpoint.wacz_key:
        raise BadProof("the package is signed by another key than the log names")


def _leaves(
    lines: Iterator[dict[str, Any]], checkpoint: Checkpoint
) -> tuple[dict[bytes, _Leaf], tuple[Stamp, ...]]:
    """What the leaves of a whole log prove; without names, which stand in the records."""
    tree, proved = Tree(), dict[bytes, _Leaf]()
    stamps: list[CarriedStamp] = []
    roots: dict[int, bytes] = {}
    for line in lines:
        if (stamp := _stamped(line)) is not None:
            stamps.append(stamp)
            roots[stamp.stamped.size] = b""
        elif "leaf" in line:
            leaf = bytes.fromhex(line["leaf"])
            proved[leaf] = _Leaf(tree.size, None)
            tree.append(leaf)
            if tree.size in roots:
                roots[tree.size] = tree.root()
    if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
        raise BadProof("the leaves do not lead to the root that was signed")
    return proved, tuple(one.check(checkpoint, root=roots[one.stamped.size]) for one in stamps)


def _paths(
    lines: Iterator[dict[str, Any]], checkpoint: Checkpoint
) -> tuple[dict[bytes, _Leaf], tuple[Stamp, ...]]:
    """The records that a part's proof names, once each leads to the root."""
    proved, stamps = dict[bytes, _Leaf](), list[Stamp]()
    for line in lines:
        if (stamp := _stamped(line)) is not None:
            stamps.append(stamp.check(checkpoint))
        if "record_id" not in line:
            continue
        name, sha256 = str(line["record_id"]), bytes.fromhex(line["sha256"])
        path = [bytes.fromhex(node) for node in line["path"]]
        root = None
        with suppress(ValueError):
            root = root_from_path(sha256, int(line["index"]), checkpoint.size, path)
        if root != checkpoint.root:
            raise BadProof(f"{name[:100]} does not lead to the root that was signed")
        proved[sha256] = _Leaf(int(line["index"]), name)
    return proved, tuple(stamps)


def _stamped(line: dict[str, Any]) -> CarriedStamp | None:
    """The time stamp of a line; None where it is no such line.

    Proofs of before have stamps without their checkpoints, by which nothing can be told.
    """
    if "stamp" not in line or "checkpoint" not in line:
        return None
    return CarriedStamp.of_facts(line)


def _check_records(
    opened: zipfile.ZipFile, proved: Mapping[bytes, _Leaf], *, is_whole: bool
) -> tuple[dict[str, int], int]:
    """How many records there are of each sort, and by how many entries the log had them all."""
    counts = {"proved": 0, "unnamed": 0, "withdrawn": 0}
    seen: set[bytes] = set()
    for name in opened.namelist():
        if not name.startswith("archive/"):
            continue
        with opened.open(name) as file:
            members = Members(cast("BinaryIO", file), Path(name))
            while (found := members.next()) is not None:
                head, block = found
                state = RecordHash(members.raw_head)
                for _ in state.passing(block):
                    pass
                sha256 = state.with_end()
                if sha256 in proved:
                    if proved[sha256].name not in (None, head.need_id("warc-record-id")):
                        raise members.bad("the proof calls this record by another name")
                    counts["proved"] += 1
                    seen.add(sha256)
                elif head.get("warc-target-uri") == WITHDRAWN and is_whole:
                    counts["withdrawn"] += 1
                elif is_whole or head.kind in _ANSWERS:
                    raise members.bad("no proof leads to this record: it was changed, or added")
                else:
                    counts["unnamed"] += 1
    missing = [
        leaf.name for sha256, leaf in proved.items() if leaf.name is not None and sha256 not in seen
    ]
    if missing:
        raise BadProof(f"{missing[0][:100]} is proved, and not in the package")
    return counts, max((proved[sha256].number + 1 for sha256 in seen), default=0)
