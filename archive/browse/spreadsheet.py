"""The tables' CSV, as safe to open in a spreadsheet as that of `dateline export csv`.

Datasette writes what a page said as it is, of which a spreadsheet would run some.
"""

import csv
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.export.csv import cell

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class writer:  # noqa: N801 - it stands where `csv.writer` stood
    """`csv.writer`, for rows of SQL: a text that could be a formula begins with an apostrophe."""

    def __init__(self, file: "SupportsWrite[str]") -> None:
        self._writer = csv.writer(file)

    def writerow(self, row: Iterable[object]) -> object:
        """Write a row; what the file's `write` gave."""
        return self._writer.writerow(
            [cell(value) if isinstance(value, str) else value for value in row]
        )
