"""The one wrapper of trafilatura: the twin of a page to blocks of text, each with its place.

trafilatura is imported when the first page is read, so that programs which read none stay quick.
"""

import functools
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata

from lxml.etree import _Element

from archive import BlockType, BodyBlock
from crawler.extract.leftovers import without_leftovers
from crawler.extract.twin import Span, Twin, letters_of

EXTRACTOR = f"trafilatura-{metadata.version('trafilatura')}"
MAX_BLOCKS = 5_000
_MAX_MISSES = 50
"""Blocks not found on the map before the search for them is given up: it is not for free."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and where its text lies on the twin's map; None where it was not found."""

    block: BodyBlock
    span: Span | None


def read_body(twin: Twin) -> list[Placed]:
    """The article's blocks in reading order; empty where the extractor finds none."""
    found = _extract()(twin)
    if found is None:
        return []
    blocks: list[BodyBlock] = []
    for block in _blocks(found):
        blocks.append(block)
        if len(blocks) == MAX_BLOCKS:
            break
    keep = without_leftovers(blocks)
    return list(_placed([block for block, kept in zip(blocks, keep, strict=True) if kept], twin))


def prepare() -> None:
    """Import the extractor now, and not with the first page."""
    _extract()


def text_blocks(text: str) -> list[Placed]:
    """Blocks of a text that came without markup: a paragraph a line."""
    lines = (_folded(line) for line in text.splitlines()[:MAX_BLOCKS])
    return [
        Placed(BodyBlock(type=BlockType.PARAGRAPH, text=line), span=None) for line in lines if line
    ]


@functools.cache
def _extract() -> Callable[[Twin], _Element | None]:
    """trafilatura, set up for articles: no comments, tables kept, no metadata of its own."""
    from trafilatura.core import bare_extraction  # noqa: PLC0415 - costs half a second
    from trafilatura.settings import Document  # noqa: PLC0415

    # It warns of every page without text; our verdict says so in its own place.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def extract(twin: Twin) -> _Element | None:
        if not len(twin.root):
            return None
        page = twin.root.makeelement("html")
        page.append(twin.root)
        document = bare_extraction(page, include_comments=False, include_tables=True)
        if not isinstance(document, Document) or document.body is None:
            return None
        body: _Element = document.body
        return body

    return extract


def _blocks(body: _Element) -> Iterator[BodyBlock]:
    for element in body:
        tag = element.tag
        if tag == "list":
            yield from _list(element)
        elif tag == "table":
            yield from _table(element)
        elif tag == "quote":
            yield from _texts(element, BlockType.QUOTE, "\n")
        elif tag == "head":
            level = element.get("rend", "")[1:]
            heading = BlockType.HEADING
            for block in _texts(element, heading, " "):
                yield replace(block, level=int(level) if level in set("123456") else None)
        else:
            yield from _paragraphs(element)
        if tail := _folded(element.tail or ""):
            yield BodyBlock(type=BlockType.PARAGRAPH, text=tail)


def _paragraphs(element: _Element) -> Iterator[BodyBlock]:
    """A paragraph, or several where two line breaks divide it, as older pages write them."""
    for part in "\n".join(_lines(element)).split("\n\n"):
        if text := part.strip("\n"):
            yield BodyBlock(type=BlockType.PARAGRAPH, text=text)


def _texts(element: _Element, type_: BlockType, joint: str) -> Iterator[BodyBlock]:
    if text := joint.join(line for line in _lines(element) if line):
        yield BodyBlock(type=type_, text=text)


def _list(element: _Element) -> Iterator[BodyBlock]:
    items = tuple(
        text
        for item in element.iter("item")
        if (text := " ".join(line for line in _lines(item, inner="list") if line))
    )
    if items:
        yield BodyBlock(type=BlockType.LIST, text="\n".join(items), items=items)


def _table(element: _Element) -> Iterator[BodyBlock]:
    rows = (
        " | ".join(
            text for cell in row.iter("cell") if (text := " ".join(filter(None, _lines(cell))))
        )
        for row in element.iter("row")
    )
    if text := "\n".join(row for row in rows if row):
        yield BodyBlock(type=BlockType.PARAGRAPH, text=text)


_BREAKS = frozenset(("lb", "p", "item", "row", "head", "quote", "list", "table", "code", "div"))


def _lines(element: _Element, inner: str | None = None) -> list[str]:
    """The element's text, folded, a line for every break in it; `inner` elements left out."""
    parts: list[str] = [element.text or ""]
    for child in element:
        is_break = child.tag in _BREAKS
        parts.append("\n" if is_break else "")
        if child.tag != inner and isinstance(child.tag, str):
            # Joined by a sign that no text holds any more, since its own breaks are only spaces.
            parts.append("\n".join(_lines(child, inner)))
        parts.append("\n" if is_break and child.tag != "lb" else "")
        parts.append((child.tail or "").replace("\n", " "))
    parts[0] = parts[0].replace("\n", " ")
    return [_folded(line) for line in "".join(parts).split("\n")]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _placed(blocks: list[BodyBlock], twin: Twin) -> Iterator[Placed]:
    at = misses = 0
    for block in blocks:
        letters = letters_of(block.text.replace(" | ", ""))
        span = twin.find(letters, at) if misses < _MAX_MISSES else None
        if span is None:
            misses += 1
        else:
            at = max(at, span.end)
        yield Placed(block, span)
