"""Killed at any instant, or without power after any operation: what was acknowledged is there."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from archive import Archive
from tests.archive import generated
from tests.archive.generated import assert_whole, new_run
from tests.checkers import assert_checkers_pass

ROOT = Path(__file__).parents[2]


class Process:
    """`generated.py` at work on an archive, until the block ends and it is killed."""

    def __init__(self, root, seed, *limits):
        self._lines = []
        self._popen = subprocess.Popen(
            [sys.executable, generated.__file__, str(root), str(seed), *map(str, limits)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self):
        for line in self._popen.stdout:
            self._lines.append(line.strip().partition(" "))

    def said(self, word):
        """What followed each time it said `word`."""
        return [rest for first, _, rest in list(self._lines) if first == word]

    def wait_until(self, is_so):
        while not is_so() and self._popen.poll() is None:
            time.sleep(0.001)

    def wait(self):
        self._popen.wait()
        self._listener.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._popen.kill()
        self.wait()
        self._popen.stdout.close()
        assert self.said("failed") or self._popen.returncode == -signal.SIGKILL


def is_half_written(root):
    """Whether a file holds a part of a large record."""
    sizes = []
    for path in (root / "warc").glob("*.open"):
        with contextlib.suppress(FileNotFoundError):
            sizes.append(path.stat().st_size)
    return any(1_000_000 < size < generated.LARGE for size in sizes)


def start_again(root, number):
    """The next start, and an end without a report."""
    with Archive.open(root, run=new_run(f"again-{number}")) as archive:
        return archive.recovered


def kill_often(root, kills):
    chance = random.Random(kills)
    kept, read = [], []
    recovered = torn = 0
    for number in range(kills):
        with Process(root, number) as process:
            # While it opens and recovers, while it keeps, or in the midst of a large record.
            lines = chance.choice([0, 1, 5, 20, 60])
            process.wait_until(lambda: len(process.said("kept")) >= lines)  # noqa: B023
            if number % 4:
                time.sleep(chance.random() * 0.03)
            else:
                process.wait_until(lambda: is_half_written(root))
        kept += process.said("kept")
        read += process.said("read")
        if number % 4 in {0, 1} or number == kills - 1:  # else the next process is the next start
            found = start_again(root, number)
            recovered += len(found)
            torn += sum(one.torn_bytes > 0 for one in found)
            assert_whole(root, kept, read)
    assert recovered
    assert torn
    stored = assert_whole(root, kept, read)
    assert {one.kind for one in stored.values()} == {"response", "revisit", "failure"}
    assert_checkers_pass(*sorted((root / "warc").glob("*.warc.gz")))
    print(f"{len(kept)} captures acknowledged, {recovered} files recovered, {torn} of them torn")
    return kept


def test_a_process_killed_at_any_instant_loses_nothing_that_it_acknowledged(tmp_path):
    assert kill_often(tmp_path / "archive", 4)


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_process_killed_fifty_times(tmp_path):
    assert kill_often(tmp_path / "archive", 50)
