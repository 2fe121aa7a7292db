"""What a page states of itself beside its headline, by which the lines of its body are judged."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from crawler.extract.container import bare
from crawler.extract.lines import Line

_LEAST_STATED = 300
_LEAST_LETTERS = 8
_LONG = 80
_MOST_MISSED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a page states of itself; all of it may be missing or wrong."""

    sites: Collection[str] = ()
    """What the site is called, in letters only."""
    body: str = ""
    """The text of the article as the structured data have it, often cut short."""


NO_HINTS = Hints()


def stated_clues(lines: Sequence[Line], body: str) -> Iterator[str | None]:
    """For each of `lines` whether the stated `body` has it; None where that tells nothing.

    A stated body is of use only if it has half of the long lines up to the last that it has: what
    follows that may have been cut off.
    """
    found = [False] * len(lines)
    letters = bare(body) if len(body) >= _LEAST_STATED else ""
    if letters:
        keys = [bare(line.text) for line in lines]
        found = [len(key) >= _LEAST_LETTERS and key in letters for key in keys]
    last = max((at for at, is_found in enumerate(found) if is_found), default=-1)
    long = [at for at in range(last + 1) if len(lines[at].text) >= _LONG]
    missed = sum(not found[at] for at in long)
    if not long or missed > _MOST_MISSED * len(long):
        yield from [None] * len(lines)
        return
    for at, is_found in enumerate(found):
        yield "stated" if is_found else "not stated" if at < last else "beyond what is stated"
