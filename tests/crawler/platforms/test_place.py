"""Refusals that every host gives alike, where a rung has no word of its own for the answer."""

import pytest

from archive import PostState
from crawler.platforms.place import Finding, Place
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Grade
from tests.crawler.platforms.answering import answered

REF = PostRef(platform="x", post_id="1", url="https://x.com/i/status/1")


def place(reading=lambda _ref, _answered: None):
    return Place(name="one", grade=Grade.API, asking=lambda _ref, _before: None, reading=reading)


@pytest.mark.parametrize(
    ("how", "state", "reason"),
    [
        ({"status": 401}, PostState.LOGIN_WALL, "HTTP 401"),
        ({"status": 403}, PostState.BLOCKED_BOT, "HTTP 403"),
        ({"status": 404}, PostState.UNAVAILABLE, "HTTP 404"),
        ({"status": 410}, PostState.UNAVAILABLE, "HTTP 410"),
        ({"status": 418}, PostState.UNAVAILABLE, "HTTP 418"),
        ({"status": 451}, PostState.GEO_BLOCKED, "HTTP 451"),
        ({"status": 408}, PostState.TRANSIENT, "HTTP 408"),
        ({"status": 500}, PostState.TRANSIENT, "HTTP 500"),
        ({"status": 429}, PostState.RATE_LIMITED, "HTTP 429"),
        ({"status": 429, "retry_after": "60"}, PostState.RATE_LIMITED, "HTTP 429, Retry-After: 60"),
        ({"whole": False}, PostState.TRANSIENT, "the answer was cut off"),
        ({"status": 503, "cf_mitigated": "challenge"}, PostState.BLOCKED_BOT,
         "a challenge (cf-mitigated)"),
        ({"status": 302, "location": "/login?next=1"}, PostState.LOGIN_WALL,
         "a login at platform.example"),
        ({"status": 302, "location": "https://x.com/i/flow/login"}, PostState.LOGIN_WALL,
         "a login at x.com"),
        ({"status": 302, "location": "/auth/sign_in"}, PostState.LOGIN_WALL,
         "a login at platform.example"),
        ({"status": 302, "location": "https://consent.google.com/ml"}, PostState.LOGIN_WALL,
         "a consent form at consent.google.com"),
        ({"status": 301, "location": "/else"}, PostState.PARSE_ERROR,
         "HTTP 301 to https://platform.example/else"),
        ({"status": 301}, PostState.PARSE_ERROR, "HTTP 301 to None"),
        ({"status": 302, "location": "http://["}, PostState.PARSE_ERROR, "HTTP 302 to None"),
        ({}, PostState.PARSE_ERROR, "not an answer that this reader knows"),
    ],
)  # fmt: skip
def test_refusal_has_its_state_and_says_by_which_sign(how, state, reason):
    answer = place().read(REF, answered(b"", **how))
    assert (answer.state, answer.reason) == (state, reason)


@pytest.mark.parametrize(
    "path", ["/r/login/comments/1abc", "/@login/1", "/loginhelp", "/x?login=1"]
)
def test_address_with_a_login_in_it_is_no_wall(path):
    found = place(lambda _ref, _answered: Finding(state=PostState.OK))
    answer = found.read(REF, answered(b"", url=f"https://platform.example{path}"))
    assert answer.state is PostState.OK


def test_rungs_own_word_counts_before_the_common_one():
    own = Finding(state=PostState.NOT_FOUND, reason="it says so", same_as=("1", "2"))
    answer = place(lambda _ref, _answered: own).read(REF, answered(b"", status=404))
    assert (answer.state, answer.reason, answer.same_as) == (
        PostState.NOT_FOUND,
        "it says so",
        ("2",),
    )


def test_endless_reason_is_cut():
    own = Finding(state=PostState.UNAVAILABLE, reason="so " * 10_000)
    assert len(place(lambda _ref, _answered: own).read(REF, answered(b"")).reason) == 300
