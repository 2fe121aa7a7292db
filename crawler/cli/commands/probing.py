"""`dateline sources check` and `sources add URL`: sources asked over the real wire, once.

What is fetched is kept in a folder that is thrown away: a rehearsal is no evidence.
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from archive import registrable_domain
from crawler.cli.crawling.options import settings_of
from crawler.cli.crawling.task import Task
from crawler.cli.exit_code import ExitCode
from crawler.cli.screen.terminal import print_json, say
from crawler.errors import ConfigError
from crawler.json_line import clean
from crawler.sources.check import source_of
from crawler.sources.file import add_sources, load_sources
from crawler.sources.free_name import free_name
from crawler.sources.source import Source
from crawler.spiders.documents import DocumentKind
from crawler.spiders.probing import CheckSpider, DiscoverySpider, Probed

_MOST_FOUND = 5


def check(options: argparse.Namespace) -> ExitCode:
    """`dateline sources check`: 1 where a source yields nothing."""
    sources = [source for source in load_sources(options.sources) if source.is_enabled]
    probed = _probe(options, {"sources": sources}, CheckSpider)
    for found in probed:
        if options.json:
            print_json(_row(found))
        else:
            print(clean(_line(found)))  # noqa: T201
            for headline in found.headlines:
                print(clean(f"    {headline}"))  # noqa: T201
    yielding = {found.source for found in probed if found.wanted}
    return ExitCode.OK if yielding >= {source.name for source in sources} else ExitCode.FAULTS


def discover(options: argparse.Namespace) -> ExitCode:
    """`dateline sources add URL` without a kind: what its site has is added."""
    probed = _probe(options, {"url": options.url}, DiscoverySpider)
    chosen = _chosen(probed)
    if not chosen:
        for found in probed:
            say(_line(found))
        say("nothing to watch was found there; name it with --kind")
        return ExitCode.FAULTS
    known = load_sources(options.sources) if options.sources.exists() else ()
    watched = {url for source in known for url in source.urls}
    taken = {source.name for source in known}
    new: list[Source] = []
    for found in chosen:
        if found.url in watched:
            say(f"watched already: {found.url}")
            continue
        new.append(_source(found, options, taken))
        taken.add(new[-1].name)
        say(f"{new[-1].name}: {_line(found)}")
    if new:
        add_sources(options.sources, new)
    say(f"{len(new)} sources added to {options.sources}")
    return ExitCode.OK


def _probe(
    options: argparse.Namespace,
    arguments: Mapping[str, object],
    spider: type[CheckSpider | DiscoverySpider],
) -> list[Probed]:
    from crawler.cli.crawling.process import crawl  # noqa: PLC0415 - Scrapy, which other commands spare

    found: list[Probed] = []
    with tempfile.TemporaryDirectory(prefix="dateline-probe-") as folder:
        settings = settings_of(options) | {
            "DATELINE_ARCHIVE": str(Path(folder) / "archive"),
            "DATELINE_KEYS": "",
            "DATELINE_READERS": 0,
        }
        level = dict(options.set).get("LOG_LEVEL", "INFO" if options.verbose else None)
        task = Task(settings=settings, log_level=level, has_bar=False)
        crawl(task, spider=spider, arguments={**arguments, "tell": found.append})
    return found


def _chosen(probed: list[Probed]) -> list[Probed]:
    """The feeds that yield, else the sitemaps of news, else the page itself."""
    yielding = [found for found in probed if found.links]
    for kinds, is_stated in (
        ({DocumentKind.FEED}, True),
        ({DocumentKind.FEED}, False),
        ({DocumentKind.SITEMAP}, True),
        ({DocumentKind.SITEMAP}, False),
        ({DocumentKind.FRONT}, True),
    ):
        found = [
            one
            for one in yielding
            if one.kind in kinds
            and one.is_stated == is_stated
            and (one.kind is not DocumentKind.SITEMAP or "news" in one.url or len(probed) == 1)
        ]
        if found:
            return found[:_MOST_FOUND]
    return []


def _source(found: Probed, options: argparse.Namespace, taken: set[str]) -> Source:
    """A source of what was found, with a name that nobody has.

    Raises: ConfigError.
    """
    kind = {DocumentKind.SITEMAP: "sitemap", DocumentKind.FRONT: "section"}.get(found.kind, "feed")
    if found.kind is DocumentKind.SITEMAP and "news" in found.url:
        kind = "news-sitemap"
    site = registrable_domain(found.url)
    words = f"{options.name or site} {urlsplit(found.url).path if not options.name else ''}"
    name = free_name(words, taken, otherwise="source")
    given = {"name": name, "kind": kind, "url": found.url}
    for key in ("outlet", "every"):
        if getattr(options, key) is not None:
            given[key] = getattr(options, key)
    source, mistakes = source_of(given)
    if source is None:
        raise ConfigError("; ".join(mistake.text for mistake in mistakes))
    return source


def _row(found: Probed) -> dict[str, object]:
    return {
        "source": found.source,
        "url": found.url,
        "kind": str(found.kind),
        "links": found.links,
        "wanted": found.wanted,
        "documents": found.documents,
        "headlines": list(found.headlines),
        "trouble": found.trouble,
    }


def _line(found: Probed) -> str:
    what = f"{found.wanted} of {found.links} links"
    if found.documents:
        what += f", {found.documents} further documents"
    trouble = f" ({found.trouble})" if found.trouble else ""
    return f"{found.source}: {found.kind} {found.url}: {what}{trouble}"
