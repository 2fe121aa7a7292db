import datetime as dt
import errno
import logging
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from archive import (
    Archive,
    ArchiveBusy,
    ArchiveError,
    ArchiveFolder,
    CaptureKind,
    CaptureNotFound,
    CatalogueReader,
    Failure,
    FailureKind,
    NotAnArchive,
    StoreUnavailable,
    Truncation,
    verify,
)
from archive.catalogue import CatalogueWriter
from archive.disk.files import OsFile, OsFiles
from archive.warc.reader import open_payload, read_captures, read_record
from tests.archive.generated import WAIT_S, HeldBlock, assert_whole, made, new_run, reading_of
from tests.strategies import MemoryBlock, chunked_page, gzip_page, page

ROOT = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def archive(root):
    with Archive.open(root, run=new_run("run-1")) as opened:
        yield opened


def keep(archive, data=None, **given):
    return archive.keep(made(archive.run.run_id, data, **given)).result(WAIT_S)


def open_again(root, **given):
    return Archive.open(root, run=new_run("run-2"), **given)


def catalogue(root):
    return CatalogueReader(ArchiveFolder.open(root).catalogue)


def open_files():
    return sorted(path.name for path in Path("/dev/fd").iterdir())


class ClosingBlock(MemoryBlock):
    """Counts how often it was closed."""

    def __init__(self, data):
        super().__init__(data)
        object.__setattr__(self, "closed", [])

    def close(self):
        self.closed.append(True)


def held(archive):
    """Holds the archive's thread up; what is put meanwhile is the next batch."""
    block = HeldBlock(page(b"held"))
    told = archive.keep(replace(made(archive.run.run_id, block.data), response=block))
    assert block.read.wait(WAIT_S)
    return block, told


