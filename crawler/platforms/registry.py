"""All platforms together: which post a URL names.

A third party adds a platform by an entry point of the group `dateline.platforms` that names an
object with the names of `crawler.platforms.platform.Platform`.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import entry_points

from crawler.platforms import (
    bluesky,
    facebook,
    instagram,
    mastodon,
    reddit,
    telegram,
    threads,
    tiktok,
    truthsocial,
    vk,
    wrappers,
    x,
    youtube,
)
from crawler.platforms.address import LONGEST_URL, Address, host_suffixes
from crawler.platforms.platform import Platform
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Rung

ENTRY_POINTS = "dateline.platforms"

_BUILT_IN: tuple[Platform, ...] = (
    x,
    telegram,
    bluesky,
    mastodon,
    youtube,
    instagram,
    facebook,
    tiktok,
    reddit,
    vk,
    truthsocial,
    threads,
)


class Registry:
    """Some platforms, asked by a URL's marks. A later one takes marks over from an earlier."""

    def __init__(self, platforms: Iterable[Platform]) -> None:
        self._by_name = {platform.name: platform for platform in platforms}
        self._by_mark = {
            mark: platform for platform in self._by_name.values() for mark in platform.marks
        }
        self._path_marks = [mark for mark in self._by_mark if mark.startswith("/")]
        self._attributes: dict[str, list[tuple[str, Platform]]] = {}
        for platform in self._by_name.values():
            for attribute, word in platform.attributes.items():
                self._attributes.setdefault(attribute, []).append((word, platform))
        # An attribute that a word must explain is everyone's, and no clue.
        bare = [
            name for name, uses in self._attributes.items() if all(not word for word, _ in uses)
        ]
        self._clues = (*bare, *(mark.removesuffix("*") for mark in self._by_mark))
        # Most links of a page lead to a few hosts, none of them a platform.
        self._owner = functools.lru_cache(maxsize=4096)(self._find_owner)

    @property
    def names(self) -> tuple[str, ...]:
        """The platforms' names."""
        return tuple(self._by_name)

    def rungs(self, platform: str) -> Sequence[Rung]:
        """The ladder of the platform of that name, best rung first, whether on or off.

        Empty for a platform that is not known here.
        """
        found = self._by_name.get(platform)
        return () if found is None else found.rungs

    @property
    def attributes(self) -> Mapping[str, object]:
        """The attributes that may hold a bare post id."""
        return self._attributes

    def recognise(self, url: str) -> PostRef | None:
        """The post that `url` names, redirectors unwrapped; None for anything else, broken or not.

        `url` is absolute; a relative link is on the page's own site, and no post.
        """
        if len(url) > LONGEST_URL or not self._may_name_post(url):
            return None
        address = Address.parse(url)
        if address is None:
            return None
        if wrappers.wraps(address.host):
            address = wrappers.unwrapped(address)
        platform = self._owner(address.scheme, address.host)
        if platform is None and address.scheme in {"http", "https"}:
            platform = self._by_path("/" + "/".join(address.segments))
        return None if platform is None else platform.recognise(address)

    def _may_name_post(self, url: str) -> bool:
        """A look at scheme and host alone, ten times as fast as taking the URL apart."""
        scheme, colon_slashes, rest = url.partition("//")
        if not colon_slashes:
            return False
        end = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
        host = rest[:end].lower()
        if "@" in host or ":" in host:
            return True  # a port, credentials or a DID: worth a closer look
        scheme = scheme.strip().lower().removesuffix(":")
        return bool(self._owner(scheme, host) or wrappers.wraps(host) or self._by_path(url))

    def may_be_named_in(self, text: str) -> bool:
        """Whether `text` may name a post: a quick look, to spare a closer one."""
        return any(clue in text for clue in self._clues)

    def _by_path(self, text: str) -> Platform | None:
        mark = next((mark for mark in self._path_marks if mark in text), None)
        return None if mark is None else self._by_mark[mark]

    def from_attribute(self, attribute: str, value: str, context: str) -> PostRef | None:
        """The post whose bare id is an attribute's `value`.

        `context` is the element's tag and short attributes: where an attribute's name is everyone's
        (`data-video-id`), the platform's word must stand there.
        """
        for word, platform in self._attributes.get(attribute, ()):
            if word in context:
                ref = platform.from_id(value)
                if ref is not None:
                    return ref
        return None

    def id_instant(self, ref: PostRef) -> dt.datetime | None:
        """The instant (UTC) that the post's id carries, if any."""
        platform = self._by_name.get(ref.platform)
        return None if platform is None else platform.id_instant(ref.post_id)

    def _find_owner(self, scheme: str, host: str) -> Platform | None:
        first_label = host.partition(".")[0]
        keys = (f"{scheme}:", *host_suffixes(host), f"{first_label}.*")
        return next((self._by_mark[key] for key in keys if key in self._by_mark), None)


@functools.cache
def everyone() -> Registry:
    """The built-in platforms and those that entry points name; made once a process.

    Raises: whatever a broken third-party platform raises when it is loaded.
    """
    added = [point.load() for point in entry_points(group=ENTRY_POINTS)]
    return Registry((*_BUILT_IN, *added))


def recognise(url: str) -> PostRef | None:
    """The post that `url` names, by any platform known here."""
    return everyone().recognise(url)
