"""What a watched archive survives: kills, full disks, cut networks, clocks that jump."""

import datetime as dt
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter

import pytest

from archive import verify
from crawler.demo.server import Answer, Part, WorldServer, reply
from tests.crawler.cli.running import assert_one_line
from tests.watch.watching import in_flight, kill, rows, run, sources_file, start, turned
from tests.watch.world import START, Press

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def assert_whole(root, press, count):
    """Nothing was lost: every story is live and read, every record is sound."""
    found = rows(root, "SELECT url FROM watch_pages WHERE state = 'live'")
    assert sorted(url for (url,) in found) == sorted(press.stories)
    read = rows(
        root,
        "SELECT DISTINCT c.url FROM readings JOIN captures c USING (record_id)"
        " WHERE article_id IS NOT NULL",
        "catalogue.sqlite",
    )
    assert len(read) == count
    assert rows(root, "SELECT DISTINCT state FROM frontier_urls") == [(2,)]
    report = verify(root)
    assert report.is_sound, report.faults
    assert not list(root.rglob("*.open"))


def kill_and_go_on(tmp_path, *, seed, kills, sites, stories):
    chance = random.Random(seed)
    press = Press.of(sites=sites, stories=stories)
    count = sites * stories
    served, enough = Counter(), threading.Event()
    limit = 0

    def noting(asked):
        if served.total() >= limit:
            enough.set()
        served[f"http://{asked.host}{asked.path}"] += 1
        return press(asked)

    root, again = tmp_path / "a", Counter()
    with WorldServer(noting, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        for nth in range(kills):
            limit = served.total() + chance.randrange(1, max(2, (count * 2) // kills))
            enough.clear()
            process = start(root, server, sources, START, "--json")
            # Some kills come before anything is asked, some after all is done.
            enough.wait(chance.random() * 2 if nth % 5 == 4 else 6)
            time.sleep(chance.random() * 0.05)
            kill(process)
            again.update(in_flight(root))
        limit = 10**9
        report = run(root, server, sources, START)
    assert report["pages"] == {"live": count}
    assert_whole(root, press, count)
    for story in press.stories.values():
        assert 1 <= served[story.url] <= 1 + again[story.url], story.url


def test_after_kills_nothing_is_lost_and_only_what_was_in_flight_is_asked_again(tmp_path):
    kill_and_go_on(tmp_path, seed=3, kills=3, sites=3, stories=12)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10))
def test_after_200_kills_nothing_is_lost(tmp_path, seed):
    kill_and_go_on(tmp_path, seed=seed, kills=20, sites=10, stories=40)


def test_a_death_between_a_feed_and_its_links_loses_no_link(tmp_path):
    """The feed is kept and will answer 304; nobody noted what it announced."""
    press = Press.of(sites=1, stories=3)
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        run(tmp_path / "a", server, sources, START)
        for statement in (
            "DELETE FROM watch_turns",
            "DELETE FROM watch_pages",
            "DELETE FROM watch_documents",
            "DELETE FROM watch_sources",
        ):
            write(tmp_path / "a", statement)
        report = run(tmp_path / "a", server, sources, START + HOUR)
    assert press.asked["http://site0.example/feed.xml"] == 3  # 200, 304, 200
    assert report["pages"] == {"live": 3}


def test_a_death_between_a_page_and_its_reading_reads_it_again(tmp_path):
    press = Press.of(sites=1, stories=1)
    (story,) = press.stories.values()

    def tagged(asked):
        if asked.path != story.path:
            return None
        if asked.headers.get("if-none-match") == '"one"':
            return reply(status="304 Not Modified", headers=[("ETag", '"one"')], content_type=None)
        page = press._page(story, asked.count).encode()
        return reply(page, headers=[("ETag", '"one"')])

    press.behaviours["site0.example"] = tagged
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        root = tmp_path / "a"
        run(root, server, sources, START)
        run(root, server, sources, START + HOUR)
        assert rows(root, "SELECT looks, state FROM watch_pages") == [(2, "live")]
        write(root, "UPDATE watch_pages SET record_id = 'urn:of-an-earlier-one'")
        run(root, server, sources, START + 5 * HOUR)
        assert rows(root, "SELECT looks, state FROM watch_pages") == [(3, "live")]
    captures = rows(
        root,
        f"SELECT status FROM captures WHERE url = '{story.url}' ORDER BY captured_at",
        "catalogue.sqlite",
    )
    assert captures == [(200,), (304,), (304,), (200,)]


def write(root, statement):
    connection = sqlite3.connect(root / "state.sqlite", isolation_level=None)
    try:
        connection.execute(statement)
    finally:
        connection.close()


def test_a_full_disk_ends_the_run_in_one_line_and_the_next_goes_on(tmp_path):
    press = Press.of(sites=2, stories=40)
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        for limit in (150_000, 260_000, 420_000):
            process = start(root, server, sources, START, largest_file=limit)
            _, err = process.communicate(timeout=60)
            assert process.returncode in {0, 2}, err
            assert "Traceback" not in err
            if process.returncode:
                assert_one_line(err)
        report = run(root, server, sources, START)
    assert report["pages"] == {"live": 80}
    assert_whole(root, press, 80)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own that `mount -o remount` can make larger."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.soak
def test_a_small_disk_that_fills_again_and_again_costs_nothing_that_was_kept(small_disk, tmp_path):
    press = Press.of(sites=4, stories=40)
    root, ends = small_disk / "a", []
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        for size in ("2m", "2m", "3m", "5m"):
            remount = ["mount", "-o", f"remount,size={size}", str(small_disk)]
            subprocess.run(remount, check=True)
            process = start(root, server, sources, START)
            _, err = process.communicate(timeout=120)
            ends.append(process.returncode)
            assert "Traceback" not in err, err
        assert ends[0] == 2, "the first run must find the disk full"
        subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
        report = run(root, server, sources, START)
    print(f"exit codes on the small disk: {ends}", end=" ")
    assert report["pages"] == {"live": 160}
    assert_whole(root, press, 160)


def test_a_network_that_is_cut_for_hours_costs_no_page_and_no_state(tmp_path):
    press = Press.of(sites=3, stories=4)
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        run(root, server, sources, START)
        for host in press.hosts:
            press.behaviours[host] = lambda _: Answer(then_reset=True)
        cut = run(root, server, sources, START + 4 * HOUR)
        assert cut["pages"] == {"failing": 12}
        press.behaviours.clear()
        new = press.publish("site0.example", at=START + 5 * HOUR)
        press.now = START + 12 * HOUR
        healed = run(root, server, sources, press.now)
    assert healed["pages"] == {"live": 13}
    assert press.asked[new.url] == 1
    assert turned(root, "edited") == []
    failures = rows(
        root,
        "SELECT DISTINCT failure_kind FROM captures WHERE failure_kind IS NOT NULL",
        "catalogue.sqlite",
    )
    assert ("disconnect",) in failures


def test_a_clock_that_jumps_neither_asks_for_ever_nor_never(tmp_path):
    press = Press.of(sites=1, stories=3)
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        run(root, server, sources, START + 3 * DAY)
        press.asked.clear()
        back = run(root, server, sources, START)  # set back by three days
        assert press.asked == {}
        assert [concern["kind"] for concern in back["health"]] == ["clock"]
        run(root, server, sources, START + 2 * HOUR)
        assert press.asked["http://site0.example/feed.xml"] == 1
        assert press.article_requests() == 0
        run(root, server, sources, START + 1.5 * DAY)
        assert press.article_requests() == 3
        run(root, server, sources, START + 500 * DAY)  # and forward, for good
    assert press.article_requests() == 6
    assert rows(root, "SELECT DISTINCT state FROM watch_pages") == [("live",)]


def test_a_clock_that_was_years_ahead_for_one_run_ends_the_watch_of_no_page(tmp_path):
    """At that age pages are looked at no more; sources that were asked in time hid the jump."""
    press = Press.of(sites=1, stories=2)
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        run(root, server, sources, START)
        run(root, server, sources, START + 500 * DAY)
        assert rows(root, "SELECT DISTINCT next_at FROM watch_pages") == [(None,)]
        write(root, f"UPDATE watch_sources SET asked_at = {(START + HOUR).timestamp()}")
        press.asked.clear()
        run(root, server, sources, START + 3 * HOUR)
        assert press.article_requests() == 0
        run(root, server, sources, START + 7 * HOUR)
    assert press.article_requests() == 2


def test_a_stop_cuts_what_stalls_and_it_waits_for_the_next_run(tmp_path):
    press = Press.of(sites=2, stories=3)
    stalled = threading.Event()
    stuck = next(iter(press.stories.values()))

    def stalling(asked):
        if asked.path == stuck.path and not stalled.is_set():
            stalled.set()
            head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
            return Answer((Part(head + b"so far ", wait_s=600),))
        return None

    press.behaviours[stuck.host] = stalling
    root = tmp_path / "a"
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        process = start(root, server, sources, START, "--json")
        assert stalled.wait(30)
        time.sleep(0.3)
        told_at = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
        assert time.monotonic() - told_at < 10
        assert (process.returncode, "Traceback" in err) == (130, False), err
        assert stuck.url in in_flight(root)
        report = run(root, server, sources, START)
    assert report["pages"] == {"live": 6}
    assert_whole(root, press, 6)
