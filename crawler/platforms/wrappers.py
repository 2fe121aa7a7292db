"""URLs whose target stands in them: redirectors, dialogs, caches and archives, unwrapped locally.

Shorteners (`t.co`, `fb.watch`, `vm.tiktok.com`, …) are not here: only a request tells their target.
"""

import functools
import re
from collections.abc import Callable
from urllib.parse import urljoin

from crawler.platforms.address import Address, host_suffixes

_DEEPEST = 4


def unwrapped(address: Address) -> Address:
    """The innermost target of `address`, at most four wrappers deep; `address` where it is none."""
    for _ in range(_DEEPEST):
        target = _target(address)
        inner = None if target is None else Address.parse(target)
        if inner is None:
            break
        address = inner
    return address


@functools.lru_cache(maxsize=4096)
def wraps(host: str) -> bool:
    """Whether URLs of `host` may hold a target."""
    return any(suffix in _WRAPPERS for suffix in host_suffixes(host))


def _target(address: Address) -> str | None:
    for suffix in host_suffixes(address.host):
        rule = _WRAPPERS.get(suffix)
        if rule is not None:
            return rule(address)
    return None


Rule = Callable[[Address], str | None]


def _query(paths: str, *names: str, base: str = "") -> Rule:
    """A target in one of the query's `names`, where the path is one of `paths` (`|` between)."""
    allowed = frozenset(paths.split("|"))

    def rule(address: Address) -> str | None:
        if "/".join(address.segments) not in allowed:
            return None
        target = address.parameter(*names)
        return urljoin(base, target) if target and base else target

    return rule


def _either(*rules: Rule) -> Rule:
    return lambda address: next((target for rule in rules if (target := rule(address))), None)


_STAMP = re.compile(r"[0-9]{4,14}(?:[a-z]{2}_)?|[0-9*]{1,14}")


def _archived(address: Address) -> str | None:
    """`/web/20200102030405id_/https://…` and archive.today's `/20200102030405/https://…`."""
    segments = address.segments
    if segments and segments[0] == "web":
        segments = segments[1:]
    if len(segments) < 3 or not _STAMP.fullmatch(segments[0]):
        return None
    return _rejoined(segments[1:], address)


def _amp_cache(address: Address) -> str | None:
    """`/c/s/host/path`: `s` says https, the letter before it the kind of content."""
    segments = address.segments
    if segments[:1] in {("c",), ("v",), ("amp",)}:
        segments = segments[1:]
    if segments[:1] == ("s",):
        segments = segments[1:]
    if len(segments) < 2 or "." not in segments[0]:
        return None
    return _rejoined(("https:", *segments), address)


def _rejoined(segments: tuple[str, ...], address: Address) -> str:
    """The URL whose path stood in a path: its `//` was one slash short there."""
    scheme, *rest = segments
    if not scheme.endswith(":"):
        scheme, rest = "https:", [scheme, *rest]
    query = f"?{address.query}" if address.query else ""
    fragment = f"#{address.fragment}" if address.fragment else ""
    return f"{scheme}//{'/'.join(rest)}{query}{fragment}"


_YOUTUBE = _either(
    _query("redirect", "q"),
    _query("oembed", "url"),
    _query("attribution_link", "u", base="https://www.youtube.com/"),
)
_FACEBOOK = _either(
    _query("l.php|flx/warn", "u"),
    _query("plugins/post.php|plugins/video.php", "href"),
)

_WRAPPERS: dict[str, Rule] = {
    "facebook.com": _FACEBOOK,
    "instagram.com": _either(
        # l.instagram.com/?u=; the profile page of the bare host has no such parameter
        _query("", "u"),
        _query("accounts/login", "next", base="https://www.instagram.com/"),
    ),
    "youtube.com": _YOUTUBE,
    "youtube-nocookie.com": _YOUTUBE,
    "publish.twitter.com": _query("|oembed", "query", "url"),
    "publish.x.com": _query("|oembed", "query", "url"),
    "skyview.social": _query("", "url"),
    "vk.com": _query("away.php", "to"),
    "vk.ru": _query("away.php", "to"),
    "out.reddit.com": _query("", "url"),
    # What mail clients and shops write into a link that an author copies out of them.
    "safelinks.protection.outlook.com": _query("", "url"),
    "go.skimresources.com": _query("", "url"),
    "google.com": _either(
        _query("url", "url", "q"),
        _query("translate", "u"),
        lambda address: _amp_cache(address) if address.segments[:1] == ("amp",) else None,
    ),
    "cdn.ampproject.org": _amp_cache,
    "web.archive.org": _archived,
    "archive.today": _archived,
    "archive.ph": _archived,
    "archive.is": _archived,
    "archive.li": _archived,
    "archive.md": _archived,
    "archive.vn": _archived,
}
