"""A news article as one reading of one capture states it, with the posts that it cites.

Everything here is the page's own word. What a platform says of a post is in `answer.py`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
    block: int | None = None
    """The index of the block that it opened; None where it stood beside the body or above it."""


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
class ClaimedPost:
    """What a page claims of a post, with or without pointing at one."""

    claimed_handle: str | None = None
    claimed_name: str | None = None
    claimed_text: str | None = None
    claimed_on: dt.date | None = None
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(ClaimedPost):
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
class QuotedPost(ClaimedPost):
    """A post quoted by its words alone: who is said to have written what, and no id.

    It is no `Citation`, for it points at nothing that could be asked for: a claim, unlinked.
    """

    platform: str
    block: int | None = None
    """Index into the article's body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CanonicalClaim:
    """What a page says of its own address: a claim. `conclusions.identity` says what it unites."""

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
