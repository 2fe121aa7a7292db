"""Work on hostile bytes in worker processes, so that a page can cost its worker and nothing else.

Workers are forked from a process made for that (`origin`), never from the parent, which may
run a reactor. Each piece of work has a time limit and each worker a memory limit; a worker that
exceeds them, or crashes, takes only its own piece with it. Here is the one wrapper of pebble.
"""

import contextlib
import gc
import importlib
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from typing import Any, Self, TypeVar

from pebble import ProcessPool

from crawler.errors import WorkersUnavailable

ORIGIN = "crawler.workers.origin"
PIECES_PER_WORKER = 2_000
"""After so many pieces a worker is replaced: what pages leave behind in a heap adds up."""
MEMORY_BYTES = 1 << 30
"""Of a worker's heap, where the system can set a limit."""
START_S = 60.0
"""A first worker that has not begun to work by then never will."""
_OBJECTS_A_COLLECTION = 50_000
"""Python's own 700 make the collector walk over a page's values many times while they come to be;
they go with their page, and hold few cycles."""
_NICENESS = 10
"""Where processors are few, it is the reading that waits and not the crawl, whose one thread all
fetching goes through."""

_T = TypeVar("_T")


def begin_loading() -> None:
    """Let what workers are forked from begin to load, before there is a pool, or what it is for."""
    _forking()
    ensure_running()


