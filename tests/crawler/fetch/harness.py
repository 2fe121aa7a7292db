"""Runs real crawls in a process of their own, and says what they recorded.

A reactor starts only once in a process, so tests hand over plans and get plain values back:
`run({"name": {"settings": {…}, "requests": [{"url": …}]}})`. What stands under a request's `then`
is asked for when it is over. Every warning in there is an error.
"""

import base64
import json
import logging
import resource
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import StopDownload
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.reactor import install_reactor

from archive import Capture, CaptureKind, Exchange, Locator, StoreUnavailable
from crawler.fetch.recorder import provide_recorder
from tests.prepared import Forked

ROOT = Path(__file__).parents[3]
HANDLER = "crawler.fetch.handler.CapturingDownloadHandler"
SETTINGS = {
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
    "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
    "RETRY_TIMES": 1,
    "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
    "REDIRECT_MAX_TIMES": 3,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_TIMEOUT": 20,
    "LOG_ENABLED": False,
}


@dataclass(frozen=True)
class Crawled:
    """One crawl: recorded exchanges and outcomes of requests as dicts, statistics, peak memory."""

    exchanges: list[dict[str, Any]]
    outcomes: list[dict[str, Any]]
    stats: dict[str, Any]
    peak_kib: int

    def exchange(self, url: str) -> dict[str, Any]:
        """The only exchange of `url`."""
        [exchange] = self.all_of(url)
        return exchange

    def all_of(self, url: str) -> list[dict[str, Any]]:
        """The exchanges of `url`, in their order."""
        return [exchange for exchange in self.exchanges if exchange["url"] == url]

    def outcome(self, url: str) -> dict[str, Any]:
        """What the spider got of its only request for `url`."""
        [outcome] = [outcome for outcome in self.outcomes if outcome["asked"] == url]
        return outcome


def run(plans: dict[str, dict[str, Any]], *, timeout_s: float = 100) -> dict[str, Crawled]:
    """Run the plans, one after the other, in one fresh process that must log nothing bad."""
    process = Forked(main, cwd=ROOT, given=json.dumps(plans, default=_plain).encode())
    out, err = process.communicate(timeout_s)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    assert "Warning" not in err, err
    crawls = json.loads(out, object_hook=_revived)
    return {name: Crawled(**crawl) for name, crawl in crawls.items()}


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return {"b64": base64.b64encode(value).decode("ascii")}
    return str(value)


def _revived(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["b64"]) if value.keys() == {"b64"} else value


def _dict_of(value: Any) -> dict[str, Any] | None:
    return value and {each.name: getattr(value, each.name) for each in fields(value)}


class MemoryRecorder:
    """Keeps exchanges as dicts; drains and closes their blocks."""

    run_id = "run-1"

    def __init__(self, plan: dict[str, Any]) -> None:
        self._room = plan.get("store_room", sys.maxsize)
        self._keeps_bytes = plan.get("keeps_bytes", True)
        self.exchanges: list[dict[str, Any]] = []

    def fail(self, error: StoreUnavailable) -> None:
        self.exchanges.append({"lost": str(error)})

    async def keep(self, exchange: Exchange) -> Capture:
        if len(self.exchanges) >= self._room:
            raise StoreUnavailable("the disk is full")
        facts = _dict_of(exchange)
        assert facts is not None
        facts |= {name: _dict_of(facts[name]) for name in ("origin", "failure", "tls")}
        facts["response_bytes"] = 0
        if exchange.response is not None:
            facts["response"] = self._drained(exchange)
            facts["response_bytes"] = exchange.response.size
            exchange.response.close()
        self.exchanges.append(facts)
        return Capture(
            record_id=f"urn:uuid:{len(self.exchanges)}",
            kind=CaptureKind.FAILURE if exchange.response is None else CaptureKind.RESPONSE,
            url=exchange.url,
            method=exchange.method,
            captured_at=exchange.began_at,
            run_id=self.run_id,
            locator=Locator(warc="memory", offset=len(self.exchanges), length=1),
            status=exchange.status,
        )

    def _drained(self, exchange: Exchange) -> bytes:
        assert exchange.response is not None
        if self._keeps_bytes:
            return b"".join(exchange.response.chunks())
        assert sum(map(len, exchange.response.chunks())) == exchange.response.size
        return b""


