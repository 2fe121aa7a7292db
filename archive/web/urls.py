"""The only URL rules: the canonical form, the identity key, the site a URL belongs to.

Parsing is the WHATWG URL Standard's, by ada. Nothing here touches the network or the disk: the
public suffix list is the one that tldextract carries.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import ada_url

from archive.errors import InvalidUrl

if TYPE_CHECKING:
    from tldextract import TLDExtract

MAX_URL_BYTES = 8192
"""A longer URL is refused, before and after normalising (RFC 9110, 4.1 asks for 8000 octets)."""

# Query parameters that name the reader's way to the page and never the page: written by the
# sender's tool, read by the site's statistics. Names that sites also use to choose content
# (`id`, `p`, `t`, `s`, `si`, `ref`, `source`, `cid`, `cmp`, …) are left alone on purpose.
TRACKER_PREFIXES = (
    "utm_",  # Google Analytics and everyone after it
    "mtm_",  # Matomo
    "pk_",  # Matomo, when it was Piwik
    "hsa_",  # HubSpot advertisements
    "__hs",  # HubSpot cookies carried across domains
)
TRACKERS = frozenset(
    {
        "_branch_match_id",  # Branch
        "_branch_referrer",
        "_ga",  # Google: analytics linker, click and campaign ids
        "_gl",
        "dclid",
        "gad_campaignid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "srsltid",
        "wbraid",
        "_hsenc",  # HubSpot
        "_hsmi",
        "hsctatracking",
        "fb_action_ids",  # Facebook
        "fb_action_types",
        "fbclid",
        "mibextid",
        "igsh",  # Instagram
        "igshid",
        "mc_cid",  # Mailchimp
        "mc_eid",
        "mkt_tok",  # Marketo
        "msclkid",  # Microsoft
        "ref_src",  # X (Twitter)
        "ref_url",
        "twclid",
        "__twitter_impression",
        "guccounter",  # Yahoo's consent bounce
        "guce_referrer",
        "guce_referrer_sig",
        "li_fat_id",  # LinkedIn
        "oly_anon_id",  # Omeda
        "oly_enc_id",
        "rb_clickid",
        "ttclid",  # TikTok
        "vero_conv",  # Vero
        "vero_id",
        "wickedid",
        "wt.mc_id",  # Webtrekk
        "wt_mc",
        "xtor",  # AT Internet
        "yclid",  # Yandex
        "ysclid",
    }
)

_DEFAULT_PORTS = {"http": "80", "https": "443"}
# WHATWG lets `,` and `)` stand in a host, and an identity key gives both a meaning.
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_HOST_ALONE = re.compile(r"[^\s/:?#@\\\[\]]+|\[[0-9a-fA-F:.]+\]")
"""Nothing of a URL beside it."""
_IPV4 = re.compile(r"[0-9]+(\.[0-9]+){3}")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
# What RFC 3986 has nowhere in a path or a query; browsers send some of it as it is.
_NEVER_BARE = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Closing segments of one article's own other views: `/story/amp`, `/story/page/2`.
_TECHNICAL = re.compile(
    r"(?:/(?:page/\d+|(?:amp|print|index|default|singlepage)(?:\.(?:html?|php|aspx?|jsp))?))*",
    re.IGNORECASE,
)


class UrlKey(str):
    """What makes two URLs one: `example,news)/2026/Story?a=1`.

    SURT form of the canonical URL without scheme, leading `www.` and closing slash, its query
    sorted. Unlike a CDX key it keeps the case of path and query.
    """

    __slots__ = ()


def canonical_url(url: str) -> str:
    """`url` in the one form we write: a URL that still leads to the same page.

    Dropped are white space around it, user name and password, default port, fragment, trackers
    and empty query parts; the host is lower-case ASCII (IDNA), dot segments are resolved, escapes
    are upper-case and stand where they must and nowhere else (RFC 3986, 6.2.2), so that `a[]=1|2`
    and `a%5B%5D=1%7C2` are one. The query keeps its order.
    Idempotent.

    Raises: InvalidUrl unless `url` is an absolute http or https URL with a host, of at most
    MAX_URL_BYTES.
    """
    return _canonical(url)


def absolute_url(url: str, base: str | None = None) -> str:
    r"""`url` as a browser would ask for it, seen from `base`: in ASCII, with trackers and all.

    Dropped is what a browser does not send: fragment, user name and password.
    Where a page leads is a question to the very rules that tell what it is: another parser would
    find another host in `http://straße.example/`, or none in `\\a.example`.

    Raises: InvalidUrl unless it is an http or https URL, of at most MAX_URL_BYTES. The text names
    no more of it than its scheme: there may be a password in it.
    """
    try:
        parsed = ada_url.URL(url, base=base) if base is not None else ada_url.URL(url)
    except ValueError as error:
        raise InvalidUrl("not an URL that could be asked for") from error
    href = str(parsed.href)
    if not href.startswith(("https:", "http:")):
        raise InvalidUrl(f"not an http or https URL: {parsed.protocol[:40]}")
    if "#" in href or "@" in href:
        parsed.username = parsed.password = parsed.hash = ""
        href = str(parsed.href)
    if len(href) > MAX_URL_BYTES:
        raise InvalidUrl(f"longer than {MAX_URL_BYTES} bytes: {parsed.origin[:80]}")
    return href


def url_key(url: str) -> UrlKey:
    """The identity key of `url`; equal for every spelling of one URL.

    Raises: InvalidUrl, as canonical_url does.
    """
    return _key(canonical_url(url))


def host_name(text: str) -> str:
    """`text`, a host as people write it, as URLs have it: in ASCII and lower case.

    Raises: InvalidUrl where it is no host's name alone.
    """
    name = text.strip()
    try:
        host = urlsplit(canonical_url(f"https://{name}/")).hostname
    except InvalidUrl:
        host = None
    if host is None or not _HOST_ALONE.fullmatch(name):
        raise InvalidUrl(f"not the name of a host, such as news.example: {text[:200]!r}")
    return host


def registrable_domain(url: str) -> str:
    """The domain that one owner registered below a public suffix: `bbc.co.uk`, `me.github.io`.

    Private suffixes count, and a top-level domain that the list does not know counts as a suffix
    (publicsuffix.org, "If no rules match, the prevailing rule is *"). Addresses, single labels
    and public suffixes are themselves.

    Raises: InvalidUrl, as canonical_url does.
    """
    host, _, _, _ = _parts(canonical_url(url))
    return _site_of(host)


def is_front_or_section(url: str, seen_from: str) -> bool:
    """Whether `url`, named as its canonical by the page `seen_from`, can be no article of its own.

    That is: a site's root; an ancestor path of the page's own, unless only technical segments
    lie between (`amp`, `amp.html`, `print`, `page/2`, `index.html`); or one single word without
    digit or hyphen (`/politics`), unless it is the page's own path, with no less query.

    Raises: InvalidUrl, as canonical_url does.
    """
    _, _, target_path, target_query = _parts(canonical_url(url))
    _, _, page_path, page_query = _parts(canonical_url(seen_from))
    target, page = _folded_path(target_path), _folded_path(page_path)
    if _TECHNICAL.fullmatch(target):
        return True
    is_own = page == target or page.startswith(target + "/")
    if is_own and not _TECHNICAL.fullmatch(page.removeprefix(target)):
        return True
    is_word = target.count("/") == 1 and not re.search(r"[\d-]", unquote(target))
    return is_word and not (is_own and (target_query or not page_query))


@lru_cache(maxsize=2048)
def _canonical(url: str) -> str:
    if len(url) > MAX_URL_BYTES:
        raise InvalidUrl(f"longer than {MAX_URL_BYTES} bytes: {url[:80]!r}…")
    try:
        parsed = ada_url.URL(url)
    except ValueError as error:
        raise InvalidUrl(f"not an absolute URL: {url[:200]!r}") from error
    scheme = parsed.protocol.removesuffix(":")
    if scheme not in _DEFAULT_PORTS:
        raise InvalidUrl(f"not an http or https URL: {url[:200]!r}")
    host = parsed.hostname.removesuffix(".")
    if not _HOST.fullmatch(host):
        raise InvalidUrl(f"no host that the web could have: {url[:200]!r}")
    port = f":{parsed.port}" if parsed.port else ""
    query = "&".join(
        part
        for part in _normalised_escapes(parsed.search.removeprefix("?")).split("&")
        if part and not _is_tracker(part)
    )
    path = _normalised_escapes(parsed.pathname)
    canonical = f"{scheme}://{host}{port}{path}{'?' if query else ''}{query}"
    if len(canonical) > MAX_URL_BYTES:
        raise InvalidUrl(f"longer than {MAX_URL_BYTES} bytes: {url[:80]!r}…")
    return canonical


@lru_cache(maxsize=2048)
def _key(canonical: str) -> UrlKey:
    host, port, path, query = _parts(canonical)
    bare = host.removeprefix("www.")
    if _site_of(bare) == _site_of(host):  # `www.github.io` is somebody's site, not github.io
        host = bare
    surt = host if _is_address(host) else ",".join(reversed(host.split(".")))
    ordered = "&".join(sorted(query.split("&")))
    return UrlKey(f"{surt}{port}){path.rstrip('/') or '/'}{'?' if ordered else ''}{ordered}")


def _parts(canonical: str) -> tuple[str, str, str, str]:
    """Host, port with its colon, path and query of a canonical URL."""
    _, _, rest = canonical.partition("://")
    authority, slash, tail = rest.partition("/")
    path, _, query = tail.partition("?")
    host, port = authority, ""
    if not authority.endswith("]") and ":" in authority:
        host, _, number = authority.rpartition(":")
        port = f":{number}"
    return host, port, slash + path, query


def _normalised_escapes(text: str) -> str:
    # A bare percent sign first: else `%%34%31` would become `%41`, and that `A` the next time.
    escaped = _NEVER_BARE.sub(_escape, _BARE_PERCENT.sub("%25", text))
    return _ESCAPE.sub(_normalised_escape, escaped)


def _escape(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def _normalised_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _is_tracker(part: str) -> bool:
    name = unquote(part.partition("=")[0]).lower()
    return name in TRACKERS or name.startswith(TRACKER_PREFIXES)


def _is_address(host: str) -> bool:
    return host.startswith("[") or _IPV4.fullmatch(host) is not None


@lru_cache(maxsize=4096)
def _site_of(host: str) -> str:
    if _is_address(host) or "." not in host:
        return host
    found = _suffixes().extract_str(host)
    if not found.suffix:
        return ".".join(host.split(".")[-2:])
    return found.top_domain_under_public_suffix or host


@cache
def _suffixes() -> "TLDExtract":
    # It loads an HTTP client that we never use, which reading workers, started often, are spared.
    from tldextract import TLDExtract  # noqa: PLC0415

    # No list to fetch and no cache to write; a host below a private suffix (`me.github.io`) is a
    # site.
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def _folded_path(path: str) -> str:
    """`path` without empty segments: `/a/b`, and nothing for the root."""
    return "".join(f"/{segment}" for segment in path.split("/") if segment)
