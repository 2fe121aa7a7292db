"""A reader that never comes to an end with some pages, for a crawl in a process of its own."""

import time

from crawler.reader import Reader
from crawler.reading import read_page
from crawler.reading_pool import ReadingPool


def read_or_stall(page, record_id, *, requisites):
    if "stall" in page.url:
        time.sleep(60)
    return read_page(page, record_id, requisites=requisites)


class Stalling(Reader):
    @classmethod
    def pool_of(cls, config):
        return ReadingPool(config.readers, timeout_s=config.read_timeout_s, reader=read_or_stall)
