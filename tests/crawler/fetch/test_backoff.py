import datetime as dt
from dataclasses import replace
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.demo.server import Answer, Part, reply
from crawler.errors import ConfigError
from crawler.fetch.backoff import Patience, parse_retry_after, seconds
from tests.crawler.fetch.polite_crawl import crawl

NOW = dt.datetime(2026, 5, 4, 12, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        (b"120", 120),
        (b" 0 ", 0),
        (b"Mon, 04 May 2026 12:02:00 GMT", 120),
        (b"Monday, 04-May-26 12:02:00 GMT", 120),
        (b"Mon May  4 12:02:00 2026", 120),
        (b"Mon, 04 May 2026 14:02:00 +0200", 120),
        (b"Mon, 04 May 2026 11:00:00 GMT", 0),
        (b"9" * 5000, 1e9),
        (b"1.5", None),
        (b"-1", None),
        (b"soon", None),
        (b"", None),
        (b"\xff\xfe", None),
        ("١٢".encode(), None),
    ],
)
def test_retry_after_is_seconds_or_an_http_date(value, wait_s):
    assert parse_retry_after(value, NOW) == wait_s


@given(st.integers(0, 10**9 - 1))
def test_seconds_are_themselves(wait_s):
    assert parse_retry_after(str(wait_s).encode(), NOW) == wait_s


@given(st.integers(-(10**9), 5 * 10**9))
def test_a_date_is_the_time_until_then(offset_s):
    at = NOW + dt.timedelta(seconds=offset_s)
    parsed = parse_retry_after(format_datetime(at, usegmt=True).encode(), NOW)
    assert parsed == min(max(offset_s, 0), 1e9)


@given(st.binary(max_size=80))
def test_any_value_gives_a_bounded_wait_or_none(value):
    parsed = parse_retry_after(value, NOW)
    assert parsed is None or 0 <= parsed <= 1e9


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def patience(clock):
    return Patience(first_s=5, longest_s=120, clock=clock)


def test_waits_double_up_to_the_longest_and_start_again_after_success():
    clock = Clock()
    hosts = patience(clock)
    waits = []
    for _ in range(7):
        assert hosts.note_busy("a.test", 503, None)
        waits.append(hosts.wait_s("a.test"))
        clock.now += waits[-1]
        assert hosts.wait_s("a.test") == 0
    assert waits == [5, 10, 20, 40, 80, 120, 120]
    hosts.note_served("a.test")
    hosts.note_busy("a.test", 503, None)
    assert hosts.wait_s("a.test") == 5


def test_answers_to_what_was_sent_before_the_wait_do_not_lengthen_it():
    clock = Clock()
    hosts = patience(clock)
    assert hosts.note_busy("a.test", 429, None)
    assert not hosts.note_busy("a.test", 429, None)
    assert hosts.wait_s("a.test") == 5
    assert hosts.note_busy("a.test", 429, 60)
    assert not hosts.note_busy("a.test", 429, 30)
    assert hosts.wait_s("a.test") == 60


def test_a_host_is_waited_for_alone():
    hosts = patience(Clock())
    hosts.note_busy("a.test", 429, 60)
    assert hosts.wait_s("b.test") == 0


def test_retry_after_of_zero_is_no_permission_to_hammer():
    hosts = patience(Clock())
    assert hosts.note_busy("a.test", 429, 0)
    assert hosts.wait_s("a.test") == 5


def test_a_failed_connection_costs_a_short_wait_that_does_not_grow():
    clock = Clock()
    hosts = patience(clock)
    for _ in range(3):
        hosts.note_failed("a.test")
        assert hosts.wait_s("a.test") == 1
        clock.now += 1


def test_a_host_that_asks_for_too_much_is_left_alone_for_good():
    clock = Clock()
    hosts = patience(clock)
    assert hosts.left_alone("a.test") is None
    assert hosts.note_busy("a.test", 503, 121)
    assert not hosts.note_busy("a.test", 503, 500)
    clock.now += 10**6
    assert hosts.left_alone("a.test") == (
        "left alone for this run: HTTP 503 asked for 121 s, the most waited is 120 s"
    )
    assert hosts.left_alone("b.test") is None


@pytest.mark.parametrize("value", ["soon", 0, -1, "nan", "inf"])
def test_a_wait_that_is_none_is_a_configuration_error(value):
    with pytest.raises(ConfigError, match="DATELINE_BACKOFF_S must be seconds above 0"):
        seconds(Settings({"DATELINE_BACKOFF_S": value}), "DATELINE_BACKOFF_S", 5.0)


def no_robots(asked):
    return reply(status="404 Not Found") if asked.path == "/robots.txt" else None


def busy(*headers, status="429 Too Many Requests"):
    return reply(b"later", status=status, headers=headers)


def times(done, host):
    """When `host` was asked for pages, in order."""
    return sorted(
        each.at for each in done.served if each.host == host and each.path != "/robots.txt"
    )


