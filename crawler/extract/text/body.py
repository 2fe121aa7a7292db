"""The article's body: outline → weigh, prune → container → lines → blocks, each with its place."""

from dataclasses import dataclass
from itertools import islice

from archive import BlockType, BodyBlock
from crawler.extract.text.boxes import close_boxes
from crawler.extract.text.container import find_container
from crawler.extract.text.lead import find_lead, opens_with_lead
from crawler.extract.text.likelihood import likely
from crawler.extract.text.lines import Line, Placed, blocks_of, joined, lines_of
from crawler.extract.text.media import media_of
from crawler.extract.text.outline import Branch, Outline
from crawler.extract.text.pruning import pardon, prune, weigh
from crawler.extract.text.trimming import trimmed

MAX_BLOCKS = 5_000
_SCANT = 300
"""A body with fewer characters is looked for again, among what class words had pruned."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article's blocks in reading order, and the lead above them where there is one."""

    blocks: list[Placed]
    lead: Placed | None = None
    above: str | None = None
    """The line above the first block, which is none of the article's: it may be the dateline."""
    container: Branch | None = None
    """The part that holds the article."""
    media: tuple[Placed, ...] = ()
    """The pictures, films and sounds amid the blocks."""


@dataclass(frozen=True, slots=True)
class Found:
    """The part that holds the article, all of its lines, and those that no rule took off."""

    container: Branch
    lines: list[Line]
    kept: list[Line]


def read_body(outline: Outline, headline: str, description: str, base: str) -> Text:
    """The article's text; empty where there is none. To be called once for an outline.

    `headline` and `description` are what the page states of itself, `base` is what its relative
    URLs stand on.
    """
    found = find_lines(outline, headline)
    lines = likely(found.kept, found.lines, found.container)
    lead = find_lead(outline.root, found.container, lines, headline, description)
    if not lead and opens_with_lead(found.kept, found.container):
        lead = found.kept[:1]
        lines = [line for line in lines if line is not lead[0]]
    blocks = list(islice(blocks_of(lines), MAX_BLOCKS))
    above = joined(lead) if lead else None
    placed = blocks if above is None else [above, *blocks]
    return Text(
        blocks=blocks,
        lead=above,
        above=_above(lines, found.lines),
        container=found.container,
        media=tuple(media_of(outline.shown, found.container, placed, base)),
    )


def find_lines(outline: Outline, headline: str) -> Found:
    """The part that holds the article of a page, with its lines."""
    root = outline.root
    weigh(root)
    prune(root)
    first = _found(root, headline)
    if (size := _size(first.kept)) < _SCANT:
        pardon(root)
        weigh(root)
        second = _found(root, headline)
        if _size(second.kept) > 2 * size + 50:
            return second
    return first


def _found(root: Branch, headline: str) -> Found:
    container = find_container(root, headline)
    close_boxes(container)
    lines = lines_of(container)
    return Found(container, lines, trimmed(lines, headline))


def text_blocks(text: str) -> list[Placed]:
    """Blocks of a text that came without markup: a paragraph a line."""
    lines = (" ".join(line.split()) for line in text.splitlines()[:MAX_BLOCKS])
    return [
        Placed(BodyBlock(type=BlockType.PARAGRAPH, text=line), span=None) for line in lines if line
    ]


def _above(kept: list[Line], lines: list[Line]) -> str | None:
    """The text of the one of `lines` that stands before the first of those `kept`."""
    at = next((at for at, line in enumerate(lines) if kept and line is kept[0]), 0)
    return lines[at - 1].text if at else None


def _size(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines if line.is_prose)
