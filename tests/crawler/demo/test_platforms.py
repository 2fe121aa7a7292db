"""The platforms answer in their own shapes, and say of each post what the articles claim of it."""

import base64
import datetime as dt
import json
import re
from urllib.parse import quote

import lxml.html
import pytest

from crawler.demo.platforms.x import token
from crawler.demo.posts import (
    POSTS,
    BlueskyPost,
    Fate,
    InstagramPost,
    MastodonPost,
    TikTokVideo,
    XPost,
    posts_of,
)
from crawler.demo.uncited import UNCITED

SYNDICATION = "https://cdn.syndication.twimg.com/tweet-result"
HTML = "text/html; charset=utf-8"
there = [post for post in posts_of(XPost) if post.fate is Fate.THERE]
EVERY = {**POSTS, **UNCITED}


def as_json(got):
    assert got.header("content-type").startswith("application/json")
    return json.loads(got.body)


def tweet(ask, post):
    return ask(f"{SYNDICATION}?id={post.post_id}&lang=en&token={token(post.post_id)}")


def instant(ms):
    return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=ms)


def tid_ms(rkey):
    number = 0
    for letter in rkey:
        number = number * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(letter)
    return (number >> 10) // 1000


def shortcode_ms(code):
    number = int.from_bytes(base64.urlsafe_b64decode("A" + code), "big")
    return (number >> 23) + 1314220021721


@pytest.mark.parametrize("key", EVERY)
def test_ids_carry_the_instant_at_which_the_post_was_made(key):
    post = EVERY[key]
    match post:
        case XPost():
            assert instant((int(post.post_id) >> 22) + 1288834974657) == post.posted_at
        case BlueskyPost():
            assert instant(tid_ms(post.rkey)) == post.posted_at
        case MastodonPost():
            assert instant(int(post.post_id) >> 16) == post.posted_at
        case InstagramPost():
            assert instant(shortcode_ms(post.code)) == post.posted_at
        case TikTokVideo():
            assert instant((int(post.video_id) >> 32) * 1000) == post.posted_at
        case _:
            assert not hasattr(post, "posted_at") or post.posted_at < dt.datetime(
                2026, 11, 20, tzinfo=dt.UTC
            )


@pytest.mark.parametrize(
    ("post_id", "expected"),
    [
        ("20", "6dq1a2xwd93"),
        ("1050118621198921728", "2jn1m8zmk1"),
        ("1628832338187636740", "3y54libozsy"),
        ("1900000000000000000", "4ltxr9b3f"),
    ],
)
def test_token_is_what_javascript_prints(post_id, expected):
    assert token(post_id) == expected


@pytest.mark.parametrize("post", there, ids=lambda post: post.handle)
def test_syndication_tells_the_post_that_the_snippet_showed(post, ask):
    value = as_json(tweet(ask, post))
    assert value["__typename"] == "Tweet"
    assert value["id_str"] == post.post_id
    assert value["user"]["screen_name"] == post.handle
    assert dt.datetime.fromisoformat(value["created_at"]) == post.posted_at.replace(microsecond=0)
    text = value["text"]
    for kind, mark in (("hashtags", "#"), ("user_mentions", "@")):
        for entity in value["entities"][kind]:
            start, end = entity["indices"]
            assert text[start:end] == mark + entity.get("text", entity.get("screen_name"))
    for entity in value["entities"]["urls"] + value["entities"].get("media", []):
        start, end = entity["indices"]
        assert text[start:end] == entity["url"]


def test_syndication_escapes_the_text_and_counts_in_it(ask):
    value = as_json(tweet(ask, POSTS["rail"]))
    assert "&amp;" in value["text"]
    start, end = value["display_text_range"]
    assert value["text"][start:end].endswith("Nobody hurt.")


