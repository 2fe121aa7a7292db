"""Posts follow from the set of answers and citations, whatever order they came in."""

import datetime as dt
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalogue import CatalogueReader
from archive.catalogue.schema import MIGRATIONS, migrate
from archive.model import (
    Link,
    PollOption,
    PostAnswer,
    PostAuthor,
    PostFacts,
    PostPointer,
    PostPoll,
    PostState,
    Reading,
    ShortLink,
    Verdict,
)
from tests.archive.catalogue.derived import derived
from tests.archive.catalogue.facts import BEGAN, RUN, add, article, capture, citation, opened
from tests.examples import examples

READER = "posts-1"
DAY = dt.timedelta(days=1)


def facts(text="Water at the bridge #flood", **fields):
    return PostFacts(
        **{
            "author": PostAuthor(id="7", handle="harbor", name="Harbor Desk"),
            "text": text,
            "posted_at": BEGAN,
            "metrics": {"likes": 3},
        }
        | fields
    )


def answer(post_id="1", state=PostState.OK, said=None, **fields):
    return PostAnswer(
        **{
            "platform": "x",
            "post_id": post_id,
            "url": f"https://x.com/i/status/{post_id}",
            "rung": "first",
            "grade": "platform-api",
            "state": state,
            "facts": said,
        }
        | fields
    )


def reading(number, told, reader=READER):
    return Reading(
        record_id=capture(number).record_id, reader=reader, verdict=Verdict.CONTENT, answer=told
    )


def add_answer(writer, number, told, *, reader=READER, **fields):
    with writer.batch():
        writer.add_run(RUN)
        writer.add_capture(capture(number, told.url, **fields))
        return writer.add_reading(reading(number, told, reader))


def test_an_embed_of_another_version_is_flagged_from_end_to_end(writer, reader):
    claim = citation("1", claimed_revision="bafyold")
    add(writer, 1, article(posts=(claim,)))
    add_answer(writer, 2, answer(said=facts(revision="bafynew")))
    post = reader.post("x:1")
    assert [each["claimed_revision"] for each in post["claims"]] == ["bafyold"]
    assert [check["flags"] for check in post["checks"]] == [["revision-differs"]]


