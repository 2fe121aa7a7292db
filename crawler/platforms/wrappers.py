"""URLs whose target stands in them: redirectors, dialogs, caches and archives, unwrapped locally.

Shorteners (`t.co`, `fb.watch`, `vm.tiktok.com`, …) are not here: only a request tells their target.
"""

import base64
import functools
import re
from collections.abc import Callable
from urllib.parse import unquote, urljoin

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
    is_listed = any(suffix in _WRAPPERS for suffix in host_suffixes(host))
    return is_listed or _GOOGLE.fullmatch(host) is not None


def _target(address: Address) -> str | None:
    for suffix in host_suffixes(address.host):
        rule = _WRAPPERS.get(suffix)
        if rule is not None:
            return rule(address)
    return _google(address) if _GOOGLE.fullmatch(address.host) else None


Rule = Callable[[Address], str | None]


def _query(paths: str, *names: str, base: str = "") -> Rule:
    """A target in one of the query's `names`, where the path is one of `paths` (`|` between).

    `*` is any path.
    """
    allowed = frozenset(paths.split("|"))

    def rule(address: Address) -> str | None:
        if paths != "*" and "/".join(address.segments) not in allowed:
            return None
        target = address.parameter(*names)
        return urljoin(base, target) if target and base else target

    return rule


def _either(*rules: Rule) -> Rule:
    return lambda address: next((target for rule in rules if (target := rule(address))), None)


_STAMP = re.compile(
    r"[0-9]{4,14}(?:[a-z]{2}_)?|[0-9*]{1,14}|[0-9]{4}\.[0-9]{2}\.[0-9]{2}-[0-9]{6}|newest|oldest"
)
_WEB = frozenset({"http:", "https:"})
_MOST_BEFORE = 4


def _archived(address: Address) -> str | None:
    """The page that a copy is of: the URL in the path, or what stands behind the copy's stamp.

    `/web/20200102030405id_/https://…`, `/wayback/2020*/https://…`, archive.today's `/newest/…`,
    `/2020.01.02-030405/…` and `/o/KEY/…`; the scheme may be missing behind a stamp.
    """
    segments = address.segments
    if segments[:1] == ("save",):  # asks for a copy, and is none
        return None
    for at, segment in enumerate(segments[:_MOST_BEFORE]):
        if segment.lower() in _WEB:
            return _rejoined(segments[at:], address)
    if segments and segments[0] == "web":
        segments = segments[1:]
    if len(segments) < 3 or not _STAMP.fullmatch(segments[0]):
        return None
    return _rejoined(segments[1:], address)


def _whole_query(address: Address) -> str | None:
    """`/?https://…`: nothing in the query but the target."""
    return unquote(address.query)


_PROOFPOINT = str.maketrans({"-": "%", "_": "/"})


def _defended(address: Address) -> str | None:
    """Proofpoint's `/v3/__https://…__;!!key` and `/v2/url?u=https-3A__…`."""
    version = address.segments[:1]
    if version == ("v2",):
        written = address.parameter("u")
        return unquote(written.translate(_PROOFPOINT)) if written else None
    if version != ("v3",) or not address.segments[1:]:
        return None
    first, *rest = address.segments[1:]
    return _rejoined((first.removeprefix("__"), *rest), address).partition("__;")[0]


def _bing(address: Address) -> str | None:
    """`/ck/a?u=a1…`: the target in base64."""
    written = address.parameter("u") or ""
    if address.segments != ("ck", "a") or not written.startswith("a1"):
        return None
    try:
        return base64.urlsafe_b64decode(written[2:] + "=" * (-len(written[2:]) % 4)).decode()
    except ValueError:
        return None


def _discussed(address: Address) -> str | None:
    """Disqus ends the target with a colon and a check value."""
    return (address.parameter("url") or "").rpartition(":")[0]


def _kept_film(address: Address) -> str | None:
    """Copies of films: `archive.org/details/youtube-ID`, `ghostarchive.org/varchive/…/ID`."""
    match address.segments:
        case ("details", item) if item.startswith("youtube-"):
            return f"https://youtu.be/{item.removeprefix('youtube-')}"
        case ("varchive", *_, film):
            return f"https://youtu.be/{film}"
        case _:
            return None


def _cached(address: Address) -> str | None:
    """`/search?q=cache:KEY:https://…`."""
    asked = address.parameter("q") or ""
    found = _CACHED.match(asked)
    return None if found is None else found[1]


