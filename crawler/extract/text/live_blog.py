"""The entries of a live blog: where each begins, and when it says that it was written.

A page is a live blog where it says so: as schema.org's LiveBlogPosting, in microdata, or by the
name of the element around its entries. Entries are the elements that are marked as updates, else
the siblings of which each shows a time of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from archive import BlockType, BodyBlock, Moment
from crawler.extract.dates import moment_of
from crawler.extract.document.structured import Structured, types
from crawler.extract.document.tree import Tree
from crawler.extract.text.lines import Placed
from crawler.extract.text.outline import Span

MAX_ENTRIES = 500
_LEAST_ENTRIES = 3
_DEEPEST = 12
_NAMED = ("live-blog", "liveblog", "live-ticker", "liveticker")
_TIMES = "time[datetime]"
_MAX_NAMED = 20
_SHOWN_TIME = re.compile(
    r"[\d\W]{3,20}(?i:[ap]\.?m\.?|uhr|h)?(?:\s?(?:[A-Z]{1,3}T|UTC|WIB|WITA))?\W{0,3}"
)
_BEYOND = 1_500
"""Letters outside of the body's blocks within which an entry may open."""


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """An entry: its element by `mem_id`, and its time."""

    mem_id: int
    stated_at: Moment


def find_entries(tree: Tree, structured: Structured) -> list[LiveEntry]:
    """The entries of a live blog in the page's order; none on any other page."""
    marked = list(tree.with_property("liveBlogUpdate"))[:MAX_ENTRIES]
    if not marked:
        is_live = any("LiveBlogPosting" in types(node) for node in structured.nodes)
        scope = tree.body if is_live else None
        named = tree.with_class_like(*_NAMED)[:_MAX_NAMED] if scope is None else []
        marked = _repeated(scope) if scope is not None else []
        for part in named:
            marked = marked or _repeated(part)
    return list(_timed(marked))


def _timed(elements: Sequence[LexborNode]) -> Iterator[LiveEntry]:
    for element in elements:
        for time in element.css(f"{_TIMES}, [itemprop~='datePublished']")[:2]:
            attributes = time.attributes
            said = moment_of(attributes.get("datetime") or attributes.get("content") or "")
            mem_id = element.mem_id
            if said is not None and mem_id is not None:
                yield LiveEntry(mem_id, said)
                break


def _repeated(scope: LexborNode) -> list[LexborNode]:
    """The children of one element, most of all such, that each hold a time; one tag for all."""
    families: dict[int, dict[int, LexborNode]] = {}
    for time in scope.css(_TIMES)[:MAX_ENTRIES]:
        child = time
        for _ in range(_DEEPEST):
            parent = child.parent
            if parent is None or child.mem_id == scope.mem_id:
                break
            families.setdefault(parent.mem_id, {}).setdefault(child.mem_id, child)
            child = parent
    largest = max(families.values(), key=len, default={})
    elements = list(largest.values())
    tags = [element.tag for element in elements]
    usual = max(set(tags), key=tags.count, default="")
    same = [element for element in elements if element.tag == usual]
    return same if len(same) >= _LEAST_ENTRIES else []


def with_entries(placed: Sequence[Placed], entries: Sequence[tuple[int, Moment]]) -> list[Placed]:
    """The body with a block of type `entry` where each of `entries` begins.

    `entries` are places in the page's letters, each with its time. One that nothing of the body
    follows, or that begins far from it, is left out.
    """
    spans = [one.span for one in placed if one.span is not None]
    if not spans or not entries:
        return list(placed)
    first, last = min(spans).start - _BEYOND, max(spans).start
    waiting = sorted(
        (entry for entry in entries if first <= entry[0] <= last), key=lambda entry: entry[0]
    )
    found: list[Placed] = []
    at = 0
    for one in placed:
        opening: Placed | None = None
        while one.span is not None and at < len(waiting) and waiting[at][0] <= one.span.start:
            start, moment = waiting[at]
            block = BodyBlock(type=BlockType.ENTRY, text="", stated_at=moment)
            opening = Placed(block, Span(start, start))
            at += 1
        if opening is not None:
            found.append(opening)
        is_head = bool(found) and found[-1].block.type is BlockType.ENTRY
        if not (is_head and _SHOWN_TIME.fullmatch(one.block.text)):  # the entry has it already
            found.append(one)
    return found
