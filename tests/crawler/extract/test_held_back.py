"""Embeds that a page holds back for a script: escaped, encoded, quoted. All content is invented."""

import base64
import html
import json
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.citations.hidden import unescaped, unhidden
from crawler.extract.citations.walk import find_citations
from crawler.extract.document.tree import Tree
from crawler.extract.page import Page
from crawler.reading.page import read

PAGE_URL = "https://news.example/2026/05/storm"
PROSE = "<p>The harbour office closed the pier at noon and sent every ferry back to port.</p>"
FRAME = '<iframe src="https://www.youtube.com/embed/aB3-_dEfGhI" allowfullscreen></iframe>'
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Pier closed. #storm</p>'
    '&mdash; Kai Ferry (@kai_ferry) <a href="https://twitter.com/kai_ferry/status/'
    '1791000000000000001?ref_src=x">May 16, 2024</a></blockquote>'
)
VIDEO = "youtube:aB3-_dEfGhI"
LINKED_DATA = (
    '<script type="application/ld+json">{"embedUrl": "https://youtu.be/aB3-_dEfGhI"}</script>'
)
POST = "x:1791000000000000001"


def page(*parts, before="", after=""):
    return (
        f"<!doctype html><html><head><title>Storm</title></head><body>{before}<main><article>"
        f"<h1>Storm closes the pier</h1>{PROSE}{''.join(parts)}{PROSE}</article></main>{after}"
        "</body></html>"
    )


def citations(markup):
    return [one.citation for one in find_citations(Tree(markup), PAGE_URL)]


def keys(markup):
    return [citation.post_key for citation in citations(markup)]


def in_base64(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="consent" data-content="{html.escape(FRAME)}"></div>',
        f'<div class="consent" data-html="{in_base64(FRAME)}"></div>',
        f'<div class="consent" data-html="{quote(FRAME)}"></div>',
        f'<div class="consent" data-html="{html.escape(html.escape(FRAME))}"></div>',
        f'<div class="consent" data-html="{in_base64(quote(FRAME))}"></div>',
        f'<iframe srcdoc="{html.escape(FRAME)}"></iframe>',
        f'<script type="text/template">{in_base64(FRAME)}</script>',
        f'<script type="text/plain" data-cookies="video">{FRAME}</script>',
        f'<script data-role="consent" data-content="{html.escape(FRAME)}"></script>',
        f"<textarea hidden>{html.escape(FRAME)}</textarea>",
        f"<template><div>{FRAME}</div></template>",
        f'<script type="text/lazyhtml"><!--\n{FRAME}\n--></script>',
        f'<script>var held = \'{{\\"embed\\":\\"{html.escape(FRAME)}\\"}}\';</script>',
        """<x-film :film='{"type":"youtube","id":"aB3-_dEfGhI","wide":true}'></x-film>""",
        f"<noscript>{FRAME}</noscript>",
        f'<span data-o="{in_base64("https://www.youtube.com/watch?v=aB3-_dEfGhI")}"></span>',
        f"<p>{html.escape(FRAME)}</p>",
        f"<script>jQuery('#film').html('<div>{FRAME}</div>');</script>",
        f"<script>put({json.dumps(FRAME)});</script>".replace("</iframe>", "<\\/iframe>"),
        '<script>showExternal("https://www.youtube.com/embed/aB3-_dEfGhI")</script>',
        '<script>showExternal("https:\\/\\/youtu.be\\/aB3-_dEfGhI")</script>',
        '<div data-block="{&quot;url&quot;:&quot;https:\\/\\/youtu.be\\/aB3-_dEfGhI&quot;}"></div>',
        '<div class="consent"><iframe consent-src="https://youtu.be/aB3-_dEfGhI"></iframe></div>',
        '<iframe src="about:blank" suppressedsrc="https://youtu.be/aB3-_dEfGhI"></iframe>',
        '<x-player film="https://youtu.be/aB3-_dEfGhI"></x-player>',
        '<x-youtube-video video-id="aB3-_dEfGhI"></x-youtube-video>',
        '<div class="youtube-player" data-id="aB3-_dEfGhI"></div>',
        '<div data-embed-type="youtube" data-embed-id="aB3-_dEfGhI"></div>',
        """<div data-block='[{"type":"youtube","id":"aB3-_dEfGhI"}]'></div>""",
        '<script type="application/json">{"type":"youtube","id":"aB3-_dEfGhI"}</script>',
        "<script>//<![CDATA[\nput('" + FRAME.replace("/", "\\/") + "');\n//]]></script>",
        '<script>embeds.push({at:"film1",kind:"youtube",id:"aB3-_dEfGhI"});</script>',
    ],
)
def test_embed_held_back_is_found_once(markup):
    assert keys(page(markup)) == [VIDEO]


