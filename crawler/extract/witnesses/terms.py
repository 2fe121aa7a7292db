"""What an article is filed under: its section, and its tags."""

from collections.abc import Iterator, Mapping
from itertools import islice

from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.structured import Structured, texts, types
from crawler.extract.document.tree import Tree
from crawler.extract.letters import bare_letters

_MAX_CRUMBS = 20


def stated_sections(tree: Tree, structured: Structured, headline: str) -> Iterator[Stated]:
    """What the page below `headline` says of its section, best witness first."""
    yield from stated("json-ld articleSection", texts(structured.article.get("articleSection")))
    yield from structured.stated_meta("article:section")
    yield from _linked(tree, is_category=True)
    yield from stated("json-ld breadcrumb", _above_page(structured, bare_letters(headline)))


def stated_tags(tree: Tree, structured: Structured) -> list[Stated]:
    """The keywords of the best witness that has any, and of those beside it."""
    return (
        [
            *stated("json-ld keywords", texts(structured.article.get("keywords"))),
            *structured.stated_meta("article:tag", "news_keywords"),
        ]
        or list(structured.stated_meta("keywords"))
        or list(_linked(tree, is_category=False))
    )


def _linked(tree: Tree, *, is_category: bool) -> Iterator[Stated]:
    """The terms that `rel` calls so (microformats' rel-tag), WordPress's categories apart."""
    for node in tree.with_attribute("rel"):
        kinds = (node.attributes["rel"] or "").split()
        if node.tag == "a" and "tag" in kinds and is_category is ("category" in kinds):
            yield Stated(node.text(), "rel category" if is_category else "rel tag")


def _above_page(structured: Structured, title: str) -> Iterator[str]:
    """Of the way down to the page the last step above it: neither where it starts nor the page."""
    ways = (node for node in structured.nodes if "BreadcrumbList" in types(node))
    for way in islice(ways, 1):
        steps = islice(structured.resolved(way.get("itemListElement")), _MAX_CRUMBS)
        names = [name for step in steps for name in islice(_names_of(step), 1)]
        yield from [name for name in names[1:] if not title.startswith(bare_letters(name))][-1:]


def _names_of(step: object) -> Iterator[str]:
    """What a step of a way is called: by its own name, or by that of the page it leads to."""
    if isinstance(step, Mapping):
        yield from texts(step.get("name"))
        page = step.get("item")
        if isinstance(page, Mapping):
            yield from texts(page.get("name"))
