"""The pace of hosts: what they ask for (`Crawl-delay`), and that platforms are asked at, in slots.

What a page needs to be seen has a slot of its own beside its host's, with the shorter delay of
`DATELINE_REQUISITES_DELAY`, so that pages and their parts do not wait for each other. A host that
asks for a delay, or that `DOWNLOAD_SLOTS` names, has one slot for everything.
"""

import logging
from collections import OrderedDict
from typing import Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LONGEST_DELAY_S = 60.0
"""A longer `Crawl-delay` counts as this one: a page an hour would be no crawl."""

# Each costs a few hundred bytes; the hosts asked first are forgotten first.
_MOST_HOSTS = 10_000


_paces: WeakKeyDictionary[Crawler, "Pace"] = WeakKeyDictionary()


def pace_of(crawler: Crawler) -> "Pace":
    """The one pace of `crawler`'s downloader: several would undo each other's work."""
    if crawler not in _paces:
        _paces[crawler] = Pace.from_crawler(crawler)
    return _paces[crawler]


_REQUISITES = " requisites"
"""Ends the name of a host's second slot; no host has a space."""


def requisite_slot(url: str) -> str:
    """The slot of what a page needs of the host of `url`."""
    return (urlsplit(url).hostname or "") + _REQUISITES


def host_of(slot: str) -> str:
    """The host that a slot is of."""
    return slot.removesuffix(_REQUISITES)


def slots_of(host: str) -> tuple[str, str]:
    """The names of a host's slots."""
    return host, host + _REQUISITES


class RequisitePaceMiddleware:
    """Gives requisites their delay, or to a host with a pace of its own its own slot.

    Stands at 110: what robots.txt asks was heard by then. Until there a requisite is in its second
    slot, so that those that wait for a robots.txt are bounded as pages are (`HostQueue`).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._delay_s = crawler.settings.getfloat("DATELINE_REQUISITES_DELAY", 0.25)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The delay comes from the settings."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Settle the slot of a requisite; leave every other request alone."""
        if "dateline_requisite" not in request.meta:
            return
        downloader = self._crawler.engine.downloader
        slot = requisite_slot(request.url)
        if host_of(slot) in downloader.per_slot_settings:
            request.meta["download_slot"] = host_of(slot)
        else:
            downloader.per_slot_settings.setdefault(slot, {"delay": self._delay_s, "jitter": 0.0})


class Pace:
    """Slows down the slots of hosts that name a `Crawl-delay`.

    A slot is a host name, whatever its schemes and ports. Its delay is the largest of what its
    robots.txt files ask for and what the settings say (`DOWNLOAD_DELAY`, `DOWNLOAD_SLOTS`), and
    where the host's wish decides it is not jittered: it is a least, not a mean. The wish is
    written to the downloader's slot settings, because Scrapy throws idle slots away.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._delay_s = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._jitter = crawler.settings.getfloat("DOWNLOAD_DELAY_JITTER")
        self._configured = crawler.settings.getdict("DOWNLOAD_SLOTS")
        self._is_replay = bool(crawler.settings.get("DATELINE_REPLAY"))
        """Nobody is asked, nobody is spared."""
        self._wishes: OrderedDict[str, dict[str, float]] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pace of `crawler`'s downloader, from its settings."""
        return cls(crawler)

    def wish(self, host: str, site: str, crawl_delay_s: float | None) -> None:
        """Note what `site` asks of the slot `host`: its robots.txt, or the table of platforms.

        `site` is scheme, host and port for the one, a word of its own for the other.
        """
        if self._is_replay:
            return
        if crawl_delay_s is not None and crawl_delay_s > LONGEST_DELAY_S:
            logger.info(
                "%r asks for a delay of %.0f s; waiting %.0f s",
                site,
                crawl_delay_s,
                LONGEST_DELAY_S,
            )
        wishes = self._wishes.setdefault(host, {})
        wishes[site] = min(crawl_delay_s or 0.0, LONGEST_DELAY_S)
        if not any(wishes.values()):
            del self._wishes[host]
        self._apply(host)
        if len(self._wishes) > _MOST_HOSTS:
            self._apply(self._wishes.popitem(last=False)[0])

    def _apply(self, host: str) -> None:
        downloader = self._crawler.engine.downloader
        settings = dict(self._configured.get(host, {}))
        delay_s = float(settings.get("delay", self._delay_s))
        jitter = float(settings.get("jitter", self._jitter))
        wished_s = max(self._wishes.get(host, {}).values(), default=0.0)
        if wished_s > delay_s * (1 - jitter):
            delay_s, jitter = max(delay_s, wished_s), 0.0
            settings |= {"delay": delay_s, "jitter": jitter}
        if settings:
            downloader.per_slot_settings[host] = settings
        else:
            downloader.per_slot_settings.pop(host, None)
        if (slot := downloader.slots.get(host)) is not None:
            slot.delay, slot.jitter = delay_s, jitter
