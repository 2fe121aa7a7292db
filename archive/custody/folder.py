"""A log's folder: what its files are called, and what stands in them, for who only reads.

DIR/custody/log                     the lines (entry.py)
DIR/custody/checkpoints/SIZE        signed states (checkpoint.py)
DIR/custody/stamps/SIZE-ID.tsr      trusted times of them (stamps.py)
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.custody import note
from archive.custody.checkpoint import Checkpoint
from archive.custody.entry import LINE_LIMIT, Event, parse_line
from archive.custody.note import Verifier
from archive.disk.files import plain_file, small_file
from archive.disk.folder import ArchiveFolder
from archive.errors import BadProof, NotSigned
from archive.warc.stored import Stored

LOG = "log"
CHECKPOINTS = "checkpoints"


def checkpoint_name(size: int) -> str:
    """What the checkpoint of so many entries is called."""
    return f"{size:012d}"


def checkpoint_names(folder: Path) -> list[str]:
    """The files of a log's checkpoints, the newest last. May raise OSError."""
    return sorted(path.name for path in folder.iterdir() if path.name.isdecimal())


def entries_of(log: Path) -> Iterator[Stored | Event]:
    """The entries of a log, to its last whole line. Raises: BadProof; may raise OSError."""
    with plain_file(log) as file:
        while (line := file.readline(LINE_LIMIT)).endswith(b"\n"):
            try:
                yield parse_line(line[:-1])
            except ValueError as error:
                raise BadProof("the custody log is damaged: `dateline verify` says where") from (
                    error
                )


def leaves_of(log: Path, size: int) -> Iterator[bytes]:
    """What enters the tree of a log's first `size` entries. Raises as `entries_of`."""
    for entry, _ in zip(entries_of(log), range(size), strict=False):
        yield entry.sha256


def newest_checkpoint(
    folder: ArchiveFolder, keys: Sequence[Verifier]
) -> tuple[str, Checkpoint, Verifier]:
    """The newest checkpoint: as it is signed, as it is read, and by whom.

    Raises: BadProof, NotSigned; may raise OSError.
    """
    checkpoints = folder.custody / CHECKPOINTS
    names = checkpoint_names(checkpoints)
    if not names:
        raise NotSigned("the custody log was never signed")
    signed = small_file(checkpoints / names[-1])
    try:
        text, signers = note.read(signed, keys)
        return signed.decode(), Checkpoint.parse(text), signers[0]
    except (KeyError, ValueError) as error:
        raise BadProof(f"checkpoint {names[-1]}: {error}") from error
