"""`dateline reread` and `rebuild`: stored captures read again, and the catalogue made of them."""

import argparse
import difflib
import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_folder, add_json, count, examples
from crawler.cli.screen.terminal import Screen, print_json, say, styled

if TYPE_CHECKING:
    from crawler.rereading.whole import Reread

_LONGEST = 160
"""Characters of a value that is shown in a line."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    reading = commands.add_parser(
        "reread",
        help="read every stored capture again with today's reader",
        description="Read what today's reader version has not read yet, imports too, without any "
        "network; say what it finds otherwise than the version before. The publisher's text is the "
        "same: no edit is reported. Ended at any time, it goes on where it was.",
        epilog=examples(
            "dateline reread",
            "dateline reread dateline-archive --dry-run --jobs 4",
        ),
    )
    reading.add_argument(
        "--dry-run",
        action="store_true",
        help="read everything again, add nothing, and show each difference in full",
    )
    reading.set_defaults(run=_reread)
    building = commands.add_parser(
        "rebuild",
        help="make the catalogue anew from the WARC files alone",
        description="Build catalogue.sqlite anew, read every capture again, and put it in the old "
        "one's place once it is whole. state.sqlite (what waits, what was refused) follows from no "
        "record: it cannot be made anew, and is left as it is.",
        epilog=examples(
            "dateline rebuild",
            "dateline rebuild dateline-archive --jobs 4 --wait",
        ),
    )
    building.set_defaults(run=_rebuild)
    for parser in (reading, building):
        add_folder(parser)
        parser.add_argument(
            "--jobs", type=count, metavar="N", help="processes that read (default: one a core)"
        )
        parser.add_argument("--wait", action="store_true", help="wait for another writer to end")
        add_json(parser)


def _reread(options: argparse.Namespace) -> int:
    from crawler.rereading.whole import READERS, reread_all  # noqa: PLC0415 - the readers' libraries

    screen = Screen()
    counts: Counter[str] = Counter()
    added = 0
    for one in reread_all(
        options.archive, jobs=_jobs(options), wait=options.wait, is_dry_run=options.dry_run
    ):
        counts["captures"] += 1
        if one.now is None:
            continue
        counts["read"] += 1
        added += one.is_new
        counts["changed"] += bool(one.changes)
        if one.compared is None:
            counts["first"] += 1
        if one.changes or (options.dry_run and one.compared is None):
            _show(screen, one, is_json=options.json, is_full=options.dry_run)
    if not options.dry_run:
        say(f"{added} readings added")
    told = {name: counts[name] for name in ("captures", "read", "first", "changed")}
    if options.json:
        print_json({"readers": list(READERS), "is_dry_run": options.dry_run, **told})
    else:
        words = ", ".join(f"{number:,} {name}" for name, number in told.items())
        screen.line(styled(f"{words}; readers {', '.join(READERS)}", "bold"))
    return ExitCode.OK


def _show(screen: Screen, one: "Reread", *, is_json: bool, is_full: bool) -> None:
    assert one.now is not None
    capture, compared = one.before.capture, one.compared
    if is_json:
        print_json(
            {
                "record_id": capture.record_id,
                "url": capture.url,
                "reader": one.now.reader,
                "compared_with": compared.reader if compared is not None else None,
                "verdict": one.now.verdict,
                "changes": {name: list(values) for name, values in one.changes.items()},
            }
        )
        return
    before = f"reader {compared.reader}" if compared is not None else "never read"
    screen.line(styled(capture.url, "bold"), styled(f"{before} → {one.now.reader}"))
    for name, (old, new) in one.changes.items():
        if is_full:
            for line in _diff(old, new):
                style = {"-": "red", "+": "green"}.get(line[0], "")
                screen.line(styled(f"{name} {line}", style), indent=2)
        else:
            screen.line(styled(name), indent=2)


def _diff(old: object, new: object) -> list[str]:
    """What is no more (`-`) and what is new (`+`) of a value, element by element of a list."""
    lines = difflib.ndiff(_lines(old), _lines(new))
    return [line[:_LONGEST] for line in lines if line[0] in "+-"]


def _lines(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [json.dumps(item, ensure_ascii=False) for item in value]
    return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]


def _rebuild(options: argparse.Namespace) -> int:
    from crawler.rereading.whole import rebuild  # noqa: PLC0415 - the readers' libraries

    began = time.monotonic()
    keys = Path(settings.DATELINE_KEYS) if settings.DATELINE_KEYS else None
    made = rebuild(options.archive, jobs=_jobs(options), wait=options.wait, keys=keys)
    taken = time.monotonic() - began
    if options.json:
        print_json({"captures": made.captures, "readings": made.readings, "seconds": taken})
    else:
        counted = f"{made.captures:,} captures and {made.readings:,} readings"
        Screen().whole(styled(f"{counted} catalogued anew in {taken:.0f} s", "green"))
    say("state.sqlite cannot be made anew, and was left as it is")
    return ExitCode.OK


def _jobs(options: argparse.Namespace) -> int:
    wanted = options.jobs
    return int(wanted) if wanted is not None else os.cpu_count() or 1
