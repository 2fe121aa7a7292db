"""Where on a page the walk is, and what posts there count for: what each element inherits."""

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.citations.carriers import Attributes
from crawler.extract.citations.neighbours import is_amid_paragraphs
from crawler.extract.citations.parts import MainParts, Part, part_of
from crawler.extract.text.standing import Footing

_PLAIN = Part.PLAIN  # of an enumeration a member costs more than a global


_STRANGE = frozenset({"article", "td"})
"""Elements that may hold what is another article's, or of another column."""


class Place(NamedTuple):
    """What holds for an element from those above it."""

    part: Part = Part.PLAIN
    is_body: bool = False
    """Below the element that holds most of the article's paragraphs."""
    is_article: bool = False
    """Below the article that this element belongs to."""
    is_marked: bool = False
    """Below what the markup calls the article."""
    is_headed: bool = False
    """Below what holds the article and its headline."""
    is_settled: bool = False
    """Below what holds the article and its headline, if anything does, or found to be outside."""
    is_stated: bool = False
    """In data that states the article."""
    only_links: bool = False
    """In a part that embeds nothing which is the article's own."""
    is_linked: bool = False
    """Within a link."""
    quotes: int = 0
    """How many blockquotes stand around that turned out to be no embeds."""
    carried: tuple[int, ...] = ()
    """Indices of the citations that elements around have made."""
    stands_for: LexborNode | None = None
    """The element that held back the markup walked now."""


class Places:
    """The places of one page."""

    def __init__(self, main: MainParts) -> None:
        self._main = main
        self._has_begun = False
        """Whether the walk has come to what holds text and headline."""
        self._last_linked: tuple[Place, Place] | None = None

    def below(
        self, node: LexborNode, tag: str, attributes: Attributes, place: Place
    ) -> Place | None:
        """The place below an element at `place`; None in a part whose posts are no citations."""
        main = self._main
        here = node.mem_id
        if here in main.path:
            self._has_begun = self._has_begun or here == main.fence
            if here in {main.article, main.body, main.marked, main.headed, main.fence}:
                return place._replace(
                    is_article=place.is_article or here == main.article,
                    is_body=place.is_body or here == main.body,
                    is_marked=place.is_marked or here == main.marked,
                    is_headed=place.is_headed or here == main.headed,
                    is_settled=place.is_settled or here == main.fence,
                )
            return place
        if not place.is_settled:
            # A film above the article may lead it; what has a heading is a part of its own.
            only_links = place.only_links or self._has_begun or _is_titled(node)
            place = place._replace(is_settled=True, only_links=only_links)
        is_another = False
        if tag in _STRANGE:
            is_another = tag == "article" and self._is_another(node, place)
            if tag == "td" and not place.only_links and self._is_beside(node):
                place = place._replace(only_links=True)
        # An article's own header holds its lead; that of a page, links to all kinds of things. The
        # foot of a quotation says whose it is.
        is_own = (tag == "header" and place.is_article) or (tag == "footer" and place.quotes > 0)
        part = part_of("div" if is_own else tag, attributes)
        if part is _PLAIN and not is_another:
            return place
        is_far = tag == "aside" and not (place.is_body or is_amid_paragraphs(node))
        # A box with a heading of its own shows something else, however near it stands.
        only_links = place.only_links or (tag == "aside" and _is_titled(node))
        is_near = place.is_article or place.is_headed
        if (
            is_near
            and (is_far or (tag == "footer" and not is_own))
            and part_of("div", attributes) is _PLAIN
        ):
            # What it gives as a source, or holds amid the text, may be the article's.
            part, only_links, is_far = Part.BOX, True, False
        if is_far or is_another or part is Part.FOREIGN:
            return None
        if part > place.part or only_links is not place.only_links:
            return place._replace(part=max(part, place.part), only_links=only_links)
        return place

    def _is_another(self, article: LexborNode, place: Place) -> bool:
        """Whether an `article` is the next one, or a teaser."""
        return self._main.is_alone and not place.is_marked and _is_titled(article)

    def _is_beside(self, cell: LexborNode) -> bool:
        """Whether a cell is another column of the table that lays the page out."""
        return cell.parent is not None and cell.parent.mem_id in self._main.path

    def within_link(self, place: Place) -> Place:
        """`place` in a link; most links stand where the one before did."""
        if self._last_linked is None or self._last_linked[0] is not place:
            self._last_linked = (place, place._replace(is_linked=True))
        return self._last_linked[1]


def _is_titled(node: LexborNode) -> bool:
    """Whether an element holds a heading, as the next article and a teaser do."""
    return node.css_first("h1, h2, h3, h4") is not None


def footing_of(place: Place, *, is_prose: bool) -> Footing:
    """How much the markup around a link says that it is the article's."""
    if place.is_stated:
        return Footing.STATED
    if place.part is _PLAIN and place.is_body:
        return Footing.BODY
    if place.part > Part.BOX or not (place.is_article or place.is_headed):
        return Footing.NONE
    if place.part is Part.BOX or not is_prose or not place.is_article:
        return Footing.AMID
    return Footing.ARTICLE if place.is_marked else Footing.NEAR


def footing_of_embed(place: Place) -> Footing:
    """How much the markup around an embed says that it is the article's."""
    if place.is_stated:
        return Footing.STATED
    is_boxed = place.part > Part.BOX and not place.is_body and place.stands_for is None
    return Footing.AMID if is_boxed else Footing.BODY
