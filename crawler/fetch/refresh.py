"""Refreshes, in a page's markup or its head, that are redirects in all but name."""

from html import escape

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import HtmlResponse, Response

_LOOKED_AT = 4096
"""Bytes: Scrapy looks for a refresh in so many characters."""


class RefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's MetaRefreshMiddleware, in its place (580), that leaves other pages alone.

    Scrapy decodes every page to look for a refresh, and guesses a charset first where none is
    named; here the bytes must hold the word. A `Refresh` field means what the markup does (HTML,
    "shared declarative refresh steps"), and is there for answers that are no page too.
    """

    def process_response(  # type: ignore[override] # Scrapy drops the spider argument
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow a refresh that comes at once; pass every other answer."""
        field = response.headers.get("Refresh")
        hop = field and self._hop(request, _as_markup(field, response))
        if not hop and b"refresh" in response.body[:_LOOKED_AT].lower():
            hop = self._hop(request, response)
        return hop or response

    def _hop(self, request: Request, response: Response) -> Request | None:
        """Where the markup of `response` leads at once; None where that is nowhere on the web."""
        try:
            outcome = super().process_response(request, response)
        except ValueError:  # Scrapy makes no request of `javascript:…`, nor of `http://[`
            return None
        return outcome if isinstance(outcome, Request) else None


def _as_markup(field: bytes, response: Response) -> HtmlResponse:
    """A page that says by its markup what the `Refresh` of `response` says."""
    content = escape(field.decode("utf-8", "replace"))
    markup = f'<meta http-equiv="refresh" content="{content}">'
    return HtmlResponse(response.url, body=markup.encode(), encoding="utf-8")
