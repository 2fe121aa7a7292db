import gzip
import shutil
import sqlite3
import threading
import zlib
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive, Failure, FailureKind, NotAnArchive, verify
from archive.codec import to_json
from archive.verification.derived import COMPARED, FACTS, NUMBERED
from archive.warc.reader import read_captures
from archive.warc.writer import WarcWriter
from tests import strategies
from tests.archive.generated import made, new_run, reading_of
from tests.examples import examples
from tests.strategies import chunked_page, gzip_page, page

WAIT_S = 30


def fill(root):
    """Two files with every kind of record."""
    refused = Failure(kind=FailureKind.CONNECT, detail="connection refused")
    with Archive.open(root, run=new_run("run-1"), max_warc_bytes=5000) as archive:
        for given in (
            made("run-1", page(b"<p>one</p>")),
            made("run-1", chunked_page(b"<p>two</p>")),
            made("run-1", gzip_page(b"<p>three</p>")),
            made("run-1", page(b"<p>two</p>")),
            made("run-1", failure=refused),
            made("run-1", page(b"")),
            made("run-1", page(b"<p>one</p>")[:-4], method="HEAD"),
        ):
            capture = archive.keep(given).result(WAIT_S)
        archive.record(reading_of(capture)).result(WAIT_S)
    return root


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("verify") / "archive")


@pytest.fixture
def root(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "archive")


def warcs(root):
    return sorted((root / "warc").glob("*.warc.gz"))


def captures(root):
    return [capture for path in warcs(root) for capture in read_captures(path)]


def faults(root):
    return [(fault.file, fault.offset, fault.message) for fault in verify(root).faults]


def change(root, statement, *values):
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        assert catalogue.execute(statement, values).rowcount == 1
        catalogue.commit()


def rewrite(path, offset, old, new):
    """Change a record and pack it anew, as one who knows the format would."""
    data = path.read_bytes()
    state = zlib.decompressobj(31)
    record = state.decompress(data[offset:])
    assert old in record
    packed = gzip.compress(record.replace(old, new))
    path.write_bytes(data[:offset] + packed + state.unused_data)


def test_a_sound_archive_has_no_fault(sound):
    told = []
    report = verify(sound, tell=lambda *done: told.append(done))
    assert report.faults == []
    assert report.is_sound
    assert (report.files, report.captures) == (2, 7)
    size = sum(path.stat().st_size for path in warcs(sound))
    assert report.read_bytes == size
    assert told[-1] == (size, size)
    kinds = [capture.kind for capture in captures(sound)]
    assert kinds.count("revisit") == 1


def test_several_processes_find_what_one_finds(root):
    told = []
    alone, together = verify(root, jobs=1), verify(root, jobs=2, tell=lambda *at: told.append(at))
    assert together == alone
    assert told[-1][0] <= told[-1][1]
    (revisit,) = [capture for capture in captures(root) if capture.kind == "revisit"]
    path = root / "warc" / revisit.locator.warc
    rewrite(path, revisit.locator.offset, b"WARC-Refers-To: <urn:uuid:", b"WARC-Refers-To: <urn:X:")
    alone, together = verify(root, jobs=1), verify(root, jobs=2)
    assert sorted(together.faults, key=repr) == sorted(alone.faults, key=repr)
    assert any("which is not there" in fault.message for fault in together.faults)


def test_every_table_is_copied_compared_or_left_out_on_purpose(root):
    # docs/custody.md names them
    left_out = {"changes", "epochs"}
    asked = {*COMPARED, *NUMBERED, "meta"}
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        tables = {
            name
            for (name,) in catalogue.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(("sqlite_", "search_"))
        }
    views = {"near_clusters"}
    assert (set(FACTS) | asked | left_out) - views == tables


@pytest.fixture(scope="module")
def growing(tmp_path_factory):
    root = tmp_path_factory.mktemp("growing") / "archive"
    with Archive.open(root, run=new_run("run-1")) as archive:
        yield archive


