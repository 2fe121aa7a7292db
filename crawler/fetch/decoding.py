"""Content-codings undone for the spider, within bounds. The record has the bytes as they came."""

import logging
from collections.abc import Iterator
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.statscollectors import StatsCollector

from archive import BodyError, Head, decoded_body
from crawler.fetch.body import BODY_BYTES

logger = logging.getLogger(__name__)

UNDECODED = "body-undecoded"
"""Response flag: the body could not be decoded, or not within the limit; the spider gets none."""

_ACCEPTED = b"gzip, deflate, br, zstd"
# Decoders copy what they have not yet taken of a piece: one large piece would cost its square.
_PIECE = 1 << 16


class DecodingMiddleware:
    """Undoes content-codings in the place of Scrapy's HttpCompressionMiddleware (590).

    It is the archive's own decoder, so that a page reads the same live and out of its record.
    Scrapy's takes a stream that is cut inside its coding for a whole page, and undoes as many
    codings as a header names, each up to `DOWNLOAD_MAXSIZE`, which bounds what is *kept* here and
    is large: a bomb of a megabyte would hold the reactor for minutes. Here a body of more than
    `DATELINE_DECODED_BYTES` (8 MiB; `BODY_BYTES` in meta asks for more) at any stage, of more than
    a few codings, or of one that is not understood, broken or cut short, reaches the spider empty
    and flagged, so that it is recorded as unreadable and not lost as an error.
    """

    def __init__(self, *, max_bytes: int, stats: StatsCollector) -> None:
        self._max_bytes = max_bytes
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`."""
        max_bytes = crawler.settings.getint("DATELINE_DECODED_BYTES", 8 << 20)
        return cls(max_bytes=max_bytes, stats=crawler.stats)

    async def process_request(self, request: Request) -> None:
        """Say which codings are understood."""
        request.headers.setdefault("Accept-Encoding", _ACCEPTED)

    async def process_response(
        self,
        request: Request,
        response: Response,
    ) -> Response:
        """The decoded response, or an empty one with the flag `body-undecoded`."""
        codings = response.headers.getlist("Content-Encoding")
        if not codings:
            return response
        head = Head(
            None, None, tuple(("content-encoding", value.decode("latin-1")) for value in codings)
        )
        body, flags = b"", response.flags
        try:
            most = max(self._max_bytes, request.meta.get(BODY_BYTES, 0))
            body = decoded_body(head, _pieces(response.body), max_bytes=most)
        except BodyError as error:
            logger.info("%s could not be decoded: %s", response, error)
            self._stats.inc_value("dateline/undecoded")
            flags = [*flags, UNDECODED]
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(
            response.url,
            status=response.status,
            headers=headers,
            body=body,
            flags=flags,
            request=response.request,
            certificate=response.certificate,
            ip_address=response.ip_address,
            protocol=response.protocol,
        )


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[at : at + _PIECE] for at in range(0, len(body), _PIECE))
