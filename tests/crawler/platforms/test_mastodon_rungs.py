"""Mastodon: the status API, the ActivityPub object, the page."""

import datetime as dt

import pytest

from archive import PostState
from archive.catalogue.placement.post import post_digest
from crawler.platforms import mastodon
from crawler.platforms.ladder import next_ask
from crawler.platforms.registry import recognise
from tests.crawler.platforms.answering import asked, read

HOST = "dyke.example"
ID = "117583121449751143"
POST = f"https://{HOST}/@warden/{ID}"
URI = f"https://{HOST}/users/warden/statuses/{ID}"
NOTES = "https://dyke.example/users/warden/statuses/"
AS = "https://www.w3.org/ns/activitystreams"

CONTENT = (
    '<p>Sluice two open, says <span class="h-card" translate="no"><a '
    'href="https://polder.example/@pumps" class="u-url mention">@<span>pumps</span></a></span><br>'
    'since noon <a href="https://dyke.example/tags/Sluice" class="mention hashtag" rel="tag">#'
    '<span>Sluice</span></a></p><p><a href="https://water.example/levels/2" rel="nofollow">'
    '<span class="invisible">https://</span><span class="ellipsis">water.example/lev</span>'
    '<span class="invisible">els/2</span></a></p>'
)


def status(**changes):
    value = {
        "id": ID,
        "created_at": "2026-11-08T22:14:07.512Z",
        "edited_at": "2026-11-08T22:40:00.000Z",
        "in_reply_to_id": "117583121449750000",
        "sensitive": True,
        "spoiler_text": "high water",
        "visibility": "public",
        "language": "en",
        "uri": URI,
        "url": POST,
        "replies_count": 1,
        "reblogs_count": 2,
        "favourites_count": 3,
        "quotes_count": 0,
        "content": CONTENT,
        "reblog": None,
        "account": {
            "id": "40",
            "username": "warden",
            "acct": "warden",
            "display_name": "Dyke Warden",
            "url": f"https://{HOST}/@warden",
        },
        "media_attachments": [
            {
                "id": "9",
                "type": "image",
                "url": "https://files.example/o.jpg",
                "preview_url": "https://files.example/s.jpg",
                "meta": {"original": {"width": 1000, "height": 700}},
                "description": "A sluice",
            },
            {
                "id": "10",
                "type": "video",
                "url": "https://files.example/o.mp4",
                "preview_url": "https://files.example/v.jpg",
                "meta": {"original": {"width": 640, "height": 360, "duration": 12.5}},
                "description": None,
            },
        ],
        "mentions": [{"id": "7", "username": "pumps", "acct": "pumps@polder.example"}],
        "tags": [{"name": "sluice", "url": "https://dyke.example/tags/sluice"}],
        "quote": {
            "state": "accepted",
            "quoted_status": {"url": f"https://{HOST}/@pumps/117583121449740000"},
        },
    }
    return {**value, **changes}


def note(**changes):
    value = {
        "@context": AS,
        "id": URI,
        "type": "Note",
        "attributedTo": f"https://{HOST}/users/warden",
        "published": "2026-11-08T22:14:07Z",
        "updated": "2026-11-08T22:40:00Z",
        "to": [f"{AS}#Public"],
        "cc": [],
        "summary": "high water",
        "content": CONTENT,
        "contentMap": {"en": CONTENT},
        "sensitive": True,
        "inReplyTo": f"https://{HOST}/users/warden/statuses/117583121449750000",
        "attachment": [
            {
                "type": "Document",
                "mediaType": "image/jpeg",
                "url": "https://files.example/o.jpg",
                "name": "A sluice",
                "width": 1000,
                "height": 700,
            }
        ],
        "tag": [
            {"type": "Mention", "name": "@pumps@polder.example"},
            {"type": "Hashtag", "name": "#Sluice"},
        ],
    }
    return {**value, **changes}