@settings(max_examples=examples(15), deadline=None)
@given(exchange=strategies.exchanges())
def test_whatever_was_kept_is_sound(growing, exchange):
    ours = replace(exchange, origin=replace(exchange.origin, run_id="run-1"))
    growing.keep(ours).result(WAIT_S)
    assert faults(growing.folder.root) == []


def members(data):
    """What the gzip members of a file unpack to, and how long each is."""
    found = []
    while data:
        state = zlib.decompressobj(31)
        unpacked = state.decompress(data)
        if not state.eof:
            raise zlib.error
        found.append((len(data) - len(state.unused_data), unpacked))
        data = state.unused_data
    return found


def check_flip(root, path, at, bits):
    """One byte is changed: found in its file, at or before it; unless nothing was changed."""
    whole = path.read_bytes()
    data = bytearray(whole)
    data[at] ^= bits
    path.write_bytes(data)
    try:
        is_same = members(bytes(data)) == members(whole)
    except zlib.error:
        is_same = False
    found = verify(root).faults
    path.write_bytes(whole)
    if is_same:
        assert found == []
    else:
        assert any(fault.file == path.name and fault.offset <= at for fault in found)
    return is_same


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_a_flipped_byte_is_found(sound, data):
    path = data.draw(st.sampled_from(warcs(sound)))
    at = data.draw(st.integers(0, path.stat().st_size - 1))
    check_flip(sound, path, at, data.draw(st.integers(1, 255)))


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_flipped_bit_in_every_byte_is_found(root):
    same = flipped = 0
    for path in warcs(root):
        for at in range(path.stat().st_size):
            same += check_flip(root, path, at, 1 << at % 8)
            flipped += 1
    print(f"{flipped} bits flipped, {same} of them change nothing")
    assert same < flipped / 20


def test_behind_a_broken_record_the_others_are_still_read(root):
    path = warcs(root)[0]
    first, second, *_ = captures(root)
    data = bytearray(path.read_bytes())
    data[first.locator.offset + 30] ^= 255
    path.write_bytes(data)
    report = verify(root)
    assert {fault.offset for fault in report.faults} == {first.locator.offset}
    assert "is broken" in report.faults[0].message
    assert first.record_id in report.faults[1].message
    assert report.captures == 6
    assert second.locator.warc == path.name


@pytest.mark.parametrize("cut", [1, 100, 100_000])
def test_a_file_cut_short_is_found(root, cut):
    path = warcs(root)[1]
    data = path.read_bytes()
    path.write_bytes(data[:-cut])
    found = verify(root).faults
    assert found
    assert {fault.file for fault in found} == {path.name}


@pytest.mark.parametrize("which", range(7))
def test_a_dropped_record_is_found(root, which):
    dropped = captures(root)[which]
    path = root / "warc" / dropped.locator.warc
    data = path.read_bytes()
    end = dropped.locator.offset + dropped.locator.length
    path.write_bytes(data[: dropped.locator.offset] + data[end:])
    assert any(dropped.record_id in message for _, _, message in faults(root))


def test_records_in_another_order_are_found(root):
    path = warcs(root)[0]
    data = path.read_bytes()
    parts = [0, *[capture.locator.offset for capture in captures(root)[:2]]]
    start, middle = parts[1], parts[2]
    end = captures(root)[2].locator.offset
    path.write_bytes(data[:start] + data[middle:end] + data[start:middle] + data[end:])
    assert faults(root)


def test_swapped_files_are_found(root):
    one, two = warcs(root)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    found = faults(root)
    for path in (one, two):
        assert (path.name, 0, "the file had another name when it was written") in found


def test_a_deleted_file_is_named_once_and_what_refers_into_it(root):
    gone, left = warcs(root)
    lost = [capture for capture in captures(root) if capture.locator.warc == gone.name]
    gone.unlink()
    found = faults(root)
    assert (gone.name, None, f"the file is not there, nor are its {len(lost)} captures") in found
    assert {file for file, _, _ in found} <= {gone.name, left.name, "catalogue.sqlite"}


