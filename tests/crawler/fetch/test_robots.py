import asyncio

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from archive import FailureKind, StoreUnavailable
from crawler.demo.server import reply
from crawler.errors import ConfigError
from crawler.fetch.redirects import RedirectRefused
from crawler.fetch.refusals import CrawlClosing
from crawler.fetch.robots import (
    EXEMPT,
    RobotsDenied,
    RobotsMiddleware,
    overrides_of,
    product_token,
)
from tests.crawler.fetch.polite_crawl import crawl

ROBOTS = "http://a.test/robots.txt"
RULES = b"User-agent: dateline\nDisallow: /private\n"


def answer(status=200, body=b"", flags=()):
    return Response("http://replaced.test", status=status, body=body, flags=list(flags))


class CountingStats(StatsCollector):
    def __init__(self):
        self._stats = {}


class ListRefusals:
    def __init__(self):
        self.kept = []

    async def record(self, request, kind, detail):
        self.kept.append((request.url, request.meta.get("dateline_robots"), kind, detail))


class Wishes(dict):
    def wish(self, host, site, crawl_delay_s):
        self[host, site] = crawl_delay_s


class Bench:
    """A middleware among fakes: `answers` maps a URL to a response or an error, or is a call."""

    def __init__(self, answers, overrides=None):
        self.answers = answers
        self.fetched = []
        self.now = 1000.0
        self.stats = CountingStats()
        self.refusals = ListRefusals()
        self.wishes = Wishes()
        self.gate = asyncio.Event()
        self.gate.set()
        self.middleware = RobotsMiddleware(
            download=self.download,
            refusals=self.refusals,
            pace=self.wishes,
            stats=self.stats,
            token="Dateline",
            overrides=overrides or {},
            clock=lambda: self.now,
        )

    async def download(self, request):
        self.fetched.append(request)
        await self.gate.wait()
        answer = self.answers(request) if callable(self.answers) else self.answers[request.url]
        if isinstance(answer, Exception):
            raise answer
        return answer.replace(url=request.url)

    async def ask(self, url, **meta):
        """The verdict in meta, or the refusal's text."""
        request = Request(url, meta=meta)
        try:
            await self.middleware.process_request(request)
        except RobotsDenied as error:
            return f"denied: {error}"
        return request.meta.get("dateline_robots")


def test_pages_are_allowed_and_denied_by_the_rules_of_their_own_site():
    async def scenario():
        bench = Bench(
            {
                "http://a.test/robots.txt": answer(body=RULES),
                "https://a.test/robots.txt": answer(body=b""),
                "http://a.test:8080/robots.txt": answer(body=b"User-agent: *\nDisallow: /"),
                "http://[2001:db8::1]/robots.txt": answer(body=b""),
            }
        )
        assert await bench.ask("http://A.test/story") == "allowed"
        assert (await bench.ask("http://a.test:80/private/1")).startswith("denied")
        assert await bench.ask("https://a.test/private/1") == "allowed"
        assert (await bench.ask("http://a.test:8080/story")).startswith("denied")
        assert await bench.ask("http://user:word@[2001:db8::1]/story") == "allowed"
        assert bench.refusals.kept[0] == (
            "http://a.test:80/private/1",
            "denied",
            FailureKind.ROBOTS_DENIED,
            "forbidden by http://a.test/robots.txt",
        )
        assert len(bench.fetched) == 4

    asyncio.run(scenario())


