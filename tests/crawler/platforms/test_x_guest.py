"""X's guest interface: a token, then a post, and what neither says of a post."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from archive import PostState
from crawler.demo.platforms.x import guest_tweet
from crawler.demo.posts import POSTS
from crawler.platforms.ladder import next_ask
from crawler.platforms.registry import everyone, recognise
from crawler.posts.choice import RungChoice
from tests.crawler.platforms.answering import asked, read

POST = POSTS["road-open"]
URL = f"https://x.com{POST.path}"
TOKEN = {"guest_token": "1987654321098765432"}


def result(value):
    return {"data": {"tweetResult": {"result": value}}}


def unavailable(**fields):
    return result({"__typename": "TweetUnavailable", **fields})


def test_neither_rung_is_asked_unless_it_is_turned_on():
    assert not [
        rung for rung in RungChoice(registry=everyone()).rungs("x") if rung.name.startswith("guest")
    ]
    on = RungChoice.parse(["x/guest", "x/guest-token"], everyone()).rungs("x")
    assert [rung.name for rung in on] == ["tweet-result", "guest-token", "guest", "oembed"]


def test_the_token_is_asked_for_by_post_and_the_post_with_the_token():
    first = asked(URL, "guest-token")
    assert (first.method, urlsplit(first.url).path) == ("POST", "/1.1/guest/activate.json")
    told = read(URL, "guest-token", TOKEN)
    assert (told.state, told.learnt) == (PostState.NOT_ASKED, TOKEN)
    ask = asked(URL, "guest", [told])
    assert (ask.method, ask.headers["X-Guest-Token"]) == ("GET", TOKEN["guest_token"])
    variables = parse_qs(urlsplit(ask.url).query)["variables"][0]
    assert json.loads(variables)["tweetId"] == POST.post_id


def test_without_a_token_nobody_asks_for_the_post():
    refused = read(URL, "guest-token", {"errors": []}, status=403)
    assert refused.state is PostState.BLOCKED_BOT
    assert asked(URL, "guest", [refused]) is None
    on = RungChoice.parse(["x/guest", "x/guest-token"], everyone()).rungs("x")
    cut = read(URL, "tweet-result", b"", status=503)
    assert next_ask(recognise(URL), [cut, refused], on)[0].name == "oembed"


@pytest.mark.parametrize("token", [None, 7, "", "9" * 40, "٤٢", "1\r\nHost: evil.example"])
def test_a_token_that_is_none_is_not_sent_anywhere(token):
    told = read(URL, "guest-token", {"guest_token": token})
    assert (told.state, told.learnt) == (PostState.PARSE_ERROR, {})


def test_the_post_is_what_syndication_tells_and_more():
    answer = read(URL, "guest", result(guest_tweet(POST)))
    assert answer.state is PostState.OK
    assert (answer.facts.author.handle, answer.facts.author.id) == (POST.handle, POST.user_id)
    assert answer.facts.posted_at == POST.posted_at.replace(microsecond=0)
    assert answer.facts.metrics["views"] == 5120
    wrapped = {"__typename": "TweetWithVisibilityResults", "tweet": guest_tweet(POST)}
    assert read(URL, "guest", result(wrapped)).facts == answer.facts


def test_a_cut_post_without_its_whole_text_is_partial():
    cut = guest_tweet(POST) | {"note_tweet": {"is_expandable": True}}
    answer = read(URL, "guest", result(cut))
    assert (answer.state, answer.facts.is_text_truncated) == (PostState.OK_PARTIAL, True)


def test_another_post_is_not_taken_for_the_asked_one():
    other = guest_tweet(POSTS["convoy"])
    assert read(URL, "guest", result(other)).state is PostState.PARSE_ERROR


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (unavailable(reason="NsfwLoggedOut"), PostState.WITHHELD_LOGIN),
        (unavailable(reason="NsfwViewerHasNoStatedAge"), PostState.WITHHELD_LOGIN),
        (unavailable(reason="Protected"), PostState.PROTECTED),
        (unavailable(reason="Suspended"), PostState.SUSPENDED),
        (unavailable(), PostState.UNAVAILABLE),
        ({"data": {"tweetResult": {}}}, PostState.UNAVAILABLE),
        (
            result({"tombstone": {"text": {"text": "This Post was deleted by the Post author."}}}),
            PostState.DELETED,
        ),
    ],
)
def test_a_post_that_a_guest_is_not_shown_has_its_state(body, state):
    assert read(URL, "guest", body).state is state


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"errors": [{"message": "The following features cannot be null"}]}, 400),
        ({"errors": [{"message": "Query not found"}]}, 404),
        (b"", 404),
        ({"data": {}, "errors": [{"message": "Timeout"}]}, 200),
    ],
)
def test_a_query_that_has_changed_says_nothing_of_the_post(body, status):
    assert read(URL, "guest", body, status=status).state is PostState.PARSE_ERROR


def test_a_poll_is_told_as_the_other_place_tells_it():
    values = {"choice1_label": "Open", "choice1_count": "7", "choice2_label": "Closed"}
    told = guest_tweet(POST) | {
        "card": {
            "legacy": {
                "name": "poll2choice_text_only",
                "binding_values": [
                    {"key": key, "value": {"string_value": value}} for key, value in values.items()
                ],
            }
        }
    }
    poll = read(URL, "guest", result(told)).facts.poll
    assert [(one.text, one.votes) for one in poll.options] == [("Open", 7), ("Closed", None)]
