"""The archive as a library: what its documentation shows, and what its answers must be."""

import datetime as dt
import re

import pytest

from archive import (
    Archive,
    ArchiveReader,
    BodyError,
    CaptureKind,
    CaptureNotFound,
    InvalidUrl,
    NotAnArchive,
    Selection,
    verify,
)
from tests.archive.generated import made, new_run
from tests.crawler.cli.running import ROOT
from tests.strategies import BEGAN, chunked_page, gzip_page, page

URL = "http://news.example/story"
SECURE = "https://news.example/story"


@pytest.fixture
def kept(tmp_path):
    """An archive of some exchanges, and their captures."""
    captures = []
    with Archive.open(tmp_path / "archive", run=new_run("run-1")) as archive:
        for minutes, (data, url) in enumerate(
            [
                (page(b"<p>one</p>"), SECURE),
                (page(b"", status="301 Moved", headers=[f"Location: {SECURE}"]), URL),
                (chunked_page(b"<p>two</p>"), SECURE),
                (gzip_page(b"<p>three</p>"), SECURE),
                (chunked_page(b"<p>two</p>"), SECURE),
                (None, "http://news.example/lost"),
            ]
        ):
            at = BEGAN + dt.timedelta(minutes=minutes)
            one = made("run-1", data, url=url, began_at=at, ended_at=at)
            captures.append(archive.keep(one).result(10))
    return ArchiveReader.open(tmp_path / "archive"), captures


def test_a_reader_may_stand_in_a_with(kept):
    reader, captures = kept
    with Archive.read(reader.folder.root) as archive:
        assert archive.capture(captures[0].record_id) == captures[0]


def test_a_host_is_chosen_as_people_write_it(kept):
    reader, captures = kept
    assert list(reader.captures(Selection(host="News.EXAMPLE."))) == captures
    assert list(reader.captures(Selection(host="ews.example"))) == []
    with pytest.raises(InvalidUrl, match="name of a host"):
        list(reader.captures(Selection(host="https://news.example/")))


def test_the_documentation_runs_as_it_stands(demo, monkeypatch, capsys):
    text = (ROOT / "docs" / "library.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 5
    monkeypatch.chdir(demo.parent)
    names = {}
    for block in blocks:
        exec(block, names)
    assert "harbortribune.example" in capsys.readouterr().out


def test_captures_come_as_they_were_kept(kept):
    reader, captures = kept
    assert list(reader.captures()) == captures
    for capture in captures:
        assert reader.capture(capture.record_id) == capture


def test_a_body_is_given_as_sent_and_decoded_and_a_revisits_is_its_originals(kept):
    reader, (one, _, two, three, again, _) = kept
    assert reader.body(one) == b"<p>one</p>"
    assert reader.body(three) == b"<p>three</p>"
    assert b"".join(reader.payload(three)).startswith(b"\x1f\x8b")
    assert again.kind is CaptureKind.REVISIT
    assert reader.body(again) == reader.body(two) == b"<p>two</p>"
    assert b"".join(reader.record(two).chunks()) == chunked_page(b"<p>two</p>")
    with pytest.raises(BodyError):
        reader.body(two, max_bytes=9)


def test_the_nearest_in_time_answers_and_of_two_as_near_the_earlier(kept):
    reader, (one, _, two, three, again, _) = kept
    for seconds, expected in [(-900, one), (59, one), (60, one), (61, two), (151, three)]:
        at = BEGAN + dt.timedelta(seconds=seconds)
        assert reader.nearest(SECURE, at) == expected, seconds
    assert reader.nearest(SECURE) == again


def test_the_very_url_is_preferred_and_no_redirect_leads_to_itself(kept):
    reader, (_, redirect, *_) = kept
    assert reader.nearest(URL, BEGAN) == redirect
    assert reader.nearest(SECURE, redirect.captured_at).url == SECURE


def test_a_failure_answers_only_where_it_is_asked_for(kept):
    reader, captures = kept
    with pytest.raises(CaptureNotFound):
        reader.nearest("http://news.example/lost")
    assert reader.nearest("http://news.example/lost", has_answer=False) == captures[-1]
    assert list(reader.payload(captures[-1])) == []


@pytest.mark.parametrize(
    "url", ["", "no url", "http://[", "http://news.example/\ud800", "x" * 9000]
)
def test_what_is_no_url_is_not_found(kept, url):
    with pytest.raises(CaptureNotFound):
        kept[0].nearest(url)


def test_a_selection_holds_all_its_conditions(kept):
    reader, captures = kept
    since = BEGAN + dt.timedelta(minutes=3)
    assert list(reader.captures(Selection(since=since, url=URL))) == captures[3:5]
    assert list(reader.captures(Selection(host="example"))) == captures
    assert list(reader.captures(Selection(host="ews.example"))) == []
    assert list(reader.captures(Selection(case="none"))) == []
    ids = frozenset({captures[2].record_id})
    assert list(reader.captures(Selection(record_ids=ids))) == captures[2:3]


def test_reading_writes_nothing(kept):
    reader, captures = kept
    before = {path: path.stat().st_mtime_ns for path in reader.folder.warc.iterdir()}
    for capture in captures:
        list(reader.payload(capture))
    assert {path: path.stat().st_mtime_ns for path in reader.folder.warc.iterdir()} == before
    assert verify(reader.folder.root).is_sound


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(NotAnArchive):
        Archive.read(tmp_path)
