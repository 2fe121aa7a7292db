"""What holds for all tests."""

from hypothesis import settings

# A busy machine is no failure: examples have no deadline, tests have their time limit.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
