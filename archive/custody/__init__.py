"""The transparency log of an archive: every record, in a Merkle tree, signed."""

from archive.custody.checkpoint import Checkpoint, FileDigest
from archive.custody.copying import copy_log
from archive.custody.entry import Event
from archive.custody.keys import Keyring
from archive.custody.log import CustodyLog, note_event
from archive.custody.note import Signer, Verifier
from archive.custody.proof import Checked, Proof, check, prove
from archive.custody.stamps import Stamp, stamp
from archive.custody.state import CustodyState, custody_state

__all__ = [
    "Checked",
    "Checkpoint",
    "CustodyLog",
    "CustodyState",
    "Event",
    "FileDigest",
    "Keyring",
    "Proof",
    "Signer",
    "Stamp",
    "Verifier",
    "check",
    "copy_log",
    "custody_state",
    "note_event",
    "prove",
    "stamp",
]
