"""Columns of the tables that leave: what is told of each, and those that every kind ends with."""

import datetime as dt
import types
from dataclasses import dataclass, field, fields
from typing import Any, get_args


def column(doc: str, *, schema_org: str | None = None, zyte: str | None = None) -> Any:  # noqa: ANN401 - any
    """A field with what is told of it."""
    return field(metadata={"doc": doc, "schema_org": schema_org, "zyte": zyte})


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the bytes lie from which a row was read. Every kind ends with these columns."""

    record_id: str = column("WARC-Record-ID of the capture that the row was read from")
    warc: str = column("name of the WARC file below the archive's `warc/`")
    warc_offset: int = column("where the record's gzip member begins in it, in bytes")
    warc_length: int = column("the member's length in bytes")
    payload_digest: str | None = column("SHA-256 of the body as sent, as the WARC names it")
    captured_at: dt.datetime = column("when the exchange began", zyte="metadata.dateDownloaded")
    reader: str | None = column("the reader's version; null where no reading is meant")
    run_id: str = column("the run that captured it")
    case_label: str | None = column("that run's case label")


PROVENANCE = tuple(one.name for one in fields(Provenance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table, as told to people."""

    name: str
    type: Any
    doc: str
    schema_org: str | None
    zyte: str | None


def is_nullable(wanted: Any) -> bool:  # noqa: ANN401 - a type as annotated
    """Whether a column of that type may be null."""
    return isinstance(wanted, types.UnionType)


def bare(wanted: Any) -> Any:  # noqa: ANN401
    """The type of a column's values where they are not null."""
    if not is_nullable(wanted):
        return wanted
    (one,) = (one for one in get_args(wanted) if one is not types.NoneType)
    return one


def columns(table: type[Any]) -> list[Column]:
    """The columns of a table in their order: its own, then its provenance."""
    told = [
        Column(
            name=one.name,
            type=one.type,
            doc=one.metadata["doc"],
            schema_org=one.metadata["schema_org"],
            zyte=one.metadata["zyte"],
        )
        for one in fields(table)
    ]
    return sorted(told, key=lambda column: column.name in PROVENANCE)
