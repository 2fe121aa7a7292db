import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request, Spider

from archive import Capture, CaptureKind, Digest, Locator
from crawler.fetch.origin import Hop
from crawler.frontier.codec import UnstorableRequest, from_json, to_json


class Watch(Spider):
    name = "watch"

    def parse_feed(self, response):
        return []

    def failed(self, failure):
        return []


SPIDER = Watch()
CAPTURE = Capture(
    record_id="urn:uuid:1",
    kind=CaptureKind.RESPONSE,
    url="http://a.example/",
    method="GET",
    captured_at=dt.datetime(2026, 11, 22, 20, 31, 1, 500, tzinfo=dt.UTC),
    run_id="run-1",
    locator=Locator(warc="a.warc.gz", offset=1, length=2),
    payload_digest=Digest.of(b"page"),
)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-1e18, 1e18)
    # what a text must not hold is another test's business
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=8,
)
PAIRS = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=9).filter(
        lambda name: not name.startswith(("dateline_", "download_"))
    ),
    PLAIN,
    max_size=4,
)


@given(
    body=st.binary(max_size=50),
    priority=st.integers(-1000, 1000),
    header=st.binary(max_size=30).filter(lambda value: not set(value) & set(b"\r\n\0")),
    meta=PAIRS,
    arguments=PAIRS,
)
def test_a_request_comes_back_as_it_was(body, priority, header, meta, arguments):
    request = Request(
        "https://a.example/%D0%B9?b=1&a=2",
        callback=SPIDER.parse_feed,
        errback=SPIDER.failed,
        method="POST",
        headers={"X-Any": [header, b"2"]},
        body=body,
        priority=priority,
        dont_filter=bool(priority % 2),
        flags=["seen"],
        meta=meta,
        cb_kwargs=arguments,
    )
    again = from_json(to_json(request, SPIDER), SPIDER)
    assert type(again) is Request
    assert again.to_dict(spider=SPIDER) == request.to_dict(spider=SPIDER)


def test_the_chain_of_a_redirect_keeps_its_provenance():
    hop = Hop(redirects=1, retries=0, attempt=1, requested_url="http://a.example/")
    request = Request(
        "http://a.example/2",
        meta={
            "dateline_capture": CAPTURE,
            "dateline_captures": (CAPTURE,),
            "dateline_hop": hop,
            "download_slot": "b.example",
            "redirect_times": 1,
        },
    )
    again = from_json(to_json(request, SPIDER), SPIDER)
    assert again.meta == {"dateline_capture": CAPTURE, "dateline_hop": hop, "redirect_times": 1}
    assert type(again.meta["dateline_capture"].payload_digest) is Digest


@pytest.mark.parametrize(
    "request_",
    [
        Request("http://a.example/", callback=lambda response: None),
        Request("http://a.example/", callback=Watch().parse_feed),
        Request("http://a.example/", meta={"when": dt.datetime.now(dt.UTC)}),
        Request("http://a.example/", meta={"object": object()}),
        Request("http://a.example/", cb_kwargs={"text": "\ud800"}),
        Request("http://a.example/", meta={"huge": 2**70}),
    ],
)
def test_what_cannot_be_written_down_is_said_and_not_guessed(request_):
    with pytest.raises(UnstorableRequest):
        to_json(request_, SPIDER)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        json.dumps({"url": "no address"}).encode(),
        json.dumps({"url": "http://a.example/", "callback": "gone"}).encode(),
        json.dumps({"url": "http://a.example/", "callback": "__class__"}).encode(),
        json.dumps({"url": "http://a.example/", "callback": "name"}).encode(),
        json.dumps({"url": "http://a.example/", "headers": [["X", "\u20ac"]]}).encode(),
    ],
)
def test_what_cannot_be_a_request_any_more_is_refused(data):
    with pytest.raises(UnstorableRequest):
        from_json(data, SPIDER)
