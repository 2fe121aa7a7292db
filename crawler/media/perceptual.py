"""PDQ, the perceptual hash of a picture: the one wrapper of Pillow and pdqhash.

Both come with `dateline[media]`; without them no hash is made, and everything else is. A picture
is decoded only here, in a worker, only by the decoders named, and only where its header states no
more pixels than are worth it: a few bytes can state a picture of many gigabytes.
"""

import importlib
import importlib.util
import io
import warnings
from functools import cache
from typing import Any, NamedTuple

from crawler.media.header import Header

MOST_PIXELS = 64_000_000
"""Pictures of more are kept and not decoded."""

_DECODERS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
_SIDE = 512
"""PDQ's own advice: larger pictures are made smaller first."""


class Perceptual(NamedTuple):
    """The hash in 64 hexadecimal digits, and its quality from 0 to 100."""

    pdq: str
    quality: int


@cache
def is_available() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("PIL", "pdqhash", "numpy"))


def perceptual(data: bytes, header: Header) -> Perceptual | None:
    """The hash of the picture; None where it is too large, of another type, or broken."""
    if not is_available() or header.type not in _DECODERS:
        return None
    if header.width is None or header.height is None or header.width * header.height > MOST_PIXELS:
        return None
    try:
        return _hash(_pixels(data, _DECODERS[header.type]))
    except Exception:  # noqa: BLE001 - decoders raise anything on hostile bytes; these are kept
        return None


def _pixels(data: bytes, decoder: str) -> Any:  # noqa: ANN401 - an array of an optional library
    pillow: Any = importlib.import_module("PIL.Image")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a decompression bomb is one that warns
        pillow.MAX_IMAGE_PIXELS = MOST_PIXELS
        with pillow.open(io.BytesIO(data), formats=[decoder]) as image:
            image.draft("RGB", (_SIDE, _SIDE))
            image.thumbnail((_SIDE, _SIDE))
            return importlib.import_module("numpy").asarray(image.convert("RGB"))


def _hash(pixels: Any) -> Perceptual:  # noqa: ANN401 - as above
    bits, quality = importlib.import_module("pdqhash").compute(pixels)
    number = int("".join("1" if bit else "0" for bit in bits), 2)
    return Perceptual(f"{number:064x}", int(quality))
