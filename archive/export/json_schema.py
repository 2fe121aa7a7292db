"""The tables' JSON Schema (draft 2020-12), out of kinds.py."""

import datetime as dt
from collections.abc import Collection
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin

from archive.export.columns import bare, columns, is_nullable
from archive.export.kinds import SCHEMA_VERSION, TABLES, Row

_PLAIN: dict[type, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    dt.datetime: {"type": "string", "format": "date-time"},
    dt.date: {"type": "string", "format": "date"},
    dt.time: {"type": "string", "format": "time"},
}


def json_schema(kinds: Collection[str] = tuple(TABLES)) -> dict[str, Any]:
    """The schema of a line of JSON Lines, a definition a kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dateline exports",
        "x-schema-version": SCHEMA_VERSION,
        "$defs": {kind: _object(TABLES[kind]) for kind in kinds},
    }


def _object(table: type[Row]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for one in columns(table):
        properties[one.name] = _schema(one.type) | {"description": one.doc}
        names = {"x-schema.org": one.schema_org, "x-zyte-common-items": one.zyte}
        properties[one.name] |= {name: said for name, said in names.items() if said}
    return {
        "type": "object",
        "description": table.__doc__,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema(wanted: Any) -> dict[str, Any]:  # noqa: ANN401 - a type as annotated
    if is_nullable(wanted):
        return {"anyOf": [_schema(bare(wanted)), {"type": "null"}]}
    if get_origin(wanted) is tuple:
        return {"type": "array", "items": _schema(get_args(wanted)[0])}
    if is_dataclass(wanted):
        return {
            "type": "object",
            "properties": {one.name: _schema(one.type) for one in fields(wanted)},
            "required": [one.name for one in fields(wanted)],
            "additionalProperties": False,
        }
    return dict(_PLAIN[wanted])
