"""What a feed, sitemap or section page announces: addresses, and what it says of them."""

from dataclasses import dataclass

from archive import InvalidUrl, Moment, absolute_url

MOST_TEXT = 500
"""Characters kept of a headline or the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An address that was announced. All but `url` is claimed, and may be wrong."""

    url: str
    """Absolute, as a browser would ask for it."""
    headline: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    """For a sitemap its `lastmod`, which many write without meaning it: see `honesty`."""
    language: str | None = None
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """All that one capture of a source announces, in its order, each address once."""

    links: tuple[Announced, ...] = ()
    title: str | None = None
    next_url: str | None = None
    """Where older announcements follow, of a feed or section in pages."""
    trouble: str | None = None
    """What was broken, or more than is read; the links are those before it."""


def web_url(url: str, base: str | None) -> str | None:
    """`url` seen from `base`, where that is an address on the web."""
    try:
        return absolute_url(url.strip(), base)
    except InvalidUrl:
        return None


def short(text: object) -> str | None:
    """A claimed text on one line, bounded; None where there is none."""
    if not isinstance(text, str):
        return None
    return " ".join(text[: MOST_TEXT * 4].split())[:MOST_TEXT].rstrip() or None