IDS = st.sampled_from(["1", "2", "3"])
FACTS = st.builds(
    facts,
    st.sampled_from([None, "Water at the bridge", "Water at the bridge rises", "Calm"]),
    author=st.none() | st.builds(PostAuthor, handle=st.sampled_from(["harbor", "other"])),
    metrics=st.sampled_from([{}, {"likes": 1}, {"likes": 2, "views": 9}]),
    pointers=st.lists(
        st.builds(
            PostPointer,
            relation=st.sampled_from(["quoted", "reply_to"]),
            platform=st.just("x"),
            post_id=IDS,
            url=st.just("https://x.com/i/status/9"),
        ),
        max_size=2,
    ).map(tuple),
)
ANSWERS = st.builds(
    answer,
    IDS,
    st.sampled_from(PostState),
    st.none() | FACTS,
    grade=st.sampled_from(["platform-api", "third-party-capture"]),
    reason=st.sampled_from([None, "HTTP 404"]),
    same_as=st.lists(IDS, max_size=2).map(tuple),
    history=st.lists(FACTS, max_size=3).map(tuple),
)
PAGES = st.builds(
    article,
    posts=st.lists(
        st.builds(
            citation,
            IDS,
            claimed_text=st.sampled_from([None, "Water at the bridge", "Fire"]),
            claimed_handle=st.sampled_from([None, "@Harbor", "else"]),
            claimed_on=st.sampled_from([None, BEGAN.date(), dt.date(2020, 1, 1)]),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    headline=st.sampled_from(["One", "Two"]),
    links=st.lists(
        st.builds(
            Link,
            url=st.sampled_from(["https://t.co/a", "http://t.co/a/", "https://t.co/b"]),
            text=st.just("more"),
            block=st.sampled_from([None, 0]),
        ),
        max_size=2,
    ).map(tuple),
)
SHORT_LINKS = st.builds(
    ShortLink,
    url=st.sampled_from(["https://t.co/a", "https://t.co/b"]),
    platform=st.just("x"),
    post_id=IDS,
    post_url=st.just("https://x.com/i/status/9"),
)


@st.composite
def crawls(draw):
    """Captures, and readings of them: articles and answers in any order."""
    captures, readings = [], []
    for number in range(draw(st.integers(1, 7))):
        told = draw(ANSWERS | PAGES | SHORT_LINKS)
        at = BEGAN + dt.timedelta(minutes=draw(st.integers(0, 2)))
        captures.append(capture(number, told.url, captured_at=at))
        if isinstance(told, PostAnswer):
            readings.append(reading(number, told, "posts-9"))
            if draw(st.booleans()):  # a newer reader may say the same, or anything else
                again = draw(st.just(told) | ANSWERS)
                readings.append(reading(number, again, "posts-10"))
        elif isinstance(told, ShortLink):
            readings.append(replace(reading(number, None), short_link=told))
        else:
            whole = reading(number, None, "2")
            readings.append(replace(whole, article=told))
    return captures, readings


def catalogued(captures, readings):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        with opened(path) as writer:
            with writer.batch():
                writer.add_run(RUN)
                for kept in captures:
                    writer.add_capture(kept)
                for each in readings:
                    writer.add_reading(each)
            found = derived(writer._connection)
        reader = CatalogueReader(path)
        views = [reader.post(view["id"]) for view in reader.posts()]
        hits = sorted((hit["kind"], hit["id"]) for hit in reader.search("bridge"))
        return found, views, hits


@settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))
@given(crawls(), st.randoms(use_true_random=False))
def test_order_of_answers_and_articles_does_not_matter(crawled, random):
    captures, readings = crawled
    other = list(readings)
    random.shuffle(other)
    one = catalogued(captures, readings)
    assert catalogued(reversed(captures), other) == one
    assert catalogued(captures, [*other, *readings]) == one


@settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_a_later_failure_never_overwrites_an_earlier_success(answers):
    readings = [reading(number, told) for number, told in enumerate(answers)]
    captures = [capture(number, told.url) for number, told in enumerate(answers)]
    _, views, _ = catalogued(captures, readings)
    for view in views:
        states = {seen["state"] for seen in view["sightings"]}
        if "ok" in states:
            assert view["state"] in {"ok", "ok_partial"}
        elif "ok_partial" in states:
            assert view["state"] == "ok_partial"


def test_seen_on_the_third_and_gone_by_the_fifth_can_be_asked(writer, reader):
    add_answer(writer, 3, answer(said=facts()))
    add_answer(writer, 4, answer(state=PostState.TRANSIENT, reason="HTTP 502"))
    add_answer(writer, 5, answer(state=PostState.DELETED, reason="Tombstone"))
    post = reader.post("x:1")
    assert (post["state"], post["seen_at"]) == ("ok", "2026-11-22T17:03:00.000000Z")
    assert (post["latest_state"], post["latest_at"]) == ("deleted", "2026-11-22T17:05:00.000000Z")
    assert [(seen["state"], seen["reason"]) for seen in post["sightings"]] == [
        ("deleted", "Tombstone"),
        ("transient", "HTTP 502"),
        ("ok", None),
    ]
    assert (post["text"], post["author"]["handle"]) == ("Water at the bridge #flood", "harbor")
    assert post["metrics"] == post["sightings"][2]["metrics"] == {"likes": 3}
    assert post["capture"]["record_id"] == capture(3).record_id


def test_a_poll_has_a_version_for_what_it_offers_and_none_for_each_vote(writer, reader):
    for number, (option, votes) in enumerate([("Sluice", 1), ("Sluice", 9), ("Lock", 0)], start=1):
        poll = PostPoll(options=(PollOption(text=option, votes=votes),), votes=votes)
        add_answer(writer, number, answer(said=facts("Which one?", poll=poll)))
    post = reader.post("x:1")
    assert len(post["versions"]) == 2
    assert post["poll"]["options"] == [{"text": "Lock", "votes": 0, "percent": None}]
    assert [hit["id"] for hit in reader.search("lock")] == ["x:1"]


