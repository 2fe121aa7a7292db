import shutil
import sqlite3
import threading
from contextlib import closing
from functools import partial

import pytest

from archive import (
    Archive,
    ArchiveFolder,
    CatalogueReader,
    NotAnArchive,
    StoreUnavailable,
    export_wacz,
    verify,
)
from archive import snapshot as take_snapshot
from tests.archive.generated import assert_whole, exchanges, made, new_run, reading_of
from tests.strategies import page

WAIT_S = 30


@pytest.fixture
def source(tmp_path):
    root = tmp_path / "source"
    with Archive.open(root, run=new_run("run-1"), max_warc_bytes=1500) as archive:
        for number in range(4):
            archive.keep(made("run-1", page(b"%d" % number))).result(WAIT_S)
    return root


def test_a_copy_has_every_byte_of_the_records(source, tmp_path):
    told = []
    copied = take_snapshot(source, tmp_path / "copy", tell=lambda *done: told.append(done))
    files = {path.name: path.read_bytes() for path in (source / "warc").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "copy/warc").iterdir()}
    assert copied == sum(map(len, files.values()))
    assert told[-1] == (copied, copied)
    assert (tmp_path / "copy/dateline.json").read_bytes() == (source / "dateline.json").read_bytes()
    assert_whole(tmp_path / "copy")


def test_copies_taken_while_a_writer_is_at_work_are_whole_and_can_be_written_on(tmp_path):
    root = tmp_path / "source"
    kept, read = [], []
    is_over = threading.Event()

    def write():
        with Archive.open(root, run=new_run("run-1"), max_warc_bytes=60_000) as archive:
            for exchange in exchanges(1, "run-1"):
                capture = archive.keep(exchange).result(WAIT_S)
                kept.append(capture.record_id)
                if capture.kind != "failure":
                    archive.record(reading_of(capture)).result(WAIT_S)
                    read.append(capture.record_id)
                if is_over.wait(0.01):  # else there is ever more to look at, the longer it takes
                    break

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            while len(kept) < 20 * (number + 1) and writer.is_alive():
                is_over.wait(0.001)
            kept_before, read_before = list(kept), list(read)
            copy = tmp_path / f"copy-{number}"
            take_snapshot(root, copy)
            assert verify(root).faults == []  # the writer's own, meanwhile
            assert_whole(copy, kept_before, read_before)
            with Archive.open(copy, run=new_run("run-2")) as archive:
                assert archive.recovered == ()
                archive.keep(made("run-2", page(b"here too"))).result(WAIT_S)
            assert_whole(copy, kept_before, read_before)
    finally:
        is_over.set()
        writer.join()
    assert len(kept) >= 80
    assert_whole(root, kept, read)


def test_the_copy_of_an_older_programs_archive_is_todays_and_the_archive_stays_as_it_is(
    source, tmp_path
):
    with closing(sqlite3.connect(source / "catalogue.sqlite", isolation_level=None)) as old:
        old.execute("UPDATE meta SET value = '1' WHERE name = 'rules'")
    target = tmp_path / "copy"
    take_snapshot(source, target)
    assert verify(target).is_sound
    with pytest.raises(NotAnArchive, match="older"):
        CatalogueReader(source / "catalogue.sqlite")


@pytest.mark.parametrize("files", range(4))
def test_a_copy_that_was_interrupted_is_no_archive(source, tmp_path, files):
    class Interrupted(Exception):
        pass

    def interrupt(_done, _all, calls=[]):  # noqa: B006
        calls.append(1)
        if len(calls) > files:
            raise Interrupted

    target = tmp_path / f"copy-{files}"
    with pytest.raises(Interrupted):
        take_snapshot(source, target, tell=interrupt)
    with pytest.raises(NotAnArchive):
        ArchiveFolder.open(target)
    with pytest.raises(NotAnArchive):
        Archive.open(target, run=new_run("run-2"))
    with pytest.raises(NotAnArchive, match="not empty"):
        take_snapshot(source, target)


@pytest.mark.parametrize("inside", ["", "warc", "new/below"])
def test_a_copy_into_the_archive_itself_is_refused(source, inside):
    with pytest.raises(NotAnArchive, match="lies in the archive itself"):
        take_snapshot(source, source / inside)


def test_what_is_in_the_way_is_left_alone(source, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "holiday.jpg").touch()
    with pytest.raises(NotAnArchive, match="not empty"):
        take_snapshot(source, tmp_path / "full")
    (tmp_path / "file").touch()
    with pytest.raises(NotAnArchive, match="Not a directory"):
        take_snapshot(source, tmp_path / "file")


def test_what_is_no_archive_cannot_be_copied(tmp_path):
    with pytest.raises(NotAnArchive):
        take_snapshot(tmp_path, tmp_path / "copy")


def test_an_archive_that_lacks_records_or_its_catalogue_is_not_copied_as_if_whole(source, tmp_path):
    path = min((source / "warc").iterdir())
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    with pytest.raises(StoreUnavailable, match="shorter than catalogued"):
        take_snapshot(source, tmp_path / "one")
    path.unlink()
    with pytest.raises(StoreUnavailable, match="catalogued, but not there"):
        take_snapshot(source, tmp_path / "two")
    (source / "catalogue.sqlite").unlink()
    with pytest.raises(NotAnArchive, match="no catalogue"):
        take_snapshot(source, tmp_path / "three")
    for name in ("one", "two", "three"):
        with pytest.raises(NotAnArchive):
            ArchiveFolder.open(tmp_path / name)


def test_a_catalogue_cannot_lead_the_copy_out_of_its_folder(source, tmp_path):
    hostile = tmp_path / "hostile"
    shutil.copytree(source, hostile)
    (hostile / "secret").write_bytes(b"secret")
    with closing(sqlite3.connect(hostile / "catalogue.sqlite")) as catalogue:
        catalogue.execute("INSERT INTO warcs VALUES ('../secret', 6, 1)")
        catalogue.commit()
    with pytest.raises(StoreUnavailable, match="not there"):
        take_snapshot(hostile, tmp_path / "copy")
    assert not (tmp_path / "copy" / "secret").exists()


@pytest.mark.parametrize(
    ("copy", "what"),
    [
        (take_snapshot, "warc/*"),
        (take_snapshot, "custody/log"),
        (partial(export_wacz, software="test/1"), "warc/*"),
    ],
)
def test_what_is_handed_on_is_read_through_no_link(source, tmp_path, copy, what):
    linked = next(source.glob(what))
    linked.rename(tmp_path / "elsewhere")
    linked.symlink_to(tmp_path / "elsewhere")
    assert verify(source).is_sound
    with pytest.raises(NotAnArchive, match=f"{linked.name} is a link"):
        copy(source, tmp_path / "copy")


def test_a_copy_sees_one_state_of_the_catalogue(source, tmp_path):
    take_snapshot(source, tmp_path / "copy")
    live, copy = (
        CatalogueReader(root / "catalogue.sqlite") for root in (source, tmp_path / "copy")
    )
    assert sorted(copy.locators()) == sorted(live.locators())
    assert copy.extents() == live.extents()
    assert list(copy.runs()) == list(live.runs())
