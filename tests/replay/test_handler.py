"""Scrapy crawls answered from the demo's archive, while nothing could be asked of the web."""

import json
import re
import socket

import pytest
from scrapy.cmdline import execute

from archive import ArchiveReader, url_key
from crawler.demo.world import START_URLS
from tests.crawler.cli.running import ROOT, inside, lines_of
from tests.prepared import Forked

STRANGER = """
import scrapy

class Stranger(scrapy.Spider):
    name = "stranger"
    handle_httpstatus_list = [503]
    custom_settings = {"DOWNLOAD_HANDLERS": {
        "https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"}}

    async def start(self):
        for url in ("https://harbortribune.example/local/ferry-timetable-winter",
                    "https://levantdispatch.example/article/baku-tbilisi-railway-landslide/?fbclid=IwAR0demo",
                    "https://northernledger.example/2026/11/storm-timetable",
                    "https://continentalwire.example/article/lake-treaty-talks-51d0aa",
                    "https://nowhere.example/"):
            yield scrapy.Request(url, errback=self.lost)

    def parse(self, response):
        title = response.css("title::text").get()
        told = {"status": response.status, "flags": response.flags}
        yield {"url": response.url, "title": title, **told}

    def lost(self, failure):
        yield {"url": failure.request.url, "lost": type(failure.value).__name__}
"""


def refuse(*_, **__):
    raise SystemExit("the network was reached for")


def offline(*args):
    socket.getaddrinfo = socket.socket.connect = socket.socket.connect_ex = refuse
    execute(["scrapy", *args])


def scrapy(cwd, *args):
    process = Forked(offline, *map(str, args), cwd=cwd)
    _, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    return err


def test_the_spider_reads_the_archive_as_it_read_the_web(demo, tmp_path):
    before = {path: path.stat().st_size for path in demo.rglob("*") if path.is_file()}
    out = tmp_path / "readings.jsonl"
    told = scrapy(
        ROOT,
        *("crawl", "articles", "-s", f"DATELINE_REPLAY={demo}", "-s", "DATELINE_READERS=0"),
        *("-a", f"urls={' '.join(START_URLS)}", "-O", out, "-s", f"DATELINE_ARCHIVE={tmp_path}/no"),
    )
    # The paces of platforms would make it half a minute; nobody is asked here.
    assert float(re.search(r"'elapsed_time_seconds': ([0-9.]+)", told)[1]) < 20
    read = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    headlines = {one["article"]["headline"] for one in read if one["article"]}
    catalogued = lines_of(inside("ls", "articles", "--json", "--archive", demo))
    assert headlines >= {article["headline"] for article in catalogued}
    reader = ArchiveReader.open(demo)
    for one in filter(lambda one: one["article"], read):
        assert url_key(reader.capture(one["record_id"]).url) == url_key(one["article"]["url"])
    assert {path: path.stat().st_size for path in demo.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "no").exists()


@pytest.fixture
def project(tmp_path):
    """A Scrapy project that knows nothing of ours but one setting."""
    folder = tmp_path / "stranger"
    folder.mkdir()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = stranger.settings\n")
    (folder / "__init__.py").write_text("")
    (folder / "settings.py").write_text(
        "SPIDER_MODULES = ['stranger.spider']\nROBOTSTXT_OBEY = True\n"
        "ADDONS = {'crawler.replay.Replay': 0}\n"
    )
    (folder / "spider.py").write_text(STRANGER)
    return tmp_path


STORM = "https://northernledger.example/2026/11/storm-timetable"


def crawled(demo, project, *options):
    """What the stranger's spider found, by URL."""
    scrapy(project, "crawl", "stranger", "-s", f"DATELINE_REPLAY={demo}", *options)
    rows = map(json.loads, (project / "out.jsonl").read_text("utf-8").splitlines())
    return {row["url"]: row for row in rows}


def test_any_project_is_answered_by_one_setting_whatever_its_spider_sets(demo, project):
    found = crawled(demo, project, "-O", "out.jsonl")
    assert len(found) == 5
    assert found["https://nowhere.example/"]["lost"] == "NotArchived"
    ferry = found["https://harbortribune.example/local/ferry-timetable-winter"]
    assert ferry["flags"] == ["archived"]
    assert "ferry" in ferry["title"].lower()
    landslide = "https://www.levantdispatch.example/article/baku-tbilisi-railway-landslide/"
    assert [url for url in found if url.startswith(landslide)], found  # the redirect was followed
    wire = "https://continentalwire.example/article/lake-treaty-talks-51d0aa"
    assert "lake" in found[wire]["title"].lower()  # gzip in chunks, and a revisit of it
    assert found[STORM]["status"] == 200  # the newest, where no instant is asked for


def test_the_instant_asked_for_chooses(demo, project):
    captures = [one for one in ArchiveReader.open(demo).captures() if one.url == STORM]
    busy = next(capture for capture in captures if capture.status == 503)
    at = f"DATELINE_REPLAY_AT={busy.captured_at.isoformat()}"
    assert crawled(demo, project, "-O", "out.jsonl", "-s", at)[STORM]["status"] == 503


def test_the_command_that_keeps_what_it_gets_refuses_to_replay(demo, tmp_path):
    done = inside(
        "crawl", "-s", f"DATELINE_REPLAY={demo}", "--archive", tmp_path / "a", "http://a.example/"
    )
    assert done.returncode == 2
    assert b"scrapy crawl" in done.stderr
