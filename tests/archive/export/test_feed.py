"""Who follows the feed holds the rows that an export would give, however fast it follows."""

import random
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import ArchiveFolder, Position
from archive.catalogue.changes import PRESENT
from archive.catalogue.connection import snapshot
from archive.export.entries import read_feed
from archive.export.rows import Rows
from tests.archive.catalogue.facts import (
    RUN,
    STORY,
    add,
    article,
    capture,
    citation,
    crawls,
    opened,
)
from tests.examples import examples


class Follower:
    """Holds rows, as the feed tells of them and of nothing else."""

    def __init__(self, root):
        self._root = root
        self._since = None
        self.rows = {}

    def follow(self, most=None):
        """Take so many entries; how many there were."""
        entries = list(read_feed(self._root, self._since))[:most]
        for entry in entries:
            if entry.row is None:
                self.rows.pop((entry.kind, entry.id), None)
            else:
                self.rows[entry.kind, entry.id] = entry.row
            self._since = Position.parse(entry.position)
        return len(entries)


def rows_now(root):
    with snapshot(root / "catalogue.sqlite") as connection:
        rows = Rows(connection)
        return {
            (kind, row.record_id if kind == "captures" else row.id): row
            for kind in PRESENT
            for row in rows.of(kind)
        }


def stories(follower):
    return [row for (kind, _), row in follower.rows.items() if kind == "clusters"]


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crawl=crawls(), steps=st.lists(st.integers(0, 9), max_size=20), withdrawn=st.booleans())
def test_who_follows_in_any_steps_holds_the_very_rows(crawl, steps, withdrawn, tmp_path_factory):
    root = ArchiveFolder.create(tmp_path_factory.mktemp("feed") / "archive").root
    captures, readings = crawl
    follower = Follower(root)
    with opened(root / "catalogue.sqlite") as writer:
        with writer.batch():
            writer.add_run(RUN)
            for kept in captures:
                writer.add_capture(kept)
        for number, reading in enumerate(readings):
            with writer.batch():
                writer.add_reading(reading)
            follower.follow(steps[number] if number < len(steps) else None)
        if withdrawn:
            writer.forget({captures[0].record_id})
    follower.follow()
    assert follower.rows == rows_now(root)
    assert follower.follow() == 0


def cited(follower):
    [row] = [row for (kind, _), row in follower.rows.items() if kind == "citations"]
    return row


@pytest.mark.parametrize("later", [None, 0])
def test_a_citation_names_the_capture_that_made_it_and_no_other_of_its_instant(later, tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    follower = Follower(root)
    citing = article(posts=(citation("1"),))
    with opened(root / "catalogue.sqlite") as writer:
        at = capture(1).captured_at
        add(writer, 1, article())
        add(writer, 2, citing, captured_at=at)  # and so the same version
        add(writer, 3, citing, captured_at=at)
        if later is not None:  # seen again, in a record whose id goes before theirs
            add(writer, later, article(), captured_at=capture(9).captured_at)
        follower.follow()
        assert cited(follower).record_id == capture(2).record_id
        writer.forget({capture(1).record_id})
        follower.follow()
        assert cited(follower).record_id == capture(2).record_id
        writer.forget({capture(2).record_id})
        assert follower.follow() > 0
    assert cited(follower).record_id == capture(3).record_id
    assert follower.rows == rows_now(root)


def test_a_citation_is_told_of_again_where_a_capture_of_its_instant_goes_before_its_own(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    follower = Follower(root)
    with opened(root / "catalogue.sqlite") as writer:
        at = capture(2).captured_at
        add(writer, 2, article(posts=(citation("1"),)))
        follower.follow()
        add(writer, 1, article(posts=(citation("1"),)), captured_at=at)
    follower.follow()
    assert cited(follower).record_id == capture(1).record_id
    assert follower.rows == rows_now(root)


def test_a_story_is_told_of_again_where_one_of_its_articles_was_seen_before(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    follower = Follower(root)
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 2, article())
        add(writer, 3, article("https://other.example/b"))
        follower.follow()
        add(writer, 4, article("https://other.example/b"), captured_at=capture(1).captured_at)
        follower.follow()
        assert {row.first_seen_at for row in stories(follower)} == {capture(1).captured_at}
        assert follower.rows == rows_now(root)
        writer.forget({capture(4).record_id})
    follower.follow()
    assert {row.first_seen_at for row in stories(follower)} == {capture(2).captured_at}
    assert follower.rows == rows_now(root)


def test_a_post_that_a_newer_reader_does_not_find_keeps_the_reader_that_did(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    follower = Follower(root)
    with opened(root / "catalogue.sqlite") as writer:
        add(writer, 1, article(posts=(citation("1"),)), reader="r/9")
        follower.follow()
        add(writer, 1, article(), reader="r/10")
    follower.follow()
    [row] = [row for (kind, _), row in follower.rows.items() if kind == "posts"]
    assert (row.record_id, row.reader) == (capture(1).record_id, "r/9")
    assert follower.rows == rows_now(root)


def test_who_follows_in_random_steps_while_a_crawl_writes_holds_the_very_rows(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    chance = random.Random(7)
    is_done = threading.Event()

    def follow(follower):
        while True:
            was_done = is_done.is_set()
            if not follower.follow(chance.randrange(1, 12)) and was_done:
                return

    with opened(root / "catalogue.sqlite") as writer:
        followers = [Follower(root) for _ in range(2)]
        threads = [threading.Thread(target=follow, args=(one,)) for one in followers]
        for thread in threads:
            thread.start()
        try:
            for number in range(25):
                text = f"{STORY} {'and a tail of it' * (number % 3)} {'short' * (number % 2)}"
                address = f"https://news.example/2026/a-{number % 7}"
                posts = (citation(str(number % 4)),)
                add(writer, number, article(address, text=text, posts=posts))
        finally:
            is_done.set()
            for thread in threads:
                thread.join()
    assert followers[0].rows == followers[1].rows == rows_now(root)