class FullDisk(OsFiles):
    """A disk that has no room left from some point on."""

    def __init__(self):
        self.is_full = False

    def create(self, path):
        return self.File(path, self)

    class File(OsFile):
        def __init__(self, path, disk):
            super().__init__(path, os.O_CREAT | os.O_EXCL)
            self.disk = disk

        def write(self, data):
            if self.disk.is_full:
                super().write(data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            super().write(data)


def test_what_is_told_of_a_capture_is_on_disk_and_in_the_catalogue(archive, root):
    capture = keep(archive, page(b"<p>news</p>"))
    assert catalogue(root).capture(capture.record_id)["url"] == capture.url
    record = read_record(root / "warc", capture.locator)
    assert record.record_id == capture.record_id
    assert b"".join(open_payload(record)) == b"<p>news</p>"


def test_the_same_payload_again_is_a_revisit_in_whichever_framing(archive):
    first = keep(archive, page(b"<p>news</p>"))
    again = keep(archive, chunked_page(b"<p>news</p>"), url="https://other.example/")
    assert (first.kind, again.kind) == (CaptureKind.RESPONSE, CaptureKind.REVISIT)
    assert again.refers_to == first.record_id


def test_the_same_payload_twice_in_one_batch_is_a_revisit_too(archive):
    block, _ = held(archive)
    told = [archive.keep(made("run-1", page(b"<p>same</p>"))) for _ in range(3)]
    block.let_go.set()
    first, *others = [one.result(WAIT_S) for one in told]
    assert first.kind is CaptureKind.RESPONSE
    assert {one.refers_to for one in others} == {first.record_id}


NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 999\r\n\r\n'


def unmodified(archive, of, **given):
    return keep(archive, NOT_MODIFIED, status=304, revalidates=of, **given)


def test_a_304_is_a_revisit_of_what_it_says_is_still_the_page(archive, root):
    first = keep(archive, page(b"<p>news</p>"))
    copy = keep(archive, page(b"<p>news</p>"))
    told = [unmodified(archive, first.record_id), unmodified(archive, copy.record_id)]
    assert {one.kind for one in told} == {CaptureKind.REVISIT}
    assert {one.refers_to for one in told} == {first.record_id}
    assert {one.status for one in told} == {304}
    record = read_record(root / "warc", told[0].locator)
    assert record.head.get("warc-profile") == (
        "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    )
    assert record.head.get("warc-truncated") is None
    assert b"".join(record.chunks()) == NOT_MODIFIED
    # Its payload is the one that it speaks of, not that it has none (WARC 1.1, section 6.7.3).
    assert record.head.get("warc-payload-digest") == str(first.payload_digest)
    assert {one.payload_digest for one in told} == {first.payload_digest}
    assert {one.payload_bytes for one in told} == {first.payload_bytes}
    archive.close()
    assert_whole(root, [first.record_id, *(one.record_id for one in told)])


def test_a_304_that_refers_to_nothing_whole_is_a_response_of_its_own(archive, root):
    cut = keep(archive, page(b"news")[:-1], truncated=Truncation.DISCONNECT)
    for known in (None, "urn:uuid:00000000-0000-4000-8000-000000000000", cut.record_id):
        assert unmodified(archive, known).kind is CaptureKind.RESPONSE
    assert keep(archive, page(b"x"), revalidates=cut.record_id).kind is CaptureKind.RESPONSE
    archive.close()
    assert_whole(root)


def test_what_was_kept_by_an_earlier_run_is_not_kept_again(archive, root):
    first = keep(archive, gzip_page())
    archive.close()
    with open_again(root) as later:
        assert keep(later, gzip_page()).refers_to == first.record_id
    assert_whole(root, [first.record_id])


@pytest.mark.parametrize(
    ("data", "given"),
    [
        (page(b""), {}),
        (page(b"news")[:-1], {"truncated": Truncation.DISCONNECT}),
        (None, {"failure": Failure(kind=FailureKind.DNS, detail="no such host")}),
    ],
)
def test_what_is_empty_cut_or_failed_is_never_a_revisit(archive, root, data, given):
    for _ in range(2):
        assert keep(archive, data, **given).kind is not CaptureKind.REVISIT
    archive.close()
    assert_whole(root)


def test_many_empty_payloads_and_revisits_are_one_commit(archive, monkeypatch):
    keep(archive, page(b"known"))
    commits = []
    batch = CatalogueWriter.batch
    monkeypatch.setattr(CatalogueWriter, "batch", lambda self: commits.append(1) or batch(self))
    block, _ = held(archive)
    told = [
        archive.keep(made("run-1", page(body))) for body in [b"", b"known", b"", b"known", b"new"]
    ]
    block.let_go.set()
    for one in told:
        one.result(WAIT_S)
    assert len(commits) == 2  # the held one, and all the others


def test_a_reading_is_catalogued_after_its_capture(archive, root):
    capture = keep(archive, page())
    told = archive.record(reading_of(capture)).result(WAIT_S)
    assert told.is_new_article
    assert catalogue(root).capture(capture.record_id)["readings"]


def test_a_reading_of_an_unknown_capture_fails_alone(archive):
    capture = keep(archive, page())
    block, _ = held(archive)
    unknown = archive.record(replace(reading_of(capture), record_id="urn:uuid:none"))
    known = archive.record(reading_of(capture))
    block.let_go.set()
    with pytest.raises(CaptureNotFound):
        unknown.result(WAIT_S)
    assert known.result(WAIT_S).is_new_article


def test_a_reading_that_no_rule_foresaw_fails_alone(archive, root, monkeypatch, caplog):
    first = keep(archive, page(b"one"))
    add_reading = CatalogueWriter.add_reading

    def add(self, reading):
        if reading.reader == "odd":
            add_reading(self, replace(reading, reader="half done"))
            raise RuntimeError("a mistake of ours")
        return add_reading(self, reading)

    monkeypatch.setattr(CatalogueWriter, "add_reading", add)
    block, _ = held(archive)
    kept = archive.keep(made("run-1", page(b"two")))
    odd = archive.record(replace(reading_of(first), reader="odd"))
    good = archive.record(reading_of(first))
    block.let_go.set()
    with pytest.raises(ArchiveError, match="cannot be catalogued"):
        odd.result(WAIT_S)
    assert good.result(WAIT_S).is_new_article
    readers = [one["reader"] for one in catalogue(root).capture(first.record_id)["readings"]]
    assert readers == [reading_of(first).reader]
    assert kept.result(WAIT_S)
    assert "Traceback" in caplog.text
    archive.close()
    assert_whole(root, [first.record_id, kept.result().record_id])


def test_an_exchange_of_another_run_is_refused(archive):
    with pytest.raises(ValueError, match="another run"):
        archive.keep(made("run-9", page()))


def test_blocks_are_closed_once_whatever_becomes_of_them(root):
    disk = FullDisk()
    archive = Archive(ArchiveFolder.create(root), run=new_run("run-1"), files=disk)
    blocks = [ClosingBlock(page(b"%d" % number)) for number in range(4)]
    whole = [replace(made("run-1", block.data), response=block) for block in blocks]
    archive.keep(whole[0]).result(WAIT_S)
    assert len(blocks[0].closed) == 1
    disk.is_full = True
    hold = threading.Event()
    archive.keep(whole[1]).add_done_callback(lambda _: hold.set())
    assert hold.wait(WAIT_S)
    for late in whole[2:]:
        with pytest.raises(StoreUnavailable):
            archive.keep(late)
    with pytest.raises(StoreUnavailable):
        archive.close()
    assert [len(block.closed) for block in blocks] == [1, 1, 1, 1]


def test_a_future_that_was_given_up_does_not_disturb_the_others(archive, root):
    block, told = held(archive)
    lost = archive.keep(made("run-1", page(b"lost")))
    kept = archive.keep(made("run-1", page(b"kept")))
    assert lost.cancel()
    block.let_go.set()
    assert kept.result(WAIT_S)
    assert told.result(WAIT_S)
    archive.close()
    assert len(assert_whole(root)) == 3  # given up, but kept


def test_many_threads_may_keep_at_once(archive, root):
    def work(number):
        return keep(archive, page(b"%d" % (number % 7)), url=f"http://news.example/{number}")

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(work, range(80)))
    archive.close()
    stored = assert_whole(root, [capture.record_id for capture in kept])
    assert sum(one.kind is CaptureKind.RESPONSE for one in stored.values()) == 7


def test_full_files_are_finished_while_the_run_goes_on(root):
    with Archive.open(root, run=new_run("run-1"), max_warc_bytes=2000) as archive:
        for number in range(6):
            keep(archive, page(b"%d" % number))
        names = {path.name.partition(".")[2] for path in (root / "warc").iterdir()}
        assert names == {"warc.gz", "warc.gz.open"}
        assert verify(root).faults == []
    assert_whole(root)


def test_the_report_of_a_run_is_written_when_it_ends(archive, root):
    ended_at = dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)
    archive.close(replace(archive.run, ended_at=ended_at, outcome="finished", counts={"a": 1}))
    run = catalogue(root).run("run-1")
    assert (run["outcome"], run["counts"]) == ("finished", {"a": 1})
    assert_whole(root)


