"""The posts that a page embeds or links, each with what the page alone claims of it.

One walk over the tree. Structure decides: a post in navigation, sidebars, comments, share and
follow boxes or author notes is no citation. Markup that is held back in attributes, scripts and
templates is walked where it stands; state JSON is looked at last, for the article's part of it.
"""

from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawler.extract.citations.carriers import (
    HOLDERS,
    Attributes,
    Form,
    Names,
    film_title,
    form_of,
    held_text,
    is_card,
    is_snippet,
    may_carry,
    names_of,
)
from crawler.extract.citations.citing import Citations, FoundCitation
from crawler.extract.citations.claims import Claims, claimed_revision, claims_of, signature
from crawler.extract.citations.hidden import (
    LONGEST_HIDDEN,
    is_markup,
    made_fit,
    unescaped,
    unhidden,
)
from crawler.extract.citations.links import Links
from crawler.extract.citations.neighbours import (
    BLOCKS,
    is_all_link,
    stands_alone,
)
from crawler.extract.citations.parts import MainParts, Part, main_parts
from crawler.extract.citations.places import Place, Places
from crawler.extract.citations.post_names import post_in_attributes, post_in_fields
from crawler.extract.citations.rendered import Rendered, rendered
from crawler.extract.citations.settings import (
    addresses,
    called_posts,
    calls_platform,
    encoded_markup,
    literal_posts,
    settings_markup,
    stated_posts,
)
from crawler.extract.citations.state import islands
from crawler.extract.citations.state.places import StatePlaces
from crawler.extract.citations.state.sought import Sought
from crawler.extract.citations.state.sources import nested_in, states_with
from crawler.extract.citations.state.values import values_of
from crawler.extract.document.markup import parse
from crawler.extract.document.tree import Tree
from crawler.platforms.address import LONGEST_URL
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import Registry, everyone

_DEEPEST_QUOTE = 3
_FEW = 4
"""A script that names more posts than this keeps a list or a gallery."""
_DEEPEST_STATE = 2
"""Text of a state may be data again, and that text too."""
_SHORTEST_ADDRESS = 8
_LONGEST_ISLAND = 20_000
_LONGEST_SETTINGS = 2_000
_MOST_CARDS = 100
_MOST_CARD_NODES = 500
_LONGEST_CARD = 2_000
_LINKING = frozenset({"href", "link"})
_STATED = Place(is_body=True, is_marked=True, is_settled=True, is_stated=True)


def find_citations(
    tree: Tree,
    page_url: str,
    *,
    registry: Registry | None = None,
) -> list[FoundCitation]:
    """The page's citations in reading order, at most 1,000.

    An id keeps the instant that it decodes to, though it be of the future: to flag that is for who
    knows the capture's. `block` is left for the caller to fill, and whether links that are not
    `is_sure` are citations for him to decide.
    """
    root = tree.body or tree.root
    if root is None:
        return []
    registry = registry or everyone()
    walk = _Walk(registry, Citations(registry, page_url), main_parts(tree))
    walk.run(root)
    walk.read_states(tree)
    return walk.citations.found


# ----------------------------------------------------------------------------------------- the walk

_UNREAD = frozenset({"-comment", "canvas", "head", "math", "select", "style", "svg"})
_MOST_HIDDEN = 500
_MOST_HIDDEN_TEXT = 1_000_000
_LEAST_HIDDEN = 32


