import pytest

from archive.catalogue import CatalogueReader
from tests.archive.catalogue.facts import opened


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def writer(path):
    with opened(path) as writer:
        yield writer


@pytest.fixture
def reader(writer, path):
    return CatalogueReader(path)
