"""Exports: every row with its bytes' place, nothing cut, nothing that runs, whole or not there."""

import csv
import datetime as dt
import importlib
import json
import shutil
import sys
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import ArchiveError, ArchiveFolder, BadPosition, Format, Position, export_tables
from archive.catalogue.changes import PRESENT
from archive.catalogue.connection import snapshot
from archive.catalogue.feed import newest_position
from archive.errors import StoreUnavailable
from archive.export.columns import columns
from archive.export.csv import cell
from archive.export.entries import feed_line, read_feed
from archive.export.json_schema import json_schema
from archive.export.jsonl import json_line
from archive.export.kinds import DAY_OF, KINDS, SCHEMA_VERSION, TABLES
from archive.export.queries import EVERYTHING
from archive.export.rows import Rows
from archive.export.workers import Workers, tasks
from archive.model import BlockType, BodyBlock, Dateline
from tests import renew_schema
from tests.archive.catalogue.facts import RUN, add, article, capture, citation, opened
from tests.archive.export.demo_tables import NOW, add_by_hand

WIRE = " ".join(f"word{number} of the wire story" for number in range(40))
LONG = "=cmd|' /C calc'!A0 \u2028 " + "long " * 20_000


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = ArchiveFolder.create(tmp_path_factory.mktemp("made") / "archive")
    with opened(folder.catalogue) as writer:
        add_by_hand(writer)
        body = (
            BodyBlock(type=BlockType.PARAGRAPH, text=LONG),
            BodyBlock(type=BlockType.MEDIA, text="a boat", url="https://news.example/boat.jpg"),
        )
        dateline = Dateline(
            raw="CALDER, 5 Nov (5 p.m.) –",
            place="Calder",
            date=dt.date(2026, 11, 5),
            local_time=dt.time(17),
            time_disagrees=True,
        )
        add(
            writer,
            1,
            article(body=body, image="https://news.example/lead.jpg", dateline=dateline),
        )
        add(writer, 2, url="https://news.example/lead.jpg")
    return folder.root


@pytest.fixture
def root(made, tmp_path):
    """One of its own, for each test."""
    return shutil.copytree(made, tmp_path / "archive")


def export(root, form, name="out", **chosen):
    target = root.parent / f"{name}-{form}"
    return target, export_tables(root, target, Format(form), software="test/1", **chosen)


def lines(path):
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def rows_of(root):
    with snapshot(root / "catalogue.sqlite") as connection:
        rows = Rows(connection)
        return {kind: list(rows.of(kind)) for kind in KINDS}


def test_every_present_row_is_exported_once_in_the_order_of_its_day(root):
    with snapshot(root / "catalogue.sqlite") as connection:
        for kind, query in PRESENT.items():
            ids = [id_ for (id_,) in connection.execute(query)]
            found = list(Rows(connection).of(kind))
            told = [one.record_id if kind == "captures" else one.id for one in found]
            assert sorted(told) == sorted(ids), kind
            instants = [getattr(one, DAY_OF[kind]) for one in found]
            assert instants == sorted(instants), kind
            assert [Rows(connection).one(kind, id_) for id_ in told] == found, kind
    assert all(rows_of(root).values())


def test_every_row_names_the_place_of_its_bytes(root):
    with snapshot(root / "catalogue.sqlite") as connection:
        known = {
            row["record_id"]: (row["warc"], row["offset"], row["length"], row["payload_digest"])
            for row in connection.execute("SELECT * FROM captures")
        }
    for kind, rows in rows_of(root).items():
        for row in rows:
            place = (row.warc, row.warc_offset, row.warc_length, row.payload_digest)
            assert known[row.record_id] == place, kind
            assert row.reader is not None, kind
            assert row.captured_at.utcoffset() == dt.timedelta(0)


def test_clusters_of_near_copies_stand_beside_those_of_equal_ones(root):
    before = {row.id for row in rows_of(root)["clusters"]}
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 61, article("https://wire.example/1", text=WIRE))
        add(writer, 62, article("https://late.example/2", text=f"{WIRE} And a local tail of it."))
    (near,) = (row for row in rows_of(root)["clusters"] if row.id not in before)
    assert near.match == "near"
    with snapshot(root / "catalogue.sqlite") as connection:
        found = connection.execute("SELECT * FROM near_clusters ORDER BY known_by, article_id")
        known = {row["article_id"]: dict(row) for row in found if row["cluster"] == near.id}
        (head,) = connection.execute(
            "SELECT article_id FROM near_heads WHERE cluster = ?", (near.id,)
        ).fetchone()
    assert near.articles == tuple(known)
    assert near.first_article_id == head
    assert near.size == len(known) == 2
    for one in near.likeness:
        row = known[one.article_id]
        assert (one.similarity, one.containment) == (row["similarity"], row["containment"])
    assert 0.6 < min(one.similarity for one in near.likeness) < 1


