"""A stranger's Scrapy project, whose spider is kept by one setting and answered by another."""

import gzip
import json

import pytest
from scrapy.cmdline import execute

from archive import ArchiveReader, verify
from crawler.demo.server import WorldServer, reply
from tests.prepared import Forked

SPIDER = """
import scrapy

class Stranger(scrapy.Spider):
    name = "stranger"

    async def start(self):
        for path in ("moved", "gone"):
            yield scrapy.Request(f"https://news.example/{path}", errback=self.lost)

    def parse(self, response):
        capture = response.meta["dateline_capture"]
        yield {"url": response.url, "title": response.css("title::text").get(),
               "record": capture.record_id}

    def lost(self, failure):
        yield {"url": failure.request.url, "status": failure.value.response.status}
"""
SETTINGS = """
SPIDER_MODULES = ["stranger.spider"]
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 0
TELNETCONSOLE_ENABLED = False
ADDONS = {"crawler.recording.Recording": 0, "crawler.replay.Replay": 1}
"""
PAGE = gzip.compress(b"<html><head><title>Kept</title></head><body>Kept.</body></html>")


def world(asked):
    match asked.path:
        case "/robots.txt":
            return reply(b"User-agent: *\nAllow: /\n")
        case "/moved":
            return reply(status="302 Found", headers=[("Location", "/page")])
        case "/page":
            return reply(PAGE, headers=[("Content-Encoding", "gzip")])
    return reply(status="410 Gone")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "stranger"
    folder.mkdir()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = stranger.settings\n")
    (folder / "__init__.py").write_text("")
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "spider.py").write_text(SPIDER)
    return tmp_path


def crawl(project, out, *settings):
    options = [text for setting in settings for text in ("-s", setting)]
    process = Forked(execute, ["scrapy", "crawl", "stranger", "-O", out, *options], cwd=project)
    _, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    rows = map(json.loads, (project / out).read_text("utf-8").splitlines())
    return sorted(rows, key=lambda row: row["url"])


def test_what_a_strangers_spider_fetches_is_kept_and_answers_it_again(project):
    with WorldServer(world, hosts=["news.example"]) as server:
        rows = crawl(
            project,
            "live.jsonl",
            "DATELINE_ARCHIVE=kept",
            "DATELINE_KEYS=keys",
            "DATELINE_CASE=bridge",
            f"DATELINE_CACERT={server.ca_file}",
            f"DATELINE_CONNECT_TO={','.join(server.connect_to())}",
        )
    gone, page = rows
    assert gone == {"url": "https://news.example/gone", "status": 410}
    assert (page["url"], page["title"]) == ("https://news.example/page", "Kept")
    reader = ArchiveReader.open(project / "kept")
    kept = {capture.url.rpartition("/")[2]: capture for capture in reader.captures()}
    assert {name: capture.status for name, capture in kept.items()} == {
        "robots.txt": 200,
        "moved": 302,
        "page": 200,
        "gone": 410,
    }
    assert kept["page"].record_id == page["record"]
    assert b"".join(reader.payload(kept["page"])) == PAGE
    (run,) = reader.catalogue.runs()
    assert (run["case"], run["outcome"]) == ("bridge", "finished")
    report = verify(project / "kept")
    assert report.is_sound
    assert report.signers
    before = sorted((project / "kept").rglob("*.warc.gz"))
    assert crawl(project, "again.jsonl", "DATELINE_REPLAY=kept") == rows
    assert sorted((project / "kept").rglob("*.warc.gz")) == before