@pytest.mark.parametrize(
    "markup",
    [
        f'<div data-html="{in_base64(TWEET)}"></div>',
        f'<div data-embed="{html.escape(json.dumps({"html": TWEET}))}"></div>',
        f"<script type='text/template'>{TWEET}</script>",
        f"<textarea>{html.escape(TWEET)}</textarea>",
    ],
)
def test_markup_held_back_claims_as_much_as_any(markup):
    [citation] = citations(page(markup))
    assert citation.post_key == POST
    assert (citation.claimed_handle, citation.claimed_name) == ("kai_ferry", "Kai Ferry")
    assert citation.claimed_text == "Pier closed. #storm"
    assert citation.hashtags == ("storm",)


def test_a_reddit_comment_is_no_citation_of_its_discussion():
    [citation] = citations(
        page(
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/harbour/comments/'
            '1a2b3c/comment/k4l5m6/">Comment</a><br> by <a href="https://www.reddit.com/user/kai/">'
            'u/kai</a> from discussion <a href="https://www.reddit.com/r/harbour/comments/1a2b3c/x/">'
            "</a> in harbour</blockquote>"
        )
    )
    assert (citation.post_key, citation.claimed_handle) == ("reddit:1a2b3c/k4l5m6", "kai")
    assert citation.claimed_text is None


def test_a_reddit_post_claims_its_title_and_author():
    [citation] = citations(
        page(
            '<blockquote class="reddit-card"><a href="https://www.reddit.com/r/harbour/comments/1a2b3c'
            '/pier/">Pier closed</a> by <a href="https://www.reddit.com/user/kai/">u/kai</a></blockquote>'
        )
    )
    assert (citation.claimed_text, citation.claimed_handle) == ("Pier closed", "kai")


def test_the_element_that_holds_an_embed_back_stands_for_it():
    tree = Tree(page(f'<div id="box" data-html="{in_base64(TWEET)}"></div>'))
    [embed] = find_citations(tree, PAGE_URL)
    assert embed.node.attributes["id"] == "box"


@pytest.mark.parametrize(
    ("markup", "key"),
    [
        ('<div id="vk_post_-1234_567"></div>', "vk:-1234_567"),
        (
            '<amp-vk data-embedtype="post" data-owner-id="-12" data-post-id="7"></amp-vk>',
            "vk:-12_7",
        ),
        (
            (
                '<iframe class="truthsocial-embed" src="https://truthsocial.com/@kai/'
                '112000000000000001/embed"></iframe>'
            ),
            "truthsocial:112000000000000001",
        ),
        (
            (
                '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/'
                '@kai/post/CxYz01-_abC"><a href="https://www.threads.com/@kai/post/CxYz01-_abC">View'
                " on Threads</a></blockquote>"
            ),
            "threads:CxYz01-_abC",
        ),
        (
            (
                '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/harbour/comments/'
                '1a2b3c/pier/">Pier closed</a><br> by <a href="https://www.reddit.com/user/kai/">u/kai'
                '</a> in <a href="https://www.reddit.com/r/harbour/">harbour</a></blockquote>'
            ),
            "reddit:1a2b3c",
        ),
        (
            (
                '<amp-reddit data-embedtype="post" data-src="https://www.reddit.com/r/harbour/comments/'
                '1a2b3c/pier/"></amp-reddit>'
            ),
            "reddit:1a2b3c",
        ),
        (
            (
                '<amp-twitter data-tweetid="https://x.com/kai/status/1791000000000000001">'
                "</amp-twitter>"
            ),
            POST,
        ),
    ],
)
def test_platform_embed_is_a_citation(markup, key):
    [citation] = citations(page(markup))
    assert (citation.post_key, str(citation.relation)) == (key, "embedded")


