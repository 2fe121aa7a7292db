"""`dateline withdraw`: takes captures away for good, and leaves the rest proved."""

import argparse
from pathlib import Path

from archive import ArchiveFolder, CaptureNotFound, CatalogueReader, withdraw
from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json
from crawler.cli.terminal import Screen, print_json, styled
from crawler.errors import ConfigError


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "withdraw",
        help="take captures away for good",
        description="Remove the bytes of captures, and all that was read in them, from the "
        "archive. What is left stays proved; the custody log keeps that something was withdrawn, "
        "when, by whom and why. It cannot be undone.",
    )
    parser.add_argument(
        "selector",
        metavar="SELECTOR",
        help="a capture's record id; a URL or an article's id, for all of its captures",
    )
    parser.add_argument(
        "--reason", required=True, metavar="TEXT", help="why; kept in the custody log for ever"
    )
    parser.add_argument("--operator", metavar="NAME", help="who; kept in the custody log for ever")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be withdrawn")
    add_archive(parser)
    add_json(parser)
    parser.set_defaults(run=_withdraw)


def _withdraw(options: argparse.Namespace) -> int:
    if not options.reason.strip():
        raise ConfigError("--reason: write down why")
    folder = ArchiveFolder.open(options.archive)
    withdrawn = withdraw(
        options.archive,
        _record_ids(CatalogueReader(folder.catalogue), options.selector),
        reason=options.reason,
        operator=options.operator or settings.environment.get("DATELINE_OPERATOR"),
        keys=Path(settings.DATELINE_KEYS),
        is_dry_run=options.dry_run,
    )
    screen = Screen()
    for one in withdrawn:
        if options.json:
            print_json(
                {
                    "record_id": one.record_id,
                    "url": one.url,
                    "warc": one.place.warc,
                    "offset": one.place.offset,
                    "length": one.place.length,
                    "is_revisit_of": one.is_revisit_of,
                    "is_dry_run": options.dry_run,
                }
            )
        else:
            why = ["shows the same bytes"] if one.is_revisit_of else []
            screen.line(one.record_id, styled(one.url), *why)
    if not options.json:
        done = "would be withdrawn" if options.dry_run else "withdrawn"
        screen.line(styled(f"{len(withdrawn)} captures {done}", "bold"))
    return ExitCode.OK


def _record_ids(reader: CatalogueReader, selector: str) -> list[str]:
    """The captures that are meant, each once.

    Raises: CaptureNotFound where there is none.
    """
    if reader.capture(selector) is not None:
        return [selector]
    article = reader.article(selector)
    urls = [seen["url"] for seen in article["urls"]] if article else [selector]
    found = dict.fromkeys(
        capture["record_id"] for url in urls for capture in reader.captures(url=url)
    )
    if not found:
        raise CaptureNotFound(f"no capture, URL or article {selector[:200]}")
    return list(found)
