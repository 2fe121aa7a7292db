"""Robots.txt for every request there is (RFC 9309)."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from archive import ArchiveError, FailureKind
from crawler.errors import ConfigError
from crawler.fetch.addresses import AddressRefused
from crawler.fetch.decoding import UNDECODED
from crawler.fetch.destination import Destination
from crawler.fetch.origin import ROBOTS, origin_meta
from crawler.fetch.pace import pace_of
from crawler.fetch.redirects import RedirectRefused
from crawler.fetch.refusals import CrawlClosing, Refusals, Refused, one_line
from crawler.fetch.rules import RobotsRules

logger = logging.getLogger(__name__)

EXEMPT = "dateline_robots_exempt"
"""Meta key of the one request that needs no permission: the one for robots.txt itself."""

ALLOWED, DENIED, UNAVAILABLE, UNREACHABLE = "allowed", "denied", "unavailable", "unreachable"

_KEPT_S = 24 * 3600.0  # the most that section 2.4 allows
_FAILURE_KEPT_S = 600.0
_REDIRECTS = 5  # section 2.3.1.2
_MOST_SITES = 1000
_MOST_RULES = 200_000  # of all sites together: some 150 MB at worst
_LONGEST_REASON = 300


class RobotsDenied(Refused):
    """robots.txt forbids it, or could not be had although there may be one."""


class RecordsRefusals(Protocol):
    """What keeps a refusal; see `crawler.fetch.refusals`."""

    async def record(self, request: Request, kind: FailureKind, detail: str) -> object:
        """Keep that `request` was not made."""


class KeepsPace(Protocol):
    """What slows a host down; see `crawler.fetch.pace`."""

    def wish(self, host: str, site: str, crawl_delay_s: float | None) -> None:
        """Note what a site asks of its host's slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is known of one site's robots.txt until `expires_at` (of the monotonic clock)."""

    state: str
    """`ALLOWED` where there are rules to ask, else `UNAVAILABLE` or `UNREACHABLE`."""
    detail: str
    expires_at: float
    rules: RobotsRules | None = None
    why_not: FailureKind = FailureKind.ROBOTS_DENIED
    """The kind of failure that a page is which is not asked for under this policy."""

    def verdict(self, url: str) -> str:
        """`ALLOWED`, `DENIED`, `UNAVAILABLE` (so allowed) or `UNREACHABLE` (so denied)."""
        if self.rules is not None and not self.rules.allows(url):
            return DENIED
        return self.state


class RobotsMiddleware:
    """Lets no request pass that robots.txt forbids. Stands first, at 100, in Scrapy's place.

    Pages, posts, media, shorteners and every redirect hop are asked for; `meta` says afterwards
    what the answer was. robots.txt is fetched once a site (scheme, host,
    port) and day, through the engine, so that it is paced and kept like everything else.

    - 2xx: the first 500 KiB are obeyed. 4xx: allowed. More than five redirects, or one that leads
      nowhere: allowed, as section 2.3.1.2 permits. Redirects are HopMiddleware's work.
    - 5xx and whatever else kept it from coming: all is forbidden, and asked again after ten
      minutes. So is 429: RFC 9309 counts it among 4xx, but a host that says "too many requests"
      has not said "come in".

    Setting `DATELINE_ROBOTS_OVERRIDES`: host name to the written reason for going past its
    refusal. It is used only where robots.txt refuses, and the reason is recorded.

    Raises: RobotsDenied, after the refusal is recorded.
    """

    def __init__(
        self,
        *,
        download: Callable[[Request], Awaitable[Response]],
        refusals: RecordsRefusals,
        pace: KeepsPace,
        stats: StatsCollector,
        token: str,
        overrides: Mapping[str, str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._download = download
        self._refusals = refusals
        self._pace = pace
        self._stats = stats
        self._token = token
        self._overrides = overrides
        self._clock = clock
        self._policies: OrderedDict[str, asyncio.Task[Policy]] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wire the middleware to `crawler`.

        Raises: ConfigError where an override has no reason, or no token can be told.
        """

        async def download(request: Request) -> Response:
            return await crawler.engine.download_async(request)

        return cls(
            download=download,
            refusals=Refusals(crawler),
            pace=pace_of(crawler),
            stats=crawler.stats,
            token=product_token(crawler.settings),
            overrides=overrides_of(crawler.settings),
        )

    async def process_request(self, request: Request) -> None:
        """Pass what may be asked for, with its verdict; refuse the rest."""
        if request.meta.get(EXEMPT):
            return
        site, host = _site_of(request.url)
        policy = await self._policy_of(site, host, request.url)
        verdict = policy.verdict(request.url)
        request.meta[ROBOTS] = verdict
        if verdict in {ALLOWED, UNAVAILABLE}:
            return
        if reason := self._overrides.get(host):
            request.meta[ROBOTS] = f"overridden: {reason}"
            self._stats.inc_value("dateline/robots/overridden")
            return
        self._stats.inc_value("dateline/robots/denied")
        await self._refusals.record(request, policy.why_not, policy.detail)
        raise RobotsDenied(policy.detail)

    async def _policy_of(self, site: str, host: str, via: str) -> Policy:
        """The policy in force; whoever asks while it is fetched waits for the same fetch."""
        task = self._policies.get(site)
        if task is None or (task.done() and self._is_stale(task)):
            task = asyncio.ensure_future(self._fetch(site, host, via))
            self._policies[site] = task
        self._policies.move_to_end(site)
        # The fetch is everyone's: one who gives up waiting must not end it.
        return await asyncio.shield(task)

    def _is_stale(self, task: asyncio.Task[Policy]) -> bool:
        return (
            task.cancelled()
            or task.exception() is not None
            or task.result().expires_at <= self._clock()
        )

    async def _fetch(self, site: str, host: str, via: str) -> Policy:
        began_at = self._clock()
        request = Request(
            f"{site}/robots.txt",
            callback=NO_CALLBACK,
            meta={EXEMPT: True, "redirect_ttl": _REDIRECTS, **origin_meta("robots", via=via)},
        )
        rules = None
        why_not = FailureKind.ROBOTS_UNREACHABLE
        try:
            response = await self._download(request)
        except (CrawlClosing, ArchiveError):
            raise  # nothing is known of the site
        except RedirectRefused as error:
            state, detail = UNAVAILABLE, f"{request.url}: {error}"
        except Exception as error:  # noqa: BLE001 - whatever it was, robots.txt could not be had
            cause = one_line(str(error)) or type(error).__name__
            state, detail = UNREACHABLE, f"{request.url} could not be had: {cause}"
            if isinstance(error, AddressRefused) and error.host == host:
                why_not = FailureKind.ADDRESS_REFUSED  # as the page itself would be
        else:
            state, detail = _judge(response, request.url)
            if state == ALLOWED:
                rules = RobotsRules.parse(response.body, self._token)
                why_not = FailureKind.ROBOTS_DENIED
        self._stats.inc_value("dateline/robots/fetched")
        if state != ALLOWED:
            self._stats.inc_value(f"dateline/robots/{state}")
        if state == UNREACHABLE:
            logger.warning("nothing is asked of %r for now: %s", site, detail)
        self._pace.wish(host, site, rules.crawl_delay_s if rules is not None else None)
        self._make_room(rules.size if rules is not None else 0)
        kept_s = _FAILURE_KEPT_S if state == UNREACHABLE else _KEPT_S
        return Policy(
            state=state,
            detail=detail,
            rules=rules,
            why_not=why_not,
            expires_at=began_at + kept_s,
        )

    def _make_room(self, coming: int) -> None:
        """Forget the sites unused for longest where there are too many, or too many rules."""
        sizes = {site: _size(task) for site, task in self._policies.items()}
        rules = sum(sizes.values()) + coming
        for site, size in sizes.items():
            if len(self._policies) <= _MOST_SITES and rules <= _MOST_RULES:
                break
            if self._policies[site].done():
                del self._policies[site]
                rules -= size


