"""When two requests are one: the same URL under many spellings is fetched once a run."""

import hashlib
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.dupefilters import RFPDupeFilter
from scrapy.statscollectors import StatsCollector
from scrapy.utils.request import RequestFingerprinterProtocol

from archive import InvalidUrl, url_key
from crawler.fetch.origin import ASKED_FOR


class CanonicalFingerprinter:
    """Scrapy's `REQUEST_FINGERPRINTER_CLASS` by the archive's own URL rules.

    One request is method, scheme, URL key and body. The key knows no scheme, but `http:` and
    `https:` are two fetches: only the host can say, by a redirect, that they are one page, and
    evidence of the one is none of the other.

    Requests are one only where they are `ASKED_FOR` the same, too: two posts may
    be asked for at one address (their author's profile), each on a walk of its own.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:  # noqa: ARG003 - Scrapy's interface
        """A fingerprinter needs nothing of the crawler."""
        return cls()

    def fingerprint(self, request: Request) -> bytes:
        """20 bytes, equal for requests that ask for the same."""
        try:
            url = f"{urlsplit(request.url).scheme} {url_key(request.url)}"
        except (InvalidUrl, ValueError):
            url = request.url  # never fetched; refused one by one
        whole = hashlib.sha256()
        texts = (request.method, url, str(request.meta.get(ASKED_FOR, "")))
        for part in (*(text.encode("utf-8", "surrogatepass") for text in texts), request.body):
            whole.update(len(part).to_bytes(8) + part)
        return whole.digest()[:20]


class UrlDupeFilter(RFPDupeFilter):
    """Scrapy's `DUPEFILTER_CLASS`, counting (`dateline/duplicates/url`) and lenient to redirects.

    A redirect to another spelling of the URL that was asked for (without its trackers, with a
    closing slash or `www.`) is no duplicate: dropped, the page would never be had.
    """

    _stats: StatsCollector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the filter to `crawler`."""
        dupefilter = super().from_crawler(crawler)
        dupefilter._stats = crawler.stats  # noqa: SLF001 - our own, just made
        return dupefilter

    def request_seen(self, request: Request) -> bool:
        """Whether the same was asked for before in this run."""
        if not super().request_seen(request):
            return False
        if self._is_own_hop(request):
            return False
        self._stats.inc_value("dateline/duplicates/url")
        return True

    def _is_own_hop(self, request: Request) -> bool:
        own = self._fingerprint_of(request)
        return any(
            self._fingerprint_of(request.replace(url=hop)) == own
            for hop in request.meta.get("redirect_urls", ())
        )

    def _fingerprint_of(self, request: Request) -> bytes:
        fingerprinter: RequestFingerprinterProtocol = self.fingerprinter
        return fingerprinter.fingerprint(request)
