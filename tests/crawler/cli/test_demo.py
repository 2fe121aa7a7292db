"""`dateline demo`: what a newcomer sees first, and that it can be believed."""

import io
import json
import re
import subprocess
from collections import Counter

import pytest
from rich.cells import cell_len
from rich.console import Console

from archive import ArchiveFolder, CatalogueReader
from crawler.cli.screen.summary import print_further, print_summary, summarise
from crawler.cli.screen.terminal import Screen
from tests.checkers import assert_checkers_pass
from tests.crawler.cli.running import dateline, environment, inside, lines_of

NAMES = {
    "articles": (
        "id url canonical_url claimed_canonical_url headline headline_alternatives subtitle "
        "authors agencies published_at modified_at dateline language section tags site_name image "
        "image_credit pictures body links posts quoted notices partial field_sources "
        "other_statements capture reader verdict reason urls versions copies cluster near_copies "
        "first_seen_at last_seen_at"
    ),
    "posts": (
        "id platform post_id url same_as state seen_at latest_state latest_at pictures cited_by "
        "claims author text is_text_truncated title language posted_at edited_at is_edited "
        "revision hashtags mentions links media pointers poll metrics content_warning is_sensitive "
        "labels sources rung grade capture reader"
    ),
    "citations": (
        "id platform post_id url relation form block claimed_handle claimed_name claimed_text "
        "claimed_on hashtags mentions links id_at claimed_revision day_disagrees article_id "
        "article_url headline record_id reader"
    ),
    "captures": (
        "record_id warc offset length payload_digest captured_at kind url method run_id status "
        "content_type payload_bytes refers_to truncated failure found_by via via_record "
        "requested_url redirect_to is_tls_verified readings"
    ),
}
DATELINE = {
    *("place", "region", "country", "agency", "date", "local_time", "time_disagrees", "block"),
    "raw",
}
CAPTURE = {
    *("record_id", "warc", "offset", "length", "payload_digest", "captured_at"),
    *("is_tls_verified", "found_by"),
}
BLOCKS = {"paragraph", "heading", "quote", "list", "caption", "post", "media", "entry"}
CITATION = {
    *("platform", "post_id", "url", "relation", "form", "block", "id_at"),
    *("claimed_handle", "claimed_name", "claimed_text", "claimed_on"),
    *("hashtags", "mentions", "links", "day_disagrees", "claimed_revision"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def first(home):
    return dateline("demo", cwd=home)


@pytest.fixture(scope="module")
def second(first, home):
    return dateline("demo", "--json", cwd=home)


@pytest.fixture(scope="module")
def archive(first, home):
    return home / "dateline-demo"


@pytest.fixture(scope="module")
def listed(archive):
    return {what: lines_of(inside("ls", what, "--json", "--archive", archive)) for what in NAMES}


def rendered(archive, width):
    """The screen of a terminal of that width after the newest run, without its colours."""
    console = Console(
        file=io.StringIO(), force_terminal=True, width=width, highlight=False, emoji=False
    )
    run = next(CatalogueReader(ArchiveFolder.open(archive).catalogue).runs())
    summary = summarise(archive, run["id"], run["counts"])
    print_summary(Screen(console=console), summary)
    print_further(Screen(console=console), summary)
    return re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue()).split("\n")


def test_demo_succeeds_and_says_nothing_on_standard_error(first):
    assert (first.returncode, first.stderr) == (0, b"")


def test_demo_fits_one_screen_and_is_plain_in_a_pipe(first):
    text = first.stdout.decode()
    assert len(text.splitlines()) <= 56
    assert "\x1b" not in text
    assert "…" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_demo_says_what_was_kept_by_kind(first):
    text = first.stdout.decode()
    assert "15  articles" in text
    assert "18  posts cited" in text
    for kind in ("10 X", "2 Telegram", "1 Bluesky", "1 Mastodon", "1 YouTube"):
        assert kind in text
    for kind in ("spelt differently", "kept before", "another outlet's", "cited again"):
        assert kind in text


def test_demo_says_in_plain_words_why_a_page_could_not_be_had_and_names_each_once(first):
    text = first.stdout.decode()
    misses = text.partition("Could not be had\n")[2].partition("\n\n")[0].splitlines()
    assert sorted(re.split(r" {2,}", line.strip())[0] for line in misses) == [
        "cut off in the middle",
        "forbidden by robots.txt",
        "gone (HTTP 410)",
        "paywalled: teaser kept",
        "robots.txt out of reach",
    ]
    assert "gone.example/robots.txt" not in text


def test_commands_to_look_further_work_as_printed(first, home):
    commands = first.stdout.decode().partition("Look further\n")[2].splitlines()
    assert len(commands) == 5
    for command in commands:
        done = subprocess.run(
            command, shell=True, cwd=home, env=environment(), capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b""), command
        assert done.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_demo_never_wraps_on_a_terminal_but_leaves_commands_whole(archive, second, width):
    lines = rendered(archive, width)
    where = next(index for index, line in enumerate(lines) if "Look further" in line)
    assert max(cell_len(line) for line in lines[:where]) <= width
    assert all("…" not in line for line in lines[where:])
    assert len(lines) <= 58


def test_a_headline_from_right_to_left_ends_its_line_and_does_not_turn_it(archive, second):
    (line,) = (line for line in rendered(archive, 80) if "أذربيجان" in line)
    assert re.fullmatch(r"\u200e {4}2026-11-17 {2}[\u0600-\u06ff —]+", line)


def test_second_demo_finds_no_new_article_and_stores_no_payload_again(first, second):
    summary = json.loads(second.stdout)
    assert second.returncode == 0
    assert len(summary["articles"]) == 15
    pages = summary["captures"] - len(summary["not_had"])
    assert summary["duplicates"]["payload"] > pages * 0.8


def test_second_demo_leaves_as_many_articles_and_posts_as_the_first(first, second, archive):
    for what, number in (("articles", 15), ("posts", 18), ("runs", 2)):
        done = inside("ls", what, "--json", "--archive", archive)
        assert len(lines_of(done)) == number, what


@pytest.mark.parametrize("what", NAMES)
def test_names_in_json_are_those_of_the_issue(listed, what):
    assert listed[what]
    for row in listed[what]:
        assert list(row) == list(dict.fromkeys(row))
        assert set(row) == set(NAMES[what].split()), what


def test_inner_names_of_an_article_are_those_of_the_issue(listed):
    for article in listed["articles"]:
        assert set(article["capture"]) == CAPTURE
        assert article["dateline"] is None or set(article["dateline"]) == DATELINE
        assert all(set(author) == {"name"} for author in article["authors"])
        assert {block["type"] for block in article["body"]} <= BLOCKS
        assert all(set(post) == CITATION for post in article["posts"])


def test_dates_in_json_keep_the_pages_offset_or_are_a_day(listed):
    form = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z))?")
    dates = [article["published_at"] for article in listed["articles"]]
    assert all(form.fullmatch(date) for date in dates)
    assert any(date.endswith("+02:00") for date in dates)


