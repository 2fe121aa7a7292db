import contextlib
import dataclasses
import os
import random

import pytest

from archive.disk.files import OsFiles
from archive.errors import StoreUnavailable
from archive.model import CaptureKind, Failure, FailureKind, Run
from archive.warc.reader import read_captures, read_record, read_runs
from archive.warc.recover import recover
from archive.warc.writer import WarcWriter
from archive.web.http import payload_of
from tests.archive.warc.writing import keep, original_of
from tests.forgetful import ForgetfulFiles, PowerLost
from tests.strategies import BEGAN, chunked_page, exchange, gzip_page, page

RUN = Run(
    run_id="run-1",
    began_at=BEGAN,
    software="dateline/0.1.0",
    user_agent="dateline",
    robots="classic",
    hostname="host",
)
SEEDS = [None, *(pytest.param(seed, marks=pytest.mark.soak) for seed in (1, 2, 3))]
"""None: all that was not made durable is gone. Else any of it may be there."""


@pytest.fixture(autouse=True)
def _real_disk_keeps_its_power(monkeypatch):
    """So it need not be waited for, thousands of times."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def crawl(folder, files, acknowledged):
    """Pages, revisits of durable ones, failures; a group commit each round, many small files."""
    writer = WarcWriter(folder, run=RUN, files=files, max_bytes=3500)
    originals = {}
    writer.write_run(RUN)
    try:
        for number in range(4):
            batch = []
            for build in (page, gzip_page, chunked_page):
                made = exchange(build(b"<p>text</p>" * (1 + number // 2)))
                digest = payload_of(made).digest
                batch.append(keep(writer, made, original=originals.get(digest)))
            failure = Failure(kind=FailureKind.CONNECT, detail="refused")
            batch.append(keep(writer, exchange(failure=failure)))
            writer.sync()
            acknowledged += batch
            for capture in batch:
                if capture.kind is CaptureKind.RESPONSE:
                    originals.setdefault(capture.payload_digest, original_of(capture))
            writer.retire()
        writer.write_run(dataclasses.replace(RUN, outcome="finished"))
        writer.close()
    finally:
        writer.abandon()


def restart(folder, files=None):
    """What the store does at its start; gives the captures that recovery found."""
    found = []
    for one in recover(folder, files):
        found += one.captures()
        one.retire()
    return found


def check(folder, acknowledged):
    """Every file reads cleanly, every acknowledged capture is there, nothing dangles."""
    captures = {}
    for path in sorted(folder.glob("*.warc.gz*")):
        assert not path.name.endswith(".open")
        for capture in read_captures(path):
            captures[capture.record_id] = capture
            read_record(folder, capture.locator).verify()
        list(read_runs(path))
    for capture in acknowledged:
        assert captures[capture.record_id] == capture
    for capture in captures.values():
        if capture.kind is CaptureKind.REVISIT:
            assert captures[capture.refers_to].kind is CaptureKind.RESPONSE
    return captures


def count_of_crawl(folder):
    files = ForgetfulFiles(folder)
    crawl(folder, files, [])
    return files.operations


@pytest.fixture(scope="module")
def crawl_operations(tmp_path_factory):
    return count_of_crawl(tmp_path_factory.mktemp("warc"))


@pytest.mark.parametrize("seed", SEEDS)
def test_power_lost_at_any_operation_of_a_crawl(tmp_path, crawl_operations, seed):
    assert crawl_operations > 20
    revisits = 0
    for number in range(1, crawl_operations + 1):
        before, after = tmp_path / f"{number}a", tmp_path / f"{number}b"
        before.mkdir()
        files = ForgetfulFiles(before, lose_power_at=number)
        acknowledged = []
        with pytest.raises(PowerLost):
            crawl(before, files, acknowledged)
        files.let_go()
        files.materialise(after, None if seed is None else random.Random(seed + number))
        restart(after)
        captures = check(after, acknowledged)
        revisits += sum(one.kind is CaptureKind.REVISIT for one in captures.values())
    assert revisits


def torn_folder(folder):
    """A crawl's folder as a crash leaves it: two unfinished files, one of them torn, one empty."""
    writer = WarcWriter(folder, run=RUN, max_bytes=1500)
    kept = [keep(writer, exchange(build())) for build in (page, gzip_page, chunked_page)]
    writer.abandon()
    last = max(folder.glob("*.open"))
    data = last.read_bytes()
    last.write_bytes(data[:-10])
    (folder / "dateline-20260101T000000000Z-00000-h-1.warc.gz.open").touch()
    return [one for one in kept if one.locator.warc + ".open" != last.name], data[:-10]


