"""One archive, and a reading room over it, for all tests here."""

import pytest

pytest.importorskip("datasette", reason="the reading room is an extra: dateline[browse]")

from archive import ArchiveReader
from tests.browse.asking import Asking
from tests.browse.library import build


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    build(folder / "archive", folder / "keys")
    return folder / "archive"


@pytest.fixture(scope="session")
def catalogue(root):
    return ArchiveReader.open(root).catalogue


@pytest.fixture(scope="session")
def ask(root):
    return Asking(root)
