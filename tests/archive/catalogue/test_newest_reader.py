"""Of readers the tenth is newer than the ninth, wherever the newest reading is asked for."""

import pytest

from archive import ArchiveFolder, CatalogueReader
from archive.browse.shelf import Shelf
from archive.catalogue.connection import snapshot
from archive.export.rows import Rows
from archive.model import ArchivedCopy, PostAnswer, PostFacts, PostState, Reading, Verdict
from tests.archive.catalogue.facts import add, article, capture, citation, opened

URL = "https://news.example/2026/a-1"
COPY = "https://web.archive.org/web/2026/https://news.example/2026/a-1"


@pytest.fixture(params=[("9", "10"), ("10", "9")], ids=" then ".join)
def catalogue(request, tmp_path):
    """One page, another with the same text, a page that is gone, and a copy: each read twice."""
    folder = ArchiveFolder.create(tmp_path / "archive")
    with opened(folder.catalogue) as writer:
        for reader in request.param:
            read = article(URL, headline=f"By {reader}", posts=(citation(),))
            add(writer, 1, read, reader=reader)
            add(writer, 2, article("https://other.example/b"), reader=reader)
            verdict = Verdict.CHALLENGE if reader == "9" else Verdict.GONE
            gone = capture(3, "https://gone.example/c")
            copied = capture(4, COPY)
            with writer.batch():
                writer.add_capture(gone)
                writer.add_capture(copied)
                writer.add_reading(
                    Reading(record_id=gone.record_id, reader=reader, verdict=verdict)
                )
                writer.add_reading(
                    Reading(
                        record_id=copied.record_id,
                        reader=reader,
                        verdict=Verdict.CONTENT,
                        article=read,
                        copy=ArchivedCopy(url=URL, archive="archive"),
                    )
                )
    return folder.catalogue


def test_an_article_is_what_the_newest_reader_says(catalogue):
    found = next(one for one in CatalogueReader(catalogue).articles() if one["url"] == URL)
    assert found["headline"] == "By 10"


def test_readings_of_a_capture_stand_in_their_order(catalogue):
    view = CatalogueReader(catalogue).capture(capture(1).record_id)
    assert [reading["reader"] for reading in view["readings"]] == ["9", "10"]


def test_a_copy_is_first_what_the_newest_reader_says(catalogue):
    reader = CatalogueReader(catalogue)
    assert [copy["article"]["headline"] for copy in reader.copies()] == ["By 10", "By 9"]


def test_exports_have_the_newest_reader(catalogue):
    with snapshot(catalogue) as connection:
        rows = Rows(connection)
        captures = {row.url: row for row in rows.of("captures")}
        (post,) = rows.of("posts")
        headlines = {row.match: row.headline for row in rows.of("clusters")}
    assert {row.reader for row in captures.values()} == {"10"}
    assert captures["https://gone.example/c"].verdict == "gone"
    assert post.reader == "10"
    assert headlines == {"same": "By 10", "near": "By 10"}


def test_a_posts_page_says_once_what_several_readers_read(catalogue):
    told = PostAnswer(
        platform="x", post_id="1", url="https://x.com/i/status/1", rung="first",
        grade="platform-api", state=PostState.OK, facts=PostFacts(text="Water at the bridge"),
    )  # fmt: skip
    asked = capture(5, "https://api.example/1")
    with opened(catalogue) as writer, writer.batch():
        writer.add_capture(asked)
        for reader in ("posts-9", "posts-10"):
            writer.add_reading(
                Reading(
                    record_id=asked.record_id,
                    reader=reader,
                    verdict=Verdict.CONTENT,
                    answer=told,
                )
            )
    reader = CatalogueReader(catalogue)
    assert [each["reader"] for each in reader.citations()] == ["10"]
    _, found = reader.find("x:1")
    for part, newest in (
        ("claims", "10"),
        ("checks", "posts-10"),
        ("sightings", "posts-10"),
        ("versions", "posts-10"),
    ):
        assert [each["reader"] for each in found[part]] == [newest], part


def test_what_a_host_answered_is_what_the_newest_reader_makes_of_it(catalogue):
    assert [outcome.word for outcome in Shelf(catalogue).health("example,gone")] == ["gone"]
