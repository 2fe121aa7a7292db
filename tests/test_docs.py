import itertools
import re
import sqlite3
from pathlib import Path

from archive.catalogue.connection import open_writing
from archive.warc.facts import exchange_fields
from archive.web.http import payload_of
from tests.strategies import exchange

ROOT = Path(__file__).parent.parent


def words(path):
    return set(re.findall(r"`([\w./-]+)[^`]*`", (ROOT / path).read_text("utf-8")))


def test_schema_page_names_every_table_and_column_and_no_other(tmp_path):
    connection = open_writing(tmp_path / "catalogue.sqlite")
    try:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
            )
            if not name.startswith(("sqlite_", "search_"))
        ]
        columns = {
            table: [row["name"] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables
        }
    finally:
        connection.close()
    rows = {}
    catalogue, _, _ = (ROOT / "docs/schema.md").read_text("utf-8").partition("## Exported tables")
    for line in catalogue.splitlines():
        if line.startswith("| `"):
            _, name, _, named, _ = line.split("|")
            rows[re.findall(r"`(\w+)`", name)[0]] = re.findall(r"`(\w+)`", named)
    assert rows == columns


def test_example_query_of_the_schema_page_runs(tmp_path):
    text = (ROOT / "docs/schema.md").read_text("utf-8")
    query = re.search(r"    SELECT.*?;", text, re.DOTALL)[0]
    connection = open_writing(tmp_path / "catalogue.sqlite")
    try:
        assert connection.execute(query).fetchall() == []
    except sqlite3.Error as error:  # pragma: no cover - says which column is gone
        raise AssertionError(query) from error
    finally:
        connection.close()


def test_archive_page_names_every_metadata_field():
    made = exchange()
    fields = exchange_fields(made, payload=payload_of(made), certificates={})
    missing = {name for name, _ in fields} - words("docs/archive.md")
    assert not missing


def test_links_between_the_pages_lead_somewhere():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            if not target.startswith(("http:", "https:")):
                assert (page.parent / target).exists(), f"{page}: {target}"


def test_the_modules_that_pages_name_are_there_and_hold_what_is_named_beside_them():
    named = re.compile(r"`((?:archive|bench|crawler|docs|tests)/[\w./-]+)`(?: `(\w+)`)?")
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for path, name in named.findall(page.read_text("utf-8")):
            assert (ROOT / path).exists(), f"{page}: {path}"
            assert not name or name in (ROOT / path).read_text("utf-8"), f"{page}: {path} {name}"


def test_the_readme_has_a_place_for_every_room():
    rooms = {
        path.name + "/" * path.is_dir()
        for package in ("archive", "crawler")
        for path in (ROOT / package).iterdir()
    }
    told = words("README.md")
    assert {room for room in rooms if room[0] not in "._"} - {"py.typed"} - told == set()


def test_examples_stand_apart_from_the_text_before_them_or_they_are_no_code():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        lines = page.read_text("utf-8").splitlines()
        for before, line in itertools.pairwise(lines):
            if line.startswith("    dateline "):
                assert not before.strip() or before.startswith("    "), f"{page}: {line}"
