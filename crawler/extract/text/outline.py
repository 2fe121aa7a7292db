"""The light tree: a page's blocks and runs of text.

Every run and link knows where it lies, as a count of the page's letters. One walk over the page's
tree makes it: `outlining`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.text.classwords import Naming, names_of_element, naming_of_element


class Span(NamedTuple):
    """A stretch of the page's letters, from `start` to `end`."""

    start: int
    end: int


class SourceLink:
    """A link as it stands in the page: its `href` as written, its text and its place.

    What only few are asked for is made when it is.
    """

    __slots__ = ("_pieces", "end", "href", "start")

    def __init__(self, href: str, start: int) -> None:
        self.href = href
        self.start = start
        self.end = start
        self._pieces: list[str] = []

    def add(self, text: str, end: int) -> None:
        """Add a piece of its text, which is not blank and ends at `end`."""
        self._pieces.append(text)
        self.end = end

    @property
    def text(self) -> str:
        """What it shows; empty where it shows no text."""
        return " ".join("".join(self._pieces).split())

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Run:
    """Text without a block in it, a line as the page shows it."""

    __slots__ = ("end", "is_continued", "linked", "start", "text")

    def __init__(
        self, text: str, linked: int, start: int, end: int, *, is_continued: bool = False
    ) -> None:
        self.text = text
        self.linked = linked
        """How many of its characters are in links."""
        self.start = start
        self.end = end
        self.is_continued = is_continued
        """Whether only one line break parts it from the run before."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Branch:
    """A block element, with what stands in it in order."""

    # `pruning` fills these, and none before: there are many branches.
    score: float
    """Characters of what reads like paragraphs."""
    size: int
    linked: int
    runs: int
    holds_h1: bool
    __slots__ = (
        *("tag", "parent", "kids", "_node", "_attributes", "_naming"),
        *("controls", "score", "size", "linked", "runs", "holds_h1", "is_dropped"),
    )

    def __init__(self, tag: str, node: LexborNode | None, parent: "Branch | None") -> None:
        self.tag = tag
        self._node = node
        self._attributes: Mapping[str, str | None] | None = None
        self._naming: Naming | None = None
        self.parent = parent
        self.kids: list[Branch | Run] = []
        self.controls = 0
        """How many buttons and fields stand directly in it."""
        self.is_dropped = False

    @property
    def attributes(self) -> Mapping[str, str | None]:
        """Its element's attributes, fetched when they are asked for: of most parts nobody does."""
        if self._attributes is None:
            self._attributes = self._node.attributes if self._node is not None else {}
        return self._attributes

    @property
    def is_marked_body(self) -> bool:
        """Whether microdata calls it the article's body."""
        return "articlebody" in (self.attributes.get("itemprop") or "").lower()

    @property
    def names(self) -> str:
        """What the markup calls it."""
        return names_of_element(self.tag, self.attributes)

    @property
    def naming(self) -> Naming:
        """The judgement of its names."""
        if self._naming is None:
            self._naming = naming_of_element(self.tag, self.attributes)
        return self._naming

    @property
    def density(self) -> float:
        """The share of its text that is in links; 1 where it has none."""
        return self.linked / self.size if self.size else 1.0

    def is_within(self, outer: "Branch") -> bool:
        """Whether it is `outer` or below it."""
        branch: Branch | None = self
        while branch is not None and branch is not outer:
            branch = branch.parent
        return branch is outer


class Shown(NamedTuple):
    """A picture, film or sound: its element, and where that stands."""

    node: LexborNode
    owner: Branch
    at: int
    """How many of the page's letters stand before it."""
    is_linked: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """A page's light tree, and where its links and noted elements stand."""

    root: Branch
    size: int
    """How many letters the page shows."""
    links: tuple[SourceLink, ...]
    """Those of the page but for its menus."""
    places: Mapping[int, int]
    """Where in the letters each noted element begins, by its `mem_id`."""
    shown: tuple[Shown, ...]
    """The pictures, films and sounds of the page but for its menus, in order."""
    _branches: Sequence[Branch]

    def release(self) -> None:
        """Break the cycles of the tree, so that its memory goes back at once."""
        for branch in self._branches:
            branch.parent = None
