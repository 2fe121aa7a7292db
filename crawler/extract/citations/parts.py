"""The parts of a page: where its article stands, and where posts are no citations of it."""

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.citations.carriers import is_snippet
from crawler.extract.citations.neighbours import block_around
from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters
from crawler.extract.witnesses.surroundings import around


class Part(IntEnum):
    """What a part of the page means for the posts in it."""

    PLAIN = 0
    BOX = 1
    """Links here are citations where the article's text stands around them."""
    ASIDE = 2
    """Links here are no citations, but in the article's text; embeds are."""
    FOREIGN = 3
    """Nothing here is a citation."""


# Of an enumeration a member costs more than a global, and each element is asked.
_PLAIN = Part.PLAIN
_TAGS = {
    "address": Part.ASIDE,
    "aside": Part.BOX,
    "button": Part.ASIDE,
    "dialog": Part.FOREIGN,
    "footer": Part.FOREIGN,
    "form": Part.FOREIGN,
    "header": Part.ASIDE,
    "menu": Part.FOREIGN,
    "nav": Part.FOREIGN,
}
_FOREIGN_WORDS = frozenset((
    *("comment", "comments", "commentlist", "disqus", "disqus-thread", "respond", "side-bar"),
    *(
        f"comment-{part}{plural}"
        for part in ("area", "form", "list", "section", "thread")
        for plural in ("", "s")
    ),
    *(f"{side}sidebar" for side in ("", "left-", "right-", "primary-", "secondary-")),
    *("footer-widget", "footer-widgets", "page-footer", "site-footer"),
    *("footer", "nav", "navigation", "navbar", "menu", "breadcrumb", "breadcrumbs"),
    *("widget-area", "recommended", "recommendation", "recommendations"),
    *("related", "social-feed", "social-stream", "social-wall", "twitter-feed", "instagram-feed"),
    *("most-popular", "most-read", "most-viewed", "trending", "outbrain"),
    *("taboola", "newsletter", "playlist", "latest-news"),
    *("dialog", "complementary", "contentinfo", "search"),
    *("fb-comments", "fb-follow", "fb-like", "fb-page", "fb-save", "fb-send", "fb-share-button"),
))  # fmt: skip
# And words that begin or end so.
_FOREIGN_PARTS = re.compile(
    r"\A(?:comments|recommended|related(?!-(?:image|media))|trending)-|-comments\Z"
)
_FOREIGN_CLUES = ("comments", "recommended", "related", "trending")
_ASIDE_WORDS = frozenset((
    *("share", "sharing", "sharebar", "share-bar", "share-box", "share-tool", "share-tools"),
    *("share-button", "share-buttons", "share-icon", "share-icons", "share-link", "share-links"),
    *("sharedaddy", "social", "socials", "social-bar", "social-button", "social-buttons"),
    *("social-follow", "social-icon", "social-icons", "social-link", "social-links"),
    *("social-media", "social-share", "social-sharing", "follow", "follow-us"),
    *("author", "author-bio", "author-box", "author-card", "author-details", "author-info"),
    *("author-profile", "about-author", "about-the-author", "bio", "byline"),
    *("wp-block-gallery", "blocks-gallery-grid", "image-gallery", "photo-gallery", "gallery-item"),
    *("gallery", "slideshow", "carousel", "slider", "swiper", "swiper-container", "slick-slider"),
    *("splide", "glide", "glide-track", "embla", "flickity", "owl-carousel"),
    *("tag", "tags", "teaser", "promo", "credit", "credits"),
))  # fmt: skip
_MARKED = frozenset({"article", "main"})
_BESIDE = frozenset({"footer", "nav"})
_WORDED = ("class", "id", "role")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_WORDS = 1_000
_MOST_TRIED = 20
_HIGHEST = 600
_SNIPPET_DEPTH = 5
_MOST_PARAGRAPHS = 5_000
_SCANT = 1_000
"""A page whose paragraphs have fewer letters may write its article in other elements."""
_LINE = 40
_NO_PROSE = frozenset(("a", "script", "style", "noscript", "template", "textarea", "option"))
_MOST = 0.6
"""The share of the paragraphs' text that an article holds."""


