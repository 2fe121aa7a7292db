"""The data model: one frozen value a word. No I/O here, and no page HTML.

The words are those of docs/decisions/0001. In the order in which they come to be:

    Exchange   what crossed the wire, as the download handler saw it; not yet kept
    Capture    the same exchange once its WARC records are durable
    Reading    what one reader version says of one capture
    Article    the article that a reading found, with its citations
    Citation   an article pointing at a post, with what the page alone claims of it
    Post       a social post; its facts come only from platform answers
    Run        one execution of the crawler

Claims and facts never share a value: a `Citation` holds claims, a `Post` holds platform answers.
All instants are aware. Names are those of the JSON that `dateline` prints.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from archive.answer import PostAnswer, PostState, ShortLink
from archive.digest import Digest
from archive.picture import Picture


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


class Verdict(StrEnum):
    """What a capture holds. Part of a reading, never of the WARC."""

    CONTENT = "content"
    GONE = "gone"
    LOGIN_WALL = "login-wall"
    CONSENT_WALL = "consent-wall"
    CHALLENGE = "challenge"
    PAYWALL = "paywall"
    ERROR_PAGE = "error-page"
    EMPTY_SHELL = "empty-shell"
    UNREADABLE = "unreadable"
    """The reader failed or was stopped; the reading's `reason` says how."""
    NOT_A_PAGE = "not-a-page"
    """A capture of something other than HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a page says that something happened.

    `at` is aware, with the page's own offset, and None where only a day is known: a midnight is
    never guessed. `on` is the day in the page's own offset. `raw` is the page's text.
    """

    on: dt.date
    at: dt.datetime | None = None
    raw: str = ""
    clock: dt.time | None = None
    """The time of day where the page states one but no offset: no instant follows from it."""

    def __post_init__(self) -> None:
        if self.at is not None and self.at.tzinfo is None:
            msg = "a moment's instant must be aware"
            raise ValueError(msg)

    def __str__(self) -> str:
        """RFC 3339 with the page's own offset, or YYYY-MM-DD where no instant is known."""
        return self.at.isoformat() if self.at is not None else self.on.isoformat()


class BlockType(StrEnum):
    """The kinds of body blocks."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    CAPTION = "caption"
    POST = "post"
    MEDIA = "media"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyBlock:
    """One block of an article's body, in reading order."""

    type: BlockType
    text: str
    level: int | None = None
    """A heading's level, 1 to 6."""
    items: tuple[str, ...] = ()
    """A list's items; `text` then holds them joined by newlines."""
    post: str | None = None
    """`platform:post_id` of a quoted post."""
    url: str | None = None
    """Of a media block."""
    stated_at: Moment | None = None
    """When an entry of a live blog says that it was written. An entry goes on to the next."""


class NoticeKind(StrEnum):
    """What a publisher says of its own text."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line that tells of a correction or an update; `block` is the body's that holds it."""

    kind: NoticeKind
    text: str
    block: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a part of the page says of a field, where another part was believed."""

    field: str
    source: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person who signs an article."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The opening of a news report: `BEIRUT, LEBANON (5:35 P.M.) –`. `raw` is always there."""

    raw: str
    place: str | None = None
    region: str | None = None
    country: str | None = None
    agency: str | None = None
    date: dt.date | None = None
    local_time: dt.time | None = None
    time_disagrees: bool | None = None
    """Whether its time and the instant of publication cannot both be right; None where nobody can
    tell: no time, no instant, or a place whose clocks are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An outgoing link of the body: its anchor `text`, and the index of its block."""

    url: str
    text: str
    block: int | None = None


