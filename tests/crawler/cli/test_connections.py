"""What a command opens of SQLite it closes, and does not leave to Python."""

import sqlite3
import sys
import traceback

import pytest

from crawler.cli import main
from crawler.demo.server import WorldServer
from tests.crawler.cli.running import ROOT, into, page
from tests.prepared import Forked

_opened = []


class _Known(sqlite3.Connection):
    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        _opened.append(self)
        self.by = "".join(traceback.format_stack(limit=8))
        self.is_closed = False

    def close(self):
        super().close()
        self.is_closed = True


def counted(*args):
    """The command; on standard error, who opened what was not closed."""
    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **given: connect(*args, factory=_Known, **given)
    code = main(list(args))
    assert _opened, "a command that asks nothing of SQLite shows nothing"
    sys.stderr.write("".join(one.by for one in _opened if not one.is_closed))
    sys.exit(code)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("connections") / "a"
    with WorldServer(lambda asked: page(asked.path), hosts=["news.example"]) as server:
        addresses = [f"https://news.example/2026/{number}" for number in range(3)]
        crawled = Forked(
            counted, "crawl", "--archive", str(root), *into(server), *addresses, cwd=ROOT
        )
        said = crawled.communicate(timeout=60)
    assert crawled.returncode == 0, said
    return root, said


def test_a_crawl_closes_what_it_opens(root):
    assert "File " not in root[1][1]


@pytest.mark.parametrize(
    "command",
    [
        "ls articles --archive {root}",
        "search ferry --archive {root}",
        "show https://news.example/2026/1 --archive {root}",
        "changes --since 2020-01-01 --archive {root}",
        "feed --archive {root}",
        "verify {root}",
        "rebuild {root}",
        "reread {root}",
        "snapshot {root} {new}",
        "export parquet {new} --archive {root}",
        "export cdxj {new} --archive {root}",
        "export duckdb {new} --archive {root}",
    ],
)
def test_a_command_closes_what_it_opens(root, command, tmp_path):
    words = command.format(root=root[0], new=tmp_path / "new").split()
    ran = Forked(counted, *words, cwd=ROOT)
    out, err = ran.communicate(timeout=60)
    assert (ran.returncode, "File " in err) == (0, False), out + err
