"""What a page states for machines: JSON-LD, OpenGraph and the other `<meta>` elements.

JSON-LD is read as the web writes it, not as RDF: `@graph`, arrays and nesting are one flat list
of nodes in document order, `{"@id": …}` is looked up, and text broken in the common ways
(comments around it, raw line breaks in strings, a trailing comma, escaped quotes) is mended.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Self
from urllib.parse import urlsplit

from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters

MAX_SCRIPTS = 40
MAX_SCRIPT_CHARS = 2_000_000
MAX_NODES = 2_000
MAX_METAS = 500
_MAX_TITLES = 20
_LEAST_LETTERS = 12
_SCANT = 4
"""A node with no more keys is a mention of something that is described elsewhere."""

Node = Mapping[str, object]
"""A JSON-LD object."""

# Types have their case, which some themes do not mind: `"@type": "article"`.
_ARTICLE = re.compile(
    r"Article|BlogPosting|LiveBlog|^Report$|^Review$|SocialMediaPosting", re.IGNORECASE
)
_PAGE = re.compile(r"(?:Web|Item|About|Profile)Page$|VideoObject$")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,20}?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """The statements of one page. `metas` maps a lower-case name to its contents, in order."""

    nodes: tuple[Node, ...] = ()
    article: Node = field(default_factory=dict)
    """The node that describes the page's own article; empty where none does."""
    page: Node = field(default_factory=dict)
    """The node that describes the page itself (`WebPage`, `VideoObject`)."""
    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def meta(self, *names: str) -> Iterator[str]:
        """The contents stated under any of `names`, in the order of the names."""
        for name in names:
            yield from self.metas.get(name, ())

    def stated_meta(self, *names: str) -> Iterator[Stated]:
        """As `meta`, each with its witness."""
        for name in names:
            yield from stated(f"meta {name}", self.metas.get(name, ()))

    def stated_node(self, *keys: str) -> Iterator[Stated]:
        """What the nodes of the article and of its page say under each of `keys`, in their order.

        All of the article's before any of the page's.
        """
        for kind, node in (("", self.article), ("page ", self.page)):
            for key in keys:
                yield from stated(f"json-ld {kind}{key}", texts(node.get(key)))

    def resolved(self, value: object) -> Iterator[object]:
        """The members of `value`, one or a list of them, with `{"@id": …}` looked up."""
        for member in members(value):
            if isinstance(member, dict) and set(member) <= {"@id", "@type"}:
                yield self._by_id(member.get("@id")) or member
            else:
                yield member

    def _by_id(self, wanted: object) -> Node | None:
        if not isinstance(wanted, str):
            return None
        for node in self.nodes:
            if node.get("@id") == wanted and len(node) > 2:
                return node
        return None


def read_structured(tree: Tree, url: str) -> Structured:
    """Everything the page at `url` states. Never fails: what is broken is left out."""
    nodes = tuple(_nodes(tree))
    metas: dict[str, list[str]] = {}
    stating = (meta.attributes for meta in tree.all("meta"))
    for attributes in islice((one for one in stating if "content" in one), MAX_METAS):
        content = " ".join((attributes.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := attributes.get(key)):
                metas.setdefault(name.strip().lower(), []).append(content)
    own = _Own.of(tree, metas, url)
    return Structured(
        nodes=nodes,
        article=_best(nodes, _ARTICLE, own),
        page=_best(nodes, _PAGE, own),
        metas={name: tuple(contents) for name, contents in metas.items()},
    )


def members(value: object) -> list[object]:
    """`value` as a list: itself where it is one, nothing for null."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def texts(value: object) -> Iterator[str]:
    """The texts that `value` holds: a string, a number, a language-tagged or a named object."""
    for member in members(value):
        if isinstance(member, dict):
            for key in ("@value", "name", "url"):
                if isinstance(text := member.get(key), str):
                    yield html.unescape(text)
                    break
        elif isinstance(member, str | int | float) and not isinstance(member, bool):
            yield html.unescape(str(member))


def types(node: Node) -> list[str]:
    """The node's types, without the vocabulary's address."""
    return [name.rsplit("/", 1)[-1] for name in members(node.get("@type")) if isinstance(name, str)]


def _nodes(tree: Tree) -> Iterator[Node]:
    count = 0
    scripts = (
        script
        for script in tree.all("script")
        if "ld+json" in (script.attributes.get("type") or "").lower()
    )
    for script in islice(scripts, MAX_SCRIPTS):
        for node in _flattened(_parsed(script.text_content or script.text() or "")):
            count += 1
            if count > MAX_NODES:
                return
            yield node


def _parsed(text: str) -> object:
    if len(text) > MAX_SCRIPT_CHARS:
        return None
    bare = _WRAPPING.sub("", text).strip().rstrip(";")
    for attempt in (bare, _TRAILING_COMMA.sub(r"\1", bare), html.unescape(bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flattened(value: object) -> Iterator[Node]:
    """Every object with a type, outer before inner. Iterative: the nesting is page content."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if "@type" in current or "@id" in current:
                yield current
            waiting.extend(reversed(list(current.values())))
        elif isinstance(current, list):
            waiting.extend(reversed(current))


@dataclass(frozen=True, slots=True)
class _Own:
    """By what a node is known to be about the page itself."""

    paths: frozenset[str]
    """Of the page's own addresses."""
    titles: str
    """The letters of what the page calls itself outside of JSON-LD."""

    @classmethod
    def of(cls, tree: Tree, metas: Mapping[str, list[str]], url: str) -> Self:
        links = (link.attributes for link in tree.all("link"))
        own = (one for one in links if "canonical" in (one.get("rel") or "").split())
        hrefs = (one.get("href") or "" for one in islice(own, 3))
        urls = [url, *metas.get("og:url", ()), *hrefs]
        titles = [one.text() for one in tree.all("title", "h1")[:_MAX_TITLES]]
        titles += metas.get("og:title", ())
        return cls(
            paths=frozenset(path for url in urls if (path := _path(url))),
            titles=" ".join(bare_letters(title) for title in titles),
        )

    def addresses(self, node: Node) -> bool | None:
        """Whether a node gives one of the page's addresses as its own; None where it gives none."""
        given = (*texts(node.get("url")), *texts(node.get("mainEntityOfPage")), *_id(node))
        paths = {path for text in given if (path := _path(text))}
        return bool(paths & self.paths) if paths else None

    def heads(self, node: Node) -> bool:
        """Whether a node's headline is among the page's titles."""
        return any(
            len(letters) >= _LEAST_LETTERS and letters in self.titles
            for key in ("headline", "name")
            for text in texts(node.get(key))
            if (letters := bare_letters(text))
        )


def _best(nodes: Iterable[Node], kind: re.Pattern[str], own: _Own) -> Node:
    """The first node of that kind that is about the page: by its address, else by its headline.

    Where none is, the fullest of the first that do not give another page's address.
    """
    of_kind = [node for node in nodes if any(kind.search(name) for name in types(node))]
    for node in of_kind:
        if len(node) > _SCANT and own.addresses(node):
            return node
    for node in of_kind:
        if len(node) > _SCANT and own.heads(node):
            return node
    others = [node for node in of_kind[:3] if own.addresses(node) is not False]
    return max(others, key=lambda node: min(len(node), 6), default={})


def _id(node: Node) -> list[str]:
    entity = node.get("mainEntityOfPage")
    ids = [node.get("@id"), entity.get("@id") if isinstance(entity, dict) else None]
    return [text for text in ids if isinstance(text, str)]


def _path(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.path.rstrip('/')}?{parts.query}" if parts.path.strip("/") else None
