"""The change log: every change once, in order, and nothing that did not change."""

import sqlite3
import threading
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalogue import CatalogueWriter
from archive.catalogue.changes import GATHERINGS, PARTS, PRESENT, ChangeLog
from archive.catalogue.connection import open_writing, snapshot
from archive.catalogue.feed import Position, changes_after, newest_position, position_before
from archive.catalogue.schema import MIGRATIONS, migrate
from archive.catalogue.tally import Tally
from archive.errors import ArchiveError, BadPosition
from archive.model import Reading, Verdict
from tests.archive.catalogue.facts import (
    BEGAN,
    RUN,
    STORY,
    add,
    article,
    capture,
    citation,
    crawls,
    opened,
)
from tests.archive.export.demo_tables import add_by_hand
from tests.examples import examples

SHOWN_WITHIN_OTHERS = {
    "runs": "a capture's row names its run's label, which never changes",
    "warcs": "how far files are written is the archive's own business",
    "documents": "named by digest: another document is another reading",
    "answers": "the same",
    "article_copies": "web archives' copies are not exported yet; their captures are",
    "turns": "the newest of an article's turns is its standing",
    "meta": "of the catalogue itself",
    "article_keys": "where an id leads that is no article's now",
    "canonical_claims": "a fact that moves readings, which is noted",
    "short_links": "a fact that makes citations, which are noted",
    "version_links": "the same",
    "post_metrics": "in the answer, with its sighting",
    "post_pointers": "in the answer, with its sighting",
    "media": "an export's media are asked of the captures, by who names them",
    "media_seen": "the same",
    "media_named": "in the document or the answer",
    "media_bands": "an index",
    "near_bands": "an index",
    "near_probe": "which hashing made the sketches",
    "texts": "of the search index",
    "search": "the search index",
    "epochs": "the log itself",
    "changes": "the log itself",
}


def changes(path, since=None, **chosen):
    with snapshot(path) as connection:
        return list(changes_after(connection, since, **chosen))


def newest(path):
    with snapshot(path) as connection:
        return newest_position(connection)


def words(found):
    return [(one.kind, one.change) for one in found]


def present(connection):
    return {(kind, id_) for kind, query in PRESENT.items() for (id_,) in connection.execute(query)}


def standing(found):
    """What a consumer holds who did what the changes say."""
    held = set()
    for one in found:
        row = (one.kind, one.id)
        assert (row in held) == (one.change != "new"), one
        if one.change == "gone":
            held.remove(row)
        else:
            held.add(row)
    return held


def test_every_table_is_noted_or_has_a_reason_not_to_be(writer):
    tables = {
        name
        for (name,) in writer._connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
        )
        if not name.startswith(("sqlite_", "search_"))
    }
    noted = {part.table for part in PARTS}
    noted |= {table for gathering in GATHERINGS for table, _ in gathering.ids}
    assert noted.isdisjoint(SHOWN_WITHIN_OTHERS)
    assert tables == noted | set(SHOWN_WITHIN_OTHERS)


def test_an_article_with_a_post_is_four_kinds_of_news(writer, path):
    add(writer, 1, article(posts=(citation("1"),)))
    assert words(changes(path)) == [
        ("captures", "new"),
        ("articles", "new"),
        ("versions", "new"),
        ("citations", "new"),
        ("posts", "new"),
    ]


def test_only_what_is_other_than_before_is_noted(writer, path):
    add(writer, 1, article(posts=(citation("1"),)))
    since = newest(path)
    add(writer, 1, article(posts=(citation("1"),)))
    assert changes(path, since) == []
    add(writer, 2, article(posts=(citation("1"),)))
    assert words(changes(path, since)) == [
        ("captures", "new"),
        ("articles", "changed"),
        ("versions", "changed"),
        ("posts", "changed"),
    ]


def test_a_second_outlet_makes_a_cluster(writer, path):
    add(writer, 1, article())
    since = newest(path)
    add(writer, 2, article("https://other.example/b-2", STORY.upper(), headline="Other"))
    assert ("clusters", "new") in words(changes(path, since))


def test_articles_that_become_one_are_gone_and_changed(writer, path):
    page, copy = "https://a.example/amp/s-1", "https://b.example/2026/s-1"
    ids = [
        add(writer, 1, article(page, canonical=copy)).article_id,
        add(writer, 2, article(copy)).article_id,
    ]
    since = newest(path)
    last = add(writer, 3, article(copy, amp=page)).article_id
    found = {one.id: one.change for one in changes(path, since, kinds=["articles"])}
    (gone,) = set(ids) - {last}
    assert found == {gone: "gone", last: "changed"}


def test_what_was_withdrawn_is_gone_and_the_rest_is_left_in_peace(writer, path):
    add(writer, 1, article(posts=(citation("1"),)))
    add(writer, 2, article("https://other.example/b-2", "quite another"))
    since = newest(path)
    writer.forget({capture(1).record_id})
    found = changes(path, since)
    assert {(one.kind, one.change) for one in found} == {
        (kind, "gone") for kind in ("captures", "articles", "versions", "citations", "posts")
    }
    with snapshot(path) as connection:
        assert standing(changes(path)) == present(connection)


