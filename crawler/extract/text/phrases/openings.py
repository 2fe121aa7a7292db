"""Lines told by how they open and what they name, from tables of words by language.

Most lines of an article cost one look for their first word, however many the words of a table are.
"""

import re
from collections.abc import Iterable, Iterator

EDGES = " \t*#-–—=_.,!?¡¿…:;()[]«»\"'“”„‘’>→►▶•·|✅👉📲"
"""What may stand around a line's words."""


def phrases_of(text: str) -> Iterator[str]:
    """The phrases of a table in which semicolons divide them."""
    return (" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


def names_pattern(text: str) -> re.Pattern[str]:
    """A pattern of words by how they begin; `*` before one: also within a word; `.`: as a whole."""
    opening: dict[str, list[str]] = {}
    within: list[str] = []
    for phrase in phrases_of(text):
        part = re.escape(phrase.strip("*.")).replace(r"\ ", r"\s") + r"\b" * (phrase[-1] == ".")
        if phrase[0] == "*":
            within.append(part)
        else:
            opening.setdefault(phrase[0], []).append(part)
    by_letter = "|".join(f"(?={re.escape(one)})(?:{'|'.join(of)})" for one, of in opening.items())
    return re.compile("|".join([rf"\b(?:{by_letter})", *within]))


class Openings:
    """Phrases of a table, found by their first word; or by their last, for what ends a line."""

    def __init__(self, text: str, *, at_end: bool = False) -> None:
        self._at_end = at_end
        self._by_word = _by_edge(phrases_of(text), -1 if at_end else 0)
        self.words = frozenset(self._by_word)

    def of(self, bare: str) -> str:
        """Which phrase opens, or ends, the text `bare` without edges; empty where none does."""
        word = last_word(bare) if self._at_end else first_word(bare)
        for phrase in self._by_word.get(word, ()):
            if self._at_end:
                if bare.endswith(phrase):
                    return phrase
            elif bare.startswith(phrase) and not bare[len(phrase) : len(phrase) + 1].isalpha():
                return phrase
        return ""


def first_word(bare: str) -> str:
    """The first word of a text."""
    return bare.partition(" ")[0].rstrip(",:：")


def last_word(bare: str) -> str:
    """The last word of a text."""
    return bare[bare.rfind(" ") + 1 :]


def _by_edge(phrases: Iterable[str], edge: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word = phrase.split()[edge].rstrip(",:")
        found[word] = (*found.get(word, ()), phrase)
    return found