def test_every_post_is_fetched_and_checked_or_has_its_claims_labelled(archive, listed):
    states = Counter(post["state"] for post in listed["posts"])
    assert states["not_asked"] < states["ok"]
    for post in listed["posts"]:
        (shown,) = lines_of(inside("show", post["id"], "--json", "--archive", archive))
        citers = {cited["article_id"] for cited in post["cited_by"]}
        assert {claim["claimed_by"] for claim in shown["claims"]} == citers
        if post["state"] in {"ok", "ok_partial"}:
            assert post["text"] or post["title"]
            assert {check["claimed_by"] for check in shown["checks"]} == citers
            assert post["claims"] == []
        else:
            assert {claim["claimed_by"] for claim in post["claims"]} == citers
        if post["state"] == "not_asked":
            # Nothing was sent: no rung is on, or the host's robots.txt forbids to ask.
            assert {seen["state"] for seen in shown["sightings"]} <= {"not_asked"}


def test_show_json_is_the_line_of_ls_and_says_what_it_is(archive, listed):
    for what, id_ in (("article", "id"), ("post", "id"), ("capture", "record_id")):
        row = listed[f"{what}s"][0]
        (shown,) = lines_of(inside("show", row[id_], "--json", "--archive", archive))
        assert shown.pop("found") == what
        if what == "post":
            assert shown.items() >= {**row, "claims": shown["claims"]}.items()
        else:
            assert shown == row


def test_what_the_demo_wrote_passes_the_fields_own_checkers(first, archive):
    assert_checkers_pass(*(archive / "warc").glob("*.warc.gz"))


def test_demo_does_not_leave_its_folder_or_write_beside_it(first, home):
    assert [entry.name for entry in home.iterdir()] == ["dateline-demo"]
