"""Refreshes in a page's markup that are redirects in all but name."""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response

_LOOKED_AT = 4096
"""Bytes: Scrapy looks for a refresh in so many characters."""


class RefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's MetaRefreshMiddleware, in its place (580), that leaves other pages alone.

    Scrapy decodes every page to look for a refresh, and guesses a charset first where none is
    named; here the bytes must hold the word.
    """

    def process_response(  # type: ignore[override] # Scrapy drops the spider argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow a refresh that comes at once; pass every other answer."""
        if b"refresh" not in response.body[:_LOOKED_AT].lower():
            return response
        return super().process_response(request, response)
