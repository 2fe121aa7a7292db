"""What a link means that is broken, or leads through the site's own pages: the author's address.

Authors copy an address with its quotation marks, content systems put a second scheme before it, and
without one it seems to be a page of the site's own: where a page was saved with its links made
absolute it stands below the site's own address. And a site may count who leaves it: `/out?url=…`.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from crawler.platforms.address import LONGEST_URL

_MARKS = " \t\r\n\"'“”„«»‘’`<>()[]"
_WHOLE = re.compile(r"(?:https?:)?//[A-Za-z0-9]")
# One scheme or several, each with what may be wrong with it.
_SCHEMES = re.compile(
    r"(?>(?:h?t?tp{1,2}s{0,2}[:;]?\s*/{1,3}\s*|https?[:;]\s*|//)+)", re.IGNORECASE
)
_REST = re.compile(r"((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,12})/\S{3,}")
_MOST_PARTS = 12
_LED_TO = re.compile(r"[/?=](https?(?::|%3A)(?:/|%2F){2}\S+)", re.IGNORECASE)


def mended(href: str, own_host: str, is_known: Callable[[str], bool]) -> str | None:
    """The absolute URL that `href`, broken or the site's own, means on a page of `own_host`.

    None where none: it means one only with a host that `is_known`, else it may be any page of its.
    """
    if len(href) > LONGEST_URL or not may_be_mended(href):
        return None
    is_whole = _WHOLE.match(href) is not None
    is_own = href[:1] in {"/", "?"} and href[:2] != "//"
    if is_own or (is_whole and _host(href) == own_host):
        own = led_to(href) or _below_own(href, is_known)
        if own or is_own:
            return own
    text = href.replace("\\/", "/").strip(_MARKS)
    if text[:1] == "%" or "%3A%2F%2F" in text[:16].upper():
        text = unquote(text).strip(_MARKS)
    schemes = _SCHEMES.match(text)
    if schemes is not None:
        text = text[schemes.end() :]
    found = _REST.fullmatch(text)
    if found is None or not is_known(found[1].lower()):
        return None
    return f"https://{text}"


def may_be_mended(href: str) -> bool:
    """Whether `href` may be broken, or hold another address: a quick look, for each link."""
    if href[:1] in {"/", "#", "?", ""} and href[:2] != "//":
        return href.find("http", 1) > 0
    start = href.find("//") + 2 if href.startswith(("https://", "http://", "//")) else 0
    is_whole = start > 0 and href[start : start + 1].isalnum()
    if is_whole:
        start = href.find("/", start)
    dot = href.find(".", start) if start >= 0 else -1
    return dot >= 0 and (href.find("/", dot) > 0 or (not is_whole and "%2" in href))


def _host(href: str) -> str:
    return href.partition("//")[2].partition("/")[0].lower().removeprefix("www.")


def led_to(href: str) -> str | None:
    """The address in the path or the query of another, but for what is to be shared."""
    found = _LED_TO.search(href, 1) if href.find("http", 1) > 0 else None
    if found is None or "share" in href[: found.start()]:
        return None
    is_escaped = "%" in found[1][:9]
    return unquote(found[1].partition("&")[0]) if is_escaped else found[1]


def _below_own(href: str, is_known: Callable[[str], bool]) -> str | None:
    """The address that stands in the path of one of the site's own."""
    parts = href.partition("//")[2].split("/", _MOST_PARTS)[1:]
    for at, part in enumerate(parts[:-1]):
        if "?" in part or "#" in part:
            break
        if "." in part and is_known(part.lower()):
            return f"https://{'/'.join(parts[at:])}"
    return None
