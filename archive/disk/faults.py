"""A disk that fails, said as the archive says it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveError, NotAnArchive, StoreUnavailable

_BAD_PLACE = {
    errno.EACCES,
    errno.EEXIST,
    errno.EISDIR,
    errno.EINVAL,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
}
"""What is wrong with the place that was named; anything else is wrong with the disk."""


@contextmanager
def disk_work(doing: str, path: Path) -> Iterator[None]:
    """Run disk operations on `path`; `doing` is a verb: "write", "sync".

    Raises: StoreUnavailable instead of any OSError, in one line.
    """
    try:
        yield
    except OSError as error:
        is_link = error.errno == errno.ELOOP  # what we write is not written through one
        reason = "it is a link" if is_link else error.strerror or str(error)
        raise StoreUnavailable(f"cannot {doing} {path}: {reason}") from error


def place_error(what: str, error: OSError) -> ArchiveError:
    """NotAnArchive where the place that was named is a bad one, StoreUnavailable for a bad disk."""
    kind = NotAnArchive if error.errno in _BAD_PLACE else StoreUnavailable
    return kind(f"{what}: {error.strerror or error}")
