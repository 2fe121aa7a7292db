"""What changed between two texts, word by word, for a person to read."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_WORDS = re.compile(
    # Scripts that write no spaces are compared character by character.
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|\w+|\s+|[^\w\s]"
)
_MOST_WORDS = 4000
"""A paragraph pair with more words than this is shown as replaced whole."""


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text with one fate."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A paragraph that changed, or a count of those that did not."""

    pieces: tuple[Piece, ...] = ()
    unchanged: int = 0
    """How many paragraphs stayed as they were; `pieces` is empty then."""


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """The way from the paragraphs `before` to those `after`, in reading order."""
    found: list[Change] = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Change(unchanged=end - start))
            continue
        old, new = before[start:end], after[new_start:new_end]
        paired = min(len(old), len(new))
        found += (Change(pieces=tuple(_words(*pair))) for pair in zip(old, new, strict=False))
        found += (Change(pieces=(Piece(kind=Kind.OUT, text=text),)) for text in old[paired:])
        found += (Change(pieces=(Piece(kind=Kind.IN, text=text),)) for text in new[paired:])
    return found


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        yield Piece(kind=Kind.OUT, text=before)
        yield Piece(kind=Kind.IN, text=after)
        return
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(kind=Kind.SAME, text="".join(old[start:end]))
            continue
        if end > start:
            yield Piece(kind=Kind.OUT, text="".join(old[start:end]))
        if new_end > new_start:
            yield Piece(kind=Kind.IN, text="".join(new[new_start:new_end]))
