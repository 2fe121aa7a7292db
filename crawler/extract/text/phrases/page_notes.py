"""What pages tell of themselves: that the text goes on below, what is barred, whose the rights are.

A note opens with words of a table and names something of another, as a request does; the tables
hold words of many languages, which do not collide since both must be found.
"""

import re
from dataclasses import dataclass

from crawler.extract.text.phrases.condition_words import CONDITIONS
from crawler.extract.text.phrases.note_table import Table
from crawler.extract.text.phrases.openings import EDGES, Openings, first_word, names_pattern
from crawler.extract.text.phrases.origin_words import ORIGINS
from crawler.extract.text.phrases.pointer_words import POINTERS
from crawler.extract.text.phrases.speech import ends_in_speech, is_reported

_TOLD = frozenset(("offer", "discussion", "technical"))
"""Families of which no line is that tells who said something; what others lead to may."""
_NEAR = 140
"""So many characters behind its opening a note names what it is of."""
_LABEL_ENDS = re.compile(r"\s?(?:[:：|>»›►▶/]|\s[–—-]\s|՝).{2,}")


@dataclass(frozen=True, slots=True)
class _Note:
    table: Table
    opening: Openings
    named: re.Pattern[str] | None
    """What the line must name besides; None where its opening says all."""

    def is_in(self, bare: str) -> bool:
        """Whether the text without edges is such a note."""
        phrase = self.opening.of(bare)
        if not phrase:
            return False
        if self.table.is_label:
            rest = bare[len(phrase) :]
            return _LABEL_ENDS.fullmatch(rest) is not None
        return self.named is None or bool(self.named.search(bare, 0, len(phrase) + _NEAR))


_NOTES = tuple(
    _Note(one, Openings(one.opens), names_pattern(one.names) if one.names else None)
    for one in (*CONDITIONS, *ORIGINS, *POINTERS)
)
_BY_WORD: dict[str, tuple[_Note, ...]] = {
    word: tuple(note for note in _NOTES if word in note.opening.words)
    for word in frozenset[str]().union(*(note.opening.words for note in _NOTES))
}


def note_family(low: str) -> str | None:
    """The family of phrases that the line, in lower case, is of as such a note; None if none."""
    bare = low.strip(EDGES)
    for note in _BY_WORD.get(first_word(bare), ()):
        table = note.table
        if len(low) <= table.longest and note.is_in(bare):
            is_said = is_reported(low) if table.family in _TOLD else ends_in_speech(low)
            return None if is_said else table.family
    return None
