"""What holds for all tests."""

import os
import sys
import tempfile

from hypothesis import settings

# Keys that tests make go here, in this process and in those it starts, never to their owner's home.
_HOME = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = _HOME.name

# Hundreds of processes start here; without stored bytecode each compiles all of us anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A busy machine is no failure: examples have no deadline, tests have their time limit.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
