"""HTML from a stranger: parsed within bounds, and a node's text as a reader sees it."""

import re
from typing import Self

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.bounds.markup import bound
from crawler.platforms.json_tree import MAX_BYTES, clean_text
from crawler.platforms.rung import Answered

_MOST_NODES = 5_000
_LONGEST_TEXT = 100_000
_CYRILLIC = re.compile(r"charset=\"?windows-1251", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3"})
_UNSEEN = frozenset({"head", "iframe", "script", "style", "template"})
_BLANKS = re.compile(r"[ \t\n\f]+")


class PlatformPage:
    """A platform's page or embed. Only its first 2 MB are read."""

    def __init__(self, text: str) -> None:
        self._tree = LexborHTMLParser(bound(text))

    @classmethod
    def read(cls, answered: Answered) -> Self:
        """The page of an answer."""
        return cls(page_text(answered))

    def all(self, selector: str) -> list[LexborNode]:
        """The elements that a CSS selector finds, the first 200."""
        return self._tree.css(selector)[:200]

    def first(self, selector: str) -> LexborNode | None:
        """The first element that a CSS selector finds."""
        return self._tree.css_first(selector)

    def meta(self, *names: str) -> str | None:
        """The content of the first `<meta>` whose property or name is one of `names`."""
        for name in names:
            for key in ("property", "name"):
                found = attribute(self.first(f'meta[{key}="{name}"]'), "content")
                if found:
                    return found
        return None


def page_text(answered: Answered) -> str:
    """A page's markup: UTF-8, but where the header names the charset of VK's older pages.

    Without NUL, which parsers do not agree on.
    """
    is_cyrillic = _CYRILLIC.search(answered.headers.get("content-type", ""))
    charset = "windows-1251" if is_cyrillic else "utf-8"
    return answered.body[:MAX_BYTES].decode(charset, "replace").replace("\x00", "")


def attribute(node: LexborNode | None, name: str) -> str | None:
    """An attribute's value, cleaned and stripped; None where it is missing or empty."""
    if node is None:
        return None
    return clean_text(node.attributes.get(name) or "").strip() or None


def text_of(node: LexborNode | None) -> str | None:
    """The node's text: blanks folded, a line break for `<br>`, an empty line between paragraphs.

    None where there is none. Bounded, and never recursive.
    """
    if node is None:
        return None
    pieces: list[str] = []
    length = 0
    stack: list[LexborNode | str] = [node]
    for _ in range(_MOST_NODES):
        if not stack or length > _LONGEST_TEXT:
            break
        top = stack.pop()
        if isinstance(top, str):
            pieces.append(top)
            continue
        tag = top.tag
        if tag == "-text":
            piece = _BLANKS.sub(" ", top.text(deep=False))
            pieces.append(piece)
            length += len(piece)
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _UNSEEN:
            if tag in _BLOCKS:
                pieces.append("\n\n" if tag == "p" else "\n")
                stack.append("\n\n" if tag == "p" else "\n")
            stack.extend(_children(top))
    text = re.sub(r" ?\n ?", "\n", "".join(pieces))
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", text))
    return clean_text(text).strip() or None


def _children(node: LexborNode) -> list[LexborNode]:
    """A node's children, last first."""
    children: list[LexborNode] = []
    child = node.last_child
    while child is not None and len(children) < _MOST_NODES:
        children.append(child)
        child = child.prev
    return children


def read_fragment(html: str) -> PlatformPage:
    """A piece of HTML out of an answer, parsed as a page is."""
    return PlatformPage(html[:MAX_BYTES])
