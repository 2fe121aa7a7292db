"""The page's tree as lxml has it, for extractors that need one, and a map of its text.

The twin is built from the one tree that everything else reads, so that no second parser can see
another page. What shows no text is left out, and what is quoted from elsewhere: the embeds. The
map says where in the page's letters each link and embed lies; a block of text that an extractor
hands back is found on it again by its letters, whatever was done to its markup.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml import etree
from lxml import html as lxml_html
from selectolax.lexbor import LexborNode

from crawler.extract.leftovers import Leftovers

MAX_DEPTH = 250
"""Below this depth elements are unwrapped: their text is kept, their nesting is not."""
MAX_ELEMENTS = 25_000
"""Extractors take more than linear time; of a larger page this much is read."""
MAX_INLINE = 500
MAX_CHILDREN = 3_000
"""Inline elements, and elements, in one parent; of further ones only the text is kept."""
MAX_LETTERS = 3_000_000
_MAX_VALUE = 2_000
_PROBE = 40
"""Letters that tell one block from another."""

# No text that a reader of the page sees as its own.
_SILENT = frozenset((
    *("script", "style", "template", "noscript", "head", "link", "meta", "base", "title"),
    *("svg", "math", "canvas", "map", "iframe", "frame", "object", "embed", "applet", "param"),
    *("audio", "video", "source", "track", "progress", "meter", "dialog"),
    *("select", "option", "datalist", "input", "textarea", "button"),
    *("nav", "footer", "menu"),
))  # fmt: skip
_INLINE = frozenset((
    *("a", "abbr", "b", "big", "br", "cite", "code", "del", "em", "font", "i", "img", "ins"),
    *("kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup"),
    *("time", "tt", "u", "var", "wbr"),
))  # fmt: skip
# The attributes that extractors judge by.
_KEPT = frozenset((
    *("id", "class", "href", "itemprop", "role", "style", "rel", "aria-hidden", "data-testid"),
))  # fmt: skip
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]{0,40}")
# Character references bring these back after the text was cleaned, and lxml refuses them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the page's letters, from `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A link as it stands in the page: its `href` as written, its text and its place."""

    href: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Twin:
    """An lxml tree, and the map of its text."""

    root: lxml_html.HtmlElement
    letters: str
    """The text without white space, in document order."""
    links: tuple[SourceLink, ...]
    places: Mapping[int, int]
    """Where in the letters each noted element begins, by its `mem_id`."""
    is_whole: bool
    """False where the page was larger than the bounds above."""

    def find(self, letters: str, after: int) -> Span | None:
        """Where `letters` stand, or at least their beginning: behind `after`, else anywhere."""
        for wanted in (letters, letters[:_PROBE]):
            for start in (after, 0):
                at = self.letters.find(wanted, start) if wanted else -1
                if at >= 0:
                    return Span(at, at + len(letters))
        return None


def letters_of(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


@cache
def _parser() -> etree.HTMLParser:
    """Makes every element an HtmlElement without asking Python, as lxml.html's own parser does."""
    parser = etree.HTMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement))
    return parser


@lru_cache(maxsize=1024)
def _element_name(tag: str) -> str:
    return tag if _NAME.fullmatch(tag) else "span"


def build_twin(
    root: LexborNode, noted: AbstractSet[int] = frozenset(), omitted: AbstractSet[int] = frozenset()
) -> Twin:
    """The twin of the element `root`, usually the body.

    `noted` and `omitted` are elements by their `mem_id`: of both the places are kept, and the
    omitted ones, such as embeds, are left out with all that they hold.
    """
    return _Builder(root, noted, omitted).build()


