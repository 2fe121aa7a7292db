"""Posts in a real crawl, against a platform that an entry point adds (plugin/parrot.py)."""

import itertools
import json
import sqlite3
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from archive import ArchiveFolder, CatalogueReader, verify
from archive.warc.reader import read_record
from crawler.demo.server import WorldServer, reply
from crawler.platforms.registry import everyone
from tests.crawler.cli.running import ROOT, WORDS, inside, into
from tests.prepared import Forked, dateline

PLUGIN = Path(__file__).parent / "plugin"
ARTICLES = [f"https://news.example/2026/story-{number}" for number in range(40)]
HOSTS = [
    *("news.example", "parrot.example", "api.parrot.example", "embed.parrot.example"),
    *("mirror.parrot.example", "moved.parrot.example", "t.co", "vk.cc", "cdn.example"),
]
PHOTO = "https://cdn.example/lead.png"
QUICK = ["--json", "-s", "RETRY_TIMES=0", "-s", "DATELINE_BACKOFF_S=0.01"]
CITED = {
    **{url: ["shared"] for url in ARTICLES},
    ARTICLES[0]: ["shared", "quoting", "gone", "broken", "busy", "moved"],
    ARTICLES[4]: ["shared", "later"],
    ARTICLES[1]: ["shared", "forbidden", "garbled", "alias", "named"],
}


def post(text, handle="polly", **fields):
    return reply(
        json.dumps({"facts": {"text": text, "handle": handle, **fields}}).encode(),
        headers=[("Content-Type", "application/json")],
    )


def said(**fields):
    return reply(json.dumps(fields).encode(), headers=[("Content-Type", "application/json")])


API = {
    "shared": lambda: post("Forty articles cite me"),
    "quoting": lambda: post("I quote", quotes=["quoted"]),
    "quoted": lambda: post("I am quoted, and quote", quotes=["too-deep"]),
    "gone": lambda: said(state="deleted", reason="Tombstone"),
    "broken": lambda: reply(status="502 Bad Gateway"),
    "busy": lambda: reply(status="429 Too Many Requests", headers=[("Retry-After", "1")]),
    "later": lambda: reply(status="503 Service Unavailable"),
    "moved": lambda: reply(
        status="301 Moved Permanently", headers=[("Location", "https://moved.parrot.example/moved")]
    ),
    "garbled": lambda: reply(b'{"facts": {}}'),
    "alias": lambda: said(facts={"text": "One of two names", "handle": "polly"}, same_as=["named"]),
    "short": lambda: post("Behind two short links"),
    "alone": lambda: post("Asked for by its own address"),
    "forbidden": lambda: post("never served: robots.txt forbids it"),
}
BEHIND = {"two": "https://parrot.example/p/short", "round": "https://t.co/round"}
"""Where the second shortener's links lead."""
EMBED = {
    "broken": lambda: said(state="ok_partial", facts={"text": "Half of it", "handle": "polly"}),
    "busy": lambda: post("Had at the second place"),
    "garbled": lambda: post("Read at the second place"),
    "forbidden": lambda: said(state="unavailable"),
    "later": lambda: said(state="unavailable"),
}


def page(asked):
    links = "".join(
        f'<blockquote><p>Forty articles cite</p><a href="https://parrot.example/p/{name}">'
        f"{name}</a></blockquote>"
        for name in CITED[f"https://news.example{asked.path}"]
    )
    if asked.path.endswith("-3"):
        links += '<p>It goes <a href="https://t.co/round">round and round</a>, it is said.</p>'
    if asked.path.endswith("-2"):
        links += '<p>More of it is <a href="https://t.co/one">over there</a>, it is said.</p>'
    title = f"Story {asked.path}"
    text = "".join(f"<p>{title}: {WORDS}{WORDS}</p>" for _ in range(4))
    return reply(
        f"<!doctype html><html lang=en><head><title>{title}</title>"
        f'<meta property="og:image" content="{PHOTO}"></head>'
        f"<body><article><h1>{title}</h1>{text}{links}</article></body></html>".encode()
    )


