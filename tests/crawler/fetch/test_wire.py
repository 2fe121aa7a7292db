"""Every misbehaviour over both schemes: each recorded exchange is what the server logged."""

from collections import defaultdict

import pytest

from crawler.demo.server import Served, WorldServer
from tests.crawler.fetch.harness import Crawled, run
from tests.world.misbehaviour import ROUTES, misbehave

HOSTS = {"http": "plain.example", "https": "safe.example"}
EVERYWHERE = [(scheme, path) for scheme in HOSTS for path in ROUTES]


def url_of(scheme: str, path: str) -> str:
    return f"{scheme}://{HOSTS[scheme]}{path}"


@pytest.fixture(scope="module")
def wire() -> tuple[Crawled, list[Served]]:
    log: list[Served] = []
    requests = [
        {
            "url": url_of(scheme, path),
            "method": ROUTES[path].method,
            "body": ROUTES[path].send,
            "meta": {"download_timeout": ROUTES[path].timeout_s},
        }
        for scheme, path in EVERYWHERE
    ]
    with WorldServer(misbehave, hosts=[*HOSTS.values()], log=log.append) as world:
        settings = {"DATELINE_CONNECT_TO": world.connect_to(), "DATELINE_CACERT": world.ca_file}
        crawls = run({"all": {"settings": settings, "requests": requests}})
    return crawls["all"], log


def test_every_exchange_is_what_the_server_logged_and_none_is_missing(wire):
    crawl, log = wire
    served = defaultdict(list)
    for each in log:
        served[each.is_tls, each.request].append(each)
    for exchange in sorted(crawl.exchanges, key=lambda each: each["began_at"]):
        partners = served[exchange["tls"] is not None, exchange["request"]]
        assert partners, f"nothing like it was served: {exchange['url']}"
        sent = partners.pop(0).response
        came = exchange["interim"] + (exchange["response"] or b"")
        if exchange["truncated"] in {"time", "unspecified"}:  # we went away first
            assert sent.startswith(came), exchange["url"]
        else:
            assert sent[: len(sent) - exchange["surplus_bytes"]] == came, exchange["url"]
    assert [left for rest in served.values() for left in rest] == []


def test_connections_and_their_order_are_those_that_the_server_saw(wire):
    crawl, log = wire
    seen = {(each.is_tls, each.request, each.nth) for each in log}
    took = {(e["tls"] is not None, e["request"], e["nth_on_connection"]) for e in crawl.exchanges}
    assert took == seen
    numbers = [(each["connection"], each["nth_on_connection"]) for each in crawl.exchanges]
    assert len(set(numbers)) == len(numbers)
    assert any(nth > 1 for _, nth in numbers)


@pytest.mark.parametrize(("scheme", "path"), EVERYWHERE)
def test_record_says_how_the_exchange_ended_and_the_spider_sees_the_page(wire, scheme, path):
    crawl, _ = wire
    route, url = ROUTES[path], url_of(scheme, path)
    first = crawl.all_of(url)[0]
    assert first["truncated"] == route.truncated
    assert (first["failure"] or {}).get("kind") == route.failure
    assert first["interim"] == route.interim
    assert first["surplus_bytes"] == len(route.surplus)
    if route.failure is None:
        assert first["status"] == route.status
    outcome = crawl.outcome(url)
    assert outcome["body"] == route.body
    assert (outcome["error"] is None) == (route.body is not None)


@pytest.mark.parametrize(("scheme", "path"), EVERYWHERE)
def test_head_ends_at_the_blank_line_of_the_final_response(wire, scheme, path):
    for exchange in wire[0].all_of(url_of(scheme, path)):
        if exchange["head_bytes"] is None:
            assert exchange["status"] is None
            continue
        head = exchange["response"][: exchange["head_bytes"]]
        assert head.startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))
        assert head.endswith((b"\r\n\r\n", b"\n\n"))
        assert head.count(b"\r\n\r\n") + head.count(b"\n\n") == 1


@pytest.mark.parametrize(("scheme", "path"), EVERYWHERE)
def test_each_try_and_each_hop_is_an_exchange_of_its_own(wire, scheme, path):
    crawl, _ = wire
    outcome = crawl.outcome(url_of(scheme, path))
    ends = {f"urn:uuid:{n}": exchange for n, exchange in enumerate(crawl.exchanges, start=1)}
    chain = [ends[outcome["captures"][-1]]]
    while chain[-1]["origin"]["via_record"] is not None:
        chain.append(ends[chain[-1]["origin"]["via_record"]])
    assert chain[-1]["url"] == url_of(scheme, path)
    assert chain[-1]["origin"]["found_by"] == "argument"
    # Twisted may try each once more, where the connection it reused turned out to be dead.
    assert len(chain) - ROUTES[path].tries in range(ROUTES[path].tries + 1)


def test_content_coded_responses_leave_no_coding_and_become_what_they_are(wire):
    for path in ("/gzip", "/br", "/zstd", "/deflate", "/gzip-chunked", "/gzip-twice"):
        outcome = wire[0].outcome(url_of("http", path))
        assert outcome["kind"] == "HtmlResponse"
        assert "Content-Encoding" not in outcome["header_names"]


def test_redirects_name_the_hop_before_and_the_url_first_asked_for(wire):
    crawl, _ = wire
    start = url_of("https", "/redirect-twice")
    middle = url_of("https", "/redirect?from=redirect-twice")
    [second] = crawl.all_of(middle)
    [third] = crawl.all_of(url_of("https", "/gzip?from=redirect-from=redirect-twice"))
    assert (second["origin"]["found_by"], third["origin"]["found_by"]) == ("redirect", "redirect")
    assert (second["origin"]["via"], third["origin"]["via"]) == (start, middle)
    assert second["origin"]["requested_url"] == third["origin"]["requested_url"] == start


def test_retries_are_counted_and_name_the_try_before(wire):
    first, second = wire[0].all_of(url_of("http", "/busy-once"))
    assert (first["status"], second["status"]) == (503, 200)
    assert (first["origin"]["attempt"], second["origin"]["attempt"]) == (1, 2)
    assert second["origin"]["found_by"] == "retry"
    assert second["origin"]["via_record"] is not None


def test_instants_are_in_order_and_carry_utc(wire):
    for exchange in wire[0].exchanges:
        assert exchange["began_at"] <= exchange["ended_at"]
        assert exchange["began_at"].endswith("+00:00")
