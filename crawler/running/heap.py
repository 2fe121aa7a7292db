"""The crawling process's heap: what is loaded when the crawl begins is looked at no more.

Python's collector walks over everything that lives, again and again while pages come and go. The
modules, patterns and tables that are there at the start stay to the end, and a page's own objects
hold few cycles: so the first are set apart (`gc.freeze`), and the collector comes less often.
"""

import gc
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

_OBJECTS_A_COLLECTION = 20_000


class Heap:
    """Sets the heap in order when the spider opens; a Scrapy extension."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire it to `crawler`."""
        heap = cls()
        crawler.signals.connect(heap.spider_opened, signal=signals.spider_opened)
        return heap

    def spider_opened(self) -> None:
        """Everything that the crawl needs is loaded by now; hardly any of it is rubbish."""
        gc.freeze()
        gc.set_threshold(_OBJECTS_A_COLLECTION, *gc.get_threshold()[1:])
