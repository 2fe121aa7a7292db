"""How articles stand in the catalogue, and what of them changed when."""

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model import CaptureKind, Failure, FailureKind, Reading, Verdict
from tests.archive.catalogue.derived import derived
from tests.archive.catalogue.facts import (
    BEGAN,
    READER,
    RUN,
    SITES,
    add,
    article,
    capture,
    crawls,
    opened,
)
from tests.examples import examples

URL = "https://news.example/2026/a-1"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def writer(tmp_path):
    with opened(tmp_path / "catalogue.sqlite") as writer:
        with writer.batch():
            writer.add_run(RUN)
        yield writer


def at(hours):
    return BEGAN + hours * HOUR


def hours_of(text):
    return (dt.datetime.fromisoformat(text) - BEGAN) / HOUR


def seen(writer, hours, text, **fields):
    return add(writer, hours, article(text=text), captured_at=at(hours), **fields)


def answered(writer, hours, status, *, url=URL, **fields):
    kept = capture(hours, url=url, captured_at=at(hours), status=status, **fields)
    with writer.batch():
        writer.add_capture(kept)
    return kept


def unmodified(hours, original=0):
    return {
        "kind": CaptureKind.REVISIT,
        "refers_to": capture(original).record_id,
        "payload_digest": None,
    }


def stand(writer, url=URL):
    row = writer._connection.execute(
        "SELECT standings.* FROM standings JOIN articles USING (article_id) "
        "WHERE canonical_url = ?",
        (url,),
    ).fetchone()
    return row["state"], hours_of(row["since"]), row["target"]


def history(writer):
    rows = writer._connection.execute("SELECT * FROM turns ORDER BY at, record_id")
    return [(hours_of(row["at"]), row["state"], row["version_id"] is not None) for row in rows]


def sightings(writer):
    return writer._connection.execute(
        "SELECT version_id, count(*) FROM sightings GROUP BY version_id ORDER BY min(captured_at)"
    ).fetchall()


def test_an_edit_a_loss_and_a_return_each_have_their_instant(writer):
    seen(writer, 0, "one")
    seen(writer, 1, "two")
    answered(writer, 2, 404)
    assert stand(writer) == ("failing", 2, None)
    answered(writer, 26, 404)
    assert stand(writer) == ("gone", 2, None)
    seen(writer, 30, "two")
    assert stand(writer) == ("edited", 30, None)
    assert history(writer) == [
        (0, "live", False),
        (1, "edited", True),
        (2, "failing", False),
        (26, "gone", False),
        (30, "edited", False),
    ]


def test_a_text_that_flaps_adds_sightings_and_one_edit(writer):
    for hours in range(12):
        seen(writer, hours, ("one", "two")[hours % 2])
    assert [count for _, count in sightings(writer)] == [6, 6]
    assert history(writer) == [(0, "live", False), (1, "edited", True)]


def test_a_304_is_a_sighting_of_the_version_that_it_revalidates(writer):
    seen(writer, 0, "one")
    answered(writer, 5, 304, **unmodified(5))
    assert [count for _, count in sightings(writer)] == [2]
    assert stand(writer) == ("live", 0, None)
    last = writer._connection.execute("SELECT last_seen_at FROM articles").fetchone()[0]
    assert dt.datetime.fromisoformat(last) == at(5)


def test_a_304_is_one_also_where_its_page_is_read_later(writer):
    page = capture(0, captured_at=at(0))
    with writer.batch():
        writer.add_capture(page)
    answered(writer, 5, 304, **unmodified(5))
    assert sightings(writer) == []
    seen(writer, 0, "one")
    assert [count for _, count in sightings(writer)] == [2]


def test_a_304_for_the_same_bytes_at_another_address_shows_that_addresss_article(writer):
    seen(writer, 0, "one")
    other = "https://news.example/2026/b-2"
    add(
        writer, 1, article(url=other, text="one"), captured_at=at(1),
        kind=CaptureKind.REVISIT, refers_to=capture(0).record_id,
    )  # fmt: skip
    answered(writer, 5, 304, url=other, **unmodified(5))
    assert stand(writer, other) == ("live", 1, None)
    shown = writer._connection.execute(
        "SELECT canonical_url FROM sightings JOIN versions USING (version_id) "
        "JOIN articles USING (article_id) WHERE sightings.record_id = ?",
        (capture(5).record_id,),
    ).fetchall()
    assert [tuple(row) for row in shown] == [(other,)]