def world(asked):
    path = asked.path.partition("?")[0]
    if path == "/robots.txt":
        if asked.host == "api.parrot.example":
            return reply(b"User-agent: *\nDisallow: /forbidden\n")
        return reply(status="404 Not Found")
    name = path.removeprefix("/")
    answers = {
        "news.example": lambda: page(asked),
        "api.parrot.example": API.get(name, nothing),
        "embed.parrot.example": EMBED.get(name, nothing),
        "mirror.parrot.example": lambda: post("Had of a mirror"),
        "moved.parrot.example": lambda: post("Had where it moved"),
        "t.co": lambda: reply(
            status="301 Moved",
            headers=[("Location", f"https://vk.cc/{'round' if name == 'round' else 'two'}")],
        ),
        "vk.cc": lambda: reply(
            f'<meta http-equiv="refresh" content="0;URL={BEHIND[name]}">'.encode(),
            headers=[("Content-Type", "text/html")],
        ),
    }
    return answers.get(asked.host, nothing)()


def nothing():
    return reply(status="404 Not Found")


def talkative(*args):
    """`dateline` beside which the parrot's platform is installed."""
    sys.path.insert(0, str(PLUGIN))
    everyone.cache_clear()
    dateline(*args)


def start(server, archive, urls, *options):
    given = ["crawl", "--archive", archive, *into(server), *QUICK, *options, *urls]
    return Forked(talkative, *map(str, given), cwd=ROOT)


def crawl(server, archive, urls, *options):
    process = start(server, archive, urls, *options)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


@pytest.fixture(scope="module")
def served():
    """Every request of the module's crawls, in order."""
    return []


watchers = []
"""Called with each answer of a rung, once it is written."""


@pytest.fixture(scope="module")
def server(served):
    def note(each):
        served.append(each)
        if "parrot" in each.host and each.path != "/robots.txt":
            for watcher in watchers:
                watcher(each)

    with WorldServer(world, hosts=HOSTS, log=note) as server:
        yield server


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return tmp_path_factory.mktemp("posts") / "archive"


@pytest.fixture(scope="module")
def summary(server, archive):
    return crawl(server, archive, ARTICLES, "-s", "RETRY_TIMES=1")


@pytest.fixture(scope="module")
def posts(summary, archive):
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    return {view["post_id"]: reader.post(view["id"]) for view in reader.posts()}


def walked(post):
    """The rungs of a post and what each said, first to last."""
    return [(seen["rung"], seen["state"]) for seen in reversed(post["sightings"])]


def test_a_post_that_forty_articles_cite_is_fetched_once(posts, served):
    assert len({citer["article_id"] for citer in posts["shared"]["cited_by"]}) == 40
    asked = Counter(each.path for each in served if each.host == "api.parrot.example")
    assert asked["/shared?before="] == 1
    assert posts["shared"]["text"] == "Forty articles cite me"


def test_a_rungs_capture_says_which_article_led_to_it_and_what_it_held(posts, archive):
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    capture = reader.capture(posts["shared"]["capture"]["record_id"])
    assert capture["found_by"] == "citation"
    assert capture["via"] in ARTICLES
    assert reader.capture(capture["via_record"])["url"] == capture["via"]
    (reading,) = capture["readings"]
    assert (reading["post"], reading["state"], reading["verdict"]) == (
        *("parrot:shared", "ok", "content"),
    )


def test_the_platforms_own_word_ends_the_walk(posts):
    assert walked(posts["gone"]) == [("api", "deleted")]
    assert (posts["gone"]["state"], posts["gone"]["sightings"][0]["reason"]) == (
        *("deleted", "Tombstone"),
    )


@pytest.mark.parametrize(
    ("name", "rungs", "state"),
    [
        ("broken", [("api", "transient"), ("embed", "ok_partial")], "ok_partial"),
        ("busy", [("api", "rate_limited"), ("embed", "ok")], "ok"),
        ("garbled", [("api", "parse_error"), ("embed", "ok")], "ok"),
        ("forbidden", [("api", "not_asked"), ("embed", "unavailable")], "unavailable"),
    ],
)
def test_a_broken_rung_degrades_to_the_next_and_the_record_says_so(posts, name, rungs, state):
    assert walked(posts[name]) == rungs
    assert posts[name]["state"] == state
    assert posts[name]["sightings"][-1]["reason"]


