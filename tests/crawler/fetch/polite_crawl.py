"""A polite crawl of a scripted world, in a process of its own (a reactor runs once a process).

`main` runs in there: a plan in JSON on its stdin, what happened in JSON on its stdout.
Every host of the web leads into the world.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.spidermiddlewares.httperror import HttpError

from archive import Capture, CaptureKind, FailureKind, Locator
from crawler.demo.server import WorldServer
from crawler.fetch.recorder import provide_recorder
from tests.prepared import Forked

HANDLER = "crawler.fetch.handler.CapturingDownloadHandler"
SETTINGS = {
    "LOG_LEVEL": "INFO",
    "USER_AGENT": "Dateline/0.1 (+https://example.org/bot)",
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "METAREFRESH_MAXDELAY": 1,
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 5,
    "DATELINE_BACKOFF_S": 0.1,
    "SCHEDULER_PRIORITY_QUEUE": "crawler.fetch.queue.HostQueue",
    "DUPEFILTER_CLASS": "crawler.fetch.fingerprint.UrlDupeFilter",
    "REQUEST_FINGERPRINTER_CLASS": "crawler.fetch.fingerprint.CanonicalFingerprinter",
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
        "crawler.fetch.redirects.WebOnlyMiddleware": 10,
        "crawler.fetch.robots.RobotsMiddleware": 100,
        "crawler.fetch.backoff.BackoffMiddleware": 560,
        "crawler.fetch.refresh.RefreshMiddleware": 580,
        "crawler.fetch.redirects.HopMiddleware": 600,
    },
}


ROOT = Path(__file__).parents[3]


def crawl(world, hosts, requests, **settings):
    """Crawl `requests`: URLs, or dicts of a URL and what else a request has.

    Gives the spider's events, refusals, captures and stats, what the server was asked, and
    Scrapy's log. Nobody answers at the host `dead.test`.
    """
    log = []
    with WorldServer(world, hosts=hosts, log=log.append) as server:
        steps = [{"url": step} if isinstance(step, str) else step for step in requests]
        settings["DATELINE_CONNECT_TO"] = ["dead.test::127.0.0.1:9", *server.connect_to()]
        settings["DATELINE_CACERT"] = str(server.ca_file)
        plan = json.dumps({"requests": steps, "settings": settings})
        process = Forked(main, cwd=ROOT, given=plan.encode())
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    told = json.loads(out)
    return SimpleNamespace(
        log=err,
        asked=[(served.host, served.path) for served in log],
        served=log,
        **told,
    )


REFUSALS = {
    FailureKind.ROBOTS_DENIED,
    FailureKind.ROBOTS_UNREACHABLE,
    FailureKind.LEFT_ALONE,
    FailureKind.NOT_FOLLOWED,
    FailureKind.NOT_THE_WEB,
}


class ListRecorder:
    run_id = "run-1"

    def __init__(self):
        self.exchanges = []

    async def keep(self, exchange):
        self.exchanges.append(exchange)
        return Capture(
            record_id=f"urn:uuid:{len(self.exchanges)}",
            kind=CaptureKind.FAILURE,
            url=exchange.url,
            method=exchange.method,
            captured_at=exchange.began_at,
            run_id=self.run_id,
            locator=Locator(warc="none", offset=0, length=0),
        )


class PlannedSpider(Spider):
    name = "planned"

    async def start(self):
        for step in self.plan["requests"]:
            yield Request(
                step["url"],
                method=step.get("method", "GET"),
                meta=step.get("meta", {}),
                dont_filter=step.get("dont_filter", False),
                callback=self.parse,
                errback=self.failed,
            )

    def parse(self, response):
        self.events.append(
            {
                "url": response.url,
                "status": response.status,
                "body": response.text,
                "robots": response.meta.get("dateline_robots"),
                "slot": response.meta.get("download_slot"),
                "retries": response.meta.get("retry_times", 0),
                "at": time.time(),
            }
        )
        if response.meta.get("then_close"):
            asyncio.get_running_loop().create_task(
                self.crawler.engine.close_spider_async(reason="enough")
            )

    def failed(self, failure):
        error = failure.value
        status = error.response.status if isinstance(error, HttpError) else None
        self.events.append(
            {
                "url": failure.request.url,
                "error": type(error).__name__,
                "detail": str(error),
                "status": status,
                "at": time.time(),
            }
        )


def is_refusal(exchange):
    return exchange.failure is not None and exchange.failure.kind in REFUSALS


def told(exchange):
    origin, failure = exchange.origin, exchange.failure
    return {
        "url": exchange.url,
        "kind": failure and failure.kind,
        "detail": failure and failure.detail,
        "request": exchange.request.decode("latin-1"),
        "robots": origin.robots,
        "found_by": origin.found_by,
        "via": origin.via,
        "requested_url": origin.requested_url,
        "attempt": origin.attempt,
    }


def main():
    plan = json.load(sys.stdin)
    process = AsyncCrawlerProcess({**SETTINGS, **plan.get("settings", {})})
    crawler = process.create_crawler(PlannedSpider)
    recorder = ListRecorder()
    provide_recorder(crawler, recorder)
    events = []

    process.crawl(crawler, plan=plan, events=events)
    process.start()
    json.dump(
        {
            "events": events,
            "refused": [told(each) for each in recorder.exchanges if is_refusal(each)],
            "captured": [told(each) for each in recorder.exchanges if not is_refusal(each)],
            "stats": {
                key.removesuffix("_time_seconds"): value
                for key, value in crawler.stats.get_stats().items()
            },
        },
        sys.stdout,
        default=str,
    )
