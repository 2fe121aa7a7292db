"""`dateline diff`, `changes`, `show --versions` and what `show` says of a run."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from archive import (
    Archive,
    Article,
    BlockType,
    BodyBlock,
    Failure,
    FailureKind,
    Reading,
    Verdict,
    verify,
)
from tests.archive.generated import made, new_run
from tests.crawler.cli.running import inside, lines_of
from tests.strategies import page

WAIT_S = 30
BEGAN = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
EDITED, GONE, MOVED = (f"http://news.example/2026/{name}" for name in ("edited", "gone", "moved"))
BEFORE = "Five people were killed on Monday.\x1b[2J"
AFTER = "Seven people were killed on Monday and two were hurt.\x1b[2J"


class World:
    """An archive that is filled look by look."""

    def __init__(self, archive):
        self._archive = archive

    def see(self, url, hours, text, *, reader="r/1"):
        exchange = self._at(hours, page(f"<p>{text}</p>".encode()), url=url)
        capture = self._archive.keep(exchange).result(WAIT_S)
        body = tuple(BodyBlock(type=BlockType.PARAGRAPH, text=one) for one in ("It rained.", text))
        story = Article(url=url, headline=f"About {url[-6:]}", body=body)
        self._archive.record(
            Reading(
                record_id=capture.record_id, reader=reader, verdict=Verdict.CONTENT, article=story
            )
        ).result(WAIT_S)
        return capture.record_id

    def answer(self, url, hours, status, *headers):
        self._archive.keep(self._at(hours, page(b"-", status=status, headers=headers), url=url))

    def fail(self, url, hours, kind):
        failure = Failure(kind=kind, detail="-")
        self._archive.keep(self._at(hours, None, url=url, failure=failure))

    def _at(self, hours, data, **given):
        at = BEGAN + dt.timedelta(hours=hours)
        return made(self._archive.run.run_id, data, began_at=at, ended_at=at, **given)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    root = tmp_path_factory.mktemp("changes") / "archive"
    run = replace(new_run("run-1"), began_at=BEGAN)
    with Archive.open(root, run=run) as archive:
        world = World(archive)
        captures = [
            world.see(EDITED, 0, BEFORE),
            world.see(EDITED, 2, AFTER),
            world.see(EDITED, 3, BEFORE),
        ]
        world.see(GONE, 0, "x")
        world.answer(GONE, 1, "404 Not Found")
        world.answer(GONE, 26, "404 Not Found")
        world.see(MOVED, 0, "y")
        world.answer(MOVED, 4, "301 Moved", "Location: /2026/new-home")
        world.fail("http://other.example/robots", 5, FailureKind.ROBOTS_DENIED)
        world.fail("http://other.example/down", 5, FailureKind.CONNECT)
        counts = {"dateline/left-out/max-pages": 7, "dateline/duplicates/url": 2}
        ended = replace(
            run, ended_at=BEGAN + dt.timedelta(hours=27), outcome="finished", counts=counts
        )
        archive.close(ended)
    assert verify(root).faults == []
    return root, captures


@pytest.fixture
def root(filled):
    return filled[0]


def told(root, *args):
    return lines_of(inside(*args, "--json", "--archive", root))


def test_changes_are_listed_newest_first_each_with_its_instant(root):
    found = told(root, "changes", "--since", "2026-11-01")
    assert [(one["kind"], one["url"], one["at"][:13]) for one in found] == [
        ("gone", GONE, "2026-11-02T14"),
        ("moved", MOVED, "2026-11-01T16"),
        ("edited", EDITED, "2026-11-01T14"),
    ]
    assert found[0]["since"][:13] == "2026-11-01T13"
    assert found[1]["target"] == "http://news.example/2026/new-home"


@pytest.mark.parametrize(
    ("since", "count"), [("run-1", 3), ("2026-11-01T15:00:00", 2), ("2026-11-03", 0)]
)
def test_changes_begin_with_a_run_a_day_or_an_instant(root, since, count):
    assert len(told(root, "changes", "--since", since)) == count


def test_a_time_that_is_none_is_refused_in_one_line(root):
    done = inside("changes", "--since", "yesterday", "--archive", root)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


@pytest.mark.parametrize("way", ["article", "captures", "versions"])
def test_a_difference_is_found_by_article_captures_or_versions(filled, way):
    root, captures = filled
    edit = told(root, "changes", "--since", "run-1")[-1]
    names = {
        "article": [EDITED],
        "captures": captures[:2],
        "versions": [edit["before"], edit["after"]],
    }
    (view,) = told(root, "diff", *names[way])
    assert (view["is_same_reader"], view["is_same_text"]) == (True, False)
    assert (view["words_removed"], view["words_added"]) == (1, 5)
    changed = [part for part in view["parts"] if not part["is_same"]]
    assert [part["kind"] for part in changed] == ["paragraph"]
    for version, dropped in (("before", "added"), ("after", "removed")):
        text = "".join(p["text"] for p in changed[0]["pieces"] if p["change"] != dropped)
        assert text == {"before": BEFORE, "after": AFTER}[version]


def test_a_difference_for_a_person_marks_words_and_lets_no_control_through(root):
    shown = inside("diff", EDITED, "--archive", root).stdout.decode()
    assert "[-Five-]{+Seven+} people were killed on Monday" in shown
    assert "{+ and two were hurt+}" in shown
    assert "\x1b" not in shown
    assert "It rained." not in shown


def test_what_was_never_edited_or_is_unknown_has_no_difference(root):
    for names in ([GONE], ["http://nowhere.example/"], [EDITED, "http://nowhere.example/"]):
        done = inside("diff", *names, "--archive", root)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.count(b"\n") == 1


def test_versions_come_with_their_sightings_and_how_the_article_stands(root):
    (view,) = told(root, "show", EDITED, "--versions")
    assert view["standing"]["state"] == "edited"
    assert [one["sightings"] for one in view["versions"]] == [2, 1]
    assert [one["state"] for one in view["turns"]] == ["live", "edited"]
    shown = inside("show", EDITED, "--versions", "--archive", root).stdout.decode()
    assert view["versions"][0]["id"] in shown
    assert inside("show", "run-1", "--versions", "--archive", root).returncode == 1


def test_a_run_tells_what_it_brought(root):
    (view,) = told(root, "show", "run-1")
    report = view["report"]
    assert (report["captures"], report["seconds"]) == (10, 27 * 3600)
    assert (report["new_articles"], report["edits"]) == (3, 1)
    assert (report["moved"], report["gone"]) == (1, 1)
    assert report["failures"] == {"HTTP 404": 2, "connect": 1}
    assert report["discards"] == {
        "left-out/max-pages": 7,
        "duplicates/url": 2,
        "robots-denied": 1,
    }
    assert report["disk_bytes"] == sum(
        path.stat().st_size for path in (root / "warc").glob("*.warc.gz")
    )
    hosts = {host["host"]: host for host in report["hosts"]}
    assert (hosts["news.example"]["articles"], hosts["other.example"]["refused"]) == (5, 1)
    shown = inside("show", "run-1", "--archive", root).stdout.decode()
    for part in ("robots-denied", "HTTP 404", "disk used", "news.example"):
        assert part in shown
    assert json.dumps(view)
