"""Servers that say "not modified" where that is no answer."""

import datetime as dt

import pytest

from crawler.demo.server import WorldServer, reply
from tests.watch.watching import rows, run, sources_file
from tests.watch.world import START, Press

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NOT_MODIFIED = {"status": "304 Not Modified", "headers": [("ETag", '"one"')], "content_type": None}


@pytest.mark.parametrize("path", ["/feed.xml", "/2026/11/23/story-of-the-0"])
def test_an_answer_that_nobody_asked_for_is_a_failure_and_is_asked_for_once(tmp_path, path):
    """A host that answers 304 to whatever comes kept a run asking without end."""
    press = Press.of(sites=1, stories=1)
    times = []

    def unmodified(asked):
        if asked.path != path:
            return None
        times.append(asked.headers.get("if-none-match"))
        assert len(times) < 20, "it is asked for ever"
        return reply(**NOT_MODIFIED)

    press.behaviours["site0.example"] = unmodified
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        report = run(tmp_path / "a", server, sources, START, timeout_s=60)
    assert times == [None]
    (source,) = report["sources"]
    if path == "/feed.xml":
        assert source["failures"] == ["HTTP 304"]
    else:
        assert source["seen"] == {"failure": 1}
        assert rows(tmp_path / "a", "SELECT state FROM watch_pages") == [("failing",)]


def test_a_page_in_a_feeds_place_is_no_answer_however_unmodified(tmp_path):
    """The notice of a site under repair, with an ETag, hid for ever that its feed was not there."""
    press = Press.of(sites=1, stories=1)

    def repaired(asked):
        if asked.path != "/feed.xml":
            return None
        if asked.headers.get("if-none-match") == '"one"':
            return reply(**NOT_MODIFIED)
        return reply(b"<html><body>We will be back.</body></html>", headers=[("ETag", '"one"')])

    press.behaviours["site0.example"] = repaired
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        reports = [run(tmp_path / "a", server, sources, START + 3 * n * DAY) for n in range(7)]
    for report in reports:
        assert report["sources"][0]["failures"] == ["http://site0.example/feed.xml: no feed"]
    assert [concern["kind"] for concern in reports[-1]["health"]] == ["dead"]
