"""Where on a page a link to a post is a citation: in the text, amid it, as a source, and where not.

Pages of our own making.
"""

import json

import pytest

from crawler.extract.page import Page
from crawler.extract.text.sources import gives_source, opens_sources
from crawler.reading.page import read

URL = "https://weir.example/2024/05/weir-breaks"
POST = "1791000000000000001"
LINK = f'<a href="https://x.com/lockkeeper/status/{POST}">the keeper’s post</a>'
FILM = '<a href="https://www.youtube.com/watch?v=aB3-_dEfGhI">A day at the weir</a>'
TITLE = "The old weir breaks after a night of rain"
SENTENCES = (
    "The old weir above the mill broke in the night to Tuesday, and the meadows are under water.",
    "Nobody was hurt, the fire brigade said, but some forty sheep had to be brought to dry land.",
    "The weir had been built for the mill in 1884, and was last mended when the mill closed down.",
    "“We have asked for a new one for thirty years,” said the keeper, who lives beside the lock.",
    "Engineers will look at what is left of it on Thursday, once the water has gone down again.",
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
HEAD = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:3])
TAIL = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[3:])


def posts(body):
    page = f"<html lang=en><head><title>{TITLE}</title></head><body>{body}</body></html>"
    article = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert article is not None
    return [post.post_id for post in article.posts]


def marked(*, above="", amid="", below="", after=""):
    """An article that the markup calls one, with something around and amid its text."""
    return (
        f"<main><article><h1>{TITLE}</h1>{above}<div class=text>{HEAD}</div>{amid}"
        f"<div class=text>{TAIL}</div>{below}</article>{after}</main>"
    )


@pytest.mark.parametrize(
    "part",
    [
        f"<ul><li>{LINK}</li><li><a href='/a'>The mill</a></li></ul>",
        f"<div class=step>{LINK}</div>",
        f"<div class=via><span>On X: {LINK}</span></div>",
        f"<aside class=facts><h4>In short</h4><p>All of it began with {LINK} at nine.</p></aside>",
        f"<div class=infobox><ul><li>{LINK}</li></ul></div>",
        f"<table><tr><td>Keeper</td><td>{LINK}</td></tr></table>",
        f"<dl><dt>Seen</dt><dd>{LINK}</dd></dl>",
        f"<h3>{LINK}</h3>",
    ],
)
def test_what_stands_amid_the_text_is_cited(part):
    assert posts(marked(amid=part)) == [POST]


@pytest.mark.parametrize(
    "part",
    [
        f"<p class=standfirst>It was {LINK} that told the town.</p>",
        f"<ul class=points><li>{LINK}</li><li>Sheep saved</li></ul>",
    ],
)
def test_what_stands_between_headline_and_text_is_cited(part):
    assert posts(marked(above=part)) == [POST]


@pytest.mark.parametrize(
    "part",
    [
        f"<div><h3>Sources</h3><ul><li>{LINK}</li><li><a href='/b'>The town</a></li></ul></div>",
        f"<div class=refs><b>Quellen:</b> <ul><li>{LINK}</li></ul></div>",
        f"<footer><h5>Bronnen</h5><ul><li>{LINK}</li></ul></footer>",
        f"<footer><p>Source: {LINK}</p></footer>",
        f"<footer><p>Correction, May 8: we had misread {LINK}.</p></footer>",
        f"<div>via {LINK}</div>",
    ],
)
def test_what_is_given_as_a_source_below_the_text_is_cited(part):
    assert posts(marked(below=part)) == [POST]


def test_a_source_below_the_text_is_cited_where_only_the_headline_tells_whose_it_is():
    inner = f"<section><div><div class=text>{TEXT}</div></div></section>"
    foot = f"<footer><p>Source: {LINK}</p></footer>"
    assert posts(f"<div><h1>{TITLE}</h1>{inner}{foot}</div><div>Weir News</div>") == [POST]
    assert posts(f"<div><h1>{TITLE}</h1>{inner}</div>{foot}") == []