class Relation(StrEnum):
    """How an article points at a post."""

    EMBEDDED = "embedded"
    LINKED = "linked"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article pointing at a post. All `claimed_*`, tags, mentions and links are the page's."""

    platform: str
    """`x`, `telegram`, `bluesky`, `mastodon`, `youtube`, `instagram`, `facebook`, `tiktok`, …"""
    post_id: str
    url: str
    """The platform's canonical form."""
    relation: Relation
    form: str
    """The markup it came in: `blockquote`, `iframe`, `link`, `script`, …"""
    block: int | None = None
    """Index into the article's body; None where it lies in no block."""
    claimed_handle: str | None = None
    claimed_name: str | None = None
    claimed_text: str | None = None
    claimed_on: dt.date | None = None
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    id_at: dt.datetime | None = None
    """The instant that the id itself carries, where the platform's ids do (UTC)."""
    claimed_revision: str | None = None
    """The version of the post that the embed names: Bluesky's CID."""

    @property
    def post_key(self) -> str:
        """The post's identity: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"

    @property
    def day_disagrees(self) -> bool | None:
        """Whether the claimed day is more than a day off the id's; None where one is not known."""
        if self.claimed_on is None or self.id_at is None:
            return None
        return abs((self.claimed_on - self.id_at.date()).days) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPost:
    """A post quoted by its words alone: who is said to have written what, and no id.

    It is no `Citation`, for it points at nothing that could be asked for: a claim, unlinked.
    """

    platform: str
    block: int | None = None
    """Index into the article's body."""
    claimed_handle: str | None = None
    claimed_name: str | None = None
    claimed_text: str | None = None
    claimed_on: dt.date | None = None
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CanonicalClaim:
    """What a page says of its own address. A claim: `archive.identity` decides what it unites."""

    canonical_url: str | None = None
    """`rel=canonical`, of the page or of its `Link` header."""
    amp_url: str | None = None
    """`rel=amphtml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as one reading of one capture states it."""

    url: str
    """The URL whose capture was read."""
    claim: CanonicalClaim = field(default_factory=CanonicalClaim)
    headline: str | None = None
    headline_alternatives: tuple[str, ...] = ()
    """What other witnesses of the page say the headline is, best first."""
    subtitle: str | None = None
    authors: tuple[Author, ...] = ()
    """People; the site itself where nobody else signs."""
    agencies: tuple[str, ...] = ()
    """News agencies that sign beside people, or instead of them."""
    published_at: Moment | None = None
    modified_at: Moment | None = None
    dateline: Dateline | None = None
    language: str | None = None
    """BCP 47."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    site_name: str | None = None
    image: str | None = None
    """URL of the lead image."""
    image_credit: str | None = None
    """Who made it or lent it, as the page says."""
    body: tuple[BodyBlock, ...] = ()
    links: tuple[Link, ...] = ()
    posts: tuple[Citation, ...] = ()
    quoted: tuple[QuotedPost, ...] = ()
    """Posts quoted without an id: of text that once was a page, never of a page."""
    notices: tuple[Notice, ...] = ()
    partial: str | None = None
    """Why the text is thought to be only a part of the article; None where nothing says so."""
    field_sources: Mapping[str, str] = field(default_factory=dict)
    """Which part of the page was believed for a field: `headline` → `json-ld headline`."""
    other_statements: tuple[Statement, ...] = ()
    """What other parts of the page say otherwise, best witness first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedCopy:
    """What a capture is where a web archive gave it: its copy of a page (Memento, RFC 7089).

    A third party's word of what the page was at `memento_at`; of the day on which the archive was
    asked it says nothing.
    """

    url: str
    """Of the page, at its own site."""
    archive: str
    """The archive's name."""
    memento_at: dt.datetime | None = None
    """`Memento-Datetime`: when the archive says that it captured the page."""
    grade: str = "third-party-capture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader version says of one capture."""

    record_id: str
    reader: str
    verdict: Verdict
    reason: str | None = None
    article: Article | None = None
    answer: PostAnswer | None = None
    """Where the capture is a rung of a post's ladder."""
    short_link: ShortLink | None = None
    """Where the capture is the last hop of a short link to a post."""
    picture: Picture | None = None
    """Where the capture is a picture that a post or an article names."""
    copy: ArchivedCopy | None = None
    """Where the capture is a web archive's copy: `article` is then what that shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A social post. `url` is canonical; facts come with platform answers."""

    platform: str
    post_id: str
    url: str
    state: PostState = PostState.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of the crawler."""

    run_id: str
    began_at: dt.datetime
    software: str
    """Name and version, as the `warcinfo` record has it."""
    user_agent: str
    robots: str
    """The robots policy in words: `classic` (RFC 9309), and any override with its reason."""
    hostname: str
    operator: str | None = None
    case: str | None = None
    note: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    """What this run was asked to do, name to text."""
    circumstances: Mapping[str, str] = field(default_factory=dict)
    """Digest of the whole configuration, state of the clock, address of egress: as far as known.
    Kept in the run's records alone."""
    ended_at: dt.datetime | None = None
    outcome: str | None = None
    """Scrapy's finish reason, or `interrupted`; None while it runs, or where it was killed."""
    counts: Mapping[str, int] = field(default_factory=dict)
