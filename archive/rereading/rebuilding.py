"""The catalogue built anew from the WARC files alone, and put in the old one's place.

    lock    → as every writer; what a killed run left is made whole
    facts   → runs, captures and extents of every file, into a new database beside the old
    (desk)  → whoever asked reads the captures again, and adds what it read
    swap    → the old one's journal is folded into it, then the new one is renamed over it

Until the rename the old catalogue is as it was, and a kill leaves it. What was withdrawn stays so:
the custody log says what, and a file that was put back from a copy loses it again.

Not made anew, for no record tells it: `state.sqlite`, which is left alone. The new catalogue has an
epoch of its own.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from archive.catalogue import CatalogueWriter
from archive.custody import CustodyLog
from archive.disk.durable import sync_file, sync_folder
from archive.disk.faults import disk_work
from archive.disk.folder import ArchiveFolder
from archive.disk.lock import writer_lock
from archive.errors import StoreUnavailable
from archive.model import Run
from archive.rereading.desk import ReadingDesk
from archive.warc.names import SUFFIX, final_name, find_warc
from archive.warc.reader import read_contents
from archive.warc.recover import recover
from archive.withdrawal.removal import finish_withdrawals

BATCH = 2000
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, under its name."""


@contextmanager
def rebuilding(
    root: Path, *, wait: bool = False, keys: Path | None = None
) -> Iterator[ReadingDesk]:
    """A desk over a new catalogue of the archive at `root`, which has all but readings.

    It takes the old one's place when the block ends, and is thrown away when the block raises.
    `keys` is the folder of the keys that sign the custody log, where something is to be logged.

    Raises: NotAnArchive; ArchiveBusy; BadRecord where a file is not as it was written;
    StoreUnavailable.
    """
    folder = ArchiveFolder.open(root)
    new = folder.unfinished_catalogue
    with ExitStack() as held:
        held.enter_context(writer_lock(folder.lock, wait=wait))
        recovered = recover(folder.warc)
        for found in recovered:
            held.callback(found.abandon)
        _remove(new)
        held.callback(_remove, new)
        with CatalogueWriter.open(new) as catalogue:
            sizes = _add_files(folder.warc, catalogue)
            log = CustodyLog.open(folder.custody, keys=keys)
            log.catch_up(folder.warc, sizes)
            finish_withdrawals(folder, catalogue, log)
            yield ReadingDesk(folder, new, catalogue)
        _swap(folder)
        for found in recovered:
            found.retire()


def _add_files(warc: Path, catalogue: CatalogueWriter) -> dict[str, int]:
    """Catalogue what every file tells; the files' sizes."""
    with disk_work("read", warc):
        names = sorted({final_name(path.name) for path in warc.iterdir()})
    sizes = {}
    for name in names:
        if name.endswith(SUFFIX) and (path := find_warc(warc, name)) is not None:
            with disk_work("read", path):
                sizes[name] = path.stat().st_size
                _add_file(path, catalogue)
            with catalogue.batch():
                catalogue.set_extent(name, sizes[name], is_closed=True)
    return sizes


def _add_file(path: Path, catalogue: CatalogueWriter) -> None:
    contents = read_contents(path)
    is_more = True
    while is_more:
        with catalogue.batch():
            for _ in range(BATCH):
                told = next(contents, None)
                if told is None:
                    is_more = False
                    break
                if isinstance(told, Run):
                    catalogue.add_run(told)
                else:
                    catalogue.add_capture(told)


def _swap(folder: ArchiveFolder) -> None:
    """Put the new catalogue, which is closed, in the old one's place."""
    old, new = folder.catalogue, folder.unfinished_catalogue
    with disk_work("replace", old):
        sync_file(new)
        _fold(old)
        for suffix in _BESIDE:  # a journal of the old one beside the new would spoil that
            old.with_name(old.name + suffix).unlink(missing_ok=True)
        sync_folder(folder.root)
        new.replace(old)
        sync_folder(folder.root)


def _fold(path: Path) -> None:
    """Bring all of a database into its own file, as far as it is one.

    Raises: StoreUnavailable where somebody has been reading it for too long.
    """
    if not path.exists():
        return
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path, timeout=10)) as old:
        is_busy, pages, folded = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy and pages != folded:
            raise StoreUnavailable(f"{path} is being read: close what reads it, and try again")


def _remove(path: Path) -> None:
    for suffix in ("", *_BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
