"""`dateline feed`: what changed, in the order of the commits, for programs that follow."""

import argparse
import time

from archive import FEED_KINDS, Position, feed_line, read_feed
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive
from crawler.cli.screen.terminal import print_line
from crawler.json_line import escaped

EXAMPLES = """\
examples:
  dateline feed                                    everything, from the beginning
  dateline feed --since 2f61d0c4a9be-1841          what came after that line
  dateline feed --follow --kind articles,posts     go on as runs commit; stop with Ctrl-C
"""
PAUSE_S = 0.5
"""How long a follower waits before it looks again."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "feed",
        help="what changed, one line of JSON a change",
        description="Print every row that is new, changed or gone, in the order of the commits. "
        "Each line has a position; --since a position gives exactly what came after it.",
        epilog=EXAMPLES,
    )
    parser.add_argument("--since", type=_position, metavar="POSITION", help="of the last line read")
    parser.add_argument("--follow", action="store_true", help="go on as runs commit")
    parser.add_argument(
        "--kind",
        type=_kinds,
        default=FEED_KINDS,
        metavar="KIND,…",
        help=f"of {', '.join(FEED_KINDS)} (default: all)",
    )
    add_archive(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    since: Position | None = options.since
    while True:
        for entry in read_feed(options.archive, since, kinds=options.kind):
            print_line(escaped(feed_line(entry)))
            since = Position.parse(entry.position)
        if not options.follow:
            return ExitCode.OK
        time.sleep(PAUSE_S)


def _position(text: str) -> Position:
    try:
        return Position.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(text.split(",")))
    for kind in kinds:
        if kind not in FEED_KINDS:
            raise argparse.ArgumentTypeError(f"{kind[:40]!r} is none of {', '.join(FEED_KINDS)}")
    return kinds
