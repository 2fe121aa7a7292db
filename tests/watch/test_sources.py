"""Kinds of sources over the wire: what each yields, what is found behind a front page."""

import datetime as dt
import gzip
import json
import shutil

import pytest

from archive import ArchiveReader
from crawler.demo.server import WorldServer, reply
from crawler.rereading.whole import rebuild
from crawler.watch.shown import shown_sources
from tests.catalogues import differences
from tests.crawler.cli.running import assert_one_line, inside, into, lines_of
from tests.prepared import Program
from tests.watch.watching import rows, run, sources_file, turned
from tests.watch.world import START, Press

HOUR = dt.timedelta(hours=1)
LEFT_OUT = ("age", "pattern", "limit")
PAST = ("--backfill", "s-site0.example", "--from", "2026-10-01")


@pytest.fixture
def press():
    return Press.of(sites=1, stories=4)


@pytest.fixture
def server(press):
    with WorldServer(press, hosts=press.hosts) as serving:
        yield serving


@pytest.mark.parametrize("kind", ["sitemap", "section", "site"])
def test_every_kind_of_source_finds_the_stories(kind, tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press, kind=kind)
    report = run(tmp_path / "a", server, sources, START)
    assert report["pages"] == {"live": 4}
    new = press.publish("site0.example", at=START + HOUR)
    press.now = START + HOUR
    run(tmp_path / "a", server, sources, START + 2 * HOUR)
    assert press.asked[new.url] == 1
    assert press.asked["http://site0.example/feed.xml"] == (2 if kind == "site" else 0)
    (shown,) = shown_sources(tmp_path / "a", now=START + 3 * HOUR)  # in the reading room
    assert (shown.name, shown.pages, shown.failures) == ("s-site0.example", (("live", 5),), 0)
    assert [(one.new, one.texts) for one in shown.runs] == [(1, 5), (4, 4)]
    assert ArchiveReader.open(tmp_path / "a").catalogue.run(shown.runs[0].run_id) is not None
    assert shown.documents


def test_limits_patterns_and_age_hold_and_are_counted(tmp_path, press, server):
    press.publish("site0.example", at=START - 400 * HOUR)
    further = 'most_pages = 2\noldest = "2d"\nexclude = ["*story-of-the-0"]\ncase = "flood"'
    sources = sources_file(tmp_path / "sources.toml", press, further=further)
    first = run(tmp_path / "a", server, sources, START)
    (tally,) = first["sources"]
    assert tally["left_out"] == {"age": 1, "pattern": 1, "limit": 1}
    assert first["pages"] == {"live": 2, "waiting": 1}
    assert_shown(tmp_path / "a", first)
    # what the limit left out has its turn in the next run
    second = run(tmp_path / "a", server, sources, START)
    assert second["pages"] == {"live": 3}
    assert press.article_requests() == 3


def assert_shown(root, report):
    """`dateline show RUN` says what each source brought, and what was discarded and why."""
    shown = inside("show", "--archive", root, report["run"]).stdout.decode()
    assert "s-site0.example" in shown
    assert "1 left out: pattern" in shown
    (told,) = lines_of(inside("show", "--archive", root, report["run"], "--json"))
    assert told["sources"] == report["sources"]
    discards = {name: told["report"]["discards"][f"left-out/{name}"] for name in LEFT_OUT}
    assert discards == dict.fromkeys(LEFT_OUT, 1)


def test_a_cron_expression_is_kept_to_after_the_first_time(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press, further='cron = "0 * * * *"')
    asked = []
    for hours in (0.4, 0.9, 1.1, 1.9, 4.5):
        run(tmp_path / "a", server, sources, START + hours * HOUR)
        asked.append(press.asked["http://site0.example/feed.xml"])
    assert asked == [1, 1, 2, 2, 3]


