"""How likely each line of a container is of the article: the sum of what its clues weigh."""

from collections.abc import Sequence

from archive import BlockType
from crawler.extract.text.clues import clues_of
from crawler.extract.text.line_weights import WEIGHTS
from crawler.extract.text.lines import Line
from crawler.extract.text.outline import Branch

_LEAST = -0.2
"""Logarithm of the odds, for a chance of nine in twenty, below which a line is the page's own."""
_SURE = 2.0
"""Logarithm of the odds of a line that is hardly the page's own."""
_AMID = 1.0
"""What is added to the lines between two sure ones: what is odd there is mostly the article's."""
_MOST_JUDGED = 10_000
"""Lines; what comes after them stays. No article has so many, and a hostile page has any number."""


def likely(kept: Sequence[Line], lines: Sequence[Line], container: Branch) -> list[Line]:
    """Those of `kept` that are likely the article's, among all `lines` of `container`.

    Captions stay, and what follows so many lines that no article has them. The lines of a list, a
    quotation or a table are judged as one.
    """
    prose = [line for line in lines if line.type is not BlockType.CAPTION][:_MOST_JUDGED]
    unlikely = {
        id(line) for line, odds in zip(prose, _odds(prose, container), strict=True) if odds < _LEAST
    }
    found = [line for line in kept if id(line) not in unlikely]
    while found and found[-1].type is BlockType.HEADING:
        found.pop()
    return found


def _odds(prose: Sequence[Line], container: Branch) -> list[float]:
    """For each of `prose` the logarithm of the odds that it is of the article."""
    odds = [
        sum([WEIGHTS[clue] for clue in clues if clue in WEIGHTS])
        for clues in clues_of(prose, container)
    ]
    sums: dict[int, tuple[float, int]] = {}
    for line, value in zip(prose, odds, strict=True):
        if line.group is not None:
            total, size = sums.get(id(line.group), (0.0, 0))
            length = len(line.text)
            sums[id(line.group)] = total + value * length, size + length
    judged = [
        value if line.group is None else sums[id(line.group)][0] / sums[id(line.group)][1]
        for line, value in zip(prose, odds, strict=True)
    ]
    sure = [at for at, value in enumerate(judged) if value >= _SURE]
    for at in range(sure[0] + 1, sure[-1]) if sure else ():
        judged[at] += _AMID
    return judged
