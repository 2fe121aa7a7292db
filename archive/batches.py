"""Jobs taken together: one sync of the disk serves all of a batch."""

import queue
import time
from collections.abc import Iterator
from typing import Generic, TypeVar

BATCH = 256
"""How many jobs a batch has at the most: bounds memory and how long the first one waits."""
GATHERING_S = 0.003
"""How long one waits for more where jobs come together, which saves every third sync of a crawl."""

_J = TypeVar("_J")


class Batches(Generic[_J]):
    """A queue from many threads to one, which iterates: all that waits by then is a batch.

    Where the batch before had several jobs, the next waits for a moment. Who gives one job after
    another, and waits for each, never waits for that too.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[_J | None] = queue.SimpleQueue()

    def put(self, job: _J) -> None:
        """Add a job; never waits."""
        self._waiting.put(job)

    def end(self) -> None:
        """Let the iteration end after what was put so far."""
        self._waiting.put(None)

    def __iter__(self) -> Iterator[list[_J]]:
        """Batches of at least one job, waiting for each, until the end."""
        patience = 0.0
        job = self._waiting.get()
        while job is not None:
            batch = [job]
            until = time.monotonic() + patience
            while len(batch) < BATCH:
                try:
                    job = self._waiting.get(timeout=max(0.0, until - time.monotonic()))
                except queue.Empty:
                    break
                if job is None:
                    break
                batch.append(job)
            patience = GATHERING_S if len(batch) > 1 else 0.0
            yield batch
            if job is not None:
                job = self._waiting.get()
