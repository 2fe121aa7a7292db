import dataclasses
import datetime as dt
from dataclasses import replace

import pytest

from archive.catalogue import Catalogued, CatalogueReader, CatalogueWriter, Extent
from archive.digest import Digest
from archive.errors import ArchiveError, CaptureNotFound, InvalidUrl, StoreUnavailable
from archive.model import CaptureKind, Failure, FailureKind, Locator, Reading, Truncation, Verdict
from tests.archive.catalogue.facts import BEGAN, READER, RUN, STORY, add, article, capture, citation

LOST = Reading(record_id="urn:uuid:lost", reader=READER, verdict=Verdict.GONE)


@pytest.fixture
def batch(writer):
    with writer.batch():
        writer.add_run(RUN)
        yield writer


def test_a_reading_tells_what_was_new(writer):
    posts = (citation("1"), citation("2"))
    first = add(writer, 1, article(posts=posts))
    assert first == Catalogued(
        article_id=first.article_id, is_new_article=True, is_new_version=True, new_posts=2
    )
    again = add(writer, 2, article(posts=posts))
    assert again == Catalogued(article_id=first.article_id)
    edited = add(writer, 3, article(text="edited", posts=(*posts, citation("3"))))
    assert edited == Catalogued(article_id=first.article_id, is_new_version=True, new_posts=1)


def test_a_text_that_flaps_adds_sightings_and_no_versions(writer, reader):
    for number, text in enumerate(["one", "two", "one", "two"]):
        last = add(writer, number, article(text=text))
    assert not last.is_new_version
    assert reader.article(last.article_id)["versions"] == 2
    sightings = writer._connection.execute("SELECT count(*) FROM sightings").fetchone()[0]
    assert sightings == 4


def test_copies_are_other_articles_with_the_same_story(writer, reader):
    first = add(writer, 1, article())
    second = add(writer, 2, article("https://other.example/b-2", STORY.upper(), headline="Other"))
    third = add(writer, 3, article("https://third.example/c-3", STORY + "!", headline="Third"))
    add(writer, 4, article("https://fourth.example/d-4", "quite another"))
    assert [first.copies, second.copies, third.copies] == [0, 1, 2]
    assert reader.article(first.article_id)["copies"] == 2
    clusters = writer._connection.execute("SELECT * FROM clusters").fetchall()
    assert {row["article_id"] for row in clusters} == {
        found.article_id for found in (first, second, third)
    }


def test_adding_again_changes_nothing(writer, reader):
    found = article(posts=(citation(claimed_text="said"),))
    first = add(writer, 1, found)
    before = list(writer._connection.iterdump())
    assert add(writer, 1, found) == Catalogued(article_id=first.article_id)
    assert list(writer._connection.iterdump()) == before


def test_a_stopped_reading_gives_way_to_a_whole_one(writer, reader):
    stopped = Reading(
        record_id=capture(1).record_id, reader=READER, verdict=Verdict.UNREADABLE, reason="stalled"
    )
    add(writer, 1, article())
    with writer.batch():
        writer.add_capture(capture(2))
        writer.add_reading(replace(stopped, record_id=capture(2).record_id))
        assert writer.add_reading(stopped).article_id  # and never the other way
    found = add(writer, 2, article())
    assert [reading["verdict"] for reading in reader.capture(capture(2).record_id)["readings"]] == [
        "content"
    ]
    assert reader.article(found.article_id)["capture"]["record_id"] == capture(2).record_id


def test_a_reading_without_its_capture_is_refused_and_the_batch_goes_on(batch, reader):
    with pytest.raises(CaptureNotFound, match="urn:uuid:lost"):
        batch.add_reading(LOST)
    batch.add_capture(capture(1))
    with pytest.raises(InvalidUrl):
        batch.add_reading(
            Reading(
                record_id=capture(1).record_id,
                reader=READER,
                verdict=Verdict.CONTENT,
                article=article("nonsense"),
            )
        )
    assert batch.has_capture(capture(1).record_id)
    assert not batch._connection.execute("SELECT * FROM readings").fetchall()
    assert not batch._connection.execute("SELECT * FROM documents").fetchall()


def test_a_capture_without_its_run_or_in_anothers_place_is_refused(batch):
    batch.add_capture(capture(1))
    for wrong in (
        capture(2, run_id="unknown"),
        capture(2, locator=Locator(warc="a.warc.gz", offset=1000, length=1)),
    ):
        with pytest.raises(ArchiveError, match="cannot be catalogued"):
            batch.add_capture(wrong)
        assert not batch.has_capture(wrong.record_id)


