"""Records copied as they lie: whole files, or the exchanges that were chosen, member by member.

Nothing is inflated and packed again: a copied record has the very bytes of its gzip member.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.errors import BadRecord
from archive.model import Capture
from archive.warc.fields import read_fields
from archive.warc.framing import METADATA_LIMIT, Members

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Where a capture's record lies in the copy."""

    capture: Capture
    offset: int
    length: int
    digest: str
    """SHA-256 (hex, labelled) of the gzip member."""


class RecordCopy:
    """A copy of one WARC file, or of a part of it, in the making.

    `tell` learns of each capture once its record was copied.
    """

    def __init__(self, source: BinaryIO, path: Path, tell: Callable[[Copied], None]) -> None:
        self._source = source
        self._path = path
        self._tell = tell
        self._written = 0

    def whole(self, end: int, captures: Iterable[Capture]) -> Iterator[bytes]:
        """The file up to `end`. `captures` are those of the file, in their order.

        Raises: BadRecord where the file is shorter.
        """
        position = 0
        for capture in captures:
            at = capture.locator
            if at.offset + at.length > end:
                break  # catalogued since
            yield from self._span(position, at.offset)
            yield from self._main(capture)
            position = at.offset + at.length
        yield from self._span(position, end)

    def chosen(
        self, captures: Iterable[Capture], *, first: bytes | None, has_requests: bool
    ) -> Iterator[bytes]:
        """The exchanges of `captures`, each with its metadata, after the file's warcinfo.

        `first` stands in the warcinfo's place; `has_requests` copies the requests too. A capture
        without a response is left out.

        Raises: BadRecord where the file is not what was written.
        """
        if first is None:
            info = Members(self._source, self._path)
            self._pass(info)
            yield from self._span(0, info.position)
        else:
            self._written += len(first)
            yield first
        for capture in captures:
            yield from self._main(capture)
            at = capture.locator
            members = Members(self._source, self._path, at.offset + at.length)
            is_last = False
            while not is_last:
                start = members.position
                kind, is_last = self._pass(members)
                end = members.position
                if kind == "metadata" or has_requests:
                    yield from self._span(start, end)
                    # `_span` moved the file's own position.
                    members = Members(self._source, self._path, end)

    def _pass(self, members: Members) -> tuple[str, bool]:
        """Read one record: its kind, and whether it is what an exchange ends with."""
        found = members.next()
        if found is None:
            raise members.bad("the file ends within an exchange")
        head, block = found
        facts = bytearray()
        for piece in block:
            if head.kind == "metadata" and len(facts) < METADATA_LIMIT:
                facts += piece
        if head.kind not in {"request", "metadata", "warcinfo"}:
            raise members.bad(f"a {head.kind[:20]!r} record within an exchange")
        is_end = head.kind == "metadata" and read_fields(bytes(facts)).get("describes") is not None
        return head.kind, is_end

    def _main(self, capture: Capture) -> Iterator[bytes]:
        at, digest = capture.locator, hashlib.sha256()
        begin = self._written
        for piece in self._span(at.offset, at.offset + at.length):
            digest.update(piece)
            yield piece
        self._tell(
            Copied(
                capture=capture,
                offset=begin,
                length=at.length,
                digest=f"sha256:{digest.hexdigest()}",
            )
        )

    def _span(self, start: int, end: int) -> Iterator[bytes]:
        self._source.seek(start)
        while start < end:
            piece = self._source.read(min(PIECE, end - start))
            if not piece:
                raise BadRecord("the file is cut short", path=self._path, offset=start)
            start += len(piece)
            self._written += len(piece)
            yield piece
