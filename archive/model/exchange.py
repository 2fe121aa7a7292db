"""One request and what came of it: on the wire, and once its records are durable.

An `Exchange` is what the download handler saw, a `Capture` the same when it is kept. Instants are
aware.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from archive.digest import Digest


class Block(Protocol):
    """Bytes as they came, in memory or in a spool file; read as often as wanted until closed."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end` (default: the last), in pieces of bounded size."""

    def close(self) -> None:
        """Give the memory or the file back."""


class Truncation(StrEnum):
    """Why a response is not whole: the values of `WARC-Truncated` (WARC 1.1, section 5.15)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"
    UNSPECIFIED = "unspecified"


class FailureKind(StrEnum):
    """Why an exchange brought no whole response. A kind is a fact of the wire, not a verdict."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    DISCONNECT = "disconnect"
    PROTOCOL = "protocol"
    TOO_LARGE = "too-large"
    ADDRESS_REFUSED = "address-refused"
    ROBOTS_DENIED = "robots-denied"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    """robots.txt could not be had, so that nothing was asked: nobody forbade it."""
    LEFT_ALONE = "left-alone"
    """The host asked for more patience than the run had."""
    NOT_FOLLOWED = "not-followed"
    """A redirect off the web, to no address, or one too many."""
    NOT_THE_WEB = "not-the-web"
    """No http or https address was asked for."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong on the wire: a stable `kind`, and one line of `detail` for a person."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The TLS facts of the very connection that carried an exchange."""

    protocol: str
    """As `WARC-Protocol` spells it: `tls/1.3`."""
    cipher: str
    sni: str | None
    alpn: str | None
    chain: tuple[bytes, ...]
    """The peer's certificates in DER, leaf first."""
    is_verified: bool
    verify_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How a request came about: what no response can tell, kept as WARC metadata."""

    run_id: str
    found_by: str
    """`argument`, `redirect`, `canonical`, `robots`, `retry`, `citation`, …"""
    via: str | None = None
    """URL of the page or the hop that led here."""
    via_record: str | None = None
    """WARC-Record-ID of that page's or hop's capture."""
    requested_url: str | None = None
    """The URL first asked for, where redirects led here from another."""
    attempt: int = 1
    """1 for the first try of a URL, 2 for its first retry."""
    robots: str | None = None
    """`allowed`, `denied`, `unavailable`, `unreachable`, `overridden: REASON`; None for
    robots.txt itself."""
    note: Mapping[str, str] = field(default_factory=dict)
    """Further facts, name to text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came back, or did not, on one connection.

    `request` and `response` are the wire's own bytes. `response` starts at the final status line:
    interim (1xx) answers before it stand in `interim`, and bytes after its end, which belong to no
    response, are only counted in `surplus_bytes`. `head_bytes` is the length of status line and
    header block with the blank line, None where no whole head arrived.
    """

    url: str
    """Absolute, without fragment and without credentials."""
    method: str
    began_at: dt.datetime
    ended_at: dt.datetime
    origin: Origin
    request: bytes = b""
    response: Block | None = None
    head_bytes: int | None = None
    status: int | None = None
    interim: bytes = b""
    surplus_bytes: int = 0
    truncated: Truncation | None = None
    failure: Failure | None = None
    peer: str | None = None
    """IP address of the peer used."""
    peer_port: int | None = None
    addresses: tuple[str, ...] = ()
    """The whole DNS answer, in its order; empty where nothing was asked."""
    tls: Tls | None = None
    connection: int = 0
    """Number of the connection in this process; 0 where there was none."""
    nth_on_connection: int = 0
    revalidates: str | None = None
    """Record id of the capture whose `ETag` or `Last-Modified` the request named as known."""

    def __post_init__(self) -> None:
        if self.began_at.tzinfo is None or self.ended_at.tzinfo is None:
            msg = "an exchange's instants must be aware"
            raise ValueError(msg)
        if self.response is None and self.head_bytes is not None:
            msg = "a head without a response"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Locator:
    """Where a record lies: file name below the archive's `warc/`, and the span of its member."""

    warc: str
    offset: int
    length: int


class CaptureKind(StrEnum):
    """What an exchange left in the WARC."""

    RESPONSE = "response"
    REVISIT = "revisit"
    """The payload was already kept: headers here, payload at `refers_to`."""
    FAILURE = "failure"
    """No response bytes at all: a metadata record (and the request, if it was sent)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One exchange, kept. Everything here can be read again from its WARC records.

    `record_id` (`urn:uuid:…`) and `locator` are those of the response or revisit record, or of the
    metadata record where nothing came back.
    """

    record_id: str
    kind: CaptureKind
    url: str
    method: str
    captured_at: dt.datetime
    """The instant at which the exchange began: `WARC-Date`."""
    run_id: str
    locator: Locator
    status: int | None = None
    content_type: str | None = None
    payload_digest: Digest | None = None
    """Of the entity-body: transfer-decoded, still content-encoded; None where it was cut."""
    payload_bytes: int | None = None
    refers_to: str | None = None
    """The record id that holds a revisit's payload."""
    truncated: Truncation | None = None
    failure: Failure | None = None
    found_by: str = "argument"
    via: str | None = None
    via_record: str | None = None
    requested_url: str | None = None
    redirect_to: str | None = None
    """Absolute target of a 3xx answer's `Location`."""
    is_tls_verified: bool | None = None
    """None without TLS."""
