"""Every state that a post can be in, each from an answer as its platform gives it."""

import pytest

from archive import PostState
from crawler.platforms.ladder import not_asked
from crawler.platforms.registry import everyone, recognise
from tests.crawler.platforms.answering import read
from tests.crawler.platforms.every_state import SKY, TWEET, X, tombstone

FILM = "https://youtu.be/cR4d9SmBq_w"
MESSAGE = "https://t.me/dune_patrol/58"
TOOT = "https://dyke.example/@warden/117583121449751143"


QUIET = {
    "did": "did:plc:k3calderdemo7x2qwertyuio",
    "handle": "calder.example",
    "labels": [{"val": "!no-unauthenticated", "src": "did:plc:k3calderdemo7x2qwertyuio"}],
}

SIGNS = {
    PostState.OK: (X, "tweet-result", TWEET, {}),
    PostState.OK_PARTIAL: (X, "tweet-result", {**TWEET, "note_tweet": {"id": "x"}}, {}),
    PostState.DELETED: (TOOT, "activity", {"type": "Tombstone"}, {"status": 410}),
    PostState.NOT_FOUND: (
        MESSAGE,
        "embed",
        '<div class="tgme_widget_message_error">Post not found</div>',
        {},
    ),
    PostState.SUSPENDED: (
        X,
        "tweet-result",
        tombstone("This Post is from a suspended account. Learn more"),
        {},
    ),
    PostState.PROTECTED: (FILM, "oembed", "Forbidden", {"status": 403}),
    PostState.WITHHELD_LOGIN: (
        X,
        "tweet-result",
        tombstone("Age-restricted adult content. This content might not be appropriate"),
        {},
    ),
    PostState.EMBEDDING_DISABLED: (FILM, "oembed", "Unauthorized", {"status": 401}),
    PostState.GEO_BLOCKED: (FILM, "watch-page", "", {"status": 451}),
    PostState.UNAVAILABLE: (X, "tweet-result", {}, {}),
    PostState.RATE_LIMITED: (X, "tweet-result", b"", {"status": 429}),
    PostState.LOGIN_WALL: (
        FILM,
        "watch-page",
        b"",
        {"status": 302, "location": "/login?next=%2Fwatch"},
    ),
    PostState.BLOCKED_BOT: (X, "tweet-result", "<h1>Access denied</h1>", {"status": 403}),
    PostState.TRANSIENT: (X, "tweet-result", b"", {"status": 503}),
    PostState.PARSE_ERROR: (X, "tweet-result", b"{", {}),
    PostState.NOT_ASKED: (SKY, "profile", QUIET, {}),
}


def test_no_state_is_without_a_sign():
    assert set(SIGNS) == set(PostState)


@pytest.mark.parametrize("state", SIGNS)
def test_every_state_comes_from_a_faithful_answer(state):
    post, rung, body, how = SIGNS[state]
    told = read(post, rung, body, **how)
    assert told.state is state, told
    assert told.reason or state is PostState.OK


def test_a_post_of_a_platform_that_cannot_be_asked_is_not_asked_and_says_why():
    ref = recognise("https://www.reddit.com/r/calder/comments/1abcde/")
    rungs = everyone().rungs(ref.platform)
    told = not_asked(ref, rungs)
    assert told.state is PostState.NOT_ASKED
    assert all(rung.name in told.reason for rung in rungs if rung.why_off)
