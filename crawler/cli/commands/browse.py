"""`dateline browse`: read the archive in a browser."""

import argparse
import datetime as dt
import importlib.util
from functools import partial

from archive import ArchiveReader, reading_room, serve_reading_room
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_address, add_folder, examples, web_address
from crawler.cli.screen.terminal import Screen, styled
from crawler.errors import ConfigError
from crawler.settings import VERSION


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "browse",
        help="read it in a browser: articles, their posts, what changed",
        description="Serve the reading room: articles with the posts they cite, what changed and "
        "what is gone, the evidence for each, and all tables. It only reads, and may do so while a "
        "crawl writes. Ends with Ctrl-C.",
        epilog=examples(
            "dateline browse",
            "dateline browse case-17 --port 8100 --replay http://127.0.0.1:8090",
        ),
    )
    add_folder(parser)
    add_address(parser, port=8080)
    parser.add_argument(
        "--replay",
        type=web_address,
        default="http://127.0.0.1:8090",
        metavar="URL",
        help="where `dateline replay` runs, for links to it (default: http://127.0.0.1:8090)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The command."""
    if importlib.util.find_spec("datasette") is None:
        raise ConfigError("the reading room needs Datasette: pip install 'dateline[browse]'")
    from crawler.rereading.article_parts import parts_of_article  # noqa: PLC0415 - the reader's libraries
    from crawler.watch.shown import shown_sources  # noqa: PLC0415

    room = reading_room(
        ArchiveReader.open(options.archive),
        bind=options.bind,
        replay=options.replay,
        software=f"dateline/{VERSION}",
        parts=partial(parts_of_article, options.archive),
        sources=lambda: shown_sources(options.archive, now=dt.datetime.now(dt.UTC)),
    )
    serve_reading_room(room, bind=options.bind, port=options.port, told=_tell)
    return ExitCode.OK


def _tell(address: str) -> None:
    Screen().whole(styled(f"the reading room is at {address}", "green"))
