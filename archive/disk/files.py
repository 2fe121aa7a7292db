"""The few file operations that keeping bytes needs, so that a test can lose power at each of them.

Everything that the WARC writer and its recovery change on disk goes through a `Files`. Reading does
not: it opens paths by `plain_file`, for in an archive that was handed over anything may be a pipe,
which nobody ever fills, or a device that has no end.
"""

import errno
import fcntl
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Protocol

SMALL_BYTES = 1024 * 1024
"""More than there is in any file of an archive that is read as a whole."""


def plain_file(path: Path, *, is_copied: bool = False) -> BufferedReader:
    """A file to be read. What `is_copied` to be given to others is not read through a link.

    Raises: OSError, also where it is no regular file.
    """
    if is_copied and path.is_symlink():
        raise OSError(errno.ELOOP, f"{path.name} is a link")
    _check_plain(path.stat(), path)
    return path.open("rb")


def small_file(path: Path, *, is_copied: bool = False) -> bytes:
    """All of a small file. Raises: OSError as `plain_file`, and where it is no small one."""
    with plain_file(path, is_copied=is_copied) as file:
        data = file.read(SMALL_BYTES + 1)
    if len(data) > SMALL_BYTES:
        raise OSError(errno.EFBIG, f"{path.name} is far larger than any should be")
    return data


def _check_plain(found: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, f"{path.name} is no regular file")


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
        try:
            _check_plain(os.fstat(self._fd), path)
        except OSError:
            self.close()
            raise

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
