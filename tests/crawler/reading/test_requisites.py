"""What a page needs to be seen, found in its markup and its stylesheets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.document.offers import srcset_urls
from crawler.extract.page import Page
from crawler.reading.requisites import (
    MAX_NAMED,
    Need,
    page_requisites,
    stylesheet_requisites,
)

URL = "https://news.example/2026/story"


def found(markup, url=URL):
    page = Page(url=url, body=markup.encode(), content_type="text/html; charset=utf-8")
    return [
        (one.need, one.url.removeprefix("https://news.example")) for one in page_requisites(page)
    ]


def styled(text, url="https://news.example/css/site.css"):
    requisites = stylesheet_requisites(text.encode(), url)
    return [(one.need, one.url.removeprefix("https://news.example")) for one in requisites]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<link rel="stylesheet" href="/a.css">', [(Need.STYLE, "/a.css")]),
        ('<link rel="shortcut icon" href=i.ico>', [(Need.ICON, "/2026/i.ico")]),
        ('<link rel=preload as=font href="/f.woff2">', [(Need.FONT, "/f.woff2")]),
        ('<link rel=preload as=fetch href="/data.json">', []),
        ('<link rel=canonical href="/x"><a href="/y">', []),
        ('<script src="//cdn.example/x.js"></script>', [(Need.SCRIPT, "https://cdn.example/x.js")]),
        ('<img src="data:image/gif;base64,R0" data-src="/lazy.jpg">', [(Need.IMAGE, "/lazy.jpg")]),
        ('<noscript><img src="/plain.jpg"></noscript>', [(Need.IMAGE, "/plain.jpg")]),
        ('<video poster="/p.jpg" src="/v.mp4">', [(Need.IMAGE, "/p.jpg")]),
        ("<p style=\"background: url('/bg.png')\">", [(Need.IMAGE, "/bg.png")]),
        ("<style>@import '/b.css'; p { background: url(/c.png) }</style>",
         [(Need.STYLE, "/b.css"), (Need.IMAGE, "/c.png")]),
        ("<svg><image href='/s.png'/></svg>", [(Need.IMAGE, "/s.png")]),
        ('<base href="/base/"><img src="a.png#part">', [(Need.IMAGE, "/base/a.png")]),
        ('<img src="javascript:x"><img src="ftp://a/b"><img src="http://["><img>', []),
    ],
)  # fmt: skip
def test_a_page_names_what_it_needs(markup, expected):
    assert found(f"<html><body>{markup}</body></html>") == expected


def test_styles_come_first_and_every_picture_once_before_any_other_size():
    assert found(
        '<img src="/a-1.jpg" srcset="/a-1.jpg 1x, /a-2.jpg 2x"><picture>'
        '<source srcset="/b-1.avif 640w, /b-2.avif 1280w"><img src="/b.jpg"></picture>'
        '<link rel=stylesheet href="/late.css">'
    ) == [
        (Need.STYLE, "/late.css"),
        *((Need.IMAGE, f"/{name}") for name in ("a-1.jpg", "b-1.avif", "b.jpg")),
        *((Need.IMAGE, f"/{name}") for name in ("a-2.jpg", "b-2.avif")),
    ]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("a.jpg", ["a.jpg"]),
        ("a.jpg 1x, b.jpg 2x", ["a.jpg", "b.jpg"]),
        ("a.jpg, b.jpg", ["a.jpg", "b.jpg"]),
        (" ,a.jpg 100w ,\n b,c.jpg 200w,", ["a.jpg", "b,c.jpg"]),
        ("https://i.example/w_100,h_50/a.jpg 1x", ["https://i.example/w_100,h_50/a.jpg"]),
        ("", []),
        (" , ", []),
    ],
)
def test_a_srcset_is_read_as_browsers_read_it(text, urls):
    assert list(srcset_urls(text)) == urls


def test_a_stylesheet_names_imports_fonts_and_pictures():
    assert styled(
        """@charset "utf-8"; @import url("more.css") screen; @import 'even.css';
        @font-face { src: url(../f.woff2?v=1) format("woff2"), url('f.ttf') }
        a { background: URL( "x y.png" ) } b { background: url(data:image/png;base64,AA) }
        /* url(no.png) */ c { background: url(p\\61 th\\).png) } i { mask: url(#local) }"""
    ) == [
        (Need.STYLE, "/css/even.css"),
        (Need.STYLE, "/css/more.css"),
        (Need.FONT, "/f.woff2?v=1"),
        (Need.FONT, "/css/f.ttf"),
        (Need.IMAGE, "/css/x%20y.png"),
    ]


def test_a_comment_that_never_closes_takes_the_rest():
    assert styled("a { background: url(a.png) } /* url(b.png)") == [(Need.IMAGE, "/css/a.png")]


@given(st.text(alphabet="url('\") @import,/*\\a1\n-;{}", max_size=200))
def test_no_stylesheet_and_no_srcset_breaks_it(text):
    styled(text)
    list(srcset_urls(text))
    found(f"<style>{text}</style><img srcset='{text}'>")


@pytest.mark.parametrize(
    "text",
    ["url(" * 300_000, "/*" * 500_000, "@import " * 150_000, "url(  " + " " * 1_000_000,
     "@import" + " " * 1_000_000, "\\" * 1_000_000, "url(\\" * 200_000],
)  # fmt: skip
def test_hostile_stylesheets_take_linear_time(text):
    began = time.monotonic()
    styled(text)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("text", [", " * 200_000, "a " * 200_000, "a" * 500_000, ",a" * 200_000])
def test_hostile_srcsets_take_linear_time(text):
    began = time.monotonic()
    for _ in srcset_urls(text):
        pass
    assert time.monotonic() - began < 5


def test_a_page_that_names_no_end_of_things_is_bounded():
    many = "".join(f'<img src="/{number}.png">' for number in range(MAX_NAMED + 500))
    assert len(found(many)) == MAX_NAMED
