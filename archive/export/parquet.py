"""Parquet: `kind=KIND/day=YYYY-MM-DD/part-0.parquet`, as Hive lays out partitions.

Rows come in the order of their instant: one file is open at a time, its row groups are sorted, and
their statistics let a reader leave out what it does not ask for.
"""

import itertools
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from archive.export.arrow import arrow_schema, batches
from archive.export.kinds import DAY_OF, Row

GROUP_ROWS = 50_000
GROUP_BYTES = 16 * 1024 * 1024
"""A row group ends with the batch that brings it to this many rows or bytes in memory."""

_UNLIKE = ("text", "id", "url", "canonical_url", "record_id", "payload_digest", "captured_at")
"""Columns whose values hardly repeat: a dictionary of them would only cost time."""


def write_parquet(folder: Path, kind: str, rows: Iterable[Row]) -> int:
    """Write the rows of a kind, which come sorted by DAY_OF; how many there were.

    An empty table leaves one empty file, so that whoever reads the folder finds the columns; its
    day is one that readers take for a day.
    """
    written = 0
    at = DAY_OF[kind]
    for day, of_day in itertools.groupby(rows, key=lambda row: getattr(row, at).date()):
        written += _write(folder / f"kind={kind}" / f"day={day}", kind, of_day)
    if not written:
        _write(folder / f"kind={kind}" / "day=1970-01-01", kind, ())
    return written


def _write(folder: Path, kind: str, rows: Iterable[Row]) -> int:
    folder.mkdir(parents=True)
    schema = arrow_schema(kind)
    sorting = pq.SortingColumn(schema.get_field_index(DAY_OF[kind]))
    written = 0
    with pq.ParquetWriter(
        folder / "part-0.parquet",
        schema,
        compression="zstd",
        use_dictionary=[name for name in schema.names if name not in _UNLIKE],  # type: ignore[arg-type]
        sorting_columns=[sorting],
    ) as writer:
        group: list[pa.RecordBatch] = []
        for batch in batches(kind, rows):
            group.append(batch)
            written += batch.num_rows
            if (
                sum(one.num_rows for one in group) >= GROUP_ROWS
                or sum(one.nbytes for one in group) >= GROUP_BYTES
            ):
                writer.write_table(pa.Table.from_batches(group), row_group_size=GROUP_ROWS * 2)
                group = []
        if group:
            writer.write_table(pa.Table.from_batches(group), row_group_size=GROUP_ROWS * 2)
    return written
