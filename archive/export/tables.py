"""The rows of the archive as files for other people's tools.

    snapshot → rows of each kind → a folder or a file under a temporary name → renamed when whole

One export is one state of the catalogue, whatever a crawl does meanwhile. What is asked for stands
in `_export.json` with the position to ask from next time; `_schema.json` is the JSON Schema.
"""

import datetime as dt
import importlib
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

from archive.catalogue.connection import snapshot
from archive.catalogue.feed import Position, newest_position, position_before
from archive.codec import to_json
from archive.errors import ArchiveError
from archive.export.csv import write_csv
from archive.export.json_schema import json_schema
from archive.export.jsonl import write_jsonl
from archive.export.kinds import CHANGES, KINDS, SCHEMA_VERSION
from archive.export.queries import Choice
from archive.export.rows import Rows
from archive.folder import ArchiveFolder
from archive.views import instant
from archive.warc.disk import disk_work

ABOUT = "_export.json"
SCHEMA = "_schema.json"


class Format(StrEnum):
    """What the rows become."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"
    DUCKDB = "duckdb"


COLUMNAR = frozenset({Format.PARQUET, Format.DUCKDB})
"""Those that make columns of values, and want no typed rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesExport:
    """What an export is: what `_export.json` says."""

    schema_version: int
    software: str
    exported_at: str
    position: str
    """Of the state that was exported: `--since` this gives what comes after."""
    since: str | None
    case: str | None
    rows: Mapping[str, int]
    """How many there are of each kind."""


Write = Callable[[Path, str, Iterable[Any]], int]
"""Writes the rows of a kind, as `Rows.of` or `Rows.values` gives them."""


def export_tables(
    root: Path,
    target: Path,
    form: Format,
    *,
    software: str,
    kinds: Collection[str] = tuple(KINDS),
    since: Position | dt.datetime | None = None,
    case: str | None = None,
) -> TablesExport:
    """Write the rows of `kinds` to the new folder (DuckDB: file) `target`.

    `since` a position, or an aware instant at which it was committed, the rows that changed after
    it; a table `changes` then says what came of each, and which rows are gone. `case` keeps what
    was seen in runs of that label; `changes` it does not narrow.

    Raises: ArchiveError where `target` is taken or a library is missing; BadPosition;
    NotAnArchive; StoreUnavailable.
    """
    writing = _writing(form)
    if target.exists() or target.is_symlink():
        raise ArchiveError(f"{target} is there already: name a new place, or remove it")
    part = target.with_name(f".{target.name}.part")
    with (
        disk_work("write", target),
        snapshot(ArchiveFolder.open(root).catalogue) as connection,
    ):
        newest = newest_position(connection)
        if isinstance(since, dt.datetime):
            since = position_before(connection, since)
        choice = Choice(since=since, case=case)
        about = TablesExport(
            schema_version=SCHEMA_VERSION,
            software=software,
            exported_at=instant(dt.datetime.now(dt.UTC)),
            position=str(newest),
            since=str(since) if since is not None else None,
            case=case,
            rows={},
        )
        _remove(part)
        rows = Rows(connection)
        read = rows.values if form in COLUMNAR else rows.of
        tables = {
            kind: read(kind, choice)
            for kind in (*kinds, *((CHANGES,) if since is not None else ()))
        }
        try:
            about = writing(part, tables, about)
            part.rename(target)
        except BaseException:
            _remove(part)
            raise
    return about


def _writing(
    form: Format,
) -> Callable[[Path, Mapping[str, Iterable[Any]], TablesExport], TablesExport]:
    match form:
        case Format.DUCKDB:
            room = _needing(form)
            return lambda part, tables, about: _write_file(room, part, tables, about)
        case Format.PARQUET:
            write: Write = _needing(form).write_parquet
        case Format.JSONL:
            write = write_jsonl
        case Format.CSV:
            write = write_csv
    return lambda part, tables, about: _write_folder(write, part, tables, about)


def _write_folder(
    write: Write, part: Path, tables: Mapping[str, Iterable[Any]], about: TablesExport
) -> TablesExport:
    part.mkdir(parents=True)
    counts = {kind: write(part, kind, found) for kind, found in tables.items()}
    about = replace(about, rows=counts)
    (part / ABOUT).write_bytes(to_json(about) + b"\n")
    (part / SCHEMA).write_bytes(to_json(json_schema(list(tables))) + b"\n")
    return about


def _write_file(
    room: ModuleType, part: Path, tables: Mapping[str, Iterable[Any]], about: TablesExport
) -> TablesExport:
    with room.DuckdbFile(part) as made:
        counts = {kind: made.write(kind, found) for kind, found in tables.items()}
        about = replace(about, rows=counts)
        made.describe(about)
    return about


def _needing(form: Format) -> ModuleType:
    """The module that writes it, whose library is an extra."""
    try:
        return importlib.import_module(f"archive.export.{form.value}")
    except ImportError as error:
        raise ArchiveError(
            f"export {form.value} needs {error.name}: pip install 'dateline[analysis]'"
        ) from error


def _remove(part: Path) -> None:
    """What an export that was killed has left."""
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)
    part.with_name(part.name + ".wal").unlink(missing_ok=True)
