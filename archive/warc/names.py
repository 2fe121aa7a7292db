"""What WARC files are called: unique by time, serial, host and process (WARC 1.1, annex C)."""

import datetime as dt
import re
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from archive.disk.files import plain_file

OPEN = ".open"
"""Ends the name of a file that is still being written."""

TORN = "torn"
"""The folder beside the files that keeps what recovery cut off their ends."""

SUFFIX = ".warc.gz"

_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")


def warc_name(*, at: dt.datetime, serial: int, hostname: str, pid: int) -> str:
    """A file's final name: `dateline-20261122T170812345Z-00000-host-1234.warc.gz`.

    Letters, digits, `-` and `.` only, whatever the host is called.
    """
    utc = at.astimezone(dt.UTC).replace(tzinfo=None)
    stamp = re.sub(r"[-:.]", "", utc.isoformat(timespec="milliseconds"))
    host = _UNSAFE.sub("-", hostname)[:40].strip("-") or "host"
    return f"dateline-{stamp}Z-{serial:05d}-{host}-{pid}{SUFFIX}"


def final_name(name: str) -> str:
    """The name without the mark of being written: what locators name."""
    return name.removesuffix(OPEN)


def is_safe(name: str) -> bool:
    """Whether `name` can only be a file right in the folder."""
    return _SAFE_NAME.fullmatch(name) is not None


def find_warc(folder: Path, name: str) -> Path | None:
    """Where the file of that final name is, under whichever of its names it has just now."""
    return next((path for path in _places(folder, name) if path.exists()), None)


def open_warc(folder: Path, name: str, *, is_copied: bool = False) -> BufferedReader | None:
    """The same file, opened; None where there is none, or where the name leads elsewhere.

    May raise OSError, as `plain_file`.
    """
    if is_safe(name):
        for path in _places(folder, name):
            with suppress(FileNotFoundError):
                return plain_file(path, is_copied=is_copied)
    return None


def _places(folder: Path, name: str) -> tuple[Path, ...]:
    """In the order in which to look.

    The final name comes twice: the file may get it between the first look and the second.
    """
    return (folder / name, folder / (name + OPEN), folder / name)
