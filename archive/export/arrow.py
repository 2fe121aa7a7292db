"""The tables as Arrow has them: the schema out of the dataclasses, rows as record batches."""

import datetime as dt
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, get_args, get_origin

import pyarrow as pa

from archive.export.kinds import SCHEMA_VERSION, TABLES, Row, columns

BATCH_ROWS = 1_000
BATCH_CHARS = 8_000_000
"""A batch ends with the row that brings its texts to this many characters."""

_Maker = Callable[[Sequence[Row]], list[object]]

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
    makers = [_maker(one.name, one.type) for one in columns(TABLES[kind])]
    held: list[Row] = []
    chars = 0
    for row in rows:
        held.append(row)
        chars += len(getattr(row, "text", None) or "")
        if len(held) >= BATCH_ROWS or chars >= BATCH_CHARS:
            yield _batch(schema, makers, held)
            held, chars = [], 0
    if held:
        yield _batch(schema, makers, held)


def is_nullable(wanted: Any) -> bool:  # noqa: ANN401 - a type as annotated
    """Whether a column of that type may be null."""
    return isinstance(wanted, types.UnionType)


def _batch(schema: pa.Schema, makers: Sequence[_Maker], rows: Sequence[Row]) -> pa.RecordBatch:
    arrays = [pa.array(make(rows), type=one.type) for one, make in zip(schema, makers, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _maker(name: str, wanted: Any) -> _Maker:  # noqa: ANN401
    """How the values of a column are taken from rows; a struct is a tuple to Arrow."""
    get = attrgetter(name)
    if is_nullable(wanted):
        (wanted,) = (one for one in get_args(wanted) if one is not types.NoneType)
    if is_dataclass(wanted):
        cell = attrgetter(*(one.name for one in fields(wanted)))
        return lambda rows: [cell(value) if (value := get(row)) else None for row in rows]
    if get_origin(wanted) is tuple and is_dataclass(get_args(wanted)[0]):
        cell = attrgetter(*(one.name for one in fields(get_args(wanted)[0])))
        return lambda rows: [[cell(value) for value in get(row)] for row in rows]
    return lambda rows: list(map(get, rows))


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
