"""Lists of feeds as other readers keep them: OPML in and out.

Source: OPML 2.0 (opml.org/spec2.opml), "Subscription lists".
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from crawler.discover.xml import BadXml, Handler, Name, read_xml
from crawler.errors import ConfigError
from crawler.sources.check import source_of
from crawler.sources.free_name import free_name
from crawler.sources.source import Source, SourceKind

MOST_FEEDS = 20_000
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an OPML file gave: sources, and the feeds that were left out, each with the reason."""

    sources: tuple[Source, ...]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Outlines(Handler):
    """Collects the outlines that name a feed, with the folders that they lie in."""

    feeds: list[tuple[dict[str, str], tuple[str, ...]]] = field(default_factory=list)
    _folders: list[str | None] = field(default_factory=list)

    def start(self, path: tuple[Name, ...], attributes: dict[str, str]) -> None:
        if path[-1].local.lower() != "outline":
            return
        known = {name.lower(): value for name, value in attributes.items()}
        if known.get("xmlurl") and len(self.feeds) < MOST_FEEDS:
            self.feeds.append((known, tuple(filter(None, self._folders))))
            self._folders.append(None)
        else:
            self._folders.append(known.get("text") or known.get("title"))

    def end(self, path: tuple[Name, ...], text: str) -> None:  # noqa: ARG002 - OPML has no text
        if path[-1].local.lower() == "outline":
            self._folders.pop()


def import_opml(data: bytes, taken: Collection[str] = ()) -> Imported:
    """The feeds in `data` as sources, whose names are none of `taken`; folders become tags.

    Raises: ConfigError where `data` is no OPML.
    """
    outlines = _Outlines()
    try:
        read_xml([data], outlines)
    except BadXml as error:
        raise ConfigError(f"not OPML: {error}") from error
    names, urls = set(taken), set()
    sources, left_out = [], []
    for attributes, folders in outlines.feeds:
        url = attributes["xmlurl"].strip()
        title = _clean(attributes.get("title") or attributes.get("text") or "")
        values: dict[str, object] = {
            "name": free_name(title or urlsplit_host(url), names, otherwise="feed"),
            "kind": str(SourceKind.FEED),
            "url": url,
        }
        if title:
            values["outlet"] = title
        if tags := [tag for tag in map(_clean, folders) if tag]:
            values["tags"] = tags
        source, mistakes = source_of(values)
        if source is None:
            left_out.append("; ".join(mistake.text for mistake in mistakes))
        elif url not in urls:
            urls.add(url)
            names.add(source.name)
            sources.append(source)
    return Imported(sources=tuple(sources), left_out=tuple(left_out))


def export_opml(sources: Iterable[Source]) -> str:
    """The feeds among `sources` as OPML; other kinds have no place there."""
    return "".join(_lines(list(sources)))


def urlsplit_host(url: str) -> str:
    """The host of what may be a URL; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _lines(sources: Sequence[Source]) -> Iterable[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield "<head><title>Sources</title></head>\n<body>\n"
    for source in sources:
        if source.kind is SourceKind.FEED:
            title = _attribute(source.outlet or source.name)
            url = _attribute(source.urls[0])
            yield f'  <outline type="rss" text={title} title={title} xmlUrl={url}'
            if source.tags:
                yield f" category={_attribute(','.join(source.tags))}"
            yield "/>\n"
    yield "</body>\n</opml>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", text))


def _clean(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text[:1000])
    return " ".join(printable.split())[:200].strip()
