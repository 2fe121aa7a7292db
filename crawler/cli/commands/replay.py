"""`dateline replay`: look at the archive in a browser."""

import argparse
import contextlib
import signal
import subprocess
import tempfile
from pathlib import Path

from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_address, add_folder, examples
from crawler.cli.screen.terminal import Screen, styled


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "replay",
        help="look at its pages in a browser, as they were",
        description="Serve the archive with pywb: a start page of its articles, and every capture "
        "as it was. Nothing is copied, nothing is fetched. Ends with Ctrl-C.",
        epilog=examples(
            "dateline replay",
            "dateline replay case-17 --port 8100",
        ),
    )
    add_folder(parser)
    add_address(parser, port=8090)
    parser.add_argument("-v", "--verbose", action="store_true", help="show what pywb logs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    from crawler.replay_pywb import command, find_pywb, prepare  # noqa: PLC0415

    wayback = find_pywb(settings.environment)
    with tempfile.TemporaryDirectory(prefix="dateline-replay-") as work:
        captures = prepare(options.archive, Path(work))
        where = f"http://{options.bind}:{options.port}/"
        Screen().whole(styled(f"{captures:,} captures at {where}", "green"))
        log = None if options.verbose else subprocess.DEVNULL
        with subprocess.Popen(  # noqa: S603 - the very program that was found
            command(wayback, host=options.bind, port=options.port),
            cwd=work,
            stdout=log,
            stderr=log,
        ) as server:
            signal.signal(signal.SIGTERM, lambda *_: server.terminate())
            try:
                code = server.wait()
            except KeyboardInterrupt:
                server.terminate()
                with contextlib.suppress(KeyboardInterrupt):
                    server.wait()
                return ExitCode.OK
    if code < 0:
        return ExitCode.OK  # we were told to end, and told it
    Screen(stderr=True).whole(f"dateline: pywb ended with {code}; -v shows why")
    return ExitCode.FAULTS
