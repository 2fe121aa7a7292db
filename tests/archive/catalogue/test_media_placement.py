"""Pictures follow from the set of readings, whatever order they came in."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalogue import CatalogueReader
from archive.catalogue.placement.media import ALIKE_BITS
from archive.digest import Digest
from archive.model import (
    Article,
    Picture,
    PostAnswer,
    PostFacts,
    PostMedia,
    PostState,
    Reading,
    Verdict,
)
from archive.verification.derived import check_derived
from archive.verification.report import Report
from tests.archive.catalogue.facts import BEGAN, RUN, article, capture, citation, opened
from tests.examples import examples

TABLES = ["media", "media_seen", "media_named", "media_bands"]
PHOTO = "https://cdn.example/photo.jpg"
DARK = 0xF0F0 << 240


def picture(data=b"photo", *, pdq=None, quality=90):
    return Picture(
        digest=Digest.of(data),
        type="image/jpeg",
        size_bytes=len(data),
        width=4,
        height=3,
        pdq=f"{pdq:064x}" if pdq is not None else None,
        pdq_quality=quality if pdq is not None else None,
    )


def post(post_id="1", url=PHOTO, **media):
    return PostAnswer(
        platform="x",
        post_id=post_id,
        url=f"https://x.com/i/status/{post_id}",
        rung="first",
        grade="platform-api",
        state=PostState.OK,
        facts=PostFacts(text="Look", media=(PostMedia(**{"type": "image", "url": url} | media),)),
    )


def reading(number, told, reader="media-1"):
    field = {PostAnswer: "answer", Picture: "picture", Article: "article"}[type(told)]
    record_id = capture(number).record_id
    return Reading(record_id=record_id, reader=reader, verdict=Verdict.CONTENT, **{field: told})


def add(writer, number, told, url=PHOTO, *, reader="media-1", **fields):
    with writer.batch():
        writer.add_run(RUN)
        writer.add_capture(capture(number, url, **fields))
        return writer.add_reading(reading(number, told, reader))


def bits(*places):
    return sum(1 << place for place in places)


def test_a_picture_is_one_by_its_bytes_wherever_it_was_seen(writer, reader):
    assert add(writer, 1, picture()).media_id == Digest.of(b"photo")
    add(writer, 2, picture(), "https://other.example/copy.png")
    (found,) = reader.media()
    assert [seen["url"] for seen in found["seen"]] == ["https://other.example/copy.png", PHOTO]
    assert (found["width"], found["height"], found["size_bytes"]) == (4, 3, 5)
    finding = reader.find(found["id"])
    assert (finding.kind, finding.view) == ("media", found)
    assert reader.capture(capture(1).record_id)["readings"][0]["media"] == found["id"]


def test_a_post_and_an_article_show_the_pictures_that_they_name(writer, reader):
    add(writer, 1, post(is_sensitive=True), "https://x.com/i/status/1", reader="posts-1")
    page = article(image="http://cdn.example/photo.jpg", posts=(citation(),))
    add(writer, 2, page, page.url, reader="3")
    assert reader.post("x:1")["pictures"] == []
    add(writer, 3, picture())
    (of_post,) = reader.post("x:1")["pictures"]
    assert (of_post["role"], of_post["is_sensitive"]) == ("image", True)
    assert of_post["media"] == Digest.of(b"photo")
    assert of_post["record_id"] == capture(3).record_id
    (of_article,) = reader.find(page.url).view["pictures"]
    assert (of_article["role"], of_article["is_sensitive"]) == ("lead", False)
    (found,) = reader.media()
    named = {(name["kind"], name["role"], name["is_sensitive"]) for name in found["named_by"]}
    assert named == {("post", "image", True), ("article", "lead", False)}
    assert found["is_sensitive"]


def test_of_a_film_the_preview_is_named(writer, reader):
    film = post(type="video", url="https://cdn.example/film.mp4", preview_url=PHOTO)
    add(writer, 1, film, "https://x.com/i/status/1", reader="posts-1")
    add(writer, 2, picture(), requested_url=PHOTO, url="https://cdn2.example/moved.jpg")
    (shown,) = reader.post("x:1")["pictures"]
    assert (shown["role"], shown["url"]) == ("preview", PHOTO)


def test_the_same_picture_under_ten_posts_is_one_group(writer, reader):
    for number in range(10):
        url = f"https://cdn{number}.example/photo.jpg"
        add(writer, 2 * number, post(str(number), url), f"https://x.com/{number}", reader="posts-1")
        data = b"re-encoded %d" % number
        add(writer, 2 * number + 1, picture(data, pdq=DARK ^ bits(*range(number))), url)
    add(writer, 99, picture(b"another", pdq=DARK ^ bits(*range(120))), "https://else.example/1")
    add(writer, 100, picture(b"too plain", pdq=DARK, quality=49), "https://else.example/2")
    groups = {}
    for found in reader.media():
        groups.setdefault(found["group"], []).append(found)
    assert sorted(map(len, groups.values())) == [1, 1, 10]
    one = max(groups.values(), key=len)[0]
    assert len(one["looks_like"]) == 9
    shown = [reader.post(f"x:{number}")["pictures"][0] for number in range(10)]
    assert {picture["group"] for picture in shown} == {one["group"]}


@given(st.sets(st.integers(0, 255), max_size=40))
def test_hashes_of_one_picture_are_found_however_their_differences_lie(places):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with opened(path) as writer:
            add(writer, 1, picture(b"one", pdq=DARK))
            add(writer, 2, picture(b"other", pdq=DARK ^ bits(*places)))
        found = {view["group"] for view in CatalogueReader(path).media()}
    assert len(found) == (1 if len(places) <= ALIKE_BITS else 2)


PICTURES = st.builds(
    picture,
    st.sampled_from([b"a", b"b", b"c", b"d"]),
    pdq=st.none() | st.sampled_from([DARK ^ bits(*range(n)) for n in (0, 20, 40, 60, 200)]),
    quality=st.sampled_from([10, 60]),
)
NAMES = st.sampled_from([PHOTO, "https://cdn.example/2.jpg"])
TOLD = (
    PICTURES
    | st.builds(post, st.sampled_from("12"), NAMES, is_sensitive=st.booleans())
    | st.builds(article, image=st.none() | NAMES, headline=st.sampled_from(["One", "Two"]))
)


@st.composite
def crawls(draw):
    """Readings of captures of the pictures' addresses, in any order."""
    captures, readings = [], []
    for number in range(draw(st.integers(1, 7))):
        told = draw(TOLD)
        url = draw(NAMES) if isinstance(told, Picture) else told.url
        at = BEGAN + dt.timedelta(minutes=draw(st.integers(0, 2)))
        captures.append(capture(number, url, captured_at=at))
        readings.append(reading(number, told, draw(st.sampled_from(["media-1", "media-1-pdq"]))))
    return captures, readings


