import json

import pytest

from crawler.extract.document.markup import parse
from crawler.extract.document.structured import read_structured, texts

URL = "https://news.example/a/1"


def structured(*scripts, head=""):
    html = head + "".join(f'<script type="application/ld+json">{text}</script>' for text in scripts)
    return read_structured(parse(html), URL)


def headline(*scripts):
    return next(texts(structured(*scripts).article.get("headline")), None)


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"H"}',
        '[{"@type":"Organization"},{"@type":"NewsArticle","headline":"H"}]',
        '{"@graph":[{"@type":"WebPage"},{"@type":["Thing","BlogPosting"],"headline":"H"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"http://schema.org/Article","headline":"H"}}',
        '<!-- {"@type":"NewsArticle","headline":"H"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"H"}\n//]]>',
        '{"@type":"NewsArticle","headline":"H",}',
        '{"@type":"NewsArticle","note":"two\nlines","headline":"H"};',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;H&quot;}",
    ],
)
def test_json_ld_is_read_as_the_web_writes_it(text):
    assert headline(text) == "H"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 50_000, "9" * 10_000, "null"])
def test_what_is_broken_is_left_out_and_the_rest_stays(text):
    assert headline(text, '{"@type":"NewsArticle","headline":"H"}') == "H"


def test_the_article_that_names_the_page_wins_over_others():
    other = {"@type": "NewsArticle", "headline": "Other", "url": "/b", "a": 1, "b": 2, "c": 3}
    own = {
        "@type": "NewsArticle",
        "headline": "Own",
        "mainEntityOfPage": {"@id": URL},
        "a": 1,
        "b": 2,
    }
    assert headline(json.dumps([other, own])) == "Own"


def article(**named):
    said = {"@type": "NewsArticle", "author": "A", "datePublished": "2022", "keywords": "k"}
    return json.dumps(said | named)


def test_the_article_that_shares_the_pages_title_wins_where_none_names_the_page():
    stated = structured(
        article(headline="Bread is dear this year", articleBody="B", image="i"),
        article(headline="Ferries sail again"),
        head="<title>Ferries sail again | Isle</title>",
    )
    assert stated.article["headline"] == "Ferries sail again"


def test_an_article_of_another_address_and_title_is_not_the_pages():
    other = article(headline="Bread is dear this year", url="https://news.example/a/2")
    assert structured(other, head="<title>Ferries sail again</title>").article == {}
    own = '<link rel="canonical" href="https://news.example/a/2">'
    assert structured(other, head=own).article["headline"] == "Bread is dear this year"


def test_references_are_looked_up():
    found = structured(
        '{"@graph":[{"@type":"NewsArticle","author":{"@id":"#a"}},'
        '{"@type":"Person","@id":"#a","name":"Ann Lee"}]}'
    )
    assert list(texts(list(found.resolved(found.article["author"])))) == ["Ann Lee"]


def test_metas_are_found_under_any_of_their_names():
    found = structured(
        head='<meta property="OG:Title" content=" A  b "><meta name="og:title" content="c">'
        '<meta name="empty" content=""><meta itemprop="datePublished" content="2020-01-01">'
    )
    assert list(found.meta("og:title")) == ["A b", "c"]
    assert list(found.meta("datepublished", "og:title")) == ["2020-01-01", "A b", "c"]
    assert list(found.meta("empty")) == []
