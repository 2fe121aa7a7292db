"""The archive-wide writer lock: an `flock`, which ends with its process however that ends."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.disk.faults import disk_work
from archive.disk.files import OpenFile, OsFiles, plain_file
from archive.errors import ArchiveBusy


@contextmanager
def writer_lock(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock at `path`: one writer an archive. Readers take none.

    `wait` waits for another to give it back, for as long as it takes. The file stays for ever; what
    it says of its holder is for messages only.

    Raises: ArchiveBusy where another holds it; StoreUnavailable where the file cannot be had.
    """
    with disk_work("lock", path):
        file = _file(path)
    with closing(file):
        with disk_work("lock", path):
            if not file.lock(wait=wait):
                raise ArchiveBusy(f"another process{_holder(path)} is writing this archive")
            file.truncate(0)
            file.write(f"{os.getpid()} on {socket.gethostname()}\n".encode())
        yield


def _file(path: Path) -> OpenFile:
    try:
        return OsFiles().create(path)
    except FileExistsError:
        return OsFiles().open(path)


def _holder(path: Path) -> str:
    """` (1234 on host)`, as far as the file tells it in safe characters."""
    with plain_file(path) as file:
        text = file.read(200).decode("ascii", "replace").strip()
    return f" ({text})" if re.fullmatch(r"\d+ on [\w.-]+", text, re.ASCII) else ""
