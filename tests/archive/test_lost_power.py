"""The whole archive on a disk that loses power at each operation in turn."""

import contextlib
import datetime as dt
import errno
import itertools
import os
import random
import shutil
import sqlite3
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, ArchiveFolder, Failure, FailureKind, StoreUnavailable
from archive.catalogue import CatalogueWriter
from tests.archive.generated import assert_whole, made, new_run, reading_of
from tests.checkers import assert_checkers_pass
from tests.forgetful import ForgetfulFiles, PowerLost
from tests.strategies import MemoryBlock, chunked_page, page

WARC_BYTES = 5000
WAIT_S = 30
_KEYS = tempfile.TemporaryDirectory()
KEYS = Path(_KEYS.name)
"""Of the machine's owner: on another disk, with its power on."""


class Machine(ForgetfulFiles):
    """A machine that loses power at an operation on WARCs or custody log, or before a commit.

    Its catalogue is as of the last commit: SQLite's own promise is not what is tested here.
    """

    def __init__(self, root, lose_power_at=None):
        super().__init__(root, lose_power_at)
        self._home = root
        self._catalogue = None

    @property
    def has_power(self):
        return self._catalogue is None

    def operate(self):
        try:
            super().operate()
        except PowerLost:
            if self.has_power:
                self._catalogue = sqlite3.connect(":memory:", check_same_thread=False)
                with closing(sqlite3.connect(self._home / "catalogue.sqlite")) as live:
                    live.backup(self._catalogue)
            raise OSError(errno.EIO, "power lost") from None

    def wake(self, target, chance):
        """What the disk has, in `target`."""
        target.mkdir()
        self.materialise(target, chance)
        (target / "catalogue.sqlite").unlink()  # SQLite's own files go their own way
        with closing(sqlite3.connect(target / "catalogue.sqlite")) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            self._catalogue.backup(copy)
        self._catalogue.close()


class Plug(MemoryBlock):
    """A block that holds the archive's thread up, so that what comes meanwhile is one batch."""

    def __init__(self, data, pulled):
        super().__init__(data)
        object.__setattr__(self, "entered", threading.Event())
        object.__setattr__(self, "pulled", pulled)

    def chunks(self, start=0, end=None):
        self.entered.set()
        assert self.pulled.wait(WAIT_S)
        return super().chunks(start, end)


@contextlib.contextmanager
def one_batch(archive, number):
    pulled = threading.Event()
    plug = Plug(page(b"plug %d" % number), pulled)
    told = archive.keep(replace(made(archive.run.run_id, plug.data), response=plug))
    told.add_done_callback(lambda _: plug.entered.set())  # when it failed before it was looked at
    try:
        assert plug.entered.wait(WAIT_S)
        yield told
    finally:
        pulled.set()


def crawl(root, files, kept, read):
    """Group commits with repeated payloads, failures, readings and full files; then the end.

    Fills `kept` and `read` with what was acknowledged. Raises StoreUnavailable without power.
    """
    run = new_run("run-1")
    refused = Failure(kind=FailureKind.CONNECT, detail="connection refused")
    with Archive(
        ArchiveFolder.open(root), run=run, files=files, max_warc_bytes=WARC_BYTES, keys=KEYS
    ) as archive:
        captures = []
        for number in range(2):
            keeping, recording = [], {}
            with one_batch(archive, number) as plugged:
                for body in (b"same", b"other %d" % number, b"same"):
                    keeping.append(archive.keep(made(run.run_id, page(body * 30))))
                    keeping.append(archive.keep(made(run.run_id, chunked_page(body * 30))))
                keeping.append(archive.keep(made(run.run_id, failure=refused)))
                for capture in captures:
                    recording[capture.record_id] = archive.record(reading_of(capture))
            told = [one for one in [plugged, *keeping] if one.exception(WAIT_S) is None]
            captures = [one.result() for one in told]
            kept += [capture.record_id for capture in captures]
            read += [one for one, told in recording.items() if told.exception(WAIT_S) is None]
        archive.close(replace(run, ended_at=dt.datetime.now(dt.UTC), outcome="finished"))


def restart(root, files=None):
    run = new_run("run-2")
    with Archive(ArchiveFolder.open(root), run=run, files=files, keys=KEYS) as archive:
        return archive.recovered


