"""After a crash: `.open` files back to their last whole exchange, and nothing lost on the way.

An exchange is whole when its metadata record is, which is always the last of its records. One that
is not was never acknowledged, so it is not kept half: its records, whole or torn, go together to
`torn/NAME.OFFSET` beside the file, and its URL is asked for again. What stays is nothing but whole
exchanges, so that no record in a file refers to one that is not there.

Each step is durable before the next, and leaves a state from which recovery can begin again:
torn bytes kept, end cut, (catalogue brought up to date by the caller), final name given.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archive.disk.faults import disk_work
from archive.disk.files import Files, OpenFile, OsFiles, plain_file
from archive.errors import BadRecord
from archive.model import Capture, Run
from archive.warc.framing import PIECE, scan
from archive.warc.names import OPEN, SUFFIX, TORN, final_name
from archive.warc.reader import read_captures, read_runs

logger = logging.getLogger(__name__)


class Recovered:
    """A file found unfinished, whole again, and held under its lock until it is retired."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        size_bytes: int,
        torn_bytes: int,
        files: Files,
        handle: OpenFile,
    ) -> None:
        self.name = name
        """Its final name."""
        self.size_bytes = size_bytes
        """How many bytes it holds now."""
        self.torn_bytes = torn_bytes
        """How many bytes were cut off its end and are kept beside it."""
        self._folder = folder
        self._files = files
        self._handle = handle

    @property
    def _path(self) -> Path:
        return self._folder / (self.name + OPEN)

    def captures(self) -> Iterator[Capture]:
        """The captures it holds; the catalogue may miss any of them."""
        return read_captures(self._path)

    def runs(self) -> Iterator[Run]:
        """The runs it describes."""
        return read_runs(self._path)

    def retire(self) -> None:
        """Give it its final name, and let go of it.

        Call it once the catalogue durably has all it holds. Raises: StoreUnavailable.
        """
        with disk_work("rename", self._path):
            self._files.rename(self._path, self._folder / self.name)
            self._files.fsync_folder(self._folder)
        self.abandon()

    def abandon(self) -> None:
        """Let go of it as it is; the next recovery takes it up again."""
        self._handle.close()


def recover(folder: Path, files: Files | None = None) -> list[Recovered]:
    """Make whole every `.open` file in `folder` whose lock can be had; the others are in use.

    Empty files, and those with nothing whole in them, are removed. The caller adds to its
    catalogue what is missing there, then retires each.

    Raises: StoreUnavailable where the disk fails. What was done by then is durable.
    """
    files = files or OsFiles()
    with disk_work("read", folder):
        names = files.names(folder)
    recovered: list[Recovered] = []
    try:
        for name in names:
            if not name.endswith(SUFFIX + OPEN):
                continue
            with disk_work("recover", folder / name):
                if (found := _recover_file(folder, name, files)) is not None:
                    recovered.append(found)
    except BaseException:
        for done in recovered:
            done.abandon()
        raise
    return recovered


def _recover_file(folder: Path, name: str, files: Files) -> Recovered | None:
    path = folder / name
    handle = files.open(path)
    try:
        if not handle.lock(wait=False):
            handle.close()
            return None
        with plain_file(path) as file:
            end = whole_end(file, path)
            torn_bytes = handle.size() - end
            if torn_bytes:
                _keep_torn(folder, f"{final_name(name)}.{end}", file, end, files)
                logger.warning("%s: cut %d torn bytes at %d", name, torn_bytes, end)
        if not end:
            files.unlink(path)
            files.fsync_folder(folder)
            handle.close()
            return None
        if torn_bytes:
            handle.truncate(end)
        # Whole records need not be durable ones: a killed process leaves them to the system.
        handle.fsync()
        files.fsync_folder(folder)
    except BaseException:
        handle.close()
        raise
    return Recovered(
        folder,
        final_name(name),
        size_bytes=end,
        torn_bytes=torn_bytes,
        files=files,
        handle=handle,
    )


def whole_end(file: BinaryIO, path: Path) -> int:
    """Where the last whole exchange, run record or warcinfo of a WARC file ends."""
    end = 0
    try:
        for record in scan(file, path):
            if record.head.kind in {"metadata", "warcinfo"}:
                end = record.offset + record.length
    except BadRecord as error:
        logger.info("%s", error)
    return end


def _keep_torn(folder: Path, name: str, file: BinaryIO, start: int, files: Files) -> None:
    """Copy the file's bytes from `start` on to `torn/`, durably."""
    torn = folder / TORN
    files.mkdir(torn)
    files.fsync_folder(folder)
    if name in files.names(torn):
        files.unlink(torn / name)  # of a recovery that came no further
    copy = files.create(torn / name)
    try:
        file.seek(start)
        while piece := file.read(PIECE):
            copy.write(piece)
        copy.fsync()
    finally:
        copy.close()
    files.fsync_folder(torn)
