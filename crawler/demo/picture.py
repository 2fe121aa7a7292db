"""Photographs for pages that have none: hills under a sky, drawn from the picture's name."""

import math
import struct
import zlib
from functools import cache

_WIDTH, _HEIGHT = 640, 360
_SKY, _HILLS = 90, 3


@cache
def landscape(name: str) -> bytes:
    """A PNG of 640 by 360 pixels; the same name always gives the same one."""
    seed = zlib.crc32(name.encode())
    ridges = [_ridge(seed >> (8 * hill) & 0xFF, hill) for hill in range(_HILLS)]
    pixels = bytearray(_HEIGHT * (_WIDTH + 1))  # each row begins with 0: it has no filter
    for x, crests in enumerate(zip(*ridges, strict=True), start=1):
        column = bytearray(y * _SKY // _HEIGHT for y in range(_HEIGHT))
        for hill, crest in enumerate(crests):
            column[crest:] = bytes([_SKY + hill]) * (_HEIGHT - crest)
        pixels[x :: _WIDTH + 1] = column
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)),
            (b"PLTE", _palette(seed % 360 / 360 * math.tau)),
            (b"IDAT", zlib.compress(bytes(pixels), 9)),
            (b"IEND", b""),
        )
    )


def _palette(hue: float) -> bytes:
    """The sky, paler towards the horizon, then the hills, darker towards the front."""

    def tint(light: float, strength: float) -> bytes:
        return bytes(
            int(max(0, min(255, light + strength * math.cos(hue - third * math.tau / 3))))
            for third in range(3)
        )

    return b"".join(
        [tint(168 + 66 * step / _SKY, 34 - 18 * step / _SKY) for step in range(_SKY)]
        + [tint(132 - 38 * hill, 26) for hill in range(_HILLS)]
    )


def _ridge(seed: int, hill: int) -> list[int]:
    """The height of a hill's crest at each column, counted from the top of the picture."""
    level = _HEIGHT * (0.55 + 0.14 * hill)
    return [
        int(level + 28 * math.sin(x / 94 + seed) + 12 * math.sin(x / 34 + 2 * seed))
        for x in range(_WIDTH)
    ]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
