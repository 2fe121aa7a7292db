"""Options that several commands share."""

import argparse
from pathlib import Path

from crawler import settings


def add_archive(parser: argparse.ArgumentParser) -> None:
    """`--archive DIR`, else `DATELINE_ARCHIVE`, else `dateline-archive` in this folder."""
    parser.add_argument(
        "--archive",
        type=Path,
        default=Path(settings.DATELINE_ARCHIVE),
        metavar="DIR",
        help="the archive's folder (default: DATELINE_ARCHIVE, else ./dateline-archive)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`: JSON Lines for programs."""
    parser.add_argument("--json", action="store_true", help="JSON Lines on standard output")