def test_robots_hold_for_rungs_too(posts, served):
    assert "robots" in posts["forbidden"]["sightings"][-1]["reason"]
    assert not [
        each for each in served if each.path.startswith("/forbidden") and "api" in each.host
    ]


def test_a_place_that_moved_is_followed_one_capture_a_hop(posts, archive):
    assert walked(posts["moved"]) == [("api", "ok")]
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    capture = reader.capture(posts["moved"]["capture"]["record_id"])
    before = reader.capture(capture["via_record"])
    assert (capture["found_by"], before["status"], before["redirect_to"]) == (
        *("redirect", 301, capture["url"]),
    )


def test_quoted_posts_are_captured_to_the_set_depth(posts):
    assert posts["quoting"]["pointers"][0]["post"] == "parrot:quoted"
    assert posts["quoted"]["text"] == "I am quoted, and quote"
    assert "too-deep" not in posts


def test_two_names_of_one_post_are_one_post(posts):
    assert posts["named"]["text"] == "One of two names"
    assert posts["named"]["same_as"] == ["parrot:alias"]
    assert posts["named"]["state"] == "ok"


def test_claims_are_checked_against_what_was_answered(posts):
    checks = posts["shared"]["checks"]
    assert len(checks) == 40
    assert all(check["record_id"] == posts["shared"]["capture"]["record_id"] for check in checks)


def test_short_links_are_followed_one_capture_a_hop_to_the_post_behind_them(posts, archive):
    assert posts["short"]["text"] == "Behind two short links"
    (cited,) = posts["short"]["cited_by"]
    assert (cited["article_url"], cited["form"]) == (ARTICLES[2], "short-link")
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    chain = [reader.capture(posts["short"]["capture"]["record_id"])]
    while chain[-1]["via_record"] is not None:
        chain.append(reader.capture(chain[-1]["via_record"]))
    assert [capture["url"] for capture in chain[1:]] == [
        *("https://vk.cc/two", "https://t.co/one", ARTICLES[2]),
    ]


def test_the_summary_counts_posts_by_state(summary):
    counted = Counter(summary["post_states"].values())
    assert counted == {"ok": 9, "ok_partial": 1, "deleted": 1, "unavailable": 2}
    assert summary["not_had"] == []


def test_the_accept_header_of_the_ask_is_sent(summary, served):
    asked = next(each for each in served if each.path == "/shared?before=")
    assert b"\r\nAccept: application/json\r\n" in asked.request


def test_short_links_that_lead_to_each_other_are_asked_once_each(summary, served):
    asked = Counter(each.host for each in served if each.path == "/round")
    assert asked == {"t.co": 1, "vk.cc": 1}


@pytest.fixture(scope="module")
def again(posts, server, archive, served):
    """A second run, hours later, of other articles: its summary, and what it asked for."""
    before = len(served)
    with sqlite3.connect(archive / "state.sqlite") as state:
        assert "parrot:later" in {key for (key,) in state.execute("SELECT post_key FROM repeats")}
        state.execute("UPDATE repeats SET due_at = '2026-01-01T00:00:00+00:00'")
    state.close()
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(API, "later", lambda: post("Had at last"))
        summary = crawl(server, archive, [ARTICLES[0], ARTICLES[2]])
    return summary, served[before:]


def test_after_a_passing_fault_a_later_run_comes_back(posts, again, archive):
    assert walked(posts["later"]) == [("api", "transient"), ("embed", "unavailable")]
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    later = reader.post("parrot:later")
    assert (later["text"], later["state"]) == ("Had at last", "ok")
    capture = reader.capture(later["capture"]["record_id"])
    assert (capture["found_by"], capture["via"]) == ("again", None)
    with sqlite3.connect(archive / "state.sqlite") as state:
        put_off = {key for (key,) in state.execute("SELECT post_key FROM repeats")}
    state.close()
    assert put_off == {"parrot:broken"}


def test_a_second_run_asks_again_for_what_there_was_and_not_for_what_was_refused(again, archive):
    summary, asked = again
    paths = {each.path.partition("?")[0] for each in asked if "parrot" in each.host}
    assert "/shared" in paths
    assert "/gone" not in paths
    assert summary["post_states"]["parrot:gone"] == "deleted"
    assert verify(archive).faults == []


