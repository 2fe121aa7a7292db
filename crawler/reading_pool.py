"""Reading in worker processes, so that a page can cost its reader and nothing else.

Workers are spawned, never forked: the parent runs a reactor. Each page has a time limit and each
worker a memory limit; a worker that exceeds them, or crashes, takes only its own page with it.
"""

import contextlib
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import get_context
from typing import Self, TypeVar

from pebble import ProcessPool

from archive import Reading
from crawler.extract.page import Page
from crawler.reading import read, unreadable, warm_up

PAGES_PER_WORKER = 2_000
"""After so many pages a worker is replaced: what pages leave behind in a heap adds up."""
MEMORY_BYTES = 1 << 30

Reader = Callable[[Page, str], Reading]
_P = TypeVar("_P")


class ReadingPool:
    """Reads pages in `workers` processes, or in the caller's own where that is 0.

    `timeout_s` is the limit for one page, `memory_bytes` that of a worker's heap, where the
    system can set one. `reader` is called in the worker, so that it must be importable there.
    The limits do not hold where there are no workers.
    """

    def __init__(
        self,
        workers: int,
        timeout_s: float,
        *,
        memory_bytes: int = MEMORY_BYTES,
        reader: Reader = read,
    ) -> None:
        self._reader = reader
        self._timeout_s = timeout_s
        self._is_closed = False
        self._waiting: set[Future[Reading]] = set()
        self._pool = None
        if workers:
            self._pool = ProcessPool(
                max_workers=workers,
                max_tasks=PAGES_PER_WORKER,
                initializer=_prepare_worker,
                initargs=(memory_bytes,),
                context=get_context("spawn"),
            )

    def submit(self, page: Page, record_id: str) -> "Future[Reading]":
        """The reading to be, never an exception; cancelled only where the pool is closed first.

        Raises: RuntimeError after `close`.
        """
        return self.submit_to(self._reader, page, record_id)

    def submit_to(
        self, reader: Callable[[_P, str], Reading], page: _P, record_id: str
    ) -> "Future[Reading]":
        """As `submit`, with another reader, which must be importable in a worker too."""
        outcome: Future[Reading] = Future()
        if self._pool is None:
            outcome.set_result(reader(page, record_id))
            return outcome
        task = self._pool.schedule(reader, args=(page, record_id), timeout=self._timeout_s)
        self._waiting.add(outcome)
        task.add_done_callback(lambda done: self._settle(done, outcome, record_id))
        return outcome

    def close(self) -> None:
        """Stop at once: what was not read by now is cancelled. May be called again."""
        self._is_closed = True
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
        for outcome in list(self._waiting):  # what the pool dropped without a word
            outcome.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _settle(self, done: "Future[Reading]", outcome: "Future[Reading]", record_id: str) -> None:
        self._waiting.discard(outcome)
        if self._is_closed or done.cancelled():
            outcome.cancel()
        if not outcome.set_running_or_notify_cancel():
            return
        error = done.exception()
        if error is None:
            outcome.set_result(done.result())
        elif isinstance(error, TimeoutError):
            reason = f"not read within {self._timeout_s:g} s"
            outcome.set_result(unreadable(record_id, reason))
        else:
            reason = f"the reader's process failed: {type(error).__name__}: {str(error)[:200]}"
            outcome.set_result(unreadable(record_id, reason))


def _prepare_worker(memory_bytes: int) -> None:
    # Ctrl-C is the parent's to handle; it stops the workers in its own time.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker that cannot start would leave its pages waiting for ever; one that starts says of
    # each page what is missing.
    with contextlib.suppress(Exception):
        warm_up()
    # RLIMIT_DATA counts private memory only; address space would count shared libraries too.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
