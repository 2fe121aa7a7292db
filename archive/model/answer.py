"""A post, and what a platform answered about it: the facts of one answer, and its state.

A fact comes from a platform's answer or from the id, never from the page that cites the post: those
are claims.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PostState(StrEnum):
    """What became of asking for a post. Only a platform's own structured word makes `deleted`."""

    OK = "ok"
    OK_PARTIAL = "ok_partial"
    """Found; but the source gives less than the post holds: cut text, no author, no media."""
    DELETED = "deleted"
    NOT_FOUND = "not_found"
    SUSPENDED = "suspended"
    PROTECTED = "protected"
    WITHHELD_LOGIN = "withheld_login"
    """It exists, and is shown to members only: age, sensitive content, its author's wish."""
    EMBEDDING_DISABLED = "embedding_disabled"
    GEO_BLOCKED = "geo_blocked"
    UNAVAILABLE = "unavailable"
    """The platform does not tell deleted, suspended, private and unknown apart."""
    RATE_LIMITED = "rate_limited"
    LOGIN_WALL = "login_wall"
    BLOCKED_BOT = "blocked_bot"
    TRANSIENT = "transient"
    PARSE_ERROR = "parse_error"
    """An answer that today's reader does not understand; its bytes are kept."""
    NOT_ASKED = "not_asked"
    """Policy, or no rung of the ladder is on."""

    @property
    def is_found(self) -> bool:
        """Whether the post was shown, whole or in part."""
        return self in (PostState.OK, PostState.OK_PARTIAL)


class FactSource(StrEnum):
    """Where a field of a post comes from."""

    API = "api"
    PAGE = "page"
    """The platform's own page or embed, not the citing article."""
    ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAuthor:
    """Who posted, as the platform says."""

    id: str | None = None
    handle: str | None = None
    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMedia:
    """A picture, film or sound of a post. Sizes in pixels, duration in seconds."""

    type: str
    """`image`, `video`, `animation`, `audio`, `document`."""
    url: str | None = None
    preview_url: str | None = None
    width: int | None = None
    height: int | None = None
    alt: str | None = None
    duration_s: float | None = None
    is_sensitive: bool = False

    @property
    def picture(self) -> tuple[str, str] | None:
        """The picture that shows most of it, and as what: `image`, or `preview` of a film."""
        if self.type == "image" and self.url is not None:
            return "image", self.url
        return ("preview", self.preview_url) if self.preview_url is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPointer:
    """Another post that a post replies to, quotes or forwards."""

    relation: str
    """`reply_to`, `quoted`, `forwarded`."""
    platform: str
    post_id: str
    url: str

    @property
    def post_key(self) -> str:
        """The other post's identity: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOption:
    """One answer that a poll offers, and how many chose it, as seen at the capture's instant."""

    text: str
    votes: int | None = None
    percent: int | None = None
    """Of the votes, where the platform gives no more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPoll:
    """A poll in a post. None is what the platform does not say."""

    options: tuple[PollOption, ...]
    votes: int | None = None
    """All of them, where the platform counts them."""
    voters: int | None = None
    """Who may choose several answers has several votes."""
    ends_at: dt.datetime | None = None
    is_closed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """A post as one answer states it. Instants are aware; None and () are what it does not say."""

    author: PostAuthor | None = None
    text: str | None = None
    """Plain text, line breaks kept, links as the platform expands them."""
    is_text_truncated: bool = False
    title: str | None = None
    """Of a film or a link post."""
    language: str | None = None
    posted_at: dt.datetime | None = None
    edited_at: dt.datetime | None = None
    is_edited: bool | None = None
    revision: str | None = None
    """The platform's own mark of this very version: Bluesky's CID, X's id of the edit."""
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    media: tuple[PostMedia, ...] = ()
    pointers: tuple[PostPointer, ...] = ()
    poll: PostPoll | None = None
    metrics: Mapping[str, int] = field(default_factory=dict)
    """`likes`, `replies`, `reposts`, `quotes`, `views`: as seen at the capture's instant."""
    content_warning: str | None = None
    is_sensitive: bool | None = None
    labels: tuple[str, ...] = ()
    sources: Mapping[str, FactSource] = field(default_factory=dict)
    """Field name to where it comes from; every field that is set has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAnswer:
    """What one capture, a rung of a post's ladder, says of the post that was asked for."""

    platform: str
    post_id: str
    """As it was asked for: the citation's."""
    url: str
    rung: str
    """Name of the rung within its platform: `tweet-result`, `oembed`, …"""
    grade: str
    """How good the evidence is: the rung's grade (crawler.platforms.rung.Grade)."""
    state: PostState
    reason: str | None = None
    """The sign that made the state, in the platform's words or ours."""
    facts: PostFacts | None = None
    history: tuple[PostFacts, ...] = ()
    """The post's versions as its platform tells them, oldest first: told, not seen at the time."""
    same_as: tuple[str, ...] = ()
    """Post ids that the platform says are this very post: a DID for a handle, an album's parts."""
    learnt: Mapping[str, str] = field(default_factory=dict)
    """What the next rung needs to know of this one: a DID, an origin host's URL."""

    @property
    def post_key(self) -> str:
        """The identity of the post asked for: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A social post. `url` is canonical; facts come with platform answers."""

    platform: str
    post_id: str
    url: str
    state: PostState = PostState.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLink:
    """A link that names no post itself, and was seen to lead to one."""

    url: str
    """As a page has it; the capture is of this address or of a later hop."""
    platform: str
    post_id: str
    post_url: str
    """The post's canonical address."""

    @property
    def post_key(self) -> str:
        """The post's identity: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"
