"""How a database's file is opened by who only reads it.

A database in WAL mode is read with the help of two files beside it, which SQLite makes. On a
write-protected disk, or in a folder of somebody else's, it cannot: there the file is read as it
lies, as long as no journal says that somebody writes it.
"""

import os
from pathlib import Path


def is_write_protected(folder: Path) -> bool:
    """Whether a folder takes no files of ours."""
    return not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def is_frozen(path: Path) -> bool:
    """Whether the database is read as it lies: its folder takes no files, and has no journal."""
    return is_write_protected(path.parent) and not path.with_name(f"{path.name}-wal").exists()


def address_to_read(path: Path) -> str:
    """SQLite's address (`uri=True`) of the database at `path`, for who only reads it.

    A frozen one stands still for its reader: what another writes meanwhile may be read wrongly.

    Source: https://www.sqlite.org/wal.html, 5, Read-Only Databases.
    """
    return f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if is_frozen(path) else "")
