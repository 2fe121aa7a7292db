"""A rung of the capture ladder: one public place where a platform tells about a post.

A platform's `rungs` stand best first. A rung makes the request for a post, from its reference and
from what the rungs before it answered, and reads what came back. Both are pure: the spider asks,
the archive keeps, and a stored answer can be read again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from archive import PostAnswer
from crawler.platforms.reference import PostRef

AUTHOR_WISH = "author_wish"
"""A key of `PostAnswer.learnt`: the author asks not to be shown to strangers, in the platform's
words. It ends the walk, web archives included."""

ASK_ALSO = "ask_also"
"""A key of `PostAnswer.learnt`: the rung that has more to tell of a post which this answer gives in
full. It is asked though the walk would end."""


class Grade(StrEnum):
    """How good a rung's answers are as evidence."""

    API = "platform-api"
    """The platform's own documented interface."""
    EMBED = "platform-embed"
    """What the platform serves to its own embeds; long-lived, undocumented."""
    PAGE = "platform-page"
    THIRD_PARTY_MIRROR = "third-party-mirror"
    THIRD_PARTY_CAPTURE = "third-party-capture"
    """A web archive's copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to make, without a body."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beyond what every request has: `Accept`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came back, decoded. `body` is whole unless `is_whole` says otherwise."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names lower-cased."""
    body: bytes
    is_whole: bool = True


class Rung(Protocol):
    """One rung of a platform's ladder."""

    @property
    def name(self) -> str:
        """Its name within the platform."""

    @property
    def grade(self) -> Grade:
        """The evidence grade of its answers."""

    @property
    def why_off(self) -> str | None:
        """Why it is off unless a setting turns it on; None where it is on."""

    def ask(self, ref: PostRef, before: Sequence[PostAnswer], /) -> Ask | None:
        """The request for `ref`; None where this rung cannot be asked for it.

        `before` holds what the rungs above answered in this walk, in order.
        """

    def read(self, ref: PostRef, answered: Answered, /) -> PostAnswer:
        """What the answer says. Never raises on an answer: PARSE_ERROR is a state."""
