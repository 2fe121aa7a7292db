"""Whatever comes back, every rung reads it: no error, bounded work, every fact with its source."""

import datetime as dt
import json
import pickle
import time
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import PostAnswer, PostFacts, PostState, Verdict
from crawler.platforms.ladder import next_ask
from crawler.platforms.memento import WebArchive, archive_rungs
from crawler.platforms.registry import everyone, recognise
from crawler.platforms.rung import Answered
from crawler.platforms.verdict import verdict
from tests.crawler.platforms.answering import assert_sourced
from tests.crawler.platforms.walks import EVERY, get, url_of

POSTS = {
    ref.platform: ref
    for ref in map(
        recognise,
        [
            "https://x.com/a/status/2120861186107183105",
            "https://t.me/dune_patrol/58",
            "https://bsky.app/profile/a.example/post/3mztfskqm7c2l",
            "https://dyke.example/@warden/117583121449751143",
            "https://youtu.be/cR4d9SmBq_w",
            "https://www.instagram.com/p/DfgtZa4wBbF/",
            "https://www.facebook.com/M/posts/1029384756102938",
            "https://www.tiktok.com/@a/video/7705932033359976706",
            "https://www.reddit.com/comments/1abcde/",
            "https://vk.com/wall-77_12",
            "https://truthsocial.com/@marl/116170144489345170",
            "https://www.threads.com/t/DfgtZa4wBbF",
        ],
    )
}
KEEPER = archive_rungs(WebArchive(name="Keeper", timegate="https://keeper.example/web/"))
PLACES = [(ref, rung) for ref in POSTS.values() for rung in everyone().rungs(ref.platform)]
PLACES += [(POSTS["x"], rung) for rung in KEEPER]
RUNGS = [pytest.param(*place, id=f"{place[0].platform} {place[1].name}") for place in PLACES]
each_rung = pytest.mark.parametrize(("ref", "rung"), RUNGS)
some = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])

statuses = st.sampled_from([200, 200, 200, 301, 302, 400, 401, 403, 404, 410, 418, 429, 451, 503])
headers = st.dictionaries(
    st.sampled_from(
        ["location", "content-type", "retry-after", "memento-datetime", "content-location"]
    ),
    st.text(max_size=30) | st.sampled_from(["https://keeper.example/web/2/x", "text/html"]),
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["https://x.com/a/status/7", "2026-11-12T12:48:05Z", "\ud800", "\x00\x1b"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def read(ref, rung, body, *, status=200, given=(), url="https://platform.example/", whole=True):
    """The answer, held to what every answer must hold to."""
    answered = Answered(url=url, status=status, headers=dict(given), body=body, is_whole=whole)
    answer = rung.read(ref, answered)
    assert isinstance(answer, PostAnswer)
    assert (answer.platform, answer.post_id, answer.rung) == (ref.platform, ref.post_id, rung.name)
    assert answer.state is PostState.OK or answer.reason
    assert answer.reason is None or len(answer.reason) <= 300
    for facts in (answer.facts, *answer.history):
        if facts is not None:
            assert_sound(facts)
    assert isinstance(verdict(answer, answered), Verdict)
    next_ask(ref, [answer], everyone().rungs(ref.platform))
    return answer


def assert_sound(facts):
    """Sourced, bounded, and of the types that are promised."""
    assert_sourced(facts)
    assert isinstance(facts, PostFacts)
    for name in ("posted_at", "edited_at"):
        at = getattr(facts, name)
        assert at is None or at.utcoffset() == dt.timedelta(0)
    for one in fields(facts):
        value = getattr(facts, one.name)
        assert not isinstance(value, str) or len(value) <= 110_000
        assert not isinstance(value, tuple) or len(value) <= 1_100
    assert all(isinstance(count, int) and 0 <= count < 2**63 for count in facts.metrics.values())
    for url in (
        *facts.links,
        *(one.url for one in facts.media),
        *(one.url for one in facts.pointers),
    ):
        assert url is None or url.lower().startswith(("http://", "https://"))
    repr(facts).encode("utf-8")  # no lone surrogate is left


@each_rung
def test_rung_can_be_sent_to_a_reading_process(ref, rung):
    assert pickle.loads(pickle.dumps(rung)).ask(ref, []) == rung.ask(ref, [])


@each_rung
@some
@given(
    body=st.binary(max_size=300),
    how=st.fixed_dictionaries({"status": statuses, "given": headers, "whole": st.booleans()}),
)
def test_any_bytes_are_read_without_an_error(ref, rung, body, how):
    read(ref, rung, body, **how)


@each_rung
@some
@given(value=values, status=statuses)
def test_any_json_is_read_without_an_error(ref, rung, value, status):
    read(ref, rung, json.dumps(value).encode(), status=status)


def seeds():
    """What the demo's platforms answer to every rung, off or on: faithful shapes to spoil."""
    for post in EVERY.values():
        ref, before = recognise(url_of(post)), []
        for rung in everyone().rungs(ref.platform):
            ask = rung.ask(ref, before)
            if ask is not None:
                answered = get(ask, count=2)
                if answered.status == 200:
                    before.append(replace(rung.read(ref, answered), state=PostState.UNAVAILABLE))
                    yield ref, rung, answered


SEEDS = list(seeds())


def spoilt(data, value, depth=0):
    """`value` with one place in it replaced by whatever `data` draws."""
    if isinstance(value, dict) and value and (depth < 1 or data.draw(st.integers(0, 4))):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: spoilt(data, value[key], depth + 1)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 4)):
        at = data.draw(st.integers(0, len(value) - 1))
        return [*value[:at], spoilt(data, value[at], depth + 1), *value[at + 1 :]]
    return data.draw(values)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_faithful_answer_with_anything_in_one_place_is_read_without_an_error(data):
    ref, rung, answered = data.draw(st.sampled_from(SEEDS))
    body = answered.body
    try:
        body = json.dumps(spoilt(data, json.loads(body))).encode()
    except ValueError:
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(body))] * 2)))
        patch = data.draw(st.binary(max_size=20) | st.sampled_from([b"<div>", b"</a>", b'"', b">"]))
        body = body[:start] + patch + body[end:]
    read(ref, rung, body, given=answered.headers, url=answered.url)