class ProvideRecorder:
    """Provides the crawl's recorder before its engine is built."""

    @classmethod
    def from_crawler(cls, crawler):
        provide_recorder(crawler, crawler.settings["RECORDER"])
        return cls()


class PlannedSpider(scrapy.Spider):
    """Asks for what a plan says, and notes what it gets."""

    name = "planned"

    def __init__(self, plan: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.outcomes: list[dict[str, Any]] = []

    async def start(self):
        for asked in self.plan["requests"]:
            yield self.request(asked)

    def request(self, asked, meta=None):
        return scrapy.Request(
            asked["url"],
            method=asked.get("method", "GET"),
            body=asked.get("body", b""),
            headers=asked.get("headers"),
            meta={**(meta or {}), **asked.get("meta", {})},
            dont_filter=True,
            callback=self.parse,
            errback=self.fail,
            cb_kwargs={"asked": asked},
        )

    def parse(self, response, asked):
        self.outcomes.append(
            {
                "asked": asked["url"],
                "url": response.url,
                "status": response.status,
                "body": response.body if self.plan.get("keeps_bytes", True) else b"",
                "body_bytes": len(response.body),
                "kind": type(response).__name__,
                "flags": response.flags,
                "header_names": [name.decode("ascii") for name in response.headers],
                "captures": [c.record_id for c in response.meta["dateline_captures"]],
                "capture": response.meta["dateline_capture"].record_id,
                "ip_address": str(response.ip_address),
                "has_certificate": response.certificate is not None,
                "error": None,
            }
        )
        if "then" in asked:
            yield self.request(asked["then"], response.meta if asked.get("shares_meta") else None)

    def fail(self, failure):
        asked = failure.request.cb_kwargs["asked"]
        captures = failure.request.meta.get("dateline_captures", ())
        self.outcomes.append(
            {
                "asked": asked["url"],
                "body": None,
                "error": type(failure.value).__name__,
                "detail": str(failure.value),
                "captures": [capture.record_id for capture in captures],
            }
        )
        if "then" in asked:
            yield self.request(asked["then"])


async def _crawl(plan: dict[str, Any]) -> dict[str, Any]:
    recorder = MemoryRecorder(plan)
    runner = AsyncCrawlerRunner(
        {
            **SETTINGS,
            "EXTENSIONS": {ProvideRecorder: 0},
            "RECORDER": recorder,
            **plan.get("settings", {}),
        }
    )
    crawler = runner.create_crawler(PlannedSpider)

    def stop(**_: object) -> None:
        raise StopDownload(fail=plan.get("stop_fails", False))

    if "stop_on" in plan:
        crawler.signals.connect(stop, getattr(signals, plan["stop_on"]))
    await runner.crawl(crawler, plan=plan)
    stats = crawler.stats.get_stats()
    return {
        "exchanges": recorder.exchanges,
        "outcomes": crawler.spider.outcomes,
        "stats": {name: value for name, value in stats.items() if isinstance(value, int)},
        "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


async def _crawl_all(plans: dict[str, dict[str, Any]]) -> None:
    crawled = {name: await _crawl(plan) for name, plan in plans.items()}
    json.dump(crawled, sys.stdout, default=_plain)


def main() -> None:
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet.task import react
    from twisted.python.log import PythonLoggingObserver

    logging.basicConfig(level=logging.WARNING)
    PythonLoggingObserver().start()
    plans = json.load(sys.stdin, object_hook=_revived)
    react(lambda _: deferred_from_coro(_crawl_all(plans)))
