"""The posts that a page embeds or links, each with what the page alone claims of it.

One walk over the tree. Structure decides: a post in navigation, sidebars, comments, share and
follow boxes or author notes is no citation. Embeds inside scripts, state JSON and escaped text are
not looked for here.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive import Citation, Relation
from crawler.extract.claims import Claims, claims_of, signature
from crawler.extract.parts import MainParts, Part, main_parts, part_of
from crawler.extract.rendered import Rendered, rendered
from crawler.platforms.address import LONGEST_URL
from crawler.platforms.platform import PostRef
from crawler.platforms.registry import Registry, everyone

MOST_CITATIONS = 1_000
_MOST_CANDIDATES = 5_000
_DEEPEST_QUOTE = 3


class Form(StrEnum):
    """The markup that a citation came in."""

    BLOCKQUOTE = "blockquote"
    IFRAME = "iframe"
    AMP = "amp"
    OBJECT = "object"
    SCRIPT = "script"
    ATTRIBUTE = "attribute"
    """Any other element that names the post in an attribute, for a script to replace."""
    URL = "url"
    """A bare URL alone in its paragraph, as content systems store an embed."""
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embed:
    """A citation, and the element of the page that makes it."""

    node: LexborNode
    citation: Citation


def find_embeds(
    tree: LexborHTMLParser,
    page_url: str,
    *,
    within: LexborNode | None = None,
    not_after: dt.datetime | None = None,
    registry: Registry | None = None,
) -> list[Embed]:
    """The page's citations in reading order, at most 1,000.

    Links in prose count only below `within`, where it is given: the article's body. `not_after` is
    the instant by which every cited post was made, the capture's: an id that decodes to a later one
    (with an hour's grace) gets no `id_at`; default now. `block` is left for the caller to fill.
    """
    root = tree.body or tree.root
    if root is None:
        return []
    walk = _Walk(
        registry=registry or everyone(),
        own_host=_host(page_url),
        within=None if within is None else within.mem_id,
        latest=(not_after or dt.datetime.now(dt.UTC)) + dt.timedelta(hours=1),
        main=main_parts(tree),
    )
    walk.run(root)
    return walk.found


# ----------------------------------------------------------------------------------------- the walk

_UNREAD = frozenset({"head", "math", "noembed", "select", "style", "svg", "template", "textarea"})

# Elements that a reader clicks or a page is made of: their attributes are no embeds.
_NO_CARRIERS = frozenset(
    {"a", "area", "article", "audio", "body", "button", "html", "input", "li", "link", "main"}
    | {"meta", "option", "source", "time"}
)
_BLOCKS = frozenset(
    {"article", "blockquote", "dd", "div", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "li", "main", "p", "section", "td"}
)
# Class words of the platforms' own snippets; consent tools move them to other attributes.
_EMBED_WORDS = frozenset(
    {"twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed"}
    | {"mastodon-embed", "fb-xfbml-parse-ignore"}
)
_LEAST_PROSE = 12

Attributes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the walk is: what holds for an element from those above it."""

    part: Part = Part.PLAIN
    is_within: bool = True
    is_body: bool = False
    """Below the element that holds most of the article's paragraphs."""
    quotes: int = 0
    """How many blockquotes stand around that turned out to be no embeds."""
    carried: tuple[int, ...] = ()
    """Indices of the citations that elements around have made."""


class _Walk:
    """One page's walk, and what it has found."""

    def __init__(
        self,
        *,
        registry: Registry,
        own_host: str,
        within: int | None,
        latest: dt.datetime,
        main: MainParts,
    ) -> None:
        self.found: list[Embed] = []
        self._registry = registry
        self._own_host = own_host
        self._within = within
        self._latest = latest
        self._main = main
        self._candidates = 0
        self._words_since_last = True
        self._last_block: tuple[int, Rendered] | None = None

    def run(self, root: LexborNode) -> None:
        """Walk in document order, an explicit stack instead of recursion: pages nest deeply."""
        place = _Place(is_within=self._within is None or self._within == root.mem_id)
        waiting = [(root, place)]
        while waiting and len(self.found) < MOST_CITATIONS and self._candidates < _MOST_CANDIDATES:
            node, place = waiting.pop()
            following = node.next
            if following is not None and node is not root:
                waiting.append((following, place))
            tag = node.tag or ""
            if tag == "-text":
                self._text(node, place)
            elif tag not in _UNREAD and not tag.startswith("-"):
                inner = self._element(node, tag, place)
                child = None if inner is None else node.first_child
                if inner is not None and child is not None:
                    waiting.append((child, inner))

    def _element(self, node: LexborNode, tag: str, place: _Place) -> _Place | None:
        """Look at an element; None where nothing below it is to be looked at."""
        attributes = node.attributes
        inner = self._entered(node, tag, attributes, place)
        if inner is None:
            return None
        if tag == "a":
            self._link(node, attributes, inner)
            return inner
        if node.mem_id in self._main.path:
            return inner  # what holds the article is no embed, whatever its class says
        if tag == "blockquote" or (attributes and tag in _BLOCKS and _is_snippet(attributes)):
            if inner.quotes < _DEEPEST_QUOTE and self._snippet(node, tag, attributes, inner):
                return None
            return replace(inner, quotes=inner.quotes + 1)
        if attributes and tag not in _NO_CARRIERS:
            inner = self._carrier(node, tag, attributes, inner)
        return None if tag == "script" else inner

    def _entered(
        self, node: LexborNode, tag: str, attributes: Attributes, place: _Place
    ) -> _Place | None:
        """The place below an element; None in a part whose posts are no citations."""
        here = node.mem_id
        part = Part.PLAIN if here in self._main.path else part_of(tag, attributes)
        if tag == "aside" and part and not place.is_body:
            part = Part.FOREIGN
        if part is Part.FOREIGN:
            return None
        if part > place.part:
            place = replace(place, part=part)
        if here == self._within:
            place = replace(place, is_within=True)
        if here == self._main.body:
            place = replace(place, is_body=True)
        return place

    # ------------------------------------------------------------------------ the kinds of citation

    def _snippet(self, node: LexborNode, tag: str, attributes: Attributes, place: _Place) -> bool:
        """A quotation that is a platform's snippet, known by its class, its signature or its link.

        False for a quotation of anything else: what it links is prose.
        """
        if tag != "blockquote" and node.css_first("blockquote") is not None:
            return False  # a wrapper: what it wraps will speak for itself
        page = rendered(node)
        signed = signature(page, self._recognise)
        ref = self._attribute_ref(tag, attributes)
        if ref is None and signed is not None:
            ref = signed.ref
        if ref is None and (_is_snippet(attributes) or _is_all_link(page)):
            ref = self._last_link(page)
        if ref is None:
            return False
        form = Form.BLOCKQUOTE if tag == "blockquote" else Form.ATTRIBUTE
        claims = claims_of(ref.platform, page, signed, ref)
        self._add(node, ref, form, claims, place)
        return True

    def _last_link(self, page: Rendered) -> PostRef | None:
        refs = (self._recognise(span.href) for span in reversed(page.spans) if span.href)
        return next((ref for ref in refs if ref is not None), None)

    def _carrier(self, node: LexborNode, tag: str, attributes: Attributes, place: _Place) -> _Place:
        """An element that names a post in an attribute: a frame, a widget, its placeholder."""
        ref = self._attribute_ref(tag, attributes)
        if ref is None:
            return place
        title = attributes.get("title") if ref.platform == "youtube" else None
        claims = Claims(text=_film_title(title))
        index = self._add(node, ref, _form_of(tag), claims, place)
        return replace(place, carried=(*place.carried, index)[-4:])

    def _link(self, node: LexborNode, attributes: Attributes, place: _Place) -> None:
        href = attributes.get("href")
        if not href or place.part is not Part.PLAIN:
            return
        ref = self._recognise(href.strip())
        if ref is None or self._is_carried(ref, place):
            return
        shown = node.text(deep=True).strip()
        block = self._rendered_block(_block_around(node))
        if "/" in shown and not shown.split()[1:] and block.text.strip() == shown:
            self._add(node, ref, Form.URL, Claims(), place)
        elif place.is_within and (place.is_body or _is_prose(block)):
            self._add(node, ref, Form.LINK, Claims(), place)

    def _rendered_block(self, block: LexborNode) -> Rendered:
        if self._last_block is None or self._last_block[0] != block.mem_id:
            self._last_block = (block.mem_id, rendered(block, most_nodes=300))
        return self._last_block[1]

    def _is_carried(self, ref: PostRef, place: _Place) -> bool:
        """Whether an element around has made the citation already."""
        return any(self.found[index].citation.post_key == ref.key for index in place.carried)

    def _text(self, node: LexborNode, place: _Place) -> None:
        text = (node.text_content or "").strip()
        if not text:
            return
        if text.startswith(("http://", "https://")) and len(text) <= LONGEST_URL:
            parent = node.parent
            is_alone = _stands_alone(node) and parent is not None and parent.tag in _BLOCKS
            ref = self._recognise(text) if is_alone and not text.split()[1:] else None
            if ref is not None and parent is not None:
                self._add(parent, ref, Form.URL, Claims(), place)
                return
        # A placeholder's own words, such as a request for consent, part nothing.
        self._words_since_last = self._words_since_last or not place.carried

    # --------------------------------------------------------------------------------------- adding

    def _recognise(self, url: str) -> PostRef | None:
        ref = self._registry.recognise(url)
        if ref is None:
            return None
        self._candidates += 1
        # A site's links to its own pages are no citations, whatever their shape.
        return None if _host(ref.url) == self._own_host else ref

    def _attribute_ref(self, tag: str, attributes: Attributes) -> PostRef | None:
        """The post that one of the attributes names, by URL or by bare id."""
        context = None
        for name, value in attributes.items():
            if not value or len(value) > LONGEST_URL or not _may_name_post(tag, name):
                continue
            if "//" in value:
                ref = self._recognise(value.strip())
            elif name in self._registry.attributes:
                context = context or _context(tag, attributes)
                ref = self._registry.from_attribute(name, value.strip(), context)
            else:
                continue
            if ref is not None:
                return ref
        return None

    def _add(
        self,
        node: LexborNode,
        ref: PostRef,
        form: Form,
        claims: Claims,
        place: _Place,
    ) -> int:
        """Add a citation, or merge it with the same post's at the same place; its index.

        One place: an element inside the one that made the other citation, or its twin, such as the
        frame in a `noscript` beside the lazy one, with no word between them.
        """
        citation = Citation(
            platform=ref.platform,
            post_id=ref.post_id,
            url=ref.url,
            relation=Relation.LINKED if form is Form.LINK else Relation.EMBEDDED,
            form=form.value,
            claimed_handle=claims.handle,
            claimed_name=claims.name,
            claimed_text=claims.text,
            claimed_on=claims.on,
            hashtags=claims.hashtags,
            mentions=claims.mentions,
            links=claims.links,
            id_at=self._id_at(ref),
        )
        rivals = list(place.carried)
        if self.found and not self._words_since_last:
            rivals.append(len(self.found) - 1)
        self._words_since_last = False
        for index in rivals:
            rival = self.found[index].citation
            if rival.post_key == citation.post_key and rival.relation is citation.relation:
                if rival.claimed_text is None and rival.claimed_handle is None:
                    self.found[index] = Embed(node=node, citation=citation)
                return index
        self.found.append(Embed(node=node, citation=citation))
        return len(self.found) - 1

    def _id_at(self, ref: PostRef) -> dt.datetime | None:
        instant = self._registry.id_instant(ref)
        return None if instant is None or instant > self._latest else instant


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_snippet(attributes: Attributes) -> bool:
    """Whether one of the short attributes holds a snippet's class word."""
    return any(
        not _EMBED_WORDS.isdisjoint(value.split())
        for name, value in attributes.items()
        if value
        and "-" in value
        and len(value) < 500
        and (name == "class" or name.startswith("data-"))
    )


def _is_all_link(page: Rendered) -> bool:
    """Whether there is nothing but one link."""
    links = [span for span in page.spans if span.tag == "a"]
    return len(links) == 1 and page.of(links[0]) == page.text.strip()


def _block_around(node: LexborNode) -> LexborNode:
    """The nearest block-level element above `node`, or one of its farther ancestors."""
    parent = node.parent
    for _ in range(20):
        if parent is None or parent.parent is None or parent.tag in _BLOCKS:
            break
        parent = parent.parent
    return parent or node


def _is_prose(block: Rendered) -> bool:
    """Whether words stand around the links."""
    linked = sum(len(block.of(span)) for span in block.spans if span.tag == "a")
    return len(block.text.strip()) - linked >= _LEAST_PROSE


def _stands_alone(node: LexborNode) -> bool:
    """Whether only line breaks and blanks stand on both sides of a text node."""
    for neighbour in (node.prev, node.next):
        if neighbour is not None and neighbour.tag not in {"br", "-comment", "-text"}:
            return False
    return True


def _may_name_post(tag: str, name: str) -> bool:
    """Whether an attribute of this name may hold an embedded post."""
    if name.startswith("data-"):
        return "share" not in name
    if name == "value":
        return tag == "param"
    return name in {"cite", "data", "href", "src", "videoid"}


def _context(tag: str, attributes: Attributes) -> str:
    values = (value.lower() for value in attributes.values() if value and len(value) <= 80)
    return " ".join((tag, *values))


def _form_of(tag: str) -> Form:
    if tag.startswith("amp-"):
        return Form.AMP
    if tag in {"object", "embed", "param"}:
        return Form.OBJECT
    return {"iframe": Form.IFRAME, "script": Form.SCRIPT}.get(tag, Form.ATTRIBUTE)


_PLAYER_WORDS = re.compile(r"youtube|video ?player|embed", re.IGNORECASE)


def _film_title(title: str | None) -> str | None:
    """A frame's title where it is the film's, not the player's."""
    if not title or len(title) > 500 or _PLAYER_WORDS.search(title):
        return None
    return " ".join(title.split()) or None
