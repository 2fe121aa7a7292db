"""What holds for all tests."""

import os
import tempfile

from hypothesis import settings

from tests.examples import HOUSE

# Keys that tests make go here, in this process and in those it starts, never to their owner's home.
_HOME = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = _HOME.name

# A busy machine is no failure: examples have no deadline, tests have their time limit. `make soak`
# takes the profile `soak`.
settings.register_profile("house", deadline=None, max_examples=HOUSE)
settings.register_profile("soak", deadline=None, max_examples=500)
settings.load_profile("house")
