"""gzip members, one a record (WARC 1.1, annex D): isal where it is installed, zlib otherwise.

Both let other threads run while they work.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

try:
    from isal import isal_zlib as deflate
except ImportError:  # no wheel for this machine: slower, the same format
    import zlib as deflate  # type: ignore[no-redef]

LEVEL = 3 if deflate.__name__ == "isal.isal_zlib" else 6
PACKED_LEVEL = 1
"""For what is compressed already: more effort saves 0.2 %, and takes more than twice as long."""

GZIP = 31
"""zlib's `wbits` for a gzip wrapping with its CRC."""

WHOLE_LIMIT = 1024 * 1024
"""Up to this many bytes a member is made in one call, which is faster; beyond, piece by piece."""

DeflateError: type[Exception] = deflate.error  # type: ignore[assignment]


class Inflater(Protocol):
    """The part of zlib's decompression object that is used here."""

    eof: bool
    unused_data: bytes
    unconsumed_tail: bytes

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Inflate `data` into at most `max_length` bytes."""


def member(chunks: Iterable[bytes], size: int, *, is_packed: bool) -> Iterator[bytes]:
    """One gzip member of `chunks`, `size` bytes in all, in pieces.

    `is_packed` tells that most of it is compressed already.
    """
    level = PACKED_LEVEL if is_packed else LEVEL
    if size <= WHOLE_LIMIT:
        yield deflate.compress(b"".join(chunks), level, GZIP)
        return
    state = deflate.compressobj(level, deflate.DEFLATED, GZIP)
    for chunk in chunks:
        if piece := state.compress(chunk):
            yield piece
    yield state.flush()


def inflater() -> Inflater:
    """For one gzip member; checks its CRC and length."""
    return deflate.decompressobj(GZIP)
