"""The archive that the bench of exports makes by hand is one that an export reads."""

from dataclasses import fields

from archive.catalogue.connection import snapshot
from archive.export.kinds import Articles
from archive.export.rows import Rows
from bench.exports import build, export


def test_every_article_that_is_made_is_exported_with_all_its_columns(tmp_path):
    build(tmp_path / "archive", 120)
    with snapshot(tmp_path / "archive" / "catalogue.sqlite") as connection:
        rows = list(Rows(connection).of("articles"))
    assert len({row.id for row in rows}) == 120
    known = {one.name for one in fields(Articles) if any(getattr(row, one.name) for row in rows)}
    assert {"text", "urls", "authors", "tags", "dateline", "published_at", "warc_length"} <= known
    found = export(tmp_path / "archive", tmp_path / "out", "jsonl")
    assert found.rows == 120
