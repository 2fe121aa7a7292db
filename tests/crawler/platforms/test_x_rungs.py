"""X: the syndication endpoint's token, its answers, oEmbed beside it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import FactSource, PostPointer, PostState
from crawler.platforms.x.token import token
from tests.crawler.platforms.answering import asked, read

ID = "2120861186107183105"
POST = f"https://x.com/quay_office/status/{ID}"
LONG_AGO = "https://x.com/quay_office/status/20"


def tweet(**changes):
    text = (
        "Lock gate &lt;3&gt; stuck, @ferry_desk asks for patience. https://t.co/Lk3pQ9sT2u #Lock7 "
    )
    value = {
        "__typename": "Tweet",
        "lang": "en",
        "favorite_count": 17,
        "possibly_sensitive": False,
        "created_at": "2026-11-12T12:48:05.000Z",
        "display_text_range": [0, len(text) - 1],
        "entities": {
            "hashtags": [{"indices": [78, 84], "text": "Lock7"}],
            "urls": [
                {
                    "display_url": "locks.example/7/…",
                    "expanded_url": "https://locks.example/7/notice?a=1&b=2",
                    "indices": [54, 77],
                    "url": "https://t.co/Lk3pQ9sT2u",
                }
            ],
            "user_mentions": [
                {"id_str": "62", "indices": [27, 38], "name": "Ferry", "screen_name": "ferry_desk"}
            ],
            "symbols": [],
        },
        "id_str": ID,
        "text": text + "https://t.co/Pc7mW0aZ4x",
        "user": {"id_str": "811", "name": "Quay Office ⚓", "screen_name": "quay_office"},
        "edit_control": {"edit_tweet_ids": [ID], "edits_remaining": "5"},
        "mediaDetails": [
            {
                "type": "photo",
                "ext_alt_text": "A lock gate at an angle",
                "media_url_https": "https://pbs.twimg.com/media/Gate1.jpg",
                "original_info": {"height": 800, "width": 1200},
            },
            {
                "type": "video",
                "media_url_https": "https://pbs.twimg.com/thumb/Gate2.jpg",
                "original_info": {"height": 720, "width": 1280},
                "video_info": {
                    "duration_millis": 9500,
                    "variants": [
                        {
                            "content_type": "application/x-mpegURL",
                            "url": "https://video.twimg.com/p.m3u8",
                        },
                        {
                            "bitrate": 632000,
                            "content_type": "video/mp4",
                            "url": "https://video.twimg.com/low.mp4",
                        },
                        {
                            "bitrate": 2176000,
                            "content_type": "video/mp4",
                            "url": "https://video.twimg.com/high.mp4",
                        },
                    ],
                },
            },
        ],
        "in_reply_to_status_id_str": "2120850000000000001",
        "quoted_tweet": {"id_str": "2120840000000000002", "text": "…"},
        "conversation_count": 3,
        "isEdited": False,
    }
    value.update(changes)
    return {name: part for name, part in value.items() if part is not None}


def tombstone(text=None):
    inside = {} if text is None else {"text": {"text": text, "rtl": False, "entities": []}}
    return {"__typename": "TweetTombstone", "tombstone": inside}


@pytest.mark.parametrize(
    ("post_id", "expected"),
    [
        ("20", "6dq1a2xwd93"),
        ("1050118621198921728", "2jn1m8zmk1"),
        ("1628832338187636740", "3y54libozsy"),
        ("1900000000000000000", "4ltxr9b3f"),
        ("2029123557774066898", "4x2ogubq72"),
    ],
)
def test_token_equals_what_javascript_computes(post_id, expected):
    assert token(post_id) == expected


@given(st.integers(1, 10**19 - 1))
def test_token_of_any_id_has_neither_zero_nor_point(number):
    assert set(token(str(number))) <= set("123456789abcdefghijklmnopqrstuvwxyz")


def test_syndication_is_asked_with_id_and_token():
    assert asked(LONG_AGO, "tweet-result").url == (
        "https://cdn.syndication.twimg.com/tweet-result?id=20&lang=en&token=6dq1a2xwd93"
    )


def test_tweet_gives_every_fact_with_text_unescaped_and_links_expanded():
    answer = read(POST, "tweet-result", tweet())
    facts = answer.facts
    assert (answer.state, answer.reason) == (PostState.OK, None)
    assert facts.text == (
        "Lock gate <3> stuck, @ferry_desk asks for patience. "
        "https://locks.example/7/notice?a=1&b=2 #Lock7"
    )
    author = facts.author
    assert (author.id, author.handle, author.name) == ("811", "quay_office", "Quay Office ⚓")
    assert facts.posted_at == dt.datetime(2026, 11, 12, 12, 48, 5, tzinfo=dt.UTC)
    assert (facts.language, facts.hashtags, facts.mentions) == ("en", ("Lock7",), ("ferry_desk",))
    assert facts.links == ("https://locks.example/7/notice?a=1&b=2",)
    assert facts.metrics == {"likes": 17, "replies": 3}
    photo, film = facts.media
    assert (photo.type, photo.url) == ("image", "https://pbs.twimg.com/media/Gate1.jpg?name=orig")
    assert (photo.width, photo.height, photo.alt) == (1200, 800, "A lock gate at an angle")
    assert (film.type, film.url, film.duration_s) == (
        "video",
        "https://video.twimg.com/high.mp4",
        9.5,
    )
    assert set(facts.sources.values()) == {FactSource.API}
    assert facts.pointers == (
        PostPointer(
            relation="reply_to",
            platform="x",
            post_id="2120850000000000001",
            url="https://x.com/i/status/2120850000000000001",
        ),
        PostPointer(
            relation="quoted",
            platform="x",
            post_id="2120840000000000002",
            url="https://x.com/i/status/2120840000000000002",
        ),
    )


def said(**values):
    kinds = {bool: "boolean", str: "string"}
    return {
        name: {f"{kinds[type(value)]}_value": value, "type": kinds[type(value)].upper()}
        for name, value in values.items()
    }


POLL = said(
    choice1_label="Open the gate & wait",
    choice1_count="1204",
    choice2_label="Close it",
    choice2_count="96",
    end_datetime_utc="2026-11-13T12:48:05Z",
    counts_are_final=True,
)


@pytest.mark.parametrize("name", ["poll2choice_text_only", "poll2choice_image", "77:poll2choice_x"])
def test_poll_gives_what_it_offers_and_how_many_chose_what(name):
    answer = read(POST, "tweet-result", tweet(card={"name": name, "binding_values": POLL}))
    poll = answer.facts.poll
    assert [(one.text, one.votes) for one in poll.options] == [
        ("Open the gate & wait", 1204),
        ("Close it", 96),
    ]
    assert (poll.votes, poll.is_closed) == (1300, True)
    assert poll.ends_at == dt.datetime(2026, 11, 13, 12, 48, 5, tzinfo=dt.UTC)


def test_poll_that_does_not_say_all_its_counts_has_no_sum():
    values = {**POLL, "choice2_count": None}
    answer = read(
        POST, "tweet-result", tweet(card={"name": "poll2choice_x", "binding_values": values})
    )
    assert [one.votes for one in answer.facts.poll.options] == [1204, None]
    assert answer.facts.poll.votes is None


@pytest.mark.parametrize(
    "card",
    [
        {"name": "summary_large_image", "binding_values": POLL},
        {"name": "poll2choice_text_only", "binding_values": {}},
        {"name": "poll2choice_text_only"},
        {"name": 2},
        [],
    ],
)
def test_card_that_offers_nothing_is_no_poll(card):
    assert read(POST, "tweet-result", tweet(card=card)).facts.poll is None


def test_long_post_is_partial_and_marked_cut():
    answer = read(POST, "tweet-result", tweet(note_tweet={"id": "Tm90ZTox"}, text="And so it we"))
    assert answer.state is PostState.OK_PARTIAL
    assert answer.facts.is_text_truncated
    assert answer.facts.text == "And so it we"


def test_edited_post_names_its_newest_edit_and_its_other_ids():
    older = "2120860000000000000"
    edits = {"edit_tweet_ids": [older, ID]}
    for asked_for in (older, ID):
        url = f"https://x.com/quay_office/status/{asked_for}"
        answer = read(url, "tweet-result", tweet(edit_control=edits, isEdited=True))
        assert (answer.state, answer.facts.is_edited) == (PostState.OK, True)
        assert answer.facts.revision == ID
        assert answer.same_as == tuple({older, ID} - {asked_for})


def test_older_edit_that_is_still_shown_is_marked_as_itself():
    older = "2120860000000000000"
    stale = tweet(
        id_str=older,
        edit_control={"edit_tweet_ids": [older, ID]},
        isEdited=True,
        isStaleEdit=True,
    )
    answer = read(f"https://x.com/quay_office/status/{older}", "tweet-result", stale)
    assert (answer.facts.revision, answer.same_as) == (older, (ID,))


def test_tweet_without_its_user_is_a_suspended_author():
    without = tweet()
    del without["user"]
    for answer in (read(POST, "tweet-result", one) for one in (without, tweet(user=None))):
        assert answer.state is PostState.SUSPENDED
        assert answer.facts.author is None


@pytest.mark.parametrize("user", [{}, [], "quay_office", {"id_str": "811", "name": "Quay Office"}])
def test_user_that_cannot_be_read_is_no_suspension(user):
    answer = read(POST, "tweet-result", tweet(user=user))
    assert (answer.state, answer.facts.author) == (PostState.OK_PARTIAL, None)


def test_post_of_pictures_alone_has_no_text_and_is_whole():
    answer = read(POST, "tweet-result", tweet(display_text_range=[0, 0]))
    assert (answer.state, answer.facts.text) == (PostState.OK, None)


@pytest.mark.parametrize("shape", ["deleted by the author", {"text": "deleted by the author"}])
def test_tombstone_of_another_form_is_not_taken_for_one_without_words(shape):
    answer = read(POST, "tweet-result", {"__typename": "TweetTombstone", "tombstone": shape})
    assert answer.state is PostState.PARSE_ERROR


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("This Post was deleted by the Post author. Learn more", PostState.DELETED),
        (
            "This account owner limits who can view their Posts. Learn more",
            PostState.PROTECTED,
        ),
        ("This Post is from a suspended account. Learn more", PostState.SUSPENDED),
        (
            "Age-restricted adult content. You need to log in to see it.",
            PostState.WITHHELD_LOGIN,
        ),
        (None, PostState.WITHHELD_LOGIN),
        ("This Post is unavailable. Learn more", PostState.UNAVAILABLE),
    ],
)
def test_tombstone_says_why(said, state):
    answer = read(POST, "tweet-result", tombstone(said))
    assert answer.state is state
    assert said is None or said in answer.reason


def test_tombstone_without_its_object_is_withheld_too():
    answer = read(POST, "tweet-result", {"__typename": "TweetTombstone"})
    assert answer.state is PostState.WITHHELD_LOGIN


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        ({}, {}, PostState.UNAVAILABLE),
        (b"", {}, PostState.UNAVAILABLE),
        ("<h1>Not Found</h1>", {"status": 404}, PostState.UNAVAILABLE),
        (b"", {"status": 429}, PostState.RATE_LIMITED),
        (b"", {"status": 503}, PostState.TRANSIENT),
        (b"", {"status": 403}, PostState.BLOCKED_BOT),
        (b'{"__typename":"Tw', {}, PostState.PARSE_ERROR),
        ({"__typename": "TweetUnheardOf"}, {}, PostState.PARSE_ERROR),
        (tweet(), {"whole": False}, PostState.TRANSIENT),
        (tweet(id_str="7", edit_control=None), {}, PostState.PARSE_ERROR),
        (tweet(id_str=None), {}, PostState.PARSE_ERROR),
        (tweet(id_str=int(ID)), {}, PostState.PARSE_ERROR),
        (tweet(text=None), {}, PostState.PARSE_ERROR),
    ],
)
def test_whatever_else_syndication_answers_has_its_state(body, how, state):
    answer = read(POST, "tweet-result", body, **how)
    assert (answer.state, answer.facts) == (state, None)
    assert answer.reason


def oembed(**changes):
    html = (
        '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Lock gate &lt;3&gt; stuck<br>'
        '<a href="https://x.com/hashtag/Lock7?src=hash">#Lock7</a> '
        '<a href="https://x.com/ferry_desk?ref_src=twsrc">@ferry_desk</a> '
        '<a href="https://t.co/Lk3pQ9sT2u">https://t.co/Lk3pQ9sT2u</a></p>&mdash; Quay Office '
        f'(@quay_office) <a href="{POST}?ref_src=x">November 12, 2026</a></blockquote>'
    )
    value = {
        "url": POST,
        "author_name": "Quay Office",
        "author_url": "https://x.com/quay_office",
        "html": html,
        "type": "rich",
        "cache_age": "3153600000",
        "provider_name": "X",
        "version": "1.0",
    }
    return {**value, **changes}


def test_oembed_is_asked_in_english_and_without_script():
    assert asked(POST, "oembed").url == (
        "https://publish.x.com/oembed?omit_script=1&dnt=true&hide_thread=true&lang=en"
        f"&url=https%3A%2F%2Fx.com%2Fi%2Fstatus%2F{ID}"
    )


def test_oembed_has_nothing_to_add_to_a_cut_post():
    cut = read(POST, "tweet-result", tweet(note_tweet={"id": "Tm90ZTox"}))
    assert asked(POST, "oembed", [cut]) is None


def test_oembed_gives_text_author_and_the_ids_instant():
    answer = read(POST, "oembed", oembed())
    facts = answer.facts
    assert answer.state is PostState.OK_PARTIAL
    assert facts.text == "Lock gate <3> stuck\n#Lock7 @ferry_desk https://t.co/Lk3pQ9sT2u"
    assert (facts.author.handle, facts.author.name) == ("quay_office", "Quay Office")
    assert (facts.language, facts.hashtags, facts.mentions) == ("en", ("Lock7",), ("ferry_desk",))
    assert facts.posted_at == dt.datetime(2026, 11, 12, 12, 48, 5, 120_000, tzinfo=dt.UTC)
    assert facts.sources["posted_at"] is FactSource.ID


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        ("<h1>Not Found</h1>", 404, PostState.NOT_FOUND),
        (
            {"error": "Sorry, you are not authorized to see this status."},
            403,
            PostState.UNAVAILABLE,
        ),
        ("<title>Denied</title>", 403, PostState.BLOCKED_BOT),
        (oembed(url="https://x.com/quay_office/status/7"), 200, PostState.PARSE_ERROR),
        ("<html>", 200, PostState.PARSE_ERROR),
    ],
)
def test_oembed_without_a_snippet_has_its_state(body, status, state):
    assert read(POST, "oembed", body, status=status).state is state
