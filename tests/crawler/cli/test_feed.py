"""`dateline feed` and Scrapy's own feeds, beside a crawl that goes on."""

import itertools
import json
import random
import shutil
import subprocess

import pytest

from archive import FEED_KINDS, Position, read_feed
from crawler.demo.server import WorldServer, reply
from tests.crawler.cli.running import (
    PROGRAM,
    assert_one_line,
    dateline,
    environment,
    inside,
    into,
    lines_of,
    page,
)
from tests.prepared import Program

URLS = [f"https://news.example/2026/story-{number}" for number in range(14)]


def answer(asked):
    if not asked.path.startswith("/2026/"):
        return reply(status="404 Not Found")
    words = f'<a href="https://t.me/desk/{len(asked.path)}">as the desk wrote</a> on the bank. '
    return page(asked.path.rpartition("-")[2].join(("Story ", "!")), words=words)


@pytest.fixture(scope="module")
def server():
    with WorldServer(answer, hosts=["news.example"]) as serving:
        yield serving


@pytest.fixture(scope="module")
def crawled(server, tmp_path_factory):
    root = tmp_path_factory.mktemp("crawled") / "archive"
    done = dateline("crawl", URLS[0], "--no-posts", "--archive", root, *into(server))
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def archive(crawled, tmp_path):
    return shutil.copytree(crawled, tmp_path / "archive")


def crawling(server, root):
    return Program("crawl", "--no-posts", "--archive", root, *into(server), *URLS)


def test_random_steps_beside_a_crawl_give_every_change_once(server, archive):
    steps = random.Random(7)
    taken = []

    def step():
        since = Position.parse(taken[-1].position) if taken else None
        entries = read_feed(archive, since)
        new = list(itertools.islice(entries, steps.randint(1, 9)))
        entries.close()
        taken.extend(new)
        return new

    during = 0
    crawl = crawling(server, archive)
    while crawl.poll() is None:
        during += len(step())
    assert crawl.returncode == 0, crawl.communicate()
    while step():
        pass
    whole = list(read_feed(archive))
    told = [(entry.position, entry.kind, entry.id, entry.change) for entry in taken]
    assert told == [(entry.position, entry.kind, entry.id, entry.change) for entry in whole]
    articles = [entry for entry in taken if (entry.kind, entry.change) == ("articles", "new")]
    assert len(articles) == len(URLS)
    assert during > 5


def test_a_follower_prints_lines_as_the_run_commits(server, archive):
    since = list(read_feed(archive))[-1].position
    command = ["feed", "--follow", "--since", since, "--kind", "articles", "--archive", archive]
    with subprocess.Popen(
        [*PROGRAM, *map(str, command)], env=environment(), stdout=subprocess.PIPE
    ) as feed:
        try:
            crawl = crawling(server, archive)
            seen = set()
            while len(seen) < len(URLS) - 1:
                line = json.loads(feed.stdout.readline())
                assert line["kind"] == "articles"
                assert line["row"]["warc_length"] > 0
                if line["change"] == "new":
                    seen.add(line["id"])
            crawl.communicate(timeout=30)
            assert crawl.returncode == 0
        finally:
            feed.terminate()


def test_since_the_last_line_there_is_nothing(archive):
    lines = lines_of(inside("feed", "--archive", archive))
    assert {line["kind"] for line in lines} <= set(FEED_KINDS)
    assert [line["position"] for line in lines] == [entry.position for entry in read_feed(archive)]
    last = inside("feed", "--archive", archive, "--since", lines[-1]["position"])
    assert (last.returncode, last.stdout) == (0, b"")


@pytest.mark.parametrize(
    "options",
    [["--since", "nonsense"], ["--since", "000000000000-1"], ["--kind", "articles,ghosts"]],
)
def test_what_is_no_position_or_kind_is_one_line(archive, options):
    done = inside("feed", "--archive", archive, *options)
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())


def test_tables_are_exported_and_say_from_where_to_go_on(archive, tmp_path):
    target = tmp_path / "tables"
    done = inside("export", "jsonl", target, "--kind", "articles", "--json", "--archive", archive)
    (told,) = lines_of(done)
    assert told["rows"] == {"articles": 1}
    again = inside(
        *("export", "jsonl", tmp_path / "later", "--since", told["position"]),
        *("--json", "--archive", archive),
    )
    assert set(lines_of(again)[0]["rows"].values()) == {0}
    taken = inside("export", "jsonl", target, "--archive", archive)
    assert taken.returncode == 2
    assert_one_line(taken.stderr.decode())
    wrong = inside("export", "csv", tmp_path / "x", "--kind", "ghosts", "--archive", archive)
    assert_one_line(wrong.stderr.decode())


def test_scrapys_own_feeds_write_what_was_read(server, tmp_path):
    target = tmp_path / "items.jsonl"
    feeds = json.dumps({str(target): {"format": "jsonlines", "encoding": "utf-8"}})
    done = dateline(
        *("crawl", *URLS[:2], "--no-posts", "--archive", tmp_path / "a", *into(server)),
        *("-s", f"FEEDS={feeds}"),
    )
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    found = {item["article"]["url"]: item for item in items if item["article"] is not None}
    assert set(found) == set(URLS[:2])
    for item in found.values():
        assert item["verdict"] == "content"
        assert item["record_id"].startswith("urn:uuid:")
        assert item["article"]["posts"][0]["platform"] == "telegram"
        assert item["article"]["headline"].startswith("Story")


def test_a_rebuilt_archive_refuses_positions_of_before_and_tells_everything_anew(archive):
    before = lines_of(inside("feed", "--archive", archive))
    assert dateline("rebuild", archive).returncode == 0
    old = inside("feed", "--archive", archive, "--since", before[-1]["position"])
    assert old.returncode == 2
    assert_one_line(old.stderr.decode())
    assert b"rebuilt" in old.stderr
    after = lines_of(inside("feed", "--archive", archive))
    assert {(line["kind"], line["id"]) for line in after if line["row"] is not None} == {
        (line["kind"], line["id"]) for line in before if line["row"] is not None
    }
