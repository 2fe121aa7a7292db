"""The articles look like those of real outlets, and say what the demo needs them to say."""

import datetime as dt
import json
import re
from urllib.parse import quote, urlsplit

import lxml.html
import pytest

from crawler.demo.embeds import embed
from crawler.demo.posts import POSTS, XPost
from crawler.demo.sites import HARBOR, SITES
from crawler.demo.story import stories

LEVANT = "https://www.levantdispatch.example/article/"
WIRE = "https://continentalwire.example/article/dnipro-pumping-station-8f31c2"
COPY = "https://harbortribune.example/world/pumps-back-on-before-frost"
AMP = "https://harbortribune.example/amp/world/pumps-back-on-before-frost"
POSTED = "https://www.radiomeridian.example/a/saltmarsh-bridge-posts"
LAST_INSTANT = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
ARTICLES = [(site, story) for site in SITES for story in stories(site.stories)]
by_name = pytest.mark.parametrize(("site", "story"), ARTICLES, ids=lambda value: value.name)


def tree(got):
    return lxml.html.fromstring(got.text.removeprefix('<?xml version="1.0"?>'))


def words(element):
    """The words of a text with its typography folded away."""
    folds = str.maketrans({"“": '"', "”": '"', "’": "'", "\N{NO-BREAK SPACE}": " "})
    return " ".join(element.text_content().translate(folds).split())


@by_name
def test_times_carry_an_offset_and_are_past(site, story):
    published = dt.datetime.fromisoformat(story.published)
    modified = dt.datetime.fromisoformat(story.modified)
    assert published.tzinfo is not None
    assert published <= modified < LAST_INSTANT


@by_name
def test_an_article_is_younger_than_the_posts_that_it_cites(site, story):
    published = dt.datetime.fromisoformat(story.modified)
    for key in re.findall(r"<!-- post: ([\w-]+)", story.body):
        assert getattr(POSTS[key], "posted_at", published) <= published


@by_name
def test_a_page_declares_its_language_direction_charset_and_address(site, story, ask):
    got = ask(site.home + quote(story.path), count=2)
    page = lxml.html.fromstring(got.body)
    assert page.get("lang").partition("-")[0] == site.language.partition("-")[0]
    assert page.get("dir", "ltr") == site.direction
    if not got.promised_body_arrived:
        return
    canonical = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == [site.home + quote(story.path)]
    declared = page.xpath("//meta/@charset | //meta[@http-equiv]/@content")
    assert declared[0].lower().rpartition("charset=")[2] == site.charset
    assert story.headline in got.body.decode(site.charset)


@by_name
def test_json_ld_parses_and_agrees_with_the_story(site, story, ask):
    got = ask(site.home + quote(story.path), count=2)
    scripts = lxml.html.fromstring(got.body).xpath("//script[@type='application/ld+json']/text()")
    assert bool(scripts) == (site is not HARBOR)
    for script in scripts:
        value = json.loads(script)
        value = value[0] if isinstance(value, list) else value
        value = value.get("@graph", [value])[0]
        assert value["@type"] in {"NewsArticle", "Article"}
        assert value["headline"] == story.headline
        assert (value["datePublished"], value["dateModified"]) == (story.published, story.modified)


def test_wordpress_article_has_dateline_three_arabic_tweets_and_a_hat_tip(ask):
    page = tree(ask(LEVANT + "latakia-aleppo-highway-reopens/"))
    (content,) = page.xpath("//div[@class='entry-content']")
    assert words(content).startswith("BEIRUT, LEBANON (5:35 P.M.) – The highway")
    assert words(content).endswith("(H/T @orontes_watch)")
    tweets = content.xpath(".//blockquote[@class='twitter-tweet']/p")
    assert [(p.get("lang"), p.get("dir")) for p in tweets] == [("ar", "rtl")] * 3
    text = " ".join(p.text_content() for p in tweets)
    assert "#اللاذقية–#حلب" in text
    assert "https://t.co/" in text
    assert "pic.twitter.com/" in text
    assert "#Latakia–#Aleppo" in words(content)
    furniture = words(page)
    assert "2 Shares" in furniture
    assert "Be civil" in furniture
    assert "Be civil" not in words(content)


def test_wordpress_site_has_several_such_articles_and_they_share_a_post(ask):
    names = [story.path for story in stories("levant/stories")]
    assert len(names) == 3
    convoy = POSTS["convoy"].post_id
    home = "https://www.levantdispatch.example"
    citing = [name for name in names if convoy in ask(home + name).text]
    assert len(citing) == 2
    for name in names:
        page = tree(ask(home + name))
        opening = words(page.xpath("//div[@class='entry-content']/p")[0])
        assert re.match(r"[A-Z]+, [A-Z]+ \(\d+:\d\d [AP]\.M\.\) –", opening)


def test_wire_story_opens_with_the_agency_dateline(ask):
    (body,) = tree(ask(WIRE)).xpath("//div[contains(@class, 'RichTextBody')]")
    assert words(body).startswith("KYIV, Ukraine (CW) — ")


def test_copy_has_the_same_words_in_other_typography_under_another_headline(ask):
    wire, copy = tree(ask(WIRE)), tree(ask(COPY))
    (original,) = wire.xpath("//div[contains(@class, 'RichTextBody')]")
    (copied,) = copy.xpath("//div[@class='story-text']")
    assert original.text_content() != copied.text_content()
    assert words(original) == words(copied)
    assert words(wire.xpath("//h1")[0]) != words(copy.xpath("//h1")[0])
    assert "Copyright 2026 Continental Wire" in words(copy)


