"""All platforms together: which post a URL names.

A third party adds a platform by an entry point of the group `dateline.platforms` that names an
object with the names of `crawler.platforms.platform.Platform`.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points

from crawler.errors import ConfigError
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

# Words of the names of fields that hold an id of whatever kind their surroundings tell.
_ANYONE_S = frozenset(
    """
    asset code content data embed embedded embedid external id item key media mediaid object plyr
    post postid ref reference resource shortcode social source src status value video videoid
    """.split()
)
# Words of names whose numbers and codes are no post's.
_NO_IDS = frozenset(
    """
    account album app author channel client count date discussion handle hashtag height index lang
    length limit list page pixel playlist profile site theme time timeline timestamp token tracking
    uid user username version width
    """.split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_MAY_BE_ID = re.compile(r"[A-Za-z0-9_/.@-]{1,200}")
_HOST = re.compile(r"[^/?#]*")
_LONGEST_NAME = 60
"""Of a longer name only this much is judged, and kept with what was judged of it."""
_SHORT = 4


def _words(name: str) -> tuple[str, ...]:
    """The words of a field's name, lower-case: `data-tweetID` has three."""
    return tuple(word.lower() for word in _WORD.findall(name))


def _is_short(word: str) -> bool:
    return len(word) <= _SHORT


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`: short ones stand alone, long ones may be part of a longer."""
    return "|".join(rf"(?<![a-z]){word}(?![a-z])" if _is_short(word) else word for word in words)


def _shortest(texts: Iterable[str]) -> tuple[str, ...]:
    """`texts` without those that hold another of them: where one stands, that one does too."""
    found: list[str] = []
    for text in sorted(set(texts), key=lambda text: (len(text), text)):
        if not any(shorter in text for shorter in found):
            found.append(text)
    return tuple(found)


class Registry:
    """Some platforms, asked by a URL's marks. A later one takes marks over from an earlier."""

    def __init__(self, platforms: Iterable[Platform]) -> None:
        self._by_name = {platform.name: platform for platform in platforms}
        self._by_mark = {
            mark: platform for platform in self._by_name.values() for mark in platform.marks
        }
        self._path_marks = [mark for mark in self._by_mark if mark.startswith("/")]
        self._speaking = [
            (re.compile(_any_of(platform.words)), platform)
            for platform in self._by_name.values()
            if platform.words
        ]
        said = [word for one in self._by_name.values() for word in one.words]
        self._words = _shortest(said)
        words = (word for word in said if not _is_short(word))
        self._clues = _shortest((*words, *(mark.removesuffix("*") for mark in self._by_mark)))
        # Most links of a page lead to a few hosts, none of them a platform.
        self._owner = functools.lru_cache(maxsize=4096)(self._find_owner)
        self._may_own = functools.lru_cache(maxsize=4096)(self._may_be_owned)
        self._named = functools.lru_cache(maxsize=4096)(self._name_s_owners)

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
        scheme, slashes, rest = url.partition("//")
        host = _HOST.match(rest) if slashes else None
        if host is None:
            return False
        return self._may_own(scheme, host[0]) or self._by_path(url) is not None

    def _may_be_owned(self, scheme: str, host: str) -> bool:
        host = host.lower()
        if "@" in host or ":" in host:
            return True  # a port, credentials or a DID: worth a closer look
        scheme = scheme.strip().lower().removesuffix(":")
        return self._owner(scheme, host) is not None or wrappers.wraps(host)

    def knows(self, host: str) -> bool:
        """Whether a platform, or what wraps addresses, has `host`, whatever stands behind it."""
        return self._may_own("https", host)

    def may_be_named_in(self, text: str) -> bool:
        """Whether `text` may name a post: a quick look, to spare a closer one."""
        for clue in self._clues:  # noqa: SIM110 (twice as fast as `any` of a generator)
            if clue in text:
                return True
        return False

    def _by_path(self, text: str) -> Platform | None:
        for mark in self._path_marks:
            if mark in text:
                return self._by_mark[mark]
        return None

    def from_field(self, name: str, value: str, context: str) -> PostRef | None:
        """The post whose bare id is the `value` of an attribute or a field called `name`.

        The name must say whose it is (`data-tweet-id`, `youtubeId`); or it may be anyone's
        (`data-video-id`, `id`) where `context` does: the element's tag and short attributes, or
        what an object of data says of its kind.
        """
        if not self.may_be_id(name, value):
            return None
        is_named, _ = self._named(name[:_LONGEST_NAME])
        context = context.lower()
        if not is_named and not self._speaks(context):
            return None
        for speaks, platform in is_named or self._speaking:
            if is_named or speaks.search(context):
                ref = platform.from_id(value)
                if ref is not None:
                    return ref
        return None

    def _speaks(self, context: str) -> bool:
        """Whether `context` may speak of a platform: a quick look."""
        for word in self._words:  # noqa: SIM110 (as above)
            if word in context:
                return True
        return False

    def may_be_id(self, name: str, value: str) -> bool:
        """Whether `value` may be an id, and one is kept under this name: a quick look."""
        is_named, is_anyone_s = self._named(name[:_LONGEST_NAME])
        if not is_named and not is_anyone_s:
            return False
        return bool(_MAY_BE_ID.fullmatch(value)) and not (value.isalpha() and value.islower())

    def id_instant(self, ref: PostRef) -> dt.datetime | None:
        """The instant (UTC) that the post's id carries, if any."""
        platform = self._by_name.get(ref.platform)
        return None if platform is None else platform.id_instant(ref.post_id)

    def _name_s_owners(self, name: str) -> tuple[list[tuple[re.Pattern[str], Platform]], bool]:
        """The platforms that a field's name speaks of, and whether it may hold anyone's id."""
        words = _words(name)
        if not _NO_IDS.isdisjoint(words):
            return [], False
        joined = "-".join(words)
        speaking = self._speaking if self._speaks(joined) else ()
        named = [(speaks, one) for speaks, one in speaking if speaks.search(joined)]
        return named, _ANYONE_S.issuperset(words)

    def _find_owner(self, scheme: str, host: str) -> Platform | None:
        first_label = host.partition(".")[0]
        keys = (f"{scheme}:", *host_suffixes(host), f"{first_label}.*")
        return next((self._by_mark[key] for key in keys if key in self._by_mark), None)


@functools.cache
def everyone() -> Registry:
    """The built-in platforms and those that entry points name; made once a process.

    Raises: ConfigError where one of a third party cannot be loaded, or is none.
    """
    return Registry((*_BUILT_IN, *map(_added, entry_points(group=ENTRY_POINTS))))


def _added(point: EntryPoint) -> Platform:
    """The platform that an entry point names. Raises: ConfigError."""
    try:
        platform: Platform = point.load()
        Registry([platform])
    except Exception as error:  # whatever a stranger's module raises
        package = f" of the package {point.dist.name}" if point.dist else ""
        raise ConfigError(
            f"the platform {point.name!r}{package} cannot be used: {error!r}; mend or uninstall it"
        ) from error
    return platform


def recognise(url: str) -> PostRef | None:
    """The post that `url` names, by any platform known here."""
    return everyone().recognise(url)
