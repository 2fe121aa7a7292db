"""The flow of an import.

    check      every record of every WARC file; a WACZ's files against its datapackage too
    pair       requests with responses, revisits with what they refer to
    keep       as exchanges of a run of their own, in WARC files of its own, under our lock

The bytes of requests and responses stay as they were stored; the records around them are ours, so
that all that holds of our own captures (digests, links, recovery, verify) holds of these too. What
each was, and where, stands in its metadata: `found-by: import`, and a note with the file's name
and digest, the record's id, date and offset there.
"""

import contextlib
import datetime as dt
import ipaddress
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import is_zipfile

from archive.catalogue import CatalogueReader
from archive.digest import Digest
from archive.disk.folder import ArchiveFolder
from archive.errors import InvalidUrl, NotAnArchive
from archive.imports.errors import ImportRefused
from archive.imports.foreign import ForeignBlock, Found, Survey, digest_of, survey
from archive.imports.pairing import Known
from archive.imports.wacz import Unpacked, warcs_of
from archive.model import Block, Capture, CaptureKind, Exchange, Origin, Run, Truncation
from archive.store.archive import Archive
from archive.web.http import Head, raw_head
from archive.web.urls import absolute_url

MAX_BYTES = 100 * 10**9
"""Of blocks, unfolded: more in one file is refused, unless the caller allows it."""

MAX_HEAD_BYTES = 1 << 30
"""Of the headers of records, which are held in memory: some two million records have so many."""

FOUND_BY = "import"
_REQUEST_BYTES = 1024 * 1024
_IN_FLIGHT = 64
_FIRST_WEB = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""There was no page of the web before; a clock that was never set may well say so."""
_CLOCKS_OFF = dt.timedelta(days=1)
"""How far another's clock may be before ours: what is dated later cannot have been captured."""
_NOT_MODIFIED = 304


@dataclass(slots=True, kw_only=True)
class Imported:
    """What was taken in, and what was not."""

    file: Path
    digest: Digest
    """SHA-256 of the file."""
    run_id: str
    records: int = 0
    captures: int = 0
    revisits: int = 0
    """Of the captures, those whose payload was kept before."""
    left_out: dict[str, int] = field(default_factory=dict)
    """What is no web exchange, or cannot be one here, and how often."""

    def leave_out(self, why: str, count: int = 1) -> None:
        """Count what is not taken in."""
        self.left_out[why] = self.left_out.get(why, 0) + count