PAGE = """<!DOCTYPE html><html><head><meta property="og:type" content="article">
<meta property="og:title" content="Dyke Warden (@warden@dyke.example)">
<meta property="og:published_time" content="2026-11-08T22:14:07Z">
<meta property="og:description" content="Sluice two open&#10;since noon">
<meta property="og:image" content="https://files.example/s.jpg"></head><body></body></html>"""


def test_status_gives_every_fact_with_links_whole():
    answer = read(POST, "status", status())
    facts = answer.facts
    assert (answer.state, answer.same_as) == (PostState.OK, ())
    assert facts.text == (
        "Sluice two open, says @pumps\nsince noon #Sluice\n\nhttps://water.example/levels/2"
    )
    assert facts.links == ("https://water.example/levels/2",)
    assert (facts.author.handle, facts.author.name) == ("warden", "Dyke Warden")
    assert facts.posted_at == dt.datetime(2026, 11, 8, 22, 14, 7, 512_000, tzinfo=dt.UTC)
    assert facts.edited_at == dt.datetime(2026, 11, 8, 22, 40, tzinfo=dt.UTC)
    assert (facts.is_edited, facts.is_sensitive, facts.content_warning) == (
        True,
        True,
        "high water",
    )
    assert (facts.mentions, facts.hashtags) == (("pumps@polder.example",), ("sluice",))
    assert facts.metrics == {"likes": 3, "replies": 1, "reposts": 2, "quotes": 0}
    photo, film = facts.media
    assert (photo.type, photo.width, photo.alt) == ("image", 1000, "A sluice")
    assert (film.type, film.duration_s, film.is_sensitive) == ("video", 12.5, True)
    assert [(one.relation, one.post_key) for one in facts.pointers] == [
        ("reply_to", f"mastodon:{HOST}/117583121449750000"),
        ("quoted", f"mastodon:{HOST}/117583121449740000"),
    ]


POLL = {
    "id": "34830",
    "expires_at": "2026-11-09T22:14:07.512Z",
    "expired": False,
    "multiple": True,
    "votes_count": 9,
    "voters_count": 6,
    "options": [{"title": "Sluice one", "votes_count": 6}, {"title": "Both", "votes_count": 3}],
}


def offered(poll):
    return [(one.text, one.votes) for one in poll.options]


def test_poll_of_a_status_gives_what_it_offers_and_how_many_chose_what():
    poll = read(POST, "status", status(poll=POLL)).facts.poll
    assert offered(poll) == [("Sluice one", 6), ("Both", 3)]
    assert (poll.votes, poll.voters, poll.is_closed) == (9, 6, False)
    assert poll.ends_at == dt.datetime(2026, 11, 9, 22, 14, 7, 512000, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("end", "is_closed"), [({}, None), ({"closed": "2026-11-09T22:14:07Z"}, True)]
)
@pytest.mark.parametrize("kind", ["oneOf", "anyOf"])
def test_question_gives_what_it_offers(kind, end, is_closed):
    options = [
        {"type": "Note", "name": "Sluice one", "replies": {"type": "Collection", "totalItems": 6}},
        {"type": "Note", "name": "Both"},
    ]
    asked_of_all = note(type="Question", endTime="2026-11-09T22:14:07Z", votersCount=6)
    poll = read(POST, "activity", asked_of_all | {kind: options} | end).facts.poll
    assert offered(poll) == [("Sluice one", 6), ("Both", None)]
    assert (poll.voters, poll.is_closed) == (6, is_closed)


def test_edit_of_a_poll_is_a_version_of_its_own():
    polls = [{"options": [{"title": "One"}]}, {"options": [{"title": "One"}, {"title": "Two"}]}]
    edits = [
        edit("Which sluice?", f"2026-11-08T22:1{number}:00Z", poll=poll)
        for number, poll in enumerate(polls)
    ]
    history = read(POST, "history", edits).history
    assert [offered(one.poll) for one in history] == [
        [("One", None)],
        [("One", None), ("Two", None)],
    ]
    assert len({post_digest(one) for one in history}) == 2


