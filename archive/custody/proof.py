"""Proofs that records are in a log: whole in one file, to be checked by anybody, offline.

A proof is JSON: for each record of a capture its SHA-256, its number in the log and the path from
there to the root (RFC 6962, section 2.1.1); the signed checkpoint; the public key; and the earliest
time stamps after which they were there. Beside it goes a small WARC file with the records
themselves. `docs/check_proof.py` checks both, but for the stamps, with nothing of ours.
"""

import datetime as dt
import itertools
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.codec import plain_json
from archive.custody import note
from archive.custody.carried import CarriedStamp, carried_stamps
from archive.custody.checkpoint import Checkpoint
from archive.custody.entry import Event, key_of
from archive.custody.folder import LOG, entries_of, leaves_of, newest_checkpoint
from archive.custody.note import Verifier
from archive.custody.stamps import Stamp, stamp_files
from archive.custody.tree import inclusion_path, root_from_path
from archive.digest import Digest
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.errors import BadProof, CaptureNotFound, NotSigned
from archive.model import Locator
from archive.warc.fields import target_uri
from archive.warc.framing import Members, RecordHead
from archive.warc.names import open_warc
from archive.warc.records import END
from archive.warc.stored import RecordHash
from archive.warc.tombstone import WITHDRAWAL

FORMAT = "dateline-proof/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenRecord:
    """One record of the capture."""

    record_id: str
    sha256: bytes
    index: int
    path: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What `prove` makes and `check` reads."""

    capture: str
    records: Sequence[ProvenRecord]
    checkpoint: str
    """The signed note."""
    key: Verifier
    """Whose signature is meant."""
    stamps: Sequence[CarriedStamp] = ()
    """On the oldest checkpoint that covers all the records and was stamped."""

    def to_json(self) -> str:
        """The file's text."""
        records = [
            {
                "record_id": one.record_id,
                "sha256": one.sha256.hex(),
                "index": one.index,
                "path": [node.hex() for node in one.path],
            }
            for one in self.records
        ]
        said = {
            "format": FORMAT,
            "capture": self.capture,
            "records": records,
            "checkpoint": self.checkpoint,
            "key": str(self.key),
            "stamps": [one.facts() for one in self.stamps],
        }
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def parse(cls, text: str) -> "Proof":
        """Read what `to_json` wrote.

        Raises: BadProof.
        """
        try:
            said = plain_json(text)
            if said["format"] != FORMAT:
                raise BadProof("the proof is of another format")
            return cls(
                capture=str(said["capture"]),
                records=tuple(
                    ProvenRecord(
                        record_id=str(one["record_id"]),
                        sha256=bytes.fromhex(one["sha256"]),
                        index=int(one["index"]),
                        path=tuple(map(bytes.fromhex, one["path"])),
                    )
                    for one in said["records"]
                ),
                checkpoint=str(said["checkpoint"]),
                key=Verifier.parse(said["key"]),
                stamps=tuple(map(CarriedStamp.of_facts, said.get("stamps", ()))),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadProof(f"the proof cannot be read: {str(error)[:200]}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a proof that holds says."""

    capture: str | None
    """Whose proof it is; None where the capture's own record is not among those given."""
    records: Sequence[str]
    """Ids of the records whose bytes were given and are proved, as these bytes have them."""
    checkpoint: Checkpoint
    key: Verifier
    stamps: Sequence[Stamp]
    """By which all records of the proof were there; the authority's roots are the proof's own word
    until somebody compares them."""

    @property
    def stamped_at(self) -> dt.datetime | None:
        """When all records were there, by the earliest of the stamps; None without."""
        return min((one.at for one in self.stamps), default=None)


def prove(folder: ArchiveFolder, place: Locator) -> tuple[Proof, bytes]:
    """The proof of the capture at `place`, and its records as a WARC file.

    Raises: BadRecord; CaptureNotFound where the log does not have it; NotSigned where no checkpoint
    covers it yet; BadProof.
    """
    span, wanted = _exchange(folder, place)
    log = folder.custody / LOG
    found: dict[str, tuple[int, bytes]] = {}
    keys: list[Verifier] = []
    with disk_work("read", log):
        for index, entry in enumerate(entries_of(log)):
            if isinstance(entry, Event):
                if entry.kind == "key":
                    keys.append(key_of(entry))
            elif entry.locator.warc == place.warc and entry.record_id in wanted:
                found[entry.record_id] = (index, entry.sha256)
        if {record_id: sha256 for record_id, (_, sha256) in found.items()} != wanted:
            raise CaptureNotFound("the custody log does not have this capture as it is")
        signed, checkpoint, key = newest_checkpoint(folder, keys)
        last = max(index for index, _ in found.values())
        if checkpoint.size <= last:
            raise NotSigned("no checkpoint covers this capture yet: its run is not over")
        records = tuple(
            ProvenRecord(
                record_id=record_id,
                sha256=sha256,
                index=index,
                path=tuple(inclusion_path(leaves_of(log, checkpoint.size), index)),
            )
            for record_id, (index, sha256) in found.items()
        )
        sizes = (size for size, *_ in stamp_files(folder.custody) if last < size <= checkpoint.size)
        oldest = min(sizes, default=None)
        stamps = carried_stamps(
            folder.custody,
            checkpoint,
            leaves=leaves_of(log, checkpoint.size),
            among=lambda size: size == oldest,
        )
    first = min(records, key=lambda one: one.index)
    proof = Proof(
        capture=first.record_id,
        records=records,
        checkpoint=signed,
        key=key,
        stamps=tuple(one for _, one in stamps),
    )
    return proof, span


def check(proof: Proof, warc: bytes, *, key: Verifier | None = None) -> Checked:
    """Check a proof against the records in `warc`, gzip members or one record as it is.

    `key` is the one that is trusted; without it the proof's own key is believed.

    Raises: BadProof, saying what does not hold.
    """
    trusted = key or proof.key
    try:
        text, _ = note.read(proof.checkpoint.encode(), [trusted])
        checkpoint = Checkpoint.parse(text)
        digests = {one.sha256: one for one in proof.records}
        proved = []
        for record in _records(warc):
            one = digests.get(Digest.of(record).raw())
            if one is None:
                raise BadProof("a record is not one of those that are proved: it was changed")
            record_id = _id_of(record)
            if record_id != one.record_id:
                raise BadProof(f"the proof calls the record {record_id} by another name")
            root = root_from_path(one.sha256, one.index, checkpoint.size, one.path)
            if root != checkpoint.root:
                raise BadProof(f"{record_id} does not lead to the root that was signed")
            proved.append(record_id)
        stamps = tuple(one.check(checkpoint) for one in proof.stamps)
    except (KeyError, ValueError, zlib.error) as error:
        raise BadProof(str(error)[:200]) from error
    if not proved:
        raise BadProof("there is no record to check")
    if proof.capture != min(proof.records, key=lambda one: one.index).record_id:
        raise BadProof("the proof is of records of another capture than it says")
    if any(stamp.size <= one.index for stamp in stamps for one in proof.records):
        raise BadProof("a time stamp is older than a record of the proof")
    capture = proof.capture if proof.capture in proved else None
    return Checked(
        capture=capture, records=proved, checkpoint=checkpoint, key=trusted, stamps=stamps
    )


def _exchange(folder: ArchiveFolder, place: Locator) -> tuple[bytes, Mapping[str, bytes]]:
    """The packed records of an exchange, and by their ids their SHA-256; its metadata is last."""
    file = open_warc(folder.warc, place.warc)
    if file is None:
        raise CaptureNotFound(f"there is no file {place.warc}")
    records = {}
    with file, disk_work("read", folder.warc / place.warc):
        members = Members(file, Path(place.warc), place.offset)
        while (found := members.next()) is not None:
            head, block = found
            state = RecordHash(members.raw_head)
            is_tombstone = head.kind == "resource" and WITHDRAWAL in b"".join(
                state.passing(itertools.islice(block, 1))
            )
            if is_tombstone:
                raise CaptureNotFound("this capture was withdrawn")
            for _ in state.passing(block):
                pass
            records[target_uri(head.need_id("warc-record-id"))] = state.with_end()
            if head.kind == "metadata":
                break
        end = members.position
        file.seek(place.offset)
        return file.read(end - place.offset), records


def _id_of(record: bytes) -> str:
    """Its own word for what it is called. Raises: ValueError where it is no WARC record."""
    head = record[: record.find(END) + len(END)]
    return RecordHead.parse(head).need_id("warc-record-id")


def _records(warc: bytes) -> Iterator[bytes]:
    """Each record, unpacked."""
    if not warc.startswith(b"\x1f\x8b"):
        yield warc
        return
    while warc:
        state = zlib.decompressobj(31)
        record = state.decompress(warc)
        if not state.eof:
            raise BadProof("the records are cut short")
        yield record
        warc = state.unused_data
