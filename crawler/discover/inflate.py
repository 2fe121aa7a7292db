"""Gzip that a sitemap is written in, unpacked step by step and bounded."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_STEP_BYTES = 65_536
_MAGIC = b"\x1f\x8b"


class TooLarge(ValueError):
    """More bytes came out than anyone reads."""


def plain(chunks: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    """The bytes of `chunks`, unpacked where they are gzip, in steps of at most 64 KiB.

    A file that was cut, or is damaged, gives what comes before.

    Raises: TooLarge after `most_bytes`.
    """
    left = most_bytes
    for piece in _pieces(chunks):
        if len(piece) > left:
            yield piece[:left]
            raise TooLarge(f"larger than {most_bytes} bytes")
        left -= len(piece)
        yield piece


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The unpacked bytes, without a bound on all of them together."""
    rest = iter(chunks)
    begin = b""
    for chunk in rest:
        begin += chunk
        if len(begin) >= len(_MAGIC):
            break
    whole = chain([begin], rest)
    return _inflated(whole) if begin.startswith(_MAGIC) else _cut(whole)


def _cut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for at in range(0, len(chunk), _STEP_BYTES):
            yield chunk[at : at + _STEP_BYTES]


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        data = chunk
        while data and not inflater.eof:
            try:
                piece = inflater.decompress(data, _STEP_BYTES)
            except zlib.error:
                return
            data = inflater.unconsumed_tail
            yield piece
        if inflater.eof:
            return
    yield inflater.flush()  # at most what one step could not hold any more
