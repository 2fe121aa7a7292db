"""The records that a run and its exchanges become: their headers, and where their blocks lie.

Headers are warcio's `StatusAndHeaders`; a block's bytes are never re-serialised. Section numbers
are of WARC 1.1.
"""

import datetime as dt
import hashlib
import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]

from archive.digest import Digest
from archive.instants import instant
from archive.model import CaptureKind, Exchange, Run
from archive.warc.fields import (
    FIELDS_TYPE,
    header_text,
    reference,
    target_uri,
    write_fields,
)
from archive.web.http import HEAD_LIMIT, Head, Payload

CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
UNMODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
REQUEST_TYPE = "application/http; msgtype=request"
RESPONSE_TYPE = "application/http; msgtype=response"
END = b"\r\n\r\n"

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a revisit refers to: a response record that is whole and durable."""

    record_id: str
    url: str
    captured_at: dt.datetime
    """The original's WARC-Date."""
    is_unmodified: bool = False
    """It is the server that says so, by 304, and not the payload."""
    payload: Payload | None = None
    """The original's, where the server says so; None where that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record ready to be written: its header, and its block to be read once more."""

    record_id: str
    head: bytes
    block: Callable[[], Iterator[bytes]]
    size: int
    """Of the block, in bytes."""
    is_packed: bool = False
    """Whether most of it is compressed already."""

    def chunks(self) -> Iterator[bytes]:
        """The record's bytes, uncompressed."""
        yield self.head
        yield from self.block()
        yield END

    @property
    def whole_size(self) -> int:
        """Of header, block and end, in bytes."""
        return len(self.head) + self.size + len(END)


def draft(
    kind: str,
    *,
    record_id: str,
    at: dt.datetime,
    headers: Headers,
    content_type: str,
    block: Callable[[], Iterator[bytes]],
    is_packed: bool = False,
) -> Draft:
    """A record of that kind; reads its block for the digest.

    The block digest is of the block as stored, HTTP head included (section 5.8).
    """
    state = hashlib.sha256()
    size = 0
    for chunk in block():
        state.update(chunk)
        size += len(chunk)
    everything = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", reference(record_id)),
        ("WARC-Date", instant(at)),
        *headers,
        ("WARC-Block-Digest", Digest.of_sha256(state.digest())),
        ("Content-Type", content_type),
        ("Content-Length", str(size)),
    ]
    head: bytes = StatusAndHeaders("", everything, protocol="WARC/1.1").to_bytes()
    return Draft(record_id=record_id, head=head, block=block, size=size, is_packed=is_packed)


def of_bytes(data: bytes) -> Callable[[], Iterator[bytes]]:
    """A block that lies in memory."""
    return lambda: iter((data,))


def warcinfo(run: Run, *, record_id: str, at: dt.datetime, filename: str) -> Draft:
    """What a file begins with (section 6.2)."""
    block = write_fields(
        [
            ("software", run.software),
            ("operator", run.operator),
            ("robots", run.robots),
            ("hostname", run.hostname),
            ("http-header-user-agent", run.user_agent),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", CONFORMS_TO),
            ("isPartOf", run.run_id),
        ]
    )
    return draft(
        "warcinfo",
        record_id=record_id,
        at=at,
        headers=[("WARC-Filename", filename)],
        content_type=FIELDS_TYPE,
        block=of_bytes(block),
    )


