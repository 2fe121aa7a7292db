"""Time stamps that go with a proof, so that it shows by itself when the log held something.

A stamp is on a checkpoint, often an older one than the proof's own: whose signature that bears does
not matter, for what shows that the log grew out of it goes along (RFC 6962, section 2.1.2).
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from archive.custody.checkpoint import Checkpoint
from archive.custody.folder import CHECKPOINTS, checkpoint_name
from archive.custody.stamps import Stamp, check_stamp, stamp_files
from archive.custody.tree import consistency_paths, is_consistent
from archive.disk.files import small_file
from archive.errors import BadProof


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedStamp:
    """A stamp, and what it is on."""

    answer: bytes
    """The authority's, in DER."""
    certificates: str
    """In PEM, the root first."""
    signed: str
    """The checkpoint that was stamped, as it is signed."""
    consistency: tuple[bytes, ...]
    """From that checkpoint's tree to the proof's own; none where its leaves are told."""

    def facts(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "answer": base64.b64encode(self.answer).decode("ascii"),
            "certificates": self.certificates,
            "checkpoint": self.signed,
            "consistency": [node.hex() for node in self.consistency],
        }

    @classmethod
    def of_facts(cls, said: Mapping[str, Any]) -> Self:
        """What `facts` told. Raises: KeyError, TypeError or ValueError."""
        return cls(
            answer=base64.b64decode(said["answer"], validate=True),
            certificates=str(said["certificates"]),
            signed=str(said["checkpoint"]),
            consistency=tuple(map(bytes.fromhex, said["consistency"])),
        )

    @property
    def stamped(self) -> Checkpoint:
        """The checkpoint that was stamped. Raises: ValueError."""
        return Checkpoint.parse(self.signed.rpartition("\n\n")[0] + "\n")

    def check(self, newest: Checkpoint, *, root: bytes | None = None) -> Stamp:
        """What the stamp says of the log whose proof is by the checkpoint `newest`.

        `root` is that of the stamped tree, where the leaves are known.

        Raises: BadProof; ValueError where the stamped checkpoint cannot be read.
        """
        older = self.stamped
        if root is None:
            is_ours = is_consistent(
                older.size, older.root, newest.size, newest.root, self.consistency
            )
        else:
            is_ours = older.root == root
        if not is_ours:
            raise BadProof("a time stamp is on a checkpoint of another log")
        return check_stamp(
            self.answer, self.certificates.encode(), self.signed.encode(), size=older.size
        )


def carried_stamps(
    custody: Path,
    newest: Checkpoint,
    *,
    leaves: Iterable[bytes] | None,
    among: Callable[[int], bool] = lambda _: True,
) -> list[tuple[str, CarriedStamp]]:
    """The stamps on `newest` and the checkpoints before, by their names.

    `leaves` are the log's; without them no stamp has its consistency. `among` says of a
    checkpoint's size whether its stamps are wanted. May raise OSError.
    """
    found = [one for one in stamp_files(custody) if one[0] <= newest.size and among(one[0])]
    sizes = {size for size, _, _, _ in found} if leaves is not None else ()
    grown = consistency_paths(leaves or (), newest.size, sizes)
    return [
        (
            name,
            CarriedStamp(
                answer=answer,
                certificates=roots.decode("ascii", "replace"),
                signed=small_file(custody / CHECKPOINTS / checkpoint_name(size)).decode(),
                consistency=tuple(grown.get(size, ())),
            ),
        )
        for size, name, answer, roots in found
    ]
