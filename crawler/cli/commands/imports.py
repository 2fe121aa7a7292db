"""`dateline import`: foreign archives taken in."""

import argparse
import datetime as dt
import os
import secrets
import socket
from pathlib import Path

from archive import Run, import_file
from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, count, examples
from crawler.cli.screen.terminal import Screen, print_json, styled
from crawler.errors import ConfigError
from crawler.running.circumstances import circumstances
from crawler.settings import VERSION


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "import",
        help="take in a WARC or WACZ file of another archive",
        description="Check a .warc.gz or .wacz file whole, then keep its web exchanges in this "
        "archive, marked with where they come from, and read them for articles and posts. A file "
        "that is not as it should be is refused.",
        epilog=examples(
            "dateline import CC-NEWS-20261120.warc.gz",
            'dateline import handed-over.wacz --case "bridge collapse" --note "from the desk"',
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a .warc.gz or a .wacz")
    add_archive(parser)
    add_json(parser)
    parser.add_argument("--wait", action="store_true", help="wait for another writer to end")
    parser.add_argument(
        "--no-read", action="store_true", help="only keep; `dateline reread` reads it later"
    )
    parser.add_argument(
        "--jobs", type=count, metavar="N", help="processes that read (default: one a core)"
    )
    parser.add_argument("--case", metavar="LABEL", help="what this belongs to; kept with the run")
    parser.add_argument("--note", metavar="TEXT", help="where it comes from; kept with the run")
    parser.add_argument("--operator", metavar="NAME", help="who imports; kept with the run")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    if not options.file.is_file():
        raise ConfigError(f"{options.file}: there is no such file")
    now = dt.datetime.now(dt.UTC)
    made = import_file(
        options.archive,
        options.file,
        wait=options.wait,
        keys=Path(settings.DATELINE_KEYS) if settings.DATELINE_KEYS else None,
        run=Run(
            run_id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
            began_at=now,
            software=f"dateline/{VERSION}",
            user_agent="none: nothing was asked for",
            robots="none: nothing was asked for",
            hostname=socket.gethostname(),
            operator=options.operator,
            case=options.case,
            note=options.note,
            settings=circumstances(vars(options)),
        ),
    )
    readings = 0 if options.no_read else _read(options, made.run_id)
    if options.json:
        print_json(
            {
                "file": str(made.file),
                "digest": made.digest,
                "run": made.run_id,
                "records": made.records,
                "captures": made.captures,
                "revisits": made.revisits,
                "left_out": made.left_out,
                "readings": readings,
            }
        )
        return ExitCode.OK
    screen = Screen()
    counted = f"{made.captures:,} captures of {made.records:,} records"
    screen.line(styled(f"{counted} imported by run {made.run_id}", "green"))
    if not options.no_read:
        screen.line(styled(f"{readings:,} of them are read"), indent=2)
    for why, number in sorted(made.left_out.items()):
        screen.line(styled(f"left out: {number:,} {why}", "yellow"), indent=2)
    return ExitCode.OK


def _read(options: argparse.Namespace, run_id: str) -> int:
    """Read what was imported; how many readings there are now."""
    from crawler.rereading.whole import reread_all  # noqa: PLC0415 - the readers' libraries

    jobs = options.jobs or os.cpu_count() or 1
    done = reread_all(options.archive, jobs=jobs, wait=options.wait, run_id=run_id)
    return sum(one.now is not None for one in done)
