"""What the bytes behind an article say for themselves: where they lie, what vouches for them."""

from dataclasses import dataclass

from archive.custody import check, prove
from archive.custody.folder import LOG
from archive.errors import ArchiveError, CaptureNotFound, NotSigned
from archive.model import Capture
from archive.store.reader import ArchiveReader
from archive.views.captures import CaptureView

LOG_BYTES = 8 * 1024 * 1024
"""A proof reads the whole log; for one that is larger it is made only when asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Whether the custody log vouches for a capture: a word, and one line on it."""

    word: str
    """`proven`, `unsigned`, `unlogged`, `broken`, or `unasked`."""
    detail: str
    records: int = 0
    """How many records of the capture are proved."""
    key: str | None = None
    """Whose signature it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One capture, and what is known of its bytes."""

    capture: CaptureView
    fields: tuple[tuple[str, str], ...]
    """Of its record's own header: what it says of the wire."""
    custody: Custody
    problem: str | None = None
    """Why its record cannot be read, in one line."""


_OF_THE_WIRE = (
    ("warc-protocol", "protocol"),
    ("warc-cipher-suite", "cipher"),
    ("warc-ip-address", "server"),
    ("warc-block-digest", "block digest"),
)


def evidence(reader: ArchiveReader, view: CaptureView, *, is_asked: bool = False) -> Evidence:
    """The evidence for a capture; `is_asked` makes the proof however large the log is."""
    capture = reader.capture(view["record_id"])
    fields: tuple[tuple[str, str], ...] = ()
    problem = None
    try:
        head = reader.record(capture).head
        said = {
            name: ", ".join(value for field, value in head.fields if field == key)
            for key, name in _OF_THE_WIRE
        }
        fields = tuple((name, value) for name, value in said.items() if value)
    except ArchiveError as error:
        problem = str(error)
    return Evidence(
        capture=view,
        fields=fields,
        custody=custody(reader, capture, is_asked=is_asked),
        problem=problem,
    )


def custody(reader: ArchiveReader, capture: Capture, *, is_asked: bool = False) -> Custody:
    """Prove the capture, and check the proof."""
    log = reader.folder.custody / LOG
    try:
        if not log.is_file():
            return Custody(word="unlogged", detail="This archive has no custody log yet.")
        if not is_asked and log.stat().st_size > LOG_BYTES:
            return Custody(word="unasked", detail="The log is long: ask for the proof by itself.")
        proof, records = prove(reader.folder, capture.locator)
        checked = check(proof, records)
    except CaptureNotFound as error:
        return Custody(word="unlogged", detail=f"{error}.")
    except NotSigned as error:
        return Custody(word="unsigned", detail=f"{error}.")
    except ArchiveError as error:
        return Custody(word="broken", detail=f"{error}.")
    return Custody(
        word="proven",
        detail=f"In a signed log of {checked.checkpoint.size:,} entries.",
        records=len(checked.records),
        key=str(checked.key),
    )
