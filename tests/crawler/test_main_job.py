"""The main job as a Scrapy user runs it, from the page's bytes to the record and back."""

import subprocess
import sys

import pytest
from fastwarc.warc import ArchiveIterator

from crawler.demo.server import WorldServer, reply
from tests.crawler.cli.running import ROOT, dateline, environment, inside, lines_of, page

URL = "https://news.example/2026/story"


def answer(asked):
    return reply(status="404 Not Found") if "robots" in asked.path else page("A story of bytes")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The archive, what the crawl said, and what the server wrote."""
    archive = tmp_path_factory.mktemp("job") / "archive"
    served = []
    with WorldServer(answer, hosts=["news.example"], log=served.append) as server:
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "articles", "-a", f"urls={URL}"],
            cwd=ROOT,
            env=environment(
                DATELINE_ARCHIVE=str(archive),
                DATELINE_CONNECT_TO=",".join(server.connect_to()),
                DATELINE_CACERT=str(server.ca_file),
            ),
            capture_output=True,
            check=False,
        )
    return archive, done, served


def test_scrapy_crawl_works_from_the_checkout_without_a_warning(crawled):
    _, done, _ = crawled
    log = done.stderr.decode()
    assert done.returncode == 0, log
    assert "Spider closed (finished)" in log
    assert not [line for line in log.splitlines() if "] WARNING: " in line or "] ERROR: " in line]


def test_the_article_leads_back_to_the_very_bytes_that_the_server_wrote(crawled):
    archive, _, served = crawled
    (article,) = lines_of(inside("ls", "articles", "--json", "--archive", archive))
    assert article["headline"] == "A story of bytes"
    where = article["capture"]
    with (archive / "warc" / where["warc"]).open("rb") as file:
        file.seek(where["offset"])
        record = next(iter(ArchiveIterator(file, parse_http=False)))
        assert record.headers["WARC-Record-ID"] == f"<{where['record_id']}>"
        kept = record.reader.read()
    (wrote,) = [each.response for each in served if each.path == "/2026/story"]
    assert kept == wrote


def test_a_person_is_shown_the_article_and_the_place_of_its_bytes(crawled):
    archive, _, _ = crawled
    shown = dateline("show", URL, "--archive", archive)
    text = shown.stdout.decode()
    assert (shown.returncode, shown.stderr) == (0, b"")
    for part in ("A story of bytes", URL, "urn:uuid:", ".warc.gz at ", "sha256:"):
        assert part in text


def test_a_copy_of_the_archive_answers_the_same(crawled, tmp_path):
    archive, _, _ = crawled
    assert inside("snapshot", archive, tmp_path / "copy").returncode == 0
    for what in ("articles", "captures", "runs"):
        original = inside("ls", what, "--json", "--archive", archive).stdout
        assert inside("ls", what, "--json", "--archive", tmp_path / "copy").stdout == original
    assert inside("verify", tmp_path / "copy").returncode == 0
