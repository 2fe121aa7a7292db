"""Places that markup alone parts from the report: `<b>OFFENBURG</b> Der Fluss …`, with no mark."""

from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.datelines.parts import cased, is_capitals
from crawler.extract.datelines.place_names import is_known_place
from crawler.extract.datelines.place_witness import Setting
from crawler.extract.document.tree import Tree

_TAGS = frozenset(("b", "strong", "span", "em", "i", "font"))
_LOOKED_AT = 40
"""The report begins with one of the page's first paragraphs."""
_LONGEST = 40
"""No place is longer, in characters."""
_LEAST = 60
"""A report's first paragraph has so many characters at least."""
_MIXED_CASE = frozenset(("de",))
"""Languages whose press sets towns off in their everyday letters too: `<b>Köln</b> Der …`."""


def set_off(tree: Tree) -> tuple[str, ...]:
    """The texts that open a paragraph in an element of their own, each of them once."""
    openings = map(_opening, islice(tree.all("p"), _LOOKED_AT))
    return tuple(dict.fromkeys(text for text in openings if text))


def place_before(text: str, openings: tuple[str, ...], setting: Setting) -> str | None:
    """Which of `openings` is a place, behind which the paragraph `text` begins as a report does."""
    for opening in openings:
        behind = text[len(opening) :]
        is_report = len(behind) >= _LEAST and behind[:1].isspace() and behind.lstrip()[:1].isupper()
        if is_report and text.startswith(opening) and _is_place(opening, setting):
            return opening
    return None


def _is_place(name: str, setting: Setting) -> bool:
    is_written_so = is_capitals(name) or setting.language in _MIXED_CASE
    is_known = is_known_place(name, setting.language) or setting.names_place(cased(name))
    return is_written_so and is_known


def _opening(paragraph: LexborNode) -> str | None:
    node = paragraph.first_child
    while node is not None and node.tag == "-text" and not (node.text_content or "").strip():
        node = node.next
    if node is None or node.tag not in _TAGS or node.next is None:
        return None
    text = " ".join((node.text() or "").split())
    return text if 2 < len(text) <= _LONGEST and text[-1].isalnum() else None
