"""The change feed with its rows: what `dateline feed` prints."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.connection import snapshot
from archive.catalogue.feed import FEED_KINDS, Position, changes_after
from archive.disk.folder import ArchiveFolder
from archive.export.jsonl import json_line
from archive.export.kinds import SCHEMA_VERSION, Row
from archive.export.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A change, and the row as it stands now.

    Read twice, the feed gives the same changes at the same positions; a row that changed again in
    between is shown as it is then, and is None once it is gone.
    """

    position: str
    kind: str
    id: str
    change: str
    noted_at: str
    row: Row | None
    schema_version: int = SCHEMA_VERSION


def read_feed(
    root: Path, since: Position | None = None, *, kinds: Collection[str] = FEED_KINDS
) -> Iterator[FeedEntry]:
    """What came after that position, up to now, in the order of its commits; None: everything.

    Raises: NotAnArchive; BadPosition; StoreUnavailable.
    """
    with snapshot(ArchiveFolder.open(root).catalogue) as connection:
        rows = Rows(connection)
        for change in changes_after(connection, since, kinds=kinds):
            yield FeedEntry(
                position=str(change.position),
                kind=change.kind,
                id=change.id,
                change=change.change,
                noted_at=change.noted_at,
                row=rows.one(change.kind, change.id),
            )


def feed_line(entry: FeedEntry) -> str:
    """An entry as one JSON object, without a line's end."""
    return json_line(entry).decode().removesuffix("\n")
