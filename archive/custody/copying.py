"""A copy of a log, as far as the records that it names are copied too."""

import os
from collections.abc import Mapping
from pathlib import Path

from archive.custody.entry import LINE_LIMIT, Event, parse_line
from archive.custody.folder import CHECKPOINTS, LOG
from archive.custody.stamps import STAMPS
from archive.disk.durable import make_folder, sync_folder
from archive.disk.files import plain_file, small_file


def copy_log(source: Path, target: Path, ends: Mapping[str, int]) -> None:
    """Copy the log in the folder `source`, durably; nothing where there is none.

    `ends` is how far each WARC file was copied. The copy ends before the first record beyond that;
    lines that cannot be read are copied as they are, for `verify` to name. May raise OSError.
    """
    if not (source / LOG).is_file():
        return
    make_folder(target)
    entries = 0
    with plain_file(source / LOG, is_copied=True) as log, (target / LOG).open("xb") as copy:
        while (line := log.readline(LINE_LIMIT)).endswith(b"\n") and not _is_beyond(line, ends):
            copy.write(line)
            entries += 1
        copy.flush()
        os.fsync(copy.fileno())
    for folder in (CHECKPOINTS, STAMPS):
        if (source / folder).is_dir():
            _copy_signed(source / folder, target / folder, entries)
    sync_folder(target)


def _copy_signed(source: Path, target: Path, entries: int) -> None:
    """Copy what was said of the first `entries` lines or fewer, durably."""
    make_folder(target)
    for path in sorted(source.iterdir()):
        size = path.name.partition("-")[0]
        if size.isascii() and size.isdecimal() and int(size) <= entries:
            with (target / path.name).open("xb") as copy:
                copy.write(small_file(path, is_copied=True))
                copy.flush()
                os.fsync(copy.fileno())
    sync_folder(target)


def _is_beyond(line: bytes, ends: Mapping[str, int]) -> bool:
    try:
        entry = parse_line(line[:-1])
    except ValueError:
        return False
    if isinstance(entry, Event):
        return False
    place = entry.locator
    return place.offset + place.length > ends.get(place.warc, 0)
