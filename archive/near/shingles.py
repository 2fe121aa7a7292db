"""A text as the set of its shingles: all its runs of so many words, or of so many characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.digest import content_id
from archive.text.folding import is_unspaced, is_unspaced_alphabet

WORDS = 5
CHARACTERS = 8
"""Of Han and kana: about as much of a text as five words of a script with spaces."""
LETTERS = 16
"""Of Thai, Lao, Burmese and Khmer, which take more letters for a word."""
FEWEST = 40
"""A text with fewer distinct shingles has no near copies: an alert, a caption, a teaser."""
MOST_WORDS = 20_000
MOST_CHARACTERS = 200_000
"""Only so much of a text is compared: its beginning."""

_FIGURE = re.compile(r"\d+")
_GROUPS = re.compile(r"\b\d{1,3}(?: \d{3})+\b")
"""A number in groups of three, folded: `4,312`, `4.312` and `4 312` are all `4 312`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NearText:
    """A story's text, prepared for comparison."""

    id: str
    """Follows from its words: two texts with one id have the same shingles."""
    shingles: frozenset[str]
    figures: frozenset[str]
    """The numbers that it gives, however their digits are grouped."""


def near_text(words: Sequence[str]) -> NearText | None:
    """What is compared of a story with those folded words (`text.parts.story_words`).

    None where there is too little of it to tell a copy from a coincidence.
    """
    text = " ".join(words[:MOST_WORDS])[:MOST_CHARACTERS]
    compared = text.split()
    shingles = frozenset(_of_characters(text) if is_unspaced(text) else _of_words(compared))
    if len(shingles) < FEWEST:
        return None
    whole = _GROUPS.sub(lambda number: number[0].replace(" ", ""), text)
    return NearText(
        id=content_id("k", text), shingles=shingles, figures=frozenset(_FIGURE.findall(whole))
    )


def _of_words(words: Sequence[str]) -> list[str]:
    return [" ".join(run) for run in zip(*(words[at:] for at in range(WORDS)), strict=False)]


def _of_characters(text: str) -> list[str]:
    letters = text.replace(" ", "")
    size = LETTERS if is_unspaced_alphabet(letters) else CHARACTERS
    return [letters[at : at + size] for at in range(len(letters) - size + 1)]
