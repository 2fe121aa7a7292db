"""`dateline crawl` from its list to its records, over a small web made for each question."""

import json

import pytest

from crawler.demo.server import Answer, Part, WorldServer, reply
from tests.checkers import assert_checkers_pass
from tests.crawler.cli.running import dateline, inside, into, lines_of, page

HOSTS = ("news.example", "www.news.example", "amp.news.example", "thief.example", "twin.example")
HOSTS += ("other.example", "shut.example")

LIST = """\
\ufeff# what the desk asked for, Tuesday

https://news.example/2026/spelt?utm_source=mail#top
https://NEWS.example:443/2026/spelt?fbclid=1
  https://www.news.example/2026/spelt/ \r
https://news.example/2026/moved
https://news.example/amp/2026/story
https://news.example/2026/printed?view=print
https://thief.example/2026/stolen
https://twin.example/2026/shared-here
https://news.example/2026/posts
not a url
https://user:secret@news.example/2026/private
ftp://news.example/2026/file
https:news.example/2026/odd-spelling
https://news.example/live
https://shut.example/2026/forbidden
"""


def canonical(url):
    return f'<link rel="canonical" href="{url}">'


def answer(asked):
    """A web in which pages claim what they like of their addresses."""
    at = f"{asked.host.removeprefix('www.')}{asked.path.partition('?')[0].rstrip('/')}"
    if at in ANSWERS:
        return ANSWERS[at]
    if "/2026/" in at:
        return page(at.rpartition("/")[2].capitalize())
    return reply(status="404 Not Found")


AMP = '<link rel="amphtml" href="https://news.example/amp/2026/story">'
TWIN = '<link rel="amphtml" href="https://twin.example/2026/shared-here">'
STORY = canonical("https://news.example/2026/story")
SHARED = canonical("https://other.example/2026/shared")
ANSWERS = {
    "shut.example/robots.txt": reply(b"User-agent: *\nDisallow: /\n", content_type="text/plain"),
    "news.example/2026/moved": reply(
        status="301 Moved", headers=[("Location", "/2026/moved-here")]
    ),
    "news.example/amp/2026/story": page("A story", head=STORY),
    "news.example/2026/story": page("A story", head=STORY + AMP),
    "news.example/2026/printed": page(
        "Printed", head=canonical("https://news.example/2026/printed")
    ),
    "thief.example/2026/stolen": page("Stolen", head=STORY),
    "twin.example/2026/shared-here": page("Shared", head=SHARED),
    "other.example/2026/shared": page("Shared", head=SHARED + TWIN),
    "news.example/2026/posts": page(
        "Posts", words='<a href="https://t.me/desk/41">as the desk wrote</a> on the river bank. '
    ),
    "news.example/live": page("Live", head='<meta http-equiv="refresh" content="30">'),
}


@pytest.fixture(scope="module")
def server():
    with WorldServer(answer, hosts=HOSTS) as serving:
        yield serving


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return tmp_path_factory.mktemp("crawl") / "archive"


@pytest.fixture(scope="module")
def first(server, archive):
    return dateline(
        *("crawl", "--from", "-", "--json", "--archive", archive, "--no-posts"),
        *("--case", "river", "--note", "asked by the desk", "--operator", "me"),
        *into(server),
        given=LIST.encode(),
    )


@pytest.fixture(scope="module")
def summary(first):
    (line,) = lines_of(first)
    return line


@pytest.fixture(scope="module")
def articles(first, archive):
    rows = lines_of(inside("ls", "articles", "--json", "--archive", archive))
    return {row["canonical_url"]: row for row in rows}


@pytest.fixture(scope="module")
def captures(first, archive):
    return lines_of(inside("ls", "captures", "--json", "--archive", archive))


def asked_for(captures, path):
    return [row for row in captures if path in row["url"] and row["found_by"] != "robots"]


def test_lines_that_are_no_urls_are_named_left_out_and_the_rest_is_crawled(first, summary):
    assert first.returncode == 2
    assert summary["left_out"] == 3
    said = first.stderr.decode().splitlines()
    assert all(line.startswith("dateline: left out: ") for line in said)
    assert "'not a url'" in said[0]
    assert "ftp" in said[2]
    assert len(said) == 3


def test_a_password_of_the_list_is_shown_nowhere(first, archive):
    assert b"secret" not in first.stdout + first.stderr
    assert all(b"secret" not in path.read_bytes() for path in archive.rglob("*") if path.is_file())


