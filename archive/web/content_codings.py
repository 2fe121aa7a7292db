"""Content codings undone: gzip, deflate, brotli and zstd, in bounded pieces. Pure.

Source: RFC 9110, section 8.4; RFC 8878 and 9659 (zstd).
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from archive.web.http import BodyError, Head

try:
    import brotli  # type: ignore[import-untyped]
except ImportError:
    brotli = None
try:
    from backports import zstd
except ImportError:
    try:
        from compression import zstd  # type: ignore[import-not-found,no-redef]
    except ImportError:
        zstd = None  # type: ignore[assignment]

_Decode = Callable[[Iterable[bytes]], Iterator[bytes]]

PIECE = 64 * 1024
MAX_CODINGS = 4
_MAX_MEMBERS = 10_000
"""gzip members, or zstd frames, one after the other: an empty one is nine bytes, and some work."""
CONTENT_CODINGS = frozenset(
    "aes128gcm br compress dcb dcz deflate exi gzip pack200-gzip x-compress x-gzip zstd".split()
)
"""IANA's HTTP Content Coding Registry, without `identity`, which is no coding."""

ZSTD_WINDOW_LOG = 23  # 8 MB: RFC 9659
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*(?:<[!?A-Za-z]|[{[][ \t\r\n]*[\"{[])")
"""How markup and JSON begin."""
_GZIP = 31
"""zlib's word for gzip with the largest window."""


def decoded_body(head: Head, payload: Iterable[bytes], *, max_bytes: int) -> bytes:
    """The payload with every content-coding undone, at most `max_bytes` long.

    `payload` is the entity-body, as `entity_body` gives it; an empty one stays empty. What is in
    nobody's list of codings is none (`UTF-8`, `none`, `binary`: servers write them there by
    mistake) and leaves the body as it is, as in browsers. So does a coding that is not there.

    Raises: BodyError where a coding is not understood, broken or cut short, or unfolds to more than
    `max_bytes` at any stage.
    """
    return b"".join(decoded_chunks(head, payload, max_bytes=max_bytes))


def decoded_chunks(head: Head, payload: Iterable[bytes], *, max_bytes: int) -> Iterator[bytes]:
    """What `decoded_body` joins, in bounded pieces: a broken body's beginning before the error."""
    codings = [coding for coding in head.tokens("content-encoding") if coding in CONTENT_CODINGS]
    if len(codings) > MAX_CODINGS:
        raise BodyError(f"{len(codings)} content codings, one upon the other")
    chunks = _bounded(payload, max_bytes)
    for coding in reversed(codings):
        decode = _DECODERS.get(coding)
        if decode is None:
            raise BodyError(f"content coding not understood: {coding}")
        # Each stage is bounded: an inner one may unfold to much and an outer one to nothing.
        chunks = _bounded(_undone(decode, chunks), max_bytes)
    return chunks


def _undone(decode: _Decode, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks decoded; as they are where they begin as text, and nothing can be decoded of them.

    So other programs' archives have them that keep decoded bodies below heads as they were.
    """
    left = iter(chunks)
    taken: list[bytes] = []
    decoded = filter(None, decode(_noted(left, taken)))
    try:
        first = next(decoded, b"")
    except BodyError:
        if not _TEXT.match(b"".join(taken)):
            raise
        yield from chain(taken, left)
        return
    yield first
    for piece in decoded:
        taken.clear()
        yield piece


def _noted(chunks: Iterator[bytes], taken: list[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        taken.append(chunk)
        yield chunk


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise BodyError(f"the body unfolds to more than {max_bytes} bytes")
        yield chunk


def _inflated(chunks: Iterable[bytes], window_bits: Callable[[bytes], int]) -> Iterator[bytes]:
    """Undo deflate. gzip members may follow each other; other bytes after the end are ignored."""
    state = None
    is_whole = True
    bits = members = 0
    for chunk in chunks:
        data = chunk
        while data:
            if state is None:
                members = _one_more(members)
                if bits and not (bits == _GZIP and data.startswith(b"\x1f")):
                    break  # after the end
                bits = window_bits(data)
                state = zlib.decompressobj(bits)
                is_whole = False
            try:
                while True:
                    piece = state.decompress(data, PIECE)
                    yield piece
                    data = state.unconsumed_tail
                    # A full piece may leave more inside, even with no input left.
                    if state.eof or (not data and len(piece) < PIECE):
                        break
            except zlib.error as error:
                raise BodyError("the gzip or deflate body is broken") from error
            if state.eof:
                is_whole = True
                data = state.unused_data
                state = None
    if not is_whole:
        raise BodyError("the gzip or deflate body is cut short")


def _one_more(members: int) -> int:
    if members == _MAX_MEMBERS:
        raise BodyError(f"the body is of more than {members} compressed parts")
    return members + 1


def _ungzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return _inflated(chunks, lambda _: _GZIP)


def _undeflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    # `deflate` means zlib (RFC 9110, section 8.4.1.2), but many servers send it raw. The low half
    # of zlib's first byte is 8, which in raw deflate would be a stored block with a stray bit.
    return _inflated(chunks, lambda data: 15 if data[0] & 0x0F == 8 else -15)


def _unbrotlied(chunks: Iterable[bytes]) -> Iterator[bytes]:
    if brotli is None:
        raise BodyError("the body is brotli: install `brotli` to read it")
    state = brotli.Decompressor()
    is_empty = True
    try:
        for chunk in chunks:
            is_empty = is_empty and not chunk
            data = chunk
            # All input taken does not mean all output given: ask until nothing comes.
            while piece := state.process(data, output_buffer_limit=PIECE):
                yield piece
                data = b""
    except brotli.error as error:
        raise BodyError("the brotli body is broken") from error
    if not is_empty and not state.is_finished():
        raise BodyError("the brotli body is cut short")


def _unzstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    if zstd is None:
        raise BodyError("the body is zstd: install `backports.zstd` to read it")
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}
    state = None
    frames = 0
    for chunk in chunks:
        data = chunk
        while data:
            if state is None:
                frames = _one_more(frames)
                state = zstd.ZstdDecompressor(options=options)
            try:
                yield state.decompress(data, PIECE)
                while not state.eof and not state.needs_input:
                    yield state.decompress(b"", PIECE)
            except zstd.ZstdError as error:
                raise BodyError("the zstd body is broken") from error
            data = b""
            if state.eof:  # another frame may follow
                data, state = state.unused_data, None
    if state is not None:
        raise BodyError("the zstd body is cut short")


_DECODERS: dict[str, _Decode] = {
    "gzip": _ungzipped,
    "x-gzip": _ungzipped,
    "deflate": _undeflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
}