_CACHED = re.compile(r"cache:(?:[A-Za-z0-9_-]{1,20}:)?(https?://\S{4,1000})")


def _translated(address: Address) -> str | None:
    """`https://a-example.translate.goog/…`: dots of the host are hyphens, hyphens two."""
    host = address.host.removesuffix(".translate.goog")
    host = host.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return f"https://{host}/{'/'.join(address.segments)}?{address.query}"


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
    _query("verify_age|supported_browsers", "next_url", base="https://www.youtube.com/"),
    _query("m", "continue"),  # of its host for consent
)
# Of any of its countries: what is copied out of a list of results is its redirect.
_GOOGLE = re.compile(r"(?:www\.|news\.|m\.)?google\.(?:com?\.)?[a-z]{2,3}")
_google = _either(
    _query("url", "url", "q"),
    _query("translate", "u"),
    lambda address: _amp_cache(address) if address.segments[:1] == ("amp",) else None,
)
_META = _query("|l|l.php", "u")
_FACEBOOK = _either(
    _query("l.php|flx/warn", "u"),
    _query("login|login.php", "next"),
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
    "bsky.link": _query("", "url"),
    "skyview.social": _query("", "url"),
    "vk.com": _query("away.php", "to"),
    "vk.ru": _query("away.php", "to"),
    "out.reddit.com": _query("*", "url"),
    # What shows embeds of others in frames of its own.
    "cdn.embedly.com": _query("widgets/media.html|widgets/card", "url", "src"),
    "cdn.iframe.ly": _query("api/iframe", "url"),
    "iframe.ly": _query("api/iframe", "url"),
    "if-cdn.com": _query("api/iframe", "url"),
    "twitframe.com": _query("show", "url"),
    # What mail clients and shops write into a link that an author copies out of them.
    "safelinks.protection.outlook.com": _query("*", "url"),
    "go.skimresources.com": _query("", "url"),
    "google.com": _google,
    "translate.goog": _translated,
    "webcache.googleusercontent.com": _cached,
    "bing.com": _bing,
    "duckduckgo.com": _query("l", "uddg"),
    "l.threads.com": _META,
    "l.threads.net": _META,
    "l.messenger.com": _META,
    "l.wl.co": _META,
    "tiktok.com": _query("login", "redirect_url"),
    "reddit.com": _query("over18", "dest"),
    "linkedin.com": _query("redir/redirect|safety/go|redirect", "url"),
    "pinterest.com": _query("offsite", "url"),
    "slack-redir.net": _query("link", "url"),
    "t.umblr.com": _query("redirect", "z"),
    "steamcommunity.com": _query("linkfilter", "url", "u"),
    "medium.com": _query("r", "url"),
    "exit.sc": _query("", "url"),
    "disq.us": _discussed,
    "link.zhihu.com": _query("", "target"),
    "ok.ru": _query("dk", "st.link"),
    "t.me": _query("iv", "url"),
    "getpocket.com": _query("redirect", "url"),
    "redirect.viglink.com": _query("", "u"),
    "go.redirectingat.com": _query("", "url"),
    "click.linksynergy.com": _query("deeplink", "murl"),
    "urldefense.com": _defended,
    "urldefense.proofpoint.com": _defended,
    "linkprotect.cudasvc.com": _query("url", "a"),
    "href.li": _whole_query,
    "anonym.to": _whole_query,
    "nullrefer.com": _whole_query,
    "12ft.io": _archived,
    "cdn.ampproject.org": _amp_cache,
    "archive.org": _either(_archived, _kept_film),
    "ghostarchive.org": _kept_film,
    "archive-it.org": _archived,
    "arquivo.pt": _archived,
    "webarchive.org.uk": _archived,
    "webarchive.nationalarchives.gov.uk": _archived,
    "timetravel.mementoweb.org": _archived,
    "conifer.rhizome.org": _archived,
    "webrecorder.io": _archived,
    "megalodon.jp": _archived,
    "farside.link": _archived,
    "webcitation.org": _query("*", "url"),
    "archive.today": _archived,
    "archive.ph": _archived,
    "archive.is": _archived,
    "archive.fo": _archived,
    "archive.li": _archived,
    "archive.md": _archived,
    "archive.vn": _archived,
}