def test_boost_points_at_what_it_boosts():
    boost = status(
        content="", reblog=status(url="https://polder.example/@pumps/117583121449730000")
    )
    facts = read(POST, "status", boost).facts
    assert facts.text is None
    assert ("forwarded", "mastodon:polder.example/117583121449730000") in [
        (one.relation, one.post_key) for one in facts.pointers
    ]


def test_revoked_quote_points_nowhere():
    revoked = status(quote={"state": "revoked", "quoted_status": None})
    assert [one.relation for one in read(POST, "status", revoked).facts.pointers] == ["reply_to"]


def test_copy_on_another_server_leads_to_its_origin():
    seen_at = "https://polder.example/@warden@dyke.example/117583121500000000"
    copied = status(
        id="117583121500000000",
        account={"id": "9", "acct": "warden@dyke.example", "username": "warden"},
    )
    answer = read(seen_at, "status", copied)
    assert answer.state is PostState.OK_PARTIAL
    assert answer.same_as == (f"{HOST}/{ID}",)
    assert [one.relation for one in answer.facts.pointers] == ["quoted"]
    rung, ask = next_ask(recognise(seen_at), [answer], mastodon.rungs)
    assert (rung.name, ask.url) == ("activity", URI)


def test_copy_whose_origin_is_no_posts_address_leads_nowhere_else():
    seen_at = "https://polder.example/@warden@dyke.example/117583121500000000"
    copied = status(
        id="117583121500000000",
        uri="https://dyke.example/admin?delete=1",
        account={"id": "9", "acct": "warden@dyke.example", "username": "warden"},
    )
    answer = read(seen_at, "status", copied)
    assert (answer.learnt, answer.same_as) == ({}, ())
    _, ask = next_ask(recognise(seen_at), [answer], mastodon.rungs)
    assert ask.url == seen_at


def test_unlisted_post_is_shown_to_all_and_read():
    assert read(POST, "status", status(visibility="unlisted")).state is PostState.OK


@pytest.mark.parametrize("visibility", ["private", "direct"])
def test_post_not_meant_for_all_is_protected_and_not_taken_over(visibility):
    answer = read(POST, "status", status(visibility=visibility))
    assert (answer.state, answer.facts) == (PostState.PROTECTED, None)


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        ({"error": "Record not found"}, {"status": 404}, PostState.UNAVAILABLE),
        (
            {"error": "This API requires an authenticated user"},
            {"status": 401},
            PostState.LOGIN_WALL,
        ),
        ({"error": "Throttled"}, {"status": 429, "x_ratelimit_reset": "…"}, PostState.RATE_LIMITED),
        ("<title>Blog</title>", {}, PostState.PARSE_ERROR),
        ("<title>Blog</title>", {"status": 404}, PostState.UNAVAILABLE),
        (status(id="117583121449751144"), {}, PostState.PARSE_ERROR),
        (status(visibility=None), {}, PostState.PARSE_ERROR),
        (status(content=None), {}, PostState.PARSE_ERROR),
    ],
)
def test_status_api_without_a_status_has_its_state(body, how, state):
    assert read(POST, "status", body, **how).state is state


def test_object_is_asked_for_by_its_media_type():
    assert asked(POST, "activity").headers["Accept"].startswith("application/activity+json")
    assert asked(POST, "status").url == f"https://{HOST}/api/v1/statuses/{ID}"


def test_object_gives_text_author_and_edit():
    answer = read(POST, "activity", note())
    facts = answer.facts
    assert answer.state is PostState.OK
    assert facts.text == read(POST, "status", status()).facts.text
    assert (facts.author.handle, facts.language) == ("warden", "en")
    assert facts.edited_at == dt.datetime(2026, 11, 8, 22, 40, tzinfo=dt.UTC)
    assert (facts.mentions, facts.hashtags) == (("pumps@polder.example",), ("Sluice",))
    assert facts.media[0].alt == "A sluice"
    assert [one.post_id for one in facts.pointers] == [f"{HOST}/117583121449750000"]