def test_robots_txt_itself_needs_no_permission_and_says_how_it_was_found():
    async def scenario():
        bench = Bench({"http://a.test/robots.txt": answer()})
        await bench.ask("http://a.test/story")
        (request,) = bench.fetched
        assert request.meta[EXEMPT]
        assert request.meta["dateline_found_by"] == "robots"
        assert request.meta["dateline_via"] == "http://a.test/story"
        await bench.middleware.process_request(request)
        assert "dateline_robots" not in request.meta
        assert len(bench.fetched) == 1

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("got", "verdict"),
    [
        (answer(404), "unavailable"),
        (answer(401), "unavailable"),
        (answer(403), "unavailable"),
        (answer(204), "allowed"),
        (answer(302), "unavailable"),
        (answer(304), "unavailable"),
        (RedirectRefused("not followed: 5 redirects are enough"), "unavailable"),
        (answer(body=RULES, flags=["partial"]), "allowed"),
        (answer(body=RULES, flags=["body-capped"]), "allowed"),
        (answer(flags=["body-capped"]), f"denied: {ROBOTS} could not be had whole"),
        (answer(flags=["body-undecoded"]), f"denied: {ROBOTS} could not be had whole"),
        (answer(body=RULES, flags=["dataloss"]), f"denied: {ROBOTS} could not be had whole"),
        (answer(429), f"denied: {ROBOTS} could not be had: HTTP 429"),
        (answer(500), f"denied: {ROBOTS} could not be had: HTTP 500"),
        (answer(503), f"denied: {ROBOTS} could not be had: HTTP 503"),
        (OSError("no\nroute"), f"denied: {ROBOTS} could not be had: no?route"),
        (TimeoutError(), f"denied: {ROBOTS} could not be had: TimeoutError"),
    ],
)
def test_status_of_robots_txt_decides(got, verdict):
    async def scenario():
        bench = Bench({"http://a.test/robots.txt": got})
        assert await bench.ask("http://a.test/story") == verdict
        if verdict.startswith("denied"):
            ((_, robots, kind, _),) = bench.refusals.kept
            assert (robots, kind) == ("unreachable", FailureKind.ROBOTS_UNREACHABLE)
            assert bench.stats.get_value("dateline/robots/denied") == 1
            assert bench.stats.get_value("dateline/robots/unreachable") == 1

    asyncio.run(scenario())


def test_whoever_asks_meanwhile_waits_for_the_same_fetch():
    async def scenario():
        bench = Bench({"http://a.test/robots.txt": answer(body=RULES)})
        bench.gate.clear()
        asked = [asyncio.ensure_future(bench.ask(f"http://a.test/{n}")) for n in range(9)]
        asked.append(asyncio.ensure_future(bench.ask("http://a.test/private")))
        await asyncio.sleep(0)
        asked[0].cancel()  # the first, who began the fetch, gives up
        await asyncio.sleep(0)
        bench.gate.set()
        verdicts = await asyncio.gather(*asked[1:])
        assert verdicts[:-1] == ["allowed"] * 8
        assert verdicts[-1].startswith("denied")
        assert len(bench.fetched) == 1

    asyncio.run(scenario())


def test_rules_are_asked_for_again_after_a_day():
    async def scenario():
        bench = Bench({"http://a.test/robots.txt": answer(body=RULES)})
        assert await bench.ask("http://a.test/story") == "allowed"
        bench.answers["http://a.test/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /")
        bench.now += 24 * 3600 - 1
        assert await bench.ask("http://a.test/story") == "allowed"
        bench.now += 1
        assert (await bench.ask("http://a.test/story")).startswith("denied")
        assert len(bench.fetched) == 2

    asyncio.run(scenario())


def test_a_failure_is_remembered_for_ten_minutes_only():
    async def scenario():
        bench = Bench({"http://a.test/robots.txt": answer(500)})
        for _ in range(3):
            assert (await bench.ask("http://a.test/story")).startswith("denied")
        assert len(bench.fetched) == 1
        bench.answers["http://a.test/robots.txt"] = answer(404)
        bench.now += 600
        assert await bench.ask("http://a.test/story") == "unavailable"

    asyncio.run(scenario())


@pytest.mark.parametrize("error", [CrawlClosing("over"), StoreUnavailable("disk full")])
def test_what_says_nothing_of_the_site_is_neither_a_denial_nor_remembered(error):
    async def scenario():
        bench = Bench({"http://a.test/robots.txt": error})
        with pytest.raises(type(error)):
            await bench.ask("http://a.test/story")
        assert bench.refusals.kept == []
        bench.answers["http://a.test/robots.txt"] = answer()
        assert await bench.ask("http://a.test/story") == "allowed"

    asyncio.run(scenario())


