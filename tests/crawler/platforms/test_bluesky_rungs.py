"""Bluesky: the author's wish first, then the post."""

import copy
import datetime as dt

import pytest

from archive import PostState
from crawler.platforms import bluesky
from crawler.platforms.ladder import next_ask
from crawler.platforms.registry import recognise
from crawler.platforms.rung import AUTHOR_WISH
from tests.crawler.platforms.answering import asked, read

DID = "did:plc:q7wharfkeeper2222demo3xy"
HANDLE = "keeper.wharf.example"
RKEY = "3mztfskqm7c2l"
BY_HANDLE = f"https://bsky.app/profile/{HANDLE}/post/{RKEY}"
BY_DID = f"https://bsky.app/profile/{DID}/post/{RKEY}"
API = "https://public.api.bsky.app/xrpc/"

WISH = [
    {"src": DID, "uri": f"at://{DID}/app.bsky.actor.profile/self", "val": "!no-unauthenticated"}
]
PROFILE = {"did": DID, "handle": HANDLE, "displayName": "Keeper", "labels": []}

TEXT = "Ebbe 🌊 um 4: wharf.example/plan via @port.example #Niedrigwasser"


def facet(shown, **feature):
    start = TEXT.encode().index(shown.encode())
    ((kind, value),) = feature.items()
    key = {"link": "uri", "mention": "did", "tag": "tag"}[kind]
    return {
        "index": {"byteStart": start, "byteEnd": start + len(shown.encode())},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", key: value}],
    }  # fmt: skip


POST = {
    "uri": f"at://{DID}/app.bsky.feed.post/{RKEY}",
    "cid": "bafyreiwharfpost",
    "author": {"did": DID, "handle": HANDLE, "displayName": "Keeper", "labels": []},
    "record": {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-11-08T21:58:12.345Z",
        "langs": ["de", "en"],
        "text": TEXT,
        "facets": [
            facet("wharf.example/plan", link="https://wharf.example/plan/12"),
            facet("@port.example", mention="did:plc:portportportportportport"),
            facet("#Niedrigwasser", tag="Niedrigwasser"),
        ],
        "reply": {
            "parent": {
                "uri": "at://did:plc:portportportportportport/app.bsky.feed.post/3mztabcdefg2a"
            }
        },
        "labels": {"values": [{"val": "graphic-media"}]},
    },
    "embed": {
        "$type": "app.bsky.embed.images#view",
        "images": [
            {
                "thumb": "https://cdn.bsky.app/img/t/1",
                "fullsize": "https://cdn.bsky.app/img/f/1",
                "alt": "Mud flats",
                "aspectRatio": {"height": 3, "width": 4},
            }
        ],
    },
    "replyCount": 1,
    "repostCount": 2,
    "likeCount": 3,
    "quoteCount": 4,
    "labels": [{"src": DID, "val": "graphic-media"}],
}


def thread(post):
    return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": []}}


def changed(**changes):
    return {**copy.deepcopy(POST), **changes}


def test_ladder_begins_with_the_profile_and_goes_on_with_its_did():
    ref = recognise(BY_HANDLE)
    first, ask = next_ask(ref, [], bluesky.rungs)
    assert (first.name, ask.url) == ("profile", f"{API}app.bsky.actor.getProfile?actor={HANDLE}")
    known = read(BY_HANDLE, "profile", PROFILE)
    assert (known.state, known.learnt) == (PostState.NOT_ASKED, {"did": DID})
    second, ask = next_ask(ref, [known], bluesky.rungs)
    assert second.name == "thread"
    assert ask.url == (
        f"{API}app.bsky.feed.getPostThread?uri=at%3A%2F%2F{DID.replace(':', '%3A')}"
        f"%2Fapp.bsky.feed.post%2F{RKEY}&depth=0&parentHeight=0"
    )


def test_wish_not_to_be_shown_ends_the_walk_before_the_post_is_asked_for():
    wished = read(BY_DID, "profile", {**PROFILE, "labels": WISH})
    assert wished.state is PostState.NOT_ASKED
    assert wished.learnt[AUTHOR_WISH] == "!no-unauthenticated"
    assert next_ask(recognise(BY_DID), [wished], bluesky.rungs) is None


def test_wish_that_was_taken_back_is_none():
    labels = [{**WISH[0], "neg": True}]
    assert AUTHOR_WISH not in read(BY_DID, "profile", {**PROFILE, "labels": labels}).learnt


def test_wish_met_with_the_post_itself_keeps_its_content_out():
    post = changed(author={**POST["author"], "labels": WISH})
    answer = read(BY_DID, "thread", thread(post))
    assert (answer.state, answer.facts) == (PostState.WITHHELD_LOGIN, None)
    assert next_ask(recognise(BY_DID), [answer], bluesky.rungs) is None


def test_handle_is_resolved_where_the_profile_did_not_do_it():
    ref = recognise(BY_HANDLE)
    broken = read(BY_HANDLE, "profile", status=502)
    rung, ask = next_ask(ref, [broken], bluesky.rungs)
    assert (rung.name, ask.url) == (
        "handle",
        f"{API}com.atproto.identity.resolveHandle?handle={HANDLE}",
    )
    resolved = read(BY_HANDLE, "handle", {"did": DID})
    assert resolved.learnt == {"did": DID}
    assert next_ask(ref, [broken, resolved], bluesky.rungs)[0].name == "thread"
    assert asked(BY_DID, "handle") is None


