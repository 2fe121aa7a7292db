"""A reader that never comes to an end with some pages, for a crawl in a process of its own."""

from crawler.reading.pool import ReadingPool
from crawler.running.reader import Reader
from tests.crawler.cli.stalled_reading import read_or_stall


class Stalling(Reader):
    @classmethod
    def pool_of(cls, config):
        return ReadingPool(config.readers, timeout_s=config.read_timeout_s, reader=read_or_stall)
