"""Writes docs/export-schema.json and the exported tables of docs/schema.md anew: run it by hand."""

import datetime as dt
import json
import sys
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import get_args, get_origin

ROOT = Path(__file__).parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from archive.export.columns import bare, columns, is_nullable  # noqa: E402
from archive.export.json_schema import json_schema  # noqa: E402 - from here, where it is a script
from archive.export.kinds import DAY_OF, TABLES  # noqa: E402

PAGE = ROOT / "docs" / "schema.md"
SCHEMA = ROOT / "docs" / "export-schema.json"
MARK = "<!-- made by tests/renew_schema.py -->\n"
WORDS = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    dt.datetime: "instant",
    dt.date: "day",
    dt.time: "time",
}


def page():
    before, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    assert mark
    return f"{before}{mark}\n{tables()}"


def schema():
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def tables():
    lines = []
    for kind, table in TABLES.items():
        lines += [
            f"### {kind}",
            "",
            f"{table.__doc__} By day of `{DAY_OF[kind]}`.",
            "",
            "| column | type | what it holds | schema.org | zyte-common-items |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| `{one.name}` | {word(one.type)} | {one.doc} | {code(one.schema_org)} "
            f"| {code(one.zyte)} |"
            for one in columns(table)
        ]
        lines.append("")
    return "\n".join(lines)


def word(wanted):
    if is_nullable(wanted):
        return f"{word(bare(wanted))}?"
    if get_origin(wanted) is tuple:
        return f"list of {word(get_args(wanted)[0])}"
    if is_dataclass(wanted):
        return f"struct ({', '.join(cells(wanted))})"
    return WORDS[wanted]


def cells(struct):
    for one in fields(struct):
        yield f"`{one.name}`" if one.default is MISSING else f"`{one.name}`?"


def code(name):
    return f"`{name}`" if name else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    SCHEMA.write_text(schema(), "utf-8")