def test_the_same_url_under_many_spellings_is_fetched_once(summary, captures):
    assert len(asked_for(captures, "/2026/spelt")) == 1
    assert summary["duplicates"]["url"] >= 2


def test_a_spelling_that_scrapy_does_not_know_is_fetched_all_the_same(articles):
    assert "https://news.example/2026/odd-spelling" in articles


def test_a_redirect_is_two_captures_and_one_article_at_its_end(captures, articles):
    hop, end = reversed(asked_for(captures, "/2026/moved"))
    assert (hop["status"], hop["redirect_to"]) == (301, "https://news.example/2026/moved-here")
    assert (end["status"], end["via_record"]) == (200, hop["record_id"])
    assert end["requested_url"] == "https://news.example/2026/moved"
    assert "https://news.example/2026/moved-here" in articles
    assert "https://news.example/2026/moved" not in articles


def test_an_amp_page_and_its_canonical_page_are_one_article(articles, captures):
    story = articles["https://news.example/2026/story"]
    assert {"https://news.example/amp/2026/story", "https://news.example/2026/story"} <= {
        seen["url"] for seen in story["urls"]
    }
    (followed,) = [row for row in captures if row["url"] == "https://news.example/2026/story"]
    assert followed["found_by"] == "canonical"
    assert followed["via"] in {
        "https://news.example/amp/2026/story",
        "https://thief.example/2026/stolen",
    }


def test_a_canonical_link_within_the_site_gives_one_article(articles):
    printed = articles["https://news.example/2026/printed"]
    assert printed["claimed_canonical_url"] is None
    assert "https://news.example/2026/printed?view=print" not in articles


def test_a_page_cannot_attach_itself_to_another_sites_article(articles):
    stolen = articles["https://thief.example/2026/stolen"]
    assert stolen["claimed_canonical_url"] == "https://news.example/2026/story"
    story = articles["https://news.example/2026/story"]
    assert story["id"] != stolen["id"]
    assert story["headline"] == "A story"
    assert not [seen for seen in story["urls"] if "thief" in seen["url"]]


def test_two_sites_that_name_each_other_share_one_article(articles):
    shared = articles["https://other.example/2026/shared"]
    assert {seen["url"] for seen in shared["urls"]} >= {
        "https://other.example/2026/shared",
        "https://twin.example/2026/shared-here",
    }
    assert "https://twin.example/2026/shared-here" not in articles


def test_a_canonical_target_is_followed_once_and_no_further(captures):
    for url in ("https://news.example/2026/story", "https://other.example/2026/shared"):
        assert len([row for row in captures if row["url"] == url]) == 1


def test_a_page_that_shows_itself_again_after_a_while_is_read_and_asked_for_once(
    articles, captures
):
    assert "https://news.example/live" in articles
    assert len(asked_for(captures, "/live")) == 1


def test_without_posts_citations_are_recorded_and_no_platform_is_asked(articles, captures):
    posts = articles["https://news.example/2026/posts"]["posts"]
    assert {(post["platform"], post["post_id"]) for post in posts} == {("telegram", "desk/41")}
    assert not [row for row in captures if "t.me" in row["url"]]


def test_a_page_that_robots_forbid_is_on_record_with_the_reason(summary):
    (miss,) = summary["not_had"]
    assert miss["url"] == "https://shut.example/2026/forbidden"
    assert miss["why"] == "robots-denied"
    assert "https://shut.example/robots.txt" in miss["detail"]


def test_why_it_was_collected_is_kept_with_the_run(summary, archive):
    (run,) = [
        row
        for row in lines_of(inside("ls", "runs", "--json", "--archive", archive))
        if row["id"] == summary["run"]
    ]
    assert (run["case"], run["note"], run["operator"]) == ("river", "asked by the desk", "me")
    assert run["outcome"] == "finished"
    # Two that confirm each other later are one article by the end, and were two when they came.
    assert run["counts"]["dateline/articles/new"] >= len(summary["articles"]) > 0


def test_a_second_run_over_the_same_web_adds_revisits_and_no_article(
    server, first, articles, archive
):
    again = archive.parent / "again.txt"
    again.write_text("\n".join(line for line in LIST.splitlines() if "/2026/s" in line))
    done = dateline("crawl", "--from", again, "--json", "--archive", archive, *into(server))
    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = lines_of(done)
    rows = lines_of(inside("ls", "captures", "--json", "--archive", archive))
    pages = [row for row in rows if row["run_id"] == line["run"] and "robots.txt" not in row["url"]]
    assert {row["kind"] for row in pages} == {"revisit"}
    rows = lines_of(inside("ls", "articles", "--json", "--archive", archive))
    assert {row["canonical_url"] for row in rows} == set(articles)
    assert {row["versions"] for row in rows} == {1}


