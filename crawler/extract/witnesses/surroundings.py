"""Where on a page something stands: with the article's headline, or in a part of another's."""

import copy
import functools
import itertools
import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters
from crawler.extract.witnesses.site_names import parts_of

_SHOWING = frozenset(("b", "div", "font", "p", "span", "strong", "td"))
"""What old pages put a headline in."""
_MAX_DEPTH = 14
_MAX_LINES = 60
_FIRST_LINES = 8
_SMALL_HEADINGS = frozenset(("h4", "h5", "h6"))
"""They hold a byline or a date only where they stand right below the headline."""
_MAX_CHARS = 100
_MAX_HEADINGS = 200
_MAX_PARTS = 20
_MAX_NAME = 300
_LEAST_LETTERS = 12
_LEAST_WORDS = 4
_ELSEWHERE = re.compile(
    r"comment|kommentar|related|teaser|sidebar|widget|footer|avatar|recommend|search|login|review|"
    r"(?:^|[\s_-])(?:bio|card)(?!__|-(?:body|title|text|header|footer|img)\b)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""An element of a card, `card__author` or `card-body`, says nothing of whose card it is."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_OWN_FOOTER = re.compile(r"\b(?:entry|post|article)-(?:footer|meta)[\w-]*", re.IGNORECASE)
# Page builders call each of their pieces a widget, the headline's too; Blogger all of the blog.
_BUILT = re.compile(
    r"\b(?:elementor|et_pb|fl|vc|wpb)[-_]widget(?:[-_](?:wrap|container))?\b|\bwidget Blog\b",
    re.IGNORECASE,
)
_PARTS = frozenset(("aside", "footer", "nav", "form"))
_TOP = frozenset(("body", "html"))
_LINES = frozenset((
    *("p", "div", "span", "address", "li", "small", "em", "strong", "b", "i", "time", "cite"),
    *("h4", "h5", "h6", "td"),
))  # fmt: skip


def headline_element(tree: Tree, sites: Collection[str] = ()) -> LexborNode | None:
    """The only `h1`; among several, or for want of one, the longest heading in the title.

    One that is no h1 must be the weightiest part of the title: others are headings of the text.
    A heading whose bare letters are among `sites` is none.
    """
    headings = [
        heading
        for heading in tree.all("h1")[:_MAX_HEADINGS]
        if (letters := bare_letters(heading.text())) and letters not in sites
    ]
    title = tree.first("title")
    if len(headings) == 1:
        return _told_in(title, headings[0], tree) or headings[0]
    named = bare_letters(title.text()) if title is not None else ""
    parts = parts_of(title.text()) if title is not None else ()
    longest = max((len(bare_letters(part)) for part in parts), default=0)
    repeated = [
        (len(letters), heading)
        for heading in tree.all(*_HEADINGS)[:_MAX_HEADINGS]
        if (letters := bare_letters(heading.text())) in named
        and letters not in sites
        and len(letters) >= (1 if heading.tag == "h1" else max(_LEAST_LETTERS, longest / 2))
    ]
    found = max(repeated, key=lambda pair: pair[0], default=(0, None))[1]
    if found is None and title is not None:
        return _shown_title(tree, max(parts, key=len).strip())
    return found


def _told_in(title: LexborNode | None, only: LexborNode, tree: Tree) -> LexborNode | None:
    """The heading all of whose words are the title's, where the `only` h1 has few of those."""
    if title is None:
        return None
    words = set(title.text().lower().split())
    shown = only.text().lower().split()
    if 2 * sum(word in words for word in shown) >= len(shown):
        return None
    told = (
        heading
        for heading in tree.all("h2", "h3")[:_MAX_HEADINGS]
        if len(own := heading.text().lower().split()) >= _LEAST_WORDS and words.issuperset(own)
    )
    return next(told, None)


def _shown_title(tree: Tree, part: str) -> LexborNode | None:
    """The element, no heading, that shows nothing but the longest part of the title."""
    if tree.body is None or len(part) < _LEAST_LETTERS:
        return None
    for node in tree.body.traverse(include_text=True):
        if node.tag == "-text" and part in (text := node.text_content or ""):
            parent = node.parent
            if text.strip() == part and parent is not None and parent.tag in _SHOWING:
                return parent
    return None


def around(element: LexborNode | None) -> frozenset[int]:
    """The `mem_id` of all that `element` lies in: what they are called says nothing of a part."""
    found = []
    node = element.parent if element is not None else None
    while node is not None:
        found.append(node.mem_id)
        node = node.parent
    return frozenset(found)


def steps_to(headline: LexborNode | None, element: LexborNode) -> int:
    """How many levels above `headline` the first part lies that holds `element`, too."""
    held = set()
    node: LexborNode | None = element
    while node is not None:
        held.add(node.mem_id)
        node = node.parent
    steps, node = 0, headline
    while node is not None and node.mem_id not in held:
        steps, node = steps + 1, node.parent
    return steps


def is_elsewhere(
    element: LexborNode, known: Collection[int], judged: dict[int, bool] | None = None
) -> bool:
    """Whether `element` lies in a part that is not the article's own: never one that is `known`.

    Who asks of many elements of one page hands over what was `judged` of the parts around them.
    """
    judged = {} if judged is None else judged
    node: LexborNode | None = element
    for _ in range(_MAX_DEPTH):
        if node is None or (here := node.mem_id) in known:
            return False
        is_anothers = judged.get(here)
        if is_anothers is None:
            tag = node.tag
            if tag in _TOP:
                return False
            is_anothers = judged[here] = _is_anothers(node, tag or "")
        if is_anothers:
            return True
        node = node.parent
    return False


def _is_anothers(node: LexborNode, tag: str) -> bool:
    """Whether an element, by its tag or its names, holds what is not the article's own."""
    if tag in _PARTS and not _is_entrys_own(node) and not _is_page(node):
        return True
    attributes = node.attributes
    for name in (attributes.get("class"), attributes.get("id")):
        if name and _is_named_elsewhere(name[:_MAX_NAME]):
            return not (name == "footer" and _is_item_of_article(node.parent))
    return False


def _is_item_of_article(node: LexborNode | None) -> bool:
    """Whether an element is an article's item of microdata: TYPO3 names its byline `footer`."""
    kind = node.attributes.get("itemtype") if node is not None else None
    return kind is not None and kind.endswith("Article")


@functools.lru_cache(maxsize=4096)
def _is_named_elsewhere(name: str) -> bool:
    return _ELSEWHERE.search(_OWN_FOOTER.sub("", _BUILT.sub("", name))) is not None


def _is_page(part: LexborNode) -> bool:
    """Whether it is the form in which ASP.NET puts all of a page."""
    return part.tag == "form" and part.css_first('input[name="__VIEWSTATE"]') is not None


def _is_entrys_own(part: LexborNode) -> bool:
    """Whether a footer is that of an article: blogs say there who wrote it, and when."""
    parent = part.parent
    if part.tag != "footer" or parent is None:
        return False
    return (
        parent.tag == "article"
        or _OWN_FOOTER.search(part.attributes.get("class") or "") is not None
    )


def around_headline(tree: Tree) -> frozenset[int]:
    """What the page's headline lies in, as `around` has it."""
    return around(tree.once(headline_element))


def lines_after(tree: Tree) -> Iterator[str]:
    """The short lines that follow the headline, wrappers of a line as itself, elsewhere's not.

    However many ask, each is looked for once, and none further than somebody wants.
    """
    return copy.copy(tree.once(_shared_lines))


def _shared_lines(tree: Tree) -> Iterator[str]:
    headline, known = tree.once(headline_element), tree.once(around_headline)
    return itertools.tee(_lines_after(tree.body, headline, known), 1)[0]


def _lines_after(
    body: LexborNode | None, headline: LexborNode | None, known: Collection[int]
) -> Iterator[str]:
    if headline is None or body is None:
        return
    start, count = headline.mem_id, 0
    judged: dict[int, bool] = {}
    nodes = body.traverse(include_text=False)
    if start not in (node.mem_id for node in nodes):  # up to the headline
        return
    for node in nodes:
        if (tag := node.tag) not in _LINES:
            continue
        lines = [line for line in _lines_in(node) if 0 < len(line) <= _MAX_CHARS]
        if not lines:
            continue
        count += 1
        if count > _MAX_LINES:
            return
        if tag in _SMALL_HEADINGS and count > _FIRST_LINES:
            continue  # of a section, or of another story
        if not is_elsewhere(node, known, judged):
            yield from lines


def _lines_in(node: LexborNode) -> Iterator[str]:
    """What `node` shows between its line breaks, if it is small."""
    parts = node.traverse(include_text=False)
    tags = [part.tag for part in itertools.islice(parts, _MAX_PARTS + 1)]
    if len(tags) > _MAX_PARTS:
        return
    if "br" not in tags:
        yield " ".join(node.text(separator=" ").split())
        return
    line: list[str] = []
    for part in node.traverse(include_text=True):
        if part.tag == "-text":
            line.append(part.text_content or "")
        elif part.tag == "br":
            yield " ".join(" ".join(line).split())
            line = []
    yield " ".join(" ".join(line).split())


def is_small(node: LexborNode) -> bool:
    """Whether `node` may be one line: to take the text of every wrapper would be quadratic."""
    parts = itertools.islice(node.traverse(include_text=False), _MAX_PARTS + 1)
    return sum(1 for _ in parts) <= _MAX_PARTS