def test_a_revisit_whose_original_is_gone_is_named(root):
    (revisit,) = [capture for capture in captures(root) if capture.kind == "revisit"]
    (original,) = [one for one in captures(root) if one.record_id == revisit.refers_to]
    path = root / "warc" / original.locator.warc
    data = bytearray(path.read_bytes())
    data[original.locator.offset + 30] ^= 255
    path.write_bytes(data)
    message = f"warc-refers-to names {original.record_id}, which is not there"
    assert (revisit.locator.warc, revisit.locator.offset, message) in faults(root)


def test_a_revisit_of_another_payload_is_named(root):
    # Well made in itself: only the two records together are wrong.
    (revisit,) = [capture for capture in captures(root) if capture.kind == "revisit"]
    other = captures(root)[0]
    path = root / "warc" / revisit.locator.warc
    rewrite(
        path,
        revisit.locator.offset,
        f"WARC-Refers-To: <{revisit.refers_to}>".encode(),
        f"WARC-Refers-To: <{other.record_id}>".encode(),
    )
    place = (revisit.locator.warc, revisit.locator.offset)
    assert (*place, f"the revisit's payload is not that of {other.record_id}") in faults(root)


@pytest.mark.parametrize(
    ("which", "old", "new", "message"),
    [
        (0, b"<p>one</p>", b"<p>ONE</p>", "the block of this 'response' record"),
        (0, b"<p>one</p>", b"<p>ONE</p>", "the payload is not what was written"),
        (1, b"<p>two<", b"<p>TWO<", "the payload is not what its metadata says"),
        (0, b"WARC-Block-Digest: sha256:", b"X-Block-Digest: sha256:", "the block of this"),
        (0, b"WARC-Block-Digest: sha256:", b"WARC-Block-Digest: md5:", "the block of this"),
        (0, b"WARC/1.1", b"WARC/9.9", "no WARC version line"),
        (0, b"Content-Length: 74", b"Content-Length: 73", "not as long as its Content-Length"),
    ],
)
def test_a_record_that_was_changed_and_packed_anew_is_named(root, which, old, new, message):
    changed = captures(root)[which]
    rewrite(root / "warc" / changed.locator.warc, changed.locator.offset, old, new)
    found = [text for _, offset, text in faults(root) if offset == changed.locator.offset]
    assert any(message in text for text in found)


@pytest.mark.parametrize("column", ["offset", "length"])
@pytest.mark.parametrize("by", [1, 10**9])
def test_a_catalogued_capture_with_a_wrong_place_is_named(root, column, by):
    wrong = captures(root)[2]
    change(
        root,
        f"UPDATE captures SET {column} = {column} + ? WHERE record_id = ?",
        by,
        wrong.record_id,
    )
    where, _, messages = zip(*faults(root), strict=True)
    assert set(where) == {wrong.locator.warc}
    assert "the catalogue does not have this capture" in messages


def test_a_catalogued_capture_in_another_file_is_named(root):
    wrong = captures(root)[0]
    other = warcs(root)[1].name
    change(
        root,
        "UPDATE captures SET warc = ?, offset = offset + 1 WHERE record_id = ?",
        other,
        wrong.record_id,
    )
    assert {file for file, _, _ in faults(root)} == {wrong.locator.warc, other}


def test_a_capture_that_the_catalogue_lacks_is_named(root):
    lacking = captures(root)[4]  # a failure, which is a metadata record alone
    change(root, "DELETE FROM captures WHERE record_id = ?", lacking.record_id)
    missing = "the catalogue does not have this capture"
    assert (lacking.locator.warc, lacking.locator.offset, missing) in faults(root)


def test_a_reading_of_a_capture_that_the_catalogue_lacks_is_named(root):
    read = captures(root)[-1]
    change(root, "DELETE FROM captures WHERE record_id = ?", read.record_id)
    messages = {message for _, _, message in faults(root)}
    assert "readings: a row refers to one that is not there" in messages
    assert "the catalogue does not have this capture" in messages


