import contextlib
import os
import signal
import time

import pytest

from crawler.errors import WorkersUnavailable
from crawler.workers.pool import WorkerPool


def leave_at_once():
    os._exit(0)


def fail_at_once():
    os._exit(3)


def double(number):
    return 2 * number


def my_process():
    return os.getpid()


def my_niceness():
    return os.nice(0)


def fail(number):
    raise ValueError(str(number))


def failed(error):
    return type(error).__name__


@pytest.mark.parametrize("warm_up", [fail_at_once, leave_at_once])
def test_where_no_worker_starts_nobody_waits_for_ever(warm_up):
    with WorkerPool(1, 600, warm_up=warm_up, start_s=1.5) as pool:
        pieces = []
        with contextlib.suppress(WorkersUnavailable):  # known before all are given
            for number in range(50):
                pieces.append(pool.submit(double, number, instead=failed))  # noqa: PERF401
        for piece in pieces:
            with pytest.raises(WorkersUnavailable, match="no worker process starts"):
                piece.result(60)
        with pytest.raises(WorkersUnavailable):
            pool.submit(double, 1, instead=failed)


def test_a_warm_up_that_raises_is_no_reason_not_to_work():
    with WorkerPool(1, 60, warm_up=no_warm_up) as pool:
        assert pool.submit(double, 4, instead=failed).result(60) == 8


def no_warm_up():
    raise OSError("a library is missing")


def test_workers_give_way_to_the_crawl():
    with WorkerPool(1, 60) as pool:
        niceness = pool.submit(my_niceness, instead=failed).result(60)
    assert niceness == min(19, os.nice(0) + 10)


def test_workers_that_die_idle_are_replaced():
    with WorkerPool(1, 60) as pool:
        first = pool.submit(my_process, instead=failed).result(60)
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while True:
            # A piece that is given before the death is noticed may share it; the next does not.
            then = pool.submit(my_process, instead=failed).result(60)
            if isinstance(then, int):
                break
            assert time.monotonic() < deadline
        assert then != first


def test_nothing_is_taken_after_closing():
    pool = WorkerPool(1, 60)
    pool.close()
    with pytest.raises(RuntimeError):
        pool.submit(double, 1, instead=failed)


def test_without_workers_work_is_done_here_and_failures_are_told_the_same():
    with WorkerPool(0, 60) as pool:
        assert pool.submit(my_process, instead=failed).result(0) == os.getpid()
        assert pool.submit(fail, 1, instead=failed).result(0) == "ValueError"
