"""The lines of the log: one a record, and one an event.

    SHA-256 OFFSET LENGTH FILE RECORD-ID     a record: of all its bytes, uncompressed, from `WARC/`
                                             to the closing CR LF CR LF; where it lies
    SHA-256 {JSON}                           an event: of the JSON's bytes

The hash, in lower-case hexadecimal, is what enters the tree. A line has one spelling only.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.codec import plain_json
from archive.custody.note import Verifier
from archive.model import Locator
from archive.warc.fields import one_line, target_uri
from archive.warc.names import is_safe
from archive.warc.stored import Stored

LINE_LIMIT = 64 * 1024

_RECORD = re.compile(
    rb"([0-9a-f]{64}) (0|[1-9][0-9]{0,17}) ([1-9][0-9]{0,17}) "
    rb"([A-Za-z0-9][A-Za-z0-9._-]{0,200}) ([!-~]{1,2000})"
)
_EVENT = re.compile(rb"([0-9a-f]{64}) (\{[ -~]*\})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was done with the archive: who, when, what, and the digest of the result."""

    kind: str
    """`begins`, `key`, `recovered`, `import`, `export`, `withdrawn`, `withdrawals-done`."""
    at: dt.datetime
    facts: Mapping[str, str | int | None] = field(default_factory=dict)

    def text(self) -> bytes:
        """Its JSON; equal events give equal bytes."""
        at = self.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
        said = {"event": self.kind, "at": at, **self.facts}
        return one_line(dict(sorted(said.items()))).encode("ascii")

    @property
    def sha256(self) -> bytes:
        """What enters the tree."""
        return hashlib.sha256(self.text()).digest()


Entry = Stored | Event


def line_of(entry: Entry) -> bytes:
    """An entry as the log has it, with its newline."""
    if isinstance(entry, Event):
        return entry.sha256.hex().encode() + b" " + entry.text() + b"\n"
    at, name = entry.locator, target_uri(entry.record_id)
    return f"{entry.sha256.hex()} {at.offset} {at.length} {at.warc} {name}\n".encode("ascii")


def lines_digest(entries: Iterable[Stored]) -> str:
    """SHA-256 (hex) of the lines that some records have in the log, in its order.

    A withdrawal names that of its records: their ids stand nowhere else then.
    """
    state = hashlib.sha256()
    for entry in entries:
        state.update(line_of(entry))
    return state.hexdigest()


def withdrawn_place(event: Event) -> Locator:
    """Where the records lay that an event says were withdrawn.

    Raises: KeyError, TypeError or ValueError.
    """
    offset, length = event.facts["offset"], event.facts["length"]
    warc = str(event.facts["warc"])
    if not isinstance(offset, int) or not isinstance(length, int) or not is_safe(warc):
        raise TypeError("no place")
    return Locator(warc=warc, offset=offset, length=length)


def origin_of(begins: Event) -> str:
    """The first line of the checkpoints of a log that begins so."""
    return f"dateline/log/{begins.facts.get('log')}"


def key_of(event: Event) -> Verifier:
    """The key that an event announces.

    Raises: ValueError where it is none.
    """
    return Verifier.parse(str(event.facts.get("key")))


def parse_line(line: bytes) -> Entry:
    """The entry of a line, given without its newline.

    Raises: ValueError where it is none, or in a spelling that is not ours.
    """
    if found := _RECORD.fullmatch(line):
        sha256, offset, length, warc, record_id = found.groups()
        return Stored(
            bytes.fromhex(sha256.decode()),
            Locator(warc=warc.decode(), offset=int(offset), length=int(length)),
            record_id.decode(),
        )
    event = _EVENT.fullmatch(line)
    if event is None or hashlib.sha256(event[2]).hexdigest() != event[1].decode():
        raise ValueError("not an entry")
    said = plain_json(event[2])
    try:
        kind, at = str(said.pop("event")), dt.datetime.fromisoformat(said.pop("at"))
    except (KeyError, TypeError) as error:
        raise ValueError("not an event") from error
    return Event(kind=kind, at=at, facts=said)
