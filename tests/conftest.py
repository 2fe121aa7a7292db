"""What holds for all tests."""

import gc
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

import scrapy.core.downloader.contextfactory  # noqa: F401 - the later, the longer it takes
from hypothesis import settings

import crawler.cli
from tests import new_catalogues, prepared
from tests.examples import HOUSE

# Until all tests are collected: nothing of what they are goes away.
gc.disable()

# A disk is waited for as long as tests work: they sync thousands of small files, and delete them.
# What power lost does to a disk is shown by one that forgets (forgetful.py), not by the real one.
_MEMORY = Path("/dev/shm")
if (
    "TMPDIR" not in os.environ
    and os.access(_MEMORY, os.W_OK | os.X_OK)
    and shutil.disk_usage(_MEMORY).free > 2 << 30
):
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None

LONG = {"test_mutations.py", "test_rereading.py", "test_page.py"}
"""Files that take longest; of many tests."""

# Keys that tests make go here, in this process and in those it starts, never to their owner's home.
_HOME = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = _HOME.name

# Hundreds of processes start here; without stored bytecode each compiles all of us anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# `dateline` lets what it starts import nothing from where it stands. In the tests' own processes
# that would last, and keep the checkout from what later tests start.
crawler.cli.guard_children = lambda: None

# A busy machine is no failure: examples have no deadline, tests have their time limit. `make soak`
# takes the profile `soak`.
settings.register_profile("house", deadline=None, max_examples=HOUSE)
settings.register_profile("soak", deadline=None, max_examples=200)
settings.load_profile("house")

# Begun in the background they would have programs of ours that no Ctrl-C ends.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

prepared.begin()
new_catalogues.begin()


def pytest_collection_modifyitems(items):
    """Files of few tests first, for those take long; many short ones fill up the end."""
    count = Counter(item.path for item in items)
    items.sort(key=lambda item: item.path.name not in LONG and count[item.path])


def pytest_collection_finish():
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)  # there is memory enough
    gc.enable()


def pytest_xdist_auto_num_workers():
    """One more than there are cores, for tests also wait; more stand in each other's way."""
    return min((os.cpu_count() or 1) + 1, 8)
