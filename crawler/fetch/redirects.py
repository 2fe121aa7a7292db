"""The way to a request: only to the web, and only so far by redirects."""

from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive import FailureKind, Head, InvalidUrl, absolute_url
from crawler.fetch.destination import Destination
from crawler.fetch.origin import ROBOTS
from crawler.fetch.pace import requisite_slot
from crawler.fetch.refusals import Refusals, Refused, one_line

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a hop must not inherit: Scrapy's slot of the other host, and the other URL's tries.
_OWN_TO_A_URL = ("download_slot", "retry_times", ROBOTS)


class NotTheWeb(Refused):
    """The address is no http or https address with a host and a port that can be."""


class RedirectRefused(Refused):
    """A redirect that is not followed: off the web, broken, or one too many."""


class WebOnlyMiddleware:
    """Refuses, and records, what is no http or https request. Stands at 10, before all others.

    Raises: NotTheWeb.
    """

    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`."""
        return cls(Refusals(crawler))

    async def process_request(self, request: Request) -> None:
        """Pass a web request, in its own host's slot."""
        if (reason := why_not_web(request.url)) is not None:
            await self._refusals.record(request, FailureKind.NOT_THE_WEB, reason)
            raise NotTheWeb(reason)
        # Scrapy writes the slot into meta, and meta is copied from request to request: without
        # this, a host could be asked at the pace and under the patience of another.
        request.meta.pop("download_slot", None)
        if "dateline_requisite" in request.meta:
            request.meta["download_slot"] = requisite_slot(request.url)


class HopMiddleware(RedirectMiddleware):
    """Scrapy's RedirectMiddleware, in its place (600), keeping account of each hop.

    A hop starts with tries and a slot of its own. What is not followed, for its scheme, its
    spelling, `REDIRECT_MAX_TIMES` or meta `redirect_ttl`, is recorded.

    Raises: RedirectRefused.
    """

    _refusals: Refusals

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`."""
        middleware = super().from_crawler(crawler)
        middleware._refusals = Refusals(crawler)  # noqa: SLF001 - our own, just made
        return middleware

    async def process_response(  # type: ignore[override] # Scrapy awaits what it gets
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow a redirect; pass every other answer."""
        try:
            outcome = super().process_response(request, response)
        except IgnoreRequest:
            reason = f"not followed: {request.meta.get('redirect_times', 0)} redirects are enough"
        except ValueError:  # Scrapy makes no request of `mailto:…`, nor of `http://[`
            reason = f"not followed: {_why_not_web(response) or 'no address'}"
        else:
            off_the_web = self._why_off_the_web(request, response)
            if off_the_web is None:
                if isinstance(outcome, Request):
                    return _as_hop(outcome.replace(url=_target_url(response)))
                return outcome
            reason = f"not followed: {off_the_web}"
        self.crawler.stats.inc_value("dateline/redirects/refused")
        kind = FailureKind.NOT_FOLLOWED
        await self._refusals.record(_target(request, response), kind, reason)
        raise RedirectRefused(reason)

    def _why_off_the_web(self, request: Request, response: Response) -> str | None:
        """Why a redirect cannot be followed; None where it is none, or is not to be followed."""
        if "Location" not in response.headers or response.status not in _REDIRECTS:
            return None
        if request.meta.get("dont_redirect") or self._is_wanted(request, response.status):
            return None
        return _why_not_web(response)

    def _is_wanted(self, request: Request, status: int) -> bool:
        """Whether the spider asked to see redirects itself."""
        return (
            request.meta.get("handle_httpstatus_all", False)
            or status in request.meta.get("handle_httpstatus_list", ())
            or status in getattr(self.crawler.spider, "handle_httpstatus_list", ())
        )


def why_not_web(url: str) -> str | None:
    """Why `url` is no address on the web; None where it is one."""
    try:
        Destination.of(url)
    except ValueError as error:
        return one_line(str(error))
    return None


def _as_hop(redirected: Request) -> Request:
    for key in _OWN_TO_A_URL:
        redirected.meta.pop(key, None)
    return redirected


def _target_url(response: Response) -> str:
    """Where `response` leads a browser. Raises: InvalidUrl where that is no web address."""
    return absolute_url(_location(response), response.url)


def _location(response: Response) -> str:
    """The first `Location` there is: the one that the capture names (`Capture.redirect_to`)."""
    value = next(iter(response.headers.getlist("Location")), b"").decode("latin-1")
    return Head(None, None, (("location", value),)).location or ""


def _why_not_web(response: Response) -> str | None:
    try:
        return why_not_web(_target_url(response))
    except InvalidUrl as error:
        return one_line(str(error))


def _target(request: Request, response: Response) -> Request:
    """The request that is not made; the redirected one itself where its target can be none."""
    try:
        redirected = request.replace(url=urljoin(response.url, _location(response).strip()))
    except ValueError:
        return request
    # As Scrapy's middleware would have it, for the record of how it came about.
    redirected.meta["redirect_times"] = request.meta.get("redirect_times", 0) + 1
    redirected.meta["redirect_urls"] = [*request.meta.get("redirect_urls", []), request.url]
    return _as_hop(redirected)
