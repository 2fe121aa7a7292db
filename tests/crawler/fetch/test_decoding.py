import gzip
import zlib

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.fetch.decoding import UNDECODED, DecodingMiddleware

REQUEST = Request("https://a.example/")


def decoded(body, coding, limit=10_000):
    crawler = get_crawler(settings_dict={"DATELINE_DECODED_BYTES": limit})
    middleware = DecodingMiddleware.from_crawler(crawler)
    headers = {"Content-Encoding": coding, "Content-Type": "text/html"}
    return middleware.process_response(REQUEST, Response(REQUEST.url, headers=headers, body=body))


def test_encoded_page_is_decoded():
    page = decoded(gzip.compress(b"<p>caf\xc3\xa9"), "gzip")
    assert isinstance(page, HtmlResponse)
    assert page.body == b"<p>caf\xc3\xa9"
    assert b"Content-Encoding" not in page.headers
    assert page.flags == []


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(bytes(10_001)), "gzip"),
        (zlib.compress(bytes(10_000_000)), "deflate"),
        (b"this is no brotli", "br"),
        (b"this is no zstandard", "zstd"),
    ],
    ids=["over the limit", "bomb", "broken brotli", "broken zstandard"],
)
def test_what_cannot_be_decoded_within_bounds_reaches_the_spider_empty_and_flagged(body, coding):
    page = decoded(body, coding)
    assert page.body == b""
    assert page.flags == [UNDECODED]
    assert b"Content-Encoding" not in page.headers
