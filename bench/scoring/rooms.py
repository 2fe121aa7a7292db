"""Where the milliseconds go: a look at the stack every millisecond, counted by our own rooms."""

import functools
import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from bench.scoring.corpus import Case
from bench.scoring.extractors import made, timed

_EVERY_S = 0.001
_PACKAGES = ("crawler", "archive")


class Place(NamedTuple):
    """A room and a function of it."""

    room: str
    function: str


class Profile(NamedTuple):
    """Milliseconds a page; those of libraries count for whichever room called them."""

    total_ms: float
    rooms: Sequence[tuple[str, float]]
    functions: Sequence[tuple[Place, float]]


def profile(cases: Sequence[Case], root: Path) -> Profile:
    """Read `cases` once more, in this process, and see where the time goes."""
    extract = made("dateline")
    seen: Counter[Place] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        place = _place(frame, str(root))
        if place is not None:  # else it is our own measuring
            seen[place] += 1

    timed(extract, cases[0])  # what the first page alone must load is nobody's milliseconds
    seconds = 0.0
    before = signal.signal(signal.SIGALRM, look)
    try:
        for case in cases:
            signal.setitimer(signal.ITIMER_REAL, _EVERY_S, _EVERY_S)
            seconds += timed(extract, case).seconds
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    total_ms = 1000 * seconds / len(cases)
    scale = total_ms / max(1, seen.total())
    rooms: Counter[str] = Counter()
    for place, count in seen.items():
        rooms[place.room] += count
    return Profile(
        total_ms,
        [(room, count * scale) for room, count in rooms.most_common()],
        [(place, count * scale) for place, count in seen.most_common()],
    )


def _place(frame: FrameType | None, root: str) -> Place | None:
    """The innermost function of our own packages."""
    while frame is not None:
        room = _room(frame.f_code.co_filename, root)
        if room:
            return Place(room, frame.f_code.co_qualname)
        frame = frame.f_back
    return None


@functools.cache
def _room(file: str, root: str) -> str | None:
    path = Path(file)
    if not path.is_relative_to(root) or path.relative_to(root).parts[0] not in _PACKAGES:
        return None
    return path.relative_to(root).with_suffix("").as_posix()
