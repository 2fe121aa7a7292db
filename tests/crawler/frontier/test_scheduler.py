"""The scheduler beside an engine whose every step the test makes."""

import asyncio
import time
from collections import Counter
from types import SimpleNamespace

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import StoreUnavailable
from crawler.fetch.fingerprint import CanonicalFingerprinter
from crawler.fetch.refusals import CrawlClosing
from crawler.frontier.scheduler import UNFINISHED, WAIT, FrontierScheduler
from crawler.frontier.store import State


class Stats(Counter):
    def inc_value(self, name):
        self[name] += 1

    def set_value(self, name, value):
        self[name] = value


class Watch(Spider):
    name = "watch"

    def parse(self, response):
        return []


class Desk:
    """A scheduler, and the hands of the engine."""

    def __init__(self, path):
        self.rung = []
        self.failures = []
        self.slot = SimpleNamespace(
            inprogress=set(), nextcall=SimpleNamespace(schedule=lambda: self.rung.append(True))
        )
        self.slots = {}
        downloader = SimpleNamespace(
            slots=self.slots,
            domain_concurrency=1,
            get_slot_key=lambda request: request.url.split("/")[2],
        )
        self.crawler = SimpleNamespace(
            engine=SimpleNamespace(_slot=self.slot, downloader=downloader),
            stats=Stats(),
            request_fingerprinter=CanonicalFingerprinter(),
            get_downloader_middleware=lambda _: None,
        )
        self.scheduler = FrontierScheduler(self.crawler, path=path, fail=self.failures.append)
        self.scheduler.open(Watch())

    def give(self, url, **given):
        return self.scheduler.enqueue_request(Request(url, **given))

    def take(self):
        request = self.scheduler.next_request()
        if request is not None:
            self.slot.inprogress.add(request)
        return request

    def end(self, request, error=None):
        if error is not None:
            self.scheduler.note_failure(request, error)
        else:
            self.scheduler.note_left(request)
        self.slot.inprogress.discard(request)
        self.scheduler.settle()

    @property
    def states(self):
        return dict(self.scheduler._store.counts())


@pytest.fixture
def desk(tmp_path):
    async def made():
        return Desk(tmp_path / "state.sqlite")

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    desk = loop.run_until_complete(made())

    def run(work):
        async def inside():
            return work(desk)

        return loop.run_until_complete(inside())

    yield run
    run(lambda desk: desk.scheduler.close("finished"))
    asyncio.set_event_loop(None)
    loop.close()


URL = "http://a.example/1"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (None, State.DONE),
        (OSError("no route"), State.FAILED),
        (IgnoreRequest("robots"), State.REFUSED),
        (CrawlClosing("the crawl ended"), State.IN_FLIGHT),
        (StoreUnavailable("full"), State.IN_FLIGHT),
    ],
)
def test_a_url_is_settled_when_the_engine_lets_go_and_by_what_happened(desk, error, state):
    def work(desk):
        desk.give(URL)
        request = desk.take()
        desk.scheduler.settle()
        assert desk.states == {State.IN_FLIGHT: 1}
        desk.end(request, error)
        assert desk.states == {state: 1}
        assert desk.failures == ([error] if isinstance(error, StoreUnavailable) else [])

    desk(work)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_lost_item_leaves_its_url_in_flight_whatever_else_went_wrong(desk, is_first):
    def work(desk):
        desk.give(URL)
        request = desk.take()
        response = Response(URL, request=request)
        steps = [
            lambda: desk.scheduler.note_lost_item(response),
            lambda: desk.scheduler.note_spider_error(Failure(KeyError("x")), response),
        ]
        for step in steps if is_first else reversed(steps):
            step()
        desk.end(request)
        assert desk.states == {State.IN_FLIGHT: 1}

    desk(work)


def test_a_page_that_was_not_read_to_the_end_stays_in_flight(desk):
    def work(desk):
        desk.give(URL)
        request = desk.take()
        request.meta[UNFINISHED] = True
        desk.end(request)
        assert desk.states == {State.IN_FLIGHT: 1}

    desk(work)


def test_a_retry_is_settled_by_its_own_end_and_not_by_that_of_the_first_try(desk):
    def work(desk):
        desk.give(URL)
        first = desk.take()
        desk.scheduler.note_left(first)
        desk.scheduler.enqueue_request(first.replace(dont_filter=True))
        again = desk.take()
        assert again.url == URL
        desk.end(first)
        assert desk.states == {State.IN_FLIGHT: 1}
        desk.end(again, OSError("no route"))
        assert desk.states == {State.FAILED: 1}

    desk(work)


def test_a_host_has_as_many_under_way_as_it_may_and_others_go_on(desk):
    def work(desk):
        for url in (URL, "http://a.example/2", "http://b.example/1"):
            desk.give(url)
        first, other = desk.take(), desk.take()
        assert {first.url, other.url} == {URL, "http://b.example/1"}
        assert desk.take() is None
        desk.end(first if first.url == URL else other)
        assert desk.take().url == "http://a.example/2"

    desk(work)


def test_a_host_rests_its_delay_and_the_engine_is_woken_then(desk):
    def work(desk):
        now = time.monotonic()
        desk.slots["a.example"] = SimpleNamespace(concurrency=1, delay=0.2, lastseen=now)
        desk.give(URL)
        assert desk.take() is None
        alarm = desk.scheduler._alarm.when() - asyncio.get_running_loop().time()
        assert 0 < alarm <= 0.2
        desk.slots["a.example"].lastseen = now - 1
        desk.scheduler._wake()
        assert desk.rung == [True]

    desk(work)


def test_what_is_to_wait_is_not_pending_and_not_given(desk):
    def work(desk):
        desk.give(URL, meta={WAIT: 60})
        assert not desk.scheduler.has_pending_requests()
        assert desk.take() is None

    desk(work)


def test_what_cannot_be_written_down_is_counted_and_refused(desk):
    def work(desk):
        assert not desk.give(URL, callback=lambda response: None)
        assert desk.crawler.stats["frontier/unstorable"] == 1

    desk(work)


def test_a_request_of_a_spider_that_is_no_more_is_refused_and_the_next_comes(desk):
    def work(desk):
        desk.give(URL)
        desk.give("http://b.example/1")
        desk.scheduler._store._connection.execute(
            "UPDATE frontier_urls SET request = ? WHERE url_id = 1",
            (b'{"url": "http://a.example/1", "callback": "gone"}',),
        )
        assert desk.take().url == "http://b.example/1"
        assert desk.states == {State.REFUSED: 1, State.IN_FLIGHT: 1}

    desk(work)


def test_a_disk_that_fails_ends_the_crawl_and_raises_nothing_into_the_engine(desk, monkeypatch):
    def work(desk):
        def fail(*_, **__):
            raise StoreUnavailable("full")

        for name in ("add", "take", "has_ready"):
            monkeypatch.setattr(desk.scheduler._store, name, fail)
        assert not desk.give(URL)
        assert desk.take() is None
        assert not desk.scheduler.has_pending_requests()
        assert len(desk.failures) == 3

    desk(work)
