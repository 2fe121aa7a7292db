"""The tables as Arrow has them: the schema out of the dataclasses, values as record batches."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, get_args, get_origin

import pyarrow as pa

from archive.export.columns import bare, columns, is_nullable
from archive.export.kinds import SCHEMA_VERSION, TABLES
from archive.export.queries import Values

BATCH_ROWS = 500
BATCH_CHARS = 8_000_000
"""A batch ends with the row that brings its texts to this many characters."""

_Maker = Callable[[Sequence[Any]], "pa.Array[Any]"]

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


def batches(kind: str, rows: Iterable[Values]) -> Iterator[pa.RecordBatch]:
    """The rows in batches of bounded size, in their order."""
    schema = arrow_schema(kind)
    makers = [(one.name, _maker(one.type)) for one in columns(TABLES[kind])]
    held: list[Values] = []
    chars = 0
    for row in rows:
        held.append(row)
        chars += len(row.get("text") or "")
        if len(held) >= BATCH_ROWS or chars >= BATCH_CHARS:
            yield _batch(schema, makers, held)
            held, chars = [], 0
    if held:
        yield _batch(schema, makers, held)


def _batch(
    schema: pa.Schema, makers: Sequence[tuple[str, _Maker]], rows: Sequence[Values]
) -> pa.RecordBatch:
    arrays = [make([row[name] for row in rows]) for name, make in makers]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _maker(wanted: Any) -> _Maker:  # noqa: ANN401 - a type as annotated
    """How a column is made of its values; what is text until then is read by Arrow, all at once."""
    kind = _type(wanted)
    wanted = bare(wanted)
    if wanted in {dt.datetime, dt.date}:
        return lambda values: pa.array(values, type=pa.string()).cast(kind)
    if wanted is bool:
        return lambda values: pa.array(
            [None if one is None else bool(one) for one in values], type=kind
        )
    if is_dataclass(wanted):  # a struct is a tuple to Arrow
        cell = attrgetter(*(one.name for one in fields(wanted)))
        return lambda values: pa.array([one and cell(one) for one in values], type=kind)
    if get_origin(wanted) is tuple and is_dataclass(get_args(wanted)[0]):
        cell = attrgetter(*(one.name for one in fields(get_args(wanted)[0])))
        return lambda values: pa.array([list(map(cell, cells)) for cells in values], type=kind)
    return lambda values: pa.array(values, type=kind)


def _type(wanted: Any) -> pa.DataType:  # noqa: ANN401
    wanted = bare(wanted)
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
