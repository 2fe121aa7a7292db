"""Every rung that is on, broken by itself: the walk degrades to the next, and says so."""

import pytest

from archive import PostState
from crawler.demo.posts import POSTS
from crawler.platforms.ladder import best
from crawler.platforms.registry import everyone, recognise
from crawler.posts.choice import RungChoice
from tests.crawler.platforms.walks import EVERY, url_of, walk

BESIDE = {"history": "edited-mastodon"}
"""Rungs that are asked beside a post that is had, and a post of which they tell."""


def platform_of(key):
    return recognise(url_of(EVERY[key])).platform


def ladders():
    """Each platform of the demo's articles: its rungs that are on, and a post that is there."""
    there = {}
    for key in POSTS:
        if any(told.state.is_found for told in walk(key, count=2)):
            there.setdefault(platform_of(key), key)
    for platform, key in there.items():
        names = [
            rung.name
            for rung in RungChoice(registry=everyone()).rungs(platform)
            if rung.name not in BESIDE
        ]
        for place, name in enumerate(names):
            yield pytest.param(key, names, place, id=f"{platform}/{name}")


@pytest.mark.parametrize(("key", "names", "place"), list(ladders()))
def test_a_broken_rung_is_on_record_and_the_next_is_asked(key, names, place):
    """Those before it are broken too, where the walk would not come as far."""
    name = names[place]
    usual = [told.rung for told in walk(key, count=2)]
    broken = {name} if name in usual else set(names[: place + 1])
    answers = walk(key, count=2, broken=broken)
    asked = [told.rung for told in answers]
    if name not in asked:  # it asks of what a rung before it tells: an origin, a DID
        answers = walk(key, count=2, broken={name, *names[1:place]})
        asked = [told.rung for told in answers]
    assert asked == [each for each in names if each in asked], "best first"
    (failed,) = [told for told in answers if told.rung == name]
    assert (failed.state, failed.reason) == (PostState.TRANSIENT, "HTTP 503")
    assert failed.facts is None
    after = asked[asked.index(name) + 1 :]
    if place + 1 < len(names):
        assert after, f"{name} fell and nobody else was asked"
        assert best(answers).rung != name
    # What another rung gave before or after stands; where none could, the walk says it may pass.
    if any(told.state.is_found for told in answers):
        assert best(answers).state.is_found
    else:
        assert best(answers).state is not PostState.NOT_FOUND


@pytest.mark.parametrize(("name", "key"), BESIDE.items())
def test_a_broken_rung_beside_a_post_that_is_had_takes_nothing_from_it(name, key):
    answers = walk(key, broken={name})
    failed = answers[-1]
    assert (failed.rung, failed.state, failed.reason) == (name, PostState.TRANSIENT, "HTTP 503")
    assert best(answers) == best(walk(key))
    assert best(answers).state is PostState.OK


def test_all_rungs_that_are_on_are_broken_above():
    broken = {param.id for param in ladders()}
    broken |= {f"{platform_of(key)}/{name}" for name, key in BESIDE.items()}
    on = {
        f"{platform}/{rung.name}"
        for platform in {platform_of(key) for key in POSTS}
        for rung in RungChoice(registry=everyone()).rungs(platform)
    }
    assert broken == on
    assert len({name.partition("/")[0] for name in broken}) == 8
