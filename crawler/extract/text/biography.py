"""The lines around an article that say who its author is, such as `Ann Lee is a reporter in Oslo`.

Whatever their words, they open with the name that the page gives for its author. Nothing of the
article follows them, or nothing stands before them and the article does not tell of the author.
"""

import re
from collections.abc import Collection, Sequence

from archive import BlockType
from crawler.extract.text.lines import Placed

_NEAR = 2
_LONGEST_SIGNATURE = 150
_LABEL = re.compile(r"\W?[^\W\d_]+(?:・[^\W\d_]+)?\s?[:：／]\s*")
_JOINTS = re.compile(r"\s?[·•|;,&]\s?|\s(?:[-–—/]|and|und|et|y|e|i|и|ve|och|og|en)\s")
_MOST = 3
"""So many of the last blocks may be of authors."""
_LEAST_KEPT = 4
_LONGEST = 600
_LEAST_WORDS = 2
# What follows the name, or the names: what the author is or does, in the third person.
_SAYS = re.compile(
    r"(?:,[^.]{1,80},|\s\([^()]{1,60}\))?\s(?:(?:currently|now|also)\s)?"
    r"(?:is|are|was|has|works|writes|covers|reports|teaches|ist|war|arbeitet|schreibt|berichtet"
    r"|leitet|est|écrit|es|trabaja|escribe|é|è|scrive|jest|er|är|on)\s"
)


def without_biographies(placed: Sequence[Placed], authors: Collection[str]) -> list[Placed]:
    """The blocks of a body without those at its ends that say who one of `authors` is."""
    names = [name for name in authors if len(name.split()) >= _LEAST_WORDS]
    kept = list(placed)
    if len(kept) > 1 and _is_biography(kept[0], names) and not _is_told_of(kept[1:], names):
        del kept[0]
    for back in range(1, min(_MOST, len(kept) - _LEAST_KEPT) + 1):
        if _is_biography(kept[-back], names):
            return kept[:-back]
    return kept


def without_signatures(placed: Sequence[Placed], authors: Collection[str]) -> list[Placed]:
    """The blocks of a body without the lines near its ends that name `authors` and say no more."""
    if len(placed) < _LEAST_KEPT or not authors:
        return list(placed)
    near = {*range(_NEAR), *range(len(placed) - _NEAR, len(placed))}
    return [one for at, one in enumerate(placed) if at not in near or not _signs(one, authors)]


def _signs(one: Placed, authors: Collection[str]) -> bool:
    """Whether a line is a label and names of authors: `Text: Ann Lee · Photo: Bo Ek`."""
    text = one.block.text
    if one.block.type is not BlockType.PARAGRAPH or len(text) > _LONGEST_SIGNATURE:
        return False
    parts = [(_LABEL.match(part), part) for part in _JOINTS.split(text)]
    signed = [
        part[label.end() if label else 0 :].strip(" .–—[](（【)）】") for label, part in parts
    ]
    opens = signed[0] in authors
    return opens and all(
        label is not None or name in authors for (label, _), name in zip(parts, signed, strict=True)
    )


def _is_told_of(rest: Sequence[Placed], names: Collection[str]) -> bool:
    """Whether the blocks name one of the authors again, as a portrait does."""
    return any(name.split()[-1] in one.block.text for name in names for one in rest)


def _is_biography(one: Placed, names: Collection[str]) -> bool:
    block = one.block
    if block.type is not BlockType.PARAGRAPH or len(block.text) > _LONGEST:
        return False
    return any(
        block.text[: len(name)].casefold() == name.casefold()
        and _SAYS.match(block.text, len(name)) is not None
        for name in names
    )
