"""A parsed page: its tree, and its elements listed by their tags in one walk for all who ask.

A question in CSS goes through the whole tree each time, and reading a page has dozens of them. Most
are for all elements of a few tags; most others for attributes that few pages have.
"""

from collections.abc import Sequence
from operator import itemgetter

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Tree:
    """The tree of a page's text. Nodes keep the parser alive, not this: no cycle to break."""

    __slots__ = ("_by_tag", "_may_have_microdata", "_parser", "_text")

    def __init__(self, text: str) -> None:
        self._parser = LexborHTMLParser(text)
        self._text = text
        self._may_have_microdata: bool | None = None
        self._by_tag: dict[str, list[tuple[int, LexborNode]]] | None = None

    @property
    def root(self) -> LexborNode | None:
        """The `html` element."""
        return self._parser.root

    @property
    def body(self) -> LexborNode | None:
        """The `body` element."""
        return self._parser.body

    def css(self, selector: str) -> list[LexborNode]:
        """The elements that match `selector`, in document order."""
        return self._parser.css(selector)

    def css_first(self, selector: str) -> LexborNode | None:
        """The first element that matches `selector`."""
        return self._parser.css_first(selector)

    def first(self, tag: str) -> LexborNode | None:
        """The first element of that tag."""
        return next(iter(self.all(tag)), None)

    def all(self, *tags: str) -> Sequence[LexborNode]:
        """The elements of any of `tags`, in lower case, in document order."""
        if self._by_tag is None:
            self._by_tag = self._listed()
        if len(tags) == 1:
            return [node for _, node in self._by_tag.get(tags[0], ())]
        found = [placed for tag in tags for placed in self._by_tag.get(tag, ())]
        return [node for _, node in sorted(found, key=itemgetter(0))]

    @property
    def may_have_microdata(self) -> bool:
        """Whether `itemprop` stands in the page's text, as anyone writes it."""
        if self._may_have_microdata is None:
            spellings = ("itemprop", "itemProp", "ITEMPROP")
            self._may_have_microdata = any(word in self._text for word in spellings)
        return self._may_have_microdata

    def _listed(self) -> dict[str, list[tuple[int, LexborNode]]]:
        by_tag: dict[str, list[tuple[int, LexborNode]]] = {}
        if self.root is not None:
            for place, node in enumerate(self.root.traverse(include_text=False)):
                tag = node.tag or ""
                if tag not in _UNASKED:
                    by_tag.setdefault(tag, []).append((place, node))
        return by_tag


# The most common tags, which nobody asks for.
_UNASKED = frozenset({"a", "br", "div", "img", "input", "option", "path", "span", "svg", "use"})
