"""Posts beside the article are no citations of it, however they are marked. All is invented."""

import pytest

from crawler.extract.page import Page
from crawler.reading.page import read

URL = "https://news.example/2026/05/storm"
PARAGRAPHS = [
    "The harbour office closed the pier at noon and sent every ferry back to its own port.",
    "Nobody was hurt, the office said, but two trawlers had broken loose in the early morning.",
    "Sandbags were carried to the fish market, whose cellars had been flooded twice this year.",
    "The pier will be opened again once divers have looked at its pillars, perhaps on Sunday.",
    "Until then the ferries sail from the northern basin, and once a day less than they used to.",
]
PROSE = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
OWN, OTHER, THIRD = (f"17910000000000000{number:02}" for number in (1, 2, 3))


def tweet(post):
    return (
        '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Pier closed.</p>&mdash; Kai '
        f'(@kai_ferry) <a href="https://twitter.com/kai_ferry/status/{post}">May 16, 2024</a>'
        "</blockquote>"
    )


def link(post, words="What a neighbour saw"):
    return f'<a href="https://x.com/kai_ferry/status/{post}">{words}</a>'


def page(*, end="", after="", before="", main="main", article="article"):
    text = PROSE[0] + PROSE[1] + tweet(OWN) + "".join(PROSE[2:])
    return (
        f"<!doctype html><html lang=en><head><title>Storm closes the pier</title></head><body>"
        f"{before}<{main}><{article}><h1>Storm closes the pier</h1><div>{text}{end}</div>"
        f"</{article.split()[0]}></{main.split()[0]}>{after}</body></html>"
    )


def cited(markup):
    reading = read(Page(url=URL, body=markup.encode(), content_type="text/html"), "")
    assert reading.article is not None
    return [post.post_id for post in reading.article.posts]


SLIDES = f"<div>{tweet(OTHER)}</div><div>{tweet(THIRD)}</div>"


@pytest.mark.parametrize("main", ["main", "div role=main"])
@pytest.mark.parametrize(
    "beside",
    [
        f'<div class="rail">{SLIDES}</div>',
        f"<section><h2>What is said on X</h2>{SLIDES}</section>",
        f"<div><h2>Watch now</h2>{tweet(OTHER)}</div>",
    ],
)
def test_what_is_embedded_outside_of_main_is_not_the_article_s(main, beside):
    assert cited(page(main=main, after=beside)) == [OWN]
    if "<h2>" in beside:
        assert cited(page(main=main, before=beside)) == [OWN]


@pytest.mark.parametrize("main", ["main", "div"])
def test_a_lead_above_the_article_has_no_heading_of_its_own(main):
    assert sorted(cited(page(main=main, before=tweet(OTHER)))) == [OWN, OTHER]
    assert cited(page(main=main, before=f"<div><h3>Live</h3>{tweet(OTHER)}</div>")) == [OWN]


def test_a_lead_outside_of_main_counts_where_the_headline_stands_there_too():
    markup = page().replace("<h1>Storm closes the pier</h1>", "")
    hero = f"<header><h1>Storm closes the pier</h1></header>{tweet(OTHER)}<main>"
    assert sorted(cited(markup.replace("<main>", hero))) == [OWN, OTHER]


@pytest.mark.parametrize("name", ["carousel", "swiper", "splide", "slick-slider", "glide__track"])
def test_slides_below_the_text_are_none_though_nothing_is_called_main(name):
    slides = f'<div class="{name}">{SLIDES}</div>'
    assert cited(page(main="div", after=slides)) == [OWN]
    assert cited(page(main="div", article="div", after=slides)) == [OWN]


@pytest.mark.parametrize(
    "beside",
    [
        f"<div><h4>Film of the week</h4>{tweet(OTHER)}</div>",
        f'<div id="jp-related"><h3>Related</h3>{tweet(OTHER)}</div>',
        f'<div id="colophon">{tweet(OTHER)}</div>',
    ],
)
def test_what_is_embedded_below_the_article_that_holds_the_headline_is_not_its_own(beside):
    assert cited(page(main="div", after=beside)) == [OWN]


def test_the_other_columns_of_a_layout_s_table_are_not_the_article_s():
    side = f"<td><b>Film</b>{tweet(OTHER)}</td>"
    cells = f"{side}<td><h1>Storm closes the pier</h1>{''.join(PROSE)}{tweet(OWN)}</td>"
    markup = (
        "<html lang=en><head><title>Storm closes the pier</title></head><body>"
        f"<table><tr>{cells}</tr></table></body></html>"
    )
    assert cited(markup) == [OWN]


