"""What all that a crawl asks for is asked with: the config, the reader, the paces, the counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler

from crawler.config import CrawlConfig
from crawler.fetch.pace import Pace, pace_of
from crawler.fetch.refusals import Refusals
from crawler.platforms.paces import pace_s
from crawler.running.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """One crawl's, handed to everything that makes requests for it."""

    config: CrawlConfig
    reader: Reader
    refusals: Refusals
    pace: Pace
    count: Callable[[str], None]
    """Adds one to the statistic of that name."""

    @classmethod
    def of(cls, crawler: Crawler, config: CrawlConfig) -> Self:
        """Those of `crawler`, whose settings say `config`."""
        reader = crawler.get_extension(Reader)
        assert reader is not None, "crawler.running.reader.Reader is missing from EXTENSIONS"
        assert crawler.stats is not None
        return cls(
            config=config,
            reader=reader,
            refusals=Refusals(crawler),
            pace=pace_of(crawler),
            count=crawler.stats.inc_value,
        )

    def keep_pace(self, url: str) -> None:
        """Slow the slot of `url`'s host down to what the table of platforms' paces says of it."""
        host = urlsplit(url).hostname or ""
        self.pace.wish(host, "the table of paces", pace_s(url, self.config.paces))
