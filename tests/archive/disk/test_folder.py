import json
import os
import threading
from functools import partial
from pathlib import Path

import pytest

from archive import (
    Archive,
    ArchiveBusy,
    ArchiveError,
    ArchiveFolder,
    NotAnArchive,
    StoreUnavailable,
    verify,
)
from archive.disk import durable
from archive.disk.lock import writer_lock
from archive.warc.names import open_warc
from tests.archive.generated import new_run


def names(path):
    return sorted(entry.name for entry in path.iterdir())


def test_an_archive_is_made_where_there_is_nothing(tmp_path):
    root = tmp_path / "new" / "archive"
    folder = ArchiveFolder.create(root)
    assert names(root) == ["dateline.json", "lock", "warc"]
    assert json.loads(folder.marker.read_bytes())["format"] == 1
    assert ArchiveFolder.open(root) == folder


def test_an_archive_that_is_there_stays_as_it_is(tmp_path):
    marker = ArchiveFolder.create(tmp_path).marker.read_bytes()
    assert ArchiveFolder.create(tmp_path).marker.read_bytes() == marker


def test_every_folder_that_is_made_is_durable_in_the_one_above_it(tmp_path, monkeypatch):
    synced = []
    sync_folder = durable.sync_folder

    def watch(path):
        synced.append((path, names(path)))
        sync_folder(path)

    monkeypatch.setattr(durable, "sync_folder", watch)
    root = tmp_path / "a" / "b"
    ArchiveFolder.create(root)
    assert synced == [
        (tmp_path, ["a"]),
        (tmp_path / "a", ["b"]),
        (root, ["lock", "warc"]),
        (root, ["dateline.json", "lock", "warc"]),
    ]


def test_a_relative_folder_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ArchiveFolder.create(Path("here"))
    assert names(tmp_path / "here") == ["dateline.json", "lock", "warc"]


@pytest.mark.parametrize(
    "left", [["lock"], ["lock", "warc"], ["dateline.json.tmp", "lock", "warc"]]
)
def test_what_an_interrupted_making_left_is_taken_up(tmp_path, left):
    for name in left:
        place = tmp_path / name
        place.mkdir() if name == "warc" else place.write_bytes(b'{"form')
    ArchiveFolder.create(tmp_path)
    assert names(tmp_path) == ["dateline.json", "lock", "warc"]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(NotAnArchive, match="not empty and not an archive"):
        ArchiveFolder.create(tmp_path)
    assert names(tmp_path) == ["holiday.jpg"]


def test_of_two_who_make_one_at_once_both_get_it(tmp_path):
    made = []
    barrier = threading.Barrier(4)

    def make():
        barrier.wait()
        made.append(ArchiveFolder.create(tmp_path / "archive", wait=True))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert names(tmp_path / "archive") == ["dateline.json", "lock", "warc"]


def test_one_that_is_just_being_made_is_busy(tmp_path):
    with writer_lock(tmp_path / "lock"), pytest.raises(ArchiveBusy):
        ArchiveFolder.create(tmp_path)
    ArchiveFolder.create(tmp_path)


def test_the_lock_is_free_when_an_archive_cannot_be_made(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StoreUnavailable, match="No space left on device"):
            ArchiveFolder.create(tmp_path)
    ArchiveFolder.create(tmp_path)


@pytest.mark.parametrize("place", ["file", "file/below", "x" * 300])
def test_a_place_where_no_folder_can_be_is_bad_input(tmp_path, place):
    (tmp_path / "file").touch()
    with pytest.raises(NotAnArchive, match=r"^the archive folder .* cannot be written: "):
        ArchiveFolder.create(tmp_path / place)


@pytest.mark.parametrize("place", [".", "warc"])
def test_an_archive_that_cannot_be_written_is_bad_input(tmp_path, place, monkeypatch):
    ArchiveFolder.create(tmp_path)
    access = os.access
    forbidden = tmp_path / place
    monkeypatch.setattr(os, "access", lambda path, mode: path != forbidden and access(path, mode))
    with pytest.raises(NotAnArchive, match="cannot be written: Permission denied"):
        ArchiveFolder.create(tmp_path)
    assert ArchiveFolder.open(tmp_path)  # it can still be read


def test_an_archive_without_its_records_is_not_begun_anew(tmp_path):
    Archive.open(tmp_path, run=new_run("run-1")).close()
    (tmp_path / "warc").rename(tmp_path / "elsewhere")
    with pytest.raises(NotAnArchive, match=r"warc is not there: put it back"):
        ArchiveFolder.create(tmp_path)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        (None, "is not an archive; `dateline crawl"),
        (b"", "cannot be read"),
        (b"[" * 2_000_000, "far larger than any should be"),
        (b"\xff", "cannot be read"),
        (b"[1]", "a format that this version cannot read"),
        (b'{"format": 2}', "a format that this version cannot read"),
    ],
)
def test_what_is_no_archive_is_named(tmp_path, marker, message):
    if marker is not None:
        (tmp_path / "dateline.json").write_bytes(marker)
    with pytest.raises(NotAnArchive, match=message):
        ArchiveFolder.open(tmp_path)


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_not_waited_for(tmp_path, kind):
    Archive.open(tmp_path, run=new_run("run-1")).close()
    (warc,) = (tmp_path / "warc").iterdir()
    for path in (warc, tmp_path / "lock", tmp_path / "dateline.json"):
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()
        asked = verify if path == warc else partial(Archive.open, run=new_run("run-2"))
        with pytest.raises(ArchiveError, match=r"no regular file|it is a link|Is a directory"):
            asked(tmp_path)


def test_a_warc_file_is_found_under_either_of_its_names_and_nowhere_else(tmp_path):
    folder = ArchiveFolder.create(tmp_path)
    (folder.warc / "a.warc.gz").write_bytes(b"done")
    (folder.warc / "b.warc.gz.open").write_bytes(b"open")
    for name, data in (("a.warc.gz", b"done"), ("b.warc.gz", b"open")):
        with open_warc(folder.warc, name) as file:
            assert file.read() == data
    for name in ("c.warc.gz", "../dateline.json", "/etc/passwd", ".."):
        assert open_warc(folder.warc, name) is None
