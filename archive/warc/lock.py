"""The archive-wide writer lock: an `flock`, which ends with its process however that ends."""

import os
import re
import socket
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.errors import ArchiveBusy
from archive.files import Files, OpenFile, OsFiles
from archive.warc.disk import disk_work


class WriterLock:
    """One writer an archive. Readers take no lock.

    The file at `path` stays for ever; what it says of its holder is for messages only.
    """

    def __init__(self, path: Path, *, files: Files | None = None) -> None:
        self._path = path
        self._files: Files = files or OsFiles()
        self._held: OpenFile | None = None

    def acquire(self, *, wait: bool = False) -> None:
        """Take the lock, waiting for as long as it takes where `wait` is set.

        Raises: ArchiveBusy where another holds it; StoreUnavailable where the file cannot be had.
        """
        assert self._held is None, "the lock is held already"
        with disk_work("lock", self._path):
            try:
                file = self._files.create(self._path)
            except FileExistsError:
                file = self._files.open(self._path)
            try:
                if file.lock(wait=wait):
                    file.truncate(0)
                    file.write(f"{os.getpid()} on {socket.gethostname()}\n".encode())
                    self._held = file
            finally:
                if self._held is None:
                    file.close()
            if self._held is None:
                raise ArchiveBusy(f"another process{self._holder()} is writing this archive")

    def release(self) -> None:
        """Give the lock back; nothing where it is not held."""
        held, self._held = self._held, None
        if held is not None:
            held.close()

    def _holder(self) -> str:
        """` (1234 on host)`, as far as the file tells it in safe characters."""
        with self._path.open("rb") as file:
            text = file.read(200).decode("ascii", "replace").strip()
        return f" ({text})" if re.fullmatch(r"\d+ on [\w.-]+", text, re.ASCII) else ""

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
