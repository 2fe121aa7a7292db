"""Checkpoints (C2SP `tlog-checkpoint`): what the log was at an instant, to be signed.

origin                               dateline/log/ID
tree size                            in decimal
root hash                            base64
at INSTANT                           extension lines, each a word and what it says
previous SIZE                        of the checkpoint before; 0 for the first
run ID / report sha256:HEX           whose end this is, and its report's record
warc BYTES sha256:HEX NAME           a file as it was then
"""

import base64
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from archive.instants import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """A WARC file as it was: all its bytes, compressed as they are."""

    name: str
    size_bytes: int
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A state of the log."""

    origin: str
    size: int
    """How many entries."""
    root: bytes
    at: dt.datetime
    previous: int
    run_id: str | None = None
    report: bytes | None = None
    """SHA-256 of the record that holds the run's report."""
    wacz_key: str | None = None
    """Public ECDSA key of packages: DER in base64."""
    files: Sequence[FileDigest] = ()

    def text(self) -> str:
        """The text to sign."""
        lines = [
            self.origin,
            str(self.size),
            base64.b64encode(self.root).decode(),
            f"at {instant(self.at)}",
            f"previous {self.previous}",
        ]
        if self.run_id is not None:
            lines.append(f"run {self.run_id}")
        if self.report is not None:
            lines.append(f"report sha256:{self.report.hex()}")
        if self.wacz_key is not None:
            lines.append(f"wacz-key {self.wacz_key}")
        lines += [
            f"warc {one.size_bytes} sha256:{one.sha256.hex()} {one.name}" for one in self.files
        ]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read what `text` wrote; extension lines of other words are let be.

        Raises: ValueError.
        """
        origin, size, root, *extensions = text.removesuffix("\n").split("\n")
        if not origin or not size.isdecimal() or str(int(size)) != size:
            raise ValueError("not a checkpoint")
        said = dict(line.partition(" ")[::2] for line in extensions)
        files = [line.split(" ", 3) for line in extensions if line.startswith("warc ")]
        return cls(
            origin=origin,
            size=int(size),
            root=base64.b64decode(root, validate=True),
            at=dt.datetime.fromisoformat(said["at"]),
            previous=int(said["previous"]),
            run_id=said.get("run"),
            report=_sha256(said["report"]) if "report" in said else None,
            wacz_key=said.get("wacz-key"),
            files=tuple(
                FileDigest(name=name, size_bytes=int(count), sha256=_sha256(digest))
                for _, count, digest, name in files
            ),
        )


def _sha256(text: str) -> bytes:
    label, _, digits = text.partition(":")
    if label != "sha256" or len(digits) != 64:
        raise ValueError("not a sha256 digest")
    return bytes.fromhex(digits)
