"""Who signs an article: names, as the page states them."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from crawler.extract.structured import Structured, texts

MAX_AUTHORS = 30
MAX_CHARS = 100
_BY = re.compile(
    r"^(?:written |posted |words |text )?(?:by|von|par|por|di|door|av|af|przez)\s+", re.IGNORECASE
)
_JOINTS = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|&|/|\||·|•)\s+|\s*[;|]\s*")
_NO_NAME = re.compile(
    r"https?:|www\.|@|^\W*\d|^(?:admin|administrator|staff|editor|unknown|null|none|author)$",
    re.IGNORECASE,
)


def stated_authors(tree: LexborHTMLParser, structured: Structured) -> Iterator[str]:
    """The names of the first witness that gives any; each once, in the page's order."""
    for witness in (_from_nodes(structured), _from_metas(structured), _from_markup(tree)):
        names = list(dict.fromkeys(name for text in witness for name in names_in(text)))
        if names:
            yield from names[:MAX_AUTHORS]
            return


def names_in(text: str) -> Iterator[str]:
    """The names in one byline: `By Ann Lee and Bo Ek` has two. Addresses and roles are none."""
    for part in _JOINTS.split(_BY.sub("", " ".join(text.split())[:1000])):
        pieces = part.split(", ")
        # `Ann Lee, Bo Ek` are two people, `Lee, Ann` and `Ann Lee, Editor` are not.
        for name in pieces if all(" " in piece for piece in pieces) else pieces[:1]:
            bare = name.strip(" ,.-–—·:")
            if 1 < len(bare) <= MAX_CHARS and not _NO_NAME.search(bare):
                yield bare


def _from_nodes(structured: Structured) -> Iterator[str]:
    for node in (structured.article, structured.page):
        for key in ("author", "creator"):
            for author in structured.resolved(node.get(key)):
                yield from texts(author)


def _from_metas(structured: Structured) -> Iterator[str]:
    yield from structured.meta(
        "author", "article:author", "article:author_name", "parsely-author", "dc.creator",
        "dcterms.creator", "sailthru.author", "byl", "cxenseparse:author",
    )  # fmt: skip


def _from_markup(tree: LexborHTMLParser) -> Iterator[str]:
    for selector in ('[itemprop="author"] [itemprop="name"]', '[rel~="author"]'):
        found = tree.css(selector)[:MAX_AUTHORS]
        if found:
            for element in found:
                yield element.text(separator=" ")
            return
