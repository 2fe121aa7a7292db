"""The spider for articles whose URLs are given."""

import logging
import re
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Article, Capture, InvalidUrl, Reading, canonical_url, url_key
from crawler.errors import ConfigError
from crawler.reader import Reader

logger = logging.getLogger(__name__)

MAX_LINE = 16_384
"""A line longer than this is no URL."""


def urls_in(lines: Iterable[str]) -> Iterator[str]:
    """URLs of a list, one a line; blank lines and those that begin with `#` are left out."""
    for line in lines:
        text = line[:MAX_LINE].strip()
        if text and not text.startswith("#"):
            yield text


class ArticlesSpider(Spider):
    """Fetches the articles whose URLs are given, and reads them.

    Arguments: `urls`, separated by white space or commas; `from_file`, a path with a URL a line
    (`-` is standard input); `max_pages`, how many pages are asked for at the most (0: all).

    A page that names another address as its canonical one leads there once, so that the claim can
    be confirmed: see `archive.identity`.
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
        self._urls = re.split(r"[\s,]+", urls.strip()) if isinstance(urls, str) else list(urls)
        self._from_file = from_file
        try:
            self._max_pages = int(max_pages)
        except ValueError:
            raise ConfigError(f"max_pages is a whole number, not {max_pages!r}") from None
        self._asked = 0

    async def start(self) -> AsyncIterator[Request]:
        """A request for each URL that is one; the others are named and left out."""
        for text in self._given():
            try:
                canonical_url(text)
            except InvalidUrl as error:
                logger.warning("left out: %s", error)
                self.crawler.stats.inc_value("dateline/left-out/invalid-url")
                continue
            request = self._ask(text, found_by="argument")
            if request is not None:
                yield request

    def _given(self) -> Iterator[str]:
        yield from filter(None, self._urls)
        if self._from_file == "-":
            yield from urls_in(sys.stdin)
        elif self._from_file:
            try:
                with Path(self._from_file).open(encoding="utf-8", errors="replace") as lines:
                    yield from urls_in(lines)
            except OSError as error:
                raise ConfigError(f"{self._from_file}: {error.strerror}") from error

    def _ask(self, url: str, *, found_by: str, **meta: str) -> Request | None:
        """A request for `url`, or None where the limit of pages is reached."""
        if self._max_pages and self._asked >= self._max_pages:
            self.crawler.stats.inc_value("dateline/left-out/max-pages")
            return None
        self._asked += 1
        return Request(
            url,
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
        reading = await reader.read(response, capture)
        yield reading
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
