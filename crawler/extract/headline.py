"""An article's headline: what the page states, without the name of the site."""

from collections.abc import Collection, Iterator, Sequence

from selectolax.lexbor import LexborNode

from crawler.extract.letters import bare_letters
from crawler.extract.site_names import SiteNames, without_bar, without_site
from crawler.extract.stated import Stated, stated
from crawler.extract.structured import Structured, texts
from crawler.extract.surroundings import headline_element
from crawler.extract.tree import Tree

# What the common systems call an article's own heading where the h1 is the site's.
_TITLE_CLASSES = ("entry-title", "post-title", "article-title")
_MARKED = ", ".join(('[itemprop~="headline"]', *(f".{name}" for name in _TITLE_CLASSES)))
MAX_CHARS = 500
MAX_HEADLINES = 10
_MAX_HEADINGS = 10


def stated_headlines(tree: Tree, structured: Structured, url: str) -> Iterator[Stated]:
    """The headlines the page states, best witness first, each once and without the site's name."""
    sites = SiteNames.of(tree, structured, url)
    headings = _headings(tree, sites.names)
    said = [
        one._replace(text=text)
        for one in _witnesses(tree, structured, headings, sites.names)
        if (text := _folded(one.text))
    ]
    alone = frozenset(bare_letters(one.text) for one in said)
    bare = [one._replace(text=_bare(one, sites, alone)) for one in said]
    found: dict[str, Stated] = {}
    for one in bare:
        if (key := bare_letters(one.text)) and key not in sites.names:
            found.setdefault(key, one)
    if not found:
        return
    # As alternatives only: whether a kicker belongs to the headline is each house's own choice.
    parts = (Stated(_folded(part), "h1 part") for one in headings for part in _own_part(one))
    for one in (*parts, *said):
        headline = without_site(one.text, sites)
        found.setdefault(bare_letters(headline), one._replace(text=headline))
    yield from list(found.values())[:MAX_HEADLINES]


def _bare(one: Stated, sites: SiteNames, alone: Collection[str]) -> str:
    headline = without_site(one.text, sites, alone)
    return without_bar(headline) if one.source == "title" else headline


def _witnesses(
    tree: Tree,
    structured: Structured,
    headings: list[LexborNode],
    sites: Collection[str],
) -> Iterator[Stated]:
    yield from stated("json-ld headline", texts(structured.article.get("headline")))
    yield from structured.stated_meta("og:title")
    heading = headings[0] if len(headings) == 1 else headline_element(tree, sites)
    yield Stated(_text_of(heading), (heading.tag if heading is not None else None) or "h1")
    yield from structured.stated_meta("twitter:title", "dc.title", "parsely-title")
    marked = _marked(tree)[:2]
    if len(marked) == 1:
        yield Stated(_text_of(marked[0]), "marked headline")
    yield Stated(_text_of(tree.first("title")), "title")
    yield from stated("json-ld name", texts(structured.article.get("name")))
    if headings:
        yield Stated(_text_of(headings[0]), "h1")


def _marked(tree: Tree) -> Sequence[LexborNode]:
    if tree.may_have_class(*_TITLE_CLASSES):
        return tree.css(_MARKED)
    return tree.with_property("headline")


def _headings(tree: Tree, sites: Collection[str]) -> list[LexborNode]:
    """The h1 that hold text other than the site's name."""
    return [
        heading
        for heading in tree.all("h1")[:_MAX_HEADINGS]
        if (key := bare_letters(_text_of(heading))) and key not in sites
    ]


def _own_part(heading: LexborNode) -> Iterator[str]:
    """The child of a heading that holds most of its text, beside others: not its kicker."""
    whole = len(bare_letters(_text_of(heading)))
    for child in heading.iter():
        own = len(bare_letters(_text_of(child)))
        if whole / 2 < own < whole:
            yield _text_of(child)


def _text_of(element: LexborNode | None) -> str:
    return "" if element is None else element.text(separator=" ")


def _folded(text: str) -> str:
    return " ".join(text.split())[:MAX_CHARS].strip()
