"""What a reader says of a picture's bytes: the word `media` of the data model.

A picture's identity is the SHA-256 of its payload with transfer and content coding undone, so that
one file is one picture however it was sent.
"""

import re
from dataclasses import dataclass

from archive.digest import Digest

_PDQ = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture file. Width and height are in pixels, as its header states them."""

    digest: Digest
    """Its identity: SHA-256 of the decoded payload."""
    type: str
    """Media type by its first bytes, whatever the server called it: `image/jpeg`."""
    size_bytes: int
    width: int | None = None
    height: int | None = None
    pdq: str | None = None
    """PDQ, a perceptual hash of 256 bits, in 64 hexadecimal digits (ThreatExchange, "The TMK+PDQF
    Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm"); None where none was made."""
    pdq_quality: int | None = None
    """0 to 100: how much there is in the picture for PDQ to tell it by."""

    def __post_init__(self) -> None:
        if self.pdq is not None and not _PDQ.fullmatch(self.pdq):
            raise ValueError("a PDQ hash is 64 hexadecimal digits")
