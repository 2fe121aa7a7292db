"""The `dateline` command: parses, calls, prints.

Data goes to standard output, messages to standard error. Errors of our two families, and what the
operating system refuses, become one line and an exit code; anything else keeps its traceback,
because it is ours to mend.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from archive import ArchiveBusy, ArchiveError
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import Parser
from crawler.cli.screen.terminal import say
from crawler.errors import ConfigError, CrawlError
from crawler.names import check_names
from crawler.settings import VERSION, environment

EXAMPLES = """\
examples:
  dateline demo                                   see it work, without a network
  dateline crawl https://news.example/story       keep a page, and read it
  dateline ls articles                            what is there
  dateline show https://news.example/story        one article, its posts, its bytes
  dateline search flood bridge                    words in headlines, bodies and posts

exit codes: 0 done, 1 something is not as it should be or not there, 2 bad input or a place that
cannot be used, 75 another process writes the archive, 130 interrupted
"""

_MODULES = {
    "demo": "demo",
    "crawl": "crawl",
    "sources": "sources",
    "run": "watching",
    "health": "watching",
    "schedule": "scheduling",
    "ls": "look",
    "show": "look",
    "search": "look",
    "diff": "changes",
    "changes": "changes",
    "extract": "extract",
    "platforms": "platforms",
    "export": "export",
    "feed": "feed",
    "import": "imports",
    "browse": "browse",
    "replay": "replay",
    "reread": "rereading",
    "rebuild": "rereading",
    "verify": "upkeep",
    "snapshot": "upkeep",
    "custody": "custody",
    "withdraw": "withdraw",
}
"""Each command, in the order of the help, and the module of `commands` that registers it."""

_BEFORE_COMMANDS = ("-h", "--help", "--version")


def parser(command: str = "") -> argparse.ArgumentParser:
    """The command line of one command, so that no other's module is loaded; else the whole."""
    top = Parser(
        prog="dateline",
        description="Crawl the news and the posts it cites, and keep the evidence.",
        epilog=EXAMPLES,
    )
    top.add_argument("--version", action="version", version=f"dateline {VERSION}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in [_MODULES[command]] if command in _MODULES else dict.fromkeys(_MODULES.values()):
        import_module(f"crawler.cli.commands.{module}").register(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code. Raises: KeyboardInterrupt."""
    words = sys.argv[1:] if argv is None else argv
    code = int(ExitCode.OK)
    try:
        if words and words[0].startswith("-") and words[0] not in _BEFORE_COMMANDS:
            raise ConfigError("options come after a command: dateline COMMAND --option …")
        options = parser(words[0] if words else "").parse_args(words)
        check_names(environment)
        code = int(options.run(options))
        sys.stdout.flush()
    except ArchiveBusy as error:
        say(f"{error}; wait for it with --wait")
        return ExitCode.BUSY
    except (ArchiveError, CrawlError) as error:
        say(error)
        return ExitCode.USAGE
    except BrokenPipeError:
        # Whoever read our output went away: their right, and no error. What Python would still
        # flush at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        say(f"the system says: {error}")
        return ExitCode.USAGE
    return code
