"""The frontier in real crawls, each a process of its own, some of them killed."""

import itertools
import json
import random
import signal
import sqlite3
import threading
import time
from collections import Counter

import pytest

from crawler.demo.server import Answer, WorldServer, reply
from tests.crawler.crawling import HOST, kill, start, urls, world

FRONTIER = [
    *("-s", "SCHEDULER=crawler.frontier.scheduler.FrontierScheduler"),
    *("-s", "DOWNLOADER=crawler.frontier.downloader.FrontierDownloader"),
    *("-s", "DATELINE_READERS=0"),
]


def begin(root, server, given, *options):
    return start(root, server, given, *FRONTIER, *options)


def finish(process, timeout_s=60):
    out, err = process.communicate(timeout=timeout_s)
    assert "Traceback" not in err, err
    return process.returncode, out, err


def states(root):
    connection = sqlite3.connect(f"file:{root / 'state.sqlite'}?mode=ro", uri=True)
    try:
        return dict(connection.execute("SELECT state, count(*) FROM frontier_urls GROUP BY state"))
    finally:
        connection.close()


def readings(root):
    connection = sqlite3.connect(f"file:{root / 'catalogue.sqlite'}?mode=ro", uri=True)
    try:
        return connection.execute(
            "SELECT c.url FROM readings JOIN captures c USING (record_id) WHERE kind != 'failure'"
        ).fetchall()
    finally:
        connection.close()


def pages(log):
    return Counter(served.path for served in log if served.path != "/robots.txt")


def test_every_url_is_done_and_asked_once(tmp_path):
    log = []
    with WorldServer(world, hosts=[HOST], log=log.append) as server:
        code, _, err = finish(begin(tmp_path / "a", server, urls(1, 12)))
        assert code == 0, err
        assert pages(log) == {f"/story/{number}": 1 for number in range(1, 13)}
        assert states(tmp_path / "a") == {2: 12}
        # a second run knows them all
        finish(begin(tmp_path / "a", server, urls(1, 13)))
    assert pages(log) == {f"/story/{number}": 1 for number in range(1, 14)}


def misbehaving(asked):
    match asked.path:
        case "/robots.txt":
            return reply(b"User-agent: *\nDisallow: /private\n", content_type="text/plain")
        case "/moved":
            return reply(status="301 Moved", headers=[("Location", "/story/1")])
        case "/clean?utm_source=x":
            return reply(status="302 Found", headers=[("Location", "/clean")])
        case "/dead":
            return Answer(then_reset=True)
        case "/busy" if asked.count == 1:
            return reply(status="503 Busy")
    return world(asked)


def test_redirects_retries_and_refusals_each_come_to_their_end(tmp_path):
    log = []
    given = [
        f"http://{HOST}{path}"
        for path in ("/moved", "/clean?utm_source=x", "/busy", "/private/1", "/story/2")
    ]
    with WorldServer(misbehaving, hosts=[HOST], log=log.append) as server:
        process = begin(
            tmp_path / "a",
            server,
            [*given, f"http://{HOST}/dead"],
            *("-s", "DATELINE_BACKOFF_S=0.05", "-s", "RETRY_TIMES=1"),
        )
        finish(process)
    asked = pages(log)
    assert asked.pop("/dead") >= 2
    assert asked == {
        "/moved": 1,
        "/story/1": 1,
        "/clean?utm_source=x": 1,
        "/clean": 1,
        "/busy": 2,
        "/story/2": 1,
    }
    # done: moved, its target, clean, busy, story 2; failed: dead; refused: private
    assert states(tmp_path / "a") == {2: 5, 3: 1, 4: 1}


def test_a_host_that_rests_wakes_the_crawl_and_is_never_asked_early(tmp_path):
    at = []

    def noting(asked):
        if asked.path != "/robots.txt":
            at.append(time.monotonic())
        return world(asked)

    with WorldServer(noting, hosts=[HOST]) as server:
        finish(begin(tmp_path / "a", server, urls(1, 4), "--delay", "0.3"))
    gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
    assert len(gaps) == 3
    assert min(gaps) > 0.28
    assert max(gaps) < 4.5  # the engine's own heart beats every five seconds


def in_flight(root):
    connection = sqlite3.connect(root / "state.sqlite")
    try:
        rows = connection.execute("SELECT request FROM frontier_urls WHERE state = 1").fetchall()
    finally:
        connection.close()
    return {json.loads(request)["url"].removeprefix(f"http://{HOST}") for (request,) in rows}


def kill_and_go_on(root, *, seed, kills, count):
    """Crawl `count` pages through so many kills; nothing is lost, little is asked again."""
    chance = random.Random(seed)
    log, enough = [], threading.Event()
    again = set()
    options = ["-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"]
    limit = 0

    def noting(served):
        log.append(served)
        if len(log) >= limit:
            enough.set()

    with WorldServer(world, hosts=[HOST], log=noting) as server:
        for _ in range(kills):
            limit = len(log) + chance.randrange(3, count // kills)
            enough.clear()
            process = begin(root, server, urls(1, count), *options)
            assert enough.wait(30)
            time.sleep(chance.random() * 0.05)
            kill(process)
            again |= in_flight(root)
        limit = 10**9
        code, _, err = finish(begin(root, server, urls(1, count), *options))
    assert code == 0, err
    assert states(root) == {2: count}
    assert len({url for (url,) in readings(root)}) == count
    asked = pages(log)
    assert len(asked) == count
    assert {path for path, times in asked.items() if times > 1} <= again


def test_after_a_kill_only_what_was_in_flight_is_asked_again(tmp_path):
    kill_and_go_on(tmp_path / "a", seed=1, kills=2, count=60)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10))
def test_after_many_kills_only_what_was_in_flight_is_asked_again(tmp_path, seed):
    kill_and_go_on(tmp_path / "a", seed=seed, kills=20, count=400)


def test_a_stop_in_good_order_leaves_nothing_in_flight_unaccounted_for(tmp_path):
    log, enough = [], threading.Event()

    def noting(served):
        log.append(served)
        if len(log) > 10:
            enough.set()

    with WorldServer(world, hosts=[HOST], log=noting) as server:
        process = begin(tmp_path / "a", server, urls(1, 30), "--delay", "0.02")
        assert enough.wait(30)
        process.send_signal(signal.SIGTERM)
        finish(process)
        before = states(tmp_path / "a")
        assert sum(before.values()) <= 30
        assert before.get(1, 0) <= 1
        finish(begin(tmp_path / "a", server, urls(1, 30)))
    assert states(tmp_path / "a") == {2: 30}
    asked = pages(log)
    assert len(asked) == 30
    assert sum(asked.values()) <= 31
