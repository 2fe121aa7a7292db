"""What the demo's articles claim of posts agrees with what the demo's platforms answer."""

import datetime as dt
from dataclasses import replace

import pytest

from archive import PostState
from archive.conclusions.crosscheck import Flag, HandleMatch, TextMatch, crosscheck
from crawler.demo.world import START_URLS
from crawler.extract.page import Page
from crawler.platforms.ladder import best, next_ask
from crawler.platforms.reference import PostRef
from crawler.platforms.registry import everyone
from crawler.posts.choice import RungChoice
from crawler.reading.page import read
from tests.crawler.platforms.walks import get

SEEN = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def citations(ask):
    found = {}
    for url in START_URLS:
        got = ask(url.replace("http://", "https://"), count=2)
        if got.status == 200 and "html" in got.header("content-type"):
            page = Page(url=got.url, body=got.body, content_type=got.header("content-type"))
            article = read(page, "urn:uuid:demo").article
            found |= {one.post_key: one for one in (article.posts if article else ())}
    return found


def checked(citation):
    """The best answer for a cited post, and the claim beside it."""
    ref = PostRef(platform=citation.platform, post_id=citation.post_id, url=citation.url)
    answers = []
    while step := next_ask(ref, answers, RungChoice(registry=everyone()).rungs(ref.platform)):
        answers.append(step[0].read(ref, get(step[1], count=2)))
    end = best(answers)
    return end, crosscheck(citation, end.facts, seen_at=SEEN)


def test_articles_cite_posts_of_eight_platforms(citations):
    assert len({one.platform for one in citations.values()}) == 8


def test_no_claim_of_the_demo_disagrees_with_its_platform(citations):
    same = 0
    for key, citation in citations.items():
        end, check = checked(citation)
        assert check.flags == (), key
        assert check.text in {TextMatch.SAME, TextMatch.NOT_COMPARABLE}, key
        assert check.handle is not HandleMatch.DIFFERENT, key
        same += check.text is TextMatch.SAME
        if end.state is PostState.OK and citation.claimed_text:
            assert check.text is TextMatch.SAME, key
    assert same >= 8


def test_claim_that_was_made_up_is_flagged(citations):
    citation = next(one for one in citations.values() if one.platform == "bluesky")
    made_up = replace(
        citation,
        claimed_handle="someone.else.example",
        claimed_text="Nothing happened at the bridge, go home and sleep well tonight.",
        claimed_on=dt.date(2026, 11, 2),
    )
    _, check = checked(made_up)
    assert set(check.flags) == {Flag.CLAIMED_DAY_OFF, Flag.HANDLE_DIFFERS, Flag.TEXT_DIFFERS}
