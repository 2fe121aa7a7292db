"""How much of what is slow to try is tried: more of it in `make soak`."""

import pytest
from hypothesis import settings

HOUSE = 20
"""What a test takes that says nothing, in `make test`."""


def examples(number):
    """So many; in `make soak` as many times more as there are of all."""
    return number * settings().max_examples // HOUSE


def spread(cases, number):
    """The cases as parameters: so many of them, evenly spread; the others in `make soak` alone."""
    cases = list(cases)
    nth = max(1, len(cases) // number)
    return [
        pytest.param(case, marks=[pytest.mark.soak] if place % nth else [])
        for place, case in enumerate(cases)
    ]