def product_token(settings: BaseSettings) -> str:
    """The token that robots.txt knows us by: `ROBOTSTXT_USER_AGENT`, or how `USER_AGENT` begins.

    Raises: ConfigError where there is none.
    """
    agent = str(settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"] or "")
    token = agent.partition("/")[0].strip()
    if not token.isascii() or not token.replace("-", "").replace("_", "").isalnum():
        raise ConfigError(
            "ROBOTSTXT_USER_AGENT must be a product token (letters, digits, `-`, `_`),"
            f" or USER_AGENT begin with one: {agent[:80]!r}"
        )
    return token


def overrides_of(settings: BaseSettings) -> dict[str, str]:
    """Host name, lower-case, to the reason why its robots.txt may be passed over.

    Raises: ConfigError where a reason is missing, too long or not one line.
    """
    overrides = {}
    for host, reason in settings.getdict("DATELINE_ROBOTS_OVERRIDES").items():
        text = reason.strip() if isinstance(reason, str) else ""
        if not text or not text.isprintable() or len(text) > _LONGEST_REASON:
            raise ConfigError(
                f"DATELINE_ROBOTS_OVERRIDES: {str(host)[:80]!r} needs a written reason,"
                f" one line of at most {_LONGEST_REASON} characters"
            )
        overrides[str(host).lower()] = text
    return overrides


def _judge(response: Response, url: str) -> tuple[str, str]:
    """What the answer for the robots.txt at `url` means, and the words for a refusal by it."""
    status = response.status
    if status == 429 or status >= 500:
        return UNREACHABLE, f"{url} could not be had: HTTP {status}"
    if status >= 300:
        return UNAVAILABLE, f"{url} answers HTTP {status}"
    # Rules may be missing. Of a long plain body the beginning is enough; of a long encoded one
    # the handler gives nothing, and of one that cannot be decoded nobody does.
    is_cut = "body-capped" in response.flags and not response.body
    if is_cut or not {"dataloss", UNDECODED}.isdisjoint(response.flags):
        return UNREACHABLE, f"{url} could not be had whole"
    return ALLOWED, f"forbidden by {url}"


def _site_of(url: str) -> tuple[str, str]:
    """Scheme, host and port of `url` as one text, and the host alone. Raises: ValueError."""
    destination = Destination.of(url)
    scheme = "https" if destination.is_tls else "http"
    return f"{scheme}://{destination.host_header.decode('ascii')}", destination.host


def _size(task: asyncio.Task[Policy]) -> int:
    if not task.done() or task.cancelled() or task.exception() is not None:
        return 0
    rules = task.result().rules
    return rules.size if rules is not None else 0
