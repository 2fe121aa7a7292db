"""Jobs taken together: one sync of the disk serves all of a batch."""

import queue
import time
from collections.abc import Iterator
from typing import Generic, TypeVar

BATCH = 256
"""How many jobs a batch has at the most: bounds memory and how long the first one waits."""
GATHERING_S = 0.003
"""How long one waits for more where jobs come together, which saves every third sync of a crawl."""
LEISURE_S = 0.03
"""The same while none of them is urgent: a commit costs as much as what it commits."""

_J = TypeVar("_J")


class Batches(Generic[_J]):
    """A queue from many threads to one, which iterates: all that waits by then is a batch.

    Where the batch before had several jobs, the next waits for a moment. Who gives one job after
    another, and waits for each, never waits for that too.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[_J, bool] | None] = queue.SimpleQueue()

    def put(self, job: _J, *, is_urgent: bool = True) -> None:
        """Add a job; never waits. One that is not urgent may wait for others a little longer."""
        self._waiting.put((job, is_urgent))

    def end(self) -> None:
        """Let the iteration end after what was put so far."""
        self._waiting.put(None)

    def __iter__(self) -> Iterator[list[_J]]:
        """Batches of at least one job, waiting for each, until the end."""
        are_together = False
        came = self._waiting.get()
        while came is not None:
            began = time.monotonic()
            batch: list[_J] = []
            patience = LEISURE_S if are_together else 0.0
            while came is not None:
                job, is_urgent = came
                batch.append(job)
                if is_urgent:
                    patience = min(patience, GATHERING_S)
                if len(batch) == BATCH:
                    break
                left = began + patience - time.monotonic()
                try:
                    came = self._waiting.get(timeout=max(0.0, left))
                except queue.Empty:
                    break
            are_together = len(batch) > 1
            yield batch
            if came is not None:
                came = self._waiting.get()
