"""What commands that ask the web have in common: their options, and the settings these give."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from crawler.cli.options import assignment, seconds
from crawler.cli.screen.terminal import say
from crawler.errors import ConfigError
from crawler.trusted_time import Authority, stamp_newest


def add_crawling(parser: argparse.ArgumentParser) -> None:
    """What every command takes that asks the web, and keeps what it gets in a run."""
    parser.add_argument("--wait", action="store_true", help="wait for another writer to end")
    parser.add_argument("--case", metavar="LABEL", help="what this belongs to; kept with the run")
    parser.add_argument("--note", metavar="TEXT", help="why this is collected; kept with the run")
    parser.add_argument("--operator", metavar="NAME", help="who collects; kept with the run")
    add_wire(parser)


def add_rehearsing(parser: argparse.ArgumentParser) -> None:
    """What a command takes that asks the web, and keeps nothing."""
    parser.set_defaults(archive=Path(), wait=False, case=None, note=None, operator=None)
    add_wire(parser)


def add_wire(parser: argparse.ArgumentParser) -> None:
    """How the web is asked."""
    parser.add_argument(
        "--delay",
        type=seconds,
        metavar="SECONDS",
        help="between requests to one host (default 1)",
    )
    parser.add_argument(
        "--connect-to",
        action="append",
        default=[],
        metavar="HOST:PORT:TARGET:PORT",
        help="connect to TARGET instead, as curl does; empty parts match all",
    )
    parser.add_argument(
        "--cacert", metavar="FILE", help="certificates to trust besides the system's"
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="allow private and loopback addresses"
    )
    parser.add_argument(
        "--robots-override",
        action="append",
        default=[],
        metavar="HOST=REASON",
        help="ask HOST against its robots.txt; the written reason is kept with the run",
    )
    parser.add_argument(
        "-s",
        "--set",
        type=assignment,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any Scrapy or DATELINE_* setting",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="log what happens")


def wishes_of(options: argparse.Namespace) -> dict[str, object]:
    """The settings that say what is read and fetched beside the pages; only what was given."""
    given = {
        "DATELINE_READ": False if options.no_read else None,
        "DATELINE_POSTS": False if options.no_posts else None,
        "DATELINE_REQUISITES": options.requisites,
        "DATELINE_MEDIA": options.media,
    }
    return {name: value for name, value in given.items() if value is not None}


def settings_of(options: argparse.Namespace) -> dict[str, object]:
    """The settings that the options of `add_crawling`, `add_archive` and `-s` give.

    Only what was given: an option that was not leaves the environment's value alone.

    Raises: ConfigError.
    """
    given = {
        "DATELINE_ARCHIVE": str(options.archive),
        "DATELINE_WAIT": True if options.wait else None,
        "DATELINE_CONNECT_TO": tuple(options.connect_to) or None,
        "DATELINE_ROBOTS_OVERRIDES": dict(map(_override, options.robots_override)) or None,
        "DATELINE_CASE": options.case,
        "DATELINE_NOTE": options.note,
        "DATELINE_OPERATOR": options.operator,
        "DATELINE_CACERT": options.cacert,
        "DATELINE_ALLOW_PRIVATE": True if options.allow_private else None,
        "DOWNLOAD_DELAY": options.delay,
    }
    return {name: value for name, value in given.items() if value is not None} | dict(options.set)


def _override(text: str) -> tuple[str, str]:
    host, equals, reason = text.partition("=")
    if not host or not equals or not reason.strip():
        raise ConfigError("--robots-override HOST=REASON: a written reason is needed")
    return host.lower(), reason


def have_stamped(archive: Path, authorities: Sequence[Authority]) -> None:
    """Ask for trusted time on what a run has signed; say so where it was not had."""
    if len(stamp_newest(archive, authorities)) < len(authorities):
        say("not every authority gave its time; `dateline custody stamp` asks again")