@pytest.mark.parametrize("seed", SEEDS)
def test_power_lost_at_any_operation_of_a_recovery(tmp_path, seed):
    acknowledged, torn = torn_folder(_made(tmp_path / "count"))
    assert acknowledged
    files = ForgetfulFiles(tmp_path / "count")
    restart(tmp_path / "count", files)
    for number in range(1, files.operations + 1):
        before, after = _made(tmp_path / f"{number}a"), tmp_path / f"{number}b"
        acknowledged, torn = torn_folder(before)
        files = ForgetfulFiles(before, lose_power_at=number)
        with pytest.raises(PowerLost):
            restart(before, files)
        files.let_go()
        files.materialise(after, None if seed is None else random.Random(seed + number))
        restart(after)
        check(after, acknowledged)
        (kept,) = (after / "torn").iterdir()
        assert torn.endswith(kept.read_bytes())
        assert restart(after) == []


def _made(path):
    path.mkdir()
    return path


@pytest.mark.parametrize("nth", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_a_tail_torn_at_any_byte_is_cut_and_kept(tmp_path, nth):
    whole = _made(tmp_path / "whole")
    writer = WarcWriter(whole, run=RUN)
    first = keep(writer, exchange(page()))
    second = keep(writer, exchange(gzip_page()))
    writer.abandon()
    (path,) = whole.iterdir()
    data = path.read_bytes()
    info_end = first.locator.offset
    folder = _made(tmp_path / "torn")
    edges = {end + near for end in (0, info_end, second.locator.offset) for near in (0, 1)}
    for size in sorted({*range(len(data), 0, -nth), *edges}):
        for old in [*folder.glob("torn/*"), *folder.glob("*.gz")]:
            old.unlink()
        (folder / path.name).write_bytes(data[:size])
        found = restart(folder)
        ends = {0: [], info_end: [], second.locator.offset: [first], len(data): [first, second]}
        end = max(end for end in ends if end <= size)
        assert found == ends[end]
        names = {one.name: one.read_bytes() for one in folder.rglob("*.gz*") if one.is_file()}
        expected = {first.locator.warc: data[:end]} if end else {}
        if size > end:
            expected[f"{first.locator.warc}.{end}"] = data[end:size]
        assert names == expected


def test_bytes_that_are_no_record_are_cut_with_all_that_follows(tmp_path):
    writer = WarcWriter(tmp_path, run=RUN)
    first = keep(writer, exchange(page()))
    keep(writer, exchange(page()))
    writer.abandon()
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    data[-5] ^= 1  # in the CRC or length of the last member
    path.write_bytes(data)
    (found,) = recover(tmp_path)
    with contextlib.closing(found.captures()) as captures:
        assert list(captures) == [first]
    assert found.torn_bytes == len(data) - path.stat().st_size
    found.retire()


def test_files_of_a_living_writer_are_left_alone(tmp_path):
    writer = WarcWriter(tmp_path, run=RUN)
    capture = keep(writer, exchange(page()))
    assert recover(tmp_path) == []
    writer.sync()
    writer.close()
    check(tmp_path, [capture])


def test_a_recovered_file_is_found_again_until_it_is_retired(tmp_path):
    writer = WarcWriter(tmp_path, run=RUN)
    writer.write_run(RUN)
    capture = keep(writer, exchange(page()))
    writer.abandon()
    (found,) = recover(tmp_path)
    assert list(found.captures()) == [capture]
    assert list(found.runs()) == [RUN]
    assert recover(tmp_path) == []  # held
    found.abandon()
    (found,) = recover(tmp_path)
    found.retire()
    assert recover(tmp_path) == []
    check(tmp_path, [capture])


def test_recovery_never_replaces_a_finished_file(tmp_path):
    writer = WarcWriter(tmp_path, run=RUN)
    capture = keep(writer, exchange(page()))
    writer.abandon()
    (tmp_path / capture.locator.warc).write_bytes(b"another")
    (found,) = recover(tmp_path)
    with pytest.raises(StoreUnavailable, match="exists"):
        found.retire()
    assert (tmp_path / capture.locator.warc).read_bytes() == b"another"
    found.abandon()


def test_the_disk_that_forgets_does_forget(tmp_path):
    root, after = _made(tmp_path / "a"), tmp_path / "b"
    files = ForgetfulFiles(root)
    kept, lost = (files.create(root / name) for name in ("kept", "lost"))
    kept.write(b"durable")
    kept.fsync()
    files.unlink(root / "lost")
    files.fsync_folder(root)
    kept.write(b" and not")
    files.create(root / "new").fsync()
    files.rename(root / "kept", root / "renamed")
    files.materialise(after)
    assert {path.name: path.read_bytes() for path in after.iterdir()} == {"kept": b"durable"}
    assert (root / "renamed").read_bytes() == b"durable and not"
    lost.close()
    assert isinstance(files._real, OsFiles)
    files.let_go()


def test_what_recovery_gives_to_the_catalogue_survives_lost_power(tmp_path):
    # A killed process leaves its bytes to the system, which may never have written them.
    root, after = _made(tmp_path / "a"), tmp_path / "b"
    files = ForgetfulFiles(root)
    writer = WarcWriter(root, run=RUN, files=files)
    capture = keep(writer, exchange(page()))
    writer.abandon()
    (found,) = recover(root, files)
    assert list(found.captures()) == [capture]
    files.materialise(after)
    assert restart(after) == [capture]
    found.abandon()
