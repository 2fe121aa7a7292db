"""A file that is written whole, or not there: what every export that is one file is written by."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.disk.durable import sync_file
from archive.disk.faults import place_error


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """The name under which a file is written, durably `target` when the block ends.

    Raises: NotAnArchive where `target` cannot be written; StoreUnavailable.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        yield part
        sync_file(part)
        part.replace(target)
    except OSError as error:
        raise place_error(f"{target} cannot be written", error) from error
    finally:
        part.unlink(missing_ok=True)
