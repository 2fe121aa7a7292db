import json

import pytest

from tests.crawler.cli.running import dateline, inside, lines_of


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sources.toml"


def test_a_source_is_added_listed_and_exported(path):
    added = inside(
        *("sources", "add", "https://a.example/feed", "--kind", "feed"),
        *("--name", "a", "--outlet", "The \u202eA", "--sources", path),
    )
    assert added.returncode == 2  # a direction override is no part of a name
    added = inside(
        *("sources", "add", "https://a.example/feed", "--kind", "feed", "--every", "15m"),
        *("--name", "a", "--outlet", "The A", "--sources", path),
    )
    assert added.returncode == 0, added.stderr
    (row,) = lines_of(inside("sources", "list", "--json", "--sources", path))
    assert (row["name"], row["kind"], row["urls"], row["every"]) == (
        *("a", "feed", ["https://a.example/feed"], "15m"),
    )
    assert b"https://a.example/feed" in inside("sources", "list", "--sources", path).stdout
    exported = inside("sources", "export-opml", "--sources", path).stdout
    opml = path.with_name("feeds.opml")
    opml.write_bytes(exported.replace(b"/feed", b"/other"))
    dry = inside("sources", "import-opml", opml, "--dry-run", "--sources", path)
    assert b"https://a.example/other" in dry.stdout
    assert len(lines_of(inside("sources", "list", "--json", "--sources", path))) == 1
    inside("sources", "import-opml", opml, "--sources", path)
    inside("sources", "import-opml", opml, "--sources", path)
    rows = lines_of(inside("sources", "list", "--json", "--sources", path))
    assert [row["name"] for row in rows] == ["a", "the-a"]


def test_each_mistake_is_a_line_of_its_own(path):
    path.write_text("[[source]]\nname = 'A'\nkind = 'feed'\n")
    done = inside("sources", "list", "--sources", path)
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2
    assert f"{path}:1: " in lines[0]
    assert f"{path}:2: " in lines[1]
    assert done.stdout == b""


def test_opml_comes_from_standard_input_too(path):
    opml = b'<opml><body><outline text="b" xmlUrl="http://b.example/rss"/></body></opml>'
    done = dateline("sources", "import-opml", "-", "--sources", path, given=opml)
    assert done.returncode == 0, done.stderr
    listed = dateline("sources", "list", "--json", "--sources", path)
    assert json.loads(listed.stdout)["urls"] == ["http://b.example/rss"]


def test_opml_is_utf_8_whatever_the_locale(path):
    inside("sources", "add", "http://c.example/rss", "--kind", "feed", "--name", "c",
           "--outlet", "北京", "--sources", path)  # fmt: skip
    done = dateline("sources", "export-opml", "--sources", path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert 'title="北京"'.encode() in done.stdout