def import_file(
    root: Path,
    file: Path,
    *,
    run: Run,
    wait: bool = False,
    max_bytes: int = MAX_BYTES,
    keys: Path | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Imported:
    """Take the WARC or WACZ `file` into the archive at `root`, made where there is none.

    `run` is the run of the import; what it is of is added to its settings. `tell` is called with
    captures done and captures to do. `keys` is the folder of the keys that sign the custody log.

    Raises: ImportRefused, before anything is kept, where the file is not what it should be or was
    imported before; NotAnArchive, ArchiveBusy, StoreUnavailable; OSError where `file` cannot be
    read.
    """
    digest = digest_of(file)
    _must_be_new(root, file, digest)
    told = {**run.settings, "import": file.name, "import-digest": str(digest)}
    run = replace(run, settings=told)
    made = Imported(file=file, digest=digest, run_id=run.run_id)
    with _warcs(file, max_bytes) as warcs:
        surveys = []
        left = MAX_HEAD_BYTES
        for warc in warcs:
            seen = survey(warc.path, max_bytes=max_bytes, max_head_bytes=left)
            left -= seen.head_bytes
            surveys.append((warc.name, seen))
        for _, seen in surveys:
            made.records += seen.records
            for kind, count in seen.left_out.items():
                made.leave_out(kind, count)
        with Archive.open(root, run=run, wait=wait, keys=keys) as archive:
            _keep_all(archive, surveys, made, tell)
            archive.close(_report(run, made))
    return made


@contextlib.contextmanager
def _warcs(file: Path, max_bytes: int) -> Iterator[list[Unpacked]]:
    if is_zipfile(file):
        with warcs_of(file, max_bytes=max_bytes) as unpacked:
            yield unpacked
    else:
        with file.open("rb") as opened:
            if opened.read(2) != b"\x1f\x8b":
                raise ImportRefused(
                    f"{file.name} is neither a WACZ nor a gzipped WARC file; "
                    "`warcio recompress` makes one of a plain WARC"
                )
        yield [Unpacked(file.name, file)]


def _must_be_new(root: Path, file: Path, digest: Digest) -> None:
    try:
        folder = ArchiveFolder.open(root)
        runs = list(CatalogueReader(folder.catalogue).runs())
    except NotAnArchive:
        return
    for run in runs:
        if run["settings"].get("import-digest") == digest and run["outcome"] == "finished":
            raise ImportRefused(f"{file.name} was imported before, by run {run['id']}")


def _report(run: Run, made: Imported) -> Run:
    counts = {"import/captures": made.captures, "import/revisits": made.revisits}
    left_out = {f"import/left-out/{why}": count for why, count in made.left_out.items()}
    return replace(
        run, ended_at=dt.datetime.now(dt.UTC), outcome="finished", counts={**counts, **left_out}
    )


def _keep_all(
    archive: Archive,
    surveys: list[tuple[str, Survey]],
    made: Imported,
    tell: Callable[[int, int], None],
) -> None:
    known = Known([seen for _, seen in surveys])
    newest = archive.run.began_at + _CLOCKS_OFF
    total = sum(one.kind != "request" for _, seen in surveys for one in seen.found)
    waiting: list[Future[Capture]] = []
    for name, seen in surveys:
        for found in seen.found:
            if found.kind == "request":
                continue
            if not _FIRST_WEB <= found.at <= newest:
                made.leave_out("impossible-date")
                continue
            exchange = _exchange(found, known, made, name=name, software=seen.software)
            if exchange is not None:
                told = archive.keep(exchange)
                known.note(found, told)
                waiting.append(told)
            if len(waiting) >= _IN_FLIGHT:
                _settle(waiting, made)
                tell(made.captures, total)
    _settle(waiting, made)


def _settle(waiting: list[Future[Capture]], made: Imported) -> None:
    for told in waiting:
        made.captures += 1
        made.revisits += told.result().kind is CaptureKind.REVISIT
    waiting.clear()


class _Joined:
    """A revisit's own head, and the body of what it refers to: the response as it was sent."""

    def __init__(self, head: bytes, original: Block, body_at: int) -> None:
        self._head = head
        self._original = original
        self._body_at = body_at

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self._head) + self._original.size - self._body_at

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end`."""
        stop = self.size if end is None else end
        head = len(self._head)
        if start < head:
            yield self._head[start:stop]
        if stop > head:
            shift = self._body_at - head
            yield from self._original.chunks(max(start, head) + shift, stop + shift)

    def close(self) -> None:
        """Nothing is held."""


def _exchange(
    found: Found, known: Known, made: Imported, *, name: str, software: str
) -> Exchange | None:
    """The exchange that a response or revisit was; None, and counted, where it cannot be one."""
    try:
        url = absolute_url(found.url)
    except InvalidUrl:
        made.leave_out("bad-url")
        return None
    block: Block = ForeignBlock(found)
    own_head = raw_head(block)
    head = Head.parse(own_head)
    if head.status is None:
        made.leave_out("not-http")
        return None
    truncated, revalidates = _truncation(found), None
    if found.kind == "revisit" and head.status == _NOT_MODIFIED:
        truncated, revalidates = None, known.kept_as(found)  # a 304 is all there is of itself
    elif found.kind == "revisit":
        original = known.original_of(found)
        joined = _joined(own_head, original) if original is not None else None
        if original is None or joined is None:
            made.leave_out("revisit-without-original")
            return None
        block, truncated = joined, _truncation(original)
    request = _request(known.request_of(found))
    note = {
        "imported-from": name,
        "imported-digest": str(made.digest),
        "imported-record": found.record_id[:500],
        "imported-offset": str(found.offset),
        "imported-software": software,
    }
    return Exchange(
        url=url,
        method=_method(request),
        began_at=found.at,
        ended_at=found.at,
        origin=Origin(run_id=made.run_id, found_by=FOUND_BY, note=note),
        request=request,
        response=block,
        head_bytes=len(own_head) or None,
        status=head.status,
        truncated=truncated,
        peer=_ip(found.ip),
        revalidates=revalidates,
    )


def _joined(own_head: bytes, original: Found) -> _Joined | None:
    block = ForeignBlock(original)
    first = raw_head(block)
    if Head.parse(first).transfer_codings != Head.parse(own_head).transfer_codings:
        return None  # its body came in other framing: joined, it would be nobody's bytes
    return _Joined(own_head, block, len(first))


def _request(found: Found | None) -> bytes:
    if found is None or found.size > _REQUEST_BYTES:
        return b""
    return b"".join(ForeignBlock(found).chunks())


def _method(request: bytes) -> str:
    word = request.partition(b" ")[0]
    return word.decode("ascii") if word.isalpha() and word.isupper() and len(word) < 20 else "GET"


def _truncation(found: Found) -> Truncation | None:
    """What the file says of a response. A revisit is cut by being one: its original's counts."""
    if found.truncated is None:
        return None
    try:
        return Truncation(found.truncated.lower())
    except ValueError:
        return Truncation.UNSPECIFIED


def _ip(text: str | None) -> str | None:
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None
