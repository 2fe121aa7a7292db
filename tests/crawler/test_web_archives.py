"""Articles that are gone are asked of web archives: graded apart, never a sighting of today."""

import json

import pytest

from archive import ArchiveFolder, CatalogueReader, verify
from crawler.demo.server import Answer, WorldServer, reply
from tests.crawler.cli.running import dateline, inside, into, page

NEWS = "https://news.example"
GONE, THERE, RESET, WALLED, FORBIDDEN, BROKEN = (
    f"{NEWS}/{name}" for name in ("gone", "there", "reset", "walled/login", "forbidden", "broken")
)
FIRST, SECOND = "https://first.example/web/", "https://second.example/web/"
STAMP = "20261101120000"
MEMENTO_AT = ("Memento-Datetime", "Sun, 01 Nov 2026 12:00:00 GMT")
NOT_FOUND = reply(status="404 Not Found")


def news(path):
    return {
        "/robots.txt": reply(b"User-agent: *\nDisallow: /forbidden\n", content_type="text/plain"),
        "/gone": reply(b"<h1>Gone</h1>", status="410 Gone"),
        "/there": page("Still there"),
        "/reset": Answer(then_reset=True),
        "/broken": reply(status="500 Internal Server Error"),
        "/walled/login": reply(b"<input type=password>", status="401 Unauthorized"),
    }.get(path, NOT_FOUND)


def archive_of(host, path):
    """The first archive holds what is gone; the second everything."""
    asked = path.removeprefix("/web/")
    if path == "/robots.txt" or (host == "first.example" and not asked.endswith("/gone")):
        return NOT_FOUND
    if asked.startswith("https://"):
        copy = f"https://{host}/web/{STAMP}/{asked}"
        return reply(status="302 Found", headers=[("Location", copy)])
    if asked.startswith(f"{STAMP}id_/"):
        name = asked.rpartition("/")[2]
        link = '<link rel="canonical" href="/elsewhere">'
        copied = page(f"Copied {name}", head=link)
        _, _, body = copied.parts[0].data.partition(b"\r\n\r\n")
        return reply(body, headers=[MEMENTO_AT])
    return NOT_FOUND


def world(asked):
    if asked.host == "news.example":
        return news(asked.path)
    return archive_of(asked.host, asked.path)


@pytest.fixture(scope="module")
def served():
    return []


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, served):
    archive = tmp_path_factory.mktemp("copies") / "archive"
    hosts = ["news.example", "first.example", "second.example"]
    with WorldServer(world, hosts=hosts, log=served.append) as server:
        done = dateline(
            *("crawl", "--json", "--archive", archive, *into(server), "-s", "RETRY_TIMES=0"),
            *("-s", f"DATELINE_WEB_ARCHIVES=first={FIRST},second={SECOND}"),
            *("--robots-override", "second.example=a test"),
            *(GONE, THERE, RESET, WALLED, FORBIDDEN, BROKEN),
        )
    assert done.returncode == 0, done.stderr.decode()
    return archive, json.loads(done.stdout)


def test_what_is_gone_or_out_of_reach_is_had_from_the_first_archive_that_has_it(crawled):
    reader = CatalogueReader(ArchiveFolder.open(crawled[0]).catalogue)
    copies = {copy["url"]: copy for copy in reader.copies()}
    assert {url: copy["archive"] for url, copy in copies.items()} == {
        GONE: "first",
        RESET: "second",
        BROKEN: "second",
    }
    for url, copy in copies.items():
        assert copy["grade"] == "third-party-capture"
        assert copy["memento_at"] == "2026-11-01T12:00:00.000000Z"
        assert copy["article"]["headline"] == f"Copied {url.rpartition('/')[2]}"
        assert copy["article"]["url"] == url


def test_a_copy_is_no_article_version_or_sighting_of_ours(crawled):
    archive, summary = crawled
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    assert [article["headline"] for article in reader.articles()] == ["Still there"]
    assert [hit["id"] for hit in reader.search("Copied")] == []
    assert len(summary["articles"]) == 1
    not_had = {miss["url"] for miss in summary["not_had"]}
    assert not_had == {GONE, RESET, WALLED, FORBIDDEN, BROKEN}
    assert verify(archive).faults == []


def test_the_copy_s_capture_says_whose_it_is_and_what_led_there(crawled):
    reader = CatalogueReader(ArchiveFolder.open(crawled[0]).catalogue)
    found = reader.find(GONE)
    assert found.kind == "copies"
    (copy,) = found.view["copies"]
    capture = reader.capture(copy["record_id"])
    assert capture["url"] == f"{FIRST}{STAMP}id_/{GONE}"
    assert (capture["found_by"], capture["via"]) == ("memento", FIRST + GONE)
    shown = inside("show", GONE, "--archive", crawled[0])
    assert b"third-party-capture" in shown.stdout
    listed = inside("ls", "copies", "--archive", crawled[0])
    assert b"first's copy" in listed.stdout


def test_no_archive_leads_around_a_login_or_a_robots_txt(crawled, served):
    asked = " ".join(each.path for each in served if each.host != "news.example")
    assert "login" not in asked
    assert "forbidden" not in asked
    assert "/there" not in asked


def test_without_an_archive_named_nobody_is_asked(tmp_path):
    with WorldServer(world, hosts=["news.example"]) as server:
        done = dateline("crawl", "--json", "--archive", tmp_path / "a", *into(server), GONE)
    assert done.returncode == 0
    assert json.loads(done.stdout)["captures"] == 2