def test_closing_again_does_nothing(archive):
    archive.close()
    archive.close()


def test_a_closed_archive_keeps_nothing_more(archive):
    capture = keep(archive, page())
    archive.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        archive.keep(made("run-1", page()))
    with pytest.raises(StoreUnavailable, match="closed"):
        archive.record(reading_of(capture))


def test_closing_finishes_what_waits(archive, root):
    block, held_told = held(archive)
    told = [archive.keep(made("run-1", page(b"%d" % number))) for number in range(300)]
    closing = threading.Thread(target=archive.close)
    closing.start()
    block.let_go.set()
    closing.join(WAIT_S)
    assert_whole(root, [one.result(0).record_id for one in [held_told, *told]])


def test_a_second_writer_is_told_so(archive, root):
    with pytest.raises(ArchiveBusy, match="is writing this archive"):
        open_again(root)


def test_a_writer_that_waits_gets_its_turn(archive, root):
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(open_again, root, wait=True)
        keep(archive, page())
        assert not waiting.done()
        archive.close()
        with waiting.result(WAIT_S) as later:
            assert keep(later, page()).kind is CaptureKind.REVISIT


@pytest.mark.parametrize(
    ("where", "name"),
    [(OsFiles, "create"), (OsFiles, "fsync_folder"), (CatalogueWriter, "add_run")],
)
def test_an_archive_that_cannot_be_opened_lets_go_of_everything(root, where, name, monkeypatch):
    Archive.open(root, run=new_run("run-1")).close()
    descriptors = open_files()

    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(where, name, fail)
        with pytest.raises((StoreUnavailable, OSError), match="Input/output error"):
            open_again(root)
    assert open_files() == descriptors
    assert "archive" not in {thread.name for thread in threading.enumerate()}
    Archive.open(root, run=new_run("run-3")).close()
    assert_whole(root)


def test_a_disk_that_fills_fails_all_that_follows_and_loses_nothing_acknowledged(root):
    disk = FullDisk()
    archive = Archive(ArchiveFolder.create(root), run=new_run("run-1"), files=disk)
    kept = keep(archive, page(b"kept"))
    block, told = held(archive)
    lost = [archive.keep(made("run-1", page(b"lost"))), archive.record(reading_of(kept))]
    disk.is_full = True
    block.let_go.set()
    for one in [told, *lost]:
        with pytest.raises(StoreUnavailable, match="No space left"):
            one.result(WAIT_S)
    for call, what in ((archive.keep, made("run-1", page())), (archive.record, reading_of(kept))):
        with pytest.raises(StoreUnavailable, match="No space left"):
            call(what)
    with pytest.raises(StoreUnavailable, match="No space left"):
        archive.close(replace(archive.run, ended_at=dt.datetime.now(dt.UTC)))
    archive.close()
    with open_again(root) as again:
        assert len(again.recovered) == 1
        assert keep(again, page(b"kept")).refers_to == kept.record_id
    assert_whole(root, [kept.record_id])


