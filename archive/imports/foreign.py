"""A foreign WARC file read twice: once to check all of it, once to take exchanges out of it.

Read are WARC 1.0 and 1.1 with one gzip member a record, as annex D has it and as Common Crawl,
wget, Heritrix and Browsertrix write. A block digest must hold where there is one; a payload digest
must hold of the body as stored, or of the body without its chunk framing: writers differ.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.digest import Digest
from archive.errors import BadRecord
from archive.imports.errors import ImportRefused
from archive.warc.fields import parse_date
from archive.warc.framing import Members, RecordHead
from archive.web.http import HEAD_LIMIT, BodyError, Head, entity_body, head_length

_LENGTHS = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record that can become a part of an exchange. Its texts may be anything."""

    kind: str
    """`response`, `revisit` or `request`."""
    path: Path
    offset: int
    size: int
    """Of its block."""
    record_id: str
    url: str
    at: datetime
    concurrent_to: tuple[str, ...]
    refers_to: str | None
    refers_to_url: str | None
    payload_digest: str | None
    profile: str | None
    """Of a revisit: in which way it is one."""
    truncated: str | None
    ip: str | None

    @classmethod
    def of(cls, head: RecordHead, path: Path, offset: int) -> "Found":
        """The record with that header. Raises: ValueError where its date cannot be read."""
        text = {name: head.get(name) for name in _TOLD}
        return cls(
            kind=head.kind,
            path=path,
            offset=offset,
            size=head.size,
            record_id=_bare(text["warc-record-id"]) or "",
            url=_bare(text["warc-target-uri"]) or "",
            at=parse_date(head.need("warc-date")),
            concurrent_to=tuple(
                _bare(value) or "" for name, value in head.fields if name == "warc-concurrent-to"
            ),
            refers_to=_bare(text["warc-refers-to"]),
            refers_to_url=_bare(text["warc-refers-to-target-uri"]),
            payload_digest=text["warc-payload-digest"],
            profile=text["warc-profile"],
            truncated=text["warc-truncated"],
            ip=text["warc-ip-address"],
        )


_TOLD = (
    *("warc-record-id", "warc-target-uri", "warc-refers-to", "warc-refers-to-target-uri"),
    *("warc-payload-digest", "warc-profile", "warc-truncated", "warc-ip-address"),
)


def _bare(text: str | None) -> str | None:
    """Without the `<>` that ids have, and that wget gives URLs too."""
    return None if text is None else text.removeprefix("<").removesuffix(">")


