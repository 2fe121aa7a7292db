"""CSV (RFC 4180, UTF-8) that is safe to open in a spreadsheet: `KIND.csv`.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, also behind blanks
and what it drops or does not show (NUL, marks of direction, no-break marks of no width), and what a
page says must never be run. Such texts, and those that begin with an apostrophe, are written behind
an apostrophe: who wants the very text takes one leading apostrophe away. Numbers are left alone.
Lists and structs are JSON; what is not known is an empty cell.

Source: OWASP, CSV Injection.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from archive.codec import to_json
from archive.export.columns import columns
from archive.export.kinds import TABLES, Row
from archive.instants import instant

_FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*+[=+@＝＋－＠-]"
)
_BLANKS = "\t\r\n"


def write_csv(folder: Path, kind: str, rows: Iterable[Row]) -> int:
    """Write the rows of a kind below a line of names; how many there were."""
    names = [one.name for one in columns(TABLES[kind])]
    written = 0
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            writer.writerow([cell(getattr(row, name)) for name in names])
            written += 1
    return written


def cell(value: object) -> str:
    """A value as the text of its cell."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if _is_risky(value) else value
        case bool() | int() | float():
            return str(value).lower()
        case dt.datetime():
            return instant(value)
        case dt.date():
            return value.isoformat()
        case _:
            return to_json(value).decode()


def _is_risky(text: str) -> bool:
    return text.startswith(("'", *_BLANKS)) or _FORMULA.match(text) is not None
