"""What an article's page needs to be seen, captured with it by a real crawl of a local world."""

import itertools
import json
import time

import pytest

from archive import ArchiveReader
from crawler.demo.server import WorldServer, reply
from tests.crawler.cli.running import dateline, into, page

HOST = "https://news.example"
STYLE = b"@import 'more.css'; body { background: url(/bg.png) }"
MORE = b"@font-face { src: url(/f.woff2) } p { background: url(/deep.png) }"
HEAD = (
    '<link rel="stylesheet" href="/css/site.css"><script src="/x.js"></script>'
    '<link rel="icon" href="/i.ico"><img src="/a.jpg" srcset="/a.jpg 1x, /a2.jpg 2x">'
    '<img data-src="/lazy.jpg"><img src="/secret/b.jpg"><img src="/lost.jpg">'
)
NAMED = {
    *("/css/site.css", "/css/more.css", "/bg.png", "/f.woff2", "/deep.png", "/x.js", "/i.ico"),
    *("/a.jpg", "/a2.jpg", "/lazy.jpg", "/secret/b.jpg", "/lost.jpg"),
}


def answer(asked):
    if asked.path == "/robots.txt":
        return reply(b"User-agent: *\nDisallow: /secret/\n", content_type="text/plain")
    if asked.path.startswith("/story"):
        return page(f"Story {asked.path[-1]}", head=HEAD)
    if asked.path.endswith(".css"):
        return reply(STYLE if "site" in asked.path else MORE, content_type="text/css")
    if asked.path == "/lost.jpg":
        return reply(status="404 Not Found")
    return reply(b"bytes of " + asked.path.encode(), content_type="image/jpeg")


@pytest.fixture
def crawl(tmp_path):
    """Crawl stories of the world with further options: who asked for what, and the archive."""
    asked = []

    def run(*options, answer=answer, stories=(1,)):
        del asked[:]
        urls = [f"{HOST}/story-{number}" for number in stories]
        log = lambda served: asked.append((served.path, time.monotonic()))  # noqa: E731
        with WorldServer(answer, hosts=["news.example"], log=log) as server:
            done = dateline(
                *("crawl", *urls, "--json", "--archive", tmp_path / "archive", *into(server)),
                *("-s", "DATELINE_REQUISITES_DELAY=0.001", *options),
            )
        assert done.returncode == 0, done.stderr
        reader = ArchiveReader.open(tmp_path / "archive")
        return [path for path, _ in asked], reader, json.loads(done.stdout)

    run.log = asked
    return run


def test_page_and_stylesheets_bring_what_they_name_each_once_a_run(crawl):
    paths, reader, summary = crawl(stories=(1, 2))
    parts = [path for path in paths if not path.startswith(("/story", "/robots"))]
    assert sorted(parts) == sorted(NAMED - {"/secret/b.jpg"})
    assert summary["not_had"] == []
    found = {
        one.url.removeprefix(HOST): one for one in reader.captures() if one.found_by == "requisite"
    }
    assert set(found) == NAMED
    assert found["/secret/b.jpg"].failure.kind == "robots-denied"
    assert found["/lost.jpg"].status == 404
    assert found["/deep.png"].via == f"{HOST}/css/more.css"
    more = reader.capture(found["/deep.png"].via_record)
    assert reader.body(more) == MORE
    assert reader.capture(more.via_record).url == f"{HOST}/css/site.css"
    assert reader.capture(found["/a.jpg"].via_record).url.startswith(f"{HOST}/story")


def test_a_second_run_keeps_no_payload_twice(crawl):
    crawl()
    _, reader, _ = crawl()
    again = [one for one in reader.captures() if one.url == f"{HOST}/bg.png"]
    assert sorted(one.kind for one in again) == ["response", "revisit"]


def test_none_brings_the_page_alone(crawl):
    paths, _, _ = crawl("--requisites", "none")
    assert [path for path in paths if path != "/robots.txt"] == ["/story-1"]


def test_a_page_brings_no_more_than_its_limit_styles_first(crawl):
    paths, _, _ = crawl("-s", "DATELINE_REQUISITES_PER_PAGE=3")
    parts = {path for path in paths if not path.startswith(("/story", "/robots"))}
    assert len(parts) == 3
    assert "/css/site.css" in parts


def test_stylesheets_that_import_each_other_come_to_an_end(crawl):
    def circular(asked):
        if asked.path.endswith(".css"):
            number = int(asked.path.removesuffix(".css").rpartition("-")[2] or 0)
            text = f"@import '/c-{number + 1}.css'; @import '/c-1.css';"
            return reply(text.encode(), content_type="text/css")
        if asked.path.startswith("/story"):
            return page("A story", head='<link rel=stylesheet href="/c-1.css">')
        return reply(status="404 Not Found")

    paths, _, _ = crawl(answer=circular)
    assert [path for path in paths if path.endswith(".css")] == ["/c-1.css", "/c-2.css", "/c-3.css"]


def test_the_delay_of_requisites_is_kept_and_a_hosts_own_wish_holds_for_all(crawl):
    crawl("-s", "DATELINE_REQUISITES_DELAY=0.1", "-s", "DATELINE_REQUISITES_PER_PAGE=5")
    times = [at for path, at in crawl.log if not path.startswith(("/story", "/robots"))]
    assert len(times) == 4  # the fifth was forbidden
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(gaps) > 0.08

    def patient(asked):
        if asked.path == "/robots.txt":
            return reply(b"User-agent: *\nCrawl-delay: 0.4\n", content_type="text/plain")
        return answer(asked)

    crawl("-s", "DATELINE_REQUISITES_PER_PAGE=3", answer=patient, stories=(1, 2))
    times = sorted(at for path, at in crawl.log if path != "/robots.txt")
    assert len(times) >= 5
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(gaps) > 0.35


@pytest.mark.parametrize(
    "setting",
    ["DATELINE_REQUISITES=all", "DATELINE_REQUISITES_PER_PAGE=-1", "DATELINE_REQUISITES_DELAY=no"],
)
def test_a_setting_that_is_none_is_refused(tmp_path, setting):
    done = dateline("crawl", f"{HOST}/", "--archive", tmp_path / "archive", "-s", setting)
    assert done.returncode == 2
    assert setting.partition("=")[0].encode() in done.stderr
