"""Stored captures read again: the catalogue built anew is the one that was there."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from archive import ArchiveReader, CatalogueReader, ReadingDesk, import_file, verify, withdraw
from crawler.reading import page as reading
from crawler.rereading import capture as one_capture
from crawler.rereading import whole as rereading
from crawler.rereading.whole import rebuild, reread_all
from tests.archive.generated import new_run
from tests.catalogues import differences, rows
from tests.crawler.cli.running import inside, lines_of
from tests.demo_archive import fill
from tests.prepared import Program
from tests.replay.foreign import foreign, record

READER = reading.READER
NEXT = f"{READER}, and the next"

STORY = (
    b"<html><head><title>A foreign story</title></head><body><article><h1>A foreign story</h1>"
    + b"<p>The ferry did not sail before noon, and the bridge was closed to all. </p>" * 12
    + b"</article></body></html>"
)


STEPS = {"unlink": "catalogue.sqlite-wal", "replace": "catalogue.sqlite.new"}
"""At which file a swap is killed, by what it does there."""


class KilledError(BaseException):
    """The process ends here."""


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
    for table in ("post_sightings", "short_links", "cross_checks", "version_links", "media_seen"):
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
    root, tmp_path, monkeypatch
):
    old = dump(root, tmp_path, "old.sqlite")

    def killed(*_):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(ReadingDesk, "add", killed)
        with pytest.raises(KilledError):
            rebuild(root, jobs=0)
    assert differences(old, root / "catalogue.sqlite") == {}
    (root / "catalogue.sqlite.new").write_bytes(b"what a kill leaves")
    (root / "catalogue.sqlite.new-wal").write_bytes(b"and its journal")
    assert verify(root).faults == []
    rebuild(root, jobs=0)
    assert differences(old, root / "catalogue.sqlite") == {}
    assert {path.name for path in root.glob("catalogue*")} == {"catalogue.sqlite"}


def test_killed_in_earnest_it_leaves_the_old_catalogue_or_the_new_one(root, tmp_path):
    old = dump(root, tmp_path, "old.sqlite")
    process = Program("rebuild", root, "--jobs", "0")
    while not (root / "catalogue.sqlite.new").exists() and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert differences(old, root / "catalogue.sqlite") == {}
    assert verify(root).faults == []
    rebuild(root, jobs=0)
    assert {path.name for path in root.glob("catalogue*")} == {"catalogue.sqlite"}


@pytest.mark.parametrize("name", STEPS)
def test_killed_at_the_swap_it_leaves_the_old_catalogue_whole(root, tmp_path, monkeypatch, name):
    """Also where the last commits lay in the old one's journal alone."""
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as open_one:
        open_one.execute("UPDATE runs SET note = 'in the journal'")
        open_one.commit()
        assert (root / "catalogue.sqlite-wal").stat().st_size
        other = shutil.copytree(root, tmp_path / "other")
    assert (other / "catalogue.sqlite-wal").stat().st_size
    done = getattr(Path, name)

    def killed(path, *given, **named):
        if path.name == STEPS[name]:
            raise KilledError
        return done(path, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, name, killed)
        with pytest.raises(KilledError):
            rebuild(other, jobs=0)
    with closing(sqlite3.connect(other / "catalogue.sqlite")) as catalogue:
        assert set(catalogue.execute("SELECT note FROM runs")) == {("in the journal",)}
    rebuild(other, jobs=0)
    with closing(sqlite3.connect(other / "catalogue.sqlite")) as catalogue:
        assert ("in the journal",) not in set(catalogue.execute("SELECT note FROM runs"))