@pytest.fixture
def new_archive(tmp_path):
    """Makes an archive that no run has written to."""
    empty = ArchiveFolder.create(tmp_path / "empty")
    CatalogueWriter.open(empty.catalogue).close()
    numbers = itertools.count()
    return lambda: shutil.copytree(empty.root, tmp_path / str(next(numbers)))


@pytest.fixture(autouse=True)
def _real_disk_keeps_its_power(monkeypatch):
    """So it need not be waited for."""
    opened = CatalogueWriter.open

    def open_without_waiting(path):
        writer = opened(path)
        writer._connection.execute("PRAGMA synchronous = OFF")
        return writer

    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(CatalogueWriter, "open", open_without_waiting)


@pytest.fixture
def lose_power(monkeypatch):
    """Does some work on an archive until power is lost; what is there then, None if none was."""
    batch = CatalogueWriter.batch

    def lose(root, number, work, chance=None):
        machine = Machine(root, number)

        @contextlib.contextmanager
        def watched(writer):
            with batch(writer):
                yield
                try:
                    machine.operate()
                except OSError as error:
                    raise StoreUnavailable(str(error)) from None

        with monkeypatch.context() as patch:
            patch.setattr(CatalogueWriter, "batch", watched)
            try:
                work(root, machine)
            except StoreUnavailable:
                assert not machine.has_power
        machine.let_go()
        if machine.has_power:
            return None
        after = root.with_name(f"{root.name}-after")
        machine.wake(after, chance)
        return after

    return lose


def chance_of(seed, number):
    """None: all that was not made durable is gone. Else any of it may be there."""
    return None if seed is None else random.Random(seed * 1000 + number)


def lose_power_during_a_crawl(new_archive, lose_power, seed, nth):
    """What is left after each `nth` operation in turn, and what was acknowledged."""
    for number in itertools.count(nth, nth):
        kept, read = [], []
        after = lose_power(
            new_archive(),
            number,
            lambda root, files, kept=kept, read=read: crawl(root, files, kept, read),
            chance_of(seed, number),
        )
        if after is None:
            return
        yield after, kept, read


def check_operations_of_a_crawl(new_archive, lose_power, seed, nth=1):
    operations = recovered = revisits = 0
    for after, kept, read in lose_power_during_a_crawl(new_archive, lose_power, seed, nth):
        operations += 1
        recovered += len(restart(after))
        stored = assert_whole(after, kept, read)
        revisits += sum(one.kind == "revisit" for one in stored.values())
        if seed != 1:  # `None` and `make soak` show it
            assert_checkers_pass(*(after / "warc").glob("*.warc.gz"))
    assert min(operations, recovered, revisits) > 40 // nth
    assert kept
    assert read


def check_operations_of_a_recovery(new_archive, lose_power, seed, nth):
    """The recovery of what every `nth` lost power of a crawl left."""
    lost = 0
    for torn, kept, read in lose_power_during_a_crawl(new_archive, lose_power, seed, nth):
        for number in itertools.count(1):
            root = shutil.copytree(torn, torn.with_name(f"{torn.name}-{number}"))
            after = lose_power(root, number, restart, chance_of(seed, number))
            if after is None:
                break
            lost += 1
            restart(after)
            assert_whole(after, kept, read)
    return lost


def test_power_lost_at_many_operations_of_a_crawl(new_archive, lose_power):
    check_operations_of_a_crawl(new_archive, lose_power, None, 3)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [None, 1])
def test_power_lost_at_any_operation_of_a_crawl(new_archive, lose_power, seed):
    check_operations_of_a_crawl(new_archive, lose_power, seed)


def test_power_lost_at_any_operation_of_a_recovery(new_archive, lose_power):
    assert check_operations_of_a_recovery(new_archive, lose_power, 1, 60) > 10


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_power_lost_at_any_operation_with_any_luck(new_archive, lose_power):
    for seed in range(2, 8):
        check_operations_of_a_crawl(new_archive, lose_power, seed)
        lost = check_operations_of_a_recovery(new_archive, lose_power, seed, 9)
        print(f"seed {seed}: {lost} times during a recovery")
