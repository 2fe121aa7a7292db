"""Every sign that docs/platforms.md names for a platform's state, in an answer as it gives it."""

import re

import pytest

from archive import PostState
from tests.crawler.platforms import test_film_rungs as tiktok
from tests.crawler.platforms import test_mastodon_rungs as mastodon
from tests.crawler.platforms import test_telegram_rungs as telegram
from tests.crawler.platforms import test_youtube_rungs as youtube
from tests.crawler.platforms.answering import read
from tests.crawler.platforms.every_state import SKY, TWEET, X, tombstone
from tests.crawler.platforms.test_docs import rows

TWEETS, SNIPPET, GUEST = ("X", X, "tweet-result"), ("X", X, "oembed"), ("X", X, "guest")
NOTE = ("ActivityPub", mastodon.POST, "activity")
STATUS = ("Mastodon", mastodon.POST, "status")
MESSAGE = ("Telegram", telegram.POST, "embed")
THREAD, POSTS = ("Bluesky", SKY, "thread"), ("Bluesky", SKY, "posts")
FILM, WATCH = ("YouTube", youtube.POST, "oembed"), ("YouTube", youtube.POST, "watch-page")
CLIP = ("TikTok", tiktok.POST, "page")
REDDIT = ("Reddit", "https://www.reddit.com/comments/1abcde/", "oembed")
FACEBOOK = ("Facebook", "https://www.facebook.com/Marl/posts/1029384756102938", "plugin")
ANYONE = ("HTTP", *MESSAGE[1:])

LIMITED = tombstone("This account owner limits who can view their Posts. Learn more")
IN_THE_APP = telegram.embed(telegram.message(inside=telegram.NOT_HERE, text=""))
ELSEWHERE = "The uploader has not made this video available in your country"
FORBIDDEN = {"error": "Sorry, you are not authorized to see this status."}


def unavailable(reason):
    result = {"__typename": "TweetUnavailable", "reason": reason}
    return {"data": {"tweetResult": {"result": result}}}


def unplayable(status, reason):
    return youtube.page(status, reason, videoDetails=None)


SIGNS = {
    PostState.DELETED: [
        (TWEETS, 200, tombstone("This Post was deleted by the Post author. Learn more")),
        (NOTE, 410, {"type": "Tombstone"}),
    ],
    PostState.NOT_FOUND: [
        (MESSAGE, 200, '<div class="tgme_widget_message_error">Post not found</div>'),
        (THREAD, 400, {"error": "NotFound", "message": "Post not found"}),
        (THREAD, 200, {"thread": {"$type": "app.bsky.feed.defs#notFoundPost"}}),
        (POSTS, 200, {"posts": []}),
        (SNIPPET, 404, "<h1>Not Found</h1>"),
        (FILM, 404, "Not Found"),
    ],
    PostState.SUSPENDED: [
        (TWEETS, 200, {name: value for name, value in TWEET.items() if name != "user"}),
        (TWEETS, 200, tombstone("This Post is from a suspended account. Learn more")),
        (GUEST, 200, unavailable("Suspended")),
        (THREAD, 400, {"error": "AccountTakedown"}),
        (REDDIT, 404, {"reason": "banned", "error": 404}),
    ],
    PostState.PROTECTED: [
        (TWEETS, 200, LIMITED),
        (GUEST, 200, unavailable("Protected")),
        (FILM, 403, "Forbidden"),
        (CLIP, 200, tiktok.page(10216)),
        (CLIP, 200, tiktok.page(10222)),
        (REDDIT, 403, {"reason": "private", "error": 403}),
        (NOTE, 200, mastodon.note(to=[])),
    ],
    PostState.WITHHELD_LOGIN: [
        (TWEETS, 200, {"__typename": "TweetTombstone", "tombstone": {}}),
        (GUEST, 200, unavailable("NsfwLoggedOut")),
        (GUEST, 200, unavailable("NsfwViewerHasNoStatedAge")),
        (MESSAGE, 200, IN_THE_APP),
        (CLIP, 200, tiktok.page(isContentClassified=True)),
        (REDDIT, 403, {"reason": "quarantined", "error": 403}),
        (WATCH, 200, unplayable("LOGIN_REQUIRED", "Sign in to confirm your age")),
    ],
    PostState.EMBEDDING_DISABLED: [(FILM, 401, "Unauthorized")],
    PostState.GEO_BLOCKED: [(ANYONE, 451, ""), (WATCH, 200, unplayable("UNPLAYABLE", ELSEWHERE))],
    PostState.UNAVAILABLE: [
        (TWEETS, 200, {}),
        (TWEETS, 404, "<h1>Not Found</h1>"),
        (SNIPPET, 403, FORBIDDEN),
        (STATUS, 404, {"error": "Record not found"}),
        (FACEBOOK, 200, "<p>This post is no longer available.</p>"),
        (MESSAGE, 200, '<div class="tgme_page">Dunes</div>'),
        (CLIP, 200, tiktok.page(10204)),
    ],
}
NAMES = {place[0] for signs in SIGNS.values() for place, _, _ in signs}


@pytest.mark.parametrize(
    ("state", "place", "status", "body"),
    [(state, *sign) for state, signs in SIGNS.items() for sign in signs],
)
def test_a_sign_makes_its_state(state, place, status, body):
    told = read(*place[1:], body, status=status)
    assert told.state is state, told
    assert told.reason


def test_the_signs_above_are_those_of_the_documentation():
    """But for states whose signs are no one platform's: those of every host, or of the walk."""
    named = re.compile(rf"\b({'|'.join(NAMES | {'Instagram', 'Threads', 'VK', 'Truth Social'})})\b")
    documented = {
        state.strip("`"): set(named.findall(sign))
        for state, sign in rows("States and their signs")
        if state.strip("`") in set(SIGNS)
    }
    assert documented == {
        state: {place[0] for place, _, _ in signs} for state, signs in SIGNS.items()
    }