def test_post_gives_every_fact_with_facets_counted_in_bytes():
    answer = read(BY_HANDLE, "thread", thread(POST))
    facts = answer.facts
    assert (answer.state, answer.same_as) == (PostState.OK, (f"{DID}/{RKEY}",))
    assert (facts.text, facts.language) == (TEXT, "de")
    assert facts.posted_at == dt.datetime(2026, 11, 8, 21, 58, 12, 345_000, tzinfo=dt.UTC)
    assert (facts.author.id, facts.author.handle) == (DID, HANDLE)
    assert facts.links == ("https://wharf.example/plan/12",)
    assert (facts.mentions, facts.hashtags) == (("port.example",), ("Niedrigwasser",))
    assert facts.metrics == {"replies": 1, "reposts": 2, "likes": 3, "quotes": 4}
    assert facts.revision == "bafyreiwharfpost"
    assert (facts.labels, facts.is_sensitive) == (("graphic-media",), True)
    (picture,) = facts.media
    assert (picture.url, picture.alt) == ("https://cdn.bsky.app/img/f/1", "Mud flats")
    assert [(one.relation, one.post_key) for one in facts.pointers] == [
        ("reply_to", "bluesky:did:plc:portportportportportport/3mztabcdefg2a")
    ]


def test_film_beside_a_quoted_post_is_found_one_level_deeper():
    quoted = "at://did:plc:portportportportportport/app.bsky.feed.post/3mztabcdefg2b"
    embed = {
        "$type": "app.bsky.embed.recordWithMedia#view",
        "media": {
            "$type": "app.bsky.embed.video#view",
            "playlist": "https://video.bsky.app/p.m3u8",
            "thumbnail": "https://video.bsky.app/t.jpg",
            "alt": "Tide",
        },
        "record": {"record": {"uri": quoted}},
    }
    facts = read(BY_DID, "thread", thread(changed(embed=embed))).facts
    assert [(one.type, one.url) for one in facts.media] == [
        ("video", "https://video.bsky.app/p.m3u8")
    ]
    assert [one.relation for one in facts.pointers] == ["reply_to", "quoted"]


def test_gallery_gives_its_pictures():
    items = [
        {
            "fullsize": f"https://cdn.bsky.app/img/full/{number}",
            "thumbnail": f"https://cdn.bsky.app/img/thumb/{number}",
            "alt": f"Pier {number}",
            "aspectRatio": {"width": 3, "height": 2},
        }
        for number in range(10)
    ]
    embed = {"$type": "app.bsky.embed.gallery#view", "items": items}
    media = read(BY_DID, "thread", thread(changed(embed=embed))).facts.media
    assert [one.url for one in media] == [item["fullsize"] for item in items]
    assert (media[9].alt, media[9].preview_url) == ("Pier 9", items[9]["thumbnail"])


@pytest.mark.parametrize("kind", ["viewNotFound", "viewBlocked", "viewDetached"])
def test_quote_that_cannot_be_shown_is_still_pointed_at(kind):
    uri = "at://did:plc:portportportportportport/app.bsky.feed.post/3mztabcdefg2b"
    gone = {"record": {"$type": f"app.bsky.embed.record#{kind}", "uri": uri}}
    facts = read(BY_DID, "thread", thread(changed(embed=gone))).facts
    assert [one.relation for one in facts.pointers] == ["reply_to", "quoted"]


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        ({"error": "NotFound", "message": "Post not found: at://…"}, 400, PostState.NOT_FOUND),
        (
            {"error": "InvalidRequest", "message": "Unable to resolve handle"},
            400,
            PostState.UNAVAILABLE,
        ),
        ({"error": "AccountTakedown", "message": "…"}, 400, PostState.SUSPENDED),
        ({"error": "AccountDeactivated", "message": "…"}, 400, PostState.UNAVAILABLE),
        (
            {"thread": {"$type": "app.bsky.feed.defs#notFoundPost", "notFound": True}},
            200,
            PostState.NOT_FOUND,
        ),
        (
            {"thread": {"$type": "app.bsky.feed.defs#blockedPost", "blocked": True}},
            200,
            PostState.UNAVAILABLE,
        ),
        ({"error": "RateLimitExceeded"}, 429, PostState.RATE_LIMITED),
        ({"error": "UpstreamFailure"}, 502, PostState.TRANSIENT),
        ({"thread": {"$type": "app.bsky.feed.defs#somethingNew"}}, 200, PostState.PARSE_ERROR),
        (
            thread(changed(uri=f"at://{DID}/app.bsky.feed.post/3mztfskqm7c22")),
            200,
            PostState.PARSE_ERROR,
        ),
        (thread({**POST, "record": None}), 200, PostState.PARSE_ERROR),
    ],
)
def test_thread_without_the_post_has_its_state(body, status, state):
    assert read(BY_DID, "thread", body, status=status).state is state


def test_get_posts_reads_the_same_post_and_leaves_a_missing_one_out():
    assert (
        read(BY_DID, "posts", {"posts": [POST]}).facts == read(BY_DID, "thread", thread(POST)).facts
    )
    assert read(BY_DID, "posts", {"posts": []}).state is PostState.NOT_FOUND
    assert asked(BY_HANDLE, "posts") is None