@pytest.mark.parametrize(
    "markup",
    [
        '<div data-films=\'["https://youtu.be/aB3-_dEfGhI","https://youtu.be/bB3-_dEfGhI"]\'></div>',
        f'<button data-share="{html.escape(FRAME)}">Share</button>',
        f"<textarea readonly>{html.escape(FRAME)}</textarea>",
        f'<div data-share-code="{html.escape(FRAME)}"></div>',
        f'<div data-clipboard="{html.escape(FRAME)}"></div>',
        f'<button data-clipboard-text="{html.escape(FRAME)}">Embed code</button>',
        f'<aside class="sidebar"><div data-html="{in_base64(FRAME)}"></div></aside>',
        f'<div class="related-posts"><template>{FRAME}</template></div>',
        '<a href="/films/9"><img src="https://i.ytimg.com/vi/aB3-_dEfGhI/hq.jpg"></a>',
        '<script>follow("https://www.youtube.com/@harbour")</script>',
        f"<style>/*{FRAME}*/</style>",
        LINKED_DATA,
    ],
)
def test_what_is_held_back_for_something_else_is_no_citation(markup):
    assert keys(page(markup)) == []


def test_a_picture_outside_the_article_is_no_player():
    picture = '<div><img src="https://i.ytimg.com/vi/aB3-_dEfGhI/hq.jpg"></div>'
    assert keys(page(before=picture, after=picture)) == []


def test_an_aside_amid_paragraphs_is_of_their_article_wherever_most_of_it_stands():
    part = f"<section>{PROSE}<aside>{FRAME}</aside>{PROSE}</section>"
    assert keys(page(f"<section>{PROSE * 4}</section>{part}")) == [VIDEO]
    assert (
        keys(page(f"<section>{PROSE * 4}</section><section><aside>{FRAME}</aside></section>")) == []
    )


SETTINGS = "<b data-film='{&quot;url&quot;: &quot;https://youtu.be/aB3-_dEfGhI&quot;}'></b>"


def test_settings_outside_the_article_cite_nothing():
    assert keys(page(before=SETTINGS, after=SETTINGS)) == []
    assert keys(page(SETTINGS)) == [VIDEO]


def test_settings_in_a_link_of_the_article_are_its_own_though_other_links_stand_before():
    film = f"<a href='/film'>{SETTINGS}</a>"
    assert keys(page(film, before="<div><a href='/'>Isle News</a></div>")) == [VIDEO]


def test_a_script_that_writes_links_embeds_nothing():
    link = "<p>In the end it was a post of the keeper himself <a href=%r>that told it all</a></p>"
    written = link % "https://x.com/kai_ferry/status/1791000000000000001"
    [embed] = find_citations(Tree(page(f'<script>document.write("{written}")</script>')), PAGE_URL)
    assert not embed.is_sure


def test_what_is_held_back_in_what_is_held_back_is_left_there():
    for depth in (2, 400):
        held = "<template><div>" * depth + FRAME + "</div></template>" * depth
        assert keys(page(held)) == []


