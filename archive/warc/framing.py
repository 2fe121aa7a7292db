"""The framing of stored records: gzip members one after the other, and a WARC record in each.

Offsets and lengths are exact, and a gzip CRC that is wrong is an error, so that what is read here
can be trusted to be what was written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archive.errors import BadRecord
from archive.warc.deflate import DeflateError, inflater
from archive.warc.records import END
from archive.web.http import HEAD_LIMIT

INPUT = 32 * 1024
"""Read at a time: what follows a member is copied when it ends, so less is faster."""

PIECE = 256 * 1024
"""Inflated at a time, at the most."""

RECORD_HEAD_LIMIT = 128 * 1024
_FOLD = re.compile(r"\r\n[ \t]+")
"""A field goes on in a line that begins with a blank (WARC 1.1, section 4: named fields)."""

METADATA_LIMIT = 16 * 1024 * 1024
"""A metadata or warcinfo block is read into memory, up to this size."""


@dataclass(frozen=True, slots=True)
class RecordHead:
    """A WARC record's header."""

    fields: tuple[tuple[str, str], ...]
    """Names in lower case."""
    size: int
    """Content-Length: of the block, in bytes."""
    first: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """The first value of each field."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", dict(reversed(self.fields)))

    @classmethod
    def parse(cls, raw: bytes) -> "RecordHead":
        """Read a header, from its version line to its blank line.

        Raises: ValueError in one line that says what is wrong.
        """
        text = _FOLD.sub(" ", raw.decode("utf-8").removesuffix("\r\n\r\n"))
        version, *lines = text.split("\r\n")
        if version not in {"WARC/1.1", "WARC/1.0"}:
            raise ValueError("no WARC version line")
        pairs = [line.partition(":") for line in lines]
        fields = tuple([(name.strip().lower(), value.strip()) for name, _, value in pairs])
        size = next((value for name, value in fields if name == "content-length"), "")
        if not (size.isascii() and size.isdecimal() and len(size) < 19):
            raise ValueError("no Content-Length")
        return cls(fields, int(size))

    def get(self, name: str) -> str | None:
        """The first value of a field, `name` in lower case."""
        return self.first.get(name)

    def need(self, name: str) -> str:
        """The first value of a field.

        Raises: ValueError where there is none.
        """
        value = self.get(name)
        if value is None:
            raise ValueError(f"no {name} field")
        return value

    def need_id(self, name: str) -> str:
        """A record id, without its `<>`.

        Raises: ValueError where there is none.
        """
        return self.need(name).removeprefix("<").removesuffix(">")

    @property
    def kind(self) -> str:
        """WARC-Type, empty where it is missing."""
        return self.get("warc-type") or ""


class Members:
    """Reads one record after the other from a file of gzip members, forwards only."""

    def __init__(self, file: BinaryIO, path: Path, offset: int = 0) -> None:
        self._file = file
        self._path = path
        self._input = b""
        self._read = offset
        file.seek(offset)
        self.offset = offset
        """Where the present record begins."""
        self.raw_head = b""
        """The present record's header, as it stands there, with its blank line."""

    @property
    def position(self) -> int:
        """How far the file is consumed: after a whole record, where the next begins."""
        return self._read - len(self._input)

    def bad(self, message: str) -> BadRecord:
        """An error about the present record."""
        return BadRecord(message, path=self._path, offset=self.offset)

    def next(self) -> tuple[RecordHead, Iterator[bytes]] | None:
        """The next record's header, and its block; None at the end of the file.

        The block must be taken whole before the next call: its last step checks the record's end.

        Raises: BadRecord, here or while the block is taken.
        """
        self.offset = self.position
        if not self._input and not self._fill():
            return None
        pieces = self._member()
        gathered = b""
        while (end := gathered.find(END)) < 0:
            piece = next(pieces, None)
            if piece is None or len(gathered) > RECORD_HEAD_LIMIT:
                raise self.bad("the record's header has no end")
            gathered = gathered + piece if gathered else piece
        self.raw_head = gathered[: end + len(END)]
        try:
            head = RecordHead.parse(self.raw_head)
        except ValueError as error:
            raise self.bad(f"not a WARC record: {str(error)[:200]}") from error
        return head, self._block(gathered[end + len(END) :], pieces, head.size)

    def _fill(self) -> bool:
        self._input = self._file.read(INPUT)
        self._read += len(self._input)
        return bool(self._input)

    def _member(self) -> Iterator[bytes]:
        """The present member, inflated, in bounded pieces."""
        state = inflater()
        try:
            while not state.eof:
                if not self._input:
                    self._fill()
                piece = state.decompress(self._input, PIECE)
                is_stuck = not self._input and not piece
                self._input = state.unused_data if state.eof else state.unconsumed_tail
                if is_stuck and not state.eof:
                    raise self.bad("the gzip member is cut short")
                if piece:
                    yield piece
        except DeflateError as error:
            raise self.bad(f"the gzip member is broken: {error}") from error

    def _block(self, first: bytes, pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
        piece: bytes | None = first
        while size and piece is not None:
            if piece:
                yield piece[:size]
            size, piece = size - len(piece[:size]), piece[size:]
            if size:
                piece = next(pieces, None)
        rest = piece or b""
        while len(rest) <= len(END) and (piece := next(pieces, None)) is not None:
            rest += piece
        if size or rest != END:
            raise self.bad("the record is not as long as its Content-Length says")


@dataclass(frozen=True, slots=True)
class Scanned:
    """One record in passing: where it lies, its header, and the first bytes of its block."""

    offset: int
    length: int
    """Of the gzip member."""
    head: RecordHead
    prefix: bytes
    """The whole block of a metadata record; of others as much as a response's head may take."""


def scan(file: BinaryIO, path: Path) -> Iterator[Scanned]:
    """Every record of a file in turn, in bounded memory.

    Raises: BadRecord at the first record that is broken or cut short.
    """
    members = Members(file, path)
    while (found := members.next()) is not None:
        head, block = found
        limit = METADATA_LIMIT if head.kind == "metadata" else HEAD_LIMIT
        if head.kind == "metadata" and head.size > limit:
            raise members.bad("the metadata record is too large")
        prefix = bytearray()
        for piece in block:
            if len(prefix) < limit:
                prefix += piece[: limit - len(prefix)]
        length = members.position - members.offset
        yield Scanned(members.offset, length, head, bytes(prefix))
