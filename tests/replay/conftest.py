"""The demo's archive, crawled twice: every second capture of a page is a revisit."""

import pytest

from tests.crawler.cli.running import dateline


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    root = tmp_path_factory.mktemp("replay") / "dateline-demo"
    for _ in range(2):
        done = dateline("demo", "--archive", root)
        assert done.returncode == 0, done.stderr
    return root
