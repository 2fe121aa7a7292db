"""The spider for articles whose URLs are given."""

import logging
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Iterable
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import (
    ArchiveFolder,
    Article,
    InvalidUrl,
    Reading,
    canonical_url,
    url_key,
)
from crawler.config import CrawlConfig
from crawler.errors import ConfigError
from crawler.fetch.origin import FOUND_BY, capture_of, origin_meta
from crawler.frontier.scheduler import UNFINISHED
from crawler.platforms.registry import recognise
from crawler.posts.walks import Occasion, Walks
from crawler.reading.page import PageRead
from crawler.running.reader import Reader, ReadingStopped, page_of
from crawler.spiders.contact import ContactSpider
from crawler.spiders.means import Means
from crawler.spiders.media import MediaAsker
from crawler.spiders.page_parts import PageParts
from crawler.spiders.posts import PostAsker
from crawler.spiders.short_links import ShortLinkFollower
from crawler.spiders.url_list import check_url, listed, open_list
from crawler.spiders.web_archives import CopyAsker
from crawler.state.negative import NegativeAnswers
from crawler.state.post_memory import open_memory
from crawler.state.repeats import PostsToRepeat
from crawler.state.short_links import ShortLinkMemory

logger = logging.getLogger(__name__)

NO_MEDIA = "dateline_no_media"
"""Meta of requests for posts whose pictures are not wanted."""


