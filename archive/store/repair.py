"""What a killed run left unfinished, made whole before the next one begins.

Its `.open` files are cut after their last whole exchange, logged, catalogued and renamed. Before
and after, WARC files and catalogue are held against each other: where one lacks what the other
has, nothing is added to either.
"""

import logging
from pathlib import Path

from archive.catalogue import CatalogueWriter
from archive.custody import CustodyLog
from archive.disk.faults import disk_work
from archive.disk.files import Files
from archive.disk.folder import ArchiveFolder
from archive.errors import NotAnArchive, StoreUnavailable
from archive.warc.names import OPEN, SUFFIX, final_name
from archive.warc.recover import Recovered, recover

logger = logging.getLogger(__name__)

_CURE = (
    "put the catalogue back that belongs to them, or let `dateline rebuild` build it anew from the "
    "WARC files"
)


def must_have_its_catalogue(folder: ArchiveFolder) -> None:
    """Keep an empty catalogue from being made beside WARC files that one knew.

    Files still `.open` are left to recovery, which catalogues them.

    Raises: NotAnArchive.
    """
    finished = [name for name in _sizes(folder.warc) if not name.endswith(OPEN)]
    if finished and not folder.catalogue.exists():
        raise NotAnArchive(
            f"{folder.catalogue} is missing, and {folder.warc} holds {len(finished)} WARC files: "
            f"{_CURE}"
        )


def repair(
    folder: ArchiveFolder, catalogue: CatalogueWriter, custody: CustodyLog, files: Files
) -> tuple[Recovered, ...]:
    """Bring `.open` files of dead writers to an end and catalogue what they hold.

    Raises: NotAnArchive where the catalogue is not that of the WARC files; StoreUnavailable.
    """
    _check_files(folder, catalogue)
    recovered = recover(folder.warc, files)
    try:
        _check_files(folder, catalogue)  # again, for a broken record is found only by reading
        extents = {one.warc: one.durable_bytes for one in catalogue.extents()}
        whole = {found.name: found.size_bytes for found in recovered}
        custody.catch_up(folder.warc, extents | whole)
        for found in recovered:
            _catalogue(found, catalogue)
            found.retire()
            logger.warning("recovered %s (%d torn bytes set aside)", found.name, found.torn_bytes)
    finally:
        for found in recovered:
            found.abandon()
    return tuple(recovered)


def _catalogue(found: Recovered, catalogue: CatalogueWriter) -> None:
    """Add what the catalogue misses of a file.

    Raises: StoreUnavailable, naming the file, whatever is wrong with what it holds.
    """
    try:
        with catalogue.batch():
            for run in found.runs():
                catalogue.add_run(run)
            for capture in found.captures():
                catalogue.add_capture(capture)
            catalogue.set_extent(found.name, found.size_bytes, is_closed=True)
    except StoreUnavailable:
        raise
    except Exception as error:
        raise StoreUnavailable(f"{found.name} cannot be recovered: {error}") from error


def _check_files(folder: ArchiveFolder, catalogue: CatalogueWriter) -> None:
    """Hold the WARC files against what is catalogued of them.

    Raises: NotAnArchive where the catalogue does not know one of them; StoreUnavailable where
    one lacks bytes that are catalogued: a new revisit might refer to what is no longer there.
    """
    sizes = _sizes(folder.warc)
    extents = {extent.warc: extent.durable_bytes for extent in catalogue.extents()}
    unknown = sorted(name for name in sizes if not name.endswith(OPEN) and name not in extents)
    if unknown:
        raise NotAnArchive(
            f"the catalogue of {folder.root} does not know {len(unknown)} of its WARC "
            f"files ({unknown[0]}): {_CURE}"
        )
    for name, durable_bytes in sorted(extents.items()):
        size = max(sizes.get(name, 0), sizes.get(name + OPEN, 0))
        if size < durable_bytes:
            raise StoreUnavailable(
                f"{folder.warc / name} is damaged: {size} bytes of {durable_bytes} that "
                "are catalogued; put it back from a copy (`dateline verify` says what is lost)"
            )


def _sizes(folder: Path) -> dict[str, int]:
    """The WARC files in a folder, under the names they have just now, and their lengths."""
    with disk_work("read", folder):
        return {
            path.name: path.stat().st_size
            for path in folder.iterdir()
            if final_name(path.name).endswith(SUFFIX)
        }