class _Walk:
    """One page's walk, and what it has found."""

    def __init__(self, registry: Registry, citations: Citations, main: MainParts) -> None:
        self.citations = citations
        self._links = Links(citations)
        self._registry = registry
        self._main = main
        self._places = Places(main)
        self._state_places: StatePlaces | None = None
        self._known_names: dict[tuple[str, ...], Names] = {}
        self._hidden = 0
        self._hidden_text = 0
        self._cards = 0

    def run(self, root: LexborNode) -> None:
        """Walk the page."""
        self._walk(root, Place(is_settled=self._main.fence is None))

    def _walk(self, root: LexborNode, place: Place) -> None:
        """Walk in document order, an explicit stack instead of recursion: pages nest deeply."""
        waiting: list[tuple[LexborNode, Place]] = []
        node: LexborNode | None = root
        citations = self.citations
        while node is not None and not citations.is_full:
            tag = node.tag or ""
            child, inner = None, place
            if tag == "-text":
                text = node.text_content or ""
                # Most texts stand where none could matter.
                if not citations.is_parted or "/" in text or "<" in text or place.is_stated:
                    self._text_node(node, text, place)
            elif tag not in _UNREAD:
                below = self._element(node, tag, place)
                if below is not None:
                    child, inner = node.first_child, below
            following = None if node is root else node.next
            if child is not None:
                if following is not None:
                    waiting.append((following, place))
                node, place = child, inner
            elif following is not None:
                node = following
            else:
                node, place = waiting.pop() if waiting else (None, place)

    def _element(  # noqa: PLR0911 (one a kind of element)
        self, node: LexborNode, tag: str, place: Place
    ) -> Place | None:
        """Look at an element; None where nothing below it is to be looked at."""
        attributes = node.attributes
        inner = self._places.below(node, tag, attributes, place)
        if inner is None:
            return None
        if tag == "a":
            self._links.take(node, attributes, inner)
            return self._places.within_link(inner)
        if inner.only_links:
            is_embed = tag in HOLDERS or tag == "script" or is_snippet(attributes)
            return None if is_embed else inner
        if tag in HOLDERS:
            self._held(node, held_text(node, tag), inner)
            return None
        if tag == "script":
            self._script(node, attributes, self._carrier(node, tag, attributes, inner))
            return None
        if node.mem_id in self._main.path:
            return inner  # what holds the article is no embed, whatever its class says
        if tag == "blockquote" or (tag in BLOCKS and is_snippet(attributes)):
            if inner.quotes < _DEEPEST_QUOTE and self._snippet(node, tag, attributes, inner):
                return None
            inner = inner._replace(quotes=inner.quotes + 1)
        elif may_carry(tag, attributes):
            inner = self._carrier(node, tag, attributes, inner)
        return self._card(node, attributes, inner)

    # ------------------------------------------------------------------------ the kinds of citation

    def _snippet(self, node: LexborNode, tag: str, attributes: Attributes, place: Place) -> bool:
        """A quotation that is a platform's snippet, known by its class, its signature or its link.

        False for a quotation of anything else: what it links is prose.
        """
        if tag != "blockquote" and node.css_first("blockquote") is not None:
            return False  # a wrapper: what it wraps will speak for itself
        page = rendered(node)
        signed = signature(page, self.citations.linked)
        ref = self._named(tag, attributes, self._names(tag, attributes))
        if ref is None and signed is not None:
            ref = signed.ref
        if ref is None and (is_snippet(attributes) or is_all_link(page)):
            ref = self._linked_post(page)
        if ref is None:
            return False
        form = Form.BLOCKQUOTE if tag == "blockquote" else Form.ATTRIBUTE
        claims = claims_of(ref.platform, page, signed, ref)
        claims = replace(claims, revision=claimed_revision(ref.platform, attributes))
        self.citations.add(node, ref, form, place, claims)
        return True

    def _card(self, node: LexborNode, attributes: Attributes, place: Place) -> Place:
        """What is called a post, and links one alone: the site draws it itself."""
        is_own = place.is_article and place.part is Part.PLAIN and not place.carried
        if not is_own or not is_card(attributes):
            return place
        self._cards += 1
        if self._cards > _MOST_CARDS:
            return place
        page = rendered(node, most_nodes=_MOST_CARD_NODES)
        refs = {ref.key: ref for span in page.spans if (ref := self._post_at(span.href))}
        if len(refs) != 1 or len(page.text) > _LONGEST_CARD:
            return place
        [ref] = refs.values()
        return place._replace(carried=(self.citations.add(node, ref, Form.CARD, place),))

    def _linked_post(self, page: Rendered) -> PostRef | None:
        """The last post linked; of Reddit the first, for a comment's discussion follows it."""
        refs = [ref for span in page.spans if (ref := self._post_at(span.href))]
        if not refs:
            return None
        return refs[0] if refs[-1].platform == "reddit" else refs[-1]

    def _post_at(self, href: str) -> PostRef | None:
        return self.citations.linked(href) if href else None

    def _carrier(self, node: LexborNode, tag: str, attributes: Attributes, place: Place) -> Place:
        """An element that names a post in an attribute: a frame, a widget, its placeholder."""
        names = self._names(tag, attributes)
        ref = self._named(tag, attributes, names)
        if ref is None:
            known = len(self.citations.found)
            for name in names.holding:
                value = attributes[name]
                if value and len(value) > _LEAST_HIDDEN:
                    self._held(node, value, place)
            if tag == islands.TAG:
                self._island(node, attributes.get(islands.SETTINGS) or "", place)
            made = tuple(range(known, len(self.citations.found)))
            return place._replace(carried=(*place.carried, *made)[-4:]) if made else place
        title = attributes.get("title") if ref.platform == "youtube" else None
        claims = Claims(text=film_title(title))
        index = self.citations.add(node, ref, form_of(tag), place, claims)
        return place._replace(carried=(*place.carried, index)[-4:])

    def _held(self, node: LexborNode, text: str, place: Place) -> None:
        """Markup held back as text at `node`: its embeds are walked as if they stood there."""
        text = text.strip().removeprefix("<!--").removesuffix("-->")  # for browsers of long ago
        markup = settings_markup(text) or unhidden(text)
        if is_markup(markup):
            self._markup(node, markup, place)
        elif place.is_article:
            self._few_posts(node, markup, Form.ATTRIBUTE, place, most=1)

    def _island(self, node: LexborNode, settings: str, place: Place) -> None:
        """An island of scripts, which may draw one embed; a whole article is read as a state."""
        if len(settings) <= _LONGEST_ISLAND and self._registry.may_be_named_in(settings):
            self._held(node, islands.plain_settings(settings), place)

    def _markup(self, node: LexborNode, markup: str, place: Place) -> None:
        """Walk markup that `node` stands for; none within itself, and not too much of it."""
        is_much = self._hidden_text + len(markup) > _MOST_HIDDEN_TEXT or self._hidden > _MOST_HIDDEN
        if place.stands_for is not None or is_much or len(markup) > LONGEST_HIDDEN:
            return
        if not self._registry.may_be_named_in(markup):
            return
        self._hidden += 1
        self._hidden_text += len(markup)
        tree = parse(made_fit(markup))
        if tree.body is not None:
            self._walk(tree.body, place._replace(stands_for=node))

    def _few_posts(
        self, node: LexborNode, text: str, form: Form, place: Place, *, most: int = _FEW
    ) -> None:
        """The posts that settings name, where they are no more than `most`: else a list's."""
        named = [self.citations.recognise(url) for url in addresses(text)]
        if form is Form.STATE or form is Form.SCRIPT:
            named += map(self.citations.minded, literal_posts(self._registry, text))
        if form is Form.SCRIPT:
            named += map(self.citations.minded, called_posts(self._registry, text))
        elif form is Form.ATTRIBUTE:
            named += map(self.citations.minded, stated_posts(self._registry, text))
        refs = {ref.key: ref for ref in named if ref is not None}
        if len(refs) <= most:
            for ref in refs.values():
                self.citations.add(node, ref, form, place)

    def _script(self, node: LexborNode, attributes: Attributes, place: Place) -> None:
        """A script amid the article that puts an embed in place, or holds its markup back."""
        if not place.is_article or attributes.get("src"):
            return
        kind = (attributes.get("type") or "").lower()
        is_data = "json" in kind
        code = node.text()
        if "ld+json" in kind or len(code) > (_LONGEST_SETTINGS if is_data else LONGEST_HIDDEN):
            return
        if is_data or (kind.startswith("text/") and "javascript" not in kind):
            self._held(node, code, place)
            return
        for markup in encoded_markup(code):
            self._markup(node, markup, place)
        code = unhidden(unescaped(code.replace("<![CDATA[", "")))
        if is_markup(code):
            self._markup(node, code, place._replace(part=max(place.part, Part.ASIDE)))
        elif self._registry.may_be_named_in(code) or calls_platform(code):
            self._few_posts(node, code, Form.SCRIPT, place)

    def read_states(self, tree: Tree) -> None:
        """Add what the article's part of the page's state cites and the walk has not found."""
        sought = Sought(tree, self._main.body)
        self.citations.take_each_post_once()
        for element, part in states_with(tree, sought, self._registry.may_be_named_in):
            self._state_places = StatePlaces(self.citations, sought)
            self._state_part(element, part, sought, _DEEPEST_STATE)

    def _state_part(self, element: LexborNode, part: object, sought: Sought, depth: int) -> None:
        for name, value in values_of(part):
            if self.citations.is_full:
                return
            if not isinstance(value, str):
                ref = self.citations.minded(post_in_fields(self._registry, name, value))
                if ref is not None:
                    self.citations.add(element, ref, Form.STATE, _STATED)
            elif len(value) >= _SHORTEST_ADDRESS:
                self._state_text(element, name, value, sought, depth)

    def _state_text(
        self, element: LexborNode, name: str, text: str, sought: Sought, depth: int
    ) -> None:
        """What a text that the article's state keeps under `name` embeds or links."""
        form = Form.LINK if name in _LINKING else Form.STATE
        if self._state_places is not None:
            self._state_places.passed(text)
        if len(text) > _LEAST_HIDDEN:
            text = unhidden(text)
        if is_markup(text):
            self._markup(element, text, _STATED)
        elif text.startswith(("http://", "https://", "//", "at://")) and not text.split()[1:]:
            ref = self.citations.recognise(text)
            if ref is not None:
                self.citations.add(element, ref, form, _STATED)
        elif (
            len(text) > _LEAST_HIDDEN
            and ("//" in text or text[0] in "{[" or ':"' in text)  # an address, or data again
            and self._registry.may_be_named_in(text)
        ):
            self._few_posts(element, text, form, _STATED)
            for inner in nested_in(text, sought) if depth else ():
                if inner != text:
                    self._state_part(element, inner, sought, depth - 1)

    def _text_node(self, node: LexborNode, text: str, place: Place) -> None:
        if place.is_stated and self._state_places is not None:
            self._state_places.passed(text)
        if "/" in text or "<" in text:
            self._text(node, text.strip(), place)
        elif not (self.citations.is_parted or place.carried or text.isspace()):
            self.citations.is_parted = True

    def _text(self, node: LexborNode, text: str, place: Place) -> None:
        is_url = text.startswith(("http://", "https://")) and not place.only_links
        if is_url and len(text) <= LONGEST_URL:
            parent = node.parent
            is_alone = stands_alone(node) and parent is not None and parent.tag in BLOCKS
            ref = self.citations.recognise(text) if is_alone and not text.split()[1:] else None
            if ref is not None and parent is not None:
                self.citations.add(parent, ref, Form.URL, place)
                return
        is_held = text.startswith("<") and place.is_article and not place.only_links
        if is_held and is_markup(text):
            parent = node.parent
            is_all = parent is not None and parent.tag == "p" and stands_alone(node)
            self._markup(parent if is_all and parent is not None else node, text, place)
            return
        if not place.is_linked:
            self._links.take_text(node, text, place)
        # A placeholder's own words, such as a request for consent, part nothing.
        self.citations.is_parted = self.citations.is_parted or not place.carried

    def _named(self, tag: str, attributes: Attributes, names: Names) -> PostRef | None:
        ref = post_in_attributes(self._registry, tag, attributes, names.naming)
        return self.citations.minded(ref)

    def _names(self, tag: str, attributes: Attributes) -> Names:
        """Which of an element's attributes tell something; most have the same as others."""
        key = (tag, *attributes)
        found = self._known_names.get(key)
        if found is None:
            found = self._known_names[key] = names_of(tag, attributes)
        return found