def test_object_of_another_post_is_not_taken_for_the_asked_one():
    other = note(id=f"https://{HOST}/users/warden/statuses/117583121449751999")
    assert read(POST, "activity", other).state is PostState.PARSE_ERROR


def test_object_of_the_origin_tells_which_post_a_copy_is_of():
    seen_at = "https://polder.example/@warden@dyke.example/117583121500000000"
    answer = read(seen_at, "activity", note(), url=URI)
    assert (answer.state, answer.same_as) == (PostState.OK, (f"{HOST}/{ID}",))


def test_object_of_another_server_is_a_copy_where_that_server_did_not_answer():
    seen_at = "https://polder.example/@warden@dyke.example/117583121500000000"
    answer = read(seen_at, "activity", note(), url=seen_at)
    assert (answer.state, answer.same_as) == (PostState.OK_PARTIAL, (f"{HOST}/{ID}",))


@pytest.mark.parametrize("changes", [{}, {"id": None}])
def test_server_is_not_believed_about_authors_of_another(changes):
    forged = note(attributedTo="https://parliament.example/users/speaker", **changes)
    answer = read(POST, "activity", forged, url=POST)
    assert (answer.state, answer.facts.author) == (PostState.OK_PARTIAL, None)
    assert "https://parliament.example/users/speaker" in answer.reason
    assert read(POST, "activity", note(id=None), url=POST).facts.author is not None


@pytest.mark.parametrize("how", [{}, {"status": 410}])
def test_tombstone_alone_makes_deleted(how):
    gone = {"@context": AS, "id": URI, "type": "Tombstone", "deleted": "2026-11-10T00:00:00Z"}
    assert read(POST, "activity", gone, **how).state is PostState.DELETED
    other = {**gone, "id": f"{NOTES}117583121449751999"}
    assert read(POST, "activity", other, **how).state is PostState.PARSE_ERROR


@pytest.mark.parametrize(
    ("body", "how", "state"),
    [
        (b"", {"status": 410}, PostState.UNAVAILABLE),
        ({"error": "Not Found"}, {"status": 404}, PostState.UNAVAILABLE),
        ("Request not signed", {"status": 401}, PostState.LOGIN_WALL),
        ("Request not signed", {"status": 403}, PostState.LOGIN_WALL),
        (note(to=[f"https://{HOST}/users/warden/followers"]), {}, PostState.PROTECTED),
        (note(to=[]), {}, PostState.PROTECTED),
        (note(to=None, cc=None), {}, PostState.PARSE_ERROR),
        (PAGE, {}, PostState.PARSE_ERROR),
    ],
)
def test_object_that_is_none_has_its_state(body, how, state):
    answer = read(POST, "activity", body, **how)
    assert (answer.state, answer.facts) == (state, None)


def test_page_gives_its_summary():
    answer = read(POST, "page", PAGE)
    assert answer.state is PostState.OK_PARTIAL
    assert answer.facts.text == "Sluice two open\nsince noon"
    assert answer.facts.author.name == "Dyke Warden (@warden@dyke.example)"
    assert answer.facts.posted_at == dt.datetime(2026, 11, 8, 22, 14, 7, tzinfo=dt.UTC)


def test_page_of_a_site_is_no_post():
    assert read(POST, "page", PAGE.replace("article", "website")).state is PostState.PARSE_ERROR


@pytest.mark.parametrize(
    ("url", "state"),
    [
        (POST, PostState.OK_PARTIAL),
        ("https://polder.example/@warden@dyke.example/117583121500000000", PostState.OK_PARTIAL),
        (f"https://{HOST}/@warden/117583121449751999", PostState.PARSE_ERROR),
    ],
)
def test_page_that_names_another_post_of_its_server_is_not_taken_for_it(url, state):
    named = PAGE.replace("<head>", f'<head><meta property="og:url" content="{url}">')
    assert read(POST, "page", named).state is state


