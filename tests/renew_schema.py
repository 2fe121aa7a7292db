"""Writes docs/export-schema.json and the exported tables of docs/schema.md anew: run it by hand."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "schema.md"
SCHEMA = ROOT / "docs" / "export-schema.json"
MARK = "<!-- made by tests/renew_schema.py -->\n"


def page():
    from archive.export.json_schema import tables_page

    before, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    assert mark
    return f"{before}{mark}\n{tables_page()}"


def schema():
    from archive.export.json_schema import json_schema

    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), "utf-8")
    SCHEMA.write_text(schema(), "utf-8")
