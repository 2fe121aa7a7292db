"""Which of a page's dates are the article's own."""

import pytest

from crawler.extract.dates import best_moment, moment_of
from crawler.extract.document.markup import parse
from crawler.extract.document.structured import read_structured
from crawler.extract.witnesses.timing import shown_days, stated_published

URL = "https://www.island-post.example/a/1"


def published(html):
    tree = parse(html)
    stated = (*stated_published(tree, read_structured(tree, URL)), *shown_days(tree))
    return str(best_moment(filter(None, (moment_of(one.text) for one in stated))))


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Ferries sail</h1><div>3. Mai 2022, 10:15</div>",
        "<h1>Ferries sail</h1><p><b>Datum:</b> 03.05.2022 10:15</p><p>They sail.</p>",
        "<p class=dateline>3 May 2022, 10:15</p><h1>Ferries sail</h1>",
        "<title>Ferries sail again</title><h3>X</h3><h3>Ferries sail again</h3><p>03.05.22 10:15",
        "<h1></h1><title>Ferries sail again</title><h2>Ferries sail again</h2><p>03.05.22 10:15",
    ],
)
def test_a_date_that_readers_see_beside_the_headline_is_read(page):
    assert published(page) == "2022-05-03"


def test_other_articles_dates_are_not_this_ones():
    page = """<div class="teaser"><b class="date">1.1.2020</b></div><h1>Ferries sail</h1>
        <aside><time>2.1.2020</time></aside><div class="comments"><p>3.1.2020</p></div>
        <p>4.5.2022</p>"""
    assert published(page) == "2022-05-04"


def test_a_time_of_another_article_that_stands_first_is_not_this_ones():
    page = """<aside><time datetime="2020-01-01T08:00:00Z">1.1.</time></aside>
        <h1>Ferries sail</h1><time datetime="2022-05-03T10:15:00Z">3.5.</time>"""
    assert published(page).startswith("2022-05-03T10:15")


def test_what_follows_the_headline_is_only_searched_so_far():
    rest = "".join(f"<p>Line {number}</p>" for number in range(100))
    assert published(f"<h1>Ferries sail</h1>{rest}<p>4.5.2022</p>") == "None"


def test_a_clock_time_yields_to_the_same_days_instant_of_another_witness():
    page = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "H",
        "datePublished": "2022-05-03T10:15:30"}</script>
        <meta name="cXenseParse:publishtime" content="2022-05-03T08:15:30Z">"""
    assert published(page) == "2022-05-03T08:15:30+00:00"
