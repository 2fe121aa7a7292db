"""Reading in worker processes: pages in, readings out, whatever a page does to its worker."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Protocol, Self, TypeVar

from archive import Reading
from crawler.extract.page import Page
from crawler.reading.page import PageRead, read_page, unreadable, warm_up
from crawler.workers.pool import WorkerPool

_P = TypeVar("_P")


class PageReader(Protocol):
    """What reads a page in a worker."""

    def __call__(self, page: Page, record_id: str, /, *, requisites: bool) -> PageRead:
        """As crawler.reading.page.read_page."""


class ReadingPool:
    """Reads pages in `workers` processes, or in the caller's own where that is 0.

    `timeout_s` is the limit for one page; a worker's heap has that of `WorkerPool`, where the
    system can set one. `reader` is called in the worker, so that it must be importable there.
    The limits do not hold where there are no workers.
    """

    def __init__(
        self,
        workers: int,
        timeout_s: float,
        *,
        reader: PageReader = read_page,
    ) -> None:
        self._reader = reader
        self._timeout_s = timeout_s
        self._pool = WorkerPool(workers, timeout_s, warm_up=warm_up)

    def prepare(self) -> None:
        """Let loading begin before there is a page: nobody waits for it, but the first."""
        self._pool.prepare()

    def submit(self, page: Page, record_id: str, *, requisites: bool = False) -> "Future[PageRead]":
        """The reading to be; cancelled only where the pool is closed first.

        Never an exception but WorkersUnavailable, where no worker starts.

        Raises: RuntimeError after `close`; WorkersUnavailable.
        """
        return self._pool.submit(
            partial(self._reader, requisites=requisites),
            page,
            record_id,
            instead=lambda error: PageRead(reading=self._unread(record_id, error)),
        )

    def submit_to(
        self, reader: Callable[[_P, str], Reading], page: _P, record_id: str
    ) -> "Future[Reading]":
        """As `submit`, of what is no page, by a reader that must be importable in a worker too."""
        return self._pool.submit(reader, page, record_id, instead=partial(self._unread, record_id))

    def _unread(self, record_id: str, error: Exception) -> Reading:
        return unreadable(record_id, why_unread(error, self._timeout_s))

    def close(self) -> None:
        """Stop at once: what was not read by now is cancelled. May be called again."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def why_unread(error: Exception, timeout_s: float) -> str:
    """What stopped a page's reader, as the reason of its reading."""
    if isinstance(error, TimeoutError):
        return f"not read within {timeout_s:g} s"
    return f"the reader's process failed: {type(error).__name__}: {str(error)[:200]}"
