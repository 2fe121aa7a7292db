"""What the capture of a platform's answer holds."""

import pytest

from archive import Verdict
from crawler.platforms.registry import recognise
from crawler.platforms.verdict import verdict
from tests.crawler.platforms.answering import answered, rung_of

X = ("https://x.com/a/status/20", "tweet-result")
WATCH = ("https://youtu.be/cR4d9SmBq_w", "watch-page")
FRAME = ("https://t.me/dune_patrol/58", "embed")
NOTE = ("https://dyke.example/@warden/117583121449751143", "activity")
TWEET = {"__typename": "Tweet", "id_str": "20", "user": {"screen_name": "a"}, "text": "hi"}


@pytest.mark.parametrize(
    ("place", "body", "how", "expected"),
    [
        (X, TWEET, {}, Verdict.CONTENT),
        (X, {**TWEET, "note_tweet": {"id": "x"}}, {}, Verdict.CONTENT),
        (X, {"__typename": "TweetTombstone", "tombstone": {}}, {}, Verdict.LOGIN_WALL),
        (X, "<h1>Not Found</h1>", {"status": 404}, Verdict.GONE),
        (X, {}, {}, Verdict.EMPTY_SHELL),
        (X, b"", {"status": 429}, Verdict.ERROR_PAGE),
        (X, b"", {"status": 500}, Verdict.ERROR_PAGE),
        (X, "<p>no</p>", {"status": 403}, Verdict.CHALLENGE),
        (X, b"{", {}, Verdict.UNREADABLE),
        (FRAME, '<div class="tgme_widget_message_error">Post not found</div>', {}, Verdict.GONE),
        (NOTE, {"type": "Tombstone"}, {"status": 410}, Verdict.GONE),
        (NOTE, "", {"status": 401}, Verdict.LOGIN_WALL),
        (WATCH, "<body><div id=x></div><script>y</script></body>", {}, Verdict.EMPTY_SHELL),
        (WATCH, b"", {"status": 302, "location": "https://consent.youtube.com/m"},
         Verdict.CONSENT_WALL),
        (WATCH, "<form>", {"url": "https://consent.youtube.com/m"}, Verdict.CONSENT_WALL),
        (WATCH, b"", {"status": 302, "location": "/login?next=x"}, Verdict.LOGIN_WALL),
        (WATCH, b"", {"status": 403, "cf_mitigated": "challenge"}, Verdict.CHALLENGE),
        (WATCH, b"", {"status": 451}, Verdict.ERROR_PAGE),
    ],
)  # fmt: skip
def test_verdict_follows_from_state_and_structure(place, body, how, expected):
    url, name = place
    ref = recognise(url)
    given = answered(body, **how)
    answer = rung_of(ref.platform, name).read(ref, given)
    assert verdict(answer, given) is expected
