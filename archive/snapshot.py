"""A consistent copy of an archive, taken while a crawl may be writing it.

The catalogue is copied first, as SQLite's own backup sees it: one state. It names how far every
WARC file was durable then, and so far each is copied. Records only ever come before the rows that
name them, so no row of the copy lacks its record. The marker comes last: a copy that was
interrupted is no archive.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from archive.catalogue import CatalogueReader, CatalogueWriter
from archive.errors import NotAnArchive, StoreUnavailable
from archive.folder import ArchiveFolder
from archive.warc.names import paths_of

PIECE = 1024 * 1024


def snapshot(
    root: Path, target: Path, *, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Copy the archive at `root` to `target`, a folder that is empty or not there yet.

    Returns the bytes of WARC files copied. `tell` is called with bytes done and bytes to do.

    Raises: NotAnArchive where `root` is none or `target` holds something; StoreUnavailable where
    the disk fails.
    """
    source = ArchiveFolder.open(root)
    copy = ArchiveFolder(target)
    try:
        if target.exists() and any(target.iterdir()):
            raise NotAnArchive(f"{target} is not empty; choose another folder")
        copy.warc.mkdir(parents=True)
        _copy_catalogue(source.catalogue, copy.catalogue)
        extents = CatalogueReader(copy.catalogue).extents()
        total = sum(extent.durable_bytes for extent in extents)
        done = 0
        for extent in extents:
            _copy_prefix(source.warc, extent.warc, copy.warc / extent.warc, extent.durable_bytes)
            done += extent.durable_bytes
            tell(done, total)
        with closing(CatalogueWriter.open(copy.catalogue)) as catalogue, catalogue.batch():
            for extent in extents:
                catalogue.set_extent(extent.warc, extent.durable_bytes, is_closed=True)
        shutil.copyfile(source.marker, copy.marker)
    except OSError as error:
        raise StoreUnavailable(f"the copy to {target} failed: {error.strerror or error}") from error
    return done


def _copy_catalogue(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the catalogue could not be copied: {error}") from error


def _copy_prefix(folder: Path, name: str, target: Path, size: int) -> None:
    """Copy the first `size` bytes of a WARC file, whichever of its names it has just now."""
    for path in paths_of(folder, name):
        try:
            with path.open("rb") as file, target.open("xb") as copy:
                left = size
                while left and (piece := file.read(min(left, PIECE))):
                    copy.write(piece)
                    left -= len(piece)
                if left:
                    raise StoreUnavailable(f"{path.name} is {left} bytes shorter than catalogued")
                copy.flush()
                os.fsync(copy.fileno())
        except FileNotFoundError:
            continue
        return
    raise StoreUnavailable(f"{name} is catalogued, but not there")
