"""The small local web of `dateline demo`, which the tests extend."""
