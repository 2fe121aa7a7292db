"""Whose turn it is: every host once before any host twice."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WINDOW = 64
"""Hosts looked up at once; no more of them are in memory, however many wait."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host in the frontier: its number there, and the downloader's name for it."""

    host_id: int
    name: str


class Rota:
    """Goes round the hosts by their numbers, and goes on where it stopped.

    `load(after, most)` gives the hosts that have something ready, numbered above `after`, in
    order. A host that cannot take its turn has to wait for the next round: with many hosts it
    would not have been long enough ago, with few the next round comes soon.
    """

    def __init__(self, load: Callable[[int, int], Sequence[Host]]) -> None:
        self._load = load
        self._window: deque[Host] = deque()
        self._after = 0

    def once_round(self) -> Iterator[Host]:
        """Every host with something ready, each once; whoever stops listening ends the round."""
        first: int | None = None
        has_wrapped = is_second_lap = False
        while True:
            if not self._window:
                self._window.extend(self._load(self._after, WINDOW))
                if not self._window:
                    if has_wrapped or self._after == 0:
                        self._after = 0
                        return
                    has_wrapped, is_second_lap, self._after = True, first is not None, 0
                    continue
                self._after = self._window[-1].host_id
            host = self._window[0]
            if first is None:
                first = host.host_id
            elif is_second_lap and host.host_id >= first:
                return
            self._window.popleft()
            yield host
