"""How many examples a property test takes that is slow to try: more of them in `make soak`."""

from hypothesis import settings

HOUSE = 20
"""What a test takes that says nothing, in `make test`."""


def examples(number):
    """So many; in `make soak` as many times more as there are of all."""
    return number * settings().max_examples // HOUSE