def test_syndication_knows_deleted_unknown_and_wrong_token(ask):
    deleted = as_json(tweet(ask, POSTS["withdrawn"]))
    assert deleted["__typename"] == "TweetTombstone"
    assert "deleted by the Post author" in deleted["tombstone"]["text"]["text"]
    unknown = tweet(ask, POSTS["never-was"])
    assert (unknown.status, unknown.header("content-type")) == (404, HTML)
    assert as_json(ask(f"{SYNDICATION}?id={POSTS['rail'].post_id}&token=x")) == {}


def test_x_oembed_gives_the_snippet_and_404_for_a_deleted_post(ask):
    post = POSTS["convoy"]
    got = as_json(ask("https://publish.x.com/oembed?url=" + quote(f"https://x.com{post.path}")))
    assert got["author_name"] == post.name
    assert got["html"].startswith('<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">')
    assert got["html"].endswith("</blockquote>")
    gone = ask(
        "https://publish.x.com/oembed?url=" + quote(f"https://x.com{POSTS['withdrawn'].path}")
    )
    assert gone.status == 404


def test_short_links_lead_on_and_refresh_in_browsers(ask):
    link = ask("https://t.co/Rk4mTz81Qe")
    assert link.status == 301
    assert link.header("location") == "https://www.levantdispatch.example/category/maps/"
    browser = ask("https://t.co/Rk4mTz81Qe", **{"user-agent": "Mozilla/5.0"})
    assert browser.status == 200
    assert 'http-equiv="refresh" content="0;URL=https://www.levantdispatch' in browser.text
    assert ask("https://t.co/nosuchkey").status == 404


@pytest.mark.parametrize("host", ["pic.twitter.com", "pic.x.com"])
def test_picture_links_lead_to_their_post(host, ask):
    post = POSTS["water"]
    first = ask(f"https://{host}/{post.picture}")
    assert first.header("location") == f"https://t.co/{post.picture}"
    second = ask(first.header("location"))
    assert second.header("location") == f"https://x.com{post.path}/photo/1"


def test_every_short_link_of_a_post_resolves(follow):
    for post in there:
        for url in re.findall(r"https://t\.co/\w+", post.text):
            assert follow(url).status == 200, url


def test_telegram_embed_page_has_author_text_and_time(ask):
    post = POSTS["bridge-telegram"]
    page = lxml.html.fromstring(ask("https://t.me/calder_river/412?embed=1&mode=tme").text)
    (message,) = page.xpath("//div[@data-post='calder_river/412']")
    (text,) = message.xpath(".//div[contains(@class, 'js-message_text')]")
    assert text.text_content() == post.text.replace("\n", "")
    (at,) = message.xpath(".//a[@class='tgme_widget_message_date']/time/@datetime")
    assert dt.datetime.fromisoformat(at) == post.posted_at
    (name,) = message.xpath(".//a[@class='tgme_widget_message_owner_name']")
    assert name.text_content() == post.name


def test_telegram_says_post_not_found_of_a_deleted_one(ask):
    text = ask("https://t.me/calder_river/409?embed=1").text
    assert '<div class="tgme_widget_message_error" dir="auto">Post not found</div>' in text


def test_telegram_channel_view_pages_below_a_number(ask):
    assert 'data-post="calder_river/412"' in ask("https://t.me/s/calder_river").text
    assert "data-post" not in ask("https://t.me/s/calder_river?before=412").text
    assert ask("https://t.me/s/nobody_here").status == 302


def test_bluesky_thread_by_did_and_by_handle(ask):
    post = POSTS["bridge-bluesky"]
    base = "https://public.api.bsky.app/xrpc/"
    for authority in (post.did, post.handle):
        uri = quote(f"at://{authority}/app.bsky.feed.post/{post.rkey}")
        value = as_json(ask(f"{base}app.bsky.feed.getPostThread?uri={uri}&depth=0"))
        found = value["thread"]["post"]
        assert (found["uri"], found["cid"]) == (post.uri, post.cid)
        assert found["record"]["text"] == post.text
        (facet,) = found["record"]["facets"]
        cut = post.text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]]
        assert cut.decode() == "#" + facet["features"][0]["tag"]
    handle = as_json(ask(f"{base}com.atproto.identity.resolveHandle?handle={post.handle}"))
    assert handle == {"did": post.did}
    missing = ask(f"{base}app.bsky.feed.getPostThread?uri=at%3A%2F%2Fx%2Fy%2Fz")
    assert (missing.status, as_json(missing)["error"]) == (400, "NotFound")


