"""A list of URLs as people keep them: one a line, with comments and blank lines."""

import asyncio
import errno
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from archive import InvalidUrl, canonical_url
from crawler.errors import ConfigError

MAX_LINE_BYTES = 16_384
"""A longer line is no URL; no more of it is kept in memory."""
_PIECE_BYTES = 65_536


def check_url(text: str) -> None:
    """Refuse what cannot be crawled.

    Raises: InvalidUrl, one line for a person; it never repeats a password.
    """
    try:
        has_credentials = "@" in urlsplit(text).netloc
    except ValueError:
        has_credentials = False
    if has_credentials:
        raise InvalidUrl(
            "a URL with a user name or a password is not taken, because credentials are never "
            "sent or kept: give it without them"
        )
    canonical_url(text)


def open_list(path: str) -> int:
    """A descriptor of the list at `path`, where `-` is standard input; the caller closes it.

    Raises: ConfigError.
    """
    try:
        if path == "-":
            return os.dup(sys.stdin.fileno())
        if Path(path).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        return os.open(path, os.O_RDONLY)
    except (OSError, ValueError) as error:
        raise ConfigError(f"--from {path}: {getattr(error, 'strerror', error)}") from error


async def listed(file: int) -> AsyncIterator[str]:
    """The entries of the list that the descriptor `file` gives, as they come.

    White space around an entry, blank lines and lines that begin with `#` are left out. A pipe or
    terminal is awaited, so that the crawl goes on meanwhile. Bytes that are not UTF-8 stay visible.

    Raises: OSError where it cannot be read.
    """
    rest = b""
    while piece := await _piece(file):
        *lines, rest = (rest + piece).split(b"\n")
        for entry in _entries(lines):
            yield entry
        rest = rest[: MAX_LINE_BYTES + 1]
    for entry in _entries([rest]):
        yield entry


def _entries(lines: list[bytes]) -> Iterator[str]:
    for line in lines:
        text = line[: MAX_LINE_BYTES + 1].decode("utf-8-sig", "backslashreplace").strip()
        if text and not text.startswith("#"):
            yield text


async def _piece(file: int) -> bytes:
    """The next bytes; empty at the end."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(file, ready.set)
    except PermissionError:
        return os.read(file, _PIECE_BYTES)  # a file on disk: always ready, and no poller takes it
    try:
        await ready.wait()
    finally:
        loop.remove_reader(file)
    return os.read(file, _PIECE_BYTES)
