"""`dateline verify` and `snapshot`: is all as it was written, and a copy of it."""

import argparse
import contextlib

from archive import Report, snapshot, verify
from crawler.cli.commands.custody import public_key, stamp_view
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_json, count, examples, folder
from crawler.cli.screen.progress import byte_bar
from crawler.cli.screen.terminal import Screen, print_json, styled
from crawler.state.copying import copying_state


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    verifying = commands.add_parser(
        "verify",
        help="read everything again, and name what does not match",
        description="Read every record again: framing, digests, links, and what the catalogue "
        "and the custody log say of it. Writes nothing. Exit code 0 only when all holds.",
        epilog=examples(
            "dateline verify dateline-archive",
            "dateline verify dateline-archive --key dateline.pub --json",
        ),
    )
    verifying.add_argument("archive", type=folder, metavar="DIR", help="the archive's folder")
    verifying.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="a public key, or a file with it; one that is given must have signed the log",
    )
    verifying.add_argument(
        "--jobs", type=count, metavar="N", help="processes that read (default: one a core)"
    )
    add_json(verifying)
    verifying.set_defaults(run=_verify)
    copying = commands.add_parser(
        "snapshot",
        help="a consistent copy, while a crawl may run",
        description="Copy the archive in DIR to the new folder TARGET, as it is at this instant.",
        epilog=examples(
            "dateline snapshot dateline-archive copy-of-monday",
        ),
    )
    copying.add_argument("archive", type=folder, metavar="DIR", help="the archive's folder")
    copying.add_argument("target", type=folder, metavar="TARGET", help="empty, or not there yet")
    add_json(copying)
    copying.set_defaults(run=_snapshot)


def _verify(options: argparse.Namespace) -> int:
    trusted = [public_key(key) for key in options.key]
    with byte_bar("verifying") as tell:
        report = verify(options.archive, tell=tell, jobs=options.jobs or None, trusted=trusted)
    with contextlib.suppress(BrokenPipeError):  # the exit code tells it to who reads no further
        _tell(report, is_json=options.json)
    return ExitCode.OK if report.is_sound else ExitCode.FAULTS


def _tell(report: Report, *, is_json: bool) -> None:
    if is_json:
        print_json(
            {
                "is_sound": report.is_sound,
                "files": report.files,
                "records": report.records,
                "captures": report.captures,
                "withdrawn": report.withdrawn,
                "read_bytes": report.read_bytes,
                "record_bytes": report.record_bytes,
                "entries": report.entries,
                "checkpoints": report.checkpoints,
                "keys": report.signers,
                "trusted_times": [stamp_view(stamp) for stamp in report.stamps],
                "notes": report.notes,
                "left_out": report.left_out,
                "faults": [
                    {"file": fault.file, "offset": fault.offset, "message": fault.message}
                    for fault in report.faults
                ],
            }
        )
    else:
        screen = Screen()
        for fault in report.faults:
            place = fault.file if fault.offset is None else f"{fault.file} at {fault.offset}"
            screen.line(styled(place, "red"), styled(fault.message))
        for note in report.notes:
            screen.line(styled(note, "yellow"))
        signed = f"{report.entries} entries in the custody log, {report.checkpoints} checkpoints"
        screen.line(styled(signed))
        for key in report.signers:
            screen.whole("signed by", styled(key))
        for stamp in report.stamps:
            at = f"{stamp.at:%Y-%m-%d %H:%M:%S} UTC"
            screen.whole(f"{stamp.size} entries stamped at {at} by", styled(stamp.authority))
        if not report.stamps:
            screen.line(styled("no trusted time"))
        withdrawn = f", {report.withdrawn} withdrawn" if report.withdrawn else ""
        verdict = (
            "all as it was written"
            if report.is_sound
            else f"{len(report.faults) + report.left_out} faults"
        )
        counted = (
            f"{report.files} files, {report.records} records, {report.captures} captures{withdrawn}"
        )
        screen.line(styled(f"{counted}: {verdict}", "green" if report.is_sound else "bold red"))


def _snapshot(options: argparse.Namespace) -> int:
    with byte_bar("copying") as tell, copying_state(options.archive, options.target):
        copied = snapshot(options.archive, options.target, tell=tell)
    if options.json:
        print_json({"target": str(options.target), "warc_bytes": copied})
    else:
        screen = Screen()
        screen.whole(styled(f"{copied:,} bytes of records copied to {options.target}", "green"))
    return ExitCode.OK
