"""JSON Lines: `KIND.jsonl`, one object a line, UTF-8, nothing cut."""

from collections.abc import Iterable
from pathlib import Path

from archive.codec import to_json
from archive.export.kinds import Row

_NEWLINES = {
    "\u0085".encode(): b"\\u0085",
    "\u2028".encode(): b"\\u2028",
    "\u2029".encode(): b"\\u2029",
}
"""What JSON leaves bare within a text, and some programs take for the end of a line."""


def json_line(row: object) -> bytes:
    """A row as a line: instants in RFC 3339, what is not known null."""
    line = to_json(row)
    for newline, escaped in _NEWLINES.items():
        line = line.replace(newline, escaped)
    return line + b"\n"


def write_jsonl(folder: Path, kind: str, rows: Iterable[Row]) -> int:
    """Write the rows of a kind; how many there were."""
    written = 0
    with (folder / f"{kind}.jsonl").open("wb") as file:
        for row in rows:
            file.write(json_line(row))
            written += 1
    return written