def test_a_link_in_what_the_site_asks_below_the_text_is_none():
    asked = f"<p><em>Subscribe to our channel and {link(OTHER, 'watch our trailer')}.</em></p>"
    assert cited(page(end=asked)) == [OWN]


def test_slides_amid_the_text_are_the_article_s():
    slides = f'<div class="swiper">{SLIDES}</div>'
    assert cited(page().replace(PROSE[3], slides + PROSE[3])) == [OWN, OTHER, THIRD]


@pytest.mark.parametrize("main", ["main", "div"])
def test_the_next_article_s_posts_are_its_own(main):
    following = (
        f"<article><h1>Snow closes the road</h1><p>{PARAGRAPHS[2]}</p>{tweet(OTHER)}"
        f"<p>The plough is out, they say at {link(THIRD)}, and the bus late.</p></article>"
    )
    inside, closing, rest = page(main=main).rpartition(f"</{main}>")
    assert cited(inside + following + closing + rest) == [OWN]


def test_entries_without_the_headline_are_articles_of_one_page():
    entries = "".join(
        f"<article><h2>At {hour} o'clock</h2><p>{text}</p>{tweet(post)}</article>"
        for hour, text, post in zip((7, 8, 9), PARAGRAPHS, (OWN, OTHER, THIRD), strict=False)
    )
    markup = (
        "<!doctype html><html lang=en><head><title>Storm closes the pier</title></head><body>"
        f"<main><h1>Storm closes the pier</h1>{entries}</main></body></html>"
    )
    assert cited(markup) == [OWN, OTHER, THIRD]


@pytest.mark.parametrize(
    "heading", ["More on this topic", "Related", "Mehr zum Thema", "Sur le même sujet", "اقرأ أيضا"]
)
def test_links_of_a_list_below_the_text_are_none(heading):
    listed = f"<ul><li>{link(OTHER)}</li><li>{link(THIRD)}</li><li><a href='/b'>Snow</a></li></ul>"
    assert cited(page(end=f"<h3>{heading}</h3>{listed}")) == [OWN]
    assert cited(page(end=f"<p><strong>{heading}</strong></p>{listed}")) == [OWN]


def test_links_of_a_list_of_sources_below_the_text_are_citations():
    listed = f"<ul><li>{link(OTHER)}</li><li><a href='/b'>Report of the council</a></li></ul>"
    assert cited(page(end=f"<h3>Sources</h3>{listed}")) == [OWN, OTHER]


def test_pictures_of_a_gallery_amid_the_text_are_no_links_of_the_next_paragraph():
    pictures = "".join(link(post, '<img src="/a.jpg" alt="">') for post in (OTHER, THIRD))
    gallery = f'<div class="gallery">{pictures}</div>'
    assert cited(page().replace(PROSE[3], gallery + PROSE[3])) == [OWN]


def unmarked(*, before="", after=""):
    """A page whose markup calls nothing the main, or an article."""
    text = PROSE[0] + PROSE[1] + tweet(OWN) + "".join(PROSE[2:])
    return (
        "<!doctype html><html lang=en><head><title>Storm closes the pier</title></head><body>"
        f"<div class=a>{before}<div class=b><div class=c><h1>Storm closes the pier</h1></div>"
        f"<div class=d>{text}</div></div>{after}</div></body></html>"
    )


COLUMN = f"<div class=e><h3>From the networks</h3>{SLIDES}</div>"


@pytest.mark.parametrize("beside", [{"before": COLUMN}, {"after": COLUMN}, {"after": SLIDES}])
def test_columns_of_a_page_that_marks_no_article_are_not_the_article_s(beside):
    assert cited(unmarked(**beside)) == [OWN]


def test_a_column_of_an_unmarked_page_links_no_post_by_what_it_embeds():
    shown = (
        '<div class="twitter-tweet"><p>Pier closed for the day, says the harbour office.</p>'
        f"— Kai {link(OTHER, 'May 16, 2024')}</div>"
    )
    assert cited(unmarked(after=f"<div class=e>{shown}</div>")) == [OWN]


def test_an_aside_amid_the_text_with_a_heading_shows_something_else():
    promo = f"<aside><h4>Our film on the last lightermen</h4>{tweet(OTHER)}</aside>"
    assert cited(page(end=f"{promo}{PROSE[0]}")) == [OWN]


def test_an_aside_amid_the_text_that_is_nothing_but_a_post_embeds_it():
    assert cited(page(end=f"<aside>{tweet(OTHER)}</aside>{PROSE[0]}")) == [OWN, OTHER]
