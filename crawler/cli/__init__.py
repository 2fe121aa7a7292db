"""The `dateline` command."""

import sys
from collections.abc import Sequence

from crawler.cli.exit_code import ExitCode
from crawler.cli.screen import streams
from crawler.settings import guard_children

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code."""
    try:
        guard_children()
        streams.prepare()
        # Here, for it takes a second, in which a Ctrl-C is answered by one line, too.
        from crawler.cli.command import main as run  # noqa: PLC0415

        return run(argv)
    except KeyboardInterrupt:
        sys.stderr.write("dateline: interrupted\n")
        return ExitCode.INTERRUPTED
