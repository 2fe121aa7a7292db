import asyncio
import contextlib
import random
import signal
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive import Archive, ArchiveBusy, CatalogueReader, StoreUnavailable
from crawler.demo.server import WorldServer
from crawler.running.keeper import Keeper
from crawler.settings import DATELINE_KEYS
from tests.archive.generated import HeldBlock, assert_whole, made, new_run, reading_of
from tests.checkers import assert_checkers_pass
from tests.crawler import crawling
from tests.strategies import page

WAIT_S = 30


class Stats(dict):
    def inc_value(self, name, count=1):
        self[name] = self.get(name, 0) + count

    def get_stats(self):
        return self


class Engine:
    spider = object()

    def __init__(self):
        self.closed = []

    async def close_spider_async(self, *, reason):
        self.closed.append(reason)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def keeper(root):
    with Archive.open(root, run=new_run("run-1")) as archive:
        yield Keeper(SimpleNamespace(engine=Engine()), archive, Stats())


def test_what_is_kept_is_counted(keeper):
    async def crawl():
        for body in (b"one", b"two", b"one"):
            capture = await keeper.keep(made(keeper.run_id, page(body)))
        assert (await keeper.record(reading_of(capture))).is_new_article

    asyncio.run(crawl())
    assert keeper._stats == {
        "dateline/captures/response": 2,
        "dateline/captures/revisit": 1,
        "dateline/duplicates/payload": 1,
    }


def test_one_who_is_cancelled_leaves_the_bytes_alone_until_they_are_kept(keeper, root):
    block = HeldBlock(page(b"news"))

    async def crawl():
        exchange = replace(made(keeper.run_id, block.data), response=block)
        keeping = asyncio.ensure_future(keeper.keep(exchange))
        await asyncio.to_thread(block.read.wait, WAIT_S)
        keeping.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not keeping.done()
        block.let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await keeping

    asyncio.run(crawl())
    keeper._archive.close()
    assert len(assert_whole(root)) == 1


def test_an_archive_that_fails_ends_the_crawl_once(keeper):
    async def crawl():
        capture = await keeper.keep(made(keeper.run_id, page()))
        keeper._archive._failure = StoreUnavailable("the disk is full")
        for call, what in (
            (keeper.keep, made(keeper.run_id, page())),
            (keeper.record, reading_of(capture)),
        ):
            with pytest.raises(StoreUnavailable):
                await call(what)
        await asyncio.sleep(0)

    asyncio.run(crawl())
    assert str(keeper.failure) == "the disk is full"
    assert keeper._crawler.engine.closed == ["archive-unavailable"]
    with pytest.raises(StoreUnavailable):
        keeper._archive.close()


def test_the_report_says_how_the_crawl_ended(keeper, root):
    keeper._stats |= {"dateline/captures/response": 3, "finish_reason": "finished", "memory": 9}
    keeper.spider_closed("finished")
    asyncio.run(keeper.engine_stopped())
    run = CatalogueReader(root / "catalogue.sqlite").run(keeper.run_id)
    assert run["outcome"] == "finished"
    assert run["counts"] == {"dateline/captures/response": 3}
    assert run["ended_at"] is not None


@pytest.fixture(scope="module")
def server():
    with WorldServer(crawling.world, hosts=[crawling.HOST]) as serving:
        yield serving


def test_a_disk_that_fills_ends_the_crawl_with_one_line_and_loses_nothing(root, server):
    urls = crawling.urls(0, 60)
    process = crawling.start(root, server, urls, file_size_limit=800_000)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert err.count("\n") == 1
    assert err.startswith("dateline: ")
    assert out == ""
    told = {view["record_id"] for view in CatalogueReader(root / "catalogue.sqlite").captures()}
    process = crawling.start(root, server, urls[:2], "--no-read")
    said = process.communicate(timeout=60)[1].splitlines()
    assert [line.startswith("dateline: recovered ") for line in said] == [True]
    assert process.returncode == 0
    assert told
    assert_whole(root, told)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who waits")
def test_a_crawl_that_waits_for_another_can_be_interrupted(root, server):
    with Archive.open(root, run=new_run("run-1")):
        waiting = crawling.start(root, server, crawling.urls(0, 1), "--wait")
        is_asking_for(root / "lock", waiting.pid)
        waiting.send_signal(signal.SIGINT)
        _, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, err) == (130, "dateline: interrupted\n")


def is_asking_for(path, pid):
    """Wait until the process waits for a lock on the file; Linux lists it with an arrow."""
    until = time.monotonic() + WAIT_S
    inode = str(path.stat().st_ino)
    while time.monotonic() < until:
        locks = Path("/proc/locks").read_text("ascii").splitlines()
        lines = [line.split() for line in locks if "->" in line]
        if any(str(pid) in line and line[-3].endswith(f":{inode}") for line in lines):
            return
        time.sleep(0.01)
    raise AssertionError("it never asked")


def wait_for_records(root, process):
    """Wait until the crawl has written 100 KB to a file of this run's own."""
    before = set((root / "warc").glob("*")) if root.exists() else set()
    while process.returncode is None:
        for path in (root / "warc").glob("*.open"):
            with contextlib.suppress(FileNotFoundError):
                if path not in before and path.stat().st_size > 100_000:
                    return
        time.sleep(0.01)
    raise AssertionError(process.communicate())


def kill_crawls(root, server, kills):
    chance = random.Random(kills)
    kept = set()
    for number in range(kills):
        urls = crawling.urls(number * 40, 400)
        process = crawling.start(root, server, urls, "-s", "DATELINE_WARC_BYTES=1000000")
        # Most often while it fetches and reads, sometimes while it starts and recovers.
        if number % 8 != 7:
            wait_for_records(root, process)
        time.sleep(chance.uniform(0.0, 2.0))
        crawling.kill(process)
        if (root / "catalogue.sqlite").exists():  # what it was told before it was killed
            kept |= dict(CatalogueReader(root / "catalogue.sqlite").locators()).keys()
        try:
            with Archive.open(root, run=new_run(f"again-{number}"), keys=Path(DATELINE_KEYS)):
                pass
        except ArchiveBusy:
            pytest.fail("a worker of the killed crawl holds the lock")
        stored = assert_whole(root, kept)
        kept |= set(stored)
    assert_checkers_pass(*sorted((root / "warc").glob("*.warc.gz")))
    print(f"{len(kept)} captures in {len(list((root / 'warc').glob('*.warc.gz')))} files")
    return kept


def test_crawls_killed_at_any_instant_leave_a_whole_archive(root, server):
    assert kill_crawls(root, server, 1)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_crawl_killed_fifty_times_leaves_a_whole_archive(root, server):
    kept = kill_crawls(root, server, 50)
    assert len(kept) > 500
    finished = crawling.start(root, server, crawling.urls(0, 30))
    _, err = finished.communicate(timeout=120)
    assert finished.returncode == 0, err
    assert_whole(root, kept)
