"""What the tests' own programs promise."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests import prepared

BEGINNING = """
import sys
from tests import prepared, test_prepared

prepared.begin()
test_prepared.hold(sys.argv[1], prepared.Forked(test_prepared.hold, sys.argv[2]))
"""


def hold(path, _=None):
    """Keep the pipe at `path` open, for as long as this process lives."""
    with Path(path).open("wb"):
        time.sleep(3600)


def test_a_program_ends_with_the_tests_that_are_killed(tmp_path):
    pipes = [tmp_path / "tests", tmp_path / "program"]
    for pipe in pipes:
        os.mkfifo(pipe)
    root = Path(prepared.__file__).parents[1]
    tests = subprocess.Popen([sys.executable, "-c", BEGINNING, *map(str, pipes)], cwd=root)
    with pipes[0].open("rb"), pipes[1].open("rb") as held:  # both have begun
        tests.kill()
        tests.wait()
        assert held.read() == b""  # nobody holds it any more
