"""An article's headline: what the page states, without the name of the site."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.extract.structured import Structured, texts

_SEPARATOR = re.compile(r"\s+[|•·»–—-]\s+|\s*\|\s*|\s+::\s+")
_LETTERS = re.compile(r"[\W_]+")
MAX_CHARS = 500


def stated_headlines(tree: LexborHTMLParser, structured: Structured, url: str) -> Iterator[str]:
    """The headlines the page states, best witness first, each without the site's name."""
    sites = site_names(structured, url)
    for text in _witnesses(tree, structured):
        headline = without_site(" ".join(text.split())[:MAX_CHARS], sites)
        if headline and _key(headline) not in sites:
            yield headline


def site_names(structured: Structured, url: str) -> frozenset[str]:
    """What the site is called, in letters only: its stated names and its host's."""
    names = list(structured.meta("og:site_name", "application-name", "twitter:site"))
    for node in (structured.article, structured.page):
        for publisher in structured.resolved(node.get("publisher")):
            names += texts(publisher)
    full = urlsplit(url).hostname or ""
    host = full.removeprefix("www.")
    names += [full, host, host.split(".")[0], host.rpartition(".")[0]]
    return frozenset(filter(None, map(_key, names)))


def without_site(title: str, sites: frozenset[str]) -> str:
    """`title` without a closing or an opening part that is one of `sites`."""
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        if _key(title[cut.end() :]) in sites:
            return title[: cut.start()].strip()
    if cuts and _key(title[: cuts[0].start()]) in sites:
        return title[cuts[0].end() :].strip()
    return title


def _witnesses(tree: LexborHTMLParser, structured: Structured) -> Iterator[str]:
    yield from texts(structured.article.get("headline"))
    yield from structured.meta("og:title")
    headings = tree.css("h1")
    if len(headings) == 1:
        yield headings[0].text(separator=" ")
    yield from structured.meta("twitter:title", "dc.title", "parsely-title")
    title = tree.css_first("title")
    if title is not None:
        yield title.text()
    yield from texts(structured.article.get("name"))


def _key(text: str) -> str:
    return _LETTERS.sub("", text).lower()
