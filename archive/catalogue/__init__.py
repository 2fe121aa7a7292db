"""What is known of the captures: a database derived from the WARCs, and rebuilt from them.

`writer` puts facts in: captures and runs as `rows`, readings by way of `placement`, where a reading
becomes articles, citations, posts, pictures and their standing. `reader` answers, out of
`questions`. `schema` has the tables, as `migrations` made them, `connection` opens the file, and
`changes` numbers what a transaction did, for `feed`.
"""

from archive.catalogue.feed import FEED_KINDS, Change, Position
from archive.catalogue.placement.readings import Catalogued
from archive.catalogue.questions.captures import Captures, Selection
from archive.catalogue.questions.histories import Histories
from archive.catalogue.questions.reach import Reach
from archive.catalogue.questions.read_before import ReadBefore
from archive.catalogue.questions.run_reports import RunReports
from archive.catalogue.reader import CatalogueReader, Finding
from archive.catalogue.rows import Extent
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