def part_of(tag: str, attributes: Mapping[str, str | None]) -> Part:
    """The part that an element of this tag, class, id and role opens, by its words."""
    part = _part_of_words(tag) if "-" in tag else _TAGS.get(tag, _PLAIN)
    if attributes:
        for name in _WORDED:
            if name in attributes and (words := attributes[name]):
                named = _part_of_words(words[:_LONGEST_WORDS])
                if named is not _PLAIN:
                    part = max(part, named)
    return part


def part_of_words(words: str) -> Part:
    """The part that an element of this class, id or role opens."""
    return _part_of_words(words[:_LONGEST_WORDS])


@functools.lru_cache(maxsize=8192)
def _part_of_words(words: str) -> Part:
    low = words.lower()
    is_like_none = not any(map(low.__contains__, _FOREIGN_CLUES))
    if is_like_none and _JOINED_WORDS.isdisjoint(_joined(low).split()):
        return _PLAIN  # as are nearly all
    return max(map(_part_of_word, words.split()), default=_PLAIN)


def _joined(words: str) -> str:
    """`words`, each without what its own words are joined by."""
    return words.replace("-", "").replace("_", "")


def _part_of_word(word: str) -> Part:
    low = word.lower()
    token = (low if low == word else _CAMEL.sub("-", word).lower()).replace("__", "-")
    token = token.replace("_", "-")
    if token in _FOREIGN_WORDS or _FOREIGN_PARTS.search(token):
        return Part.FOREIGN
    return Part.ASIDE if token in _ASIDE_WORDS else _PLAIN