def test_where_a_short_link_led_is_remembered_across_runs(again):
    hosts = {each.host for each in again[1]}
    assert "api.parrot.example" in hosts
    assert hosts.isdisjoint({"t.co", "vk.cc"})


@pytest.fixture(scope="module")
def chosen(server, served, tmp_path_factory):
    """Two posts by their own addresses, one rung turned off and another on."""
    archive, before = tmp_path_factory.mktemp("chosen") / "archive", len(served)
    urls = [f"https://www.parrot.example/p/{name}?utm_source=x" for name in ("alone", "broken")]
    rungs = "-parrot/embed, parrot/mirror"
    summary = crawl(server, archive, urls, "-s", f"DATELINE_RUNGS={rungs}")
    return archive, summary, served[before:]


def test_a_post_alone_is_asked_of_its_platform(chosen):
    archive, summary, _ = chosen
    assert summary["post_states"]["parrot:alone"] == "ok"
    shown = inside("show", "parrot:alone", "--archive", archive).stdout.decode()
    for part in ("Asked for by its own address", "@polly", "platform-api", "5 likes"):
        assert part in shown


def test_rungs_are_turned_on_and_off_by_name(chosen):
    archive, _, asked = chosen
    assert {each.host for each in asked} == {"api.parrot.example", "mirror.parrot.example"}
    broken = CatalogueReader(ArchiveFolder.open(archive).catalogue).post("parrot:broken")
    assert walked(broken) == [("api", "transient"), ("mirror", "ok")]
    assert (broken["text"], broken["grade"]) == ("Had of a mirror", "third-party-mirror")


def test_a_rung_may_ask_by_post_and_its_capture_says_so(chosen):
    archive, _, asked = chosen
    (post,) = [each for each in asked if each.path == "/broken?before=api=transient"]
    assert post.request.startswith(b"POST /broken?")
    assert b"\r\nContent-Length: 0\r\n" in post.request
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    place = reader.post("parrot:broken")["capture"]
    assert reader.capture(place["record_id"])["method"] == "POST"
    assert verify(archive).faults == []


def test_a_rung_that_there_is_not_is_refused_by_its_name(tmp_path):
    """Before anything is asked, or an archive made."""
    archive = tmp_path / "archive"
    rungs = ["-s", "DATELINE_RUNGS=x/beak"]
    done = inside("crawl", "--archive", archive, *rungs, "https://a.invalid/")
    assert done.returncode == 2
    assert b"there is no rung 'x/beak'; x has x/tweet-result, x/" in done.stderr
    assert not archive.exists()


def counting(enough, seen):
    """A watcher that sets `seen` at the answer number `enough`."""
    count = itertools.count(1)
    return lambda _: next(count) == enough and seen.set()


@pytest.mark.parametrize("kills", [(4,), pytest.param((1, 3, 7), marks=pytest.mark.soak)])
def test_a_killed_crawl_leaves_no_answer_without_its_bytes(server, tmp_path, kills):
    """Killed when the server has answered so many rungs, and the next run after so many more."""
    archive = tmp_path / "archive"
    for answered in kills:
        process = start(server, archive, ARTICLES[:6])
        seen = threading.Event()
        watchers.append(counting(answered, seen))
        assert seen.wait(60)
        process.kill()
        process.communicate()
        watchers.clear()
    crawl(server, archive, ARTICLES[:6])
    assert verify(archive).faults == []
    reader = CatalogueReader(ArchiveFolder.open(archive).catalogue)
    locators = dict(reader.locators())
    for view in reader.posts():
        for seen_ in reader.post(view["id"])["sightings"]:
            read_record(archive / "warc", locators[seen_["record_id"]]).verify()
    assert reader.post("parrot:shared")["state"] == "ok"


def test_nobody_but_the_news_is_asked_where_neither_posts_nor_pictures_are_wanted(
    summary, server, tmp_path, served
):
    assert PHOTO in {f"https://{each.host}{each.path}" for each in served}, "else they are"
    before = len(served)
    options = ["--no-posts", "--media", "none", "--requisites", "none"]
    told = crawl(server, tmp_path / "archive", ARTICLES[:1], *options)
    assert set(told["post_states"].values()) == {"not_asked"}
    assert {each.host for each in served[before:]} == {"news.example"}
    assert told["pictures"] == []
