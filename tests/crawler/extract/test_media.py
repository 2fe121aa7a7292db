"""Pictures, films and sounds amid an article's text. All pages are invented."""

import pytest

from archive import BlockType, Verdict
from crawler.extract.page import Page
from crawler.reading.page import read

PROSE = [
    "The harbour office closed the pier at noon and sent every ferry back to the old port.",
    "Nobody was hurt, the harbour master said, and the wall held through all of the long night.",
    "The ferries will sail again on Friday if the wind turns to the west, as it is said to do.",
    "Fishermen had carried their nets into the hall before the first of the waves came over.",
]
FIGURE = '<figure><img src="/i/pier.jpg" alt="The pier"><figcaption>The pier.</figcaption></figure>'


def article(amid, *, above="", head=""):
    first, *rest = (f"<p>{text}</p>" for text in PROSE)
    html = (
        f"<!doctype html><html><head><title>Storm closes the pier</title>{head}</head><body><main>"
        f"<article><h1>Storm closes the pier</h1>{above}<div>{first}{amid}{''.join(rest)}</div>"
        "</article></main></body></html>"
    )
    page = Page(url="https://news.example/storm", body=html.encode(), content_type="text/html")
    reading = read(page, "")
    assert reading.verdict is Verdict.CONTENT
    return reading.article


def media(amid, **options):
    return [
        (one.url.removeprefix("https://news.example"), one.text)
        for one in article(amid, **options).body
        if one.type is BlockType.MEDIA
    ]


@pytest.mark.parametrize(
    ("markup", "url", "text"),
    [
        (FIGURE, "/i/pier.jpg", "The pier"),
        ('<p><img src="/i/pier.jpg" width="640" height="360"></p>', "/i/pier.jpg", ""),
        (
            '<p><img src="data:image/gif;base64,R0" data-src="/i/a.jpg"></p>',
            "/i/a.jpg",
            "",
        ),
        ('<img src="/grey.gif" data-lazy-src="/i/a.jpg" alt="A">', "/i/a.jpg", "A"),
        ('<img srcset="/i/a.jpg 400w, /i/b.jpg 800w">', "/i/a.jpg", ""),
        (
            '<picture><source srcset="/i/a.webp 1x"><img src="/i/a.jpg" alt="A"></picture>',
            "/i/a.jpg",
            "A",
        ),
        ('<amp-img src="/i/a.jpg"><noscript><img src="/i/b.jpg"></noscript>', "/i/a.jpg", ""),
        ('<video controls><source src="/f/a.mp4" type="video/mp4"></video>', "/f/a.mp4", ""),
        ('<video src="/f/a.mp4" title="The wave"></video>', "/f/a.mp4", "The wave"),
        ('<audio controls src="https://news.example/s/a.mp3"></audio>', "/s/a.mp3", ""),
        (f'<a href="/i/large">{FIGURE}</a>', "/i/pier.jpg", "The pier"),
    ],
)
def test_what_stands_amid_the_text_is_a_block(markup, url, text):
    assert media(markup) == [(url, text)]


@pytest.mark.parametrize(
    "markup",
    [
        '<p>By <img class="avatar" src="/i/kai.jpg"> Kai Ferry of the harbour desk.</p>',
        '<p>The wave <img src="/i/wave.png" width="16" height="16"> came over at noon.</p>',
        '<a href="/other"><img src="/i/other.jpg"></a>',
        '<div class="related"><img src="/i/other.jpg"></div>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<img src="/themes/lazyload-placeholder.png">',
        '<img src="/signs/quote.svg?v=2">',
        '<img alt="no address">',
        '<img src="javascript:alert(1)">',
        '<noscript><img src="/i/again.jpg"></noscript>',
        '<iframe src="https://player.example/1"></iframe>',
    ],
)
def test_signs_faces_stand_ins_and_what_is_linked_elsewhere_are_none(markup):
    assert media(markup) == []


def test_a_picture_stands_between_its_neighbours_and_before_its_caption():
    kinds = [(one.type.value, one.text) for one in article(FIGURE).body]
    assert kinds[:4] == [
        ("paragraph", PROSE[0]),
        ("media", "The pier"),
        ("caption", "The pier."),
        ("paragraph", PROSE[1]),
    ]


def test_each_picture_is_told_once():
    assert media(FIGURE + '<img src="/i/pier.jpg">') == [("/i/pier.jpg", "The pier")]


def test_a_picture_moves_the_blocks_that_links_and_posts_stand_in():
    post = (
        '<blockquote class="twitter-tweet"><a href="https://x.com/k/status/1791"></a></blockquote>'
    )
    linked = '<p>The <a href="https://port.example/plan">port plan</a> is in the library.</p>'
    read_ = article(FIGURE + post + linked)
    assert [one.type.value for one in read_.body[:5]] == [
        *("paragraph", "media", "caption", "post", "paragraph")
    ]
    assert [one.block for one in read_.posts] == [3]
    assert [one.block for one in read_.links] == [4]


def test_so_many_pictures_and_no_more():
    row = "".join(f'<img src="/i/{number}.jpg">' for number in range(3_000))
    assert len(media(row)) == 500