_JOINED_WORDS = frozenset(map(_joined, _FOREIGN_WORDS | _ASIDE_WORDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class MainParts:
    """Where the article stands, as `mem_id`s of elements."""

    body: int | None
    """The parent of most of the paragraphs' text, quotations aside; None where there is none."""
    article: int | None
    """The outermost `article` or `main` around that parent, or else its parent's parent; or what is
    above that, where only it holds most of the page's paragraphs."""
    marked: int | None
    """What the markup calls the article: the outermost `article` around the parent, or `main`."""
    headed: int | None
    """What holds that parent and the page's headline, unless only the page does."""
    fence: int | None
    """The outermost `article`, else `main`, around both, or else what is `headed`: what is outside
    is hardly its own."""
    is_alone: bool
    """Whether the markup calls an `article` what holds both: others with headings are others."""
    path: frozenset[int]
    """That parent, the main headings, and all above them: whatever their class words say, for
    wrappers of whole articles are called `sidebar` or `share` too, they hold the article."""


def main_parts(tree: Tree) -> MainParts:
    """The main parts of the page, from its first 5,000 paragraphs and its `h1`.

    Where it has hardly any, from its other blocks with text.
    """
    parents, lengths = _weighed(tree)
    longest = sorted(lengths, key=lengths.__getitem__, reverse=True)[:_MOST_TRIED]
    titled = _titled(tree)
    headed = around(titled)
    known: dict[int, bool] = {}
    own = [key for key in longest if not _is_beside(parents[key], headed, known)]
    body = own[0] if own else None
    headings = tree.all("h1")[:3] if titled is None else [titled]
    tips = [tip for tip in headings if not _is_beside(tip, headed, known)]
    if body is not None:
        tips.append(parents[body])
    path: set[int] = set()
    for tip in tips:
        node: LexborNode | None = tip
        while node is not None and node.mem_id not in path:
            path.add(node.mem_id)
            node = node.parent
    article = above = None
    marked: dict[str, int] = {}
    if body is not None:
        total = sum(lengths[key] for key in own)
        article = _article_around(parents[body], parents, lengths, total)
        marked, above = _marked_around(parents[body]), _headed_around(parents[body], headed)
    return MainParts(
        body=body,
        article=article,
        marked=marked.get("article", marked.get("main")),
        headed=above,
        fence=next(
            (marked[tag] for tag in ("article", "main") if marked.get(tag) in headed), above
        ),
        is_alone=marked.get("article") in headed,
        path=frozenset(path),
    )


def _weighed(tree: Tree) -> tuple[dict[int, LexborNode], dict[int, int]]:
    """What holds paragraphs, and how many letters of them; quotations and posts hold none."""
    parents: dict[int, LexborNode] = {}
    lengths: dict[int, int] = {}

    def weigh(parent: LexborNode | None, length: int) -> None:
        if parent is None or parent.tag == "blockquote":
            return
        if parent.mem_id in parents:
            lengths[parent.mem_id] += length
        elif not _is_in_snippet(parent):
            parents[parent.mem_id] = parent
            lengths[parent.mem_id] = length

    for paragraph in tree.all("p")[:_MOST_PARAGRAPHS]:
        weigh(paragraph.parent, len(paragraph.text(deep=True)))
    if sum(lengths.values()) < _SCANT:
        # A block of lines is an article's body itself, and one of a line has it for its parent.
        for block, length in _text_blocks(tree):
            weigh(block, length)
            weigh(block.parent, length)
    return parents, lengths


def _is_in_snippet(node: LexborNode) -> bool:
    """Whether an element stands in a platform's own quotation of a post."""
    above: LexborNode | None = node.parent
    for _ in range(_SNIPPET_DEPTH):
        if above is None:
            break
        if above.tag == "blockquote":
            return is_snippet(above.attributes)
        above = above.parent
    return False


def _marked_around(body: LexborNode) -> dict[str, int]:
    """The outermost `article` and the outermost `main` that hold `body`."""
    found: dict[str, int] = {}
    node: LexborNode | None = body
    for _ in range(_HIGHEST):
        if node is None:
            break
        if node.tag in _MARKED:
            found[node.tag] = node.mem_id
        elif node.attributes.get("role") == "main":
            found["main"] = node.mem_id
        node = node.parent
    return found


def _headed_around(body: LexborNode, headed: Collection[int]) -> int | None:
    """The innermost part that holds `body` and one of `headed`; None where that is all the page."""
    node: LexborNode | None = body
    for _ in range(_HIGHEST):
        if node is None or node.tag in {"body", "html"}:
            break
        if node.mem_id in headed:
            return node.mem_id
        node = node.parent
    return None


def _text_blocks(tree: Tree) -> Iterator[tuple[LexborNode, int]]:
    """The blocks that hold text which is no link's, each as often as it holds one."""
    texts = tree.body.traverse(include_text=True) if tree.body is not None else ()
    long = (one for one in texts if one.tag == "-text" and len(one.text_content or "") > _LINE)
    for text in islice(long, _MOST_PARAGRAPHS):
        parent = text.parent
        if parent is not None and parent.tag not in _NO_PROSE:
            yield block_around(text), len(text.text_content or "")


def _article_around(
    body: LexborNode, parents: Mapping[int, LexborNode], lengths: Mapping[int, int], total: int
) -> int:
    outermost = body
    node: LexborNode | None = body
    for _ in range(_HIGHEST):
        if node is None:
            break
        if node.tag in _MARKED:
            outermost = node
        node = node.parent
    if outermost is body and body.parent is not None and body.parent.parent is not None:
        outermost = body.parent.parent
    held: dict[int, int] = {}
    for key in sorted(parents, key=lengths.__getitem__, reverse=True)[:_MOST_TRIED]:
        above: LexborNode | None = parents[key]
        for _ in range(_HIGHEST):
            if above is None:
                break
            held[above.mem_id] = held.get(above.mem_id, 0) + lengths[key]
            above = above.parent
    while outermost.parent is not None and held.get(outermost.mem_id, 0) < _MOST * total:
        outermost = outermost.parent
    return outermost.mem_id


def _titled(tree: Tree) -> LexborNode | None:
    """The first `h1` that says what the page's title says."""
    title = tree.first("title")
    named = bare_letters(title.text()) if title is not None else ""
    headings = ((bare_letters(one.text()), one) for one in tree.all("h1")[:3])
    return next((one for text, one in headings if text and text in named), None)


def _is_beside(node: LexborNode | None, headed: Collection[int], known: dict[int, bool]) -> bool:
    """Whether an element by its tag alone is none that an article stands in.

    An aside that is `headed` by the page's own headline is. What is found of it and those above it
    is `known` then: blocks of text have most of these in common.
    """
    passed: list[int] = []
    is_beside = False
    while node is not None and not is_beside:
        here = node.mem_id
        if here in known:
            is_beside = known[here]
            break
        passed.append(here)
        is_beside = node.tag in _BESIDE or (node.tag == "aside" and here not in headed)
        node = node.parent
    known.update(dict.fromkeys(passed, is_beside))
    return is_beside
