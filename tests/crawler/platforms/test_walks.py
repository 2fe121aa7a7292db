"""Whole walks over the demo's platforms: what each of its posts comes to, and by which rung."""

import pytest

from archive import PostState
from crawler.demo.posts import (
    YouTubeVideo,
)
from crawler.platforms.ladder import best, is_to_be_repeated
from crawler.platforms.memento import WebArchive, archive_rungs
from crawler.platforms.registry import everyone, recognise
from crawler.posts.choice import RungChoice
from tests.crawler.platforms.walks import EVERY, url_of, walk

KEEPER = archive_rungs(WebArchive(name="Keeper", timegate="https://keeper.example/web/"))
OK, PART = PostState.OK, PostState.OK_PARTIAL

ENDS = {
    "road-open": (OK, "tweet-result"),
    "convoy": (OK, "tweet-result"),
    "checkpoint": (PART, "oembed"),
    "water": (OK, "tweet-result"),
    "withdrawn": (PostState.DELETED, "tweet-result"),
    "rail": (OK, "tweet-result"),
    "rail-arabic": (PostState.PROTECTED, "tweet-result"),
    "never-was": (PostState.NOT_FOUND, "oembed"),
    "crossing": (OK, "tweet-result"),
    "alert": (OK, "tweet-result"),
    "bridge-telegram": (OK, "embed"),
    "lost-telegram": (PostState.NOT_FOUND, "embed"),
    "bridge-bluesky": (OK, "thread"),
    "bridge-mastodon": (OK, "status"),
    "bridge-youtube": (OK, "watch-page"),
    "bridge-instagram": (PART, "embed"),
    "bridge-facebook": (PART, "plugin"),
    "bridge-tiktok": (PART, "oembed"),
    "members-x": (PostState.WITHHELD_LOGIN, "tweet-result"),
    "protected-x": (PostState.PROTECTED, "tweet-result"),
    "suspended-x": (PostState.SUSPENDED, "tweet-result"),
    "long-x": (PART, "tweet-result"),
    "busy-x": (PART, "oembed"),
    "app-telegram": (PostState.WITHHELD_LOGIN, "embed"),
    "unshown-bluesky": (PostState.NOT_ASKED, "profile"),
    "deleted-bluesky": (PostState.NOT_FOUND, "thread"),
    "deleted-mastodon": (PostState.DELETED, "activity"),
    "edited-mastodon": (OK, "status"),
    "secure-mastodon": (PART, "page"),
    "unembeddable-youtube": (OK, "watch-page"),
    "private-youtube": (PostState.PROTECTED, "oembed"),
}
"""What the first walk comes to, and by which rung."""


@pytest.mark.parametrize("key", EVERY)
def test_walk_comes_to_the_posts_state_by_the_right_rung(key):
    end = best(walk(key))
    assert (end.state, end.rung) == ENDS[key]


@pytest.mark.parametrize("key", [key for key, end in ENDS.items() if end[0] is OK])
def test_full_answer_says_what_the_articles_claim(key):
    post, facts = EVERY[key], best(walk(key)).facts
    if isinstance(post, YouTubeVideo):
        assert (facts.title, facts.author.name) == (post.title, post.channel)
        return
    assert facts.author.name == post.name
    # The source gives whole seconds, but for Bluesky and Mastodon.
    assert facts.posted_at.replace(microsecond=0) == post.posted_at.replace(microsecond=0)
    first_words = post.text.partition("https://")[0].split()
    assert facts.text.split()[: len(first_words)] == first_words


@pytest.mark.parametrize("key", ["checkpoint", "busy-x"])
def test_busy_place_is_walked_again_and_then_tells_all(key):
    first = walk(key)
    assert first[0].state is PostState.RATE_LIMITED
    assert is_to_be_repeated(first)
    assert best(walk(key, count=2)).state is OK


@pytest.mark.parametrize(
    "key",
    [f"bridge-{name}" for name in ("telegram", "bluesky", "mastodon", "youtube", "tiktok")]
    + ["road-open"],
)
def test_breaking_any_one_rung_degrades_to_the_next_and_the_record_says_so(key):
    names = [told.rung for told in walk(key)]
    for name in names:
        answers = walk(key, broken={name})
        (broken,) = [told for told in answers if told.rung == name]
        assert broken.state is PostState.TRANSIENT
        assert len(answers) > names.index(name) + 1 or name == names[-1]
        if key != "bridge-tiktok":
            assert best(answers).state in {OK, PART}


def test_what_an_edited_post_said_before_is_asked_for_and_told():
    post = EVERY["edited-mastodon"]
    whole, told = walk("edited-mastodon")
    assert (whole.rung, told.rung) == ("status", "history")
    assert [facts.text for facts in told.history] == [post.text_before, post.text]
    assert [facts.edited_at for facts in told.history] == [None, post.edited_at]


def test_every_rung_that_is_on_by_default_and_has_a_post_here_is_asked():
    met = {(told.platform, told.rung) for key in EVERY for told in walk(key)}
    met |= {
        (told.platform, told.rung)
        for key, name in (
            ("bridge-telegram", "embed"),
            ("bridge-bluesky", "profile"),
            ("bridge-bluesky", "thread"),
        )
        for told in walk(key, broken={name})
    }
    on = {
        (platform, rung.name)
        for platform in {post.platform for post in map(recognise, map(url_of, EVERY.values()))}
        for rung in RungChoice(registry=everyone()).rungs(platform)
    }
    assert on <= met


def test_deleted_post_is_found_in_the_archive_and_marked_as_its_copy():
    answers = walk("withdrawn", more=KEEPER)
    assert [told.rung for told in answers] == ["tweet-result", "Keeper timegate", "Keeper copy"]
    copy = best(answers)
    assert copy.facts.text == EVERY["withdrawn"].text
    assert (copy.grade, copy.learnt["archive"]) == ("third-party-capture", "Keeper")
    assert copy.learnt["memento_at"] == "2026-11-14T06:30:00+00:00"


GUEST = {"guest-token", "guest"}


def test_a_guest_gets_a_long_post_whole_with_its_views():
    answers = walk("long-x", on=GUEST)
    assert [told.rung for told in answers] == ["tweet-result", "guest-token", "guest"]
    post, facts = EVERY["long-x"], best(answers).facts
    assert best(answers).state is OK
    assert (facts.text, facts.is_text_truncated) == (post.text.strip(), False)
    assert facts.author == answers[0].facts.author
    assert facts.posted_at == answers[0].facts.posted_at
    assert facts.metrics == {"likes": 41, "replies": 9, "reposts": 6, "quotes": 2, "views": 5120}


def test_a_guest_is_told_why_a_post_is_kept_from_it():
    told = next(told for told in walk("members-x", on=GUEST) if told.rung == "guest")
    assert told.state is PostState.WITHHELD_LOGIN
    assert "NsfwLoggedOut" in told.reason


def test_archive_is_not_asked_for_what_the_platform_gave_or_its_author_withdrew():
    assert len(walk("road-open", more=KEEPER)) == 1
    assert len(walk("unshown-bluesky", more=KEEPER)) == 1