def test_captures_of_odd_urls_and_texts_are_kept(batch):
    odd = capture(1, url="http://a,b.example/", content_type="text/\ud800", via="\udcff")
    assert batch.add_capture(odd)
    assert not batch.add_capture(odd)


def test_nothing_is_written_outside_a_batch(writer):
    for write in (
        lambda: writer.add_run(RUN),
        lambda: writer.add_capture(capture(1)),
        lambda: writer.add_reading(Reading(record_id="r", reader=READER, verdict=Verdict.GONE)),
        lambda: writer.set_extent("a", 1, is_closed=False),
    ):
        with pytest.raises(RuntimeError, match="batch"):
            write()


def test_a_batch_that_fails_is_undone(writer, reader):
    with pytest.raises(CaptureNotFound), writer.batch():  # noqa: PT012 - the last line raises
        writer.add_run(RUN)
        writer.add_capture(capture(1))
        writer.add_reading(LOST)
    assert not writer.has_capture(capture(1).record_id)
    assert add(writer, 1, article()).is_new_article


def test_a_full_disk_stops_the_crawl_and_keeps_what_was_acknowledged(path):
    with CatalogueWriter.open(path) as writer:
        add(writer, 1, article())
        pages = writer._connection.execute("PRAGMA page_count").fetchone()[0]
        writer._connection.execute(f"PRAGMA max_page_count = {pages}")
        acknowledged = 1
        with pytest.raises(StoreUnavailable, match="full"):  # noqa: PT012 - some turn raises
            while add(writer, acknowledged + 1, article(text=f"{acknowledged} {STORY * 50}")):
                acknowledged += 1
        assert len(list(CatalogueReader(path).captures())) == acknowledged
        writer._connection.execute("PRAGMA max_page_count = 100000")
        assert add(writer, 999, article(text="there is room again")).is_new_version


def test_a_damaged_file_stops_the_crawl(path):
    with CatalogueWriter.open(path) as writer:
        for number in range(50):
            add(writer, number, article(text=f"{number} {STORY * 20}"))
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    for door in (CatalogueWriter.open, CatalogueReader):
        with pytest.raises(StoreUnavailable, match="malformed"):
            door(path)


PAYLOAD = Digest.of(b"payload")


@pytest.mark.parametrize(
    "unfit",
    [
        {"kind": CaptureKind.REVISIT},
        {"kind": CaptureKind.FAILURE},
        {"truncated": Truncation.LENGTH},
        {"payload_bytes": 0},
        {"payload_bytes": None},
        {"payload_digest": None},
        {"failure": Failure(kind=FailureKind.PROTOCOL, detail="d")},
    ],
)
def test_only_a_whole_response_is_an_original(batch, unfit):
    batch.add_capture(capture(1, **{"payload_digest": PAYLOAD} | unfit))
    assert batch.find_original(PAYLOAD) is None


def test_the_first_of_equal_payloads_is_the_original(batch):
    later, first = capture(2, payload_digest=PAYLOAD), capture(1, payload_digest=PAYLOAD)
    batch.add_capture(later)
    batch.add_capture(first)
    assert batch.find_original(PAYLOAD) == first
    plan = batch._connection.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM captures WHERE payload_digest = ? AND "
        "kind = 'response' AND truncated IS NULL AND failure_kind IS NULL AND payload_bytes > 0 "
        "ORDER BY captured_at, record_id LIMIT 1",
        (PAYLOAD,),
    ).fetchall()
    assert [row["detail"] for row in plan] == [
        "SEARCH captures USING INDEX originals (payload_digest=?)"
    ]


def test_extents_are_what_was_last_said(batch):
    batch.set_extent("b", 10, is_closed=False)
    batch.add_capture(capture(1))
    batch.set_extent("b", 20, is_closed=True)
    assert batch.extents() == [
        Extent(warc="a.warc.gz", durable_bytes=0, is_closed=False),
        Extent(warc="b", durable_bytes=20, is_closed=True),
    ]


def test_a_run_is_told_from_beginning_to_end(writer, reader):
    with writer.batch():
        writer.add_run(RUN)
        end = {"ended_at": BEGAN + dt.timedelta(1), "outcome": "finished", "counts": {"pages": 3}}
        writer.add_run(dataclasses.replace(RUN, **end))
    with writer.batch():
        writer.add_run(RUN)
    view = reader.run(RUN.run_id)
    assert (view["outcome"], view["counts"]) == ("finished", {"pages": 3})
    assert view["settings"] == {"urls": "1"}
    assert [run["id"] for run in reader.runs()] == [RUN.run_id]
