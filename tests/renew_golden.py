"""Write the expected readings of the golden pages anew: read the difference before you commit it.

    python tests/renew_golden.py [CASE …]

A case is a folder of `tests/golden` with a `page.html`, a `note.md` that says what the page is for,
and an `expected.json`: the `url`, and where it matters the `content_type`, that the page is read
with, and the whole `reading`. A new case needs the first two and `{"url": "…"}`.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from crawler.extract.page import Page  # noqa: E402
from crawler.reading.batch import reading_line  # noqa: E402
from crawler.reading.page import read  # noqa: E402

GOLDEN = ROOT / "tests" / "golden"
RENEW = "python tests/renew_golden.py"
_NOT_THE_PAGES = (
    *("id", "capture", "reader", "urls", "versions", "copies", "pictures"),
    *("cluster", "near_copies"),
)
"""Follows from the URL, the reader's version, or an archive."""


def cases():
    pages = GOLDEN.rglob("page.html")
    return sorted(page.parent.relative_to(GOLDEN).as_posix() for page in pages)


def expected(case):
    return json.loads((GOLDEN / case / "expected.json").read_text("utf-8"))


def read_case(case):
    """The reading of a golden page, as JSON, but for what says nothing of the page."""
    given = expected(case)
    page = Page(
        url=given["url"],
        body=(GOLDEN / case / "page.html").read_bytes(),
        content_type=given.get("content_type", "text/html"),
    )
    line = reading_line(read(page, "urn:uuid:1"), page.url)
    return {
        name: value
        for name, value in line.items()
        if name not in _NOT_THE_PAGES and not name.endswith("_seen_at")
    }


def main(names):
    for case in names or cases():
        given = expected(case)
        found = {**given, "reading": read_case(case)}
        if given != found:
            text = json.dumps(found, ensure_ascii=False, indent=1)
            (GOLDEN / case / "expected.json").write_text(text + "\n", "utf-8")
            print(f"renewed: {case}")


if __name__ == "__main__":
    main(sys.argv[1:])
