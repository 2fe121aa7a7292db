"""Which captures show one article: what a page's own address claims may unite, and what not.

The rule, decided once:

- **Identity is per capture.** A capture shows the article that its page names as canonical at
  that instant. A hub such as /latest that names /a today and /b tomorrow gives one capture to
  each; it joins neither to the other, and is only listed among the URLs they were seen under.
- **Within one registrable domain** the page's `rel=canonical` is believed, unless it names a
  front or section page (`archive.web.urls.is_front_or_section`).
- **Across registrable domains** it is believed only when both sides say so: a capture of A that
  names B as canonical shows B's article as soon as a captured page of B names A, as its canonical
  or as its AMP page. Where each calls the other canonical, the lesser key stands for both.
- **Otherwise** the page's own URL is the key, and what it named is kept as
  `claimed_canonical_url`.
- **Redirects never unite**: anyone may redirect anywhere.

An article's id follows from its key alone, so it is the same after every rebuild. An id whose
captures have all gone to a confirmed article of another site still leads there.
"""

from typing import NamedTuple

from archive.digest import content_id
from archive.errors import InvalidUrl
from archive.model import CanonicalClaim
from archive.web.urls import UrlKey, canonical_url, is_front_or_section, registrable_domain, url_key


class Identity(NamedTuple):
    """Where one capture belongs by itself, before any other site confirmed anything."""

    key: UrlKey
    canonical_url: str | None
    """The page's `rel=canonical`, where it was believed."""
    claimed_canonical_url: str | None
    """The page's `rel=canonical`, where it was not."""


class Abroad(NamedTuple):
    """What a page names in other registrable domains, front and section pages left out."""

    canonical: UrlKey | None
    amp: UrlKey | None


def article_key(url: str, claim: CanonicalClaim) -> Identity:
    """The key of the article that a page at `url` shows, and what became of its claim.

    A claim that is no absolute http or https URL counts as none.

    Raises: InvalidUrl where `url` itself is none.
    """
    own = url_key(url)
    claimed = _valid(claim.canonical_url)
    if claimed is None:
        return Identity(own, None, None)
    key = url_key(claimed)
    is_home = registrable_domain(claimed) == registrable_domain(url)
    if key == own or (is_home and not is_front_or_section(claimed, url)):
        return Identity(key, claimed, None)
    return Identity(own, None, claimed)


def named_abroad(url: str, claim: CanonicalClaim) -> Abroad:
    """What the page at `url` names outside its own registrable domain.

    Raises: InvalidUrl where `url` is none.
    """
    home = registrable_domain(url)
    canonical, amp = (
        url_key(named)
        if named and registrable_domain(named) != home and not is_front_or_section(named, url)
        else None
        for named in (_valid(claim.canonical_url), _valid(claim.amp_url))
    )
    return Abroad(canonical, amp)


def article_id(key: UrlKey) -> str:
    """The id of the article with that key: `a` and 26 characters."""
    return content_id("a", key)


def _valid(url: str | None) -> str | None:
    try:
        return canonical_url(url) if url is not None else None
    except InvalidUrl:
        return None


def may_be_one_post(asked_id: str, other_id: str) -> bool:
    """Whether an answer about the post `asked_id` is believed that `other_id` is the same one.

    Where ids begin with a host (`host/id`), that host's server answered, and it speaks for its own
    posts only: anybody may run a server and call any post its own. A DID or a handle is no host.
    """
    one, slash, _ = asked_id.partition("/")
    other, _, _ = other_id.partition("/")
    is_host_bound = slash and all("." in name and name[:4] != "did:" for name in (one, other))
    return not is_host_bound or one == other