def test_amp_version_and_article_name_each_other(ask):
    assert tree(ask(COPY)).xpath("//link[@rel='amphtml']/@href") == [AMP]
    amp = tree(ask(AMP))
    assert amp.xpath("//link[@rel='canonical']/@href") == [COPY]
    assert words(amp.xpath("//div[contains(@class, 'amp-story')]")[0]) == words(
        tree(ask(COPY)).xpath("//div[@class='story-text']")[0]
    )
    assert "utm_source" in amp.xpath("//footer/a/@href")[0]


def test_trackers_do_not_change_the_page(ask):
    assert ask(COPY + "?utm_source=twitter").wire == ask(COPY).wire


def test_paywalled_article_says_so_and_shows_a_teaser_only(ask):
    got = ask("https://northernledger.example/2026/11/dredging-contract")
    (script,) = tree(got).xpath("//script[@type='application/ld+json']/text()")
    (value,) = json.loads(script)
    assert value["isAccessibleForFree"] is False
    (hidden,) = tree(got).xpath(f"//*[contains(@class, '{value['hasPart']['cssSelector'][1:]}')]")
    assert "Keep reading" in words(hidden)
    assert len(tree(got).xpath("//section[@name='articleBody']/p")) == 2


def test_russian_page_is_windows_1251(ask):
    got = ask("https://ru.radiomeridian.example/a/ledohod-na-enisee")
    assert got.header("content-type") == "text/html; charset=windows-1251"
    with pytest.raises(UnicodeDecodeError):
        got.body.decode("utf-8")
    assert "автобусом № 3" in got.body.decode("windows-1251")
    assert "&#" not in got.body.decode("windows-1251")


def test_chinese_page_names_its_charset_only_inside(ask):
    got = ask("https://zh.radiomeridian.example/a/beijing-suburban-line")
    assert got.header("content-type") == "text/html"
    assert "北京" in got.body.decode("utf-8")
    assert b'<meta charset="utf-8">' in got.body


def test_arabic_page_runs_right_to_left_and_embeds_the_hashtag(ask):
    got = ask("https://ar.radiomeridian.example/a/" + quote("أذربيجان-المعبر"))
    page = tree(got)
    assert page.get("dir") == "rtl"
    assert "أذربيجان" in words(page.xpath("//h1")[0])
    (tweet,) = page.xpath("//blockquote[@class='twitter-tweet']")
    assert "#المرصدالسوري" in words(tweet)
    assert tweet.get("data-lang") == "ar"
    assert words(tweet).endswith("١٧ نوفمبر ٢٠٢٦")


def test_the_other_spelling_of_azerbaijan_stands_in_a_cited_post(ask):
    assert "اذربيجان" in ask(LEVANT + "baku-tbilisi-railway-landslide/").text


def test_one_page_embeds_posts_of_all_eight_platforms(ask):
    page = tree(ask(POSTED))
    assert page.xpath("//blockquote[@class='twitter-tweet']//a[contains(@href, '/status/')]")
    assert page.xpath("//script/@data-telegram-post") == ["calder_river/412", "calder_river/409"]
    (sky,) = page.xpath("//blockquote[@class='bluesky-embed']/@data-bluesky-uri")
    assert re.fullmatch(r"at://did:plc:\w+/app\.bsky\.feed\.post/[2-7a-z]{13}", sky)
    frames = [urlsplit(src) for src in page.xpath("//iframe/@src")]
    assert [(frame.netloc, frame.path.split("/")[1]) for frame in frames] == [
        ("saltmarsh.social.example", "@tidegauge"),
        ("www.youtube.com", "embed"),
        ("www.facebook.com", "plugins"),
    ]
    (instagram,) = page.xpath("//blockquote[@class='instagram-media']")
    assert instagram.get("data-instgrm-permalink").startswith("https://www.instagram.com/p/")
    (tiktok,) = page.xpath("//blockquote[@class='tiktok-embed']")
    assert tiktok.get("cite").endswith("/video/" + tiktok.get("data-video-id"))


@pytest.mark.parametrize("is_old", [True, False])
@pytest.mark.parametrize("key", [key for key, post in POSTS.items() if isinstance(post, XPost)])
def test_tweet_snippet_ends_in_dash_name_handle_and_dated_permalink(key, is_old):
    post = POSTS[key]
    snippet = lxml.html.fragment_fromstring(
        embed(post, language="en", is_old=is_old), create_parent="div"
    )
    quoted, script = snippet
    (paragraph, permalink) = quoted
    domain = "twitter.com" if is_old else "x.com"
    assert paragraph.tail == f"— {post.name} (@{post.handle}) "
    assert permalink.get("href") == (
        f"https://{domain}/{post.handle}/status/{post.post_id}?ref_src=twsrc%5Etfw"
    )
    assert permalink.text == f"{post.posted_at:%B} {post.posted_at.day}, {post.posted_at.year}"
    assert script.get("src") == f"https://platform.{domain}/widgets.js"
    assert (f"pic.{domain}/" in paragraph.text_content()) == bool(post.picture)