def test_override_serves_only_where_robots_txt_refuses_and_names_its_reason():
    async def scenario():
        bench = Bench(
            {
                "http://a.test/robots.txt": answer(body=RULES),
                "http://b.test/robots.txt": answer(503),
                "http://c.test/robots.txt": answer(503),
            },
            overrides={"a.test": "court order 7", "b.test": "owner's consent of 2 May"},
        )
        assert await bench.ask("http://a.test/story") == "allowed"
        assert await bench.ask("http://a.test/private") == "overridden: court order 7"
        assert await bench.ask("http://b.test/x") == "overridden: owner's consent of 2 May"
        assert (await bench.ask("http://c.test/x")).startswith("denied")
        assert bench.stats.get_value("dateline/robots/overridden") == 2
        assert len(bench.refusals.kept) == 1

    asyncio.run(scenario())


def test_memory_is_bounded_in_sites_and_in_rules():
    def hostile(_):
        return answer(body=b"User-agent: *\n" + b"".join(b"Allow: /%d\n" % n for n in range(30000)))

    async def scenario():
        many = Bench(lambda _: answer(404))
        for n in range(1100):
            await many.ask(f"http://h{n}.test/")
        assert len(many.middleware._policies) <= 1001
        await many.ask("http://h1099.test/")
        assert len(many.fetched) == 1100  # the last ones are still known
        large = Bench(hostile)
        for n in range(8):
            await large.ask(f"http://h{n}.test/")
        assert sum(task.result().rules.size for task in large.middleware._policies.values()) <= 2e5
        assert len(large.middleware._policies) == 6

    asyncio.run(scenario())


def test_crawl_delay_is_passed_on():
    async def scenario():
        bench = Bench(
            {
                "http://a.test/robots.txt": answer(body=b"User-agent: *\nCrawl-delay: 7"),
                "http://b.test:81/robots.txt": answer(404),
            }
        )
        await bench.ask("http://a.test/story")
        await bench.ask("http://b.test:81/story")
        assert bench.wishes == {
            ("a.test", "http://a.test"): 7.0,
            ("b.test", "http://b.test:81"): None,
        }

    asyncio.run(scenario())


@pytest.mark.parametrize("reason", ["", "  ", None, 3, "two\nlines", "x" * 301])
def test_an_override_without_a_written_reason_is_a_configuration_error(reason):
    settings = Settings({"DATELINE_ROBOTS_OVERRIDES": {"a.test": reason}})
    with pytest.raises(ConfigError, match=r"DATELINE_ROBOTS_OVERRIDES: 'a\.test' needs"):
        overrides_of(settings)


def test_overrides_are_by_host_in_any_case():
    settings = Settings({"DATELINE_ROBOTS_OVERRIDES": {"A.Test": " consent "}})
    assert overrides_of(settings) == {"a.test": "consent"}


def test_the_product_token_is_that_of_the_user_agent_unless_named():
    assert product_token(Settings({"USER_AGENT": "Dateline/0.1 (+https://x.test)"})) == "Dateline"
    named = {"USER_AGENT": "Mozilla/5.0 (Dateline)", "ROBOTSTXT_USER_AGENT": "Dateline"}
    assert product_token(Settings(named)) == "Dateline"
    for bad in ("", "News Bot/1.0", "/1.0", "Zeitungsleserin-für-alle"):
        with pytest.raises(ConfigError):
            product_token(Settings({"USER_AGENT": bad}))


def moved(place):
    return reply(status="301 Moved Permanently", headers=[("Location", place)])


