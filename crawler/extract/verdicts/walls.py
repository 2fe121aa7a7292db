"""Walls before an article: a login, a consent form, a bot check. By structure, never by phrases.

What tells them is where the page lies, what its form asks for and whose script it waits for; and
that no article is there: a newspaper's own page has a login form in its header too.

Sources: Cloudflare, "Detect a challenge page response" (`cf-mitigated`); AWS WAF, "CAPTCHA and
Challenge actions" (`x-amzn-waf-action`); the addresses from which the other vendors serve theirs.
"""

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from archive import Verdict
from crawler.extract.document.tree import Tree

CHALLENGE_HEADERS: Mapping[str, frozenset[str]] = {
    "cf-mitigated": frozenset({"challenge"}),
    "x-amzn-waf-action": frozenset({"challenge", "captcha"}),
}
"""What a server says of its own answer."""

REFUSALS = frozenset({403, 405, 429, 503})
"""The statuses that bot checks come with, besides 200."""

_LONGEST_HEAD = 200_000
_CHALLENGE_LETTERS = 600
"""Bot checks say little; a page that says more is one with a vendor's script in it."""
_FORM_LETTERS = 3000

_CHALLENGES = re.compile(
    r"/cdn-cgi/challenge-platform/(?:\w+/)*orchestrate/|challenges\.cloudflare\.com"
    r"|\.captcha-delivery\.com|\.awswaf\.com|/_Incapsula_Resource\?|/_sec/cp_challenge/"
)
_CHALLENGE_PLACES = (
    "#px-captcha, #challenge-form, form#captcha-form, #sec-if-cpt-container, #cf-chl-widget"
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|log-?on|sign-?in|sso)(?:[/.]|$)", re.IGNORECASE)
_CONSENT_PATH = re.compile(r"/(?:collect)?consent(?:[/.]|$)", re.IGNORECASE)


def names_challenge(body: bytes) -> bool:
    """Whether a refusal's markup asks for a bot check's script; looked at without parsing it."""
    return _CHALLENGES.search(body[:_LONGEST_HEAD].decode("latin-1")) is not None


def wall_of(
    tree: Tree, url: str, *, letters: int, has_article: bool, has_text: bool
) -> Verdict | None:
    """The wall that a page with status 200 is; None where it is none.

    `has_article` is whether the page's data describe an article, `has_text` whether one's text was
    found, `letters` how many letters the page shows.
    """
    if has_article:
        return None
    if letters < _CHALLENGE_LETTERS and _is_challenge(tree):
        return Verdict.CHALLENGE
    is_bare = not has_text or letters < _CHALLENGE_LETTERS
    if _is_consent(tree, url, is_bare=is_bare):
        return Verdict.CONSENT_WALL
    asks_password = any(
        (field.attributes.get("type") or "").lower() == "password" for field in tree.all("input")
    )
    is_at_login = _LOGIN_PATH.search(_parts(url)[1]) is not None
    if asks_password and letters < _FORM_LETTERS and (is_at_login or not has_text):
        return Verdict.LOGIN_WALL
    return None


def _is_challenge(tree: Tree) -> bool:
    if tree.css_first(_CHALLENGE_PLACES) is not None:
        return True
    for node in tree.css("script, iframe[src]"):
        source = node.attributes.get("src")
        if _CHALLENGES.search(source or node.text(deep=True)[:_LONGEST_HEAD]):
            return True
    return False


def _is_consent(tree: Tree, url: str, *, is_bare: bool) -> bool:
    """Whether the page lies at a consent host, or is little but a form that leads to one."""
    if _parts(url)[0].startswith("consent."):
        return True
    if not is_bare:
        return False
    for form in tree.css("form[action]"):
        host, path = _parts(url, form.attributes.get("action") or "")
        if host.startswith("consent.") or _CONSENT_PATH.search(path):
            return True
    return False


def _parts(url: str, link: str = "") -> tuple[str, str]:
    """Host and path; empty where there is none."""
    try:
        parts = urlsplit(urljoin(url, link.strip()))
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path
