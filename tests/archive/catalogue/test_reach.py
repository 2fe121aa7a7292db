"""Which captures a withdrawal's selector means."""

import datetime as dt
from dataclasses import replace

import pytest

from archive import Archive, Reach
from archive.model import ArchivedCopy, Verdict
from tests.archive import test_mutations as mutated
from tests.archive.generated import made, new_run, reading_of
from tests.strategies import page

WAIT_S = 30
STORY = "http://news.example/story"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Two runs of two cases: an article, its copy and picture; another with the same picture."""
    root = tmp_path_factory.mktemp("reach") / "archive"
    kept = {}
    for case in ("one", "two"):
        run = replace(new_run(f"run-{case}"), case=case)
        with Archive.open(root, run=run) as archive:
            for name, url in {
                "story": STORY if case == "one" else "http://sub.other.example/story",
                "picture": mutated.PICTURE if case == "one" else "http://img.example/own.png",
                "copy": f"http://archive.example/{case}",
            }.items():
                body = page(f"{case} {name}".encode())
                capture = archive.keep(made(run.run_id, body, url=url)).result(WAIT_S)
                kept[f"{name} {case}"] = capture.record_id
                reading = reading_of(capture)
                if name == "story":
                    article = replace(reading.article, url=url, image=mutated.PICTURE)
                    if case == "two":
                        article = replace(article, image="http://img.example/own.png")
                    archive.record(replace(reading, article=article)).result(WAIT_S)
                elif name == "picture":
                    archive.record(mutated.showing(capture)).result(WAIT_S)
                elif case == "one":
                    told = ArchivedCopy(
                        url=STORY,
                        archive="archive.example",
                        grade="third-party-capture",
                        memento_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
                    )
                    copy = replace(reading, verdict=Verdict.CONTENT, copy=told)
                    archive.record(copy).result(WAIT_S)
    return Reach(root / "catalogue.sqlite"), kept


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (STORY, {"story one", "copy one", "picture one"}),
        ("https://news.example/story", {"story one", "copy one", "picture one"}),
        ("http://archive.example/two", {"copy two"}),
        ("host:other.example", {"story two", "picture two"}),
        ("host:Other.Example", {"story two", "picture two"}),
        ("case:one", {"story one", "copy one", "picture one"}),
        ("case:three", set()),
        ("host:", set()),
        ("http://news.example/nothing", set()),
        ("x:1", set()),
    ],
)
def test_a_selector_means(filled, selector, expected):
    reach, kept = filled
    names = {record_id: name for name, record_id in kept.items()}
    assert {names[record_id] for record_id in reach.of(selector)} == expected


def test_a_host_means_the_hosts_below_it_too(filled):
    reach, kept = filled
    assert set(reach.of("host:example")) == set(kept.values())


def test_a_record_id_means_that_capture_alone(filled):
    reach, kept = filled
    assert reach.of(kept["story one"]) == [kept["story one"]]
