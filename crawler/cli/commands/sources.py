"""`dateline sources`: what an archive watches."""

import argparse
import sys
from pathlib import Path
from typing import Any

from crawler.cli.crawling.options import add_rehearsing
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_json, examples
from crawler.cli.screen.terminal import print_json, say
from crawler.errors import ConfigError
from crawler.json_line import clean
from crawler.sources.check import source_of
from crawler.sources.durations import format_duration
from crawler.sources.file import FILE_NAME, SourcesError, add_sources, load_sources
from crawler.sources.opml import MOST_FEEDS, export_opml, import_opml
from crawler.sources.source import Source, SourceKind
from crawler.spiders.url_list import check_url

_MOST_OPML_BYTES = 64 << 20


def register(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    """Add the command to the command line."""
    parser = commands.add_parser(
        "sources",
        help="what is watched: list, add, import, export",
        description="What is watched stands in sources.toml: look at it, ask it, add to it.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = _action(
        actions, "list", "check the file and list its sources", _list, "dateline sources list"
    )
    add_json(listing)
    checking = _action(
        actions,
        "check",
        "ask each source once, and show what it yields",
        _check,
        "dateline sources check",
        "dateline sources check --sources newsroom.toml --json",
    )
    add_json(checking)
    add_rehearsing(checking)
    adding = _action(
        actions,
        "add",
        "add a source to the file",
        _add,
        "dateline sources add https://news.example/",
        "dateline sources add https://news.example/feed.xml --kind feed --name news-example",
    )
    adding.add_argument("url", metavar="URL", help="of a site, a feed, a sitemap or a section")
    adding.add_argument(
        "--kind",
        choices=list(map(str, SourceKind)),
        help="what the URL is; without it, the site is asked for its feeds and sitemaps",
    )
    adding.add_argument("--name", help="its name, for ever: small-letters-and-9")
    add_rehearsing(adding)
    adding.add_argument("--outlet", metavar="NAME", help="who publishes it")
    adding.add_argument("--every", metavar="TIME", help="such as 15m; else as it changes")
    importing = _action(
        actions,
        "import-opml",
        "add the feeds of an OPML file",
        _import,
        "dateline sources import-opml feeds.opml --dry-run",
    )
    importing.add_argument("opml", type=Path, metavar="FILE", help="- is standard input")
    importing.add_argument("--dry-run", action="store_true", help="say only what would be added")
    _action(
        actions,
        "export-opml",
        "write the feeds as OPML to standard output",
        _export,
        "dateline sources export-opml > feeds.opml",
    )


def _action(actions: Any, name: str, text: str, run: Any, *lines: str) -> argparse.ArgumentParser:  # noqa: ANN401
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}.", epilog=examples(*lines)
    )
    parser.add_argument(
        "--sources",
        type=Path,
        default=Path(FILE_NAME),
        metavar="FILE",
        help=f"the file of sources (default: ./{FILE_NAME})",
    )
    parser.set_defaults(run=_naming_mistakes(run))
    return parser


def _naming_mistakes(run: Any) -> Any:  # noqa: ANN401
    """`run`, where every mistake in the file is a line of its own."""

    def checked(options: argparse.Namespace) -> ExitCode:
        try:
            return ExitCode(run(options))
        except SourcesError as error:
            for line in error.lines():
                say(line)
            return ExitCode.USAGE

    return checked


def _list(options: argparse.Namespace) -> ExitCode:
    for source in load_sources(options.sources):
        if options.json:
            print_json(_row(source))
        else:
            print(clean(_line(source)))  # noqa: T201
    return ExitCode.OK


def _check(options: argparse.Namespace) -> ExitCode:
    from crawler.cli.commands import probing  # noqa: PLC0415 - Scrapy, which other commands spare

    return probing.check(options)


def _add(options: argparse.Namespace) -> ExitCode:
    check_url(options.url)
    if options.kind is None:
        from crawler.cli.commands import probing  # noqa: PLC0415 - Scrapy, which other commands spare

        return probing.discover(options)
    if options.name is None:
        raise ConfigError("with --kind a source needs its --name")
    given = {
        key: getattr(options, key)
        for key in ("name", "kind", "url", "outlet", "every")
        if getattr(options, key) is not None
    }
    source, mistakes = source_of(given)
    if source is None:
        raise ConfigError("; ".join(mistake.text for mistake in mistakes))
    add_sources(options.sources, [source])
    say(f"added {source.name} to {options.sources}")
    return ExitCode.OK


def _import(options: argparse.Namespace) -> ExitCode:
    path: Path = options.sources
    known = load_sources(path) if path.exists() else ()
    imported = import_opml(_opml(options.opml), taken={source.name for source in known})
    for text in imported.left_out:
        say(f"left out: {text}")
    watched = {url for source in known for url in source.urls}
    new = [source for source in imported.sources if source.urls[0] not in watched]
    if options.dry_run:
        for source in new:
            print(clean(_line(source)))  # noqa: T201
        return ExitCode.OK
    if new:
        add_sources(path, new)
    say(f"{len(new)} sources added to {path}, {len(imported.sources) - len(new)} were there")
    return ExitCode.OK


def _export(options: argparse.Namespace) -> ExitCode:
    sys.stdout.buffer.write(export_opml(load_sources(options.sources)).encode())
    return ExitCode.OK


def _opml(path: Path) -> bytes:
    with sys.stdin.buffer if str(path) == "-" else path.open("rb") as file:
        data: bytes = file.read(_MOST_OPML_BYTES + 1)
    if len(data) > _MOST_OPML_BYTES:
        raise ConfigError(f"{path} is too large for a list of {MOST_FEEDS} feeds")
    return data


def _row(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "kind": source.kind,
        "urls": source.urls,
        "outlet": source.outlet,
        "every": None if source.every is None else format_duration(source.every),
        "cron": source.cron,
        "language": source.language,
        "tags": source.tags,
        "case": source.case,
        "enabled": source.is_enabled,
    }


def _line(source: Source) -> str:
    often = source.cron or (format_duration(source.every) if source.every else "as it changes")
    where = source.urls[0] if len(source.urls) == 1 else f"{len(source.urls)} URLs"
    off = "" if source.is_enabled else "  (off)"
    return f"{source.name:<24} {source.kind:<13} {often:<14} {where}{off}"
