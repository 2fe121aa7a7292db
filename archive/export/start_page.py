"""A page that lists the articles of an archive by outlet and day, and leads to each capture."""

import html
import itertools
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from archive.catalogue import CatalogueReader
from archive.views.articles import ArticleView

SHOWN = 5000
"""Articles beyond the newest so many are found by their URL, not listed."""

Address = Callable[[str, str], str]
"""From a URL and the instant of its capture (RFC 3339) to where its replay is; `*` for all."""


def start_page(catalogue: CatalogueReader, address: Address) -> Iterator[str]:
    """The page's body as pieces of HTML, every text in it escaped."""
    shown = list(itertools.islice(catalogue.articles(limit=SHOWN + 1), SHOWN + 1))
    articles = sorted(shown[:SHOWN], key=lambda one: (_outlet(one), _day(one)))
    yield f"<h1>{len(articles)} articles</h1>\n"
    if len(shown) > SHOWN:
        yield f"<p>These are the newest {SHOWN}; all others open by their address.</p>\n"
    for outlet, of_outlet in itertools.groupby(articles, _outlet):
        yield f"<h2>{escaped(outlet)}</h2>\n"
        by_day = sorted(of_outlet, key=_day, reverse=True)
        for day, of_day in itertools.groupby(by_day, _day):
            yield f"<h3>{escaped(day)}</h3>\n<ul>\n"
            yield from _entries(catalogue, of_day, address)
            yield "</ul>\n"


def escaped(text: str) -> str:
    """`text` for HTML, and for a template engine that would act on its braces."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _entries(
    catalogue: CatalogueReader, articles: Iterable[ArticleView], address: Address
) -> Iterator[str]:
    for article in articles:
        place = article["capture"]
        capture = catalogue.capture(place["record_id"]) if place is not None else None
        if capture is None:
            continue
        # As it was asked for: the article's own address is a cleaner one, which replay has not.
        link = escaped(address(capture["url"], capture["captured_at"]))
        all_link = escaped(address(capture["url"], "*"))
        title = escaped(article["headline"] or article["url"])
        language = f' lang="{escaped(article["language"] or "")}"'
        seen = escaped(capture["captured_at"][:16].replace("T", " "))
        yield (
            f'<li><a href="{link}" dir="auto"{language}>{title}</a> '
            f'<small>captured {seen} UTC, <a href="{all_link}">all captures</a></small></li>\n'
        )


def _outlet(article: ArticleView) -> str:
    return (urlsplit(article["canonical_url"]).hostname or "").removeprefix("www.")


def _day(article: ArticleView) -> str:
    return (article["published_at"] or article["first_seen_at"] or "")[:10]
