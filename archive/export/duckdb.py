"""A DuckDB database: one file, a table a kind, and a table `export` that says what it is."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import duckdb
import pyarrow as pa

from archive.codec import to_json
from archive.export.arrow import arrow_schema, batches
from archive.export.kinds import DAY_OF
from archive.export.queries import Values

MEMORY = "128MB"


class DuckdbFile:
    """A new database file in the making."""

    def __init__(self, path: Path) -> None:
        self._spill = path.with_name(f"{path.name}.tmp")
        self._connection = duckdb.connect(
            str(path),
            config={
                "memory_limit": MEMORY,
                "threads": 2,
                "preserve_insertion_order": True,
                "temp_directory": str(self._spill),
            },
        )
        # It would draw one on standard output, after two seconds, whoever reads that.
        self._connection.execute("SET enable_progress_bar = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)  # an export that was killed left its own

    def write(self, kind: str, rows: Iterable[Values]) -> int:
        """Make the table of a kind; how many rows it has."""
        written = 0

        def counted() -> Iterable[pa.RecordBatch]:
            nonlocal written
            for batch in batches(kind, rows):
                written += batch.num_rows
                yield batch

        incoming = pa.RecordBatchReader.from_batches(arrow_schema(kind), counted())
        self._connection.register("incoming", incoming)
        self._connection.execute(
            f'CREATE TABLE "{kind}" AS SELECT *, {DAY_OF[kind]}::DATE AS day FROM incoming'  # noqa: S608
        )
        self._connection.unregister("incoming")
        return written

    def describe(self, about: object) -> None:
        """Note what the export is, as one row of names and JSON."""
        self._connection.execute("CREATE TABLE export (about JSON)")
        self._connection.execute("INSERT INTO export VALUES (?)", [to_json(about).decode()])
