"""The lines of an article's container in reading order, and the blocks they make.

A line is what the page shows between two breaks: a run of text, or a row of a table. What is left
over beside an article is told by lines; blocks are made of those that stay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive import BlockType, BodyBlock
from crawler.extract.text.classwords import HEADINGS, Sort
from crawler.extract.text.outline import Branch, Run, Span

_MOST_CELLS = 40
_LONGEST_CELL = 120
_LONGEST_CAPTION = 1_000
_LINKED_LIST = 0.6
_LINKED_PART = 0.8
_GROUPS = {"ul": BlockType.LIST, "ol": BlockType.LIST, "blockquote": BlockType.QUOTE}
_PICTURE = frozenset(("figure", "figcaption"))


@dataclass(slots=True, eq=False)
class Line:
    """A line of text, with what it is part of."""

    text: str
    linked: int
    """How many of its characters are in links."""
    span: Span
    owner: Branch
    type: BlockType = BlockType.PARAGRAPH
    group: Branch | None = None
    """The list, quotation or table that its block is made of."""
    item: Branch | None = None
    """Its item of a list."""
    is_continued: bool = False

    @property
    def is_prose(self) -> bool:
        """Whether it is neither a heading nor a caption."""
        return self.type not in (BlockType.HEADING, BlockType.CAPTION)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and where its text lies in the page's letters; None where it has no place."""

    block: BodyBlock
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Place:
    type: BlockType = BlockType.PARAGRAPH
    group: Branch | None = None
    item: Branch | None = None


def lines_of(container: Branch) -> list[Line]:
    """The lines of `container` that were not pruned, and its captions."""
    return list(_lines(container, _Place()))


def _lines(branch: Branch, place: _Place) -> Iterator[Line]:
    for kid in branch.kids:
        if isinstance(kid, Run):
            yield Line(
                kid.text,
                kid.linked,
                kid.span,
                branch,
                place.type,
                place.group,
                place.item,
                kid.is_continued,
            )
        elif kid.is_dropped:
            if caption := _caption(kid):
                yield caption
        elif kid.tag == "tr" and (row := _row(kid, place)):
            yield row
        elif not _is_linked(kid):
            yield from _lines(kid, _inside(kid, place))


def _inside(branch: Branch, place: _Place) -> _Place:
    """What text directly in `branch`, which stands at `place`, is part of."""
    tag = branch.tag
    if tag in HEADINGS:
        return _Place(BlockType.HEADING, branch) if place.group is None else place
    if tag == "li" and place.type is BlockType.LIST:
        return replace(place, item=branch) if place.item is None else place
    if tag == "table" and place.group is None:
        return _Place(BlockType.PARAGRAPH, branch)
    if tag in _GROUPS and place.group is None:
        return _Place(_GROUPS[tag], branch)
    return place


def _is_linked(branch: Branch) -> bool:
    """Whether a part is a list of links, or nothing but links and no prose."""
    if not branch.linked:
        return False
    if branch.tag in ("ul", "ol", "dl", "table"):
        return branch.density > _LINKED_LIST
    is_part = branch.tag in ("div", "section", "p")
    return is_part and branch.density > _LINKED_PART and not branch.score


def _row(row: Branch, place: _Place) -> Line | None:
    """A table row of short cells as one line; None where it lays out the page."""
    cells: list[Run] = []
    waiting: list[Branch | Run] = list(reversed(row.kids))
    while waiting:
        part = waiting.pop()
        if isinstance(part, Run):
            cells.append(part)
            if len(cells) > _MOST_CELLS or len(part.text) > _LONGEST_CELL:
                return None
        elif part.tag in ("table", "ul", "ol"):
            return None
        else:
            waiting += reversed(part.kids)
    if not cells:
        return None
    text = " | ".join(cell.text for cell in cells)
    span = Span(cells[0].span.start, cells[-1].span.end)
    linked = sum(cell.linked for cell in cells)
    return Line(text, linked, span, row, place.type, place.group, place.item)


def _caption(branch: Branch) -> Line | None:
    """What a dropped part says, where that is of a picture."""
    if branch.tag not in _PICTURE and branch.naming.sort is not Sort.CAPTION:
        return None
    runs: list[Run] = []
    waiting: list[Branch | Run] = list(reversed(branch.kids))
    while waiting and len(runs) < _MOST_CELLS:
        part = waiting.pop()
        if isinstance(part, Run):
            runs.append(part)
        else:
            waiting += reversed(part.kids)
    text = " ".join(run.text for run in runs)
    if not 0 < len(text) <= _LONGEST_CAPTION or _is_card(branch, runs):
        return None
    span = Span(runs[0].span.start, runs[-1].span.end)
    return Line(text, 0, span, branch, BlockType.CAPTION)


def _is_card(branch: Branch, runs: list[Run]) -> bool:
    """Whether a figure is a link to elsewhere, with its title and description, and no picture's."""
    return branch.tag == "figure" and len(runs) > 1 and all(run.linked for run in runs)


def blocks_of(lines: Iterable[Line]) -> Iterator[Placed]:
    """The blocks that `lines` make: lists, quotations and tables whole, the rest by paragraph."""
    open_: list[Line] = []
    for line in lines:
        if open_ and not _belong_together(open_[-1], line):
            yield joined(open_)
            open_ = []
        open_.append(line)
    if open_:
        yield joined(open_)


def _belong_together(one: Line, other: Line) -> bool:
    if one.type is not other.type or one.group is not other.group:
        return False
    return one.group is not None or (other.is_continued and one.owner is other.owner)


def joined(lines: list[Line]) -> Placed:
    """The block that `lines`, at least one, make together."""
    first = lines[0]
    span = Span(first.span.start, lines[-1].span.end)
    if first.type is BlockType.HEADING:
        assert first.group is not None, "a heading is its own group"
        text = " ".join(line.text for line in lines)
        level = int(first.group.tag[1])
        return Placed(BodyBlock(type=first.type, text=text, level=level), span)
    if first.type is BlockType.LIST:
        items: dict[int, list[str]] = {}
        for line in lines:
            items.setdefault(id(line.item), []).append(line.text)
        texts = tuple(" ".join(item) for item in items.values())
        return Placed(BodyBlock(type=first.type, text="\n".join(texts), items=texts), span)
    text = "\n".join(line.text for line in lines)
    return Placed(BodyBlock(type=first.type, text=text), span)