@pytest.mark.parametrize(
    "text",
    [
        [*SENTENCES, {"type": "link", "href": LINK.split('"')[1]}],
        f"{TEXT}<p>All of it began with {LINK} at nine.</p>".replace("/", "\\/"),
    ],
)
def test_a_link_in_data_is_cited_whatever_stands_before_the_script(text):
    told = {"text": text, "pad": "x" * 300}
    comments = "<div class=comments><p>What a night it was, for the sheep and for us!</p></div>"
    assert posts(f"{marked()}{comments}<script>let s = {json.dumps(told)}</script>") == [POST]


@pytest.mark.parametrize(
    "part",
    [
        f"<footer><p>Tom keeps bees, and is read widely on them: {LINK}.</p></footer>",
        f"<div class=author-bio><p>Tom writes of water. {LINK} made him known in town.</p></div>",
        f"<div class=comments><p>Have you all seen {LINK} of last week, I wonder?</p></div>",
        f"<div class=wp-block-comment-content><p>Have you all seen {LINK} of last week?</p></div>",
        f"<div class=jp-relatedposts><p>In another story we told of {LINK} and his dog.</p></div>",
        f"<div><h3>More videos</h3><div>{FILM}</div><div>{FILM}</div></div>",
        f"<ul class=videos><li>{FILM}</li></ul>",
        f"<aside><p>Our most liked of this week is, once more, {LINK} on his bread.</p></aside>",
    ],
)
def test_what_stands_below_the_text_as_something_else_is_not(part):
    assert posts(marked(below=part)) == []


@pytest.mark.parametrize(
    "part",
    [
        f"<div class=newsletter><p>Every Friday by mail, with {LINK} and much more.</p></div>",
        f"<div class=share>{LINK}</div>",
        f"<nav><ul><li>{LINK}</li></ul></nav>",
        f"<div class=share><footer><p>Source: {LINK}</p></footer></div>",
        f"<div class=related-stories><p>Read what we wrote of {LINK} in the spring.</p></div>",
    ],
)
def test_foreign_boxes_amid_the_text_cite_nothing(part):
    assert posts(marked(amid=part)) == []


def test_what_the_markup_calls_no_article_cites_nothing_beside_its_text():
    column = f"<div class=right><div>Films</div><div>{FILM}, told by the keeper himself</div></div>"
    assert posts(f"<div><h1>{TITLE}</h1><div>{TEXT}</div>{column}</div>") == []


def test_the_other_columns_of_a_layout_table_cite_nothing():
    cell = f"<td>Links<br>{FILM}<br>and what the neighbours say of it</td>"
    assert posts(f"<table><tr>{cell}<td><h1>{TITLE}</h1>{TEXT}</td>{cell}</tr></table>") == []


def test_footers_and_asides_of_an_article_embed_nothing():
    frame = '<iframe src="https://www.youtube.com/embed/aB3-_dEfGhI"></iframe>'
    assert posts(marked(below=f"<footer>{frame}</footer>")) == []


def test_an_aside_amid_the_texts_own_paragraphs_embeds_what_it_holds():
    frame = '<iframe src="https://www.youtube.com/embed/aB3-_dEfGhI"></iframe>'
    aside = f"<hr><hr><hr><hr><aside>{frame}</aside>"
    assert posts(f"<article><h1>{TITLE}</h1><div>{TEXT}{aside}</div></article>") == ["aB3-_dEfGhI"]


def test_an_address_in_prose_needs_no_scheme():
    assert posts(marked(amid=f"<p>All of it is at x.com/lockkeeper/status/{POST}.</p>")) == [POST]


def test_a_link_without_a_scheme_is_cited():
    link = f'<a href="x.com/lockkeeper/status/{POST}">wrote</a>'
    assert posts(marked(amid=f"<p>So the keeper {link} at nine in the morning.</p>")) == [POST]


@pytest.mark.parametrize(
    "line", ["Sources", "Quellen:", "Fuentes y referencias", "Источники:", "المصادر:", "出典："]
)
def test_lines_that_open_a_list_of_sources(line):
    assert opens_sources(line)


@pytest.mark.parametrize("line", ["Sources close to the mayor", "Notes on a scandal", "Viaducts"])
def test_lines_that_speak_of_sources_open_no_list(line):
    assert not opens_sources(line)
    assert not gives_source(line)


@pytest.mark.parametrize("line", ["Source: the keeper", "Quelle: X", "via Reddit", "Kaynak: X"])
def test_lines_that_give_a_source(line):
    assert gives_source(line)
