"""YouTube: oEmbed, then the watch page's own data."""

import datetime as dt
import json

import pytest

from archive import PostState
from tests.crawler.platforms.answering import asked, read

ID = "cR4d9SmBq_w"
POST = f"https://youtu.be/{ID}"
TEXT_POST = "https://www.youtube.com/post/UgkxAbCdEfGhIjKlMnOpQrStUv"

GIVEN = {
    "title": "The lock at dawn",
    "author_name": "Lock Films",
    "author_url": "https://www.youtube.com/@lockfilms",
    "type": "video",
    "version": "1.0",
    "thumbnail_url": f"https://i.ytimg.com/vi/{ID}/hqdefault.jpg",
    "thumbnail_width": 480,
    "thumbnail_height": 360,
    "html": "<iframe></iframe>",
}


def page(status="OK", reason=None, **changes):
    player = {
        "playabilityStatus": {"status": status, **({"reason": reason} if reason else {})},
        "videoDetails": {
            "videoId": ID,
            "title": "The lock at dawn",
            "lengthSeconds": "93",
            "channelId": "UCdemo",
            "shortDescription": "Filmed from the tow path; }; </b>",
            "viewCount": "1204",
            "author": "Lock Films",
            "thumbnail": {"thumbnails": [{"url": "https://i.ytimg.com/s.jpg"}]},
        },
        "microformat": {
            "playerMicroformatRenderer": {
                "publishDate": "2026-11-08T13:05:00-08:00",
                "ownerProfileUrl": "http://www.youtube.com/@lockfilms",
            }
        },
    }
    player = {**player, **changes}
    script = json.dumps({name: part for name, part in player.items() if part is not None})
    return f"<html><script nonce=x>var ytInitialPlayerResponse = {script};var meta = 1;</script>"


def test_oembed_is_asked_for_the_watch_page():
    assert asked(POST, "oembed").url == (
        "https://www.youtube.com/oembed?format=json"
        f"&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{ID}"
    )


def test_text_post_has_no_rung_yet():
    assert asked(TEXT_POST, "oembed") is None
    assert asked(TEXT_POST, "watch-page") is None


def test_oembed_gives_title_channel_and_thumbnail():
    answer = read(POST, "oembed", GIVEN)
    assert answer.state is PostState.OK_PARTIAL
    assert answer.facts.title == "The lock at dawn"
    assert (answer.facts.author.name, answer.facts.author.handle) == ("Lock Films", "lockfilms")
    assert answer.facts.media[0].preview_url == GIVEN["thumbnail_url"]
    assert answer.facts.posted_at is None


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        (b"Unauthorized", 401, PostState.EMBEDDING_DISABLED),
        (b"Forbidden", 403, PostState.PROTECTED),
        (b"Forbidden", 200, PostState.PROTECTED),
        ("<title>403</title>", 403, PostState.BLOCKED_BOT),
        (b"Not Found", 404, PostState.NOT_FOUND),
        (b"Bad Request", 400, PostState.UNAVAILABLE),
        (b"", 429, PostState.RATE_LIMITED),
        ("<html>", 200, PostState.PARSE_ERROR),
    ],
)
def test_oembed_without_a_film_has_its_state(body, status, state):
    assert read(POST, "oembed", body, status=status).state is state


def test_watch_page_gives_description_views_and_the_instant():
    answer = read(POST, "watch-page", page())
    facts = answer.facts
    assert answer.state is PostState.OK
    assert facts.text == "Filmed from the tow path; }; </b>"
    assert facts.posted_at == dt.datetime(2026, 11, 8, 21, 5, tzinfo=dt.UTC)
    assert (facts.author.id, facts.author.handle) == ("UCdemo", "lockfilms")
    assert facts.metrics == {"views": 1204}
    assert facts.media[0].duration_s == 93.0


def test_bare_publishing_day_is_no_instant():
    day = {"playerMicroformatRenderer": {"publishDate": "2026-11-08"}}
    assert read(POST, "watch-page", page(microformat=day)).facts.posted_at is None


@pytest.mark.parametrize(
    ("status", "reason", "state"),
    [
        ("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", PostState.BLOCKED_BOT),
        ("LOGIN_REQUIRED", "Sign in to confirm your age", PostState.WITHHELD_LOGIN),
        ("LOGIN_REQUIRED", "This is a private video. Please sign in", PostState.PROTECTED),
        ("LOGIN_REQUIRED", "Sign in to manage your languages", PostState.LOGIN_WALL),
        ("LOGIN_REQUIRED", None, PostState.LOGIN_WALL),
        (
            "UNPLAYABLE",
            "The uploader has not made this video available in your country",
            PostState.GEO_BLOCKED,
        ),
        ("UNPLAYABLE", "Join this channel to get access", PostState.UNAVAILABLE),
        ("ERROR", "Video unavailable", PostState.UNAVAILABLE),
    ],
)
def test_playability_says_why_not(status, reason, state):
    answer = read(POST, "watch-page", page(status, reason, videoDetails=None))
    assert (answer.state, answer.facts) == (state, None)
    assert (reason or "") in answer.reason


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        (
            b"",
            {"status": 302, "location": "https://consent.youtube.com/m?continue=x"},
            PostState.LOGIN_WALL,
        ),
        ("<form></form>", {"url": "https://consent.youtube.com/m"}, PostState.LOGIN_WALL),
        ("<title>YouTube</title>", {}, PostState.PARSE_ERROR),
        ("var ytInitialPlayerResponse = {", {}, PostState.PARSE_ERROR),
    ],
)
def test_watch_page_without_its_data_has_its_state(body, how, state):
    assert read(POST, "watch-page", body, **how).state is state


def test_page_of_another_film_is_not_taken_for_it():
    other = page(videoDetails={"videoId": "AAAAAAAAAAA", "title": "Another"})
    assert read(POST, "watch-page", other).state is PostState.PARSE_ERROR
