"""What a page needs to be seen: the addresses that it and its stylesheets name. Pure.

Order is by use: what shapes the page comes before what fills it, and of a picture with many sizes
the first comes before the others of any, so that a limit costs the least.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from selectolax.lexbor import LexborNode

from archive import InvalidUrl, absolute_url
from crawler.extract.document.canonical import base_of
from crawler.extract.document.markup import decode, parse
from crawler.extract.document.offers import picture_offers
from crawler.extract.document.tree import Tree
from crawler.extract.page import Page

MAX_NAMED = 1000
"""Addresses beyond so many are not looked at, whatever a page names."""
MAX_STYLE_BYTES = 2 * 1024 * 1024
"""Of a longer stylesheet only so much is read."""

# One question for all that names something: each goes through the whole tree.
_NAMING = (
    "style, img, picture > source, input[type=image], svg image, amp-img, "
    "video[poster], [data-bg], [data-background], [background], [style*='url(']"
)
_PICTURES = frozenset({"amp-img", "img"})
_GROUNDS = frozenset({"background", "data-background", "data-bg"})
_BACKGROUNDS = ("data-bg", "data-background", "data-background-image", "background", "poster")

# Possessive, so that no white space is tried twice.
# Spelt out for either case: only a pattern that heeds case is searched by its first letter.
_AT_IMPORT = "@[iI][mM][pP][oO][rR][tT]"
_IMPORT = re.compile(rf"{_AT_IMPORT}\s++(?:\"([^\"\n]*+)\"|'([^'\n]*+)')")
_URL = re.compile(r"[uU][rR][lL]\(\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^\s\"'()]*+))\s*+\)")
_MOST_BLANKS = 100
_BEFORE_IMPORTED = re.compile(rf"{_AT_IMPORT}\s+\Z")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.IGNORECASE)


class Need(StrEnum):
    """What a requisite is for."""

    STYLE = "style"
    SCRIPT = "script"
    FONT = "font"
    IMAGE = "image"
    ICON = "icon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisite:
    """An address that a page needs: absolute, without fragment."""

    url: str
    need: Need


_Named = tuple[Need, str]


def page_requisites(page: Page) -> tuple[Requisite, ...]:
    """What an HTML page names, each address once. Never raises on a page."""
    return tree_requisites(parse(decode(page)), page.url)


def tree_requisites(tree: Tree, page_url: str) -> tuple[Requisite, ...]:
    """The same of a page that is parsed already."""
    found = tree.css(_NAMING)  # one by each selector that it matches
    naming = list({node.mem_id: node for node in found}.values())
    named = (
        *_links(tree),
        *_scripts(tree),
        *_styles(naming),
        *_pictures(naming),
        *_backgrounds(naming),
        *_inline_styles(naming),
    )
    return _absolute(named, base_of(tree, page_url))


def stylesheet_requisites(body: bytes, url: str) -> tuple[Requisite, ...]:
    """What the stylesheet at `url` names, each address once. Never raises on a stylesheet."""
    text = body[:MAX_STYLE_BYTES].decode("utf-8-sig", "replace")
    return _absolute(_in_style(text), url)


def _absolute(named: Iterable[_Named], base: str) -> tuple[Requisite, ...]:
    found: dict[str, Requisite] = {}
    for need, text in named:
        if len(found) >= MAX_NAMED:
            break
        if not text or text.startswith(("#", "data:", "blob:", "about:", "javascript:")):
            continue
        try:
            url = absolute_url(text, base)
        except InvalidUrl:
            continue
        found.setdefault(url, Requisite(url=url, need=need))
    return tuple(sorted(found.values(), key=lambda one: _ORDER[one.need]))


_ORDER = {need: place for place, need in enumerate(Need)}


def _links(tree: Tree) -> Iterator[_Named]:
    preloads = {"style": Need.STYLE, "script": Need.SCRIPT, "font": Need.FONT, "image": Need.IMAGE}
    for link in tree.all("link"):
        rels = set(_text(link, "rel").lower().split())
        href = _text(link, "href")
        if "stylesheet" in rels:
            yield Need.STYLE, href
        elif rels & {"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"}:
            yield Need.ICON, href
        elif "modulepreload" in rels:
            yield Need.SCRIPT, href
        elif "preload" in rels and (need := preloads.get(_text(link, "as").lower())):
            yield need, href


def _scripts(tree: Tree) -> Iterator[_Named]:
    for script in tree.all("script"):
        yield Need.SCRIPT, _text(script, "src")


def _styles(naming: Iterable[LexborNode]) -> Iterator[_Named]:
    for node in naming:
        if node.tag == "style":
            yield from _in_style(node.text(deep=True))


def _pictures(naming: Iterable[LexborNode]) -> Iterator[_Named]:
    """The first address of each picture, then the second of each, and so on."""
    pictures = filter(_is_picture, naming)
    offers = [list(dict.fromkeys(filter(None, _offers(picture)))) for picture in pictures]
    for round_ in zip_longest(*offers):
        for address in round_:
            if address:
                yield Need.IMAGE, address


def _is_picture(node: LexborNode) -> bool:
    """Whether it is a picture by its tag, and by where that counts: a film has sources, too."""
    parent = node.parent
    if node.tag == "source":
        return parent is not None and parent.tag == "picture"
    if node.tag == "input":
        return _text(node, "type").lower() == "image"
    return node.tag in _PICTURES or node.tag == "image"  # which is none but a drawing's


def _backgrounds(naming: Iterable[LexborNode]) -> Iterator[_Named]:
    for node in naming:
        attributes = node.attributes
        if not _GROUNDS.isdisjoint(attributes) or (node.tag == "video" and "poster" in attributes):
            for name in _BACKGROUNDS:
                yield Need.IMAGE, _text(node, name)


def _offers(picture: LexborNode) -> Iterator[str]:
    yield from picture_offers(picture.attributes)
    for name in ("href", "xlink:href"):
        yield _text(picture, name)


def _inline_styles(naming: Iterable[LexborNode]) -> Iterator[_Named]:
    for node in naming:
        if "url(" in (style := _text(node, "style")):
            yield from _in_style(style)


def _in_style(text: str) -> Iterator[_Named]:
    plain = _without_comments(text)
    for found in _IMPORT.finditer(plain):
        yield Need.STYLE, _unescaped(found[1] or found[2] or "")
    for found in _URL.finditer(plain):
        address = _unescaped(found[1] or found[2] or found[3] or "")
        before = plain[max(0, found.start() - _MOST_BLANKS) : found.start()]
        if _BEFORE_IMPORTED.search(before):
            yield Need.STYLE, address
        else:
            yield (Need.FONT if _FONT.search(address) else Need.IMAGE), address


def _without_comments(text: str) -> str:
    """A stylesheet without its comments; one that is not closed takes the rest."""
    parts: list[str] = []
    position = 0
    while (start := text.find("/*", position)) >= 0:
        parts.append(text[position:start])
        end = text.find("*/", start + 2)
        position = len(text) if end < 0 else end + 2
    parts.append(text[position:])
    return " ".join(parts)


def _unescaped(text: str) -> str:
    """CSS escapes undone (CSS Syntax 3, 4.3.7)."""
    return _ESCAPE.sub(lambda found: _character(found[1]) if found[1] else found[2], text).strip()


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _text(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip()
