"""The tables as Arrow has them: the schema out of the dataclasses, rows as record batches."""

import datetime as dt
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import Any, get_args, get_origin

import pyarrow as pa

from archive.export.kinds import SCHEMA_VERSION, TABLES, Row, columns

BATCH_ROWS = 5_000
BATCH_CHARS = 8_000_000
"""A batch ends with the row that brings its texts to this many characters."""

_PLAIN: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
    dt.date: pa.date32(),
    dt.time: pa.time64("us"),
}


def arrow_schema(kind: str) -> pa.Schema:
    """The schema of a table; its metadata names the kind and the schema's version."""
    return pa.schema(
        [
            pa.field(one.name, _type(one.type), nullable=is_nullable(one.type))
            for one in columns(TABLES[kind])
        ],
        metadata={"dateline.kind": kind, "dateline.schema_version": str(SCHEMA_VERSION)},
    )


def batches(kind: str, rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """The rows in batches of bounded size, in their order."""
    schema = arrow_schema(kind)
    held: list[Row] = []
    chars = 0
    for row in rows:
        held.append(row)
        chars += len(getattr(row, "text", None) or "")
        if len(held) >= BATCH_ROWS or chars >= BATCH_CHARS:
            yield _batch(schema, held)
            held, chars = [], 0
    if held:
        yield _batch(schema, held)


def is_nullable(wanted: Any) -> bool:  # noqa: ANN401 - a type as annotated
    """Whether a column of that type may be null."""
    return isinstance(wanted, types.UnionType)


def _batch(schema: pa.Schema, rows: Sequence[Row]) -> pa.RecordBatch:
    arrays = [
        pa.array([_plain(getattr(row, one.name)) for row in rows], type=one.type) for one in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _plain(value: object) -> object:
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return [asdict(cell) for cell in value]
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value


def _type(wanted: Any) -> pa.DataType:  # noqa: ANN401
    if is_nullable(wanted):
        (wanted,) = (one for one in get_args(wanted) if one is not types.NoneType)
    if get_origin(wanted) is tuple:
        return pa.list_(_type(get_args(wanted)[0]))
    if is_dataclass(wanted):
        return pa.struct(
            [
                pa.field(one.name, _type(one.type), nullable=is_nullable(one.type))
                for one in fields(wanted)
            ]
        )
    return _PLAIN[wanted]
