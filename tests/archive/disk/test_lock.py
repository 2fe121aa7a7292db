import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from archive.disk.lock import writer_lock
from archive.errors import ArchiveBusy, StoreUnavailable
from archive.warc.recover import recover

ROOT = Path(__file__).parents[3]

HOLDER = """
import sys
from pathlib import Path
from archive.disk.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
WAITER = """
import sys
from pathlib import Path
from archive.disk.lock import writer_lock
print("asking", flush=True)
with writer_lock(Path(sys.argv[1]), wait=True):
    print("held", flush=True)
"""
WRITER = """
import datetime as dt, sys
from pathlib import Path
from archive.model import Run
from archive.warc.writer import WarcWriter
run = Run(run_id="run-1", began_at=dt.datetime.now(dt.UTC), software="dateline",
          user_agent="dateline", robots="classic", hostname="host")
writer = WarcWriter(Path(sys.argv[1]), run=run)
writer.write_run(run)
print("held", flush=True)
sys.stdin.read()
"""


class Process:
    def __init__(self, program, path):
        self.popen = subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def says(self):
        return self.popen.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.popen.kill()
        self.popen.communicate()


def test_a_second_process_is_told_in_one_line_who_writes(tmp_path):
    path = tmp_path / "lock"
    with Process(HOLDER, path) as holder:
        assert holder.says() == "held"
        with pytest.raises(ArchiveBusy) as caught, writer_lock(path):
            pass
    assert f"another process ({holder.popen.pid} on " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_lock_ends_with_its_process_however_that_ends(tmp_path):
    path = tmp_path / "lock"
    with Process(HOLDER, path) as holder:
        assert holder.says() == "held"
        holder.popen.kill()
        holder.popen.wait()
        with writer_lock(path):
            pass


def test_one_who_waits_gets_the_lock_when_it_is_given_back(tmp_path):
    path = tmp_path / "lock"
    with contextlib.ExitStack() as lock:
        lock.enter_context(writer_lock(path))
        with Process(WAITER, path) as waiter:
            assert waiter.says() == "asking"
            with pytest.raises(subprocess.TimeoutExpired):
                waiter.popen.wait(0.2)
            lock.close()
            assert waiter.says() == "held"
            assert waiter.popen.wait(10) == 0


def test_a_hostile_lock_file_says_nothing_of_its_holder(tmp_path):
    path = tmp_path / "lock"
    with writer_lock(path), path.open("w") as file:
        file.write("\x1b[31m\n1 on h\n")
        file.flush()
        told = r"^another process is writing this archive$"
        with pytest.raises(ArchiveBusy, match=told), writer_lock(path):
            pass


def test_a_folder_that_is_none_cannot_be_locked(tmp_path):
    nowhere = tmp_path / "none" / "lock"
    with pytest.raises(StoreUnavailable, match="cannot lock"), writer_lock(nowhere):
        pass


def test_recovery_leaves_a_file_alone_while_another_process_writes_it(tmp_path):
    with Process(WRITER, tmp_path) as writer:
        assert writer.says() == "held"
        assert recover(tmp_path) == []
        writer.popen.kill()
        writer.popen.wait()
        (found,) = recover(tmp_path)
        assert [run.run_id for run in found.runs()] == ["run-1"]
        found.retire()


def test_a_handed_over_lock_that_is_a_link_writes_to_nobodys_file(tmp_path):
    diary = tmp_path / "diary.txt"
    diary.write_bytes(b"mine")
    (tmp_path / "lock").symlink_to(diary)
    with pytest.raises(StoreUnavailable, match="it is a link"), writer_lock(tmp_path / "lock"):
        pass
    assert diary.read_bytes() == b"mine"


def test_recovery_takes_nobodys_file_for_torn_bytes(tmp_path):
    diary = tmp_path / "diary.txt"
    diary.write_bytes(b"mine")
    (tmp_path / "handed-over").mkdir()
    (tmp_path / "handed-over" / "dateline-1.warc.gz.open").symlink_to(diary)
    with pytest.raises(StoreUnavailable, match="it is a link"):
        recover(tmp_path / "handed-over")
    assert diary.read_bytes() == b"mine"
    assert not (tmp_path / "handed-over" / "torn").exists()
