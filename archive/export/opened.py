"""A package of somebody's, opened: what its directory may fill is bounded before it is read."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.disk.files import plain_file

_DIRECTORY_BYTES = 16 * 1024 * 1024
"""Of 100,000 files and more. `zipfile` reads it at once, and makes ten times as much of it."""


class _Bounded(io.BufferedReader):
    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file, but not so much that it can only be a directory."""
        if size is not None and size > _DIRECTORY_BYTES:
            raise zipfile.BadZipFile("its directory is longer than any package's")
        return super().read(size)


@contextmanager
def opened_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP at `path`.

    Raises: BadZipFile, ValueError, NotImplementedError where it is none that can be read; OSError.
    """
    with _Bounded(plain_file(path).detach()) as file, zipfile.ZipFile(file) as package:
        yield package