class ForeignBlock:
    """A record's block as our `Block`: read from the file as often as wanted."""

    def __init__(self, found: Found) -> None:
        self._found = found

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self._found.size

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end`. Raises: BadRecord where the file was changed since."""
        stop = self.size if end is None else end
        position = 0
        with self._found.path.open("rb") as file:
            members = Members(file, self._found.path, self._found.offset)
            record = members.next()
            if record is None:
                raise members.bad("the file was changed while it was imported")
            for piece in record[1]:
                wanted = piece[max(0, start - position) : max(0, stop - position)]
                position += len(piece)
                if wanted:
                    yield wanted

    def close(self) -> None:
        """Nothing is held."""


@dataclass(slots=True, kw_only=True)
class Survey:
    """What a checked file holds."""

    records: int = 0
    software: str = ""
    head_bytes: int = 0
    """Of the headers of `found`."""
    found: list[Found]
    left_out: dict[str, int]
    """Records by kind that are no web exchange."""


def survey(path: Path, *, max_bytes: int, max_head_bytes: int) -> Survey:
    """Read and check every record of a file.

    Raises: ImportRefused at the first that is not as it should be, or where blocks hold more than
    `max_bytes` together, or headers of what is found, which stay in memory, `max_head_bytes`;
    OSError.
    """
    seen = Survey(found=[], left_out={})
    total = 0
    with path.open("rb") as file:
        members = Members(file, path)
        try:
            while (found := members.next()) is not None:
                head, block = found
                seen.records += 1
                total += head.size
                if total > max_bytes:
                    raise members.bad(f"its blocks hold more than {max_bytes} bytes")
                checked = _Checked(head)
                checked.take(block)
                if wrong := checked.wrong():
                    raise members.bad(wrong)
                _note(seen, head, path, members, checked)
                if seen.head_bytes > max_head_bytes:
                    raise members.bad(f"its headers hold more than {max_head_bytes} bytes")
        except BadRecord as error:
            raise ImportRefused(f"{error}; nothing was imported") from error
    if not seen.records:
        raise ImportRefused(f"{path.name} is empty")
    return seen


def _note(
    seen: Survey, head: RecordHead, path: Path, members: Members, checked: "_Checked"
) -> None:
    kind = head.kind
    url = _bare(head.get("warc-target-uri")) or ""
    if kind == "warcinfo":
        for line in bytes(checked.start).decode("utf-8", "replace").splitlines():
            if line.lower().startswith("software:"):
                seen.software = line.partition(":")[2].strip()[:200]
    elif kind in _WEB_KINDS and url.lower().startswith(("http://", "https://")):
        try:
            seen.found.append(Found.of(head, path, members.offset))
            seen.head_bytes += len(members.raw_head)
        except ValueError:
            raise members.bad("a record without a date that can be read") from None
    else:
        kind = kind if kind in _KINDS else "?"
        seen.left_out[kind] = seen.left_out.get(kind, 0) + 1


_WEB_KINDS = frozenset({"response", "revisit", "request"})
_KINDS = _WEB_KINDS | {"warcinfo", "resource", "metadata", "conversion", "continuation"}
"""Those of WARC 1.1, section 5.5; a name that somebody made up may be anything."""


class _Checked:
    """One record's block on its way, and its digests."""

    def __init__(self, head: RecordHead) -> None:
        self._head = head
        self._block = _expected(head.get("warc-block-digest"))
        self._payload = (
            _expected(head.get("warc-payload-digest")) if head.kind == "response" else None
        )
        self.start = bytearray()
        self._is_block_right = True
        self._is_payload_right = True

    def take(self, block: Iterator[bytes]) -> None:
        """Take the whole block. Raises: BadRecord."""
        whole = hashlib.new(self._block[0]) if self._block else None
        bodies = [hashlib.new(self._payload[0]) for _ in range(2)] if self._payload else []

        def passing() -> Iterator[bytes]:
            for piece in block:
                if whole is not None:
                    whole.update(piece)
                if len(self.start) < HEAD_LIMIT:
                    self.start.extend(piece[: HEAD_LIMIT - len(self.start)])
                yield piece

        pieces = passing()
        if self._payload is not None:
            self._take_bodies(pieces, bodies)
        for _ in pieces:
            pass
        if self._block is not None and whole is not None:
            self._is_block_right = whole.digest() == self._block[1]
        if self._payload is not None:
            self._is_payload_right = self._payload[1] in {body.digest() for body in bodies}

    def _take_bodies(self, pieces: Iterator[bytes], bodies: list["hashlib._Hash"]) -> None:
        """Digest the body as stored, and without its transfer-coding."""
        stored, plain = bodies
        gathered = bytearray()
        for piece in pieces:
            gathered += piece
            if (end := head_length(bytes(gathered))) is not None or len(gathered) > HEAD_LIMIT:
                break
        else:
            return
        if end is None:
            return

        def body() -> Iterator[bytes]:
            yield bytes(gathered[end:])
            yield from pieces

        def storing() -> Iterator[bytes]:
            for piece in body():
                stored.update(piece)
                yield piece

        rest = storing()
        with suppress(BodyError):
            for piece in entity_body(Head.parse(bytes(gathered[:end])), rest):
                plain.update(piece)
        for _ in rest:
            pass

    @property
    def is_payload_known(self) -> bool:
        """Whether the header has a payload digest that can be checked."""
        return self._payload is not None

    def wrong(self) -> str | None:
        """What does not hold; None where all does."""
        if not self._is_block_right:
            return "the block is not what its digest says"
        if not self._is_payload_right and not self._head.get("warc-truncated"):
            return "the payload is not what its digest says"
        return None


def has_payload(found: Found, digest: str) -> bool:
    """Whether that is the digest of a checked response's body, as stored or without its framing.

    One of an unknown kind is none. Raises: BadRecord where the file was changed since; OSError.
    """
    if (found.payload_digest or "").lower() == digest.lower():
        return True
    fields = (("warc-type", "response"), ("warc-payload-digest", digest))
    checked = _Checked(RecordHead(fields, found.size))
    checked.take(ForeignBlock(found).chunks())
    return checked.is_payload_known and checked.wrong() is None


def _expected(text: str | None) -> tuple[str, bytes] | None:
    """Algorithm and raw bytes of a labelled digest, hex or base32; None for a kind unknown."""
    if text is None:
        return None
    label, _, value = text.partition(":")
    name = label.strip().lower().replace("-", "")
    length = _LENGTHS.get(name)
    if length is None:
        return None
    with suppress(ValueError, binascii.Error):
        if len(value) == 2 * length:
            return name, bytes.fromhex(value)
        raw = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
        if len(raw) == length:
            return name, raw
    return name, b""  # a digest that cannot be right


def digest_of(path: Path) -> Digest:
    """SHA-256 of a file. May raise OSError."""
    with path.open("rb") as file:
        return Digest.of_sha256(hashlib.file_digest(file, "sha256").digest())