def run_metadata(block: bytes, *, run: Run, record_id: str, at: dt.datetime, info: str) -> Draft:
    """A record that describes a run; `info` is the id of the file's warcinfo."""
    return draft(
        "metadata",
        record_id=record_id,
        at=at,
        headers=[
            ("WARC-Target-URI", target_uri(f"urn:dateline:run:{run.run_id}")),
            ("WARC-Warcinfo-ID", reference(info)),
        ],
        content_type=FIELDS_TYPE,
        block=of_bytes(block),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeDrafts:
    """The records of one exchange, in the order in which they are written.

    The metadata record is always there, and always the last: an exchange is whole in a file when
    its metadata is. `main` is the record that a Capture names.
    """

    kind: CaptureKind
    main: Draft
    drafts: tuple[Draft, ...]
    head: Head
    """The response's head, as far as heads are read."""


def exchange_drafts(
    exchange: Exchange,
    facts: bytes,
    *,
    payload: Payload | None,
    original: Original | None,
    new_id: Callable[[], str],
    info: str,
) -> ExchangeDrafts:
    """The records of an exchange; `facts` is the block of its metadata record.

    Raises: ValueError where an `original` is given for a response that is not whole.
    """
    at = exchange.began_at
    head = _head_of(exchange)
    common = _common_headers(exchange, head, info)
    main_id = new_id()
    if original is not None:
        kind = CaptureKind.REVISIT
        answer = _revisit(exchange, payload, original, record_id=main_id, common=common)
    elif exchange.response and exchange.response.size:
        kind = CaptureKind.RESPONSE
        answer = draft(
            "response",
            record_id=main_id,
            at=at,
            headers=[*common, *_response_headers(exchange, payload)],
            content_type=RESPONSE_TYPE,
            block=exchange.response.chunks,
            is_packed=bool(head.tokens("content-encoding")),
        )
    else:
        kind = CaptureKind.FAILURE
        answer = None
    request = None
    if exchange.request:
        request = draft(
            "request",
            record_id=new_id(),
            at=at,
            headers=[*common, ("WARC-Concurrent-To", reference(main_id))],
            content_type=REQUEST_TYPE,
            block=of_bytes(exchange.request),
        )
    described = answer or request
    metadata = draft(
        "metadata",
        record_id=new_id() if answer else main_id,
        at=at,
        headers=[*common, *_description_headers(described)],
        content_type=FIELDS_TYPE,
        block=of_bytes(facts),
    )
    drafts = tuple(made for made in (answer, request, metadata) if made is not None)
    return ExchangeDrafts(kind=kind, main=answer or metadata, drafts=drafts, head=head)


def _head_of(exchange: Exchange) -> Head:
    raw = b""
    if exchange.response is not None and exchange.head_bytes is not None:
        raw = b"".join(exchange.response.chunks(0, min(exchange.head_bytes, HEAD_LIMIT)))
    return Head.parse(raw)


def _revisit(
    exchange: Exchange,
    payload: Payload | None,
    original: Original,
    *,
    record_id: str,
    common: Headers,
) -> Draft:
    """A revisit record (section 6.7): the response's head; its payload is the original's."""
    response, head_bytes = exchange.response, exchange.head_bytes
    is_whole = original.is_unmodified or payload is not None
    if response is None or head_bytes is None or not is_whole or exchange.truncated:
        raise ValueError("a revisit needs a whole response")
    digest: Headers = [("WARC-Payload-Digest", payload.digest)] if payload else []
    truncated: Headers = [("WARC-Truncated", "length")]  # the block ends with the head
    if original.is_unmodified:
        truncated = []  # a 304 is all head
    return draft(
        "revisit",
        record_id=record_id,
        at=exchange.began_at,
        headers=[
            *common,
            ("WARC-Profile", UNMODIFIED_PROFILE if original.is_unmodified else REVISIT_PROFILE),
            *digest,
            ("WARC-Refers-To", reference(original.record_id)),
            ("WARC-Refers-To-Target-URI", target_uri(original.url)),
            ("WARC-Refers-To-Date", instant(original.captured_at)),
            *truncated,
        ],
        content_type=RESPONSE_TYPE,
        block=lambda: response.chunks(0, head_bytes),
    )


def _description_headers(described: Draft | None) -> Headers:
    """How a metadata record names what it describes (sections 5.7 and 5.11)."""
    if described is None:
        return []
    name = reference(described.record_id)
    return [("WARC-Concurrent-To", name), ("WARC-Refers-To", name)]


def _common_headers(exchange: Exchange, head: Head, info: str) -> Headers:
    """What all records of an exchange say of its URL and its connection."""
    headers = [
        ("WARC-Target-URI", target_uri(exchange.url)),
        ("WARC-Warcinfo-ID", reference(info)),
    ]
    if exchange.peer is not None and (address := _ip_address(exchange.peer)):
        headers.append(("WARC-IP-Address", address))
    if head.version is not None:
        headers.append(("WARC-Protocol", f"http/{head.version}"))
    if exchange.tls is not None:
        headers.append(("WARC-Protocol", header_text(exchange.tls.protocol)))
        headers.append(("WARC-Cipher-Suite", header_text(exchange.tls.cipher)))
    return headers


def _ip_address(peer: str) -> str | None:
    try:
        return str(ipaddress.ip_address(peer.partition("%")[0]))
    except ValueError:
        return None


def _response_headers(exchange: Exchange, payload: Payload | None) -> Headers:
    headers: Headers = []
    # On a chunk-coded record no payload digest would suit both deduplication and the checkers that
    # hash the chunk framing; the metadata record has it. See section 5.9.
    if payload is not None and not payload.is_chunked:
        headers.append(("WARC-Payload-Digest", payload.digest))
    if exchange.truncated is not None:
        headers.append(("WARC-Truncated", exchange.truncated))
    return headers