PIECES = [
    *rb'<div> </div> <!-- ]]> &#x0; { } [ ] " : \u \ud800 null 1e999 https:// javascript:'.split(),
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"9" * 40),
    *(b"2026-13-45T99:99:99Z", b"0001-01-01T00:00:00+23:59"),
]


def mutated(random, body):
    """`body` with some of its bytes changed, cut out, doubled or put in."""
    for _ in range(random.randint(1, 8)):
        start = random.randrange(len(body) + 1)
        end = min(len(body), start + random.choice([0, 1, 2, 8, 64, 512]))
        match random.randrange(5):
            case 0:
                patch = random.randbytes(end - start)
            case 1:
                patch = b""
            case 2:
                patch = body[start:end] * random.choice([2, 3, 200])
            case 3:
                patch = random.choice(PIECES)
            case _:
                at = random.randrange(len(body) + 1)
                patch = body[at : at + 64]
        body = body[:start] + patch + body[end:]
    return body


def read_mutated(number):
    """The answers to every seed, spoilt as `number` says: none raises, none takes long."""
    random = Random(number)
    for ref, rung, answered in SEEDS:
        body = mutated(random, answered.body)
        began = time.process_time()
        read(ref, rung, body, given=answered.headers, url=answered.url, status=answered.status)
        assert time.process_time() - began < 1, (number, rung.name)


@pytest.mark.parametrize("number", range(3))
def test_faithful_answers_with_spoilt_bytes_are_read_without_an_error(number):
    read_mutated(number)


@pytest.mark.soak
def test_faithful_answers_spoilt_in_thousands_of_ways_are_read_without_an_error():
    for number in range(3, 3_000):
        read_mutated(number)


def test_seeds_are_of_every_platform_of_the_demo_and_of_rungs_that_need_a_lesson():
    assert {"history", "guest"} <= {rung.name for _, rung, _ in SEEDS}
    assert {ref.platform for ref, _, _ in SEEDS} == {
        *("x", "telegram", "bluesky", "mastodon"),
        *("youtube", "instagram", "facebook", "tiktok"),
    }


HUGE = {
    "deep JSON": b'{"a":' * 300_000 + b"1" + b"}" * 300_000,
    "deep list": b"[" * 1_000_000,
    "long JSON": b'{"__typename":"Tweet","text":"' + b"a" * 3_000_000 + b'"}',
    "huge number": b'{"favorite_count":' + b"9" * 100_000 + b"}",
    "deep HTML": b"<div>" * 200_000,
    "many messages": b'<div class="tgme_widget_message" data-post="dune_patrol/58">' * 20_000,
    "open tags": b"<p><b id=1>" * 40_000,
    "many links": b'<a href="https://t.me/dune_patrol/58?single">x</a>' * 30_000,
    "player": b"var ytInitialPlayerResponse = " + b'{"a":' * 300_000,
    "blanks": b"<p>" + b" \n" * 500_000,
}
PARSERS = [
    ("x", "tweet-result"),
    ("telegram", "embed"),
    ("youtube", "watch-page"),
    ("facebook", "plugin"),
]
"""One rung for each way in which bodies are taken apart."""


@pytest.mark.parametrize("name", HUGE)
def test_huge_bodies_take_a_bounded_time(name):
    for ref, rung in PLACES:
        if (ref.platform, rung.name) in PARSERS:
            began = time.process_time()
            read(ref, rung, HUGE[name])
            assert time.process_time() - began < 3, rung.name


def test_thousands_of_media_links_and_tags_are_bounded():
    ref = POSTS["x"]
    (rung,) = [one for one in everyone().rungs("x") if one.name == "tweet-result"]
    many = {
        "__typename": "Tweet",
        "id_str": ref.post_id,
        "text": "https://t.co/a " * 5_000,
        "user": {"screen_name": "a"},
        "entities": {
            "hashtags": [{"text": "t"}] * 5_000,
            "urls": [
                {"url": "https://t.co/a", "expanded_url": f"https://e.example/{'x' * 4000}"},
            ],
        },
        "mediaDetails": [{"type": "photo"}] * 5_000,
    }
    assert read(ref, rung, json.dumps(many).encode()).state is PostState.OK
