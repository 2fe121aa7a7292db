"""Short links: which URLs only a request can resolve, and where an answer leads. One hop at a time.

A hop is asked for with GET and not followed, so that each is a capture of its own. What stands in
the URL itself (`l.facebook.com/l.php?u=…`, `youtu.be/ID`) needs no hop: see `wrappers` and the
platforms' own shapes.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from crawler.platforms.address import Address, host_suffixes
from crawler.platforms.json_tree import web_url
from crawler.platforms.page import PlatformPage, attribute
from crawler.platforms.place import location
from crawler.platforms.reddit.naming import MEDIA_HOSTS
from crawler.platforms.rung import Answered, Ask

_KEY = r"[A-Za-z0-9_-]{2,40}"
_REFRESH = re.compile(r"\s*[0-9.]+\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"\s>]+)", re.IGNORECASE)


def _path(*patterns: str) -> Callable[[Address], bool]:
    whole = [re.compile(pattern) for pattern in patterns]
    return lambda address: any(one.fullmatch("/".join(address.segments)) for one in whole)


_ANY_KEY = _path(_KEY)

_SHORT: Mapping[str, Callable[[Address], bool]] = {
    "t.co": _ANY_KEY,
    "pic.twitter.com": _ANY_KEY,
    "pic.x.com": _ANY_KEY,
    "fb.watch": _ANY_KEY,
    "fb.me": _path(_KEY, rf"[a-z]/{_KEY}"),
    "facebook.com": _path(rf"share/{_KEY}", rf"share/[pvr]/{_KEY}"),
    "instagram.com": _path(rf"share/{_KEY}", rf"share/(?:p|reel)/{_KEY}"),
    "threads.com": _path(rf"share/{_KEY}"),
    "threads.net": _path(rf"share/{_KEY}"),
    "vm.tiktok.com": _ANY_KEY,
    "vt.tiktok.com": _ANY_KEY,
    "tiktok.com": _path(rf"t/{_KEY}"),
    "redd.it": _ANY_KEY,
    "reddit.com": _path(rf"(?:r|u|user)/[A-Za-z0-9_-]{{2,30}}/s/{_KEY}"),
    "vk.cc": _ANY_KEY,
}


def hop(url: str) -> Ask | None:
    """The request that tells where the short link `url` leads; None where it is no short link.

    The picture links of X are keys of t.co under another name, and are asked for there.
    """
    address = Address.parse(url)
    if address is None or address.scheme not in {"http", "https"} or address.host in MEDIA_HOSTS:
        return None
    host = next((suffix for suffix in host_suffixes(address.host) if suffix in _SHORT), None)
    if host is None or not _SHORT[host](address):
        return None
    path = "/".join(address.segments)
    if host in {"pic.twitter.com", "pic.x.com"}:
        host = "t.co"
    elif host not in {"t.co", "fb.watch", "redd.it", "vk.cc", "fb.me"}:
        host = address.host
    return Ask(url=f"https://{host}/{path}" + ("/" if host == "fb.watch" else ""))


def landing(answered: Answered) -> str | None:
    """Where a hop's answer leads: its `Location`, or the refresh of its page; None where nowhere.

    t.co sends programs a redirect and browsers a page that refreshes.
    """
    if 300 <= answered.status < 400:
        return web_url(location(answered) or "")
    if answered.status != 200:
        return None
    for meta in PlatformPage.read(answered).all("meta[http-equiv][content]"):
        if (attribute(meta, "http-equiv") or "").lower() != "refresh":
            continue
        found = _REFRESH.match(attribute(meta, "content") or "")
        if found is not None:
            return _joined(answered.url, found[1])
    return None


def _joined(base: str, target: str) -> str | None:
    try:
        return web_url(urljoin(base, target))
    except ValueError:
        return None
