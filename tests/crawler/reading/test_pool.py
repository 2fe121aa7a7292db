import os
import signal
import time
from concurrent.futures import CancelledError, wait

import pytest

from archive import Verdict
from crawler.extract.page import Page
from crawler.reading.page import read_page
from crawler.reading.pool import ReadingPool


def page(body):
    return Page(url="https://a.example/", body=body, content_type="text/html")


def reader(one, record_id, *, requisites):
    """Reads, but for pages that tell it to misbehave."""
    if one.body == b"stall":
        time.sleep(600)
    if one.body == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if one.body == b"raise":
        raise ValueError("no")
    if one.body == b"hoard":
        bytearray(3 << 30)
    return read_page(one, record_id, requisites=requisites)


@pytest.fixture(scope="module")
def pool():
    with ReadingPool(2, 3.0, reader=reader) as shared:
        shared.submit(page(b"<p>x"), "warm").result(60)
        yield shared


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"stall", "not read within 3 s"),
        (b"crash", "process failed"),
        (b"raise", "ValueError"),
        (b"hoard", "MemoryError"),
    ],
)
def test_a_page_that_breaks_its_worker_is_unreadable_and_its_neighbours_are_read(
    pool, body, reason
):
    bad = pool.submit(page(body), "bad")
    good = [pool.submit(page(b"<h1>Title</h1>"), f"good-{n}") for n in range(6)]
    wait([bad, *good], timeout=60)
    assert bad.result().reading.verdict is Verdict.UNREADABLE
    assert bad.result().reading.record_id == "bad"
    assert reason in bad.result().reading.reason
    assert [one.result().reading.record_id for one in good] == [f"good-{n}" for n in range(6)]
    assert all(one.result().reading.article.headline == "Title" for one in good)


def test_closing_is_prompt_and_cancels_what_is_not_read():
    pool = ReadingPool(1, 600, reader=reader)
    tasks = [pool.submit(page(b"stall"), "a") for _ in range(5)]
    started = time.monotonic()
    pool.close()
    pool.close()
    assert time.monotonic() - started < 10
    for task in tasks:
        with pytest.raises(CancelledError):
            task.result(0)


def test_without_workers_pages_are_read_here():
    seen = []

    def here(one, record_id, *, requisites):
        seen.append(os.getpid())
        return read_page(one, record_id, requisites=requisites)

    with ReadingPool(0, 1, reader=here) as pool:
        assert (
            pool.submit(page(b"<h1>Title</h1>"), "r").result(0).reading.article.headline == "Title"
        )
    assert seen == [os.getpid()]
