"""What an id tells of its instant. Laws first, then numbers worked out by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms import (
    bluesky,
    facebook,
    instagram,
    mastodon,
    telegram,
    tiktok,
    x,
    youtube,
)
from crawler.platforms.clock import IdClock
from crawler.platforms.registry import recognise

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ALPHABET_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ALPHABET_32 = "234567abcdefghijklmnopqrstuvwxyz"


def instants(first: str, last: str = "2040-01-01"):
    return st.datetimes(
        dt.datetime.fromisoformat(first),
        dt.datetime.fromisoformat(last),
        timezones=st.just(dt.UTC),
    )


def ms(instant):
    return (instant - EPOCH) // dt.timedelta(milliseconds=1)


def in_letters(number, alphabet, length):
    text = ""
    for _ in range(length):
        number, value = divmod(number, len(alphabet))
        text = alphabet[value] + text
    return text


def cut_to(instant, unit):
    return EPOCH + (instant - EPOCH) // unit * unit


MILLISECOND = dt.timedelta(milliseconds=1)


@given(instants("2010-11-05"), st.integers(0, (1 << 22) - 1))
def test_x_id_tells_its_millisecond(instant, rest):
    number = (ms(instant) - 1_288_834_974_657) << 22 | rest
    assert x.id_instant(str(number)) == cut_to(instant, MILLISECOND)


@given(instants("2018-06-01"), st.integers(0, (1 << 16) - 1))
def test_mastodon_id_tells_its_millisecond(instant, rest):
    number = ms(instant) << 16 | rest
    assert mastodon.id_instant(f"tide.example/{number}") == cut_to(instant, MILLISECOND)


@given(instants("2014-05-01"), st.integers(0, (1 << 32) - 1))
def test_tiktok_id_tells_its_second(instant, rest):
    number = (ms(instant) // 1000) << 32 | rest
    assert tiktok.id_instant(str(number)) == cut_to(instant, dt.timedelta(seconds=1))


@given(instants("2012-01-01"), st.integers(0, (1 << 23) - 1), st.sampled_from(["", "B"]))
def test_instagram_code_tells_its_millisecond(instant, rest, further):
    number = (ms(instant) - 1_314_220_021_721) << 23 | rest
    code = in_letters(number, ALPHABET_64, 11) + further
    assert instagram.id_instant(code) == cut_to(instant, MILLISECOND)


@given(instants("2022-11-17"), st.integers(0, 1023))
def test_bluesky_tid_tells_its_microsecond(instant, clock):
    number = (instant - EPOCH) // dt.timedelta(microseconds=1) << 10 | clock
    rkey = in_letters(number, ALPHABET_32, 13)
    assert bluesky.id_instant(f"ferry.example/{rkey}") == instant


@given(st.integers(0, 1 << 200))
def test_no_number_breaks_a_clock(number):
    clock = IdClock(shift=8, tick_us=1_000_000)
    instant = clock.instant(number)
    assert instant is None or instant.tzinfo is dt.UTC


VECTORS = [
    (x, "29700859247", "2010-11-04T01:43:01.738000+00:00"),
    (x, "2029123557774066898", "2026-03-04T09:15:30.123000+00:00"),
    (x, "29699999999", None),
    (x, "20", None),
    (mastodon, "social.example/116170144489345170", "2026-03-04T09:15:30.123000+00:00"),
    (mastodon, "social.example/99999999999999999", None),
    (mastodon, "social.example/4711", None),
    (bluesky, "did:plc:aaaabbbbccccddddeeeeffff/3mg7x3ipoq22b", "2026-03-04T09:15:30.123456+00:00"),
    (bluesky, "ferry.example/2222222222222", None),
    (bluesky, "ferry.example/my-own-key", None),
    (bluesky, "ferry.example/zmg7x3ipoq22b", None),
    (tiktok, "6000000000000000000", "2014-04-08T19:04:21+00:00"),
    (tiktok, "100000000000000", None),
    (instagram, "BqWe4", None),
    (telegram, "harbournews/321", None),
    (youtube, "aB3-_dEfGhI", None),
    (facebook, "1020304050607", None),
]


@pytest.mark.parametrize(("platform", "post_id", "instant"), VECTORS)
def test_vectors(platform, post_id, instant):
    found = platform.id_instant(post_id)
    assert (found and found.isoformat()) == instant


def test_ids_stay_text_beyond_what_a_float_holds():
    assert (
        recognise("https://x.com/kai/status/2029123557774066899").post_id == "2029123557774066899"
    )
