"""Stored captures read again: the catalogue built anew is the one that was there."""

import shutil

import pytest

from archive import verify
from crawler.rereading import rebuild
from tests.catalogues import differences, rows
from tests.demo_archive import fill


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    fill(home / "archive", home / "keys")
    return home / "archive"


@pytest.fixture
def root(demo, tmp_path):
    return shutil.copytree(demo, tmp_path / "archive")


def test_rebuilt_it_equals_the_catalogue_that_was_there_in_every_table(root, tmp_path):
    old = tmp_path / "old.sqlite"
    shutil.copy(root / "catalogue.sqlite", old)
    rebuild(root, jobs=0)
    assert differences(old, root / "catalogue.sqlite") == {}
    assert verify(root).faults == []
    for table in ("post_sightings", "short_links", "cross_checks", "version_links"):
        assert rows(old, table)
