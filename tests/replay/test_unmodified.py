"""A page that was found unmodified later: whoever looks at that time is shown the page."""

import datetime as dt
import gzip
import json
import urllib.request
import zipfile

import pytest

from archive import Archive, ArchiveReader, export_cdxj, export_wacz
from crawler import settings
from tests.archive.generated import made, new_run
from tests.crawler.cli.running import inside
from tests.replay.serving import replaying
from tests.strategies import BEGAN, page

URL = "http://news.example/story"
BODY = b"<p>the lock is shut</p>"
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
LATER = BEGAN + dt.timedelta(days=1)


@pytest.fixture
def looked_at_twice(tmp_path, monkeypatch):
    """An archive with a page and, a day later, a 304 of it; the page's capture."""
    monkeypatch.setattr(settings, "DATELINE_KEYS", str(tmp_path / "keys"))
    root = tmp_path / "archive"
    with Archive.open(root, run=new_run("run-1"), keys=tmp_path / "keys") as archive:
        shown = archive.keep(made("run-1", page(BODY), url=URL)).result(30)
        again = {"revalidates": shown.record_id, "began_at": LATER, "ended_at": LATER}
        archive.keep(made("run-1", NOT_MODIFIED, url=URL, **again)).result(30)
    return root, shown


@pytest.mark.parametrize("has_answer", [True, False])
def test_the_nearest_capture_is_one_that_shows_the_page(looked_at_twice, has_answer):
    root, shown = looked_at_twice
    reader = ArchiveReader.open(root)
    for at in (LATER, None):
        assert reader.nearest(URL, at, has_answer=has_answer) == shown
    assert reader.body(reader.nearest(URL)) == BODY


def test_an_index_lists_the_page_and_a_package_has_both_records(looked_at_twice, tmp_path):
    root, shown = looked_at_twice
    assert export_cdxj(root, tmp_path / "index.cdxj") == 1
    assert f'"offset": "{shown.locator.offset}"' in (tmp_path / "index.cdxj").read_text()
    made = export_wacz(root, tmp_path / "all.wacz", software="test/1")
    assert made.captures == 1
    with zipfile.ZipFile(made.path) as package:
        (name,) = [name for name in package.namelist() if name.startswith("archive/")]
        assert b"304 Not Modified" in gzip.decompress(package.read(name))


def test_a_browser_is_shown_the_page(looked_at_twice):
    root, _ = looked_at_twice
    with replaying(root) as base:
        for at in ("", f"{LATER:%Y%m%d%H%M%S}id_/"):
            with urllib.request.urlopen(f"{base}/archive/{at}{URL}", timeout=30) as answer:
                assert answer.status == 200
        with urllib.request.urlopen(f"{base}/archive/{at}{URL}", timeout=30) as answer:
            assert answer.read() == BODY


def test_what_is_proved_of_an_address_is_the_page(looked_at_twice, tmp_path):
    root, shown = looked_at_twice
    to = ("--proof", tmp_path / "p.json", "--records", tmp_path / "p.warc.gz")
    assert inside("custody", "prove", URL, "--archive", root, *to).returncode == 0
    assert json.loads((tmp_path / "p.json").read_text())["capture"] == shown.record_id
