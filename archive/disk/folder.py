"""The archive's folder: where everything lies, and whether a folder is an archive at all.

DIR/
  dateline.json      marks the folder, names its format
  lock               held by the one process that writes
  warc/              the records: NAME.warc.gz, NAME.warc.gz.open while written
  warc/torn/         what recovery cut off a killed run's files
  custody/           the log of every record, and its signed checkpoints
  sealed/            what was withdrawn and not destroyed, encrypted
  catalogue.sqlite   derived from warc/, can be built again

What is the crawler's own there (`state.sqlite`, `reports/`) is not known here.
"""

import datetime as dt
import errno
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from archive.codec import plain_json
from archive.disk.durable import make_folder, unfinished_name, write_file
from archive.disk.faults import place_error
from archive.disk.files import small_file
from archive.disk.lock import writer_lock
from archive.errors import NotAnArchive

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

    @property
    def unfinished_catalogue(self) -> Path:
        """Where a catalogue is built anew, until it takes the other's place."""
        return self.root / "catalogue.sqlite.new"

    @property
    def custody(self) -> Path:
        """The folder of the custody log; not there in archives of before it."""
        return self.root / "custody"

    @property
    def sealed(self) -> Path:
        """The folder of what was withdrawn and sealed; not there where nothing was."""
        return self.root / "sealed"

    @classmethod
    def open(cls, root: Path) -> Self:
        """The archive at `root`.

        Raises: NotAnArchive where there is none, or one of a format that this version cannot read.
        """
        folder = cls(root)
        try:
            marker = plain_json(small_file(folder.marker))
            known = isinstance(marker, dict) and marker.get("format") == FORMAT
        except (FileNotFoundError, NotADirectoryError):
            raise NotAnArchive(
                f"{root} is not an archive; `dateline crawl --archive {root} URL` makes one"
            ) from None
        except (OSError, ValueError) as error:
            raise NotAnArchive(f"{folder.marker} cannot be read: {error}") from error
        if not known:
            raise NotAnArchive(f"{root} is an archive of a format that this version cannot read")
        return folder

    @classmethod
    def create(cls, root: Path, *, wait: bool = False) -> Self:
        """The archive at `root`, made where there is nothing yet, durably.

        It is made under the writer lock, so that of two who begin at once one makes it; the other
        waits, or not, as `wait` says.

        Raises: NotAnArchive where the folder holds something else, or cannot be written;
        ArchiveBusy; StoreUnavailable where the disk fails.
        """
        folder = cls(root)
        try:
            if not folder.marker.exists():
                make_folder(root)
                folder._begin(wait=wait)
            if not folder.warc.is_dir():
                raise NotAnArchive(f"{folder.warc} is not there: put it back from a copy")
            for place in (root, folder.warc):
                _must_be_writable(place)
        except OSError as error:
            raise place_error(f"the archive folder {root} cannot be written", error) from error
        return cls.open(root)

    def _begin(self, *, wait: bool) -> None:
        """Make an archive of a folder that holds nothing, or what an interrupted `_begin` left."""
        ours = {self.lock.name, self.warc.name, unfinished_name(self.marker).name}
        is_strange = any(entry.name not in ours for entry in self.root.iterdir())
        if is_strange and not self.marker.exists():
            raise NotAnArchive(
                f"{self.root} is not empty and not an archive; choose another folder"
            )
        _must_be_writable(self.root)
        with writer_lock(self.lock, wait=wait):
            if not self.marker.exists():
                make_folder(self.warc)
                write_file(self.marker, _new_marker())


def _new_marker() -> bytes:
    made = {"format": FORMAT, "created_at": dt.datetime.now(dt.UTC).isoformat()}
    return json.dumps(made, indent=2).encode("ascii") + b"\n"


def _must_be_writable(path: Path) -> None:
    if not os.access(path, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