def test_secure_server_is_walked_to_the_page():
    ref, answers, names = recognise(POST), [], []
    refusals = {
        "status": ({"error": "This API requires an authenticated user"}, 401),
        "activity": ("Request not signed", 401),
        "page": (PAGE, 200),
    }
    while step := next_ask(ref, answers, mastodon.rungs):
        body, code = refusals[step[0].name]
        names.append(step[0].name)
        answers.append(read(POST, step[0].name, body, status=code))
    assert names == ["status", "activity", "page"]
    assert answers[-1].state is PostState.OK_PARTIAL


def edit(text, at, **changes):
    value = {
        "content": f"<p>{text}</p>",
        "spoiler_text": "",
        "sensitive": False,
        "created_at": at,
        "account": status()["account"],
        "media_attachments": [],
    }
    return {**value, **changes}


EDITS = [
    edit("Sluice one open", "2026-11-08T22:14:07.512Z", media_attachments=[{"id": "9"}]),
    edit("Sluice two open", "2026-11-08T22:40:00.000Z", spoiler_text="high water"),
]


def test_history_of_an_edited_status_is_asked_for_though_the_post_is_had():
    whole = read(POST, "status", status())
    rung, ask = next_ask(recognise(POST), [whole], mastodon.rungs)
    assert (rung.name, ask.url) == ("history", f"https://{HOST}/api/v1/statuses/{ID}/history")
    told = read(POST, "history", EDITS)
    assert next_ask(recognise(POST), [whole, told], mastodon.rungs) is None


def test_history_is_asked_for_of_nobody_else():
    for answers in ([], [read(POST, "status", status(edited_at=None))]):
        assert asked(POST, "history", answers) is None
    copied = status(account={"id": "9", "acct": "warden@dyke.example", "username": "warden"})
    assert asked(POST, "history", [read(POST, "status", copied)]) is None


def test_history_tells_every_version_with_the_instant_of_its_making():
    answer = read(POST, "history", EDITS)
    assert (answer.state, answer.facts) == (PostState.NOT_ASKED, None)
    assert answer.reason == "HTTP 200: tells 2 versions"
    first, second = answer.history
    posted_at = dt.datetime(2026, 11, 8, 22, 14, 7, 512_000, tzinfo=dt.UTC)
    assert (first.text, first.posted_at, first.edited_at) == ("Sluice one open", posted_at, None)
    assert (first.is_edited, len(first.media), first.author.handle) == (False, 1, "warden")
    assert (second.text, second.content_warning) == ("Sluice two open", "high water")
    assert second.edited_at == dt.datetime(2026, 11, 8, 22, 40, tzinfo=dt.UTC)
    assert (second.posted_at, second.is_edited) == (posted_at, True)


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ({"error": "Record not found"}, {"status": 404}),
        ({"error": "This method requires an authenticated user"}, {"status": 401}),
        ([], {}),
        ([{"content": "<p>no instant</p>"}, 7], {}),
        ("<title>Blog</title>", {}),
    ],
)
def test_a_history_that_is_not_given_says_nothing_of_the_post(body, how):
    answer = read(POST, "history", body, **how)
    assert (answer.state, answer.history) == (PostState.NOT_ASKED, ())
    assert answer.reason.endswith("tells no versions")


def test_a_busy_history_is_a_passing_fault():
    assert read(POST, "history", b"", status=429).state is PostState.RATE_LIMITED


def test_what_only_begins_like_a_web_address_is_no_link():
    content = "".join(f'<a href="{href}">x</a>' for href in ("https", "httpsashtag", "http:x"))
    assert read(POST, "status", status(content=f"<p>{content}</p>")).facts.links == ()
