"""TikTok: oEmbed, then the data that a page carries for its own script."""

import datetime as dt
import json

import pytest

from archive import FactSource, PostState
from tests.crawler.platforms.answering import asked, read

ID = "7705932033359976706"
POST = f"https://www.tiktok.com/@lockboy/video/{ID}"

GIVEN = {
    "version": "1.0",
    "type": "video",
    "title": "gate goes up #locks #marl",
    "author_url": "https://www.tiktok.com/@lockboy",
    "author_name": "Lock Boy",
    "author_unique_id": "lockboy",
    "embed_product_id": ID,
    "thumbnail_url": "https://p16.example/t.jpg?x-expires=1",
    "html": "<blockquote></blockquote>",
}


def page(code=0, **changes):
    item = {
        "id": ID,
        "desc": "gate goes up #locks",
        "createTime": "1794177115",
        "textLanguage": "en",
        "author": {"id": "67", "uniqueId": "lockboy", "nickname": "Lock Boy"},
        "stats": {"diggCount": 5, "shareCount": 1, "commentCount": 2, "playCount": 900},
        "textExtra": [{"hashtagName": "locks"}, {"userUniqueId": "marl_port"}],
        "video": {
            "duration": 14,
            "width": 576,
            "height": 1024,
            "cover": "https://p16.example/c.jpg",
            "playAddr": "https://v16.example/v.mp4",
        },
    }
    detail = {"statusCode": code, "itemInfo": {"itemStruct": {**item, **changes}}}
    if code:
        del detail["itemInfo"]
    data = json.dumps({"__DEFAULT_SCOPE__": {"webapp.video-detail": detail}})
    mark = "__UNIVERSAL_DATA_FOR_REHYDRATION__"
    return f'<html><script id="{mark}" type="application/json">{data}</script></html>'


def test_oembed_gives_caption_author_and_the_ids_instant():
    answer = read(POST, "oembed", GIVEN)
    facts = answer.facts
    assert (answer.state, facts.text) == (PostState.OK_PARTIAL, GIVEN["title"])
    assert (facts.author.handle, facts.author.name) == ("lockboy", "Lock Boy")
    assert facts.hashtags == ("locks", "marl")
    assert facts.posted_at == dt.datetime(2026, 11, 8, 22, 31, 55, tzinfo=dt.UTC)
    assert facts.sources["posted_at"] is FactSource.ID
    assert asked(POST, "oembed").url.endswith(f"%2F%40%2Fvideo%2F{ID}")


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        ({"code": 400, "message": "Something went wrong"}, 400, PostState.UNAVAILABLE),
        ({"code": 400, "message": "Something went wrong"}, 200, PostState.UNAVAILABLE),
        ({**GIVEN, "embed_product_id": "7"}, 200, PostState.PARSE_ERROR),
        ({**GIVEN, "embed_product_id": 7}, 200, PostState.PARSE_ERROR),
        ("<html>", 403, PostState.BLOCKED_BOT),
    ],
)
def test_oembed_without_a_film_has_its_state(body, status, state):
    assert read(POST, "oembed", body, status=status).state is state


def test_page_gives_counts_and_the_platforms_own_instant():
    answer = read(POST, "page", page())
    facts = answer.facts
    assert answer.state is PostState.OK
    assert facts.posted_at == dt.datetime(2026, 11, 8, 22, 31, 55, tzinfo=dt.UTC)
    assert facts.sources["posted_at"] is FactSource.PAGE
    assert facts.metrics == {"likes": 5, "replies": 2, "reposts": 1, "views": 900}
    assert (facts.hashtags, facts.mentions) == (("locks",), ("marl_port",))
    (film,) = facts.media
    assert (film.url, film.duration_s) == ("https://v16.example/v.mp4", 14.0)


def test_photo_post_gives_its_pictures_and_no_film():
    images = [{"imageURL": {"urlList": ["https://p16.example/1.jpg"]}, "imageWidth": 9}]
    (picture,) = read(POST, "page", page(imagePost={"images": images})).facts.media
    assert (picture.type, picture.url, picture.width) == ("image", "https://p16.example/1.jpg", 9)


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        (page(10216), {}, PostState.PROTECTED),
        (page(10222), {}, PostState.PROTECTED),
        (page(10204), {}, PostState.UNAVAILABLE),
        (page(isContentClassified=True), {}, PostState.WITHHELD_LOGIN),
        (page(id="7"), {}, PostState.PARSE_ERROR),
        ("<p>Please wait</p><script>x</script>", {}, PostState.PARSE_ERROR),
        (b"", {"status": 302, "location": "https://www.tiktok.com/login?redirect_url=x"},
         PostState.LOGIN_WALL),
    ],
)  # fmt: skip
def test_page_without_the_film_says_why(body, how, state):
    assert read(POST, "page", body, **how).state is state
