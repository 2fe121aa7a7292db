"""A copy of a log, as far as the records that it names are copied too."""

import os
from collections.abc import Mapping
from pathlib import Path

from archive.custody.entry import LINE_LIMIT, Event, parse_line
from archive.custody.log import CHECKPOINTS, LOG
from archive.folder import make_folder, sync_folder


def copy_log(source: Path, target: Path, ends: Mapping[str, int]) -> None:
    """Copy the log in the folder `source`, durably; nothing where there is none.

    `ends` is how far each WARC file was copied. The copy ends before the first record beyond that;
    lines that cannot be read are copied as they are, for `verify` to name. May raise OSError.
    """
    if not (source / LOG).is_file():
        return
    make_folder(target / CHECKPOINTS)
    entries = 0
    with (source / LOG).open("rb") as log, (target / LOG).open("xb") as copy:
        while (line := log.readline(LINE_LIMIT)).endswith(b"\n") and not _is_beyond(line, ends):
            copy.write(line)
            entries += 1
        copy.flush()
        os.fsync(copy.fileno())
    for path in sorted((source / CHECKPOINTS).iterdir()):
        if path.name.isdecimal() and int(path.name) <= entries:
            with (target / CHECKPOINTS / path.name).open("xb") as copy:
                copy.write(path.read_bytes())
                copy.flush()
                os.fsync(copy.fileno())
    sync_folder(target / CHECKPOINTS)
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
