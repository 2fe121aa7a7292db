"""A virtual day of runs, most of them killed; disk, network and clock fail too."""

import datetime as dt
import random
import signal
import threading
import time
from collections import Counter

import pytest

from archive import verify
from crawler.demo.server import Answer, WorldServer
from tests.watch.watching import in_flight, kill, rows, run, sources_file, start, turned
from tests.watch.world import START, Press

HOUR = dt.timedelta(hours=1)


class Day:
    """The press and the archive that watches it, through the hours of one day."""

    def __init__(self, tmp_path, *, seed, sites, stories):
        self.chance = random.Random(seed)
        self.root = tmp_path / "a"
        self.press = Press.of(sites=sites, stories=stories)
        self.sources = sources_file(tmp_path / "sources.toml", self.press)
        self.served = Counter()
        self.in_flight_at_death = Counter()
        self.kills = 0
        self._enough, self._limit = threading.Event(), 0

    def __call__(self, asked):
        if "/story-" in asked.path:
            self.served[f"http://{asked.host}{asked.path}"] += 1
            if self.served.total() >= self._limit:
                self._enough.set()
        return self.press(asked)

    def killed_run(self, server, at):
        """A run that is killed, mostly amid its work; it may have ended just before."""
        self._limit = self.served.total() + self.chance.randrange(1, 12)
        self._enough.clear()
        process = start(self.root, server, self.sources, at)
        until = time.monotonic() + self.chance.choice([self.chance.random(), 10, 10, 10])
        while not self._enough.wait(0.02) and process.returncode is None:
            if time.monotonic() > until:
                break
        time.sleep(self.chance.random() * 0.03)
        kill(process)
        self.kills += process.returncode == -signal.SIGKILL
        self.in_flight_at_death.update(in_flight(self.root))

    def kill_until(self, kills, server, at):
        """So many kills since the day began; fewer where there is too little to do at that hour."""
        for _ in range(60):
            if self.kills < kills:
                self.killed_run(server, at)

    def run_on_a_full_disk(self, server, at):
        """A run no file of which may grow much beyond what the largest has by now."""
        largest = max(path.stat().st_size for path in self.root.iterdir() if path.is_file())
        full = start(self.root, server, self.sources, at, largest_file=largest + 20_000)
        _, err = full.communicate(timeout=120)
        assert full.returncode in {0, 2}, err
        assert "Traceback" not in err
        self.in_flight_at_death.update(in_flight(self.root))

    def run(self, server, at):
        self._limit = 10**9
        return run(self.root, server, self.sources, at)

    def cut_network(self):
        for host in self.press.hosts:
            self.press.behaviours[host] = lambda _: Answer(then_reset=True)

    def mend_network(self):
        self.press.behaviours.clear()


def live_through(tmp_path, *, seed, kills, sites, stories):
    """A day with so many kills; at its end everything is known, and nothing was asked in vain."""
    day = Day(tmp_path, seed=seed, sites=sites, stories=stories)
    press, chance = day.press, day.chance
    with WorldServer(day, hosts=press.hosts) as server:
        for hour in range(24):
            press.now = at = START + hour * HOUR
            for host in chance.sample(press.hosts, sites // 2):
                press.publish(host)
            if hour == 6:
                day.cut_network()
            if hour == 9:
                day.mend_network()
            if hour == 13:
                at -= 5 * HOUR  # the clock is set back, and right again an hour later
            day.kill_until(kills * (hour + 1) // 25, server, at)
            if hour in (11, 12):
                day.run_on_a_full_disk(server, at)
            day.run(server, at)
        # What was published since the last look at its feed, and is deleted now, nobody can know.
        watched = rows(day.root, "SELECT url FROM watch_pages ORDER BY page_id")
        known = [press.stories[url] for (url,) in watched]
        edited, gone = known[::7], known[3::11]
        gone = [story for story in gone if story not in edited]
        for story in edited:
            press.edit(story)
        for story in gone:
            press.delete(story)
        press.now = START + 72 * HOUR
        day.kill_until(kills, server, press.now)
        day.run(server, press.now)
    assert day.kills == kills
    print(f"{day.kills} kills; {day.served.total()} articles served;", end=" ")
    print(f"{day.in_flight_at_death.total()} in flight at a death")
    assert_nothing_was_lost(day, edited=edited, gone=gone)


def assert_nothing_was_lost(day, *, edited, gone):
    press, root = day.press, day.root
    report = verify(root)
    assert report.is_sound, report.faults
    looks = dict(rows(root, "SELECT url, looks FROM watch_pages"))
    assert sorted(looks) == sorted(press.stories)
    cut_off = dict(
        rows(
            root,
            "SELECT url, count(*) FROM captures WHERE failure_kind IS NOT NULL GROUP BY url",
            "catalogue.sqlite",
        )
    )
    for url, times in looks.items():
        # where the network was cut, a look may not have come as far as the host
        least = times - cut_off.get(url, 0)
        assert least <= day.served[url] <= times + day.in_flight_at_death[url], url
    assert turned(root, "edited") == sorted(story.url for story in edited)
    assert turned(root, "gone") == sorted(story.url for story in gone)
    assert rows(root, "SELECT DISTINCT state FROM frontier_urls") == [(2,)]
    versions = rows(root, "SELECT count(*) FROM versions", "catalogue.sqlite")
    assert versions == [(len(press.stories) + len(edited),)]
    unexplained = (
        "SELECT count(*) FROM captures WHERE status IS NULL AND failure_kind IS NULL"
        " UNION ALL SELECT count(*) FROM readings WHERE record_id NOT IN"
        " (SELECT record_id FROM captures)"
        " UNION ALL SELECT count(*) FROM sightings WHERE record_id NOT IN"
        " (SELECT record_id FROM captures)"
    )
    assert rows(root, unexplained, "catalogue.sqlite") == [(0,), (0,), (0,)]
    assert not list(root.rglob("*.open"))


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", [1])
def test_a_day_of_200_kills_and_other_faults_loses_nothing(tmp_path, seed):
    live_through(tmp_path, seed=seed, kills=200, sites=8, stories=30)
