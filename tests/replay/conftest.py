"""The demo's archive, crawled twice: every second capture of a page is a revisit."""

import pytest

from tests.crawler.cli.running import dateline
from tests.shared import copy_of


def _crawl_twice(root):
    for _ in range(2):
        done = dateline("demo", "--archive", root)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    return copy_of("dateline-demo", _crawl_twice, tmp_path_factory)