def test_whoever_reads_the_old_catalogue_meanwhile_reads_on(root):
    with closing(sqlite3.connect(f"file:{root}/catalogue.sqlite?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        (before,) = reader.execute("SELECT count(*) FROM captures").fetchone()
        rebuild(root, jobs=0)
        (after,) = reader.execute("SELECT count(*) FROM captures").fetchone()
    assert before == after


def test_a_rebuilt_catalogue_has_an_epoch_of_its_own(root, tmp_path):
    def epoch():
        with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
            return catalogue.execute("SELECT epoch FROM epochs").fetchone()

    before = epoch()
    assert len(before[0]) == 12
    rebuild(root, jobs=0)
    assert epoch() != before


def hang(task):
    """Instead of reading: what no reader should do."""
    time.sleep(60)


def test_what_costs_its_worker_is_unreadable(root, monkeypatch):
    """A page by its verdict, a platform's answer as one that cannot be read."""
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        page, answer = (
            catalogue.execute(
                f"SELECT max(record_id) FROM readings WHERE {kind} IS NOT NULL"
            ).fetchone()[0]
            for kind in ("document", "answer")
        )
    batches = ReadingDesk.batches

    def two(desk, _run_id=None):
        for batch in batches(desk):
            yield [one for one in batch if one.capture.record_id in {page, answer}]

    monkeypatch.setattr(ReadingDesk, "batches", two)
    with monkeypatch.context() as patch:
        patch.setattr(rereading, "read_stored", hang)
        patch.setattr(rereading, "TIMEOUT_S", 0.2)
        stopped = [one.now for one in reread_all(root, jobs=1, is_dry_run=True)]
    assert {one.record_id: one.verdict for one in stopped} == {
        page: "unreadable",
        answer: "unreadable",
    }
    told = next(one.answer for one in stopped if one.record_id == answer)
    assert told.state == "parse_error"
    assert "not read within" in told.reason


@pytest.fixture
def newer(monkeypatch):
    """A reader of the next version, which knows no subtitles."""
    monkeypatch.setattr(reading, "READER", NEXT)
    monkeypatch.setattr(rereading, "READERS", (NEXT, *rereading.READERS[1:]))
    monkeypatch.setattr(reading, "_subtitles", lambda *_: iter(()))


def told(done):
    return [(one.before.capture.record_id, one.now, one.changes) for one in done]


@pytest.mark.usefixtures("newer")
def test_a_newer_reader_adds_readings_and_says_what_it_finds_otherwise(root, tmp_path):
    articles = {one["id"]: one for one in CatalogueReader(root / "catalogue.sqlite").articles()}
    versions = rows(root / "catalogue.sqlite", "versions")
    first = list(reread_all(root, jobs=0))
    changed = [one for one in first if one.changes]
    assert changed
    for one in changed:
        assert set(one.changes) <= {"subtitle", "field_sources", "other_statements"}
        assert one.compared.reader == READER
    after = CatalogueReader(root / "catalogue.sqlite")
    assert {one["id"] for one in after.articles()} == set(articles)
    assert {one["reader"] for one in after.articles()} == {NEXT}
    now = rows(root / "catalogue.sqlite", "versions")
    assert set(versions) <= set(now)
    added = [(article, reader) for _, article, reader, *_ in set(now) - set(versions)]
    assert set(added) == {(article, NEXT) for article in articles}
    assert verify(root).faults == []
    once = dump(root, tmp_path, "once.sqlite")
    assert told(reread_all(root, jobs=0)) == told(first)
    assert differences(once, root / "catalogue.sqlite") == {}


@pytest.mark.usefixtures("newer")
def test_broken_off_it_goes_on_where_it_was(root, tmp_path, monkeypatch):
    whole = shutil.copytree(root, tmp_path / "whole")
    told_whole = told(reread_all(whole, jobs=0))
    calls = 0
    add = ReadingDesk.add

    def added_once(desk, readings):
        nonlocal calls
        calls += 1
        if calls > 1:
            raise KilledError
        add(desk, readings)

    with monkeypatch.context() as patch:
        patch.setattr(ReadingDesk, "add", added_once)
        with pytest.raises(KilledError):
            list(reread_all(root, jobs=0))
    done = list(reread_all(root, jobs=0))
    assert 0 < sum(one.is_new for one in done) < sum(one.now is not None for one in done)
    assert told(done) == told_whole
    assert differences(whole / "catalogue.sqlite", root / "catalogue.sqlite") == {}


@pytest.mark.usefixtures("newer")
def test_a_dry_run_shows_the_same_and_adds_nothing(root, tmp_path):
    before = dump(root, tmp_path, "before.sqlite")
    dry = told(reread_all(root, jobs=0, is_dry_run=True))
    assert differences(before, root / "catalogue.sqlite") == {}
    assert dry == told(reread_all(root, jobs=0))


@pytest.mark.parametrize("kind", ["document", "answer", "short_link"])
def test_a_dry_run_names_a_reading_that_is_not_what_its_page_says(root, kind):
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        catalogue.execute(
            "UPDATE readings SET reason = 'made up' WHERE record_id = "
            f"(SELECT max(record_id) FROM readings WHERE {kind} IS NOT NULL)"
        )
        catalogue.commit()
    changed = [one for one in reread_all(root, jobs=0, is_dry_run=True) if one.changes]
    assert [set(one.changes) for one in changed] == [{"reason"}]


def test_the_commands_say_the_same_twice_and_nothing_of_edits(root, tmp_path):
    imported(root, tmp_path)
    first, second = (inside("reread", root, "--json", "--jobs", "1") for _ in range(2))
    assert (first.returncode, first.stderr) == (0, b"dateline: 1 readings added\n")
    assert (second.returncode, second.stderr) == (0, b"dateline: 0 readings added\n")
    assert first.stdout == second.stdout
    (summary,) = lines_of(first)
    assert (summary["changed"], summary["first"]) == (0, summary["read"])
    dry = inside("reread", root, "--dry-run", "--jobs", "0")
    assert dry.returncode == 0
    done = inside("rebuild", root, "--json", "--jobs", "0")
    assert lines_of(done)[0]["readings"] == summary["read"]
    assert b"state.sqlite cannot be made anew" in done.stderr


def test_an_import_of_a_platform_s_answer_is_read_as_one(root, tmp_path):
    """The address tells which place it is, where that is the post's own."""
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        catalogue.row_factory = sqlite3.Row
        row = catalogue.execute(
            "SELECT url, record_id, post_key FROM captures JOIN post_sightings USING (record_id) "
            "WHERE url LIKE 'https://t.me/%embed%' AND state = 'ok'"
        ).fetchone()
    archive = ArchiveReader.open(root)
    capture = archive.capture(row["record_id"])
    block = b"".join(archive.record(capture).chunks())
    path = tmp_path / "other.warc.gz"
    path.write_bytes(record("response", block, WARC_Target_URI=row["url"]))
    other = tmp_path / "new-archive"
    import_file(other, path, run=new_run("import-1"))
    (done,) = reread_all(other, jobs=0)
    assert done.now.answer.post_key == row["post_key"]
    assert CatalogueReader(other / "catalogue.sqlite").post(row["post_key"])["state"] == "ok"


def test_what_an_import_says_of_a_post_is_not_the_platform_s_own_word(root, tmp_path):
    """Anybody can hand us a file in which a platform says anything."""
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        url, key = catalogue.execute(
            "SELECT url, post_key FROM captures JOIN post_sightings USING (record_id) "
            "WHERE url LIKE 'https://t.me/%embed%' AND state = 'ok'"
        ).fetchone()
    at = new_run("import-1").began_at  # later than ours
    forged = (
        f'<div class="tgme_widget_message" data-post="{key.removeprefix("telegram:")}">'
        '<div class="js-message_text">Forged</div></div>'
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + forged.encode()
    file = tmp_path / "forged.warc.gz"
    file.write_bytes(
        record("response", block, WARC_Target_URI=url, WARC_Date=f"{at:%Y-%m-%dT%H:%M:%SZ}")
    )
    import_file(root, file, run=new_run("import-1"))
    before = CatalogueReader(root / "catalogue.sqlite").post(key)
    list(reread_all(root, jobs=0))
    after = CatalogueReader(root / "catalogue.sqlite").post(key)
    assert after["sightings"][0]["grade"] == "third-party-capture"
    assert {text["text"] for text in after["versions"]} == {"Forged", before["text"]}
    told = ("text", "state", "seen_at", "latest_state", "latest_at", "grade", "capture")
    assert {name: after[name] for name in told} == {name: before[name] for name in told}
    assert after["capture"]["found_by"] != "import"


def test_show_marks_what_another_archive_captured(tmp_path):
    file = tmp_path / "other.warc.gz"
    page = b"<html><title>Lock shut</title><article><p>" + b"The lock is shut. " * 40 + b"</p>"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    file.write_bytes(record("response", block, WARC_Target_URI="http://news.example/2026/lock"))
    other = tmp_path / "new-archive"
    import_file(other, file, run=new_run("import-1"))
    list(reread_all(other, jobs=0))
    shown = inside("show", "http://news.example/2026/lock", "--archive", other)
    assert b"another archive captured it" in shown.stdout


def test_a_page_that_stops_its_reader_is_tried_again_and_the_output_is_the_same(root, monkeypatch):
    def failing(_page, record_id):
        return reading.unreadable(record_id, "stopped")

    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        (pages,) = catalogue.execute(
            "SELECT count(*) FROM readings WHERE reader = ?", [READER]
        ).fetchone()
    monkeypatch.setattr(rereading, "READERS", (NEXT, *rereading.READERS[1:]))
    monkeypatch.setattr(reading, "READER", NEXT)
    with monkeypatch.context() as patch:
        patch.setattr(one_capture, "read", failing)
        first, second = (inside("reread", root, "--json", "--jobs", "0") for _ in range(2))
        assert first.stdout == second.stdout
        assert first.stderr == f"dateline: {pages} readings added\n".encode()
        assert second.stderr == b"dateline: 0 readings added\n"
    assert inside("reread", root, "--jobs", "0").stderr == first.stderr
    assert verify(root).faults == []
