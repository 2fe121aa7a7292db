"""Content-codings undone for the spider, within bounds. The record has the bytes as they came."""

import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

logger = logging.getLogger(__name__)

UNDECODED = "body-undecoded"
"""Response flag: the body could not be decoded, or not within the limit; the spider gets none."""


class DecodingMiddleware(HttpCompressionMiddleware):
    """Scrapy's HttpCompressionMiddleware, in its place (590), with a limit of its own.

    Scrapy bounds a decoded body by `DOWNLOAD_MAXSIZE`, which bounds what is *kept* here and is
    large: a bomb of a megabyte could cost a gigabyte. `DATELINE_DECODED_BYTES` (64 MiB) bounds
    what is decoded. Such a body, like one whose coding is broken, reaches the spider empty and
    flagged, so that it is recorded as unreadable and not lost as an error.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`."""
        middleware = super().from_crawler(crawler)
        middleware._max_size = crawler.settings.getint("DATELINE_DECODED_BYTES", 64 << 20)  # noqa: SLF001 - our own, just made
        return middleware

    def process_response(  # type: ignore[override] # Scrapy drops the spider argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """The decoded response, or an empty one with the flag `body-undecoded`."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            reason: Exception = error
        except Exception as error:  # noqa: BLE001 - each coding's library has errors of its own
            reason = error
        logger.info("%s could not be decoded: %s", response, reason)
        if self.stats:
            self.stats.inc_value("dateline/undecoded")
        bare = Response(
            response.url,
            status=response.status,
            headers=response.headers,
            flags=[*response.flags, UNDECODED],
            request=request,
            certificate=response.certificate,
            ip_address=response.ip_address,
            protocol=response.protocol,
        )
        del bare.headers["Content-Encoding"]
        return bare