def test_a_web_archives_copy_is_no_sighting_of_today(writer, reader):
    add_answer(writer, 1, answer(state=PostState.DELETED))
    add_answer(writer, 2, answer(said=facts(), grade="third-party-capture", rung="memento"))
    post = reader.post("x:1")
    assert (post["latest_state"], post["seen_at"]) == ("deleted", None)
    assert (post["text"], post["grade"]) == ("Water at the bridge #flood", "third-party-capture")


def test_that_an_archive_has_no_copy_says_nothing_of_the_post(writer, reader):
    past = {"grade": "third-party-capture", "rung": "timegate"}
    add_answer(writer, 1, answer(state=PostState.TRANSIENT))
    add_answer(writer, 2, answer(state=PostState.NOT_FOUND, **past))
    post = reader.post("x:1")
    assert (post["state"], post["latest_state"]) == ("transient", "transient")


def test_our_own_answer_stands_before_a_third_partys_newer_one(writer, reader):
    add_answer(writer, 1, answer(said=facts("ours"), state=PostState.OK_PARTIAL))
    add_answer(writer, 2, answer(said=facts("theirs"), grade="third-party-mirror"))
    assert reader.post("x:1")["text"] == "ours"


def test_an_edited_post_has_two_versions_and_a_flapping_one_no_more(writer, reader):
    for number, text in enumerate(["one", "two", "one"], start=1):
        add_answer(writer, number, answer(said=facts(text)))
    versions = reader.post("x:1")["versions"]
    assert [(version["text"], version["first_seen_at"][14:16]) for version in versions] == [
        ("one", "01"),
        ("two", "02"),
    ]


def told_history(*texts):
    """What a rung answers that tells of a post's versions and of nothing else."""
    first = BEGAN - dt.timedelta(hours=9)
    history = tuple(
        facts(
            text,
            posted_at=first,
            edited_at=first + dt.timedelta(hours=number) if number else None,
        )
        for number, text in enumerate(texts)
    )
    return answer(state=PostState.NOT_ASKED, rung="history", history=history)


def test_versions_that_a_history_tells_stand_beside_those_that_were_seen(writer, reader):
    add_answer(writer, 1, answer(said=facts("today", language="de")))
    add_answer(writer, 2, told_history("first", "second", "today"))
    post = reader.post("x:1")
    assert [
        (version["text"], version["edited_at"], version["first_seen_at"] is not None)
        for version in post["versions"]
    ] == [
        ("today", None, True),
        ("second", "2026-11-22T09:00:00.000000Z", False),
        ("first", None, False),
    ]
    assert post["versions"][1]["record_id"] == capture(2).record_id
    assert (post["text"], post["language"], post["state"]) == ("today", "de", "ok")
    assert (post["latest_state"], post["rung"]) == ("ok", "first")
    (hit,) = reader.search("second")
    assert (hit["id"], "second" in hit["snippet"]) == ("x:1", True)


def test_claims_are_listed_until_a_platform_answers_and_shown_always(writer, reader):
    add(writer, 1, article(posts=(citation(claimed_text="Water at the bridge"),)))
    (listed,) = reader.posts()
    assert (listed["state"], len(listed["claims"]), listed["text"]) == ("not_asked", 1, None)
    add_answer(writer, 2, answer(said=facts()))
    (listed,) = reader.posts()
    assert (listed["state"], listed["claims"]) == ("ok", [])
    shown = reader.find("https://x.com/i/status/1").view
    assert [claim["claimed_text"] for claim in shown["claims"]] == ["Water at the bridge"]


@pytest.mark.parametrize(("ahead", "is_flagged"), [(dt.timedelta(0), False), (DAY, True)])
def test_an_id_of_the_future_is_flagged_though_no_platform_knows_the_post(
    writer, reader, ahead, is_flagged
):
    add(writer, 1, article(posts=(citation("1", id_at=BEGAN + ahead),)))
    add_answer(writer, 2, answer(state=PostState.NOT_FOUND))
    (claim,) = reader.post("x:1")["claims"]
    assert claim["id_in_future"] is is_flagged


