"""What a page says of its own address: `rel=canonical` and `rel=amphtml`. Claims, no more."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from archive import CanonicalClaim
from crawler.extract.document.tree import Tree

MAX_URL_CHARS = 4_000
_MAX_LINKS = 50
_WHOLE = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*+(?>(?:/[\w./%~+-]*+(?>(?:\?[\w./%~+=&-]++)?))?)", re.ASCII
)
"""Most addresses are whole and plain already: what joins and splits them would change nothing."""
_LINK_VALUE = re.compile(r"<([^<>]{1,4000})>([^<>]*)")
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


def base_of(tree: Tree, url: str) -> str:
    """The URL that the page's relative URLs stand on (HTML standard, 2.4.3, base element)."""
    hrefs = (base.attributes.get("href") for base in tree.all("base"))
    href = next((href for href in hrefs if href is not None), None)
    return (absolute(href, url) if href else None) or url


def absolute(href: str, base: str) -> str | None:
    """`href` seen from `base`, without white space around; None unless it is http or https."""
    if len(href) <= MAX_URL_CHARS and _WHOLE.fullmatch(href):
        return href
    try:
        joined = urljoin(base, href.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return joined if is_web and len(joined) <= MAX_URL_CHARS else None


def read_claim(tree: Tree, link_header: str | None, base: str) -> CanonicalClaim:
    """The page's claims, absolute; the page's own `<link>` before the header (RFC 6596)."""
    return CanonicalClaim(
        canonical_url=_first(tree, link_header, base, "canonical"),
        amp_url=_first(tree, link_header, base, "amphtml"),
    )


def _first(tree: Tree, header: str | None, base: str, rel: str) -> str | None:
    for href in (*_elements(tree, rel), *_header_links(header or "", rel)):
        if url := absolute(href, base):
            return url
    return None


def _elements(tree: Tree, rel: str) -> Iterator[str]:
    found = 0
    for link in tree.all("link"):
        attributes = link.attributes
        if "href" in attributes and rel in (attributes.get("rel") or "").lower().split():
            yield attributes["href"] or ""
            found += 1
            if found >= _MAX_LINKS:
                return


def _header_links(header: str, rel: str) -> Iterator[str]:
    """The targets of the header's links of that relation (RFC 8288, 3)."""
    for target, parameters in _LINK_VALUE.findall(header[:20_000])[:_MAX_LINKS]:
        found = _REL.search(parameters)
        if found and rel in (found[1] or found[2] or "").lower().split():
            yield target