def test_a_crawl_obeys_robots_txt_on_every_site_and_hop():
    hosts = ["open.test", "closed.test", "none.test", "broken.test", "moved.test"]
    robots = {
        "open.test": reply(RULES, content_type="text/plain"),
        "closed.test": reply(b"User-agent: *\nDisallow: /", content_type="text/plain"),
        "none.test": reply(status="404 Not Found"),
        "broken.test": reply(status="500 Internal Server Error"),
        "moved.test": moved("http://open.test/robots.txt"),
    }

    def world(asked):
        if asked.path == "/robots.txt":
            return robots[asked.host]
        return moved("/private/target") if asked.path == "/hop" else reply(b"<p>page")

    done = crawl(
        world,
        hosts,
        [
            "http://open.test/story",
            "http://open.test/private/1",
            {"url": "http://open.test/private/post", "method": "POST"},
            "http://open.test/hop",
            "https://open.test/story",
            "http://closed.test/story",
            "http://none.test/story",
            "http://broken.test/story",
            "http://moved.test/private/2",
            "http://dead.test/story",
        ],
        DATELINE_ROBOTS_OVERRIDES={"closed.test": "we publish it ourselves"},
        RETRY_TIMES=1,
    )
    got = {event["url"]: event for event in done.events}
    assert got["http://open.test/story"]["robots"] == "allowed"
    assert got["https://open.test/story"]["robots"] == "allowed"
    assert got["http://closed.test/story"]["robots"] == "overridden: we publish it ourselves"
    assert got["http://none.test/story"]["robots"] == "unavailable"
    denied = {url for url, event in got.items() if event.get("error") == "RobotsDenied"}
    assert denied == {
        "http://open.test/private/1",
        "http://open.test/private/post",
        "http://open.test/private/target",
        "http://broken.test/story",
        "http://moved.test/private/2",
        "http://dead.test/story",
    }
    # Nothing that was denied was asked for, and each site's robots.txt only once, or once retried.
    assert not any("private" in path for _, path in done.asked)
    assert ("broken.test", "/story") not in done.asked
    assert done.asked.count(("broken.test", "/robots.txt")) == 2
    assert done.asked.count(("open.test", "/robots.txt")) == 3  # http, https, and as moved.test's
    # Every denial is kept, and so are robots.txt and what the record of a page says of it.
    refused = {each["url"]: each for each in done.refused}
    assert set(refused) == denied
    assert len(done.refused) == 6
    assert {each["request"] for each in done.refused} == {""}
    unreachable = {url for url, each in refused.items() if each["kind"] == "robots-unreachable"}
    assert unreachable == {"http://broken.test/story", "http://dead.test/story"}
    assert {refused[url]["kind"] for url in denied - unreachable} == {"robots-denied"}
    hop = refused["http://open.test/private/target"]
    assert (hop["found_by"], hop["robots"]) == ("redirect", "denied")
    assert hop["via"] == hop["requested_url"] == "http://open.test/hop"
    assert refused["http://dead.test/story"]["robots"] == "unreachable"
    assert refused["http://dead.test/story"]["detail"].startswith(
        "http://dead.test/robots.txt could not be had: "
    )
    captured = {each["url"]: each for each in done.captured}
    assert captured["http://closed.test/story"]["robots"].startswith("overridden: we publish")
    robots_txt = captured["http://none.test/robots.txt"]
    assert (robots_txt["found_by"], robots_txt["robots"]) == ("robots", None)
    assert robots_txt["via"] == "http://none.test/story"
    tries = [each["attempt"] for each in done.captured if "broken.test" in each["url"]]
    assert tries == [1, 2]
    assert done.stats["dateline/robots/denied"] == 6
    assert done.stats["dateline/robots/unreachable"] == 2


def test_five_redirects_of_robots_txt_are_followed_across_hosts_and_a_sixth_is_not():
    hosts = [f"h{n}.test" for n in range(7)]

    def world(asked):
        if asked.path != "/robots.txt":
            return reply(b"<p>page")
        if asked.host == "h6.test":
            return reply(b"User-agent: *\nDisallow: /", content_type="text/plain")
        return moved(f"http://h{int(asked.host[1]) + 1}.test/robots.txt")

    done = crawl(world, hosts, ["http://h0.test/six-away", "http://h1.test/five-away"])
    got = {event["url"]: event for event in done.events}
    assert got["http://h1.test/five-away"]["error"] == "RobotsDenied"
    assert got["http://h0.test/six-away"]["robots"] == "unavailable"
    last = [each for each in done.captured if each["url"] == "http://h6.test/robots.txt"]
    assert [each["requested_url"] for each in last] == ["http://h1.test/robots.txt"]
    not_followed = [each for each in done.refused if each["kind"] == "not-followed"]
    assert [each["detail"] for each in not_followed] == ["not followed: 5 redirects are enough"]
    assert done.stats["dateline/robots/unavailable"] == 1
