"""What is known of the captures: a database derived from the WARCs, and rebuilt from them."""

from archive.catalogue.reader import CatalogueReader, Finding
from archive.catalogue.rows import Extent
from archive.catalogue.writer import Catalogued, CatalogueWriter

__all__ = ["CatalogueReader", "CatalogueWriter", "Catalogued", "Extent", "Finding"]
