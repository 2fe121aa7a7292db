"""A parsed page: its tree, and its elements listed in one walk for all who ask.

A question in CSS goes through the whole tree each time, and reading a page has dozens of them. Most
are for all elements of a few tags, others for attributes that few pages have, or for parts of
class names; these are answered from lists.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode

STATE_ATTRIBUTES = frozenset({
    *("data-page", "data-props", "data-react-props", "data-initial-state", "data-state", "props"),
    "wire:snapshot",
})  # fmt: skip
"""Where islands, Inertia, Livewire, React on Rails and their kin put state."""
_ASKED = STATE_ATTRIBUTES | {"itemprop", "rel"}
_ASKED_TAGS = frozenset((
    *("base", "figure", "h1", "h2", "h3", "input", "link", "meta", "noscript", "p", "script"),
    *("time", "title"),
))  # fmt: skip
_Placed = tuple[int, LexborNode]
_Made = TypeVar("_Made")


class Link(NamedTuple):
    """A link, and its address as written."""

    node: LexborNode
    href: str


class _Lists:
    """What is asked of a tree, in document order, elements with their places in that order.

    Few are kept: to keep a node costs more than to look at it.
    """

    __slots__ = ("by_attribute", "by_tag", "classes", "links")

    def __init__(self, root: LexborNode | None) -> None:
        self.by_tag: dict[str, list[_Placed]] = {}
        self.by_attribute: dict[str, list[_Placed]] = {}
        self.links: list[Link] = []
        classes: list[str] = []
        nodes = root.traverse(include_text=False) if root is not None else ()
        for place, node in enumerate(nodes):
            tag = node.tag or ""
            if tag in _ASKED_TAGS:
                self.by_tag.setdefault(tag, []).append((place, node))
            attributes = node.attributes
            if not attributes:
                continue
            if names := attributes.get("class"):
                classes.append(names)
                if len(attributes) == 1:
                    continue
            if tag == "a" and (href := attributes.get("href")) and ("//" in href or href == "/"):
                self.links.append(Link(node, href))
            if not _ASKED.isdisjoint(attributes):
                for name in _ASKED.intersection(attributes):
                    self.by_attribute.setdefault(name, []).append((place, node))
        self.classes = "\n".join(classes).lower()
        """All class names together: what is not in here is in none."""


class Tree:
    """The tree of a page's text. Nodes keep the parser alive, not this: no cycle to break."""

    __slots__ = ("_found_lists", "_made", "_parser")

    def __init__(self, text: str) -> None:
        self._parser = LexborHTMLParser(text)
        self._found_lists: _Lists | None = None
        self._made: dict[Callable[[Tree], Any], Any] = {}

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
        """The elements of any of `tags`, in lower case, in document order: listed, or by CSS."""
        if _ASKED_TAGS.issuperset(tags):
            return _merged(self._lists.by_tag, tags)
        return self.css(", ".join(tags))

    def links_elsewhere(self) -> Sequence[Link]:
        """The `a` elements with a whole address, or the path of a front page, in document order."""
        return self._lists.links

    def with_attribute(self, *names: str) -> Sequence[LexborNode]:
        """The elements with any of the attributes `names`, in document order.

        Listed are `itemprop`, `rel` and those of `STATE_ATTRIBUTES`.
        """
        assert _ASKED.issuperset(names), "an attribute that is not listed"
        return _merged(self._lists.by_attribute, names)

    def with_property(self, name: str) -> Sequence[LexborNode]:
        """The elements that microdata calls `name`, whatever else it calls them."""
        return [
            node
            for node in self.with_attribute("itemprop")
            if name in (node.attributes["itemprop"] or "").split()
        ]

    def with_class_like(self, *parts: str, tags: Sequence[str] = ()) -> Sequence[LexborNode]:
        """The elements whose class names hold any of `parts`, in lower case; and those of `tags`.

        In document order.
        """
        classes = self._lists.classes
        called = [f'[class*="{part}" i]' for part in parts if part in classes]
        if not called:
            return self.all(*tags)
        found = self.css(", ".join([*called, *tags]))  # one by each selector that it matches
        return list({node.mem_id: node for node in found}.values())

    def may_have_class(self, *names: str) -> bool:
        """Whether an element may have any of the class names: a quick look, to spare a walk."""
        return any(name in self._lists.classes for name in names)

    def once(self, make: Callable[["Tree"], _Made]) -> _Made:
        """What `make` makes of the tree, made when it is first asked for.

        It is kept with the tree, and so must not keep that.
        """
        if make not in self._made:
            self._made[make] = make(self)
        made: _Made = self._made[make]
        return made

    @property
    def _lists(self) -> _Lists:
        if self._found_lists is None:
            self._found_lists = _Lists(self.root)
        return self._found_lists


def _merged(lists: Mapping[str, Sequence[_Placed]], keys: Sequence[str]) -> list[LexborNode]:
    if len(keys) == 1:
        return [node for _, node in lists.get(keys[0], ())]
    return _in_order(placed for key in keys for placed in lists.get(key, ()))


def _in_order(found: Iterable[_Placed]) -> list[LexborNode]:
    """Elements in document order, each once."""
    ordered = sorted(found, key=itemgetter(0))
    return [
        node for at, (place, node) in enumerate(ordered) if not at or ordered[at - 1][0] != place
    ]