@pytest.mark.parametrize("article_first", [True, False])
def test_claims_are_checked_against_the_answer(writer, reader, article_first):
    said = facts(posted_at=BEGAN)
    cited = citation(
        claimed_text="Water at the bridge #flo",
        claimed_handle="someone",
        claimed_on=dt.date(2026, 11, 1),
        id_at=BEGAN + dt.timedelta(hours=2),
    )
    if article_first:
        add(writer, 1, article(posts=(cited,)))
        add_answer(writer, 2, answer(said=said))
    else:
        add_answer(writer, 2, answer(said=said))
        add(writer, 1, article(posts=(cited,)))
    (check,) = reader.post("x:1")["checks"]
    assert (check["text"], check["handle"]) == ("cut", "different")
    assert (check["claimed_on"], check["id_at"], check["posted_at"]) == (
        "2026-11-01",
        "2026-11-22T19:00:00.000000Z",
        "2026-11-22T17:00:00.000000Z",
    )
    assert check["flags"] == [
        *("claimed-day-off", "id-instant-off", "id-in-future", "handle-differs"),
    ]


def test_two_names_of_one_post_share_what_is_known_of_it(writer, reader):
    named, fixed = "desk.example/3k", "did:plc:abcdefghijklmnopqrstuvwx/3k"
    told = {"platform": "bluesky", "url": f"https://bsky.app/profile/{named}"}
    add(
        writer,
        1,
        article(
            posts=(citation(fixed, platform="bluesky", claimed_text="Water at the bridge #flo"),)
        ),
    )
    add_answer(writer, 2, answer(named, said=facts(), same_as=(fixed,), **told))
    one, other = reader.post(f"bluesky:{named}"), reader.post(f"bluesky:{fixed}")
    assert one["same_as"] == [other["id"]]
    assert other["same_as"] == [one["id"]]
    assert one["text"] == other["text"] == "Water at the bridge #flood"
    assert one["cited_by"] == other["cited_by"] != []
    assert other["checks"][0]["text"] == "cut"


@pytest.mark.parametrize("article_first", [True, False])
def test_a_short_link_that_led_to_a_post_is_a_citation_of_it(writer, reader, article_first):
    page = article(links=(Link(url="https://t.co/a", text="more", block=0),))
    led = ShortLink(url="https://t.co/a", platform="x", post_id="1", post_url="https://x.com/i/1")

    def lead():
        with writer.batch():
            writer.add_run(RUN)
            writer.add_capture(capture(2, "https://t.co/a"))
            writer.add_reading(replace(reading(2, None), short_link=led))

    for step in (
        (lambda: add(writer, 1, page), lead)
        if article_first
        else (
            lead,
            lambda: add(writer, 1, page),
        )
    ):
        step()
    (cited,) = reader.post("x:1")["cited_by"]
    assert (cited["relation"], cited["form"]) == ("linked", "short-link")
    assert [found["block"] for found in reader.citations()] == [0]


def test_a_server_cannot_make_its_post_one_of_another_server(writer, reader):
    told = {"platform": "mastodon", "url": "https://evil.example/@a/1"}
    add(writer, 1, article(posts=(citation("good.example/2", platform="mastodon"),)))
    add_answer(writer, 2, answer("evil.example/1", said=facts(), **told))
    add_answer(
        writer, 3, answer("evil.example/1", said=facts(), same_as=("good.example/2",), **told)
    )
    victim = reader.post("mastodon:good.example/2")
    assert (victim["state"], victim["same_as"], victim["text"]) == ("not_asked", [], None)


def test_a_reading_that_was_stopped_gives_way_to_one_that_was_not(writer, reader):
    stopped = Reading(
        record_id=capture(1).record_id,
        reader=READER,
        verdict=Verdict.UNREADABLE,
        answer=answer(state=PostState.PARSE_ERROR),
    )
    with writer.batch():
        writer.add_run(RUN)
        writer.add_capture(capture(1))
        writer.add_reading(stopped)
    add_answer(writer, 1, answer(said=facts()))
    post = reader.post("x:1")
    assert (post["state"], len(post["sightings"])) == ("ok", 1)


