"""What reaches a terminal: never a page's own control characters."""

import json
import re
import sys
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def clean(text: object) -> str:
    """`text` with control characters, direction overrides and lone surrogates made visible."""
    return _HOSTILE.sub("\N{REPLACEMENT CHARACTER}", str(text))


def one_line(text: object, width: int = 0) -> str:
    """`text` clean, on one line, cut at `width` characters where that is not 0."""
    line = " ".join(clean(text).split())
    return line if not width or len(line) <= width else line[: width - 1] + "…"


def json_line(value: Mapping[str, object]) -> str:
    """One JSON object on one line; whatever could steer a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HOSTILE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: Mapping[str, object]) -> None:
    """A line of JSON on standard output, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(json_line(value).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def say(message: object) -> None:
    """A message for a person, on standard error."""
    sys.stderr.write(f"dateline: {one_line(message)}\n")


def console(*, stderr: bool = False) -> Console:
    """Colour and width of the terminal, or neither where there is none."""
    return Console(stderr=stderr, highlight=False, markup=False, soft_wrap=True)


def styled(text: object, style: str = "", width: int = 0) -> Text:
    """Foreign text, clean, for a table."""
    return Text(one_line(text, width), style=style)
