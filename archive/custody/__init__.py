"""The transparency log of an archive: every record, in a Merkle tree, signed."""

from archive.custody.checkpoint import Checkpoint, FileDigest
from archive.custody.entry import Event
from archive.custody.keys import Keyring
from archive.custody.log import CustodyLog, note_event
from archive.custody.note import Signer, Verifier

__all__ = [
    "Checkpoint",
    "CustodyLog",
    "Event",
    "FileDigest",
    "Keyring",
    "Signer",
    "Verifier",
    "note_event",
]
