"""A text that a page states of itself, and which part of the page does."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Stated(NamedTuple):
    """What a witness says. `source` names it: `json-ld headline`, `meta og:title`, `h1`, `url`."""

    text: str
    source: str


def stated(source: str, texts: Iterable[str]) -> Iterator[Stated]:
    """Every one of `texts`, as the word of `source`."""
    return (Stated(text, source) for text in texts)