def test_the_feed_tells_of_near_clusters_that_come_change_and_go(root):
    def told(since):
        entries = read_feed(root, since, kinds=["clusters"])
        return [(one.change, one.id, one.row and one.row.size) for one in entries]

    def now():
        with snapshot(root / "catalogue.sqlite") as connection:
            return newest_position(connection)

    since = now()
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 61, article("https://wire.example/1", text=WIRE))
        assert told(since) == []
        add(writer, 62, article("https://late.example/2", text=f"{WIRE} And a local tail of it."))
        ((change, id_, size),) = told(since)
        assert (change, size) == ("new", 2)
        since = now()
        add(writer, 63, article("https://wire.example/1", text=WIRE, headline="Other"))
        assert told(since) == [("changed", id_, 2)]
        since = now()
        writer.forget({capture(62).record_id})
        assert told(since) == [("gone", id_, None)]


def test_a_picture_is_told_with_its_own_capture(root):
    found = {row.url: row for row in rows_of(root)["media"]}
    lead = found["https://news.example/lead.jpg"]
    assert lead.media_record_id == capture(2).record_id
    assert lead.media_digest == capture(2).payload_digest
    assert lead.record_id == capture(1).record_id
    assert found["https://news.example/boat.jpg"].alt == "a boat"


def test_json_lines_are_one_object_a_line_and_follow_the_schema(root):
    target, made = export(root, "jsonl")
    schema = json.loads((target / "_schema.json").read_bytes())
    for kind in KINDS:
        found = lines(target / f"{kind}.jsonl")
        assert len(found) == made.rows[kind] > 0
        assert len((target / f"{kind}.jsonl").read_text("utf-8").splitlines()) == len(found)
        for line in found:
            validator = jsonschema.Draft202012Validator(schema["$defs"][kind])
            validator.validate(line)
    (long,) = [one for one in lines(target / "articles.jsonl") if "calc" in one["text"]]
    assert long["text"] == f"{LONG}\n\na boat"
    about = json.loads((target / "_export.json").read_bytes())
    assert about["schema_version"] == SCHEMA_VERSION
    assert about["position"] == made.position


