"""The whole measure, on a corpus of two invented pages."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.scoring.corpus import is_unread

SCRIPT = Path(__file__).parents[2] / "bench" / "reading.py"
TEXT = "The river rose again on Monday and the old bridge was closed to carts and riders. " * 4


def run(*arguments):
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    rows = []
    for publisher in ("paper1.example", "paper2.example", "paper3.example"):
        page = f"<html><body><article><h1>River</h1><p>{TEXT}</p></article></body></html>"
        (folder / publisher).write_bytes(gzip.compress(page.encode()))
        rows.append(
            {
                "corpus": "aeb",
                "file": publisher,
                "url": f"https://{publisher}/river",
                "split_key": publisher,
                "page": publisher,
                "truth": {"body": TEXT},
            }
        )
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "manifest.jsonl").write_text(text, "utf-8")
    (folder / "social_truth.jsonl").touch()
    (folder / "dateline_truth.jsonl").touch()
    return folder


@pytest.mark.parametrize("arguments", [(), ("--corpus", "nowhere", "--floor")])
def test_without_corpus_there_is_one_line_and_no_failure(arguments):
    done = run(*arguments)
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr.startswith("skipped: no corpus")
    assert done.stderr.count("\n") == 1


def test_figures_of_all_parts_come_as_json(corpus, tmp_path):
    done = run("--corpus", corpus, "--peers", "--json", "--predictions", tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["dateline"]
    assert set(found) == {"all", "train", "unread"}
    assert found["all"]["aeb"] == 1
    assert found["all"]["pages_per_second"] > 0
    lines = (tmp_path / "dateline.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["body"].strip() for line in lines] == [TEXT.strip()] * 3


def test_profile_names_our_rooms(corpus, tmp_path):
    # A look a millisecond: pages enough, and large enough, for the walk over a tree to be seen.
    paragraphs = "".join(f"<p>{TEXT} <a href='/{n}'>{n}</a></p>" for n in range(400))
    page = f"<html><body><article><h1>River</h1>{paragraphs}</article></body></html>"
    row = json.loads((corpus / "manifest.jsonl").read_text("utf-8").splitlines()[0])
    train = next(key for key in map("paper{}.example".format, range(9)) if not is_unread(key))
    for name in ("social_truth.jsonl", "dateline_truth.jsonl"):
        (tmp_path / name).touch()
    (tmp_path / "page").write_bytes(gzip.compress(page.encode()))
    rows = [{**row, "split_key": train, "page": "page", "file": f"{n}"} for n in range(10)]
    (tmp_path / "manifest.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = run("--corpus", tmp_path, "--profile")
    assert done.returncode == 0, done.stderr
    rooms = re.findall(r"^ +[\d.]+  (\S+)$", done.stdout, re.MULTILINE)
    assert "crawler/extract/text/outline" in rooms
    assert all(room.startswith(("crawler/", "archive/")) for room in rooms)