class ArticlesSpider(ContactSpider):
    """Fetches the articles whose URLs are given, and reads them.

    Arguments: `urls`, separated by white space or commas; `from_file`, a path with a URL a line
    (`-` is standard input); `max_pages`, how many pages are asked for at the most (0: all).

    A page that names another address as its canonical one leads there once, so that the claim can
    be confirmed: see docs/decisions/0001.

    Raises: ConfigError.
    """

    name = "articles"

    _config: CrawlConfig
    _state: sqlite3.Connection
    _reader: Reader
    _posts: PostAsker
    _short_links: ShortLinkFollower
    _media: MediaAsker
    _parts: PageParts
    _copies: CopyAsker

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
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Wire the spider to `crawler`, and check its settings."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._config = CrawlConfig.from_settings(crawler.settings)  # noqa: SLF001 - our own
        crawler.signals.connect(spider.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(spider.spider_closed, signal=signals.spider_closed)
        return spider

    def spider_opened(self) -> None:
        """Get ready to ask: the archive's folder, with its memory of posts, is there by now."""
        is_replay = self.settings.get("DATELINE_REPLAY")  # nothing is kept, and nothing remembered
        root = None if is_replay else ArchiveFolder.open(self._config.archive).root
        self._state = open_memory(root)
        means = Means.of(self.crawler, self._config)
        self._reader = means.reader
        self._posts = PostAsker(
            means,
            walks=Walks(
                self._config.rungs,
                NegativeAnswers(self._state),
                PostsToRepeat(self._state),
                depth=self._config.post_depth,
            ),
            callback=self.parse_post,
            errback=self.note_post_failure,
        )
        self._short_links = ShortLinkFollower(
            means,
            memory=ShortLinkMemory(self._state),
            posts=self._posts,
            callback=self.parse_short_link,
            errback=self.note_failure,
        )
        self._media = MediaAsker(means, callback=self.parse_media, errback=self.note_media_failure)
        self._parts = PageParts(
            means, callback=self.parse_requisite, errback=self.note_requisite_failure
        )
        self._copies = CopyAsker(means, callback=self.parse_copy, errback=self.note_copy_failure)

    def spider_closed(self) -> None:
        """Let go of the memory."""
        self._state.close()

    @property
    def _asks_for_posts(self) -> bool:
        return self._config.posts and self._config.read

    async def start(self) -> AsyncIterator[Reading | Request]:
        """A request for each URL that is one; the others are named and left out.

        A post's URL is not a page to read: its platform is asked, where any of its rungs is on.
        Posts that an earlier run could not have, for a fault that may have passed, are asked too.
        """
        if self._list is None and not any(self._urls):
            logger.warning("nothing to crawl: give -a urls=URL,… or -a from_file=FILE")
        async for text in self._given():
            try:
                check_url(text)
            except InvalidUrl as error:
                logger.warning("left out: %s", error)
                self.crawler.stats.inc_value("dateline/left-out/invalid-url")
                continue
            ref = recognise(text) if self._asks_for_posts else None
            if ref is not None and self._config.rungs.rungs(ref.platform):
                async for step in self._posts.begin(ref, Occasion(found_by="argument")):
                    yield step
                continue
            request = self._ask(text, found_by="argument")
            if request is not None:
                yield request
        if self._asks_for_posts:
            async for step in self._posts.put_off():
                yield step

    async def _given(self) -> AsyncIterator[str]:
        for url in filter(None, self._urls):
            yield url
        if self._list is not None:
            try:
                async for url in listed(self._list):
                    yield url
            finally:
                os.close(self._list)

    def _ask(
        self, url: str, *, found_by: str, via: str | None = None, via_record: str | None = None
    ) -> Request | None:
        """A request for `url`, or None where the limit of pages is reached."""
        if self._max_pages and self._asked >= self._max_pages:
            self.crawler.stats.inc_value("dateline/left-out/max-pages")
            return None
        self._asked += 1
        return Request(
            url if "://" in url else canonical_url(url),  # Scrapy knows no `https:news.example`
            callback=self.parse,
            errback=self.note_page_failure,
            meta=origin_meta(found_by, via=via, via_record=via_record),
        )

    async def parse(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Read the page; follow what it says is its canonical address, once."""
        read = await self.read(response)
        if read is None:
            return
        yield read.reading
        for request in self._copies.of_lost(read.reading, response.url, capture_of(response)):
            yield request
        async for step in self.followed(read, response):
            yield step

    async def read(self, response: Response, *, requisites: bool = True) -> PageRead | None:
        """The reading of a page; None where nothing is read, or the crawl ended before it was.

        What the page needs to be seen is told where that is wanted, here and by the settings.
        """
        if not self._config.read:
            return None
        try:
            return await self._reader.read_page(
                page_of(response),
                capture_of(response),
                requisites=requisites and self._parts.are_wanted,
            )
        except ReadingStopped:
            logger.info("kept, and not read any more: %s", response.url)
            response.meta[UNFINISHED] = True
            return None

    async def followed(
        self, read: PageRead, response: Response, *, posts: bool = True, media: bool = True
    ) -> AsyncIterator[Reading | Request]:
        """What follows from an article: posts, pictures, the page's parts, its canonical URL.

        `media` is of the article's pictures and of those of its posts.
        """
        article, capture = read.reading.article, capture_of(response)
        if article is None:
            return
        if posts and self._asks_for_posts:
            for follower in (self._posts, self._short_links):
                async for step in marked(follower.cited(article, capture), media=media):
                    yield step
        for picture in self._media.of_article(article, response.url, capture) if media else ():
            self._parts.leave(picture.url)
            yield picture
        for part in self._parts.of_page(read.requisites, response.url, capture):
            yield part
        target = canonical_elsewhere(article)
        if target is not None and response.meta[FOUND_BY] != "canonical":
            request = self._ask(
                target,
                found_by="canonical",
                via=response.url,
                via_record=capture.record_id,
            )
            if request is not None:
                yield request

    async def parse_post(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Read what a platform answered about a post; ask on where that is not all."""
        media = NO_MEDIA not in response.meta
        async for step in marked(self._posts.take(response), media=media):
            yield step
            if media and isinstance(step, Reading) and step.answer is not None:
                for picture in self._media.of_answer(step.answer, response.url, step.record_id):
                    yield picture

    async def parse_media(self, response: Response) -> AsyncIterator[Reading]:
        """Read what a picture is."""
        reading = await self._media.take(response)
        if reading is not None:
            yield reading

    def note_media_failure(self, failure: Failure) -> None:
        """Count a picture that could not be had."""
        self._media.fail(failure)

    async def parse_short_link(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Go where a short link leads."""
        media = NO_MEDIA not in response.meta
        async for step in marked(self._short_links.take(response), media=media):
            yield step

    async def parse_requisite(self, response: Response) -> AsyncIterator[Request]:
        """Follow a stylesheet to what it names."""
        async for part in self._parts.parse(response):
            yield part

    def note_requisite_failure(self, failure: Failure) -> None:
        """Count a requisite that could not be had."""
        self._parts.note_failure(failure)

    async def note_post_failure(self, failure: Failure) -> AsyncIterator[Reading | Request]:
        """Record that a platform gave no answer; ask its next place."""
        media = NO_MEDIA not in failure.request.meta  # type: ignore[attr-defined]
        async for step in marked(self._posts.fail(failure), media=media):
            yield step

    async def parse_copy(self, response: Response) -> AsyncIterator[Reading | Request]:
        """Take what a web archive gave, or ask on."""
        step = await self._copies.take(response)
        if step is not None:
            yield step

    async def note_copy_failure(self, failure: Failure) -> AsyncIterator[Request]:
        """Ask the next web archive."""
        request = self._copies.fail(failure)
        if request is not None:
            yield request

    async def note_page_failure(self, failure: Failure) -> AsyncIterator[Request]:
        """Count a page that could not be had, and ask web archives for it."""
        self.note_failure(failure)
        for request in self._copies.of_failed(failure):
            yield request

    def note_failure(self, failure: Failure) -> None:
        """Count a page that could not be had; the capture itself says why."""
        logger.info("not had: %s (%s)", getattr(failure, "request", None), failure.value)
        self.crawler.stats.inc_value("dateline/pages/failed")


async def marked(
    steps: AsyncIterator[Reading | Request], *, media: bool
) -> AsyncIterator[Reading | Request]:
    """`steps`; where no media are wanted, their requests and all that follow say so."""
    async for step in steps:
        if not media and isinstance(step, Request):
            step.meta[NO_MEDIA] = True
        yield step


def canonical_elsewhere(article: Article) -> str | None:
    """The page's canonical URL where that is another page than the one read."""
    claimed = article.claim.canonical_url
    if claimed is None:
        return None
    try:
        return claimed if url_key(claimed) != url_key(article.url) else None
    except InvalidUrl:
        return None
