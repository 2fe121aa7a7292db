"""What changed between two texts: parts aligned, then word by word.

Words are what lies between spaces and punctuation; scripts without spaces (Chinese, Japanese,
Thai, Lao, Myanmar, Khmer) are compared letter by letter. The alignment is a longest common
subsequence, by rapidfuzz: its time is bounded by the product of both lengths, whatever the texts.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from archive.model import Article
from archive.text.folding import UNSPACED
from archive.text.parts import Part, version_parts

MAX_TOKENS = 20_000
"""Longer texts are not compared word by word: one is gone and the other is new."""
MAX_PAIRS = 10_000
"""So many pairs of paragraphs are weighed to find out which became which."""
MAX_PAIRED_WORDS = 4_000_000_000
"""And no more pairs of their words: about a second."""
_ALIKE = 0.5
"""Paragraphs that share less are two, and not one that was edited."""

_MARKS = "".join(
    re.escape(chr(code))
    for code in range(0x0300, 0x1800)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
# U+02BC, too, binds letters: as a letter, which it is.
_TOKEN = re.compile(
    f"[{UNSPACED}][{_MARKS}\u3099\u309a]*|[^\\W{UNSPACED}]+(?:['\u2019-][^\\W{UNSPACED}]+)*"
    f"[{_MARKS}]*|\\s+|.",
    re.DOTALL,
)


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text that is in both, or in one only."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """One part of a version, as it was and as it is.

    The pieces that are not `ADDED`, put together, are the part before; those that are not
    `REMOVED` are the part after.
    """

    kind: str
    """`headline`, `subtitle` or the type of a block."""
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return all(piece.change is Change.SAME for piece in self.pieces)


def differences(before: Article, after: Article) -> tuple[PartDifference, ...]:
    """What changed between two versions of an article: all of both, in reading order.

    Nothing but what makes a version is compared: see `version_parts`. The readings
    should be of equal reader version, else the difference may be the reader's.
    """
    return tuple(_part_differences(version_parts(before), version_parts(after)))


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """What changed between two texts, word by word; neighbouring pieces differ in their change."""
    old, new = _tokens(before), _tokens(after)
    if old == new:
        return (Piece(change=Change.SAME, text=before),) if before else ()
    if max(len(old), len(new)) > MAX_TOKENS:
        return tuple(_pieces([(Change.REMOVED, before), (Change.ADDED, after)]))
    return tuple(_pieces(_changes(old, new)))


def count_words(parts: Iterable[PartDifference], change: Change) -> int:
    """How many words were removed, added or kept; of unspaced scripts, letters."""
    return sum(
        _has_letter(token)
        for part in parts
        for piece in part.pieces
        if piece.change is change
        for token in _tokens(piece.text)
    )


def _part_differences(before: Sequence[Part], after: Sequence[Part]) -> Iterator[PartDifference]:
    for kind in ("headline", "subtitle"):
        old = next((part.text for part in before if part.kind == kind), "")
        new = next((part.text for part in after if part.kind == kind), "")
        if old or new:
            yield PartDifference(kind=kind, pieces=word_differences(old, new))
    old_blocks = [part for part in before if part.kind not in ("headline", "subtitle")]
    new_blocks = [part for part in after if part.kind not in ("headline", "subtitle")]
    for is_same, olds, news in _runs(
        [part.text for part in old_blocks], [part.text for part in new_blocks]
    ):
        if is_same:
            for part in new_blocks[news]:
                yield _whole(part, Change.SAME)
        else:
            yield from _edited(old_blocks[olds], new_blocks[news])


def _edited(before: Sequence[Part], after: Sequence[Part]) -> Iterator[PartDifference]:
    """Paragraphs none of which is the same: those alike were edited, the others came or went."""
    partners = _partners(before, after)
    done = 0
    for number, part in enumerate(after):
        partner = partners.get(number)
        if partner is None:
            yield _whole(part, Change.ADDED)
            continue
        for gone in before[done:partner]:
            yield _whole(gone, Change.REMOVED)
        done = partner + 1
        yield PartDifference(
            kind=part.kind, pieces=word_differences(before[partner].text, part.text)
        )
    for gone in before[done:]:
        yield _whole(gone, Change.REMOVED)


def _partners(before: Sequence[Part], after: Sequence[Part]) -> dict[int, int]:
    """Which paragraph after was which before: as alike as can be, in the order of both."""
    if len(before) * len(after) > MAX_PAIRS:
        return {}
    numbers = _Numbers()
    olds = [numbers.of(_words(part.text)) for part in before]
    news = [numbers.of(_words(part.text)) for part in after]
    if sum(map(len, olds)) * sum(map(len, news)) > MAX_PAIRED_WORDS:
        return {}
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for (row, old), (column, new) in itertools.product(enumerate(olds), enumerate(news)):
        alike = LCSseq.normalized_similarity(old, new, score_cutoff=_ALIKE)
        paired = best[row][column] + alike if alike else 0.0
        best[row + 1][column + 1] = max(paired, best[row][column + 1], best[row + 1][column])
    found = {}
    row, column = len(before), len(after)
    while row and column:
        here = best[row][column]
        if here == best[row - 1][column]:
            row -= 1
        elif here == best[row][column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            found[column] = row
    return found


def _whole(part: Part, change: Change) -> PartDifference:
    return PartDifference(kind=part.kind, pieces=(Piece(change=change, text=part.text),))


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Change, str]]:
    """Runs of tokens; what is common but no word does not part two changes."""
    runs = list(_runs(old, new))
    removed, added = "", ""
    for index, (is_same, olds, news) in enumerate(runs):
        text = "".join(new[news])
        is_between = 0 < index < len(runs) - 1
        if is_same and not (is_between and not any(map(_has_letter, new[news]))):
            yield from ((Change.REMOVED, removed), (Change.ADDED, added), (Change.SAME, text))
            removed, added = "", ""
        else:
            removed += "".join(old[olds])
            added += text
    yield from ((Change.REMOVED, removed), (Change.ADDED, added))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """What is the same and what is not, in turns: spans of both."""
    numbers = _Numbers()
    codes = LCSseq.opcodes(numbers.of(old), numbers.of(new))
    for is_same, group in itertools.groupby(codes, key=lambda code: code.tag == "equal"):
        run = list(group)
        yield (
            is_same,
            slice(run[0].src_start, run[-1].src_end),
            slice(run[0].dest_start, run[-1].dest_end),
        )


def _pieces(changes: Iterable[tuple[Change, str]]) -> Iterator[Piece]:
    told = (one for one in changes if one[1])
    for change, group in itertools.groupby(told, key=lambda one: one[0]):
        yield Piece(change=change, text="".join(text for _, text in group))


class _Numbers(dict[str, int]):
    """A number for each text: rapidfuzz compares hashes, and these have no collisions."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number

    def of(self, texts: Iterable[str]) -> list[int]:
        """The numbers of `texts`."""
        return [self[text] for text in texts]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _words(text: str) -> list[str]:
    return [token for token in _tokens(text) if _has_letter(token)]


def _has_letter(token: str) -> bool:
    return token[0].isalnum()
