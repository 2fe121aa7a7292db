"""A consistent copy of an archive, taken while a crawl may be writing it.

The catalogue is copied first, as SQLite's own backup sees it: one state. It names how far every
WARC file was durable then, and so far each is copied. Records only ever come before the rows that
name them, so no row of the copy lacks its record. Of the custody log so much is copied as is of
records that are; what is not signed by then, the copy's next run signs. The marker comes last, when
all else is durable: a copy that was interrupted is no archive.

`warc/torn/` stays behind: nothing in it was ever acknowledged.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from archive.catalogue import CatalogueWriter
from archive.catalogue import connection as catalogue_door
from archive.custody import copy_log
from archive.disk.durable import make_folder, sync_folder, write_file
from archive.disk.faults import place_error
from archive.disk.files import plain_file, small_file
from archive.disk.folder import ArchiveFolder
from archive.errors import NotAnArchive, StoreUnavailable
from archive.warc.names import open_warc
from archive.withdrawal.sealing import SUFFIX as SEALED

PIECE = 1024 * 1024


def snapshot(
    root: Path, target: Path, *, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Copy the archive at `root` to `target`, a folder that is empty or not there yet.

    Returns the bytes of WARC files copied. `tell` is called with bytes done and bytes to do.

    Raises: NotAnArchive where `root` is none, or `target` holds something or cannot be written;
    StoreUnavailable where the disk fails, or `root` lacks what its catalogue names.
    """
    source = ArchiveFolder.open(root)
    copy = ArchiveFolder(target)
    if target.resolve().is_relative_to(root.resolve()):
        raise NotAnArchive(f"{target} lies in the archive itself; choose another folder")
    try:
        if target.exists() and any(target.iterdir()):
            raise NotAnArchive(f"{target} is not empty; choose another folder")
        make_folder(copy.warc)
        _copy_catalogue(source.catalogue, copy.catalogue)
        with closing(CatalogueWriter.open(copy.catalogue)) as catalogue:
            extents = catalogue.extents()
            done, total = 0, sum(extent.durable_bytes for extent in extents)
            for extent in extents:
                file = open_warc(source.warc, extent.warc, is_copied=True)
                if file is None:
                    raise StoreUnavailable(f"{extent.warc} is catalogued, but not there")
                with file:
                    _copy_prefix(file, copy.warc / extent.warc, extent.durable_bytes)
                done += extent.durable_bytes
                tell(done, total)
            with catalogue.batch():
                for extent in extents:
                    catalogue.set_extent(extent.warc, extent.durable_bytes, is_closed=True)
        sync_folder(copy.warc)
        ends = {extent.warc: extent.durable_bytes for extent in extents}
        copy_log(source.custody, copy.custody, ends)
        _copy_sealed(source.sealed, copy.sealed)
        write_file(copy.marker, small_file(source.marker))
    except OSError as error:
        raise place_error(f"the copy to {target} failed", error) from error
    return done


def _copy_catalogue(source: Path, target: Path) -> None:
    try:
        with (
            catalogue_door.snapshot(source, or_older=True) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the catalogue could not be copied: {error}") from error


def _copy_sealed(source: Path, target: Path) -> None:
    """Copy what was withdrawn and sealed, durably; nothing where there is none."""
    if not source.is_dir():
        return
    make_folder(target)
    for path in sorted(source.glob(f"*{SEALED}")):
        with plain_file(path, is_copied=True) as file:
            _copy_prefix(file, target / path.name, path.stat().st_size)
    sync_folder(target)


def _copy_prefix(file: BinaryIO, target: Path, size: int) -> None:
    """Copy the first `size` bytes of a WARC file, durably."""
    left = size
    with target.open("xb") as copy:
        while left and (piece := file.read(min(left, PIECE))):
            copy.write(piece)
            left -= len(piece)
        if left:
            raise StoreUnavailable(f"{target.name} is {left} bytes shorter than catalogued")
        copy.flush()
        os.fsync(copy.fileno())
