"""The queue from which requests leave for the downloader: no host may take all the room."""

from collections import Counter

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue

from crawler.fetch.pace import slots_of


class HostQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue (`SCHEDULER_PRIORITY_QUEUE`), with a bound on each host.

    Whoever waits for a host (its delay, its robots.txt, its `Retry-After`) takes one of the
    `CONCURRENT_REQUESTS` places. Scrapy would let a slow host's requests fill them all, and the
    crawl would stand still; here a host gets `CONCURRENT_REQUESTS_PER_DOMAIN` of them, which is
    as many as could be in transfer anyway. The rest waits in this queue.
    """

    def pop(self) -> Request | None:
        """The next request of a host that has room; None where none has."""
        crowded = self._crowded_hosts()
        aside = {host: self.pqueues.pop(host) for host in crowded if host in self.pqueues}
        try:
            return super().pop()
        finally:
            self.pqueues.update(aside)

    def _crowded_hosts(self) -> list[str]:
        downloader = self.crawler.engine.downloader
        room = downloader.domain_concurrency
        if len(downloader.active) < room:
            return []  # spares the counting while there is little going on
        under_way = Counter(downloader.get_slot_key(request) for request in downloader.active)
        crowded = [slot for slot, count in under_way.items() if count >= room]
        # A host with a pace of its own has one slot for pages and what they need.
        paced = [slot for slot in crowded if slot in downloader.per_slot_settings]
        return crowded + [name for slot in paced for name in slots_of(slot)]
