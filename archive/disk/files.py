"""The few file operations that keeping bytes needs, so that a test can lose power at each of them.

Everything that the WARC writer and its recovery change on disk goes through a `Files`. Reading does
not: it opens paths as anybody would.
"""

import fcntl
import os
from pathlib import Path
from typing import Protocol


class OpenFile(Protocol):
    """A file open for appending. Every method may raise OSError."""

    def write(self, data: bytes) -> None:
        """Append all of `data`."""

    def size(self) -> int:
        """The file's length in bytes."""

    def truncate(self, size: int) -> None:
        """Cut the file to `size` bytes; what is written next follows there."""

    def fsync(self) -> None:
        """Return once the file's bytes and length are on the disk."""

    def lock(self, *, wait: bool) -> bool:
        """Take the file's exclusive `flock`; False where another holds it and `wait` is not set.

        The lock ends with `close`, or with the process.
        """

    def close(self) -> None:
        """Close the file. Says nothing about the disk."""


class Files(Protocol):
    """Changes to files and folders. Every method may raise OSError."""

    def create(self, path: Path) -> OpenFile:
        """A new, empty file; FileExistsError where there is one."""

    def open(self, path: Path) -> OpenFile:
        """A file that exists."""

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name; FileExistsError where the new name is taken."""

    def unlink(self, path: Path) -> None:
        """Remove a file."""

    def mkdir(self, path: Path) -> None:
        """Make a folder; one that is there already will do."""

    def fsync_folder(self, path: Path) -> None:
        """Return once the folder's entries (new, renamed, removed) are on the disk."""

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted."""


class OsFile:
    """An `OpenFile` of the operating system.

    Not through a link: in an archive that was handed over it may lead to a file of its reader's.
    """

    def __init__(self, path: Path, flags: int) -> None:
        usual = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        self._fd = os.open(path, usual | flags, 0o666)

    def write(self, data: bytes) -> None:
        """Append all of `data`; a short write is followed by another."""
        written = os.write(self._fd, data)
        while written < len(data):
            written += os.write(self._fd, memoryview(data)[written:])

    def size(self) -> int:
        """The file's length in bytes."""
        return os.fstat(self._fd).st_size

    def truncate(self, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(self._fd, size)

    def fsync(self) -> None:
        """Return once the file's bytes and length are on the disk."""
        os.fsync(self._fd)

    def lock(self, *, wait: bool) -> bool:
        """Take the exclusive `flock`."""
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Close the file, once; further calls do nothing."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


class OsFiles:
    """The real `Files`."""

    def create(self, path: Path) -> OpenFile:
        """A new, empty file."""
        return OsFile(path, os.O_CREAT | os.O_EXCL)

    def open(self, path: Path) -> OpenFile:
        """A file that exists."""
        return OsFile(path, 0)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name. The check suffices under the archive's writer lock."""
        if os.path.lexists(new):
            raise FileExistsError(f"{new.name} exists")
        os.rename(old, new)  # noqa: PTH104 -- beside its fellows of `os`

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def mkdir(self, path: Path) -> None:
        """Make a folder."""
        path.mkdir(exist_ok=True)

    def fsync_folder(self, path: Path) -> None:
        """Return once the folder's entries are on the disk."""
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted."""
        return sorted(os.listdir(folder))  # noqa: PTH208 -- names, not paths
