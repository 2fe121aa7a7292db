"""A record as the custody log names it: where it lies, and the SHA-256 of all its bytes.

All its bytes are those of the uncompressed record: header block from `WARC/1.1` on, block, and the
closing CR LF CR LF. So `gzip -dc` of its member, piped to `sha256sum`, gives the same.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.model import Locator
from archive.warc.framing import Members
from archive.warc.names import final_name
from archive.warc.records import END


@dataclass(frozen=True, slots=True)
class Stored:
    """A record in its file."""

    sha256: bytes
    """Of the whole record, uncompressed."""
    locator: Locator
    record_id: str


class RecordHash:
    """SHA-256 of a record in passing."""

    def __init__(self, head: bytes = b"") -> None:
        self._state = hashlib.sha256(head)

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks, counted in."""
        for chunk in chunks:
            self._state.update(chunk)
            yield chunk

    def whole(self) -> bytes:
        """The hash of what has passed."""
        return self._state.digest()

    def with_end(self) -> bytes:
        """The hash where header and block have passed, and the end was checked elsewhere."""
        state = self._state.copy()
        state.update(END)
        return state.digest()


def read_stored(file: BinaryIO, path: Path, start: int, end: int) -> Iterator[Stored]:
    """The records of a file of that final name from `start` to `end`.

    Raises: BadRecord at the first that is broken, or goes beyond `end`.
    """
    members = Members(file, path, start)
    while members.position < end and (found := members.next()) is not None:
        head, block = found
        state = RecordHash(members.raw_head)
        for _ in state.passing(block):
            pass
        offset = members.offset
        if members.position > end:
            raise members.bad(f"the record goes beyond byte {end}")
        locator = Locator(
            warc=final_name(path.name), offset=offset, length=members.position - offset
        )
        yield Stored(state.with_end(), locator, head.need_id("warc-record-id"))
