"""The archive's folder: where everything lies, and whether a folder is an archive at all.

DIR/
  dateline.json      marks the folder, names its format
  lock               held by the one process that writes
  warc/              the records: NAME.warc.gz, NAME.warc.gz.open while written
  warc/torn/         what recovery cut off a killed run's files
  catalogue.sqlite   derived from warc/, can be built again
"""

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from archive.errors import NotAnArchive, StoreUnavailable

FORMAT = 1


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """The paths of one archive. Make it with `open` or `create`, which look at the disk."""

    root: Path

    @property
    def marker(self) -> Path:
        """The file that says: this is an archive, of this format."""
        return self.root / "dateline.json"

    @property
    def lock(self) -> Path:
        """The file whose OS lock the writer holds."""
        return self.root / "lock"

    @property
    def warc(self) -> Path:
        """The folder of the WARC files; a `Locator` names files below it."""
        return self.root / "warc"

    @property
    def catalogue(self) -> Path:
        """The SQLite database that is derived from the WARC files."""
        return self.root / "catalogue.sqlite"

    @classmethod
    def open(cls, root: Path) -> Self:
        """The archive at `root`.

        Raises: NotAnArchive where there is none, or one of a format that this version cannot read.
        """
        folder = cls(root)
        try:
            marker = json.loads(folder.marker.read_bytes())
            known = isinstance(marker, dict) and marker.get("format") == FORMAT
        except FileNotFoundError:
            raise NotAnArchive(
                f"{root} is not an archive; `dateline crawl --archive {root} URL` makes one"
            ) from None
        except (OSError, ValueError) as error:
            raise NotAnArchive(f"{folder.marker} cannot be read: {error}") from error
        if not known:
            raise NotAnArchive(f"{root} is an archive of a format that this version cannot read")
        return folder

    @classmethod
    def create(cls, root: Path) -> Self:
        """The archive at `root`, made where there is nothing yet.

        Raises: NotAnArchive where the folder holds something else; StoreUnavailable where it cannot
        be written.
        """
        folder = cls(root)
        try:
            root.mkdir(parents=True, exist_ok=True)
            if not folder.marker.exists():
                strangers = {entry.name for entry in root.iterdir()} - {"lock", "warc"}
                if strangers:
                    raise NotAnArchive(
                        f"{root} is not empty and not an archive; choose another folder"
                    )
                folder.warc.mkdir(exist_ok=True)
                folder._mark()
            folder.warc.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"the archive folder {root} cannot be written: {error.strerror or error}"
            ) from error
        return cls.open(root)

    def _mark(self) -> None:
        """Write the marker whole or not at all, and make it durable."""
        text = json.dumps(
            {"format": FORMAT, "created_at": dt.datetime.now(dt.UTC).isoformat()}, indent=2
        )
        temporary = self.marker.with_suffix(".tmp")
        with temporary.open("w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.marker)
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