def test_what_holds_the_whole_article_is_no_embed_whatever_it_names():
    wrapper = '<div class="embed" data-url="https://x.com/kai_ferry/status/1791000000000000001">'
    assert keys(page(before=wrapper, after="</div>")) == []
    assert keys(page(f"{wrapper}</div>")) == [POST]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ('t.widgets.createTweet("1791000000000000001", place, {theme: "light"});', POST),
        ('twttr.widgets.createTweetEmbed("1791000000000000001", place)', POST),
        ("new YT.Player('film', {height: 390, videoId: 'aB3-_dEfGhI'});", VIDEO),
        ('show({"tweetId": "1791000000000000001"});', POST),
        ('VK.Widgets.Post("box-7", -12345, 678, "hAsH_9");', "vk:-12345_678"),
        (f'place.innerHTML = atob("{base64.b64encode(TWEET.encode()).decode()}");', POST),
        (f"place.innerHTML = decodeURIComponent('{quote(FRAME)}');", VIDEO),
    ],
)
def test_a_script_amid_the_article_names_a_post_by_its_id_or_encodes_its_markup(code, key):
    assert keys(page(f"<script>{code}</script>")) == [key]


def test_markup_that_is_shown_as_text_has_the_place_of_its_paragraph():
    [embed] = find_citations(Tree(page(f"<p>{html.escape(FRAME)}</p>")), PAGE_URL)
    assert (embed.citation.post_key, embed.placed.tag) == (VIDEO, "p")
    mixed = f"<p>See: <b>this</b> {html.escape(FRAME)}</p>"
    [embed] = find_citations(Tree(page(mixed)), PAGE_URL)
    assert (embed.node.tag, embed.placed.tag) == ("-text", "p")


def test_a_frame_in_a_noscript_has_the_place_of_that():
    [embed] = find_citations(Tree(page(f"<noscript><div>{FRAME}</div></noscript>")), PAGE_URL)
    assert (embed.citation.post_key, embed.placed.tag) == (VIDEO, "noscript")


@pytest.mark.parametrize(
    "code",
    [
        'load({"videoId": "aB3-_dEfGhI"});',  # of whatever player
        'twttr.follow({"userId": "1791000000000000001"});',
        'YT.Player.width("aB3-_dEfGhI");',
        'VK.Widgets.Group("box-7", {mode: 3}, 12345678);',
        'place.innerHTML = atob("aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=");',
    ],
)
def test_a_script_that_names_no_post_cites_none(code):
    assert keys(page(f"<script>{code}</script>")) == []


@pytest.mark.parametrize(
    ("settings", "cited"),
    [
        ({"tweetId": "1791000000000000001"}, [POST]),
        ({"embed": {"type": "youtube", "id": "aB3-_dEfGhI"}}, [VIDEO]),
        ({"youtubeIds": 2, "player": {"id": "aB3-_dEfGhI"}}, []),
    ],
)
def test_a_component_s_settings_name_its_post(settings, cited):
    written = html.escape(json.dumps(settings))
    assert keys(page(f'<div data-react-class="Embed" data-react-props="{written}"></div>')) == cited


def test_scripts_outside_the_article_cite_nothing():
    script = f"<script>put('{FRAME}'); show('https://youtu.be/aB3-_dEfGhI')</script>"
    assert keys(page(before=script, after=script)) == []


def test_three_layers_are_undone_and_no_more():
    assert unhidden(in_base64(quote(html.escape(FRAME)))) == FRAME
    assert unhidden(quote(quote(quote(quote(quote(FRAME)))))) != FRAME


@pytest.mark.parametrize(
    "value", ["", "plain words", "/9j4" * 12, "QUJD" * 50, "=" * 100, "\\", "%3C", "%zz"]
)
def test_what_hides_nothing_stays(value):
    assert unhidden(value) in (value, "<")