def test_verify_finds_all_as_it_was_written(first, archive):
    done = inside("verify", archive)
    assert (done.returncode, done.stderr) == (0, b"")
    assert_checkers_pass(*(archive / "warc").glob("*.warc.gz"))


def test_no_read_captures_and_max_pages_stops_asking(server, tmp_path):
    done = dateline(
        *("crawl", "--no-read", "--max-pages", "2", "--json", "--archive", tmp_path / "a"),
        *(f"https://news.example/2026/n{number}" for number in range(5)),
        *into(server),
    )
    (line,) = lines_of(done)
    assert (done.returncode, line["articles"]) == (0, [])
    assert line["captures"] == 3  # robots.txt and two pages
    rows = lines_of(inside("ls", "captures", "--json", "--archive", tmp_path / "a"))
    assert not [row for row in rows if row["readings"]]


def test_a_log_file_has_what_happened_and_standard_error_what_someone_should_look_at(
    server, tmp_path
):
    done = dateline(
        *("crawl", "--no-read", "--archive", "a", "-s", "LOG_FILE=crawl.log", *into(server)),
        "https://news.example/2026/n1",
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    lines = (tmp_path / "crawl.log").read_text().splitlines()
    assert any(" INFO scrapy.core.engine: Spider opened" in line for line in lines)


def test_an_option_not_given_leaves_the_environments_value_alone(server, tmp_path):
    done = dateline(
        *(
            "crawl",
            "https://news.example/2026/n1",
            "--json",
            "-s",
            "DATELINE_CONTACT=me@desk.example",
        ),
        *into(server),
        DATELINE_ARCHIVE=str(tmp_path / "a"),
        DATELINE_READ="0",
        DATELINE_CASE="from the environment",
    )
    (line,) = lines_of(done)
    assert (line["articles"], line["archive"]) == ([], str(tmp_path / "a"))
    (run,) = lines_of(dateline("ls", "runs", "--json", DATELINE_ARCHIVE=str(tmp_path / "a")))
    assert run["case"] == "from the environment"
    assert "(+me@desk.example)" in run["user_agent"]


def test_a_page_that_stalls_the_reader_is_stopped_alone(server, tmp_path):
    extensions = {"crawler.running.keeper.Keeper": 0, "tests.crawler.cli.stalling.Stalling": 0}
    done = dateline(
        *("crawl", "--json", "--archive", tmp_path / "a", *into(server)),
        *("-s", "DATELINE_READ_TIMEOUT_S=2", "-s", "DATELINE_READERS=2"),
        *("-s", f"EXTENSIONS={json.dumps(extensions)}"),
        *(f"https://news.example/2026/{name}" for name in ("one", "stall", "two", "three")),
    )
    (line,) = lines_of(done)
    assert (done.returncode, len(line["articles"])) == (0, 3)
    (miss,) = line["not_had"]
    assert miss == {
        "url": "https://news.example/2026/stall",
        "why": "unreadable",
        "detail": "not read within 2 s",
    }


def test_a_disk_that_fills_ends_the_crawl_in_one_line_and_loses_nothing(tmp_path):
    def heavy(asked):
        if asked.path == "/robots.txt":
            return reply(status="404 Not Found")
        noise = b"".join(b"%x" % (n * 2654435761 % 2**32) for n in range(20_000))
        return Answer((Part(reply(noise + asked.path.encode()).parts[0].data),))

    with WorldServer(heavy, hosts=["news.example"]) as server:
        done = dateline(
            *("crawl", "--no-read", "--archive", tmp_path / "a", *into(server)),
            *(f"https://news.example/{number}" for number in range(20)),
            largest_file=900_000,
        )
    assert done.returncode == 2, done
    said = done.stderr.decode().splitlines()
    assert said[-1].startswith("dateline: ")
    assert "what was acknowledged before is kept" in said[-1]
    assert "Traceback" not in done.stderr.decode()
    again = dateline("crawl", "--no-read", "--archive", tmp_path / "a", "http://127.0.0.1:1/")
    assert again.returncode == 0, again
    assert inside("verify", tmp_path / "a").returncode == 0
    rows = lines_of(inside("ls", "captures", "--json", "--archive", tmp_path / "a"))
    assert len([row for row in rows if row["status"] == 200]) >= 2


def test_json_is_one_line_of_valid_json_in_any_locale(first):
    assert first.stdout.count(b"\n") == 1
    json.loads(first.stdout)
