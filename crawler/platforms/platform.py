"""The small interface behind which every platform stands.

A platform is a module (or any object) with the names of `Platform`. Fetching posts will add two:
`plan`, from a `PostRef` to an ordered ladder of requests, and `read`, from an answer to a post's
facts or a state with its reason. Until then a reference is all there is, so neither is here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from crawler.platforms.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRef:
    """Which post a URL or an embed names. Ids are text, always: they outgrow a float."""

    platform: str
    post_id: str
    url: str
    """Canonical, built anew from the id: it carries no tracker and, where the platform can do
    without, no author that only the page vouches for."""

    @property
    def key(self) -> str:
        """The post's identity: `platform:post_id`."""
        return f"{self.platform}:{self.post_id}"


class Platform(Protocol):
    """What a platform can tell without asking anyone."""

    @property
    def name(self) -> str:
        """The platform's name in keys: lower-case letters."""

    @property
    def marks(self) -> frozenset[str]:
        """What marks a URL as one to ask this platform about.

        A domain, with its subdomains; `nitter.*`, any domain that starts so; `at:`, a scheme; or
        `/@`, a piece of a URL on any host that nobody claims, for platforms of many servers.
        """

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attributes that publishers put a bare post id in, each with a word.

        The word must stand in the element's tag or short attributes (empty: none need).
        """

    def recognise(self, address: Address, /) -> PostRef | None:
        """The post that `address` names; None for profiles, searches, intents, shares."""

    def from_id(self, text: str, /) -> PostRef | None:
        """The post whose bare id `text` is; None where it is no such id."""

    def id_instant(self, post_id: str, /) -> dt.datetime | None:
        """The instant (UTC) that the id carries; None where this platform's, or this id, has none.

        A claim of whoever made the id; an id of the future is not sorted out here.
        """
