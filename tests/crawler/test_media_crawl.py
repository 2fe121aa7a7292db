"""Pictures in a real crawl: each once a run, within limits, whoever needs or names them."""

import gzip
import json
from collections import Counter

import pytest

from archive import ArchiveFolder, CatalogueReader, Digest, verify
from crawler.demo.picture import landscape
from crawler.demo.server import WorldServer, reply
from tests.crawler.cli.running import dateline, inside, into, page

NEWS, CDN = "https://news.example", "https://cdn.example"
NAMES = ("one", "two", "moved", "large", "lying", "gone", "evil", "expired")
STORIES = [f"{NEWS}/{name}" for name in NAMES]
PHOTO, LARGE = landscape("quay"), landscape("hills") + bytes(20_000)


def story(name, image):
    tag = f'<meta property="og:image" content="{image}"><link rel="icon" href="{image}">'
    return page(f"Story {name}", head=tag)


def world(asked):
    if asked.path == "/robots.txt":
        return reply(status="404 Not Found")
    if asked.host == "news.example":
        name = asked.path.removeprefix("/")
        image = {"one": "photo.png", "two": "photo.png"}.get(name, f"{name}.png")
        return story(name, "javascript:alert(1)" if name == "evil" else f"{CDN}/{image}")
    packed = [("Content-Encoding", "gzip")]
    return {
        "/photo.png": reply(PHOTO, content_type="image/png"),
        "/moved.png": reply(status="302 Found", headers=[("Location", f"{CDN}/copy.png")]),
        "/copy.png": reply(gzip.compress(PHOTO, mtime=0), headers=packed, content_type="text/css"),
        "/large.png": reply(LARGE, content_type="image/png"),
        "/expired.png": reply(b"<Error><Code>AccessDenied</Code></Error>", status="403 Forbidden"),
        "/lying.png": reply(b"<!doctype html><p>Not for you", content_type="image/png"),
    }.get(asked.path, reply(status="404 Not Found"))


def crawled(archive, served):
    with WorldServer(world, hosts=["news.example", "cdn.example"], log=served.append) as server:
        done = dateline(
            *("crawl", "--json", "--archive", archive, *into(server), "-s", "RETRY_TIMES=0"),
            *("-s", "DATELINE_MEDIA_BYTES=20000", *STORIES),
        )
    assert done.returncode == 0, done.stderr.decode()
    return CatalogueReader(ArchiveFolder.open(archive).catalogue), json.loads(done.stdout)


@pytest.fixture(scope="module")
def served():
    return []


@pytest.fixture(scope="module")
def kept(tmp_path_factory, served):
    archive = tmp_path_factory.mktemp("media") / "archive"
    return archive, *crawled(archive, served)


def readings(reader, path):
    (capture, *_) = reader.captures(url=CDN + path)
    return capture, capture["readings"]


def test_one_picture_is_kept_however_it_was_sent_and_whoever_names_it(kept):
    _, reader, summary = kept
    (media,) = reader.media()
    assert media["id"] == Digest.of(PHOTO)
    assert summary["pictures"] == [media["id"]]
    assert Counter(seen["url"] for seen in media["seen"]) == {
        f"{CDN}/photo.png": 1,
        f"{CDN}/copy.png": 1,
    }
    for name in ("one", "two", "moved"):
        (shown,) = reader.find(f"{NEWS}/{name}").view["pictures"]
        assert (shown["media"], shown["role"]) == (media["id"], "lead")


def test_a_picture_is_asked_for_once_a_run_and_its_capture_names_who_named_it(kept, served):
    asked = Counter(each.path for each in served if each.host == "cdn.example")
    assert asked["/photo.png"] == 1
    capture, _ = readings(kept[1], "/photo.png")
    assert capture["found_by"] == "media"
    assert capture["via"] in STORIES[:2]
    via = kept[1].capture(capture["via_record"])
    assert via["url"] == capture["via"]


@pytest.mark.parametrize(
    ("path", "verdict", "reason"),
    [
        ("/lying.png", "error-page", "no picture that we know: image/png"),
        ("/gone.png", "gone", "HTTP 404"),
        ("/expired.png", "error-page", "HTTP 403"),
    ],
)
def test_what_is_no_picture_is_kept_and_says_why(kept, path, verdict, reason):
    _, (reading,) = readings(kept[1], path)
    assert (reading["verdict"], reading["reason"], reading["media"]) == (verdict, reason, None)


def test_too_large_a_picture_is_cut_and_its_record_says_so(kept):
    capture, found = readings(kept[1], "/large.png")
    assert capture["truncated"] == "length"
    assert [each["media"] for each in found] in ([], [None])


def test_the_pages_are_all_that_a_person_is_told_of_as_not_had(kept):
    assert kept[2]["not_had"] == []
    assert len(kept[2]["articles"]) == len(STORIES)


def test_pictures_are_listed_and_shown(kept):
    archive, _, _ = kept
    listed = inside("ls", "media", "--archive", archive)
    assert Digest.of(PHOTO).encode() in listed.stdout
    shown = inside("show", Digest.of(PHOTO), "--archive", archive)
    assert shown.stdout.count(b"lead of") == 3
    story = inside("show", STORIES[0], "--archive", archive)
    assert Digest.of(PHOTO).encode() in story.stdout
    assert verify(archive).faults == []
