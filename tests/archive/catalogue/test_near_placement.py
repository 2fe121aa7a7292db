import contextlib
import datetime as dt
import random
import sqlite3
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalogue import near_texts
from archive.catalogue.migrations.near import NEAR
from archive.catalogue.placement.near import NearPlacement
from archive.catalogue.schema import MIGRATIONS, migrate
from archive.conclusions.identity import article_id
from archive.model import Moment, Reading, Verdict
from archive.near import PROBE, bands, could_be_copies, likeness, near_text, sketch
from archive.text.parts import story_words
from archive.web.urls import url_key
from tests.archive.catalogue.facts import RUN, add, article, capture, opened
from tests.examples import examples

PIECES = [
    " ".join(random.Random(number).choices([f"w{n}" for n in range(900)], k=25))
    for number in range(10)
]
"""Of which stories are made: two with many pieces in common are near copies."""


def story(*pieces, url="https://news.example/2026/a-1", **fields):
    return article(url, " ".join(PIECES[piece] for piece in pieces), **fields)


def page(number):
    return f"https://site{number}.example/2026/story-{number}"


def id_of(url):
    return article_id(url_key(url))


def near_tables(connection):
    """What was derived, rows in no order, without the numbers that texts were given."""
    assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    return {
        "clusters": sorted(map(tuple, connection.execute("SELECT * FROM near_clusters"))),
        "heads": sorted(map(tuple, connection.execute("SELECT * FROM near_heads"))),
        "documents": sorted(
            map(tuple, connection.execute("SELECT article_id, document FROM near_articles"))
        ),
        "bands": sorted(
            map(
                tuple,
                connection.execute(
                    "SELECT text_id, band FROM near_texts LEFT JOIN near_bands USING (text_no)"
                ),
            )
        ),
        "sketches": sorted(
            map(tuple, connection.execute("SELECT text_id, sketch FROM near_texts"))
        ),
        "strays": connection.execute(
            "SELECT count(*) FROM near_bands WHERE text_no NOT IN (SELECT text_no FROM near_texts)"
        ).fetchone()[0],
    }


def clusters(writer):
    """The clusters, as sets of article ids."""
    rows = writer._connection.execute(
        "SELECT group_concat(article_id) FROM near_clusters GROUP BY cluster"
    )
    return {frozenset(ids.split(",")) for (ids,) in rows}


def filled(path, captures, readings, *, held=256):
    with mock.patch.object(near_texts, "TEXTS_HELD", held), opened(path) as writer:
        with writer.batch():
            writer.add_run(RUN)
            for kept in captures:
                writer.add_capture(kept)
            for reading in readings:
                writer.add_reading(reading)
        return near_tables(writer._connection)


STORIES = st.lists(st.integers(0, 9), min_size=1, max_size=9, unique=True)


@st.composite
def crawls(draw):
    """Pages of eight sites, captured up to three times each, by one or two readers."""
    found = draw(st.lists(st.tuples(st.integers(0, 7), STORIES), min_size=1, max_size=12))
    captures = [capture(number, url=page(site)) for number, (site, _) in enumerate(found)]
    readings = [
        Reading(
            record_id=kept.record_id,
            reader=reader,
            verdict=Verdict.CONTENT,
            article=story(*pieces[skipped:], url=kept.url),
        )
        for kept, (_, pieces) in zip(captures, found, strict=True)
        for skipped, reader in enumerate(draw(st.sampled_from([["r/9"], ["r/9", "r/10"]])))
    ]
    return captures, readings


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(crawls(), st.randoms(use_true_random=False))
def test_order_of_readings_does_not_matter(facts, chance):
    captures, readings = facts
    other = list(readings)
    chance.shuffle(other)
    with tempfile.TemporaryDirectory() as folder:
        one = filled(Path(folder) / "one.sqlite", captures, readings)
        assert filled(Path(folder) / "other.sqlite", captures[::-1], other, held=0) == one
        assert one["strays"] == 0


def are_near(one, other):
    sketches = sketch(one.shingles), sketch(other.shingles)
    return (
        not set(bands(sketches[0])).isdisjoint(bands(sketches[1]))
        and could_be_copies(*sketches)
        and likeness(one, other).is_copy
    )


