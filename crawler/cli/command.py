"""The `dateline` command: parses, calls, prints.

Data goes to standard output, messages to standard error. Errors of our two families become one
line and an exit code; anything else keeps its traceback, because it is ours to mend.
"""

import argparse
import sys
from collections.abc import Sequence

from archive import ArchiveBusy, ArchiveError, StoreUnavailable
from crawler.cli import crawl, demo, extract, look, upkeep
from crawler.cli.exit_code import ExitCode
from crawler.cli.terminal import say
from crawler.errors import CrawlError
from crawler.settings import VERSION

EXAMPLES = """\
examples:
  dateline demo                                   see it work, without a network
  dateline crawl https://news.example/story       keep a page, and read it
  dateline ls articles                            what is there
  dateline show https://news.example/story        one article, its posts, its bytes
  dateline search flood bridge                    words in headlines, bodies and posts

exit codes: 0 done, 1 something is not as it should be, 2 bad input, 74 the disk failed,
75 another process writes the archive, 130 interrupted
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="dateline",
        description="Crawl the news and the posts it cites, and keep the evidence.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"dateline {VERSION}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for room in (demo, crawl, look, extract, upkeep):
        room.register(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code."""
    options = parser().parse_args(argv)
    try:
        return int(options.run(options))
    except ArchiveBusy as error:
        say(error)
        return ExitCode.BUSY
    except StoreUnavailable as error:
        say(error)
        return ExitCode.UNAVAILABLE
    except (ArchiveError, CrawlError) as error:
        say(error)
        return ExitCode.USAGE
    except BrokenPipeError:
        # The reader of our output went away: its right, and no error.
        sys.stderr.close()
        return ExitCode.OK
    except KeyboardInterrupt:
        say("interrupted")
        return ExitCode.INTERRUPTED
