"""Parquet: `kind=KIND/day=YYYY-MM-DD/part-0.parquet`, as Hive lays out partitions.

Rows come in the order of their instant: one file is open at a time, its row groups are sorted, and
their statistics let a reader leave out what it does not ask for.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from archive.export.arrow import arrow_schema, batches
from archive.export.kinds import DAY_OF
from archive.export.queries import Values

GROUP_ROWS = 50_000
GROUP_BYTES = 8 * 1024 * 1024
"""A row group ends with the batch that brings it to this many rows or bytes in memory."""

_UNLIKE = ("text", "id", "url", "canonical_url", "record_id", "payload_digest", "captured_at")
"""Columns whose values hardly repeat: a dictionary of them would only cost time."""


def write_parquet(folder: Path, kind: str, rows: Iterable[Values]) -> int:
    """Write all rows of a kind, which come sorted by DAY_OF; how many there were.

    An empty table leaves one empty file, so that whoever reads the folder finds the columns; its
    day is one that readers take for a day.
    """
    written = write_days(folder, kind, rows)
    if not written:
        with Behind() as behind:
            _write(folder / f"kind={kind}" / "day=1970-01-01", kind, (), behind)
    return written


def write_days(folder: Path, kind: str, rows: Iterable[Values]) -> int:
    """Write the rows of some days of a kind, in the same way; how many there were."""
    written = 0
    at = DAY_OF[kind]
    with Behind() as behind:
        for day, of_day in itertools.groupby(rows, key=lambda row: row[at][:10]):
            written += _write(folder / f"kind={kind}" / f"day={day}", kind, of_day, behind)
    return written


class Behind:
    """Has things done in their order by a thread, while the next rows are read.

    Arrow lets go of the interpreter when it compresses. One thing waits at most, so that memory
    is bounded; what one of them raises, the next call or the end of the block raises.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._under_way: Future[object] | None = None

    def do(self, work: Callable[..., object], *given: object, **named: object) -> None:
        """Have it done, once what was asked for before is."""
        self._settle()
        self._under_way = self._thread.submit(work, *given, **named)

    def _settle(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._settle()
        finally:
            self._thread.shutdown()


def _write(folder: Path, kind: str, rows: Iterable[Values], behind: Behind) -> int:
    folder.mkdir(parents=True)
    schema = arrow_schema(kind)
    sorting = pq.SortingColumn(schema.get_field_index(DAY_OF[kind]))
    written = 0
    writer = pq.ParquetWriter(
        folder / "part-0.parquet",
        schema,
        compression="zstd",
        use_dictionary=[name for name in schema.names if name not in _UNLIKE],  # type: ignore[arg-type]
        sorting_columns=[sorting],
    )
    for group in _groups(batches(kind, rows)):
        behind.do(writer.write_table, group, row_group_size=GROUP_ROWS * 2)
        written += group.num_rows
    behind.do(writer.close)
    return written


def _groups(found: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    group: list[pa.RecordBatch] = []
    for batch in found:
        group.append(batch)
        if (
            sum(one.num_rows for one in group) >= GROUP_ROWS
            or sum(one.nbytes for one in group) >= GROUP_BYTES
        ):
            yield pa.Table.from_batches(group)
            group = []
    if group:
        yield pa.Table.from_batches(group)
