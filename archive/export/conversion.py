"""From values, as SQLite has them, to the typed rows of kinds.py."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from archive.export.columns import bare
from archive.export.kinds import TABLES, Row
from archive.export.queries import Values
from archive.instants import instant_of

_CONVERSIONS: dict[type, Callable[[Any], object]] = {
    dt.datetime: instant_of,
    dt.date: dt.date.fromisoformat,
    bool: bool,
}
_CONVERTED: dict[str, list[tuple[str, Callable[[Any], object]]]] = {
    kind: [
        (one.name, _CONVERSIONS[bare(one.type)])
        for one in fields(table)
        if bare(one.type) in _CONVERSIONS
    ]
    for kind, table in TABLES.items()
}


def typed(kind: str, values: Values) -> Row:
    """The row of that kind with those values."""
    for name, convert in _CONVERTED[kind]:
        if values[name] is not None:
            values[name] = convert(values[name])
    return TABLES[kind](**values)