def test_a_batch_that_is_undone_leaves_no_change(writer, path):
    add(writer, 1, article())
    since = newest(path)
    with pytest.raises(ArchiveError), writer.batch():  # noqa: PT012 - the batch is what is undone
        writer.add_capture(capture(2))
        writer.add_capture(capture(3, run_id="unknown"))
    assert changes(path, since) == []
    add(writer, 3, url="https://else.example/")
    assert [one.id for one in changes(path, since)] == [capture(3).record_id]


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crawl=crawls(), steps=st.lists(st.integers(1, 9), max_size=40), withdrawn=st.booleans())
def test_who_follows_in_any_steps_holds_what_the_catalogue_holds(
    crawl, steps, withdrawn, tmp_path_factory
):
    path = tmp_path_factory.mktemp("feed") / "catalogue.sqlite"
    captures, readings = crawl
    taken = []
    with opened(path) as writer:
        with writer.batch():
            writer.add_run(RUN)
            for kept in captures:
                writer.add_capture(kept)
        for number, reading in enumerate(readings):
            with writer.batch():
                writer.add_reading(reading)
            step = steps[number] if number < len(steps) else 100
            since = taken[-1].position if taken else None
            taken += changes(path, since)[:step]
        if withdrawn:
            writer.forget({captures[0].record_id})
    taken += changes(path, taken[-1].position)
    assert taken == changes(path) == changes(path)
    numbers = [one.position.number for one in taken]
    assert numbers == sorted(set(numbers))
    with snapshot(path) as connection:
        assert standing(taken) == present(connection)


def test_a_reader_beside_a_writer_gets_every_change_once(path):
    is_done = threading.Event()
    taken = []

    def follow():
        step = 1
        while True:
            was_done = is_done.is_set()
            new = changes(path, taken[-1].position if taken else None)[:step]
            taken.extend(new)
            step = step % 7 + 1
            if was_done and not new:
                return

    with opened(path) as writer:
        follower = threading.Thread(target=follow)
        follower.start()
        try:
            for number in range(60):
                add(writer, number, article(f"https://news.example/2026/a-{number % 9}",
                                            text=f"{STORY} {number % 5}",
                                            posts=(citation(str(number % 4)),)))  # fmt: skip
        finally:
            is_done.set()
            follower.join()
    assert taken == changes(path)
    assert len(taken) > 200


def test_a_position_of_another_epoch_or_of_the_future_is_refused(writer, path):
    add(writer, 1, article())
    old = newest(path)
    with writer.batch():
        writer._changes.begin_epoch()
    new = newest(path)
    assert new.epoch != old.epoch
    with pytest.raises(BadPosition, match="rebuilt"):
        changes(path, old)
    with pytest.raises(BadPosition, match="beyond"):
        changes(path, Position(epoch=new.epoch, number=new.number + 1))
    with snapshot(path) as connection:
        assert standing(changes(path)) == present(connection)


@pytest.mark.parametrize("text", ["", "7", "0-1", "0123456789ab-", "0123456789ab--1", "x" * 99])
def test_what_is_no_position_is_refused(text):
    with pytest.raises(BadPosition):
        Position.parse(text)


def test_a_position_reads_back():
    position = Position(epoch="0123456789ab", number=12)
    assert Position.parse(str(position)) == position


def test_a_catalogue_of_before_gets_positions_for_all_it_holds(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:2])
        connection.execute(
            "INSERT INTO runs VALUES ('r', '', NULL, NULL, '', '', '', '', NULL, NULL, NULL, "
            "'{}', '{}')"
        )
        connection.execute("INSERT INTO warcs VALUES ('a.warc.gz', 0, 1)")
        connection.execute(
            "INSERT INTO captures (record_id, kind, url, url_key, method, captured_at, run_id, "
            "warc, offset, length, found_by) VALUES ('urn:uuid:1', 'failure', "
            "'https://news.example/', 'example,news)/', 'GET', '', 'r', 'a.warc.gz', 0, 9, "
            "'argument')"
        )
    with opened(path):
        assert [(one.kind, one.id, one.change) for one in changes(path)] == [
            ("captures", "urn:uuid:1", "new")
        ]


def test_a_day_leads_to_the_position_before_what_was_noted_since(path):
    CatalogueWriter.open(path).close()
    with closing(sqlite3.connect(path)) as anew:
        anew.execute("DELETE FROM epochs")
        anew.commit()
    instants = iter([BEGAN, *(BEGAN.replace(day=day) for day in (22, 23, 24))])
    connection = open_writing(path)
    log = ChangeLog(connection, clock=lambda: next(instants))
    with CatalogueWriter(connection, log, Tally(connection)) as writer:
        for number in (1, 2, 3):
            with writer.batch():
                writer.add_run(RUN)
                writer.add_capture(capture(number))
    with snapshot(path) as reading:
        since = position_before(reading, BEGAN.replace(day=23))
        assert [one.id for one in changes_after(reading, since)] == [
            capture(2).record_id,
            capture(3).record_id,
        ]
        assert position_before(reading, BEGAN.replace(day=25)) == newest_position(reading)


def test_a_reading_changes_its_capture(writer, path):
    add(writer, 1)
    since = newest(path)
    with writer.batch():
        writer.add_reading(
            Reading(record_id=capture(1).record_id, reader="r/2", verdict=Verdict.CONTENT)
        )
    assert words(changes(path, since)) == [("captures", "changed")]


@pytest.mark.parametrize("number", range(8))
def test_what_is_withdrawn_beside_answered_posts_leaves_what_the_rest_would_have_made(
    tmp_path, number
):
    withdrawn = capture(1000 + number).record_id
    tables = {}
    for name, kept in (("with", None), ("without", withdrawn)):
        path = tmp_path / name
        with opened(path) as writer:
            add_by_hand(writer, without=kept)
            writer.forget({withdrawn})
            tables[name] = {
                table: sorted(
                    map(repr, map(tuple, writer._connection.execute(f"SELECT * FROM {table}")))
                )
                for table in {part.table for part in PARTS}
            }
        with snapshot(path) as connection:
            assert standing(changes(path)) == present(connection)
    assert tables["with"] == tables["without"]