def test_a_permanent_redirect_is_a_move_and_one_to_itself_is_none(writer):
    seen(writer, 0, "one")
    answered(writer, 1, 301, redirect_to=f"{URL}?utm_source=x")
    assert stand(writer)[0] == "live"
    answered(writer, 2, 301, redirect_to="https://news.example/2026/new-home")
    assert stand(writer) == ("moved", 2, "https://news.example/2026/new-home")


@pytest.mark.parametrize("is_article", [True, False])
def test_a_passing_redirect_is_a_move_where_an_article_was_found_there(writer, is_article):
    seen(writer, 0, "one")
    target = "https://news.example/2026/new-home"
    answered(writer, 2, 302, redirect_to=target)
    found = article(url=target, text="one") if is_article else None
    add(writer, 3, found, url=target, captured_at=at(3), requested_url=URL)
    assert stand(writer)[0] == ("moved" if is_article else "failing")


def test_410_is_gone_at_once_and_no_answer_says_nothing_of_that(writer):
    seen(writer, 0, "one")
    answered(writer, 1, 410)
    lost = Failure(kind=FailureKind.CONNECT, detail="refused")
    answered(writer, 2, None, kind=CaptureKind.FAILURE, failure=lost, payload_digest=None)
    assert stand(writer) == ("gone", 1, None)


def test_a_wall_and_a_refusal_of_our_own_robot(writer):
    seen(writer, 0, "one")
    denied = Failure(kind=FailureKind.ROBOTS_DENIED, detail="denied")
    answered(writer, 1, None, kind=CaptureKind.FAILURE, failure=denied, payload_digest=None)
    assert stand(writer)[0] == "live"
    kept = answered(writer, 2, 200)
    with writer.batch():
        writer.add_reading(
            Reading(record_id=kept.record_id, reader=READER, verdict=Verdict.LOGIN_WALL)
        )
    assert stand(writer) == ("walled", 2, None)


def test_a_newer_reader_makes_no_edit(writer):
    seen(writer, 0, "one")
    seen(writer, 1, "one, as another reader has it", reader="dateline-reader/2")
    assert history(writer) == [(0, "live", False)]
    seen(writer, 2, "one, edited", reader="dateline-reader/2")
    assert history(writer)[1:] == [(2, "edited", True)]


def test_a_part_of_an_article_is_no_edit_of_it(writer):
    seen(writer, 0, "one two three")
    add(writer, 1, article(text="one", partial="half"), captured_at=at(1))
    seen(writer, 2, "one two three")
    assert history(writer) == [(0, "live", False)]


def test_another_address_of_the_article_is_no_edit_of_it(writer):
    seen(writer, 0, "one")
    amp = article(url=f"{URL}/amp", canonical=URL, text="one, in short")
    add(writer, 1, amp, captured_at=at(1))
    assert history(writer) == [(0, "live", False)]
    assert len(sightings(writer)) == 2


STATUSES = st.sampled_from([404, 404, 410, 301, 302, 304, 500])


@settings(max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck))
@given(crawls(max_size=5), st.lists(st.tuples(STATUSES, st.integers(0, 60)), max_size=4), st.data())
def test_the_order_of_captures_and_readings_does_not_matter(facts, others, data):
    pages, readings = facts
    looks = []
    for number, (status, hours) in enumerate(others, start=len(pages)):
        page = data.draw(st.sampled_from(pages))
        look = capture(number, url=page.url, captured_at=at(hours), status=status)
        if status in (301, 302):
            look = replace(look, redirect_to=data.draw(st.sampled_from(SITES)) + "/2026/s-2")
        if status == 304:
            look = replace(look, kind=CaptureKind.REVISIT, refers_to=page.record_id)
        looks.append(look)
    captures = [*pages, *looks]
    orders = [[*captures, *readings]]
    for _ in range(2):
        kept, found = data.draw(st.permutations(captures)), data.draw(st.permutations(readings))
        first = {reading.record_id for reading in found[:1]}
        early = [one for one in kept if one.record_id in first]
        orders.append([*early, *found[:1], *(one for one in kept if one not in early), *found[1:]])
    assert len({repr(catalogued(order)) for order in orders}) == 1


def catalogued(facts):
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "c.sqlite") as writer:
        with writer.batch():
            writer.add_run(RUN)
            for fact in facts:
                if isinstance(fact, Reading):
                    writer.add_reading(fact)
                else:
                    writer.add_capture(fact)
        return derived(writer._connection)