class _Builder:
    """One walk over the tree. Iterative, since pages may be deeper than Python's stack."""

    def __init__(
        self, root: LexborNode, noted: AbstractSet[int], omitted: AbstractSet[int]
    ) -> None:
        self._source = root
        self._noted = noted | omitted
        self._omitted = omitted
        self._leftovers = Leftovers(root)
        self._root: lxml_html.HtmlElement = _parser().makeelement("body")
        self._open: list[lxml_html.HtmlElement] = [self._root]
        self._inline: list[int] = [0]  # how many inline children each open element has,
        self._children: list[int] = [0]  # and how many children at all
        self._last: lxml_html.HtmlElement | None = None  # the child that text now follows
        self._pending: list[str] = []
        self._letters: list[str] = []
        self._n_letters = 0
        self._n_elements = 0
        self._links: list[SourceLink] = []
        # The open link: its element's `mem_id`, its href and its first letter.
        self._link: tuple[int, str, int] | None = None
        self._link_text: list[str] = []
        self._places: dict[int, int] = {}

    def build(self) -> Twin:
        is_whole = self._walk()
        while len(self._open) > 1:
            self._close()
        if self._pending:
            self._flush()
        return Twin(
            root=self._root,
            letters="".join(self._letters),
            links=tuple(self._links),
            places=self._places,
            is_whole=is_whole,
        )

    def _walk(self) -> bool:
        """Visit every node in document order; False where a bound stopped the walk."""
        path: list[tuple[LexborNode, bool]] = []  # open source elements: were they copied too?
        node = self._source.first_child
        while node is not None:
            if self._n_letters > MAX_LETTERS or self._n_elements > MAX_ELEMENTS:
                return False
            child, is_copied = self._enter(node)
            if child is not None:
                path.append((node, is_copied))
                node = child
                continue
            self._leave(node, is_copied=is_copied)
            following = node.next
            while following is None and path:
                node, is_copied = path.pop()
                self._leave(node, is_copied=is_copied)
                following = node.next
            node = following
        return True

    def _enter(self, node: LexborNode) -> tuple[LexborNode | None, bool]:
        """Copy `node`; its first child, where there is something to visit, and if it was copied."""
        tag = node.tag or ""
        if tag == "-text":
            self._add_text(node.text_content or "")
            return None, False
        if node.mem_id in self._noted:
            self._places[node.mem_id] = self._n_letters
            if node.mem_id in self._omitted:
                return None, False
        if tag in _SILENT or not tag[:1].isalpha():
            return None, False
        attributes = node.attributes
        if attributes and self._leftovers.holds(node, attributes):
            return None, False
        if tag == "a" and self._link is None and (href := attributes.get("href")):
            self._link = (node.mem_id, href, self._n_letters)
        is_inline = tag in _INLINE
        is_copied = (
            len(self._open) < MAX_DEPTH
            and self._children[-1] < MAX_CHILDREN
            and not (is_inline and self._inline[-1] >= MAX_INLINE)
        )
        if is_copied:
            self._children[-1] += 1
            self._inline[-1] += is_inline
            self._open_element(tag, attributes)
        return node.first_child, is_copied

    def _leave(self, node: LexborNode, *, is_copied: bool) -> None:
        if self._link is not None and self._link[0] == node.mem_id:
            _, href, start = self._link
            self._link = None
            text = " ".join("".join(self._link_text).split())
            self._link_text.clear()
            if text:
                span = Span(start, self._n_letters)
                self._links.append(SourceLink(href=href, text=text, span=span))
        if is_copied:
            self._close()

    def _open_element(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if self._pending:
            self._flush()
        kept = {
            name: value[:_MAX_VALUE]
            for name, value in attributes.items()
            if value and name in _KEPT
        }
        name = _element_name(tag)
        try:
            element = etree.SubElement(self._open[-1], name, kept)
        except ValueError:
            kept = {name: _CONTROL.sub("", value) for name, value in kept.items()}
            element = etree.SubElement(self._open[-1], name, kept)
        self._open.append(element)
        self._inline.append(0)
        self._children.append(0)
        self._last = None
        self._n_elements += 1

    def _close(self) -> None:
        if self._pending:
            self._flush()
        self._last = self._open.pop()
        self._inline.pop()
        self._children.pop()

    def _add_text(self, text: str) -> None:
        self._pending.append(text)
        if self._link is not None:
            self._link_text.append(text)
        letters = letters_of(text)
        self._letters.append(letters)
        self._n_letters += len(letters)

    def _flush(self) -> None:
        """Hang the text gathered so far where it belongs: lxml keeps it as `text` or `tail`."""
        text = "".join(self._pending)
        self._pending.clear()
        try:
            self._hang(text)
        except ValueError:
            self._hang(_CONTROL.sub("", text))

    def _hang(self, text: str) -> None:
        if self._last is None:
            self._open[-1].text = text
        else:
            self._last.tail = text
