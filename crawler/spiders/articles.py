"""The spider for articles whose URLs are given."""

import logging
import os
import re
from collections.abc import AsyncIterator, Iterable
from functools import cached_property

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from archive import Article, Capture, InvalidUrl, Reading, canonical_url, url_key
from crawler.errors import ConfigError
from crawler.reader import Reader, ReadingStopped
from crawler.settings import user_agent
from crawler.spiders.page_parts import PageParts
from crawler.spiders.url_list import check_url, listed, open_list

logger = logging.getLogger(__name__)


class ArticlesSpider(Spider):
    """Fetches the articles whose URLs are given, and reads them.

    Arguments: `urls`, separated by white space or commas; `from_file`, a path with a URL a line
    (`-` is standard input); `max_pages`, how many pages are asked for at the most (0: all).

    A page that names another address as its canonical one leads there once, so that the claim can
    be confirmed: see `archive.identity`.

    Raises: ConfigError.
    """

    name = "articles"

    def __init__(
        self,
        *args: str,
        urls: str | Iterable[str] = (),
        from_file: str | None = None,
        max_pages: int | str = 0,
        **kwargs: str,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._urls = re.split(r"[\s,]+", urls) if isinstance(urls, str) else list(urls)
        self._list = open_list(from_file) if from_file else None
        try:
            self._max_pages = int(max_pages)
        except ValueError:
            self._max_pages = -1
        if self._max_pages < 0:
            raise ConfigError(f"max_pages is 0 (all) or a number of pages, not {max_pages!r}")
        self._asked = 0

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Say in the user agent whom a site's owner can reach."""
        super().update_settings(settings)
        if contact := settings.get("DATELINE_CONTACT"):
            settings.set("USER_AGENT", user_agent(str(contact)), priority="spider")

    @cached_property
    def _parts(self) -> PageParts:
        return PageParts.from_crawler(self.crawler)

    async def start(self) -> AsyncIterator[Request]:
        """A request for each URL that is one; the others are named and left out."""
        async for text in self._given():
            try:
                check_url(text)
            except InvalidUrl as error:
                logger.warning("left out: %s", error)
                self.crawler.stats.inc_value("dateline/left-out/invalid-url")
                continue
            request = self._ask(text, found_by="argument")
            if request is not None:
                yield request

    async def _given(self) -> AsyncIterator[str]:
        for url in filter(None, self._urls):
            yield url
        if self._list is not None:
            try:
                async for url in listed(self._list):
                    yield url
            finally:
                os.close(self._list)

    def _ask(self, url: str, *, found_by: str, **meta: str) -> Request | None:
        """A request for `url`, or None where the limit of pages is reached."""
        if self._max_pages and self._asked >= self._max_pages:
            self.crawler.stats.inc_value("dateline/left-out/max-pages")
            return None
        self._asked += 1
        return Request(
            url if "://" in url else canonical_url(url),  # Scrapy knows no `https:news.example`
            callback=self.parse,
            errback=self.note_failure,
            meta={"dateline_found_by": found_by, **meta},
        )

    async def parse(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Read the page; follow what it says is its canonical address, once."""
        capture: Capture = response.meta["dateline_capture"]
        reader = self.crawler.get_extension(Reader)
        if reader is None or not self.crawler.settings.getbool("DATELINE_READ"):
            return
        try:
            reading = await reader.read(response, capture)
        except ReadingStopped:
            logger.info("kept, and not read any more: %s", response.url)
            return
        yield reading
        if reading.article is not None:
            async for part in self._parts.of_page(response, capture):
                yield part
        if reading.article is not None and response.meta["dateline_found_by"] != "canonical":
            target = canonical_elsewhere(reading.article)
            request = target and self._ask(
                target,
                found_by="canonical",
                dateline_via=response.url,
                dateline_via_record=capture.record_id,
            )
            if request:
                yield request

    def note_failure(self, failure: Failure) -> None:
        """Count a page that could not be had; the capture itself says why."""
        logger.info("not had: %s (%s)", getattr(failure, "request", None), failure.value)
        self.crawler.stats.inc_value("dateline/pages/failed")


def canonical_elsewhere(article: Article) -> str | None:
    """The page's canonical URL where that is another page than the one read."""
    claimed = article.claim.canonical_url
    if claimed is None:
        return None
    try:
        return claimed if url_key(claimed) != url_key(article.url) else None
    except InvalidUrl:
        return None
