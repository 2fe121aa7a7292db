"""The small interface behind which every platform stands.

A platform is a module (or any object) with the names of `Platform`: it recognises a post in a URL
or an embed without asking anyone, and its `rungs` are the public places to ask for that post.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from crawler.platforms.address import Address
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Rung


class Platform(Protocol):
    """One social platform. Pure: whoever walks the ladder makes the requests."""

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
    def words(self) -> frozenset[str]:
        """Lower-case words that tell whose a bare id is: `tweet` in `data-tweet-id`.

        They stand in the name of the attribute or field, or in what tells its kind.
        """

    def recognise(self, address: Address, /) -> PostRef | None:
        """The post that `address` names; None for profiles, searches, intents, shares."""

    def from_id(self, text: str, /) -> PostRef | None:
        """The post whose bare id `text` is; None where it is no such id."""

    def id_instant(self, post_id: str, /) -> dt.datetime | None:
        """The instant (UTC) that the id carries; None where this platform's, or this id, has none.

        A claim of whoever made the id; an id of the future is not sorted out here.
        """

    @property
    def rungs(self) -> Sequence[Rung]:
        """Where to ask for a post, best first; empty where nothing public is known."""
