"""What a picture file is by its first bytes: its type, and the size that its header states.

Read and never decoded, so that no byte of it can do harm: bounded, and nothing is raised.

Sources: ITU-T T.81, annex B (JPEG); PNG (third edition), 5.2 and 11.2.1; GIF89a, 17 and 18; WebP
(RFC 9649), 2.5 to 2.7; ISO/IEC 23008-12, 6.5.3 (`ispe` of AVIF and HEIF).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_MOST_SEGMENTS = 1000
_HEAD_BYTES = 64 * 1024
"""Of an AVIF or HEIF, how much is searched for its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Type and size in pixels; no size where the header does not state one, or is broken."""

    type: str
    width: int | None = None
    height: int | None = None


def header_of(data: bytes) -> Header | None:
    """The header of a picture; None where `data` is none that we know."""
    for magic, type_, size in _KINDS:
        if magic.match(data):
            width, height = size(data) or (0, 0)
            if width and height:
                return Header(type=type_, width=width, height=height)
            return Header(type=type_)
    return None


_Size = tuple[int, int]


def _png(data: bytes) -> _Size | None:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _gif(data: bytes) -> _Size | None:
    if len(data) < 10:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _jpeg(data: bytes) -> _Size | None:
    """The size in the frame header: the first SOF marker."""
    position = 2
    for _ in range(_MOST_SEGMENTS):
        position = data.find(b"\xff", position)
        if position < 0 or position + 9 > len(data):
            return None
        marker = data[position + 1]
        if marker in {0x00, 0xFF} or 0xD0 <= marker <= 0xD9:  # filling, and markers without data
            position += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height = int.from_bytes(data[position + 5 : position + 7])
            return int.from_bytes(data[position + 7 : position + 9]), height
        position += 2 + max(2, int.from_bytes(data[position + 2 : position + 4]))
    return None


def _webp(data: bytes) -> _Size | None:
    if len(data) < 30:
        return None
    match data[12:16]:
        case b"VP8 ":
            width = int.from_bytes(data[26:28], "little") & 0x3FFF
            return width, int.from_bytes(data[28:30], "little") & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width = int.from_bytes(data[24:27], "little") + 1
            return width, int.from_bytes(data[27:30], "little") + 1
        case _:
            return None


def _heif(data: bytes) -> _Size | None:
    """The largest of the sizes that are stated: thumbnails and tiles state theirs too."""
    sizes = [
        (int.from_bytes(found[1]), int.from_bytes(found[2]))
        for found in re.finditer(rb"ispe\x00{4}(.{4})(.{4})", data[:_HEAD_BYTES], re.DOTALL)
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


_KINDS: tuple[tuple[re.Pattern[bytes], str, Callable[[bytes], _Size | None]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg", _jpeg),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", _png),
    (re.compile(rb"GIF8[79]a"), "image/gif", _gif),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp", _webp),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "image/avif", _heif),
    (re.compile(rb".{4}ftyp(?:heic|heix|mif1)", re.DOTALL), "image/heic", _heif),
)