def stars(texts):
    """The stars by their definition, from all the texts at once."""
    texts = sorted(texts, key=lambda text: text.id)
    centres = []
    for text in texts:
        if not any(are_near(centre, text) for centre in centres):
            centres.append(text)
    return {
        text.id: text.id
        if text in centres
        else max(
            (centre for centre in centres if are_near(centre, text)),
            key=lambda centre: likeness(centre, text).similarity,
        ).id
        for text in texts
    }


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STORIES, min_size=1, max_size=14), st.randoms(use_true_random=False))
def test_clusters_are_the_stars_of_the_texts_that_are_there(found, chance):
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "c.sqlite") as writer:
        ids = [
            add(writer, number, story(*pieces, url=page(number))).article_id
            for number, pieces in enumerate(found)
        ]
        gone = chance.sample(range(len(found)), len(found) // 3)
        with writer.batch():
            for number in gone:
                NearPlacement(writer._connection).forget(ids[number])
        left = [pieces for number, pieces in enumerate(found) if number not in gone]
        texts = [near_text(story_words(story(*pieces))) for pieces in left]
        kept = dict(
            writer._connection.execute("SELECT text_id, cluster FROM near_clusters").fetchall()
        )
    assert kept == stars({text.id: text for text in texts if text is not None}.values())


def test_an_edit_moves_its_article_and_a_late_copy_of_an_old_capture_does_not(writer):
    add(writer, 1, story(0, 1, 2, 3, 4, url=page(1)))
    add(writer, 2, story(5, 6, 7, 8, 9, url=page(2)))
    third = add(writer, 5, story(0, 1, 2, 3, url=page(3))).article_id
    of_first, of_second = (id_of(page(number)) for number in (1, 2))
    assert clusters(writer) == {frozenset({of_first, third}), frozenset({of_second})}
    add(writer, 3, story(6, 7, 8, 9, url=page(3)))
    assert clusters(writer) == {frozenset({of_first, third}), frozenset({of_second})}
    add(writer, 6, story(6, 7, 8, 9, url=page(3)))
    assert clusters(writer) == {frozenset({of_first}), frozenset({of_second, third})}


def test_what_a_newer_reader_finds_moves_its_article(writer):
    add(writer, 1, story(0, 1, 2, 3, url=page(1)), reader="r/9")
    second = add(writer, 2, story(8, url=page(2)), reader="r/9").article_id
    assert len(clusters(writer)) == 1  # too short to be anything's copy
    add(writer, 2, story(0, 1, 2, 3, 4, url=page(2)), reader="r/10")
    assert clusters(writer) == {frozenset({id_of(page(1)), second})}


def test_withdrawal_takes_rows_with_their_article(writer):
    for number, pieces in enumerate([(0, 1, 2, 3, 4), (0, 1, 2, 3), (1, 2, 3, 4), (5, 6, 7, 8)]):
        add(writer, number, story(*pieces, url=page(number)))
    for number in range(4):
        writer.forget({capture(number).record_id})
        left = writer._connection.execute("SELECT count(*) FROM near_articles").fetchone()[0]
        assert left == 3 - number
        assert near_tables(writer._connection)["strays"] == 0
    for table in ("near_texts", "near_bands"):
        assert not writer._connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_chain_of_texts_does_not_make_one_cluster_of_its_ends(writer):
    """Each is a near copy of the next, the first and the last have nothing in common."""
    for number in range(7):
        add(writer, number, story(*range(number, number + 4), url=page(number)))
    for cluster in clusters(writer):
        numbers = [number for number in range(7) if id_of(page(number)) in cluster]
        assert max(numbers) - min(numbers) <= 2
    assert id_of(page(0)) not in next(one for one in clusters(writer) if id_of(page(6)) in one)


def test_the_head_is_who_was_first_as_far_as_page_and_captures_tell(writer):
    day, noon = dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    pages = [
        story(0, 1, 2, url=page(1)),  # of which only the capture's instant is known
        story(0, 1, 2, 3, url=page(2), published_at=Moment(on=day, at=None, raw="20 Nov")),
        story(0, 1, 2, 4, url=page(3), published_at=Moment(on=day, at=noon, raw="noon")),
        story(0, 1, 2, url=page(4), published_at=Moment(on=day, at=noon, raw="noon")),
    ]
    heads = []
    for number, found in enumerate(pages):
        add(writer, number, found)
        row = writer._connection.execute(
            "SELECT article_id, articles, known_by FROM near_heads"
        ).fetchone()
        heads.append(tuple(row) if row is not None else None)
    noon_text = "2026-11-20T12:00:00.000000Z"
    assert heads == [
        None,
        (id_of(page(2)), 2, "2026-11-20T24:00:00.000000Z"),
        (id_of(page(3)), 3, noon_text),
        (min(id_of(page(3)), id_of(page(4))), 4, noon_text),
    ]


def test_a_page_from_the_future_was_there_when_it_was_captured(writer):
    ahead = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
    moment = Moment(on=ahead.date(), at=ahead, raw="2031")
    add(writer, 1, story(0, 1, 2, url=page(1), published_at=moment))
    add(writer, 2, story(0, 1, 2, url=page(2)))
    (head,) = writer._connection.execute("SELECT article_id FROM near_heads").fetchone()
    assert head == id_of(page(1))


@pytest.mark.parametrize("made_by", [b"\0", PROBE, PROBE + b"1"])
def test_tables_are_made_anew_for_another_hashing_and_other_rules(writer, path, made_by):
    for number in range(4):
        add(writer, number, story(0, 1, 2, number + 3, url=page(number)))
    before = near_tables(writer._connection)
    with writer.batch():
        writer._connection.execute("UPDATE near_probe SET probe = ?", (made_by,))
        writer._connection.execute("UPDATE near_texts SET sketch = zeroblob(160)")
        writer._connection.execute("DELETE FROM near_bands WHERE text_no % 2")
    writer.close()
    with opened(path) as again:
        assert near_tables(again._connection) == before


def test_a_catalogue_of_before_is_filled_when_it_is_opened(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        migrate(old)
    with opened(path) as writer:
        for number in range(3):
            add(writer, number, story(0, 1, 2, number + 3, url=page(number)))
        made = near_tables(writer._connection)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        for view in ("near_heads", "near_clusters", "post_copies"):
            old.execute(f"DROP VIEW {view}")
        tables = ("near_articles", "near_bands", "near_texts", "near_probe", "changes", "epochs")
        for table in tables:
            old.execute(f"DROP TABLE {table}")
        old.execute("DROP INDEX post_versions_by_copy")
        old.execute("ALTER TABLE post_versions DROP COLUMN copy_digest")
        old.execute("ALTER TABLE citations DROP COLUMN record_id")
        old.execute(f"PRAGMA user_version = {MIGRATIONS.index(NEAR)}")
    with opened(path) as writer:
        assert near_tables(writer._connection) == made


def test_show_gives_cluster_and_near_copies_with_similarity_and_containment(writer, reader):
    add(writer, 3, story(0, 1, 2, 3, url=page(1), headline="As it came"))
    add(writer, 2, story(0, 1, 2, url=page(2), headline="Cut"))
    add(writer, 1, story(0, 1, 2, 3, url=page(3), headline="The very words"))
    add(writer, 4, story(6, 7, 8, 9, url=page(4)))
    view = reader.article(id_of(page(1)))
    assert view["cluster"]["articles"] == 3
    assert view["cluster"]["head"] == id_of(page(3))
    assert view["cluster"]["head_known_by"] == "2026-11-22T17:01:00.000000Z"
    assert view["near_copies"] == [
        {
            "article_id": id_of(page(3)),
            "url": page(3),
            "headline": "The very words",
            "similarity": 1.0,
            "containment": 1.0,
            "is_same_cluster": True,
        },
        {
            "article_id": id_of(page(2)),
            "url": page(2),
            "headline": "Cut",
            "similarity": round(71 / 96, 4),  # five words at a time of 75, and of 100
            "containment": 1.0,
            "is_same_cluster": True,
        },
    ]
    alone = reader.article(id_of(page(4)))
    assert (alone["cluster"], alone["near_copies"]) == (None, [])
    by_id = {listed["id"]: listed for listed in reader.articles()}
    assert by_id[view["id"]] == view
    assert by_id[alone["id"]] == alone


def test_a_short_text_under_a_long_local_tail_is_listed_though_it_is_no_copy(writer, reader):
    add(writer, 1, story(0, 1, url=page(1)))
    add(writer, 2, story(0, 1, 2, 3, 4, 5, 6, 7, url=page(2)))
    first = reader.article(id_of(page(1)))
    assert first["cluster"] is None
    for copy in first["near_copies"]:  # chance decides whether so few shared shingles are seen
        assert (copy["containment"], copy["is_same_cluster"]) == (1.0, False)
        assert copy["similarity"] < 0.3


def test_hundreds_of_copies_are_listed_to_a_bound(writer, reader):
    for number in range(130):
        add(writer, number, story(0, 1, 2, url=page(number)))
    view = reader.article(id_of(page(7)))
    assert view["cluster"]["articles"] == 130
    assert len(view["near_copies"]) == 100
    assert writer._connection.execute("SELECT count(*) FROM near_texts").fetchone()[0] == 1
