"""What happens to a reading: it is deduplicated and catalogued.

It comes normalised: `crawler.reading` does that where it reads, off the reactor, so that `crawl`
and `extract` say the same. A reading is never dropped. Sameness is settled by identity when it is
catalogued: the same text of the same article is a further sighting, the same story under another
URL a copy in its cluster, the same post a further citation. What was the same is counted here.
"""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

from archive import Reading, StoreUnavailable
from crawler.running.keeper import Keeper


class CataloguePipeline:
    """Hands readings to the archive and counts what was new and what was not."""

    def __init__(self, keeper: Keeper, stats: StatsCollector) -> None:
        self._keeper = keeper
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The archive is the crawl's own."""
        return cls(Keeper.of(crawler), crawler.stats)

    async def process_item(self, item: object) -> object:
        """Returns when the reading is durable in the catalogue.

        Raises: DropItem where the archive can keep nothing more; the keeper then ends the crawl.
        """
        if not isinstance(item, Reading):
            return item
        try:
            catalogued = await self._keeper.record(item)
        except StoreUnavailable as error:
            raise DropItem(str(error)) from error
        if catalogued.article_id is not None:
            kind = "new" if catalogued.is_new_article else "seen"
            self._stats.inc_value(f"dateline/articles/{kind}")
            if not catalogued.is_new_version:
                self._stats.inc_value("dateline/duplicates/version")
            if catalogued.copies:
                self._stats.inc_value("dateline/duplicates/text")
            self._stats.inc_value("dateline/posts/new", catalogued.new_posts)
        return item