def test_a_database_that_fills_fails_all_that_follows_and_loses_nothing_acknowledged(root):
    archive = Archive.open(root, run=new_run("run-1"))
    connection = archive._catalogue._connection
    kept, failed = [], None
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    for number in range(1000):
        url = f"http://news.example/{number}/" + "x" * 1000
        try:
            kept.append(keep(archive, page(b"%d" % number), url=url).record_id)
        except StoreUnavailable as error:
            failed = error
            break
    assert kept
    assert "full" in str(failed)
    with pytest.raises(StoreUnavailable, match="full"):
        archive.close()
    with open_again(root) as again:
        (found,) = again.recovered
        assert found.torn_bytes == 0
    stored = assert_whole(root, kept)
    assert len(stored) == len(kept) + 1  # on disk, though nobody was told


def test_a_mistake_of_ours_ends_the_archive_with_its_traceback(archive, root, caplog):
    class Broken(ClosingBlock):
        def chunks(self, start=0, end=None):
            raise RuntimeError("a mistake of ours")

    block = Broken(page())
    told = archive.keep(replace(made("run-1", block.data), response=block))
    with pytest.raises(StoreUnavailable, match="a mistake of ours"):
        told.result(WAIT_S)
    assert "Traceback" in caplog.text
    with pytest.raises(StoreUnavailable, match="a mistake of ours"):
        archive.close()
    open_again(root).close()
    assert_whole(root)


KILLED = """
import os, sys
from pathlib import Path
from archive import Archive
from tests.archive.generated import made, new_run
from tests.strategies import page
archive = Archive.open(Path(sys.argv[1]), run=new_run("run-1"), max_warc_bytes=2000)
for number in range(int(sys.argv[2])):
    archive.keep(made("run-1", page(b"%d" % number))).result()
os.kill(os.getpid(), 9)
"""


def killed_run(root, captures=1):
    """A run that is killed after so many captures."""
    command = [sys.executable, "-c", KILLED, str(root), str(captures)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9


def test_a_killed_run_is_recovered_and_its_end_stays_unknown(root, caplog):
    killed_run(root)
    with caplog.at_level(logging.WARNING), open_again(root) as again:
        assert [one.torn_bytes for one in again.recovered] == [0]
    assert "recovered dateline-" in caplog.text
    assert catalogue(root).run("run-1")["ended_at"] is None
    assert len(assert_whole(root)) == 1


def test_a_lost_catalogue_is_made_again_while_all_is_still_open(root):
    killed_run(root)
    for path in root.glob("catalogue.sqlite*"):
        path.unlink()
    open_again(root).close()
    assert len(assert_whole(root)) == 1


def test_a_lost_catalogue_is_no_empty_archive(root):
    with Archive.open(root, run=new_run("run-1")) as archive:
        keep(archive, page())
    for path in root.glob("catalogue.sqlite*"):
        path.unlink()
    with pytest.raises(NotAnArchive, match=r"catalogue.sqlite is missing, .* 1 WARC files: put"):
        open_again(root)
    assert not (root / "catalogue.sqlite").exists()
    assert verify(root).faults


def test_a_catalogue_that_does_not_know_a_finished_file_is_not_its_own(root):
    Archive.open(root, run=new_run("run-1")).close()
    kept = (root / "catalogue.sqlite").read_bytes()
    open_again(root).close()
    (root / "catalogue.sqlite").write_bytes(kept)
    with pytest.raises(NotAnArchive, match="does not know 1 of its WARC files"):
        Archive.open(root, run=new_run("run-3"))


@pytest.mark.parametrize("damage", ["cut", "broken", "gone"])
def test_nothing_is_added_where_catalogued_records_are_lost(root, damage):
    killed_run(root, 4)
    path = min((root / "warc").glob("*.open"))
    (last,) = list(read_captures(path))[-1:]
    if damage == "cut":
        path.write_bytes(path.read_bytes()[: last.locator.offset])
    elif damage == "broken":
        data = bytearray(path.read_bytes())
        data[last.locator.offset + 20] ^= 1
        path.write_bytes(data)
    else:
        path.unlink()
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="is damaged"):
            open_again(root)
    assert verify(root).faults
