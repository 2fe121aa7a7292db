"""Every misbehaviour of the wire, crawled and read: what is kept is sound, and read again equal."""

import shutil

import pytest

from archive import verify
from crawler.demo.server import WorldServer, reply
from crawler.rereading.whole import rebuild
from tests.catalogues import differences
from tests.crawler.cli.running import dateline, inside, lines_of
from tests.world.misbehaviour import HTML, ROUTES, misbehave, raw

STRAIGHT = [path for path, route in ROUTES.items() if not route.timeout_s and route.method == "GET"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Each route asked of a host of its own, so that none waits for another."""
    root = tmp_path_factory.mktemp("misbehaviour") / "archive"
    urls = [f"http://host{number}.example{path}" for number, path in enumerate(STRAIGHT)]
    with WorldServer(misbehave, hosts=[]) as world:
        to = [part for rule in world.connect_to() for part in ("--connect-to", rule)]
        done = dateline(
            *("crawl", "--archive", root, "--delay", "0", *to, "--from", "-"),
            given="\n".join(urls).encode(),
        )
    assert done.returncode == 0, done.stderr
    return root


def test_whatever_the_wire_brings_verifies(archive):
    assert verify(archive).faults == []


def test_whatever_was_read_off_the_wire_is_read_off_the_records_again(archive, tmp_path):
    copy = shutil.copytree(archive, tmp_path / "archive")
    rebuild(copy, jobs=0)
    assert differences(archive / "catalogue.sqlite", copy / "catalogue.sqlite") == {}


def test_every_page_that_came_whole_was_read(archive):
    rows = lines_of(inside("ls", "captures", "--json", "--archive", archive))
    unread = {
        path
        for number, path in enumerate(STRAIGHT)
        for row in rows
        if row["url"].startswith(f"http://host{number}.example/")
        and row["status"] == 200
        and row["failure"] is None
        and "robots" not in row["found_by"]
        and not row["readings"]
    }
    assert unread == {"/meta-refresh"}  # it leads on


def test_a_posts_answer_that_ends_with_its_connection_is_read_again_as_it_was(tmp_path):
    """The answer lasts until the close, and that is a reset: the record alone tells of it."""

    def cut(asked):
        if asked.path == "/robots.txt":
            return reply(status="404 Not Found")
        return raw(b"HTTP/1.0 200 OK\r\n\r\n" + HTML, wait_s=0.1, reset=True)

    root = tmp_path / "archive"
    hosts = ["cdn.syndication.twimg.com", "publish.x.com", "publish.twitter.com"]
    with WorldServer(cut, hosts=hosts) as world:
        to = [part for rule in world.connect_to() for part in ("--connect-to", rule)]
        post = "https://x.com/desk_demo/status/2029123557774066898"
        done = dateline(
            *("crawl", "--archive", root, "--delay", "0", "--cacert", world.ca_file, *to, post)
        )
    assert done.returncode == 0, done.stderr
    (told,) = lines_of(inside("ls", "posts", "--json", "--archive", root))
    assert told["state"] == "transient"
    copy = shutil.copytree(root, tmp_path / "copy")
    rebuild(copy, jobs=0)
    assert differences(root / "catalogue.sqlite", copy / "catalogue.sqlite") == {}
