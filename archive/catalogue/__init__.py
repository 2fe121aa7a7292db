"""What is known of the captures: a database derived from the WARCs, and rebuilt from them."""

from archive.catalogue.captures import Captures, Selection
from archive.catalogue.histories import Histories
from archive.catalogue.reader import CatalogueReader, Finding
from archive.catalogue.rows import Extent
from archive.catalogue.run_reports import RunReports
from archive.catalogue.writer import Catalogued, CatalogueWriter

__all__ = [
    "Captures",
    "CatalogueReader",
    "CatalogueWriter",
    "Catalogued",
    "Extent",
    "Finding",
    "Histories",
    "RunReports",
    "Selection",
]