def test_a_source_that_rests_makes_no_run(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    root, later = tmp_path / "a", START + 5 * HOUR
    run(root, server, sources, START)
    press.asked.clear()
    resting = sources_file(tmp_path / "resting.toml", press, further="enabled = false")
    run(root, server, resting, later)  # its pages are put off
    assert run(root, server, resting, later)["outcome"] == "nothing-due"
    assert press.asked == {}
    run(root, server, sources, later + 7 * HOUR)
    assert press.article_requests() == 4


def test_a_case_label_stands_in_the_records(tmp_path, press, server):
    further = 'case = "flood"\ntags = ["river", "north"]\nposts = false'
    sources = sources_file(tmp_path / "sources.toml", press, further=further)
    run(tmp_path / "a", server, sources, START)
    (warc,) = (tmp_path / "a" / "warc").glob("*.warc.gz")
    text = gzip.decompress(warc.read_bytes())
    assert text.count(b"flood") >= 5  # the feed, and four stories
    assert b"river, north" in text


def test_a_page_is_gone_when_it_was_not_found_twice_a_day_apart(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    root = tmp_path / "a"
    run(root, server, sources, START)
    story = next(iter(press.stories.values()))
    del press.stories[story.url]
    statement = f"SELECT state FROM watch_pages WHERE url = '{story.url}'"
    run(root, server, sources, START + 4 * HOUR)
    assert rows(root, statement) == [("failing",)]
    run(root, server, sources, START + 29 * HOUR)
    assert rows(root, statement) == [("gone",)]


def test_a_text_that_flaps_is_one_edit_and_two_versions(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    story = next(iter(press.stories.values()))
    for nth in range(5):
        story.edits = nth % 2
        report = run(tmp_path / "a", server, sources, START + 4 * HOUR * nth)
    assert turned(tmp_path / "a", "edited") == [story.url]
    assert report["turns"] == {}
    versions = rows(tmp_path / "a", "SELECT count(*) FROM versions", "catalogue.sqlite")
    assert versions == [(5,)]


def test_an_archive_that_reads_nothing_knows_which_pages_are_there(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    press.delete(next(iter(press.stories.values())))
    report = run(tmp_path / "a", server, sources, START, "-s", "DATELINE_READ=0")
    assert report["pages"] == {"live": 3}  # the feed does not announce what is gone


def test_check_shows_what_each_source_yields_and_keeps_nothing(tmp_path, press, server):
    sources = sources_file(tmp_path / "sources.toml", press)
    with sources.open("a") as file:
        file.write('[[source]]\nname = "none"\nkind = "feed"\nurl = "http://site0.example/no"\n')
    process = Program("sources", "check", "--json", "--sources", sources, *into(server))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    found = {line["source"]: line for line in map(json.loads, out.splitlines())}
    assert (found["s-site0.example"]["wanted"], found["none"]["trouble"]) == (4, "HTTP 404")
    assert found["s-site0.example"]["headlines"][0].startswith("Story")
    assert press.article_requests() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]


def add(tmp_path, server, url, *further):
    sources = tmp_path / "sources.toml"
    process = Program("sources", "add", url, "--sources", sources, *into(server), *further)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return err


def listed(tmp_path):
    done = inside("sources", "list", "--json", "--sources", tmp_path / "sources.toml")
    return [(line["kind"], line["urls"]) for line in lines_of(done)]


def test_a_front_page_is_enough_to_find_its_feed(tmp_path, press, server):
    add(tmp_path, server, "http://site0.example/")
    assert listed(tmp_path) == [("feed", ["http://site0.example/feed.xml"])]
    again = add(tmp_path, server, "http://site0.example/")
    assert "watched already" in again
    assert len(listed(tmp_path)) == 1


def test_a_feed_and_a_sitemap_are_known_by_their_bytes(tmp_path, press, server):
    add(tmp_path, server, "http://site0.example/feed.xml")
    add(tmp_path, server, "http://site0.example/sitemap.xml", "--name", "the-map")
    assert [kind for kind, _ in listed(tmp_path)] == ["feed", "sitemap"]


def test_a_site_without_feeds_is_watched_by_its_news_sitemap(tmp_path, press, server):
    def without_feeds(asked):
        match asked.path:
            case "/robots.txt":
                named = b"Sitemap: http://site0.example/news-sitemap.xml\n"
                return reply(named, content_type="text/plain")
            case "/news-sitemap.xml":
                return reply(press._sitemap(asked.host).encode(), content_type="application/xml")
            case "/feed.xml":
                return reply(status="404 Not Found")
        return None

    press.behaviours["site0.example"] = without_feeds
    add(tmp_path, server, "http://site0.example/")
    assert listed(tmp_path) == [("news-sitemap", ["http://site0.example/news-sitemap.xml"])]


def test_a_backfill_fetches_the_past_from_a_day_on_and_leaves_the_rhythm_alone(
    tmp_path, press, server
):
    days = [press.publish("site0.example", at=START - 24 * HOUR * day) for day in (20, 30, 400)]
    sources = sources_file(tmp_path / "sources.toml", press, further='oldest = "2d"')
    root = tmp_path / "a"
    run(root, server, sources, START)
    before = rows(root, "SELECT * FROM watch_sources")
    press.asked.clear()
    report = run(root, server, sources, None, command="crawl", last=PAST)
    asked = [url for url in press.asked if "/story-" in url]
    assert sorted(asked) == sorted(story.url for story in days[:2])
    assert report["pages"] == {"live": 6}
    assert rows(root, "SELECT * FROM watch_sources") == before


@pytest.mark.parametrize(
    "wrong",
    [
        ("--backfill", "s-site0.example"),
        ("--backfill", "s-site0.example", "--from", "urls.txt"),
        ("--backfill", "nobody", "--from", "2026-10-01"),
        (*PAST, "http://site0.example/"),
        (*PAST, "--max-pages", "3"),
    ],
)
def test_a_backfill_that_cannot_be_meant_is_one_line(tmp_path, press, wrong):
    sources = sources_file(tmp_path / "sources.toml", press)
    done = inside("crawl", "--archive", tmp_path / "a", "--sources", sources, *wrong)
    assert done.returncode == 2
    assert_one_line(done.stderr.decode())
    assert not (tmp_path / "a").exists()


def test_a_backfill_goes_from_page_to_page_of_a_section(tmp_path, press, server):
    old = [press.publish("site0.example", at=START - 24 * HOUR * 9) for _ in range(6)]

    def paged(asked):
        if asked.path == "/sitemap.xml":
            return reply(status="404 Not Found")
        if asked.path == "/" or asked.path.startswith("/?page="):
            nth = int(asked.path.partition("=")[2] or 1)
            links = "".join(
                f'<li><h2><a href="{story.path}">The long headline of story {story.number}</a></h2>'
                for story in old[(nth - 1) * 2 : nth * 2]
            )
            return reply(f'<ul>{links}</ul><a rel="next" href="/?page={nth + 1}">n</a>'.encode())
        return None

    press.behaviours["site0.example"] = paged
    sources = sources_file(tmp_path / "sources.toml", press, kind="section")
    run(tmp_path / "a", server, sources, None, command="crawl", last=PAST)
    assert sorted(url for url in press.asked if "/story-" in url) == sorted(s.url for s in old)


@pytest.mark.parametrize("kind", ["feed", "site"])
def test_rebuilt_after_runs_the_catalogue_is_the_one_that_was_there(kind, tmp_path, press, server):
    """What only leads to pages is no page then either; what was not modified shows nothing new."""
    further = 'case = "flood"\nposts = false'
    sources = sources_file(tmp_path / "sources.toml", press, kind=kind, further=further)
    root = tmp_path / "a"
    run(root, server, sources, START)
    first, second, *_ = press.stories.values()
    press.edit(first)
    press.delete(second)
    press.publish("site0.example", at=START + HOUR)
    run(root, server, sources, START + 4 * HOUR)
    old = tmp_path / "old.sqlite"
    shutil.copyfile(root / "catalogue.sqlite", old)
    rebuild(root, jobs=0)
    assert differences(old, root / "catalogue.sqlite") == {}