def test_what_older_programs_wrote_of_a_reading_with_fewer_names_is_sound(root, monkeypatch):
    def in_older_words(value):
        return to_json(value).replace(b'"agencies":[],', b"")

    monkeypatch.setattr("archive.catalogue.placement.readings.to_json", in_older_words)
    with Archive.open(root, run=new_run("run-2")) as archive:
        capture = archive.keep(made("run-2", page(b"<p>eight</p>"))).result(WAIT_S)
        archive.record(reading_of(capture)).result(WAIT_S)
    monkeypatch.undo()
    with closing(sqlite3.connect(root / "catalogue.sqlite")) as catalogue:
        documents = [text for (text,) in catalogue.execute("SELECT article FROM documents")]
    assert len({'"agencies":' in text for text in documents}) == 2
    assert faults(root) == []


def test_two_records_with_one_id_are_named(root):
    path = warcs(root)[1]
    with path.open("ab") as file:
        file.write(path.read_bytes())
    change(root, "UPDATE warcs SET durable_bytes = durable_bytes * 2 WHERE name = ?", path.name)
    assert any("another record is called" in message for _, _, message in faults(root))


@pytest.mark.parametrize("tail", [b"\0", b"\x1f\x8b", gzip.compress(b"more", mtime=0)])
def test_bytes_behind_the_last_record_are_found(root, tail):
    path = warcs(root)[0]
    end = path.stat().st_size
    with path.open("ab") as file:
        file.write(tail)
    assert faults(root) == [(path.name, end, f"{len(tail)} bytes follow where the file should end")]


def test_a_file_that_the_catalogue_does_not_know_is_named_and_read(root):
    stranger = root / "warc" / "stranger.warc.gz"
    stranger.write_bytes(b"no gzip")
    found = faults(root)
    assert ("stranger.warc.gz", None, "the catalogue does not know this file") in found
    assert any("gzip" in message for _, offset, message in found if offset == 0)


def test_without_a_catalogue_the_records_are_still_read(root):
    (root / "catalogue.sqlite").unlink()
    report = verify(root)
    (fault,) = report.faults
    assert fault.file == "catalogue.sqlite"
    assert report.captures == 7


def test_a_broken_catalogue_is_named(root):
    path = root / "catalogue.sqlite"
    data = bytearray(path.read_bytes())
    for page_start in range(4096, len(data), 4096):
        data[page_start : page_start + 100] = bytes(100)
    path.write_bytes(data)
    assert "catalogue.sqlite" in {file for file, _, _ in faults(root)}


def test_what_a_killed_run_left_open_is_sound_up_to_what_was_told(root):
    # As after a kill: one whole exchange that nobody was told of, and a torn one.
    writer = WarcWriter(root / "warc", run=new_run("run-1"))
    writer.write(made("run-1", page()))
    writer.abandon()
    (path,) = (root / "warc").glob("*.open")
    path.write_bytes(path.read_bytes()[:-3])
    assert faults(root) == []


def test_an_open_file_shorter_than_catalogued_is_found(root):
    path = warcs(root)[1]
    cut = path.with_name(path.name + ".open")
    path.rename(cut)
    change(root, "UPDATE warcs SET is_closed = 0 WHERE name = ?", path.name)
    assert faults(root) == []
    cut.write_bytes(cut.read_bytes()[:-1])
    assert {file for file, _, _ in faults(root)} == {path.name}


def test_a_sound_archive_is_sound_while_a_writer_is_at_work(tmp_path):
    root = tmp_path / "archive"
    is_over = threading.Event()
    kept = []

    def write():
        with Archive.open(root, run=new_run("run-1"), max_warc_bytes=4000) as archive:
            while not is_over.is_set():
                data = page(b"%d" % (len(kept) % 50))
                kept.append(archive.keep(made("run-1", data)).result(WAIT_S))

    writer = threading.Thread(target=write)
    writer.start()
    while not kept:
        is_over.wait(0.001)
    try:
        while len(kept) < 60:
            assert faults(root) == []
    finally:
        is_over.set()
        writer.join()
    assert faults(root) == []
    assert len(warcs(root)) > 5


def test_what_is_no_archive_cannot_be_verified(tmp_path):
    with pytest.raises(NotAnArchive):
        verify(tmp_path)
