"""The standard streams, made fit for whatever a command writes, before anything else is opened."""

import io
import os
import sys
from typing import Any, TextIO, cast

from crawler.json_line import clean

_LAST = 2
"""The number of standard error, the last of the three."""


class Cleaned:
    """A text stream that lets no control character through, whoever writes.

    Messages of libraries, warnings and tracebacks quote what pages and visitors say, and know
    nothing of terminals.
    """

    def __init__(self, drawn: TextIO) -> None:
        self.drawn = drawn
        """The stream itself: for what moves a terminal's cursor on purpose."""

    def write(self, text: str) -> int:
        """Write `text`, clean."""
        self.drawn.write(clean(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self.drawn, name)


def prepare() -> None:
    """Open those that are closed on nothing; write what the locale's encoding lacks as escapes.

    Where one is closed (`>&-`), the next file to be opened would have its number, and get what is
    meant for the stream.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST:
        os.set_inheritable(number, True)  # noqa: FBT003 - its only parameter
    os.close(number)
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - a stream, for good
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - the same
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115 - the same
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if not isinstance(sys.stderr, Cleaned):
        sys.stderr = cast("TextIO", Cleaned(sys.stderr))
