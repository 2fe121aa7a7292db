"""How alike two texts are, measured on the texts themselves."""

from dataclasses import dataclass

from archive.near.shingles import NearText

RULES = b"2"
"""Of what is a copy; who is told of other rules makes stored clusters anew. 2: a number is one
however its digits are grouped."""
LEAST_SIMILARITY = 0.45
"""From here on two texts are near copies. Two rewrites of one story that are as alike as .75 to
what they are made from are as alike as .55 to each other: a higher bar would part them."""
LEAST_OF_A_CUT, LEAST_CONTAINED = 0.3, 0.7
"""So are texts less alike, where most of the smaller stands in the other: a cut, a local tail."""
FIGURES = 3
SAME_FIGURES = 0.5
"""A form filled in again (weather, markets, results) says the same of other numbers. So of the
numbers that the text with fewer of them gives, from three on, half must be the other's too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two texts compared."""

    similarity: float
    """Jaccard: the shingles that both have, of all that either has."""
    containment: float
    """Those, of the smaller text's: 1 for a story cut short, and for one under a local tail."""
    is_copy: bool
    """Whether one is a near copy of the other."""


def likeness(one: NearText, other: NearText) -> Likeness:
    """Compare two texts; which of them comes first does not matter."""
    shared = len(one.shingles & other.shingles)
    similarity = shared / (len(one.shingles) + len(other.shingles) - shared)
    containment = shared / min(len(one.shingles), len(other.shingles))
    is_cut = similarity >= LEAST_OF_A_CUT and containment >= LEAST_CONTAINED
    return Likeness(
        similarity=similarity,
        containment=containment,
        is_copy=(similarity >= LEAST_SIMILARITY or is_cut) and _agree(one.figures, other.figures),
    )


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return fewer < FIGURES or len(one & other) >= SAME_FIGURES * fewer
