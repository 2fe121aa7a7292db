"""The data model: one frozen value a word. No I/O in any of its rooms, and no page HTML.

The words are those of docs/decisions/0001. In the order in which they come to be:

    Exchange     what crossed the wire, as the download handler saw it; not yet kept   exchange.py
    Capture      the same exchange once its WARC records are durable                   exchange.py
    Article      an article as a page states it, with its citations                    article.py
    Citation     an article pointing at a post, with what the page alone claims of it  article.py
    PostAnswer   what one answer of a platform says of a post                          answer.py
    Picture      what the bytes of a picture are                                       picture.py
    Reading      what one reader version says of one capture: one of the three above   here
    Post         a social post; its facts come only from platform answers              here
    Run          one execution of the crawler                                          here

Claims and facts never share a value: a `Citation` holds claims, a `PostAnswer` facts.
All instants are aware. Names are those of the JSON that `dateline` prints.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.answer import PostAnswer, PostState, ShortLink
from archive.article import Article
from archive.picture import Picture


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
