"""A copy of `state.sqlite` beside a copy of the archive, while a run may go on.

It is taken before the catalogue is: a URL that the copy calls done then has its capture in the
copy too. The other way round some would be lost; so at the worst some are asked once more.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive import address_to_read
from crawler.state.database import FILE_NAME, named_failures


@contextmanager
def copying_state(root: Path, target: Path) -> Iterator[None]:
    """Copy the state of the archive at `root` now, and put it into `target` when the block ends.

    Nothing is done where there is no state. May raise OSError.

    Raises: StoreUnavailable.
    """
    source = root / FILE_NAME
    if not source.is_file() or not target.parent.is_dir():
        yield
        return
    unfinished = target.with_name(target.name + ".state.tmp")
    try:
        with (
            named_failures(),
            closing(sqlite3.connect(address_to_read(source), uri=True)) as old,
            closing(sqlite3.connect(unfinished)) as new,
        ):
            old.backup(new)
        yield
        unfinished.replace(target / FILE_NAME)
    finally:
        for ending in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