def test_csv_gives_back_every_text_and_no_formula(root):
    target, made = export(root, "csv")
    csv.field_size_limit(sys.maxsize)
    for kind, rows in rows_of(root).items():
        with (target / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            cells = list(csv.DictReader(file))
        assert len(cells) == made.rows[kind]
        for told, row in zip(cells, rows, strict=True):
            assert list(told) == [one.name for one in columns(TABLES[kind])]
            for name, text in told.items():
                value = getattr(row, name)
                if isinstance(value, str):
                    assert text.removeprefix("'") == value.removeprefix("'")
                    assert not text.lstrip().startswith(("=", "+", "-", "@"))


@given(st.text(alphabet=st.sampled_from("=+-@'\t\r\n ＝a1\"")) | st.text())
def test_a_cell_runs_nothing_and_loses_nothing(text):
    told = cell(text)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert told.removeprefix("'") == text


@pytest.mark.parametrize(
    "unseen", ["\0", "\ufeff", "\u200b", "\u200f", "\u202e", "\xa0 \0", "\xad"]
)
def test_a_formula_behind_what_a_spreadsheet_drops_is_a_text_as_well(unseen):
    assert cell(f"{unseen}=1+1") == f"'{unseen}=1+1"
    assert cell(f"{unseen}a") == f"{unseen}a"


def test_numbers_and_moments_are_no_texts():
    at = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
    told = [cell(value) for value in (-5, 0.5, True, None, at, at.date(), ("=a",))]
    assert told == ["-5", "0.5", "true", "", "2026-11-22T05:00:00.000000Z", "2026-11-22", '["=a"]']


def test_parquet_is_typed_and_parted_by_kind_and_day(root):
    import pyarrow as pa
    import pyarrow.parquet as pq

    target, made = export(root, "parquet")
    for kind, rows in rows_of(root).items():
        files = sorted((target / f"kind={kind}").glob("day=*/part-0.parquet"))
        days = sorted({getattr(row, DAY_OF[kind]).date().isoformat() for row in rows})
        assert [path.parent.name for path in files] == [f"day={day}" for day in days]
        read = [pq.ParquetFile(path) for path in files]
        assert sum(one.metadata.num_rows for one in read) == made.rows[kind]
        assert read[0].schema_arrow.metadata[b"dateline.schema_version"] == b"1"
    schema = pq.read_schema(next((target / "kind=articles").rglob("*.parquet")))
    assert schema.field("published_at").type == pa.timestamp("us", tz="UTC")
    assert schema.field("published_on").type == pa.date32()
    assert schema.field("urls").type == pa.list_(pa.string())
    assert pa.types.is_struct(schema.field("dateline").type)
    posts = pq.read_schema(next((target / "kind=posts").rglob("*.parquet")))
    assert pa.types.is_struct(posts.field("media").type.value_type)


def test_a_dateline_tells_its_time_and_whether_that_can_be(root):
    import duckdb

    target, _ = export(root, "duckdb")
    with duckdb.connect(target, read_only=True) as tables:
        told = "SELECT dateline.local_time, dateline.time_disagrees FROM articles "
        found = tables.execute(f"{told} WHERE dateline IS NOT NULL").fetchall()
    assert found == [(dt.time(17), True)]


def test_a_long_export_to_duckdb_says_nothing_and_leaves_nothing_beside_it(tmp_path):
    pytest.importorskip("duckdb")
    from archive.export.duckdb import DuckdbFile

    spilt = tmp_path / "news.duckdb.tmp"
    spilt.mkdir()  # by one that was killed
    (spilt / "duckdb_temp_block-1.block").write_bytes(b"words")
    with DuckdbFile(tmp_path / "news.duckdb") as made:
        [bar] = made._connection.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    assert not bar
    assert [path.name for path in tmp_path.iterdir()] == ["news.duckdb"]


def test_duckdb_polars_and_pandas_read_the_same_rows(root):
    import duckdb
    import pandas as pd
    import polars as pl

    target, made = export(root, "parquet")
    database, _ = export(root, "duckdb")
    with duckdb.connect(str(database), read_only=True) as connection:
        for kind in KINDS:
            (count,) = connection.execute(f'SELECT count(*) FROM "{kind}"').fetchone()
            folder = str(target / f"kind={kind}")
            lazily = pl.scan_parquet(folder, hive_partitioning=True).collect()
            frame = pd.read_parquet(folder)
            assert count == len(lazily) == len(frame) == made.rows[kind]
            assert set(frame.columns) == {*(one.name for one in columns(TABLES[kind])), "day"}
        (about,) = connection.execute("SELECT about FROM export").fetchone()
        assert json.loads(about)["schema_version"] == SCHEMA_VERSION
        texts = connection.execute("SELECT text FROM articles WHERE text LIKE '%calc%'")
        assert texts.fetchall() == [(f"{LONG}\n\na boat",)]


def test_several_processes_write_what_one_would_have(root):
    import pyarrow.parquet as pq

    alone, one = export(root, "parquet", "alone", workers=0)
    shared, several = export(root, "parquet", "shared", workers=2)
    assert dict(one.rows) == dict(several.rows)

    def tables(folder):
        return {
            path.relative_to(folder): pq.read_table(path).to_pylist()
            for path in sorted(folder.rglob("*.parquet"))
        }

    assert tables(alone) == tables(shared)
    schemas = [(folder / "_schema.json").read_bytes() for folder in (alone, shared)]
    assert schemas[0] == schemas[1]


def test_processes_look_again_where_a_crawl_has_committed_since(root):
    catalogue = root / "catalogue.sqlite"
    with Workers(catalogue, 1) as workers:
        assert workers._lines[0].poll(60)  # it has looked
        with opened(catalogue) as writer:
            add(writer, 50, article("https://late.example/50"))
        with workers.one_state(catalogue) as connection:
            asked = tasks(connection, root.parent / "made", ["captures"], EVERYTHING)
            written = workers.write(asked)["captures"]
            assert written == len(list(Rows(connection).of("captures")))
    with snapshot(catalogue) as connection:
        assert written == len(list(Rows(connection).of("captures")))


def test_a_process_that_fails_fails_the_export_and_leaves_nothing(root):
    (root.parent / ".out-parquet.part").write_text("left over")
    with opened(root / "catalogue.sqlite") as writer:
        writer._connection.execute("UPDATE documents SET article = '{'")
    with pytest.raises(StoreUnavailable, match="articles could not be written"):
        export(root, "parquet", kinds=["articles"], workers=1)
    assert [path.name for path in root.parent.iterdir()] == ["archive"]


def test_an_empty_kind_still_has_its_columns(tmp_path):
    import pandas as pd

    folder = ArchiveFolder.create(tmp_path / "archive")
    with opened(folder.catalogue):
        pass
    for form in Format:
        target, made = export(folder.root, form.value)
        assert set(made.rows.values()) == {0}
        assert target.exists()
    frame = pd.read_parquet(tmp_path / "out-parquet" / "kind=articles")
    assert {"headline", "warc_offset"} <= set(frame.columns)


def test_since_a_position_gives_what_changed_and_what_is_gone(root):
    _, before = export(root, "jsonl", "before")
    since = Position.parse(before.position)
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 3, article("https://late.example/2026/b", "late", posts=(citation("777"),)))
    target, made = export(root, "jsonl", "after", since=since)
    assert made.rows["articles"] == made.rows["captures"] == made.rows["posts"] == 1
    assert [one["of_kind"] for one in lines(target / "changes.jsonl")] == [
        *("captures", "articles", "versions", "citations", "posts")
    ]
    with opened(root / "catalogue.sqlite") as writer:
        writer.forget({capture(1).record_id})
    target, _ = export(root, "jsonl", "gone", since=Position.parse(made.position))
    gone = {(one["of_kind"], one["id"]) for one in lines(target / "changes.jsonl")}
    assert ("captures", capture(1).record_id) in gone
    assert not lines(target / "captures.jsonl")


