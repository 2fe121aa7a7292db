"""What is known of the captures: a database derived from the WARCs, and rebuilt from them."""

from archive.catalogue.captures import Captures, Selection
from archive.catalogue.feed import FEED_KINDS, Change, Position
from archive.catalogue.histories import Histories
from archive.catalogue.reach import Reach
from archive.catalogue.read_before import ReadBefore
from archive.catalogue.reader import CatalogueReader, Finding
from archive.catalogue.readings import Catalogued
from archive.catalogue.rows import Extent
from archive.catalogue.run_reports import RunReports
from archive.catalogue.writer import CatalogueWriter

__all__ = [
    "FEED_KINDS",
    "Captures",
    "CatalogueReader",
    "CatalogueWriter",
    "Catalogued",
    "Change",
    "Extent",
    "Finding",
    "Histories",
    "Position",
    "Reach",
    "ReadBefore",
    "RunReports",
    "Selection",
]
