"""`dateline withdraw`: takes captures away for good, and leaves the rest proved."""

import argparse
from pathlib import Path

from archive import ArchiveFolder, CaptureNotFound, Reach, withdraw
from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, examples
from crawler.cli.screen.terminal import Screen, print_json, say, styled
from crawler.errors import ConfigError


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "withdraw",
        help="take captures away for good",
        description="Remove the bytes of captures, and all that was read in them, from the "
        "archive. What is left stays proved; the custody log keeps that something was withdrawn, "
        "when, by whom and why. It cannot be undone.",
        epilog=examples(
            'dateline withdraw URL --reason "asked by the person shown" --dry-run',
            'dateline withdraw x:1988643345000000000 --reason "asked by its author" --with-pages',
            'dateline withdraw host:news.example --reason "by order of a court" --seal court.pub',
        ),
    )
    parser.add_argument(
        "selector",
        metavar="SELECTOR",
        help="a capture's record id; a URL, an article's id or a post (x:123), for all of its "
        "captures; host:NAME or case:LABEL, for all of those",
    )
    parser.add_argument(
        "--reason", required=True, metavar="TEXT", help="why; kept in the custody log for ever"
    )
    parser.add_argument("--operator", metavar="NAME", help="who; kept in the custody log for ever")
    parser.add_argument(
        "--seal",
        metavar="KEY",
        help="keep what is taken away in sealed/, encrypted to this public key of age (age1… or a "
        "file that holds one)",
    )
    parser.add_argument(
        "--with-pages",
        action="store_true",
        help="with a post, the captures of the articles that cite it, which may show what it says",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be withdrawn")
    add_archive(parser)
    add_json(parser)
    parser.set_defaults(run=_withdraw)


def _withdraw(options: argparse.Namespace) -> int:
    if not options.reason.strip():
        raise ConfigError("--reason: write down why")
    folder = ArchiveFolder.open(options.archive)
    reach = Reach(folder.catalogue)
    if not (record_ids := reach.of(options.selector, with_pages=options.with_pages)):
        name = repr(options.selector[:200])
        raise CaptureNotFound(
            f"nothing here is called {name}; `dateline ls captures` lists what is"
        )
    citers = [] if options.with_pages else reach.citers(options.selector)
    sharing = reach.sharing(record_ids)
    withdrawn = withdraw(
        options.archive,
        record_ids,
        reason=options.reason,
        operator=options.operator or settings.environment.get("DATELINE_OPERATOR"),
        keys=Path(settings.DATELINE_KEYS),
        seal_to=options.seal,
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
    if sharing:
        say(
            "the same bytes were captured elsewhere too, and stay there until that is withdrawn: "
            + ", ".join(sharing)
        )
    if citers:
        say(f"{len(citers)} articles cite it, and may show what it says: {', '.join(citers)}")
    return ExitCode.OK
