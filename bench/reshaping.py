"""Other shapes of the pages that line weights are learnt from: the same text, laid out otherwise.

What a corpus of pages hardly has would be learnt as foreign: an article of short lines, in a list,
in parts of a block each, folded away, full of links. So some draws of each page are read after
their outlines were reshaped. No shape looks at what is of the article: what stands beside it is
reshaped as often, so that a shape alone says nothing.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from crawler.extract.text.outline import Branch, Run

_LEAVES = frozenset(("p", "div", "li", "h2", "h3", "h4", "blockquote"))
_SENTENCE = re.compile(r"(?<=[.!?。！？…])[\s\"”»’]*(?=\S)")
_LIKELY = 0.5
_LONGEST_PASSAGE = 8
_SHORTENED = 0.3
_WHOLE = 0.2
"""How often a passage is all of what stands together."""


def reshape(root: Branch, chance: random.Random) -> None:
    """Lay out the page of `root`, which is not weighed, in another way that `chance` chooses."""
    stretches = list(_stretches(root))
    if chance.random() < _SHORTENED:
        stretches = [_shortened(stretch, chance) for stretch in stretches]
    chance.shuffle(stretches)
    for stretch in stretches:
        if chance.random() < _LIKELY:
            _reshape_passage(stretch, chance)
    layout = chance.choice((_keep, _keep, _as_divs, _wrapped, _wrapped_twice, _in_sections))
    for branch in {id(one[0].parent): one[0].parent for one in stretches}.values():
        if branch is not None:
            layout(branch, chance)


def _stretches(root: Branch) -> Iterator[list[Branch]]:
    """The blocks of text that stand in a row in one branch, two at least."""
    waiting = [root]
    while waiting:
        branch = waiting.pop()
        row: list[Branch] = []
        for kid in [*branch.kids, None]:
            if isinstance(kid, Branch) and _is_leaf(kid):
                row.append(kid)
                continue
            if len(row) > 1:
                yield row
            row = []
            if isinstance(kid, Branch):
                waiting.append(kid)


def _shortened(stretch: list[Branch], chance: random.Random) -> list[Branch]:
    """The first few of the blocks; the others leave the page."""
    kept = stretch[: chance.randint(1, 4)]
    above = stretch[0].parent
    if above is not None and above.tag not in ("ul", "ol"):
        gone = {id(block) for block in stretch[len(kept) :]}
        above.kids = [kid for kid in above.kids if id(kid) not in gone]
        return kept
    return stretch


def _is_leaf(branch: Branch) -> bool:
    is_text = branch.tag in _LEAVES and bool(branch.kids) and not branch.controls
    return is_text and all(isinstance(kid, Run) for kid in branch.kids)


def _reshape_passage(stretch: list[Branch], chance: random.Random) -> None:
    size = chance.randint(2, _LONGEST_PASSAGE)
    if chance.random() >= _WHOLE and len(stretch) > size:
        start = chance.randrange(len(stretch) - size)
        stretch = stretch[start : start + size]
    above = stretch[0].parent
    if above is None or above.tag in ("ul", "ol", "tr"):
        return
    at = above.kids.index(stretch[0])
    made = chance.choice(_SHAPES)(above, stretch, chance)
    above.kids[at : at + len(stretch)] = made


def _texts(blocks: Sequence[Branch]) -> Iterator[Run]:
    return (kid for block in blocks for kid in block.kids if isinstance(kid, Run))


def _cut(run: Run, at: int) -> tuple[Run, Run | None]:
    """A run in two at its letter `at`; links are spread evenly."""
    one, other = run.text[:at].strip(), run.text[at:].strip()
    if not one or not other:
        return run, None
    linked = min(len(one), round(run.linked * len(one) / len(run.text)))
    rest = min(len(other), run.linked - linked)
    middle = min(run.end, run.start + at)
    return (
        Run(one, linked, run.start, middle, is_continued=run.is_continued),
        Run(other, rest, middle, run.end, is_continued=False),
    )


def _sentences(run: Run) -> Iterator[Run]:
    rest: Run | None = run
    while rest is not None:
        found = _SENTENCE.search(rest.text)
        one, rest = _cut(rest, found.start()) if found else (rest, None)
        yield one


def _pieces(run: Run, chance: random.Random) -> Iterator[Run]:
    """A run as pieces of some words each."""
    rest: Run | None = run
    while rest is not None:
        words = rest.text.split()
        count = chance.randint(2, 9)
        if len(words) <= count:
            yield rest
            return
        one, rest = _cut(rest, len(" ".join(words[:count])))
        yield one


def _block(tag: str, above: Branch, *kids: Run) -> Branch:
    made = Branch(tag, None, above)
    made.kids = list(kids)
    return made


def _around(tag: str, above: Branch, kids: Sequence[Branch | Run]) -> Branch:
    made = Branch(tag, None, above)
    made.kids = list(kids)
    for kid in kids:
        if isinstance(kid, Branch):
            kid.parent = made
    return made


def _as_list(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    list_ = Branch(chance.choice(("ul", "ol")), None, above)
    divide = chance.choice((lambda run: [run], _sentences, lambda run: _pieces(run, chance)))
    list_.kids = [_block("li", list_, one) for run in _texts(blocks) for one in divide(run)]
    return [list_]


def _as_sentences(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    del chance
    return [_block("p", above, one) for run in _texts(blocks) for one in _sentences(run)]


def _as_pieces(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    return [_block("p", above, one) for run in _texts(blocks) for one in _pieces(run, chance)]


def _as_verse(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    made = []
    for run in _texts(blocks):
        lines = list(_pieces(run, chance))
        for _, line in pairwise(lines):
            line.is_continued = True
        made.append(_block("p", above, *lines))
    return made


def _headed(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    """Each block's first words as a heading, or as a short line, above what comes after them."""
    tag = chance.choice(("h2", "h3", "h4", "p"))
    shorten = chance.random() < 0.5
    made = []
    for run in _texts(blocks):
        head, *rest = _pieces(run, chance)
        made.append(_block(tag, above, head))
        if rest:
            rest_, *more = _sentences(_cut(run, len(head.text))[1] or run)
            made.append(_block("p", above, rest_, *(() if shorten else more)))
    return made


