"""How much of a text was found: overlapping groups of four words, and segments that must be there.

The measures of scrapinghub/article-extraction-benchmark and of trafilatura's own evaluation.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

GROUP = 4
_WORD = re.compile(r"\w+")


class Overlap(NamedTuple):
    """Shares of all word groups of two texts: in both, only in the reading, only in the truth."""

    shared: float
    surplus: float
    missing: float

    @property
    def precision(self) -> float:
        """Of what was read, how much is right; 1 where the texts are equal."""
        return _ratio(self.shared, self.surplus, is_equal=not (self.surplus or self.missing))

    @property
    def recall(self) -> float:
        """Of what is right, how much was read; 1 where the texts are equal."""
        return _ratio(self.shared, self.missing, is_equal=not (self.surplus or self.missing))

    @property
    def f1(self) -> float:
        """Of this page alone."""
        whole = 2 * self.shared + self.surplus + self.missing
        return 2 * self.shared / whole if whole else 1.0


class Tally(NamedTuple):
    """Counts over many pages: right finds, false finds, and misses."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def f1(self) -> float | None:
        """None where nothing was asked and nothing found."""
        whole = 2 * self.right + self.false + self.missed
        return 2 * self.right / whole if whole else None

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(mine + its for mine, its in zip(self, other, strict=True)))


def words(text: str) -> list[str]:
    """The words of a text, in their own case."""
    return _WORD.findall(text)


def word_groups(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words, with its count; a shorter text is one group."""
    found = words(text)
    if not found:
        return Counter()
    return Counter(
        tuple(found[start : start + GROUP]) for start in range(max(1, len(found) - GROUP + 1))
    )


def overlap(truth: str, reading: str) -> Overlap:
    """How far `reading` and `truth` agree."""
    wanted, got = word_groups(truth), word_groups(reading)
    shared = (wanted & got).total()
    surplus, missing = got.total() - shared, wanted.total() - shared
    whole = shared + surplus + missing
    return Overlap(shared / whole, surplus / whole, missing / whole) if whole else Overlap(0, 0, 0)


def macro_f1(pages: Sequence[Overlap]) -> float | None:
    """The harmonic mean of mean precision and mean recall.

    A page without a reading has no precision, one without a truth no recall.
    """
    if not pages:
        return None
    precision = _mean([page.precision for page in pages if page.shared + page.surplus > 0])
    recall = _mean([page.recall for page in pages if page.shared + page.missing > 0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def segments(wanted: Sequence[str], unwanted: Sequence[str], reading: str) -> Tally:
    """Which pieces of text that must be there are, and which that must not."""
    text = folded(reading)
    right = sum(folded(segment) in text for segment in wanted)
    false = sum(folded(segment) in text for segment in unwanted)
    return Tally(right, false, len(wanted) - right)


def folded(text: str) -> str:
    """On one line, single spaces."""
    return " ".join(text.split())


def _ratio(shared: float, other: float, *, is_equal: bool) -> float:
    if is_equal:
        return 1.0
    return shared / (shared + other) if shared else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