def test_since_an_instant_gives_what_was_committed_from_then_on(root):
    _, all_of_it = export(root, "jsonl", "all", since=NOW - dt.timedelta(days=1))
    _, nothing = export(root, "jsonl", "none", since=NOW + dt.timedelta(days=1))
    _, whole = export(root, "jsonl", "whole")
    assert dict(all_of_it.rows) | {"changes": 0} == dict(whole.rows) | {"changes": 0}
    assert {kind for kind, rows in nothing.rows.items() if rows} == {"media"}


def test_bytes_that_came_after_the_page_that_names_them_are_in_the_next_export(root):
    _, before = export(root, "jsonl", "before")
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 3, url="https://news.example/boat.jpg")
    since = Position.parse(before.position)
    after, made = export(root, "jsonl", "after", since=since)
    whole, _ = export(root, "jsonl", "whole")
    assert made.rows["articles"] == 0
    assert lines(after / "media.jsonl") == lines(whole / "media.jsonl")
    assert capture(3).record_id in {one["media_record_id"] for one in lines(after / "media.jsonl")}


def test_a_case_is_exported_by_itself(root):
    with opened(root / "catalogue.sqlite") as writer, writer.batch():
        writer.add_run(replace(RUN, run_id="run-2", case="bridge"))
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 4, article("https://case.example/2026/c", "case", posts=(citation("5"),)),
            run_id="run-2")  # fmt: skip
    _, made = export(root, "jsonl", "case", case="bridge")
    assert dict(made.rows) == {
        "articles": 1,
        "versions": 1,
        "citations": 1,
        "posts": 1,
        "captures": 1,
        "clusters": 0,
        "media": 0,
    }


def test_an_old_position_is_refused_and_leaves_nothing(root):
    with pytest.raises(BadPosition):
        export(root, "jsonl", since=Position(epoch="0" * 12, number=1))
    assert [path.name for path in root.parent.iterdir()] == ["archive"]


def test_a_place_that_is_taken_is_left_as_it_is(root):
    taken = root.parent / "out-jsonl"
    taken.mkdir()
    with pytest.raises(ArchiveError, match="there already"):
        export(root, "jsonl")
    assert list(taken.iterdir()) == []


@pytest.mark.parametrize("form", ["parquet", "duckdb"])
def test_a_missing_library_is_told_with_its_cure(root, form, monkeypatch):
    for module in ("archive.export.arrow", f"archive.export.{form}"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ArchiveError, match=r"pip install 'dateline\[analysis\]'"):
        export(root, form)
    monkeypatch.undo()
    importlib.import_module(f"archive.export.{form}")


def test_the_published_schema_is_current():
    assert renew_schema.SCHEMA.read_text("utf-8") == renew_schema.schema()
    assert renew_schema.PAGE.read_text("utf-8") == renew_schema.page()
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_feed_tells_each_change_with_its_row(root):
    entries = list(read_feed(root))
    assert [entry.change for entry in entries] == ["new"] * len(entries)
    assert {entry.kind for entry in entries} == set(PRESENT)
    later = list(read_feed(root, Position.parse(entries[4].position)))
    assert later == entries[5:]
    line = json.loads(feed_line(entries[0]))
    assert line["row"]["record_id"] == line["id"]
    assert "\n" not in feed_line(entries[0])


def test_what_some_take_for_a_newline_is_escaped():
    line = json_line({"text": "a\u2028b\u0085c"})
    assert line.decode().splitlines() == [r'{"text":"a\u2028b\u0085c"}']
    assert json.loads(line) == {"text": "a\u2028b\u0085c"}
