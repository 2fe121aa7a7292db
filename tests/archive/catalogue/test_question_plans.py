"""What one page of the reading room asks does not go through all that there is."""

import sqlite3

import pytest

from archive.catalogue.questions.run_reports import RunReports
from tests.archive.catalogue.facts import RUN, add, article, capture, citation

GROWING = (
    *("articles", "captures", "citations", "cross_checks", "post_sightings", "post_versions"),
    *("posts", "readings", "sightings", "turns", "versions"),
)


@pytest.fixture
def asked(monkeypatch):
    """The statements that were run on connections opened since."""
    found = []
    connect = sqlite3.connect

    def traced(*given, **named):
        connection = connect(*given, **named)
        connection.set_trace_callback(found.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    return found


@pytest.mark.parametrize("what", ["post", "report", "captures", "captures of an address"])
def test_nothing_that_grows_is_gone_through(writer, reader, path, asked, what):
    add(writer, 1, article(posts=(citation("1"),)))
    asked.clear()
    found = {
        "post": lambda: reader.post("x:1"),
        "report": lambda: RunReports(path).report(RUN.run_id),
        "captures": lambda: list(reader.captures(run_id=RUN.run_id, limit=200)),
        "captures of an address": lambda: list(reader.captures(url=capture(1).url, limit=200)),
    }[what]()
    assert found
    statements = [one for one in asked if one.lstrip().startswith(("SELECT", "WITH"))]
    assert statements
    for statement in statements:
        plan = writer._connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [row["detail"].split() for row in plan]
        assert not [step for step in steps if step[0] == "SCAN" and step[1] in GROWING], statement
