"""What stands in a file where records were taken away: one record, exactly as long as they were.

So every other record keeps its place, and whatever names places stays true. The tombstone is a
`resource` record under the id of the capture that was there. It is stored, not deflated, and filled
up with spaces; nothing in it tells what was withdrawn: reason and instant are in the custody log.
"""

import datetime as dt
import struct
import zlib
from collections.abc import Iterator

from archive.warc.fields import FIELDS_TYPE
from archive.warc.records import Draft, draft

WITHDRAWAL = b"describes: withdrawal\r\n"
"""How its block begins."""

URI = "urn:dateline:withdrawn"

_STORED_MOST = 65535
_PIECE = 65536
_FRAME = 18
"""Header and trailer of a gzip member without a name."""


def tombstone(record_id: str, *, at: dt.datetime, length: int) -> Iterator[bytes]:
    """The gzip member, `length` bytes in all, in pieces. `at` is when the records were withdrawn.

    Raises: ValueError where `length` is too short for one.
    """
    for name in (b"", b"x\0", b"xx\0"):  # a name in the header makes up for a digit of the length
        blocks = max(1, -(-(length - _FRAME - len(name)) // (_STORED_MOST + 5)))
        size = length - _FRAME - len(name) - 5 * blocks
        if (made := _filled(record_id, at, size)) is not None:
            return _stored(made, name, size, blocks)
    raise ValueError(f"{length} bytes are too few for a tombstone")


def _filled(record_id: str, at: dt.datetime, size: int) -> Draft | None:
    """The record whose bytes are `size` in all; None where there is none."""
    fill = size
    for _ in range(4):
        if fill < 0:
            return None
        made = _draft(record_id, at, fill)
        if made.whole_size == size:
            return made
        fill -= made.whole_size - size
    return None


def _draft(record_id: str, at: dt.datetime, fill: int) -> Draft:
    def block() -> Iterator[bytes]:
        yield WITHDRAWAL
        for start in range(0, fill, _PIECE):
            yield b" " * min(_PIECE, fill - start)

    return draft(
        "resource",
        record_id=record_id,
        at=at,
        headers=[("WARC-Target-URI", URI)],
        content_type=FIELDS_TYPE,
        block=block,
    )


def _stored(made: Draft, name: bytes, size: int, blocks: int) -> Iterator[bytes]:
    """A gzip member of so many stored blocks (RFC 1951, section 3.2.4; RFC 1952)."""
    yield bytes((0x1F, 0x8B, 8, 8 if name else 0, 0, 0, 0, 0, 0, 255)) + name
    crc, waiting, left = 0, bytearray(), blocks
    for chunk in made.chunks():
        crc = zlib.crc32(chunk, crc)
        waiting += chunk
        while len(waiting) >= _STORED_MOST and left > 1:
            yield _block(bytes(waiting[:_STORED_MOST]), is_last=False)
            del waiting[:_STORED_MOST]
            left -= 1
    while left > 1:
        yield _block(bytes(waiting[:_STORED_MOST]), is_last=False)
        del waiting[:_STORED_MOST]
        left -= 1
    yield _block(bytes(waiting), is_last=True) + struct.pack("<II", crc, size & 0xFFFFFFFF)


def _block(data: bytes, *, is_last: bool) -> bytes:
    return struct.pack("<BHH", is_last, len(data), len(data) ^ 0xFFFF) + data
