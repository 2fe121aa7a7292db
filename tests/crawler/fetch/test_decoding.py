import asyncio
import gzip
import zlib

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.fetch.decoding import UNDECODED, DecodingMiddleware

REQUEST = Request("https://a.example/")
LIMIT = 10_000


def middleware():
    crawler = get_crawler(settings_dict={"DATELINE_DECODED_BYTES": LIMIT})
    return DecodingMiddleware.from_crawler(crawler)


def decoded(body, *codings):
    headers = {"Content-Encoding": list(codings), "Content-Type": "text/html"}
    response = Response(REQUEST.url, headers=headers, body=body, flags=["tls-unverified"])
    return asyncio.run(middleware().process_response(REQUEST, response))


def test_encoded_page_is_decoded():
    page = decoded(brotli.compress(gzip.compress(b"<p>caf\xc3\xa9")), "gzip", "br")
    assert isinstance(page, HtmlResponse)
    assert page.body == b"<p>caf\xc3\xa9"
    assert b"Content-Encoding" not in page.headers
    assert page.flags == ["tls-unverified"]


def test_a_page_without_a_coding_passes_untouched():
    response = Response(REQUEST.url, body=b"<p>caf\xc3\xa9")
    assert asyncio.run(middleware().process_response(REQUEST, response)) is response


def test_the_codings_that_are_understood_are_asked_for():
    request = Request("https://a.example/")
    asyncio.run(middleware().process_request(request))
    assert request.headers["Accept-Encoding"] == b"gzip, deflate, br, zstd"


def wrapped(times):
    body = b"<p>page"
    for _ in range(times):
        body = gzip.compress(body)
    return body


def test_a_coding_that_no_registry_knows_is_none():
    page = decoded(b"<p>page", "\xff\x1b[31m")
    assert page.body == b"<p>page"
    assert b"Content-Encoding" not in page.headers


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(bytes(LIMIT + 1)), "gzip"),
        (zlib.compress(bytes(10_000_000)), "deflate"),
        (b"this is no brotli", "br"),
        (b"this is no zstandard", "zstd"),
        (gzip.compress(b"<p>page" * 99)[:-9], "gzip"),
        (brotli.compress(b"<p>page" * 99)[:-3], "br"),
        (wrapped(5), "gzip, gzip, gzip, gzip, gzip"),
        (gzip.compress(gzip.compress(bytes(9_000_000))), "gzip, gzip"),
    ],
    ids=[
        "over the limit",
        "bomb",
        "broken brotli",
        "broken zstandard",
        "gzip cut inside",
        "brotli cut inside",
        "more codings than a page can need",
        "bomb in a bomb",
    ],
)
def test_what_cannot_be_decoded_whole_and_in_bounds_reaches_the_spider_empty_and_flagged(
    body, coding
):
    page = decoded(body, coding)
    assert page.body == b""
    assert page.flags == ["tls-unverified", UNDECODED]
    assert b"Content-Encoding" not in page.headers
