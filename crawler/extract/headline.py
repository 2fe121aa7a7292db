"""An article's headline: what the page states, without the name of the site.

Which part of `Ferries sail | News | Island Post` is the headline is seldom written anywhere, but
the page says it more than once: what one witness states alone, and what the site calls itself,
tell the parts of another witness apart.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.extract.letters import bare_letters
from crawler.extract.stated import Stated, stated
from crawler.extract.structured import Structured, texts, types
from crawler.extract.surroundings import headline_element
from crawler.extract.tree import Tree

_SEPARATOR = re.compile(r"\s+[|│•·»›>–—-]+\s+|\s*[|│]\s*|\s+::\s+|\s*[»›]\s+")
# What the common systems call an article's own heading where the h1 is the site's.
_TITLE_CLASSES = ("entry-title", "post-title", "article-title")
_MARKED = ", ".join(('[itemprop~="headline"]', *(f".{name}" for name in _TITLE_CLASSES)))
MAX_CHARS = 500
MAX_HEADLINES = 10
_MAX_HEADINGS = 10
_MAX_LOGOS = 10
_MAX_CUTS = 20
_KICKER_WORDS = 4
_MAX_SITE_CHARS = 60
_LEAST_SITE_LETTERS = 4


def stated_headlines(tree: Tree, structured: Structured, url: str) -> Iterator[Stated]:
    """The headlines the page states, best witness first, each once and without the site's name."""
    sites = site_names(structured, url) | _logo_names(tree, url)
    headings = _headings(tree, sites)
    said = [
        one._replace(text=text)
        for one in _witnesses(tree, structured, headings, sites)
        if (text := _folded(one.text))
    ]
    alone = frozenset(bare_letters(one.text) for one in said)
    found: dict[str, Stated] = {}
    for one in said:
        headline = without_site(one.text, sites, alone)
        if (key := bare_letters(headline)) and key not in sites:
            found.setdefault(key, one._replace(text=headline))
    if not found:
        return
    # As alternatives only: whether a kicker belongs to the headline is each house's own choice.
    parts = (Stated(_folded(part), "h1 part") for one in headings for part in _own_part(one))
    for one in (*parts, *said):
        headline = without_site(one.text, sites)
        found.setdefault(bare_letters(headline), one._replace(text=headline))
    yield from list(found.values())[:MAX_HEADLINES]


def site_names(structured: Structured, url: str) -> frozenset[str]:
    """What the site is called, in letters only: its stated names and its host's."""
    names = list(structured.meta("og:site_name", "application-name", "twitter:site"))
    for node in (structured.article, structured.page):
        for publisher in structured.resolved(node.get("publisher")):
            names += texts(publisher)
    for node in structured.nodes:
        if "WebSite" in types(node):
            names += [*texts(node.get("name")), *texts(node.get("alternateName"))]
    full = urlsplit(url).hostname or ""
    host = full.removeprefix("www.")
    names += [full, host, host.split(".")[0], host.rpartition(".")[0]]
    return frozenset(filter(None, map(bare_letters, names)))


def without_site(title: str, sites: Collection[str], alone: Collection[str] = ()) -> str:
    """`title` without a closing or an opening part that names one of `sites`.

    So is a part beside a weightier one that another witness states `alone`.
    """
    cuts = list(_SEPARATOR.finditer(title))[:_MAX_CUTS]
    for cut in cuts:
        left, right = title[: cut.start()].strip(), title[cut.end() :].strip()
        if _outweighs(left, right) and bare_letters(left) in alone:
            return left
        if _outweighs(right, left) and bare_letters(right) in alone:
            return right
    for cut in cuts:
        left, right = title[: cut.start()].strip(), title[cut.end() :].strip()
        if bare_letters(right) in sites or (len(right) < len(left) and _names_site(right, sites)):
            return left
    if cuts:
        left, right = title[: cuts[0].start()].strip(), title[cuts[0].end() :].strip()
        if bare_letters(left) in sites or (len(left) < len(right) and _names_site(left, sites)):
            return right
    return title


def _outweighs(part: str, rest: str) -> bool:
    """Whether `part` is no mere kicker or section beside `rest`."""
    return len(part) > len(rest) or part.count(" ") >= _KICKER_WORDS


def _names_site(part: str, sites: Collection[str]) -> bool:
    """Whether `part` opens or ends with a site's name: `Recipes from Isle.example`."""
    key = bare_letters(part)
    return any(
        len(site) >= _LEAST_SITE_LETTERS and (key.startswith(site) or key.endswith(site))
        for site in sites
    )


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


def _logo_names(tree: Tree, url: str) -> frozenset[str]:
    """What the links to the site's own front page are called: text, or a picture's."""
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}"
    if not parts.netloc or not parts.path.strip("/"):
        return frozenset()
    headed = chain.from_iterable(heading.css("a[href]") for heading in tree.all("h1"))
    names = [_text_of(link) for link in islice(headed, _MAX_LOGOS) if _is_front(link)]
    homes = {"/", home, f"{home}/"}
    leading = (link.node for link in tree.links_elsewhere() if link.href in homes)
    for link in islice(leading, _MAX_LOGOS):
        names.append(_text_of(link))
        names += [image.attributes.get("alt") or "" for image in link.css("img")[:2]]
    return frozenset(
        key for name in names if len(name) <= _MAX_SITE_CHARS and (key := bare_letters(name))
    )


def _is_front(link: LexborNode) -> bool:
    """Whether a link leads to the front page of any site."""
    try:
        parts = urlsplit(link.attributes.get("href") or "#")
    except ValueError:
        return False
    return not (parts.path.strip("/") or parts.query or parts.fragment)


def _text_of(element: LexborNode | None) -> str:
    return "" if element is None else element.text(separator=" ")


def _folded(text: str) -> str:
    return " ".join(text.split())[:MAX_CHARS].strip()
