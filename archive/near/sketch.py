"""MinHash sketches and their bands. rensa does the hashing, and only this module knows it.

A sketch is the lowest byte of each of 160 minima (b-bit minwise hashing: Li and König, WWW 2010):
two texts of Jaccard similarity s agree in each with probability s + (1 - s) / 256. A band is four
of these bytes, and texts that agree in any of the 40 bands are candidates (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, section 3.4): of pairs with a similarity of .6 all but one in
250, at .45 four in five, at .3 one in four, at .1 one in 250.
"""

import struct
from collections.abc import Iterable
from operator import eq
from typing import NewType

from rensa import RMinHash  # type: ignore[import-untyped]

Sketch = NewType("Sketch", bytes)

MINIMA = 160
BANDS = 40
SEED = 42
LEAST_AGREEING = 28
"""Bytes of the 160: three standard deviations below what a similarity of .3 leads to expect."""

_BANDS = struct.Struct(f">{BANDS}I")


def sketch(shingles: Iterable[str]) -> Sketch:
    """The sketch of a set of shingles, the same in whatever order they come."""
    hashing = RMinHash(num_perm=MINIMA, seed=SEED)
    hashing.update(list(shingles))
    return Sketch(bytes(minimum & 0xFF for minimum in hashing.digest()))


def bands(of: Sketch) -> list[int]:
    """Its bands as numbers below 2 ** 38; those of different places are different."""
    return [place << 32 | band for place, band in enumerate(_BANDS.unpack(of))]


def could_be_copies(one: Sketch, other: Sketch) -> bool:
    """Whether the two agree in so much that their texts are worth reading."""
    agreeing: int = sum(map(eq, one, other))
    return agreeing >= LEAST_AGREEING


PROBE = sketch(f"dateline {number}" for number in range(500))
"""What this version of the library makes of a fixed set: sketches of another cannot be compared."""