def test_mastodon_status_and_note_agree(ask):
    post = POSTS["bridge-mastodon"]
    status = as_json(ask(f"https://{post.host}/api/v1/statuses/{post.post_id}"))
    assert (status["uri"], status["url"]) == (post.uri, post.url)
    assert dt.datetime.fromisoformat(status["created_at"]) == post.posted_at
    assert lxml.html.fromstring(status["content"]).text_content() == post.text
    note = ask(post.url, accept="application/activity+json")
    assert json.loads(note.body)["id"] == post.uri
    assert ask(post.url).header("content-type") == HTML
    missing = ask(f"https://{post.host}/api/v1/statuses/1")
    assert (missing.status, as_json(missing)) == (404, {"error": "Record not found"})


def test_youtube_and_tiktok_oembed_name_title_and_author(ask):
    film = POSTS["bridge-youtube"]
    watch = quote(f"https://www.youtube.com/watch?v={film.video_id}")
    got = as_json(ask(f"https://www.youtube.com/oembed?format=json&url={watch}"))
    assert (got["title"], got["author_name"]) == (film.title, film.channel)
    assert ask("https://www.youtube.com/oembed?format=json&url=x").status == 404
    clip = POSTS["bridge-tiktok"]
    got = as_json(ask(f"https://www.tiktok.com/oembed?url={quote(clip.url)}"))
    assert (got["embed_product_id"], got["title"]) == (clip.video_id, clip.caption)
    assert ask("https://www.tiktok.com/oembed?url=x").status == 400


def test_short_video_link_leads_to_the_watch_page(ask):
    got = ask("https://youtu.be/cR4d9SmBq_w")
    assert (got.status, got.header("location")) == (
        303,
        "https://www.youtube.com/watch?v=cR4d9SmBq_w",
    )


def test_instagram_sends_strangers_to_the_login_and_shows_the_caption_frame(ask):
    post = POSTS["bridge-instagram"]
    wall = ask(f"https://www.instagram.com/p/{post.code}/")
    assert (wall.status, "/accounts/login/" in wall.header("location")) == (302, True)
    assert post.caption in ask(f"https://www.instagram.com/p/{post.code}/embed/captioned/").text


def test_facebook_plugin_shows_the_post_and_the_leaving_page_unwraps(ask):
    post = POSTS["bridge-facebook"]
    plugin = "https://www.facebook.com/plugins/post.php?href="
    assert post.text in ask(plugin + quote(post.url, safe="")).text
    assert "no longer available" in ask(plugin + "https%3A%2F%2Fwww.facebook.com%2Fx").text
    leaving = ask("https://l.facebook.com/l.php?u=https%3A%2F%2Fnorthernledger.example%2F")
    assert leaving.header("location") == "https://northernledger.example/"
    unsafe = ask("https://l.facebook.com/l.php?u=https%3A%2F%2Fx%0D%0AX-Evil%3A%201")
    assert unsafe.header("x-evil") is None


def test_platforms_that_forbid_robots_say_so(ask):
    for host in ("x.com", "www.instagram.com", "www.facebook.com"):
        assert "User-agent: *\nDisallow: /\n" in ask(f"https://{host}/robots.txt").text
    for host in ("t.me", "public.api.bsky.app", "saltmarsh.social.example", "t.co"):
        assert ask(f"https://{host}/robots.txt").status == 404
