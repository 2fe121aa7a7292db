"""The rows of the archive as files for other people's tools.

    snapshot → rows of each kind → a folder or a file under a temporary name → renamed when whole

One export is one state of the catalogue, whatever a crawl does meanwhile. What is asked for stands
in `_export.json` with the position to ask from next time; `_schema.json` is the JSON Schema.
"""

import datetime as dt
import importlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, Self

from archive.catalogue.connection import snapshot
from archive.catalogue.feed import Position, check_position, newest_position, position_before
from archive.codec import to_json
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.errors import ArchiveError
from archive.export.csv import write_csv
from archive.export.json_schema import json_schema
from archive.export.jsonl import write_jsonl
from archive.export.kinds import CHANGES, KINDS, SCHEMA_VERSION
from archive.export.queries import Choice
from archive.export.rows import Rows
from archive.export.workers import Workers, tasks
from archive.instants import instant

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

WORKERS = 2
"""Processes that write Parquet where there is much; each takes some 170 MB."""
MANY = 100_000
"""From so many captures on they are worth their start."""


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


def export_tables(
    root: Path,
    target: Path,
    form: Format,
    *,
    software: str,
    kinds: Collection[str] = tuple(KINDS),
    since: Position | dt.datetime | None = None,
    case: str | None = None,
    workers: int | None = None,
) -> TablesExport:
    """Write the rows of `kinds` to the new folder (DuckDB: file) `target`.

    `since` a position, or an aware instant at which it was committed, the rows that changed after
    it; a table `changes` then says what came of each, and which rows are gone. `media` are always
    all that there are. `case` keeps what was seen in runs of that label; `changes` it does not
    narrow. `workers` is in how many processes Parquet is written: 0 in this one, None as suits the
    catalogue's size.

    Raises: ArchiveError where `target` is taken or a library is missing; BadPosition;
    NotAnArchive; StoreUnavailable.
    """
    making = _making(form)
    if target.exists() or target.is_symlink():
        raise ArchiveError(f"{target} is there already: name a new place, or remove it")
    catalogue = ArchiveFolder.open(root).catalogue
    with disk_work("write", target), ExitStack() as stack:
        hands, connection = _reading(stack, catalogue, form, workers)
        newest = newest_position(connection)
        if isinstance(since, dt.datetime):
            since = position_before(connection, since)
        if since is not None:
            check_position(connection, since)
        choice = Choice(since=since, case=case)
        tables = (*kinds, *((CHANGES,) if since is not None else ()))
        about = TablesExport(
            schema_version=SCHEMA_VERSION,
            software=software,
            exported_at=instant(dt.datetime.now(dt.UTC)),
            position=str(newest),
            since=str(since) if since is not None else None,
            case=case,
            rows={},
        )
        with _whole(target) as part, making(part) as made:
            counts = (
                hands.write(tasks(connection, part, tables, choice))
                if hands is not None
                else Counter[str]()
            )
            rows = Rows(connection)
            read = rows.values if form in COLUMNAR else rows.of
            for kind in tables:
                if not counts[kind]:  # by nobody yet, or there are none
                    counts[kind] = made.write(kind, read(kind, choice))
            about = replace(about, rows={kind: counts[kind] for kind in tables})
            made.describe(about)
    return about


class _Making(Protocol):
    """An export until it is whole."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc_info: object) -> None: ...

    def write(self, kind: str, rows: Iterable[Any], /) -> int:
        """Write the rows of a kind, as `Rows.of` or `Rows.values` gives them; how many."""

    def describe(self, about: TablesExport, /) -> None:
        """Say in it what it is."""


class _Folder:
    """A folder with what `write` makes of each kind."""

    def __init__(self, path: Path, write: Callable[[Path, str, Iterable[Any]], int]) -> None:
        self._path = path
        self._write = write

    def __enter__(self) -> Self:
        self._path.mkdir(parents=True)
        return self

    def __exit__(self, *exc_info: object) -> None:
        pass

    def write(self, kind: str, rows: Iterable[Any]) -> int:
        return self._write(self._path, kind, rows)

    def describe(self, about: TablesExport) -> None:
        (self._path / ABOUT).write_bytes(to_json(about) + b"\n")
        (self._path / SCHEMA).write_bytes(to_json(json_schema(list(about.rows))) + b"\n")


def _making(form: Format) -> Callable[[Path], _Making]:
    match form:
        case Format.DUCKDB:
            made: Callable[[Path], _Making] = _needing(form).DuckdbFile
            return made
        case Format.PARQUET:
            write = _needing(form).write_parquet
        case Format.JSONL:
            write = write_jsonl
        case Format.CSV:
            write = write_csv
    return lambda part: _Folder(part, write)


def _reading(
    stack: ExitStack, catalogue: Path, form: Format, count: int | None
) -> tuple[Workers | None, sqlite3.Connection]:
    """A snapshot, and the workers that see the same, where they are wanted."""
    if form is Format.PARQUET:
        if count is None:
            with snapshot(catalogue) as connection:
                count = WORKERS if _is_big(connection) else 0
        if count:
            workers = stack.enter_context(Workers(catalogue, count))
            connection_or_none = stack.enter_context(workers.one_state(catalogue))
            if connection_or_none is not None:
                return workers, connection_or_none
    return None, stack.enter_context(snapshot(catalogue))


def _is_big(connection: sqlite3.Connection) -> bool:
    (captures,) = connection.execute("SELECT max(rowid) FROM captures").fetchone()
    return (captures or 0) > MANY


def _needing(form: Format) -> ModuleType:
    """The module that writes it, whose library is an extra."""
    try:
        return importlib.import_module(f"archive.export.{form.value}")
    except ImportError as error:
        raise ArchiveError(
            f"export {form.value} needs {error.name}: pip install 'dateline[analysis]'"
        ) from error


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """The name under which an export is made; it is `target` when the block ends, or not there."""
    part = target.with_name(f".{target.name}.part")
    _remove(part)
    try:
        yield part
        part.rename(target)
    except BaseException:
        _remove(part)
        raise


def _remove(part: Path) -> None:
    """What an export that was killed has left."""
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)
    part.with_name(part.name + ".wal").unlink(missing_ok=True)
