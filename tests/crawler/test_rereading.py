"""Stored captures read again: the catalogue built anew is the one that was there."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from archive import CatalogueReader, import_file, rebuilding, verify, withdraw
from crawler.rereading import rebuild, reread_all
from tests.archive.generated import new_run
from tests.catalogues import differences, rows
from tests.demo_archive import fill
from tests.replay.test_import import foreign

STORY = (
    b"<html><head><title>A foreign story</title></head><body><article><h1>A foreign story</h1>"
    + b"<p>The ferry did not sail before noon, and the bridge was closed to all. </p>" * 12
    + b"</article></body></html>"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    fill(home / "archive", home / "keys")
    return home


@pytest.fixture
def root(demo, tmp_path):
    return shutil.copytree(demo / "archive", tmp_path / "archive")


def dump(root, tmp_path, name):
    """A copy of the catalogue as it is now."""
    copy = tmp_path / name
    with (
        closing(sqlite3.connect(root / "catalogue.sqlite")) as live,
        closing(sqlite3.connect(copy)) as to,
    ):
        live.backup(to)
    return copy


def imported(root, tmp_path):
    import_file(root, foreign(tmp_path / "other.warc.gz", body=STORY), run=new_run("import-1"))


def test_rebuilt_it_equals_the_catalogue_that_was_there_in_every_table(root, demo, tmp_path):
    """After crawls, a recovery, an import that was read, and withdrawals."""
    imported(root, tmp_path)
    assert sum(one.is_new for one in reread_all(root, jobs=0)) == 1
    catalogue = CatalogueReader(root / "catalogue.sqlite")
    post = next(post for post in catalogue.posts() if post["state"] == "ok")
    article = next(iter(catalogue.articles()))
    gone = [article["capture"]["record_id"]]
    for seen in catalogue.post(post["id"])["sightings"]:
        url = catalogue.capture(seen["record_id"])["url"]
        gone += [tried["record_id"] for tried in catalogue.captures(url=url)]
    withdraw(root, gone, reason="asked to", keys=demo / "keys")
    old = dump(root, tmp_path, "old.sqlite")
    for table in ("post_sightings", "short_links", "cross_checks", "version_links"):
        assert rows(old, table)
    states = {row[6] for row in rows(old, "post_sightings")}
    assert {"transient", "blocked_bot", "not_asked", "ok", "rate_limited"} <= states
    rebuild(root, jobs=2, keys=demo / "keys")
    assert differences(old, root / "catalogue.sqlite") == {}
    assert rows(old, "runs")
    report = verify(root)
    assert report.faults == []
    assert report.withdrawn >= len(set(gone))


def test_what_a_crawl_read_is_all_that_there_is_to_read(root, tmp_path):
    """Else a rebuild would hold more than the catalogue that it replaces."""
    before = dump(root, tmp_path, "before.sqlite")
    done = list(reread_all(root, jobs=0))
    assert [one.before.capture.url for one in done if one.is_new] == []
    assert len([one for one in done if one.now is not None]) > 90
    assert differences(before, root / "catalogue.sqlite") == {}


def test_without_any_catalogue_one_is_made(root, tmp_path):
    old = dump(root, tmp_path, "old.sqlite")
    (root / "catalogue.sqlite").unlink()
    rebuild(root, jobs=0)
    assert differences(old, root / "catalogue.sqlite") == {}


def test_a_rebuild_that_is_killed_leaves_the_old_catalogue_and_the_next_one_is_whole(
    root, tmp_path
):
    old = dump(root, tmp_path, "old.sqlite")

    class Killed(BaseException):
        pass

    with pytest.raises(Killed), rebuilding(root) as desk:
        desk.add([])
        raise Killed
    assert differences(old, root / "catalogue.sqlite") == {}
    (root / "catalogue.sqlite.new").write_bytes(b"what a kill leaves")
    (root / "catalogue.sqlite.new-wal").write_bytes(b"and its journal")
    assert verify(root).faults == []
    rebuild(root, jobs=0)
    assert differences(old, root / "catalogue.sqlite") == {}
    assert {path.name for path in root.glob("catalogue*")} == {"catalogue.sqlite"}


def test_a_rebuilt_catalogue_has_an_epoch_of_its_own(root, tmp_path):
    def epoch():
        with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
            return catalogue.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()

    before = epoch()
    assert len(before[0]) == 16
    rebuild(root, jobs=0)
    assert epoch() != before
