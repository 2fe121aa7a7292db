"""Conditional requests over the wire: asked, answered by 304, kept as a revisit."""

import json

import pytest
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive import ArchiveFolder, CatalogueReader, verify
from crawler import settings as house
from crawler.demo.server import WorldServer, reply
from crawler.state.validators import Validators, ValidatorStore
from tests.crawler.crawling import ROOT
from tests.prepared import Forked

HOST = "news.example"
DATE = "Sun, 22 Nov 2026 20:00:00 GMT"


class Asking(Spider):
    name = "asking"

    async def start(self):
        for url in self.urls:
            yield Request(url, meta={"dateline_conditional": True, "dateline_found_by": "feed"})

    def parse(self, response):
        print(json.dumps([response.url, response.status, len(response.body)]))


def crawl(further, urls):
    settings = Settings()
    settings.setmodule(house)
    settings.update(further)
    process = AsyncCrawlerProcess(settings)
    process.crawl(Asking, urls=urls)
    process.start()


def ask(root, server, *paths):
    settings = {
        "DATELINE_ARCHIVE": str(root),
        "DATELINE_CONNECT_TO": server.connect_to(),
        "DATELINE_READERS": 0,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "WARNING",
    }
    process = Forked(crawl, settings, [f"http://{HOST}{path}" for path in paths], cwd=ROOT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    return [json.loads(line)[1:] for line in out.splitlines()]


def world(asked):
    match asked.path:
        case "/moved":
            headers = [("Location", "/feed"), ("ETag", '"of-moved"')]
            return reply(status="302 Found", headers=headers)
        case "/feed" if asked.headers.get("if-none-match") == '"one"':
            return reply(status="304 Not Modified", headers=[("ETag", '"one"')])
        case "/feed":
            headers = [("ETag", '"one"'), ("Last-Modified", DATE)]
            return reply(b"<rss>one</rss>", headers=headers)
        case "/plain":
            return reply(b"no validators")
        case "/hostile":
            return reply(b"x", headers=[("ETag", "a; DROP TABLE"), ("Last-Modified", "soon")])
    return reply(status="404 Not Found")


def asked_of(log):
    """Path, and which conditions, of each request but for robots.txt."""
    names = (b"if-none-match: ", b"if-modified-since: ")
    return [
        (
            served.path,
            [
                line.split(b": ", 1)[1].decode()
                for line in served.request.split(b"\r\n")
                if line.lower().startswith(names)
            ],
        )
        for served in log
        if served.path != "/robots.txt"
    ]


def test_what_has_not_changed_is_kept_as_a_revisit_of_what_was(tmp_path):
    root, log = tmp_path / "a", []
    with WorldServer(world, hosts=[HOST], log=log.append) as server:
        assert ask(root, server, "/feed") == [[200, 14]]
        assert ask(root, server, "/feed") == [[304, 0]]
    assert asked_of(log) == [("/feed", []), ("/feed", ['"one"', DATE])]
    captures = {
        row["status"]: row
        for row in CatalogueReader(ArchiveFolder.open(root).catalogue).captures()
        if row["url"].endswith("/feed")
    }
    assert {status: row["kind"] for status, row in captures.items()} == {
        200: "response",
        304: "revisit",
    }
    assert captures[304]["refers_to"] == captures[200]["record_id"]
    assert verify(root).faults == []


def test_each_hop_is_asked_by_what_is_known_of_itself(tmp_path):
    root, log = tmp_path / "a", []
    with WorldServer(world, hosts=[HOST], log=log.append) as server:
        ask(root, server, "/feed", "/plain", "/hostile")
        log.clear()
        ask(root, server, "/moved")
        assert asked_of(log) == [("/moved", []), ("/feed", ['"one"', DATE])]
        log.clear()
        ask(root, server, "/plain", "/hostile")
    assert asked_of(log) == [("/plain", []), ("/hostile", [])]


@pytest.mark.parametrize(
    ("etag", "last_modified", "headers"),
    [
        (b'W/"a b"', None, None),
        (b'W/"a-b"', b"", {"If-None-Match": 'W/"a-b"'}),
        (b'"a"\r\nX: 1', None, None),
        (b'"' + b"a" * 300 + b'"', DATE.encode(), {"If-Modified-Since": DATE}),
        (b"unquoted", b"yesterday", None),
        (b'"caf\xe9"', None, None),
        (None, DATE.encode() + b"\r\nX: 1", None),
    ],
)
def test_only_validators_of_the_standards_form_are_sent_back(etag, last_modified, headers):
    found = Validators.of(record_id="urn:uuid:1", etag=etag, last_modified=last_modified)
    assert (found and found.headers()) == headers


def test_validators_are_remembered_replaced_and_forgotten(tmp_path):
    path = tmp_path / "state.sqlite"
    store = ValidatorStore.open(path)
    known = Validators(record_id="urn:uuid:1", etag='"a"', last_modified=DATE)
    store.remember(b"key", known)
    store.close()
    store = ValidatorStore.open(path)
    assert store.find(b"key") == known
    assert store.find(b"other") is None
    store.remember(b"key", Validators(record_id="urn:uuid:2", etag='"b"'))
    assert store.find(b"key").record_id == "urn:uuid:2"
    store.remember(b"key", None)
    assert store.find(b"key") is None
    store.close()
