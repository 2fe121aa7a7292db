"""docs/reading.md says what the code does, and its examples run."""

import datetime as dt
import json
import re
from types import SimpleNamespace

import pytest

from crawler.extract.citations.walk import find_citations
from crawler.extract.document.markup import parse
from crawler.extract.page import Page
from crawler.platforms.registry import Registry
from crawler.reading.page import read
from tests.renew_golden import ROOT, expected

DOC = (ROOT / "docs" / "reading.md").read_text("utf-8")
ROWS = {
    field: re.findall(r"`([^`]+)`", row)
    for field, row in re.findall(r"^\| `(\w+)` \| (.*) \|$", DOC, re.MULTILINE)
}
TEXT = "The ships left the harbour in the morning, as they had done for as long as I remember. "


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)[1]


def _node(said):
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{said}}}</script>'


SHIP = '<figure><img src="/i/ship-1.jpg">'
# How a page states a field to each witness; %s is what it says.
SAYS = {
    "headline": {
        "json-ld headline": _node('"headline":"%s"'),
        "meta og:title": '<meta property="og:title" content="%s">',
        "h1": "<h1>%s</h1>",
        "meta twitter:title": '<meta name="twitter:title" content="%s">',
        "title": "<title>%s</title>",
        "json-ld name": _node('"name":"%s"'),
    },
    "authors": {
        "json-ld author": _node('"author":"%s"'),
        "meta author": '<meta name="author" content="%s">',
        "itemprop author": '<p itemprop="author">%s</p>',
        "rel author": '<a rel="author">%s</a>',
        "author's card": '<p class="author vcard"><a class="fn">%s</a></p>',
        "byline": '<p class="byline">%s</p>',
        "link to the author": '<p><a href="/author/1">%s</a></p>',
        "line below the headline": "<h1>Ships leave</h1><p>By %s</p>",
    },
    "published_at": {
        "json-ld datePublished": _node('"datePublished":"%s"'),
        "meta article:published_time": '<meta property="article:published_time" content="%s">',
        "time": '<time datetime="%s"></time>',
        "url": None,
        "shown date": '<p class="date">%s</p>',
        "line below the headline": "<h1>Ships leave</h1><p>%s</p>",
    },
    "modified_at": {
        "json-ld dateModified": _node('"dateModified":"%s"'),
        "meta article:modified_time": '<meta property="article:modified_time" content="%s">',
        "itemprop dateModified": '<time itemprop="dateModified" datetime="%s"></time>',
        "time updated": '<time class="updated" datetime="%s"></time>',
        "line below the headline": "<h1>Ships leave</h1><p>Updated %s</p>",
    },
    "language": {
        "json-ld inLanguage": _node('"inLanguage":"%s"'),
        "html lang": '<html lang="%s">',
        "meta content-language": '<meta http-equiv="content-language" content="%s">',
    },
    "image_credit": {
        "json-ld image creditText": _node('"image":{"url":"/i/ship-1.jpg","creditText":"%s"}'),
        "figure credit": SHIP + '<i class="credit">%s</i></figure>',
        "figure caption": SHIP + "<figcaption>At sea. Foto: %s</figcaption></figure>",
    },
}
WORDS = {
    "headline": [f"Ships leave harbour number {n}" for n in range(9)],
    "authors": ["Ann Lee", "Bo Ek", "Cy Orr", "Di Poe", "Ed Roe", "Flo Sim", "Gus Tew", "Hal Urn"],
    "published_at": [f"2022-05-0{n}" for n in range(1, 9)],
    "modified_at": [f"2022-05-0{n}" for n in range(1, 9)],
    "language": ["en", "fr", "de"],
    "image_credit": ["Ann Lee", "Bo Ek", "Cy Orr"],
}


@pytest.mark.parametrize("field", SAYS)
def test_witnesses_win_in_the_order_of_the_page(field):
    assert ROWS[field] == list(SAYS[field])
    for missing in range(len(ROWS[field])):
        heard = ROWS[field][missing:]
        said = dict(zip(heard, WORDS[field], strict=False))
        if "json-ld headline" in said:
            del said["json-ld name"]  # of two nodes of one article one is heard
        markup = [SAYS[field][one] % word for one, word in said.items() if SAYS[field][one]]
        if field != "image_credit":
            markup.reverse()  # so that it is not the order of the page that decides
        heads = sorted(markup, key=lambda one: not one.startswith(("<html", "<meta")))
        day = said.get("url", "").replace("-", "/")
        image = '<meta property="og:image" content="/i/ship-1.jpg">' * (field == "image_credit")
        html = f"{image}{''.join(heads)}<article><p>{TEXT * 3}</p></article>"
        url = f"https://news.example/{day + '/' if day else ''}story"
        article = read(Page(url=url, body=html.encode(), content_type="text/html"), "r").article
        assert article.field_sources.get(field) == heard[0], html
        value = getattr(article, field)
        value = value[0].name if field == "authors" else str(value)
        assert value == said[heard[0]]


def test_the_example_of_strangers_is_the_golden_pages():
    reading = expected("json-ld-strangers")["reading"]
    assert json.loads(block("json")) == {
        name: reading[name] for name in ("field_sources", "other_statements")
    }


def test_the_example_platform_is_one():
    names = {}
    exec(compile(block("python"), "docs/reading.md", "exec"), names)
    registry = Registry([SimpleNamespace(**names)])
    page = (
        f"<article><p>{TEXT}</p><iframe src='https://lumen.example/embed/86400'></iframe><p>{TEXT}"
        "<a href='https://www.lumen.example/photos/5?utm=1'>a picture of it</a> was shown.</p>"
        "<a href='https://lumen.example/kai'>Kai</a></article>"
    )
    found = find_citations(parse(page), "https://news.example/1", registry=registry)
    said = [(one.citation.post_key, one.citation.relation.value) for one in found]
    assert said == [("lumen:86400", "embedded"), ("lumen:5", "linked")]
    assert found[0].citation.id_at == dt.datetime(2020, 1, 2, tzinfo=dt.UTC)


def test_the_entry_point_is_the_registrys():
    from crawler.platforms.registry import ENTRY_POINTS

    assert f'[project.entry-points."{ENTRY_POINTS}"]' in block("toml")
