"""Small files and folders that are on the disk once a call returns."""

import os
from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all, and make it durable. May raise OSError."""
    unfinished = unfinished_name(path)
    unfinished.unlink(missing_ok=True)
    with unfinished.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


def unfinished_name(path: Path) -> Path:
    """Where `write_file` writes, before the file has its name."""
    return path.with_name(f"{path.name}.tmp")


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, durably. May raise OSError."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in reversed(missing):
        sync_folder(folder.parent)


def sync_folder(path: Path) -> None:
    """Return once the folder's entries are on the disk. May raise OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Return once the file's bytes are on the disk. May raise OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
