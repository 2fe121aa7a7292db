"""A CDXJ index of the archive, for replay tools.

A line is `KEY TIMESTAMP JSON`, sorted by bytes (CDXJ 0.1.0). `digest` is that of the payload, from
the exchange's own metadata: so it joins revisits of chunked pages too, which an index made from
record headers cannot (docs/archive.md). Listed are answers to GET: no replay tool would find an
answer to another method by its URL, and none should give it for a GET.

The compressed form is that of WACZ 1.1.1, section 5.3.2: gzip members of `BLOCK_LINES` lines, and
an `.idx` that names the first key of each.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from archive.catalogue import Captures
from archive.disk.folder import ArchiveFolder
from archive.export.sorting import SortedLines
from archive.export.surt_key import surt_key
from archive.export.whole import whole_file
from archive.model import Capture, CaptureKind
from archive.warc.fields import target_uri

BLOCK_LINES = 1024
_NOT_MODIFIED = 304

Write = Callable[[bytes], object]


def is_indexed(capture: Capture) -> bool:
    """Whether replay has a use for a capture: an answer, or a part of one, to a GET.

    A 304 is none: a replay tool would show it, empty, where the page of before is meant.
    """
    is_answer = capture.kind is not CaptureKind.FAILURE and capture.status != _NOT_MODIFIED
    return is_answer and capture.method == "GET"


def cdxj_line(
    capture: Capture, *, filename: str, offset: int, length: int, record_digest: str | None = None
) -> bytes:
    """The index line of a capture whose record is the gzip member at `offset` of `filename`.

    `record_digest` is that of the member's own bytes (`sha256:` and hex).
    """
    is_revisit = capture.kind is CaptureKind.REVISIT
    url = target_uri(capture.url)
    fields = {
        "url": url,
        "digest": capture.payload_digest,
        "mime": "warc/revisit" if is_revisit else _mime(capture.content_type),
        "filename": filename,
        "offset": str(offset),
        "length": str(length),
        "status": str(capture.status) if capture.status is not None else None,
        "recordDigest": record_digest,
    }
    told = json.dumps({name: value for name, value in fields.items() if value is not None})
    return f"{surt_key(url)} {capture.captured_at:%Y%m%d%H%M%S} {told}\n".encode("ascii")


def export_cdxj(root: Path, target: Path, *, is_compressed: bool = False) -> int:
    """Write the index of the archive at `root` to the file `target`; how many lines it has.

    Compressed, its `.idx` is written beside it: `NAME.idx` for `NAME.cdxj.gz`. A crawl may go on;
    what it adds meanwhile may be missing.

    Raises: NotAnArchive where `root` is none or `target` cannot be written; StoreUnavailable.
    """
    folder = ArchiveFolder.open(root)
    with whole_file(target) as part, SortedLines() as lines, part.open("wb") as file:
        for capture in Captures(folder.catalogue).choose():
            if is_indexed(capture):
                at = capture.locator
                lines.add(cdxj_line(capture, filename=at.warc, offset=at.offset, length=at.length))
        if not is_compressed:
            return write_plain(lines, file)
        with idx_beside(target).open("wb") as idx:
            return write_compressed(lines, file.write, idx, name=target.name)


def idx_beside(target: Path) -> Path:
    """The name of the `.idx` of a compressed index: `index.idx` for `index.cdxj.gz`."""
    stem = target.name.removesuffix(".gz").removesuffix(".cdxj").removesuffix(".cdx")
    return target.with_name(f"{stem}.idx")


def write_plain(lines: Iterable[bytes], file: IO[bytes]) -> int:
    """Write sorted lines as they are; how many there were."""
    count = 0
    for line in lines:
        file.write(line)
        count += 1
    return count


def write_compressed(lines: Iterable[bytes], write: Write, idx: IO[bytes], *, name: str) -> int:
    """Write sorted lines in gzip members, and to `idx` where each begins; how many there were."""
    count = offset = 0
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": name})
    idx.write(f"!meta 0 {meta}\n".encode("ascii"))
    for block in _blocks(lines):
        member = gzip.compress(b"".join(block), mtime=0)
        write(member)
        place = {
            "offset": offset,
            "length": len(member),
            "digest": f"sha256:{hashlib.sha256(member).hexdigest()}",
            "filename": name,
        }
        key, stamp, _ = block[0].split(b" ", 2)
        idx.write(b"%s %s %s\n" % (key, stamp, json.dumps(place).encode("ascii")))
        offset += len(member)
        count += len(block)
    return count


def _blocks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    left = iter(lines)
    while block := list(islice(left, BLOCK_LINES)):
        yield block


def _mime(content_type: str | None) -> str:
    """The media type alone, as index lines have it."""
    mime = (content_type or "").partition(";")[0].strip().lower()
    return mime if mime and " " not in mime else "unk"
