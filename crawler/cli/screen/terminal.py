"""What reaches a terminal: never a page's own control characters."""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from rich.console import Console
from rich.text import Text

from crawler.cli.screen.streams import Cleaned
from crawler.json_line import clean, json_line

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT_MARK = "\u200e"

LONGEST = 1_000
"""Characters of a foreign text that is shown on one line, where no terminal cuts it sooner."""
PAGE_WIDTH = 100
"""Running text is no wider than this, however wide the terminal."""


def one_line(text: object, width: int = LONGEST) -> str:
    """`text` clean, on one line, cut at `width` characters."""
    line = " ".join(clean(str(text)[: width * 4]).split())
    return line if len(line) <= width else line[: width - 1] + "…"


def print_json(value: Mapping[str, object]) -> None:
    """A line of JSON on standard output, in UTF-8 whatever the locale."""
    print_line(json_line(value))


def print_line(line: str) -> None:
    """A line of JSON that `json_line` made: the same."""
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def say(message: object) -> None:
    """A message for a person, on standard error."""
    sys.stderr.write(f"dateline: {one_line(message, 2 * LONGEST)}\n")


def styled(text: object, style: str = "", pad: int = 0) -> Text:
    """Foreign text, clean, on one line, filled up to `pad` characters."""
    return Text(f"{one_line(text):{pad}}" if pad else one_line(text), style=style)


class Screen:
    """Prints for a person: cut and wrapped to a terminal, whole and plain anywhere else."""

    def __init__(self, *, stderr: bool = False, console: Console | None = None) -> None:
        file = sys.stderr if stderr else None
        self.console = console or _Console(
            file=file.drawn if isinstance(file, Cleaned) else file,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self.width = self.console.width if self.console.is_terminal else 0
        """Columns of the terminal; 0 where there is none."""

    def line(self, *parts: Text | str, indent: int = 0) -> None:
        """`parts` on one line, two spaces between; a terminal cuts it, and never wraps it."""
        line = _joined(parts, indent)
        if self.width:
            line.truncate(self.width, overflow="ellipsis")
        self._print(line)

    def whole(self, *parts: Text | str, indent: int = 0) -> None:
        """As `line`, but never cut: an address or a command, to be copied."""
        self._print(_joined(parts, indent))

    def paragraphs(self, text: Text, indent: int = 0) -> None:
        """Running text, its own line breaks kept; a terminal wraps it between words."""
        if not self.width:
            for line in text.split("\n"):
                self._print(_joined([line], indent))
            return
        width = min(self.width, PAGE_WIDTH)
        for line in text.wrap(self.console, max(width - indent, 20)):
            self._print(_joined([line], indent))

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def _print(self, line: Text) -> None:
        if self.width and _RIGHT_TO_LEFT.search(line.plain):
            # The line itself runs from left to right, whatever letter it has first.
            line = Text(_LEFT_TO_RIGHT_MARK).append_text(line)
        self.console.print(line, soft_wrap=True)


def _joined(parts: Sequence[Text | str], indent: int) -> Text:
    line = Text("  ").join(Text(part) if isinstance(part, str) else part for part in parts)
    line.rstrip()
    return Text(" " * indent).append_text(line)


class _Console(Console):
    """rich's console, leaving to `main` what to do when nobody reads any more."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError
