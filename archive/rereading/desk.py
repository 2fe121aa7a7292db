"""Where stored captures are read again: they come in their order, and what is read is added.

    desk.batches() → captures, with what was read before → read by whoever knows pages → desk.add()

What reads them is not known here. `reading_desk` is for an archive as it is, `rebuilding` (next
door) for a catalogue in the making.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from archive.catalogue import CatalogueWriter
from archive.catalogue.questions.read_before import START, ReadBefore, read_before
from archive.disk.folder import ArchiveFolder
from archive.disk.lock import writer_lock
from archive.errors import NotAnArchive
from archive.model import Reading

BATCH = 128
"""Captures at a time, and readings in one commit: what is in memory, and what a kill costs."""


class ReadingDesk:
    """The captures of one catalogue; `writer` is None where nothing is to be added."""

    def __init__(
        self, folder: ArchiveFolder, catalogue: Path, writer: CatalogueWriter | None
    ) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self._writer = writer

    def batches(self, run_id: str | None = None) -> Iterator[list[ReadBefore]]:
        """All captures, or those of one run, by file and offset; of a file still being written too.

        Raises: NotAnArchive, StoreUnavailable.
        """
        after = START
        while batch := read_before(self.catalogue, after, BATCH, run_id):
            yield batch
            after = batch[-1].place

    def add(self, readings: Sequence[Reading]) -> None:
        """Add readings, in one commit; one that is there already changes nothing.

        Raises: StoreUnavailable; ArchiveError where one cannot be catalogued; RuntimeError where
        nothing is to be added here.
        """
        if self._writer is None:
            raise RuntimeError("this desk only reads")
        with self._writer.batch():
            for reading in readings:
                self._writer.add_reading(reading)


@contextmanager
def reading_desk(
    root: Path, *, wait: bool = False, is_dry_run: bool = False
) -> Iterator[ReadingDesk]:
    """The captures of the archive at `root`, under the writer lock; a dry run takes none.

    Raises: NotAnArchive; ArchiveBusy; StoreUnavailable.
    """
    folder = ArchiveFolder.open(root)
    if not folder.catalogue.is_file():
        raise NotAnArchive(f"no catalogue at {folder.catalogue}: `dateline rebuild` makes one")
    with ExitStack() as held:
        writer = None
        if not is_dry_run:
            held.enter_context(writer_lock(folder.lock, wait=wait))
            writer = held.enter_context(CatalogueWriter.open(folder.catalogue))
        yield ReadingDesk(folder, folder.catalogue, writer)
