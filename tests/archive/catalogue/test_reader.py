import json
import multiprocessing
import threading

import pytest

from archive.catalogue import CatalogueReader, CatalogueWriter
from archive.catalogue.connection import snapshot
from archive.errors import NotAnArchive, StoreUnavailable
from tests.archive.catalogue.facts import READER, RUN, add, article, capture, citation

URL = "https://news.example/2026/a-1"


def test_an_empty_catalogue_has_nothing(reader):
    for listing in (
        reader.articles(),
        reader.posts(),
        reader.citations(),
        reader.captures(),
        reader.runs(),
        reader.search("anything"),
    ):
        assert list(listing) == []
    for asked in (reader.article, reader.post, reader.capture, reader.run, reader.find):
        assert asked("nothing") is None
        assert asked(URL) is None


def test_an_article_is_found_by_id_and_by_any_spelling(writer, reader):
    found = add(writer, 1, article(URL))
    view = reader.article(found.article_id)
    for asked in (found.article_id, URL, "http://WWW.news.example/2026/a-1/?utm_source=x#top"):
        assert reader.find(asked) == ("article", view)


def test_posts_captures_and_runs_are_found_by_id_and_url(writer, reader):
    add(writer, 1, article(URL, posts=(citation(),)))
    add(writer, 2, url="https://news.example/gone")
    for asked, kind in (
        ("x:1", "post"),
        ("https://x.com/i/status/1", "post"),
        (capture(1).record_id, "capture"),
        ("https://news.example/gone", "capture"),
        ("run-1", "run"),
    ):
        assert reader.find(asked).kind == kind
    assert reader.find("https://news.example/gone").view["record_id"] == capture(2).record_id


@pytest.mark.parametrize("asked", ["", "'", "%", "\x00", "http://[", "\ud800", "x" * 10_000])
def test_asking_for_nonsense_finds_nothing(writer, reader, asked):
    add(writer, 1, article(URL))
    assert reader.find(asked) is None


def test_lists_come_newest_first_and_bounded(writer, reader):
    for number in range(5):
        url = f"https://news.example/2026/a-{number}"
        add(writer, number, article(url, f"text {number}", posts=(citation(str(number)),)))
    for listing, name in (
        (reader.articles, "url"),
        (reader.posts, "post_id"),
        (reader.citations, "post_id"),
        (reader.captures, "record_id"),
    ):
        entries = [entry[name] for entry in listing()]
        assert len(entries) == 5
        assert entries == sorted(entries, reverse=True)
        assert [entry[name] for entry in listing(limit=2)] == entries[:2]
        assert not list(listing(limit=0))
        json.dumps(list(listing()))


def test_captures_of_one_url(writer, reader):
    add(writer, 1, article(URL))
    add(writer, 2, article(URL + "/"))
    add(writer, 3, article("https://news.example/2026/b-2"))
    found = [view["record_id"] for view in reader.captures(url="http://www.news.example/2026/a-1")]
    assert found == [capture(2).record_id, capture(1).record_id]
    assert not list(reader.captures(url="nonsense"))


def test_a_capture_comes_back_as_it_was(writer, reader):
    with writer.batch():
        writer.add_run(RUN)
        writer.add_capture(capture(1, is_tls_verified=False, via="https://v.example/"))
    view = reader.capture(capture(1).record_id)
    assert (view["is_tls_verified"], view["via"]) == (False, "https://v.example/")
    assert (view["warc"], view["offset"], view["length"]) == ("a.warc.gz", 1000, 900)
    assert view["readings"] == []


def test_a_post_has_its_citers_and_their_claims(writer, reader):
    one = add(writer, 1, article(URL, posts=(citation(claimed_text="said", hashtags=("#A",)),)))
    two = add(
        writer, 2, article("https://b.example/b-2", headline="B", posts=(citation(form="link"),))
    )
    post = reader.post("x:1")
    assert [citer["article_id"] for citer in post["cited_by"]] == [two.article_id, one.article_id]
    assert post["cited_by"][0] == {
        "article_id": two.article_id,
        "article_url": "https://b.example/b-2",
        "headline": "B",
        "record_id": capture(2).record_id,
        "reader": READER,
        "relation": "embedded",
        "form": "link",
    }
    assert post["claims"][1]["claimed_text"] == "said"
    assert post["claims"][1]["claimed_by"] == one.article_id
    assert post["state"] == "not_asked"


def test_an_iterator_keeps_its_state_while_others_ask_and_write(writer, reader):
    for number in range(3):
        add(writer, number, article(f"https://news.example/2026/a-{number}"))
    listing = reader.articles()
    first = next(listing)
    add(writer, 9, article("https://news.example/2026/a-9"))
    assert reader.article(first["id"])["id"] == first["id"]
    assert len(list(listing)) == 2
    assert len(list(reader.articles())) == 4


def test_a_call_sees_one_state(writer, path):
    add(writer, 1, article(URL))
    with snapshot(path) as connection:
        counting = "SELECT count(*) FROM captures"
        before = connection.execute(counting).fetchone()[0]
        add(writer, 2, article(URL))
        assert connection.execute(counting).fetchone()[0] == before == 1


@pytest.mark.parametrize("statement", ["DELETE FROM captures", "CREATE TABLE x (a)"])
def test_a_reader_cannot_write(writer, path, statement):
    with pytest.raises(StoreUnavailable, match="readonly"), snapshot(path) as connection:
        connection.execute(statement)


def test_a_reader_sees_whole_batches_only(writer, reader):
    with writer.batch():
        writer.add_run(RUN)
        writer.add_capture(capture(1))
        assert reader.capture(capture(1).record_id) is None
    assert reader.capture(capture(1).record_id) is not None


def test_a_reader_works_after_the_writer_has_left(writer, reader, path):
    add(writer, 1, article(URL))
    writer.close()
    assert len(list(reader.articles())) == 1
    path.unlink()
    with pytest.raises(NotAnArchive):
        list(reader.articles())


ROUNDS = 30


def _write(path, started):
    with CatalogueWriter.open(path) as writer:
        for number in range(ROUNDS):
            posts = (citation("1", claimed_text=f"said {number}"), citation(str(number)))
            add(writer, number, article(f"https://news.example/2026/a-{number}", posts=posts))
            started.set()


def _whole(reader):
    """One look at a catalogue in which every capture has one article: is it of one piece?"""
    articles = list(reader.articles())
    assert all(view["capture"]["record_id"] and view["body"] for view in articles)
    hits = list(reader.search("word5", limit=ROUNDS))
    assert len(hits) >= len(articles)
    post = reader.post("x:1")
    assert len(post["cited_by"]) >= len(articles)
    assert len(list(reader.captures())) >= len(articles)
    return len(articles)


def test_readers_are_undisturbed_while_another_process_writes(path):
    CatalogueWriter.open(path).close()
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    process = context.Process(target=_write, args=(path, started))
    process.start()
    try:
        assert started.wait(60)
        counts: list[list[int]] = [[], []]
        failures = []

        def look(mine):
            try:
                reader = CatalogueReader(path)
                while not mine or mine[-1] < ROUNDS:
                    mine.append(_whole(reader))
            except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
                failures.append(error)

        threads = [threading.Thread(target=look, args=(mine,)) for mine in counts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failures
        assert all(mine == sorted(mine) and mine[-1] == ROUNDS for mine in counts)
    finally:
        process.join(60)
    assert process.exitcode == 0
