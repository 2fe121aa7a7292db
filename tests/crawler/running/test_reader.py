"""Reading in a crawl, where there is nobody to read."""

import asyncio
import logging
from types import SimpleNamespace

import pytest

from crawler.errors import WorkersUnavailable
from crawler.extract.page import Page
from crawler.running.reader import Reader, ReadingStopped


class Nobody:
    asked = 0

    def submit(self, page, record_id, *, requisites):
        self.asked += 1
        raise WorkersUnavailable("no worker process starts")


def test_without_workers_pages_are_kept_and_one_line_says_that_none_is_read(caplog):
    pool = Nobody()
    reader = Reader(pool, stats=None)
    page = Page(url="https://a.example/", body=b"<p>x", content_type=None)
    capture = SimpleNamespace(record_id="r")

    async def read_three():
        for _ in range(3):
            with pytest.raises(ReadingStopped):
                await reader.read_page(page, capture)

    with caplog.at_level(logging.ERROR):
        asyncio.run(read_three())
    assert pool.asked == 1
    assert [record.message for record in caplog.records] == [
        "pages are kept, and not read any more: no worker process starts"
    ]
