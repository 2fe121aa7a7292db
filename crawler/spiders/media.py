"""The requests for pictures that posts and articles name: each once a run, at once, within limits.

Settings:

    DATELINE_MEDIA         `images` (default), or `none`
    DATELINE_MEDIA_BYTES   at the most so many of one; a longer one is cut, and its record says so

They come before pages: the addresses of some platforms expire within hours.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Article, Capture, PostAnswer, Reading
from crawler.fetch.origin import capture_of, origin_meta
from crawler.fetch.pace import requisite_slot
from crawler.media.wanted import WantedPicture, of_answer, of_article
from crawler.notes import MEDIA
from crawler.running.reader import ReadingStopped, page_of
from crawler.spiders.means import Means

logger = logging.getLogger(__name__)

FOUND_BY = "media"
_PRIORITY = 20


class MediaAsker:
    """Asks for pictures by requests whose callbacks are `callback` and `errback`."""

    def __init__(
        self, means: Means, *, callback: Callable[..., Any], errback: Callable[..., Any]
    ) -> None:
        self._means = means
        self._is_wanted = means.config.media and means.config.read
        self._callback = callback
        self._errback = errback
        self._asked: set[bytes] = set()
        """Digests, as for requisites: an address may be long."""

    def of_article(self, article: Article, via: str, capture: Capture) -> Iterator[Request]:
        """The request for an article's lead image."""
        return self._requests(of_article(article), via, capture.record_id)

    def of_answer(self, answer: PostAnswer, via: str, record_id: str) -> Iterator[Request]:
        """The requests for the pictures that an answer about a post names."""
        return self._requests(of_answer(answer), via, record_id)

    async def take(self, response: Response) -> Reading | None:
        """What the picture is; None where nothing is read any more."""
        try:
            reading = await self._means.reader.read_picture(page_of(response), capture_of(response))
        except ReadingStopped:
            logger.info("kept, and not read any more: %s", response.url)
            return None
        self._means.count(
            f"dateline/media/{'had' if reading.picture is not None else 'no-picture'}"
        )
        return reading

    def fail(self, failure: Failure) -> None:
        """Count what could not be had; the capture itself says why."""
        logger.info("not had: %s (%s)", getattr(failure, "request", None), failure.value)
        self._means.count("dateline/media/failed")

    def _requests(
        self, wanted: Iterable[WantedPicture], via: str, record_id: str
    ) -> Iterator[Request]:
        if not self._is_wanted:
            return
        for picture in wanted:
            asked = hashlib.blake2b(picture.url.encode(), digest_size=16).digest()
            if asked in self._asked:
                continue
            self._asked.add(asked)
            yield Request(
                picture.url,
                callback=self._callback,
                errback=self._errback,
                priority=_PRIORITY,
                dont_filter=True,  # a page may have had it as a requisite: then it was not read
                meta={
                    **origin_meta(
                        FOUND_BY, via=via, via_record=record_id, note={MEDIA: picture.role}
                    ),
                    "dateline_requisite": {"need": "image"},
                    "download_maxsize": self._means.config.media_bytes,
                    "download_slot": requisite_slot(picture.url),
                },
            )