class WorkerPool:
    """Does work in `workers` processes, or in the caller's own where that is 0.

    `timeout_s` is the limit for one piece of work; neither it nor that of a worker's heap holds
    where there are no workers. `warm_up` is called first in each worker. Work and `warm_up` must be
    importable there. Workers start with the first piece.
    """

    def __init__(
        self,
        workers: int,
        timeout_s: float,
        *,
        warm_up: Callable[[], object] | None = None,
        start_s: float = START_S,
    ) -> None:
        self._workers = workers
        self._timeout_s = timeout_s
        # By name: what it needs may be of no use to the parent.
        name = f"{warm_up.__module__}:{warm_up.__qualname__}" if warm_up is not None else None
        self._warm_up = name
        self._start_s = start_s
        self._lock = threading.Lock()
        self._waiting: set[_Piece] = set()
        self._pool: ProcessPool | None = None
        self._has_started = False
        self._dead: list[ProcessPool] = []
        self._start: threading.Timer | None = None
        self._fault: WorkersUnavailable | None = None
        self._is_closed = False

    def prepare(self) -> None:
        """Let what workers are forked from begin to load; nobody waits for it, but the first."""
        if self._workers:
            begin_loading()

    def submit(
        self, work: Callable[..., _T], *args: object, instead: Callable[[Exception], _T]
    ) -> "Future[_T]":
        """What `work(*args)` will give, or `instead` of an exception, a crash or a time-out.

        The future is cancelled where the pool is closed first.

        Raises: RuntimeError after `close`; WorkersUnavailable where no worker can be started, which
        the futures of earlier pieces have as their exception.
        """
        outcome: Future[_T] = Future()
        if not self._workers and not self._is_closed:
            outcome.set_result(_done_here(work, args, instead))
            return outcome
        piece = _Piece(outcome, instead)
        pool, task = self._scheduled(work, args)
        with self._lock:
            # A pool that broke or was closed meanwhile told nobody of this piece.
            is_late = self._pool is not pool or self._is_closed
            if not is_late:
                self._waiting.add(piece)
        if is_late:
            task.cancel()
            self._drop([piece], BrokenProcessPool("the workers died"))
        task.add_done_callback(lambda done: self._settle(pool, done, piece))
        return outcome

    def close(self) -> None:
        """Stop at once: what was not done by now is cancelled. May be called again."""
        with self._lock:
            self._is_closed = True
            pools = [*self._dead, *([self._pool] if self._pool is not None else [])]
        if self._start is not None:
            self._start.cancel()
        _end(pools)
        with self._lock:
            waiting = list(self._waiting)
            self._waiting.clear()
        self._drop(waiting, RuntimeError("the pool is closed"))  # by pebble, without a word

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _scheduled(
        self, work: Callable[..., _T], args: tuple[object, ...]
    ) -> "tuple[ProcessPool, Future[_T]]":
        pool = self._running()
        try:
            return pool, pool.schedule(work, args=args, timeout=self._timeout_s)
        except RuntimeError as error:  # pebble's word for a pool that broke
            self._broken(pool, error)
        pool = self._running()
        return pool, pool.schedule(work, args=args, timeout=self._timeout_s)

    def _running(self) -> ProcessPool:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the pool is closed")
            if self._fault is not None:
                raise self._fault
            if self._pool is not None:
                return self._pool
            dead, self._dead = self._dead, []
            pool = self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=PIECES_PER_WORKER,
                initializer=_prepare_worker,
                initargs=(self._warm_up,),
                context=_forking(),
            )
            late = TimeoutError(f"none began to work within {self._start_s:g} s")
            self._start = threading.Timer(self._start_s, self._broken, [pool, late])
            self._start.daemon = True
            self._start.start()
        _end(dead)
        # Whether any worker starts shows in a first piece of no work.
        try:
            first = pool.schedule(_nothing)
        except (RuntimeError, OSError) as error:
            self._broken(pool, error)
            return self._running()
        first.add_done_callback(lambda done: self._started(pool, done))
        return pool

    def _started(self, pool: ProcessPool, first: "Future[None]") -> None:
        error = None if first.cancelled() else first.exception()
        if error is not None:
            self._broken(pool, error)
        elif self._start is not None:
            self._has_started = True
            self._start.cancel()

    def _broken(self, pool: ProcessPool, error: BaseException) -> None:
        """Nothing more will come of `pool`: pebble gives up where workers die that have no work.

        Where they had started once, others take their place with the next piece.
        """
        with self._lock:
            if self._is_closed or pool is not self._pool:
                return
            self._pool = None
            self._dead.append(pool)
            if not self._has_started:
                self._fault = WorkersUnavailable(
                    f"no worker process starts ({type(error).__name__}: {str(error)[:200]}); "
                    "what it wrote on standard error says why"
                )
            self._has_started = False
            waiting = list(self._waiting)
            self._waiting.clear()
        self._drop(waiting, error)

    def _drop(self, pieces: "Iterable[_Piece]", error: BaseException) -> None:
        """Settle pieces that nobody waits for any more, and that will never be done."""
        for piece in pieces:
            if self._is_closed:
                piece.outcome.cancel()
            if not piece.outcome.set_running_or_notify_cancel():
                continue
            if self._fault is not None:
                piece.outcome.set_exception(self._fault)
            else:
                piece.outcome.set_result(piece.instead(BrokenProcessPool(str(error))))

    def _settle(self, pool: ProcessPool, done: "Future[Any]", piece: "_Piece") -> None:
        error = None if done.cancelled() else done.exception()
        if isinstance(error, BrokenProcessPool):
            self._broken(pool, error)  # settles this piece with all the others
        with self._lock:
            if piece not in self._waiting:
                return
            self._waiting.discard(piece)
        if self._is_closed or done.cancelled():
            piece.outcome.cancel()
        if not piece.outcome.set_running_or_notify_cancel():
            return
        if error is None:
            piece.outcome.set_result(done.result())
        elif isinstance(error, Exception):
            piece.outcome.set_result(piece.instead(error))
        else:
            piece.outcome.set_exception(error)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """One piece of work that somebody waits for."""

    outcome: "Future[Any]"
    instead: Callable[[Exception], Any]


def _end(pools: Iterable[ProcessPool]) -> None:
    for pool in pools:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _done_here(
    work: Callable[..., _T], args: tuple[object, ...], instead: Callable[[Exception], _T]
) -> _T:
    try:
        return work(*args)
    except Exception as error:  # noqa: BLE001 - the boundary of one piece, as in a worker
        return instead(error)


def _forking() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload([ORIGIN])
    return context


def _nothing() -> None:
    pass


def _prepare_worker(warm_up: str | None) -> None:
    # Ctrl-C is the parent's to handle; it stops the workers in its own time.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where this fails, each piece of work will say of itself what is missing.
    with contextlib.suppress(Exception):
        if warm_up is not None:
            module, _, function = warm_up.partition(":")
            getattr(importlib.import_module(module), function)()
    # What is loaded by now stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_COLLECTION)
    # RLIMIT_DATA counts private memory only; address space would count shared libraries too.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    os.nice(_NICENESS)  # from now on: a busy machine should not keep it from beginning
