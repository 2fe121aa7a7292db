"""The article's body: outline → weigh, prune → container → lines → blocks, each with its place."""

from dataclasses import dataclass
from itertools import islice

from archive import BlockType, BodyBlock
from crawler.extract.container import find_container
from crawler.extract.lead import find_lead
from crawler.extract.lines import Line, Placed, blocks_of, joined, lines_of
from crawler.extract.outline import Outline
from crawler.extract.pruning import pardon, prune, weigh
from crawler.extract.trimming import trimmed

MAX_BLOCKS = 5_000
_SCANT = 300
"""A body with fewer characters is looked for again, among what class words had pruned."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article's blocks in reading order, and the lead above them where there is one."""

    blocks: list[Placed]
    lead: Placed | None = None


def read_body(outline: Outline, headline: str, description: str) -> Text:
    """The article's text; empty where there is none. To be called once for an outline.

    `headline` and `description` are what the page states of itself.
    """
    root = outline.root
    weigh(root)
    prune(root)
    container = find_container(root, headline)
    lines = trimmed(lines_of(container), headline)
    if (size := _size(lines)) < _SCANT:
        pardon(root)
        weigh(root)
        other = find_container(root, headline)
        again = trimmed(lines_of(other), headline)
        if _size(again) > 2 * size + 50:
            container, lines = other, again
    lead = find_lead(root, container, lines, description)
    return Text(
        blocks=list(islice(blocks_of(lines), MAX_BLOCKS)),
        lead=joined(lead) if lead else None,
    )


def text_blocks(text: str) -> list[Placed]:
    """Blocks of a text that came without markup: a paragraph a line."""
    lines = (" ".join(line.split()) for line in text.splitlines()[:MAX_BLOCKS])
    return [
        Placed(BodyBlock(type=BlockType.PARAGRAPH, text=line), span=None) for line in lines if line
    ]


def _size(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines if line.is_prose)
