import asyncio

import pytest
from scrapy import Request

from archive import Head
from crawler.demo.server import reply
from crawler.fetch.redirects import WebOnlyMiddleware, why_not_web
from tests.crawler.fetch.polite_crawl import crawl


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.test/x", None),
        ("https://[2001:db8::1]:8443/", None),
        ("ftp://a.test/x", "not an http or https URL: 'ftp'"),
        ("javascript:alert(1)", "not an http or https URL: 'javascript'"),
        ("http:///x", "no host in ''"),
        ("http://a.test:99999/", "no port 99999"),
        ("http://[broken/", "no host in '[broken'"),
    ],
)
def test_only_web_addresses_are_asked_for(url, reason):
    assert why_not_web(url) == reason


def test_a_request_is_in_the_slot_of_its_own_host_whatever_its_meta_was_copied_from():
    request = Request("http://b.test/", meta={"download_slot": "a.test"})
    asyncio.run(WebOnlyMiddleware(refusals=None).process_request(request))
    assert "download_slot" not in request.meta


PLACES = {
    "/mail": "mailto:editor@a.test",
    "/file": "file:///etc/passwd",
    "/script": "javascript:alert(1)",
    "/broken": "http://[broken/",
    "/empty": "",
    "/port": "http://a.test:99999/",
}


def world(asked):  # noqa: PLR0911 - a table would say less
    if asked.path == "/robots.txt":
        return reply(status="404 Not Found")
    if asked.path in PLACES:
        return reply(status="302 Found", headers=[("Location", PLACES[asked.path])])
    if asked.path.startswith("/ring"):
        place = f"/ring{asked.path.count('x') * 'x'}x"
        return reply(status="301 Moved Permanently", headers=[("Location", place)])
    if asked.path == "/away":
        place = "http://b.test/there"
        status = "503 Service Unavailable" if asked.count == 1 else "302 Found"
        return reply(status=status, headers=[("Location", place)])
    if asked.path == "/two":
        return reply(status="302 Found", headers=[("Location", "/one"), ("Location", "/other")])
    if asked.path in REFRESHES:
        return reply(b"<p>wait", headers=[("Refresh", REFRESHES[asked.path])])
    if asked.path in MARKED:
        return reply(f'<meta http-equiv=refresh content="0;url={MARKED[asked.path]}">'.encode())
    return reply(b"<p>page")


REFRESHES = {
    "/refresh": "0; url=/shown?a=1&b=2",
    "/refresh-later": "30; url=/shown-later",
    "/refresh-itself": "0",
    "/refresh-script": "0;url=javascript:alert(1)",
}


MARKED = {
    "/marked": "/marked-shown",
    "/marked-script": "javascript:location.reload()",
    "/marked-broken": "http://[broken/",
    "/marked-mail": "mailto:editor@a.test",
}


@pytest.fixture(scope="module")
def done():
    return crawl(
        world,
        ["a.test", "b.test"],
        [
            *(f"http://a.test{path}" for path in PLACES),
            "http://a.test/ring",
            "http://a.test/away",
            "http://a.test/two",
            *(f"http://a.test{path}" for path in [*REFRESHES, *MARKED]),
            "ftp://a.test/x",
            "data:text/html,hello",
        ],
        REDIRECT_MAX_TIMES=3,
    )


def errors(done):
    return {
        event["url"].replace("http://a.test", ""): (event["error"], event["detail"])
        for event in done.events
        if "error" in event
    }


def test_redirects_off_the_web_are_one_clear_failure(done):
    told = errors(done)
    for path, reason in {
        "/mail": "not an http or https URL: mailto:",
        "/file": "not an http or https URL: file:",
        "/script": "not an http or https URL: javascript:",
        "/broken": "not an URL that could be asked for",
        "/port": "not an URL that could be asked for",
    }.items():
        assert told[path] == ("RedirectRefused", f"not followed: {reason}")


def test_what_a_redirect_led_to_is_kept_as_not_asked(done):
    kept = {each["url"]: each for each in done.refused}
    file = kept["file:///etc/passwd"]
    assert (file["kind"], file["found_by"], file["request"]) == ("not-followed", "redirect", "")
    assert file["via"] == file["requested_url"] == "http://a.test/file"
    # What can be no request at all is kept with the address that led there.
    assert kept["http://a.test/broken"]["detail"].endswith("could be asked for")


def test_redirects_end(done):
    assert errors(done)["/empty"][1] == "not followed: 3 redirects are enough"  # leads to itself
    assert errors(done)["/ringxxx"] == (
        "RedirectRefused",
        "not followed: 3 redirects are enough",
    )
    kept = {each["via"]: each for each in done.refused}
    refused = kept["http://a.test/ringxxx"]
    assert refused["url"].endswith("/ringxxxx")
    assert refused["requested_url"].endswith("/ring")


def test_requests_off_the_web_are_refused_and_kept(done):
    told = errors(done)
    assert told["ftp://a.test/x"][0] == "NotTheWeb"
    assert told["data:text/html,hello"][0] == "NotTheWeb"
    kinds = {each["url"]: each["kind"] for each in done.refused}
    assert kinds["ftp://a.test/x"] == "not-the-web"
    assert done.stats["dateline/refusals"] == len(done.refused)


def test_a_hop_says_where_it_came_from_and_starts_with_its_own_tries(done):
    (there,) = [event for event in done.events if event["url"].endswith("/there")]
    assert there["status"] == 200
    (capture,) = [each for each in done.captured if each["url"] == "http://b.test/there"]
    assert (capture["found_by"], capture["attempt"]) == ("redirect", 1)
    assert capture["via"] == capture["requested_url"] == "http://a.test/away"
    assert there["retries"] == 0  # /away itself was retried once
    assert there["robots"] == "unavailable"
    assert ("b.test", "/robots.txt") in done.asked
    assert there["slot"] == "b.test"


def test_of_two_locations_the_first_is_followed_as_the_record_says(done):
    fields = (("location", "/one"), ("location", "/other"))
    assert Head("1.1", 302, fields).redirect_target("http://a.test/two", 302) == "http://a.test/one"
    assert ("a.test", "/one") in done.asked
    assert ("a.test", "/other") not in done.asked


def test_a_refresh_in_the_head_is_a_redirect_where_it_comes_at_once(done):
    shown = "/shown?a=1&b=2"
    (capture,) = [each for each in done.captured if each["url"] == f"http://a.test{shown}"]
    assert (capture["found_by"], capture["via"]) == ("redirect", "http://a.test/refresh")
    assert ("a.test", "/shown-later") not in done.asked
    statuses = {event["url"]: event.get("status") for event in done.events}
    for path in REFRESHES.keys() - {"/refresh"}:
        assert statuses[f"http://a.test{path}"] == 200
    assert statuses[f"http://a.test{shown}"] == 200


def test_a_page_that_refreshes_to_nowhere_on_the_web_is_the_page(done):
    statuses = {event["url"]: event.get("status") for event in done.events}
    assert statuses["http://a.test/marked-shown"] == 200
    for path in MARKED.keys() - {"/marked"}:
        assert statuses[f"http://a.test{path}"] == 200