@given(st.text(alphabet="\\\"'<>&;%=/ux0ad3CQU:lt#\x00\ud800\n ", max_size=300))
def test_whatever_is_held_back_is_read(text):
    for markup in (unhidden(text), unescaped(text)):
        assert len(markup) <= 3 * len(text) + 1
    fit = text.encode("utf-8", "replace").decode()
    held = html.escape(f"<p>{fit} https://x.com/")
    citations(page(f'<div data-x="{held}"></div><script>{fit} "https://x.com/</script>'))


def test_escapes_of_scripts_are_undone():
    assert (
        unescaped(r"\u003ca href=\"https:\/\/x.com\"\x3e\n\u0000") == '<a href="https://x.com">\n '
    )


@pytest.mark.parametrize(
    "markup",
    [
        f'<div data-html="{in_base64(FRAME)}"></div>' * 20_000,
        f'<div data-html="{html.escape(FRAME * 1_000)}"></div>' * 10,
        '<div data-html="' + "QUJD" * 1_000_000 + '"></div>',
        '<div data-html="' + "&amp;lt;" * 500_000 + '"></div>',
        '<div data-html="' + "%3C" * 1_000_000 + '"></div>',
        '<div data-html="'
        + "\\u003c" * 15_000
        + '"></div>'
        + "<i data-x='\\\"//x.com/\\\"'></i>" * 9_999,
        "<script>" + '"//x.com/' * 300_000 + "</script>",
        "<script>" + "x('https://youtu.be/aB3-_dEfGhI');" * 2_900 + "</script>",
        f"<textarea>{html.escape('<blockquote>' * 8_000)} https://x.com/</textarea>" * 10,
        "<template>" * 5_000 + FRAME,
        f"<script type='text/template'>{FRAME}</script>" * 20_000,
        "<p>&lt;iframe src=https://x.com/&gt;</p>" * 20_000,
    ],
    ids=range(12),
)
def test_hostile_pages_take_no_time(markup):
    tree = Tree(page(markup))
    began = time.process_time()
    assert len(find_citations(tree, PAGE_URL)) <= 1_000
    assert time.process_time() - began < 4


def test_a_frame_s_stand_in_to_click_embeds_its_film():
    stand_in = '<a href="https://www.youtube.com/embed/aB3-_dEfGhI"><img src="/a.jpg"></a>'
    [film] = citations(
        page(f'<iframe src="about:blank" srcdoc="{html.escape(stand_in)}"></iframe>')
    )
    assert (film.post_key, film.relation, film.form) == (VIDEO, "embedded", "iframe")


def test_an_editor_s_own_element_names_its_post():
    assert keys(page('<oembed url="https://youtu.be/aB3-_dEfGhI"></oembed>')) == [VIDEO]


def test_what_an_object_plays_has_the_object_s_place():
    film = "http://www.youtube.com/v/aB3-_dEfGhI"
    markup = page(f'<object><param name="movie" value="{film}"><embed src="{film}"></object>')
    reading = read(Page(url=PAGE_URL, body=markup.encode(), content_type="text/html"), "")
    [post] = reading.article.posts
    assert [block.type for block in reading.article.body] == ["paragraph", "post", "paragraph"]
    assert post.block == 1


def test_the_player_of_wp_youtube_lyte_embeds_its_film_once():
    link = '<a href="https://youtu.be/aB3-_dEfGhI">See the film</a>'
    lyte = f'<div class="lyMe" id="WYL_aB3-_dEfGhI"><div></div><noscript>{link}</noscript></div>'
    [film] = citations(page(f'<div class="lyte-wrapper">{lyte}</div>'))
    assert (film.post_key, film.relation) == (VIDEO, "embedded")


def test_settings_that_keep_an_address_and_its_markup_embed_one_post():
    settings = json.dumps({"url": "https://twitter.com/kai_ferry/status/1", "html": TWEET})
    [post] = citations(page(f'<div class="oembed" data-oembed="{html.escape(settings)}"></div>'))
    assert (post.post_key, post.relation, post.claimed_handle) == (POST, "embedded", "kai_ferry")
