"""The shape of the tables of words by which the notes of pages are told."""

from typing import NamedTuple


class Table(NamedTuple):
    """Notes of one kind, in as many languages as are known; phrases divided by semicolons."""

    family: str
    """The family of `families` that such a note is of."""
    longest: int
    """Characters of a line that may be such a note."""
    opens: str
    """What the note opens with."""
    names: str = ""
    """What it names besides, near its opening; empty where the opening says all."""
    is_label: bool = False
    """Whether a colon or the like must follow what opens it."""
