"""What one reader version says of one capture."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from archive.model.answer import PostAnswer, ShortLink
from archive.model.article import Article
from archive.model.picture import Picture


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
