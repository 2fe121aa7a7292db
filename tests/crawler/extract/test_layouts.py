"""However a page lays its article out, a link to a post in its prose is a citation.

Pages of our own making: the same sentences in paragraphs, lists, lines and boxes.
"""

import pytest

from crawler.extract.page import Page
from crawler.reading.page import read

URL = "https://isle.example/2022/11/ferries"
POST = "1594012345678901234"
LINK = f'<a href="https://twitter.com/annlee/status/{POST}">wrote on Twitter</a>'
LINKING = f"As the minister {LINK}, the island will not be forgotten in the coming talks."
SENTENCES = (
    "The ferry to the northern island sailed again on Monday after two weeks of storms.",
    "Harbour master Ann Lee said that the crew had checked every cable and every lifeboat.",
    "About three hundred people waited at the pier, many of them since the early hours.",
    "The company had cancelled forty crossings since the beginning of the month, it said.",
    "Fishermen said the harbour wall had held, though the sea had moved stones like cars.",
    "A new breakwater is promised, but work on it is not expected to begin before summer.",
)
LINES = (*SENTENCES[:3], LINKING, *SENTENCES[3:])
TITLE = "Ferries sail again to the northern island"
STRANGER = '<a href="https://twitter.com/isle/status/1222222222222222222">what we said of it</a>'


def each(form, lines=LINES):
    return "".join(form.format(line) for line in lines)


def paragraphs(part):
    """An article of paragraphs, and one other part amid them."""
    return each("<p>{}</p>", SENTENCES[:3]) + part + each("<p>{}</p>", SENTENCES[3:])


LAYOUTS = {
    "paragraphs in no article": f"<div><h1>{TITLE}</h1><div>{each('<p>{}</p>')}</div></div>",
    "lines in a block": f"<div><h1>{TITLE}</h1><div>{'<br><br>'.join(LINES)}</div></div>",
    "blocks": f"<div><h1>{TITLE}</h1><div>{each('<div>{}</div>')}</div></div>",
    "spans": f"<div><h1>{TITLE}</h1><div>{each('<div><span>{}</span></div>')}</div></div>",
    "a table of the nineties": f"<table><tr><td><h1>{TITLE}</h1>"
    f"<font size=2>{'<br>'.join(LINES)}</font></td></tr></table>",
    "rows": f"<h1>{TITLE}</h1>{each('<div class=row><div><p>{}</p></div></div>')}",
    "two columns": f"<div><div><h1>{TITLE}</h1>{each('<p>{}</p>', LINES[4:])}</div>"
    f"<div>{each('<p>{}</p>', LINES[:4])}</div></div>",
    "entries": f"<main><h1>{TITLE}</h1>"
    f"{each('<section><h3>An entry</h3><div><p>{}</p></div></section>')}</main>",
    "entries of a list": f"<h1>{TITLE}</h1><ol>{each('<li><h3>Entry</h3><div>{}</div></li>')}</ol>",
    "an article in an aside": f"<main><aside><header><h1>{TITLE}</h1></header>"
    f"<div>{each('<p>{}</p>')}</div></aside></main>",
    "an own header": f"<article><header><p>{LINKING}</p></header><h1>{TITLE}</h1>"
    f"<div>{each('<p>{}</p>', SENTENCES)}</div></article>",
    "a page in a form": f"<form id=f><div><h1>{TITLE}</h1>{each('<p>{}</p>')}</div></form>",
    **{
        name: f"<article><h1>{TITLE}</h1>{paragraphs(part)}</article>"
        for name, part in {
            "a list": f"<ul><li>Minister: {LINK}</li><li>Mayor: no comment</li></ul>",
            "a quotation": f"<blockquote><p>{LINKING}</p></blockquote>",
            "a caption": f"<figure><img src=a.jpg><figcaption>A minister, who {LINK} of it"
            "</figcaption></figure>",
            "a row": f"<table><tr><td>Minister</td><td>{LINKING}</td></tr></table>",
            "a heading": f"<h2>The minister {LINK}</h2>",
            "a definition": f"<dl><dt>Minister</dt><dd>{LINKING}</dd></dl>",
            "a box": f"<div class=infobox><h3>Background</h3><p>{LINKING}</p></div>",
            "a bare line": f"<p>{LINK}</p>",
        }.items()
    },
}


def posts(body):
    page = (
        f"<html lang=en><head><title>{TITLE} | Isle</title></head><body>"
        '<header><a href="/">Isle</a><nav><a href="/n">News</a></nav></header>'
        f"{body}<aside class=sidebar><p>Read {STRANGER} on our channel</p></aside>"
        f"<footer>Isle, an island's paper: {STRANGER}</footer></body></html>"
    )
    article = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert article is not None
    return [post.post_id for post in article.posts]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_link_in_prose_is_a_citation_in_every_layout(layout):
    assert posts(LAYOUTS[layout]) == [POST]


@pytest.mark.parametrize(
    "part",
    [
        f"<aside><p>{LINKING}</p></aside>",
        f"<div class=share>{LINK}</div>",
        f"<div class=author-box>Ann Lee {LINK} for Isle and likes long walks by the sea</div>",
        f"<ul class=related><li>{LINK}</li></ul>",
    ],
)
def test_a_link_beside_the_prose_is_none(part):
    assert posts(f"<article><h1>{TITLE}</h1>{paragraphs('')}{part}</article>") == []


def test_an_aside_with_a_heading_that_is_not_the_page_s_own_holds_no_article():
    teaser = f"<aside><h1>Also read</h1><div>{each('<p>{}</p>', LINES * 2)}</div></aside>"
    assert posts(f"<article><h1>{TITLE}</h1>{paragraphs('')}</article>{teaser}") == []
