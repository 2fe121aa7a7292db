"""What goes wrong in the archive, as one family.

ArchiveError            everything the archive raises on purpose
├─ BadRecord            stored bytes are wrong; has .path and .offset
│  └─ DigestMismatch    has .expected and .actual
├─ BadProof             a custody proof does not hold, or cannot be made
│  └─ NotSigned         no checkpoint covers it, so far
├─ BadPosition          no position of this feed, or no longer one; also a ValueError
├─ CaptureNotFound      also a LookupError
├─ SealError            no key to seal with, or nothing to seal with; also a ValueError
├─ NotAnArchive         the folder is none, or is of a newer format
├─ StoreUnavailable     disk, space or database: stop the crawl
│  └─ ArchiveBusy       another process holds the writer lock; try again later
└─ InvalidUrl           also a ValueError
"""

from pathlib import Path


class ArchiveError(Exception):
    """Everything the archive raises on purpose. Its text is one line, fit for a person."""


class BadRecord(ArchiveError):
    """Stored bytes are not what they should be, at `path` and byte `offset`."""

    def __init__(self, message: str, *, path: Path, offset: int) -> None:
        super().__init__(f"{path.name} at byte {offset}: {message}")
        self.path = path
        self.offset = offset


class DigestMismatch(BadRecord):
    """A record's bytes do not have the digest that its header names."""

    def __init__(
        self, message: str, *, path: Path, offset: int, expected: str, actual: str
    ) -> None:
        super().__init__(
            f"{message}: expected {expected}, found {actual}", path=path, offset=offset
        )
        self.expected = expected
        self.actual = actual


class BadProof(ArchiveError):
    """A custody proof does not hold, or cannot be made."""


class NotSigned(BadProof):
    """Nothing was signed yet that covers it: once it is, there is a proof."""


class BadPosition(ArchiveError, ValueError):
    """No position of this catalogue's change feed, or of what it was before it was rebuilt."""


class CaptureNotFound(ArchiveError, LookupError):
    """No capture answers to that URL or id."""


class SealError(ArchiveError, ValueError):
    """A key to seal with is none, or the library that seals is missing."""


class NotAnArchive(ArchiveError):
    """The folder holds no archive, or one that this version cannot read."""


class StoreUnavailable(ArchiveError):
    """The disk, its space or the database failed: nothing more can be kept, stop the crawl."""


class ArchiveBusy(StoreUnavailable):
    """Another process writes this archive."""


class InvalidUrl(ArchiveError, ValueError):
    """Not an absolute http or https URL with a host."""