def catalogued(captures, readings, gone=()):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with opened(path) as writer:
            with writer.batch():
                writer.add_run(RUN)
                for kept in captures:
                    writer.add_capture(kept)
                for each in readings:
                    writer.add_reading(each)
            if gone:
                writer.forget(gone)
            connection = writer._connection
            assert not connection.execute("PRAGMA foreign_key_check").fetchall()
            tables = {
                name: sorted(map(repr, map(tuple, connection.execute(f"SELECT * FROM {name}"))))
                for name in TABLES
            }
        report = Report()
        check_derived(path, Path(folder) / "made.sqlite", report)
        assert report.faults == []
        return tables


@settings(max_examples=examples(10), deadline=None)
@given(crawls(), st.randoms())
def test_pictures_do_not_depend_on_the_order_of_readings(crawl, chance):
    captures, readings = crawl
    expected = catalogued(captures, readings)
    shuffled = [*readings, *readings[:2]]
    chance.shuffle(shuffled)
    assert catalogued(captures[::-1], shuffled) == expected


@settings(max_examples=examples(8), deadline=None)
@given(crawls())
def test_a_withdrawn_capture_leaves_no_trace_among_pictures(crawl):
    captures, readings = crawl
    gone = captures[0].record_id
    left = [each for each in readings if each.record_id != gone]
    assert catalogued(captures, readings, {gone}) == catalogued(captures[1:], left)
