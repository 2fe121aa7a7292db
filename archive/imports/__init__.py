"""Foreign archives taken in: checked first, then kept as our own records, marked as theirs."""

from archive.imports.errors import ImportRefused
from archive.imports.imported import Imported, import_file

__all__ = ["ImportRefused", "Imported", "import_file"]
