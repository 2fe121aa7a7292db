"""A clock that goes on evenly, whatever is done to the system's."""

import time
from collections.abc import Callable


class SteadyClock:
    """Seconds since the epoch as they were when it was made, plus what really passed since.

    Instants that are written down must mean something to the next process, so they are of the
    epoch; within a process a deadline must not move when somebody sets the system's clock.
    """

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._offset_s = wall() - monotonic()

    def __call__(self) -> float:
        """Now."""
        return self._offset_s + self._monotonic()