def _folded(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    """Each block folded below its first words."""
    tag, title = chance.choice((("details", "summary"), ("div", "h3"), ("div", "div")))
    made = []
    for run in _texts(blocks):
        head, *_ = _pieces(run, chance)
        rest = _cut(run, len(head.text))[1]
        fold = Branch(tag, None, above)
        fold.kids = [_block(title, fold, head)]
        if rest is not None:
            fold.kids.append(_block("p", fold, rest))
        made.append(fold)
    return made


def _defined(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    list_ = Branch("dl", None, above)
    for run in _texts(blocks):
        for one in _sentences(run):
            head, *_ = _pieces(one, chance)
            list_.kids.append(_block("dt", list_, head))
            if (rest := _cut(one, len(head.text))[1]) is not None:
                list_.kids.append(_block("dd", list_, rest))
    return [list_]


def _as_table(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    table = Branch("table", None, above)
    for run in _texts(blocks):
        for one in _sentences(run):
            row = Branch("tr", None, table)
            row.kids = [_block("td", row, cell) for cell in _pieces(one, chance)]
            table.kids.append(row)
    return [table]


def _linked(above: Branch, blocks: Sequence[Branch], chance: random.Random) -> list[Branch]:
    del above
    for run in _texts(blocks):
        run.linked = max(run.linked, int(len(run.text) * chance.uniform(0, 0.6)))
    return list(blocks)


_SHAPES: Sequence[Callable[[Branch, Sequence[Branch], random.Random], list[Branch]]] = (
    *(_as_list, _as_list, _as_sentences, _as_pieces, _as_verse, _headed, _folded, _defined),
    *(_as_table, _linked),
)


def _keep(branch: Branch, chance: random.Random) -> None:
    """As it was."""


def _as_divs(branch: Branch, chance: random.Random) -> None:
    del chance
    for kid in branch.kids:
        if isinstance(kid, Branch) and kid.tag == "p":
            kid.tag = "div"


def _wrapped(branch: Branch, chance: random.Random) -> None:
    """Each block in a part of its own."""
    if branch.tag not in ("ul", "ol", "dl", "table", "tr"):
        tag = chance.choice(("div", "div", "section"))
        branch.kids = [_around(tag, branch, [kid]) for kid in branch.kids]


def _wrapped_twice(branch: Branch, chance: random.Random) -> None:
    _wrapped(branch, chance)
    _wrapped(branch, chance)


def _in_sections(branch: Branch, chance: random.Random) -> None:
    """A few blocks together in parts alike."""
    if branch.tag in ("ul", "ol", "dl", "table", "tr"):
        return
    tag = chance.choice(("div", "section"))
    kids, made = branch.kids, []
    while kids:
        size = chance.randint(1, 4)
        made.append(_around(tag, branch, kids[:size]))
        kids = kids[size:]
    branch.kids = list(made)