def test_retry_after_is_waited_for_while_other_hosts_go_on():
    def world(asked):
        if asked.host == "busy.test" and asked.path == "/first" and asked.count == 1:
            return busy(("Retry-After", "2"))
        return no_robots(asked) or reply(b"<p>page")

    pages = [f"http://busy.test/{n}" for n in range(12)]
    others = [f"http://other.test/{n}" for n in range(12)]
    done = crawl(
        world,
        ["busy.test", "other.test"],
        ["http://busy.test/first", *pages, *others],
        CONCURRENT_REQUESTS=4,
        CONCURRENT_REQUESTS_PER_DOMAIN=2,
        DOWNLOAD_DELAY=0.01,
        DOWNLOAD_DELAY_JITTER=0,
    )
    assert all(event.get("status") == 200 for event in done.events)
    assert len(done.events) == 25
    asked_at = times(done, "busy.test")
    told_at = min(each.at for each in done.served if each.path == "/first")
    held = [at for at in asked_at if at >= told_at + 1.8]
    assert len(held) >= 11
    # One other request may have been on its way when the host said "later".
    assert sum(told_at < at < told_at + 1.8 for at in asked_at) <= 1
    assert max(times(done, "other.test")) < min(held)
    retried = next(event for event in done.events if event["url"].endswith("/first"))
    assert retried["retries"] == 1
    first = [each for each in done.captured if each["url"] == "http://busy.test/first"]
    assert [(each["attempt"], each["found_by"]) for each in first] == [
        (1, "argument"),
        (2, "retry"),
    ]
    assert done.stats["dateline/backoff/waits"] == 1
    assert "retry/max_reached" not in done.stats


def test_what_stands_in_the_downloader_queue_is_called_back():
    def world(asked):
        if asked.path == "/0":
            return busy(("Retry-After", "1")) if asked.count == 1 else reply(b"<p>0")
        return no_robots(asked) or reply(b"<p>page")

    done = crawl(
        world,
        ["busy.test"],
        [f"http://busy.test/{n}" for n in range(6)],
        CONCURRENT_REQUESTS_PER_DOMAIN=6,  # so that five stand in the slot's queue at once
        DOWNLOAD_DELAY=0.2,
        DOWNLOAD_DELAY_JITTER=0,
    )
    told_at = min(each.at for each in done.served if each.path == "/0")
    rest = [at for at in times(done, "busy.test") if at > told_at]
    assert len(rest) >= 4  # the order is Scrapy's, so one or two may have gone before
    assert min(rest) >= told_at + 0.8
    assert {event["status"] for event in done.events} == {200}
    assert len(done.events) == 6
    assert rest[-1] - rest[0] >= 0.2 * (len(rest) - 1) - 0.2  # and then at the usual pace


def test_the_last_answer_reaches_the_spider_after_every_retry():
    def world(asked):
        return no_robots(asked) or busy(status="503 Service Unavailable")

    done = crawl(
        world, ["busy.test"], ["http://busy.test/x"], RETRY_TIMES=2, DATELINE_BACKOFF_S=0.3
    )
    (event,) = done.events
    assert (event["error"], event["status"]) == ("HttpError", 503)
    at = times(done, "busy.test")
    assert len(at) == 3
    assert at[2] - at[0] >= 0.3 + 0.6 - 0.15  # the second wait is twice as long
    assert done.stats["dateline/backoff/given_up"] == 1
    assert done.stats["retry/count"] == 2
    assert done.stats["retry/max_reached"] == 1


def test_a_host_that_asks_for_an_hour_is_left_alone_and_that_is_told_and_kept():
    def world(asked):
        if asked.path == "/first":
            return busy(("Retry-After", "3600"))
        return no_robots(asked) or reply(b"<p>page")

    done = crawl(
        world,
        ["busy.test", "other.test"],
        [
            "http://busy.test/first",
            "http://busy.test/second",
            "http://other.test/second",
        ],
        CONCURRENT_REQUESTS_PER_DOMAIN=1,
    )
    got = {event["url"]: event for event in done.events}
    assert got["http://busy.test/first"]["status"] == 429
    assert got["http://busy.test/second"]["error"] == "HostLeftAlone"
    assert got["http://other.test/second"]["status"] == 200
    assert ("busy.test", "/second") not in done.asked
    (refused,) = done.refused
    assert refused["url"] == "http://busy.test/second"
    assert (refused["kind"], refused["robots"]) == ("left-alone", "unavailable")
    assert "asked for 3600 s" in refused["detail"]
    assert done.stats["dateline/backoff/left_alone"] == 1
    assert done.stats["dateline/backoff/not_asked"] == 1
    assert "WARNING: 'busy.test': left alone for this run: HTTP 429 asked for 3600 s" in done.log


def test_a_failed_connection_is_retried_after_a_short_rest():
    def world(asked):
        if asked.path == "/x" and asked.count == 1:
            return Answer(then_close=True)
        # Closed each time: on a kept connection Twisted itself would ask again, unasked.
        return replace(no_robots(asked) or reply(b"<p>page"), then_close=True)

    done = crawl(world, ["busy.test"], ["http://busy.test/x"], DATELINE_BACKOFF_S=1.5)
    at = times(done, "busy.test")
    assert at[1] - at[0] >= 0.2
    assert done.events[0]["status"] == 200


def test_the_end_of_the_crawl_ends_every_wait():
    page = reply(b"<p>page")

    def world(asked):
        if asked.host == "busy.test":
            return no_robots(asked) or busy(("Retry-After", "100"))
        # Late enough that somebody waits for busy.test by then.
        return no_robots(asked) or replace(page, parts=(Part(b"", wait_s=1.0), *page.parts))

    done = crawl(
        world,
        ["busy.test", "other.test"],
        [
            *(f"http://busy.test/{n}" for n in range(3)),
            {"url": "http://other.test/last", "meta": {"then_close": True}},
        ],
        CONCURRENT_REQUESTS_PER_DOMAIN=2,
    )
    assert done.stats["finish_reason"] == "enough"
    assert done.stats["elapsed"] < 10
    assert {event.get("error") for event in done.events} == {None, "CrawlClosing"}
    assert done.refused == []
