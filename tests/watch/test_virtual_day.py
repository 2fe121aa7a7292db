"""A virtual day: sources watched by runs at instants that the test names."""

import datetime as dt
import os
import random

import pytest

from archive import verify
from crawler.demo.server import WorldServer
from tests.watch.watching import rows, run, sources_file, turned
from tests.watch.world import START, Press

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def states(root):
    return dict(rows(root, "SELECT state, count(*) FROM frontier_urls GROUP BY state"))


def test_what_a_feed_announces_is_fetched_once_and_the_next_run_asks_only_for_news(tmp_path):
    press = Press.of(sites=2, stories=3)
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        first = run(tmp_path / "a", server, sources, START)
        assert press.article_requests() == 6
        assert first["pages"] == {"live": 6}
        press.asked.clear()
        again = run(tmp_path / "a", server, sources, START)
        assert press.asked == {}
        assert again == {"run": None, "outcome": "nothing-due"}
        assert len(list((tmp_path / "a" / "warc").iterdir())) == 1
        new = press.publish("site0.example", at=START)
        run(tmp_path / "a", server, sources, START + dt.timedelta(minutes=45))
    # nothing is due of the old articles but what their age makes so
    assert press.asked[new.url] == 1
    kinds = dict(
        rows(
            tmp_path / "a", "SELECT kind, count(*) FROM captures GROUP BY kind", "catalogue.sqlite"
        )
    )
    assert kinds["revisit"] >= 1  # the feed that had not changed
    assert set(states(tmp_path / "a")) == {2}
    assert verify(tmp_path / "a").is_sound


def test_edits_deletions_and_moves_are_found_and_churn_is_none(tmp_path):
    watch_for_changes(tmp_path, sites=3, stories=6, edits=3, deletions=2, moves=2)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_edits_deletions_and_moves_are_found_among_many(tmp_path):
    sites = int(os.environ.get("WATCH_SITES", "1000"))
    watch_for_changes(
        tmp_path,
        sites=sites,
        stories=30,
        edits=sites // 2,
        deletions=sites // 20,
        moves=sites // 50,
    )


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_thousand_looks_at_pages_with_churn_find_every_edit_and_no_other(tmp_path):
    press, chance = Press.of(sites=5, stories=20), random.Random(7)
    root, edits = tmp_path / "a", 0
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        for hours in (0, 4, 8, 12, 16, 20, 25, 50, 75, 100, 125, 150):
            press.now = START + hours * HOUR
            if hours:
                for story in chance.sample(list(press.stories.values()), 5):
                    press.edit(story)
                    edits += 1
            run(root, server, sources, press.now)
    looks = rows(root, "SELECT sum(looks) FROM watch_pages")[0][0]
    assert looks >= 1000 + len(press.stories)
    assert press.article_requests() == looks
    versions = rows(root, "SELECT count(*) FROM versions", "catalogue.sqlite")
    assert versions == [(len(press.stories) + edits,)]
    found = "SELECT count(*) FROM turns WHERE version_id IS NOT NULL"
    assert rows(root, found, "catalogue.sqlite") == [(edits,)]
    assert len(turned(root, "edited")) == edits


def watch_for_changes(tmp_path, *, sites, stories, edits, deletions, moves):
    """The press is watched, changes, and is watched again: what changed is found, no more."""
    press = Press.of(sites=sites, stories=stories)
    count = sites * stories
    with WorldServer(press, hosts=press.hosts) as server:
        sources = sources_file(tmp_path / "sources.toml", press)
        root = tmp_path / "a"
        first = run(root, server, sources, START, timeout_s=7000)
        assert first["pages"] == {"live": count}
        assert press.article_requests() == count
        press.asked.clear()
        run(root, server, sources, START, timeout_s=7000)
        assert press.article_requests() < max(1, count // 100)
        known = list(press.stories.values())
        changed = known[:: max(1, count // (edits + deletions + moves))]
        edited = changed[:edits]
        deleted = changed[edits : edits + deletions]
        led_away = changed[edits + deletions : edits + deletions + moves]
        for story in edited:
            press.edit(story)
        for story in deleted:
            press.delete(story)
        for story in led_away:
            press.move(story)
        press.now = START + 2 * DAY
        run(root, server, sources, press.now, timeout_s=7000)
        # and once more: nothing has changed since
        run(root, server, sources, press.now + 2 * DAY, timeout_s=7000)
    assert turned(root, "edited") == sorted(story.url for story in edited)
    assert turned(root, "gone") == sorted(story.url for story in deleted)
    assert turned(root, "moved") == sorted(story.url for story in led_away)
    targets = {story.moved_to for story in led_away}
    assert turned(root, "live") == sorted({story.url for story in known} | targets)
    versions = rows(root, "SELECT count(*) FROM versions", "catalogue.sqlite")
    assert versions == [(count + len(edited) + len(led_away),)]