@pytest.mark.parametrize("readers", [("posts-9", "posts-10"), ("posts-10", "posts-9")])
def test_of_one_capture_the_newest_reader_is_believed(writer, reader, readers):
    mistaken = answer(said=facts("Another's words"), same_as=("2",))
    said = {
        "posts-9": mistaken,
        "posts-10": answer(state=PostState.PARSE_ERROR, reason="about another post: 7"),
    }
    add(writer, 1, article(posts=(citation("2", claimed_text="Another's words, at length"),)))
    for name in readers:
        add_answer(writer, 2, said[name], reader=name)
    post, other = reader.post("x:1"), reader.post("x:2")
    assert (post["state"], post["seen_at"], post["text"]) == ("parse_error", None, None)
    assert (post["same_as"], other["same_as"], other["checks"]) == ([], [], [])
    assert [seen["reader"] for seen in post["sightings"]] == ["posts-10"]
    assert post["versions"] == []
    add_answer(writer, 3, mistaken, reader="posts-10")
    assert reader.post("x:1")["same_as"] == ["x:2"]


def test_a_newer_reader_that_was_stopped_takes_nothing_back(writer, reader):
    add_answer(writer, 1, answer(said=facts(), same_as=("2",)), reader="posts-9")
    stopped = replace(
        reading(1, answer(state=PostState.PARSE_ERROR), "posts-10"), verdict=Verdict.UNREADABLE
    )
    with writer.batch():
        writer.add_reading(stopped)
    post = reader.post("x:1")
    assert (post["state"], post["same_as"]) == ("ok", ["x:2"])
    assert [each["reader"] for each in post["versions"]] == ["posts-9"]


def test_platform_texts_and_authors_are_found(writer, reader):
    add_answer(writer, 1, answer(said=facts("غمر الماء أذربيجان")))
    for words in ("اذربيجان", "harbor desk"):
        (hit,) = reader.search(words)
        assert (hit["kind"], hit["id"]) == ("post", "x:1")
    assert "أذربيجان" in next(iter(reader.search("اذربيجان")))["snippet"]


def test_a_catalogue_of_the_first_version_comes_forward_with_its_posts_and_texts(path):
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, MIGRATIONS[:1])
    connection.execute(
        "INSERT INTO posts VALUES ('x:1', 'x', '1', 'https://x.com/i/status/1', NULL, "
        "'not_asked', '2026-11-22T17:01:00.000000Z', 's')"
    )
    connection.execute("INSERT INTO texts VALUES (7, 'sha256:x', 'claims')")
    migrate(connection)
    assert connection.execute("SELECT text_id, digest FROM texts").fetchall() == [(7, "sha256:x")]
    connection.close()
    with opened(path) as writer:  # which derives them anew: they follow from nothing
        assert writer._connection.execute("SELECT * FROM texts").fetchone() is None
        add_answer(writer, 2, answer(said=facts()))
    assert CatalogueReader(path).post("x:1")["state"] == "ok"


def test_the_same_words_by_other_accounts_are_listed(writer, reader):
    said = "The bridge at the harbour is closed tonight, tell all your friends"
    others = {
        "3": (f"{said} https://t.example/xyz", "7"),
        "2": (f"@mayor {said.upper()}! https://t.example/abc", "8"),
        "4": ("The bridge at the harbour is open tonight, tell all of your friends", "9"),
        "5": ("Closed tonight", "9"),
    }
    for number, (post_id, (text, account)) in enumerate({"1": (said, "7"), **others}.items()):
        author = PostAuthor(id=account, handle=f"h{account}", name="N")
        posted = BEGAN + dt.timedelta(minutes=number)
        told = answer(post_id, said=facts(text, author=author, posted_at=posted))
        add_answer(writer, number, told)
    assert [(other["post"], other["account"]) for other in reader.post("x:1")["same_words"]] == [
        ("x:2", "8"),
        ("x:3", "7"),  # earlier, but of its own account
    ]
    assert reader.post("x:5")["same_words"] == []
