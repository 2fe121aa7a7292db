"""A source: something to watch, with its outlet and its limits."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from crawler.sources.patterns import UrlPatterns


class SourceKind(StrEnum):
    """What a source's URL leads to."""

    FEED = "feed"
    """RSS, Atom or JSON Feed."""
    SITEMAP = "sitemap"
    """A sitemap or an index of them."""
    NEWS_SITEMAP = "news-sitemap"
    """A sitemap of the last two days, with Google's news extension."""
    SECTION = "section"
    """A page that lists articles."""
    URLS = "urls"
    """Articles themselves, given one by one."""
    SITE = "site"
    """A front page, whose feeds and sitemaps are to be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One table of `sources.toml`, checked. Its name is its identity, for ever."""

    name: str
    kind: SourceKind
    urls: tuple[str, ...]
    """As written; one, but of the kind `urls`."""
    outlet: str | None = None
    every: dt.timedelta | None = None
    """How often it is asked; None, where `cron` is None too, lets its own changes decide."""
    cron: str | None = None
    """Five fields, in UTC."""
    language: str | None = None
    """BCP 47."""
    tags: tuple[str, ...] = ()
    case: str | None = None
    patterns: UrlPatterns = UrlPatterns()  # noqa: RUF009 - frozen, and equal to any other empty one
    most_pages: int | None = None
    """Article pages asked for in one run; None: all."""
    oldest: dt.timedelta | None = None
    """Articles that are said to be older are left out; None: none is."""
    delay_s: float | None = None
    """Seconds between two requests to its hosts; None: as the settings have it, which also is
    the least."""
    posts: bool = True
    media: bool = True
    requisites: bool = False
    is_enabled: bool = True
