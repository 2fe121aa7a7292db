"""Long lists of the reading room: a part at a time, and nothing is cut without a word."""

import datetime as dt
import html
import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from archive import ArchiveFolder, Reading, Verdict
from archive.browse import pages, shelf
from archive.catalogue import CatalogueWriter
from tests.archive.catalogue.facts import BEGAN, RUN, add, article, capture, opened
from tests.browse.asking import Asking, words_of

HOST = "news.example"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Three rows a page, so that a few make several pages."""
    for name in ("SHOWN", "FOUND", "LINES", "CHANGES"):
        monkeypatch.setattr(pages, name, 3)


@pytest.fixture
def root(tmp_path):
    return ArchiveFolder.create(tmp_path / "archive").root


@pytest.fixture
def writer(root):
    with opened(root / "catalogue.sqlite") as writer:
        yield writer


def page_of(number, host=HOST):
    return f"https://{host}/2026/story-{number}"


def put(writer: CatalogueWriter, number, *, host=HOST):
    """One article; two of them come in at every minute."""
    found = article(page_of(number, host), text=f"bridge story{number} " * 9, headline=f"N{number}")
    add(writer, number, found, captured_at=BEGAN + number // 2 * MINUTE)


def runs(writer, numbers):
    for number in numbers:
        run = replace(RUN, run_id=f"run-{number:03}", began_at=BEGAN + number // 2 * MINUTE)
        with writer.batch():
            writer.add_run(run)


def walked(ask, target, pattern, between):
    """What the pages of a list name, in order; `between` is called after each."""
    found = []
    for _ in range(40):
        answer = ask(target)
        assert answer.status == 200, answer.text
        part = answer.text.partition("<main")[2].partition("</main>")[0]
        found += re.findall(pattern, part)
        between()
        after = re.search(r'href="([^"]*)" rel="next"', part)
        if after is None:
            return found
        target = html.unescape(after[1])
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("target", ["/", "/articles", f"/outlet/{HOST}", "/search?q=bridge"])
def test_no_article_is_told_twice_or_passed_over_while_a_crawl_writes(root, writer, target):
    for number in range(11):
        put(writer, number)
    late = iter(range(50, 90))
    found = walked(Asking(root), target, r">N(\d+)</a>", lambda: put(writer, next(late)))
    assert sorted(map(int, found)) == list(range(11))
    if not target.startswith("/search"):
        instants = [int(number) // 2 for number in found]
        assert instants == sorted(instants, reverse=True)


def test_no_run_is_told_twice_or_passed_over_while_others_begin(root, writer):
    runs(writer, range(10))
    late = iter(range(50, 90))
    found = walked(Asking(root), "/runs", r"/run/run-(\d+)", lambda: runs(writer, [next(late)]))
    assert sorted(map(int, found)) == list(range(10))


def test_all_that_a_run_captured_can_be_seen(root, writer):
    for number in range(10):
        put(writer, number)
    late = iter(range(50, 90))
    target = f"/run/{RUN.run_id}"
    found = walked(Asking(root), target, r"<bdi>\S*story-(\d+)<", lambda: put(writer, next(late)))
    assert sorted(map(int, found)) == list(range(10))


def test_all_that_changed_can_be_seen_the_newest_first(root, writer):
    for number in range(10):
        put(writer, number)
    for number in range(10):
        edit = article(page_of(number), text=f"ferry story{number} " * 9, headline=f"N{number}")
        add(writer, 100 + number, edit, captured_at=BEGAN + (100 + number // 4) * MINUTE)
    add(writer, 150, url=page_of(3), status=410)
    late = iter(range(200, 240))

    def another():
        put(writer, number := next(late))
        edit = article(page_of(number), text="ferry " * 30, headline=f"N{number}")
        add(writer, 400 + number, edit)

    pattern = r'>(edited|gone)</span></td>\s*<td><a href="[^"]*" dir="auto">N(\d+)<'
    found = walked(Asking(root), "/changes", pattern, another)
    assert found[0] == ("gone", "3")
    assert sorted(int(number) for kind, number in found if kind == "edited") == list(range(10))
    front = Asking(root)("/").text
    assert 'href="/changes"' in front


def test_a_page_of_a_search_that_is_asked_for_by_itself_is_that_page(root, writer):
    for number in range(7):
        put(writer, number)
    ask = Asking(root)
    words = words_of(ask("/search?q=bridge&page=2"))
    assert "Finds 4 to 6, the best first" in words
    assert "Finds before" in words
    assert "More finds" in words
    assert "More finds" not in words_of(ask("/search?q=bridge&page=3"))
    assert "There are no more finds" in words_of(ask("/search?q=bridge&page=9"))
    for odd in ("page=0", "page=-1", "page=x", f"page={10**11}", "until=-3", f"until={10**30}"):
        assert ask(f"/search?q=bridge&{odd}").status == 200


def test_what_has_no_word_in_it_is_said_to_have_none(root, writer):
    put(writer, 1)
    assert "There is no word in this" in words_of(Asking(root)("/search?q=%22%2A%22"))
    assert "Nothing here has all of these words" in words_of(Asking(root)("/search?q=zebra"))


@pytest.mark.parametrize("before", ["x", "~", "2026-11-22T17:00:00.000000Z", "~a1"])
@pytest.mark.parametrize("target", ["/articles", f"/outlet/{HOST}", "/runs", "/changes"])
def test_a_part_that_no_list_has_is_not_taken_for_its_beginning(root, writer, target, before):
    put(writer, 1)
    assert Asking(root)(f"{target}?before={quote(before)}").status == 404


def test_outlets_are_listed_and_lead_to_their_pages(root, writer):
    hosts = (HOST, "other.example", "127.0.0.1:8080", "[::1]", "b%C3%BCcher.example")
    for number, host in enumerate((HOST, *hosts)):
        put(writer, number, host=host)
    ask = Asking(root)
    answer = ask("/outlets")
    words = words_of(answer)
    assert f"Outlet Articles Newest came in Last seen {HOST} 2 22 Nov 2026" in words
    assert "5 hosts" in words
    listed = re.findall(r'href="(/outlet/[^"]*)"', answer.text)
    assert len(listed) == 5
    for link in listed:
        found = ask(link)
        assert found.status == 200, link
        assert set(re.findall(r'href="(/outlet/[^"]*)"', found.text)) == {link}


def test_an_outlets_name_leads_to_it_from_the_search(root, writer):
    put(writer, 1)
    for name in (HOST, HOST.upper(), f"www.{HOST}"):
        assert "the name of an outlet" in words_of(Asking(root)(f"/search?q={name}"))
    assert "outlet:" not in words_of(Asking(root)("/search?q=else.example"))


def test_what_an_outlet_answered_is_counted_whole_or_said_not_to_be(root, writer, monkeypatch):
    for number in range(7):
        put(writer, number)
    words = words_of(Asking(root)(f"/outlet/{HOST}"))
    assert "content 7" in words
    assert "Of the first" not in words
    monkeypatch.setattr(shelf, "HEALTH", 5)
    monkeypatch.setattr(pages, "HEALTH", 5)
    assert "Of the first 5 captures" in words_of(Asking(root)(f"/outlet/{HOST}"))


def test_of_several_readers_the_newest_tells_what_an_outlet_answered(root, writer):
    put(writer, 1)
    kept = capture(2, page_of(2))
    with writer.batch():
        writer.add_capture(kept)
        for reader, verdict in (("9", Verdict.LOGIN_WALL), ("10", Verdict.PAYWALL)):
            writer.add_reading(Reading(record_id=kept.record_id, reader=reader, verdict=verdict))
    words = words_of(Asking(root)(f"/outlet/{HOST}"))
    assert "content 1" in words
    assert "paywall 1" in words
    assert "login wall" not in words


def test_an_article_says_of_how_many_edits_it_shows_the_newest(root, writer, monkeypatch):
    monkeypatch.setattr(pages, "COMPARED", 2)
    ids = {
        add(writer, number, article(page_of(1), text=f"bridge closed at {number} " * 9)).article_id
        for number in range(6)
    }
    [name] = ids
    assert "How it was changed: the newest 2 of 5 edits" in words_of(
        Asking(root)(f"/article/{name}")
    )
