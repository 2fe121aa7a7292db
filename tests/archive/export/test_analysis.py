"""docs/analysis.md: every question runs on the demo archive, and answers what is known of it."""

import contextlib
import re

import pytest

from archive import ArchiveFolder
from archive.catalogue import CatalogueWriter
from archive.web.http import Head
from tests.archive.export.demo_tables import HOSTS, add_by_hand
from tests.crawler.cli.running import ROOT, dateline, inside

PAGE = (ROOT / "docs" / "analysis.md").read_text("utf-8")


def block(heading, language="sql"):
    _, _, rest = PAGE.partition(f"## {heading}\n")
    return re.search(rf"```{language}\n(.*?)```", rest, re.DOTALL)[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A demo archive with facts added by hand, exported as the page says."""
    home = tmp_path_factory.mktemp("analysis")
    done = dateline("demo", "--archive", "dateline-archive", cwd=home)
    assert done.returncode == 0, done.stderr
    with CatalogueWriter.open(ArchiveFolder.open(home / "dateline-archive").catalogue) as writer:
        add_by_hand(writer)
    for form, target in (("duckdb", "news.duckdb"), ("parquet", "tables")):
        done = inside("export", form, home / target, "--archive", home / "dateline-archive")
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def ask(home):
    import duckdb

    with duckdb.connect(str(home / "news.duckdb"), read_only=True) as connection:

        def ask(heading):
            found = connection.execute(block(heading))
            names = [name for name, *_ in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        yield ask


def run(code, home):
    names = {}
    with contextlib.chdir(home):
        exec(compile(code, "docs/analysis.md", "exec"), names)
    return names


def test_posts_that_are_gone(ask):
    found = {row["id"]: row for row in ask("Which posts cited last month are gone now?")}
    assert found["x:901"]["latest_state"] == "deleted"
    assert found["x:901"]["seen_at"] is not None
    assert found["x:2121485784157597697"]["latest_state"] == "deleted"
    assert found["x:2121485784157597697"]["seen_at"] is None
    assert "x:900" not in found


def test_who_was_first(ask):
    found = ask("Who was first with a story?")
    wire = {row["match"]: row for row in found if "continentalwire.example" in row["first"]}
    for row in (wire["same"], wire["near"]):
        assert row["others"] == ["https://harbortribune.example/world/pumps-back-on-before-frost"]
        assert row["least_alike"] == 1


def test_posts_cited_by_more_than_three_outlets(ask):
    (found,) = ask("Which posts are cited by more than three outlets?")
    assert (found["post"], found["outlets"]) == ("x:900", len(HOSTS))


def test_polars_and_pandas_answer_as_duckdb_does(ask, home):
    heading = "Which posts are cited by more than three outlets?"
    by_duckdb = ask(heading)
    by_polars = run(block(heading, "python polars"), home)["found"].to_dicts()
    by_pandas = run(block(heading, "python pandas"), home)["found"].to_dict("records")
    assert len(by_duckdb) == 1
    for row in (*by_duckdb, *by_polars, *by_pandas):
        row["first_seen_at"] = row["first_seen_at"].timestamp()
    assert by_duckdb == by_polars == by_pandas


def test_articles_that_changed_and_how(ask, home):
    (found,) = ask("Whose articles were changed after publication, and how?")
    assert found["url"] == f"https://{HOSTS[0]}/2026/story"
    assert (found["headline_before"], found["headline"]) == ("Headline", "Headline, corrected")
    code = block("Whose articles were changed after publication, and how?", "python changes")
    changes = run(code, home)["changes"]
    assert changes(found["text_before"], found["text"]) == [f"- {HOSTS[0]}", f"+ {HOSTS[1]}"]


def test_claims_that_their_post_does_not_bear_out(ask):
    found = ask("Which claims does the post itself not bear out?")
    assert {row["post"] for row in found} == {"x:900"}
    assert len(found) >= len(HOSTS)
    for row in found:
        assert row["check_text"] == "different"
        assert row["text"] == "quite other words\u2028here"
        assert row["claimed_text"] == "all is well"


def test_duckdb_finds_a_row_and_python_its_very_bytes(home):
    code = block("From a row to its very bytes", "python bytes").replace(
        "ORDER BY published_at DESC NULLS LAST", "WHERE case_label = 'demo' ORDER BY published_at"
    )
    found = run(code, home)
    head, _, block_ = found["record"].partition(b"\r\n\r\n")
    assert found["record_id"].encode() in head
    assert block_.startswith(b"HTTP/1.1 200")
    assert found["page"].lstrip().lower().startswith(b"<!doctype html>")
    assert Head.parse(block_.partition(b"\r\n\r\n")[0] + b"\r\n\r\n").status == 200


def test_duckdb_polars_and_pandas_open_the_parquet(home):
    import duckdb
    import pandas as pd
    import polars as pl

    with contextlib.chdir(home):
        days = duckdb.sql(block("Opening the tables", "sql parquet")).fetchall()
    by_polars = run(block("Opening the tables", "python polars"), home)["found"]
    by_pandas = run(block("Opening the tables", "python pandas"), home)["found"]
    with duckdb.connect(str(home / "news.duckdb"), read_only=True) as connection:
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
        (citations,) = connection.execute("SELECT count(*) FROM citations").fetchone()
    assert sum(count for _, count in days) == len(by_polars) == articles
    assert len(by_pandas) == citations
    assert by_polars.schema["published_at"] == pl.Datetime("us", "UTC")
    assert by_polars.schema["urls"] == pl.List(pl.String)
    assert isinstance(by_pandas, pd.DataFrame)
