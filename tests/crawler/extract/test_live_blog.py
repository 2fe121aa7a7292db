"""Live blogs: entries with their times, on pages that are live blogs and on no others."""

import pytest

from crawler.extract.document.markup import parse
from crawler.extract.document.structured import read_structured
from crawler.extract.page import Page
from crawler.extract.text.live_blog import find_entries
from crawler.reading.page import read

LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "x"}</script>'
TEXTS = [
    f"At {n} o'clock the river stood {n} hands above the lower road, and the {n}th carriage passed."
    for n in range(1, 6)
]


def entry(n):
    time = f"<time datetime='2022-05-03T0{n}:00:00Z'>0{n}:00</time>"
    return f"<div>{time}<p>{TEXTS[n - 1]}</p></div>"


def times(html):
    tree = parse(html)
    found = find_entries(tree, read_structured(tree, "https://a.example/live"))
    return [str(one.stated_at) for one in found]


@pytest.mark.parametrize(
    "page",
    [
        LIVE + "<main>" + "".join(map(entry, (3, 2, 1))) + "</main>",
        "<div class='live-blog__feed'>" + "".join(map(entry, (3, 2, 1))) + "</div>",
        "".join(
            "<div itemprop=liveBlogUpdate>"
            f"<meta itemprop=datePublished content='2022-05-03T0{n}:00:00Z'>"
            f"<p>{TEXTS[n]}</p></div>"
            for n in (3, 2, 1)
        ),
    ],
    ids=["JSON-LD", "class", "microdata"],
)
def test_entries_are_told_by_what_the_page_says_it_is(page):
    assert times(page) == [f"2022-05-03T0{n}:00:00+00:00" for n in (3, 2, 1)]


def test_a_list_of_dated_teasers_is_no_live_blog():
    assert times("<main>" + "".join(map(entry, (3, 2, 1))) + "</main>") == []


def test_two_dates_make_no_live_blog():
    assert times(LIVE + "<main>" + "".join(map(entry, (2, 1))) + "</main>") == []


def test_each_entry_opens_with_a_block_that_has_its_time():
    html = f"{LIVE}<article><h1>The river</h1>{''.join(map(entry, (5, 4, 3, 2, 1)))}</article>"
    page = Page(url="https://a.example/live", body=html.encode(), content_type="text/html")
    body = read(page, "r").article.body
    assert [block.type.value for block in body] == ["entry", "paragraph"] * 5
    assert [block.stated_at.at.hour for block in body[::2]] == [5, 4, 3, 2, 1]
    assert [block.text for block in body[1::2]] == TEXTS[::-1]


@pytest.mark.parametrize("zone", ["BST", "Uhr", "p.m. ET"])
def test_an_entry_s_shown_time_is_told_by_its_block_alone(zone):
    entries = "".join(entry(n).replace(":00</time>", f":00 {zone}</time>") for n in (3, 2, 1))
    html = f"{LIVE}<article><h1>The river</h1>{entries}</article>"
    page = Page(url="https://a.example/live", body=html.encode(), content_type="text/html")
    assert [block.text for block in read(page, "r").article.body[1::2]] == TEXTS[2::-1]


def test_nested_and_endless_entries_cost_little():
    nested = "<div><time datetime='2022-05-03T01:00Z'></time>" * 3_000
    assert len(times(LIVE + nested + entry(1) * 5_000)) <= 500
