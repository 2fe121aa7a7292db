"""What a capture holds, by structure alone: status, type, walls, stated access, text, scripts."""

import re
from dataclasses import dataclass

from archive import Verdict
from crawler.extract.document.structured import Structured, members
from crawler.extract.document.tree import Tree
from crawler.extract.page import Page
from crawler.extract.verdicts.walls import REFUSALS, names_challenge, wall_of

SHELL_LETTERS = 300
"""A page that shows fewer letters, and runs scripts, waits for them to bring its text."""

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!|\?xml|[a-z])", re.IGNORECASE)
# Files whose first bytes say what they are, whatever the header says (MIME Sniffing standard, 6).
_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a RIFF file",
    b"PK\x03\x04": "a zip file",
    b"\x1f\x8b": "gzip data",
}


# RFC 9110, 15.5: 401 asks for a login, 402 for payment; 404 and 410 have nothing there.
_STATUSES = {
    401: Verdict.LOGIN_WALL,
    402: Verdict.PAYWALL,
    404: Verdict.GONE,
    410: Verdict.GONE,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and one line of why where the verdict alone does not say it."""

    verdict: Verdict
    reason: str | None = None


def judge_answer(page: Page) -> Judgement | None:
    """The verdict that status, type and first bytes give; None where the page must be read."""
    if page.is_challenge or (page.status in REFUSALS and names_challenge(page.body)):
        return Judgement(Verdict.CHALLENGE, f"status {page.status}, and a bot check's marks")
    if page.status >= 300:
        return _judge_status(page.status)
    if not page.is_whole:
        # Half a text would pass for an edit, and half a page for one that says no more.
        return Judgement(Verdict.UNREADABLE, "the body is not whole")
    if kind := _other_kind(page):
        return Judgement(Verdict.NOT_A_PAGE, kind)
    if not page.body:
        return Judgement(Verdict.EMPTY_SHELL, "the body is empty")
    return None


def _judge_status(status: int) -> Judgement:
    verdict = Verdict.NOT_A_PAGE
    if status >= 400:
        verdict = _STATUSES.get(status, Verdict.ERROR_PAGE)
    return Judgement(verdict, f"status {status}")


def judge_content(
    structured: Structured, tree: Tree, url: str, *, letters: int, has_text: bool
) -> Judgement:
    """The verdict on a page that was read.

    `letters` is how many letters it shows, `has_text` whether an article's text was found.
    """
    has_article = bool(structured.article)
    wall = wall_of(tree, url, letters=letters, has_article=has_article, has_text=has_text)
    if wall is not None:
        return Judgement(wall, f"{letters} letters, and what a {wall.replace('-', ' ')} is made of")
    if not has_text and letters < SHELL_LETTERS and tree.first("script") is not None:
        return Judgement(Verdict.EMPTY_SHELL, f"{letters} letters, and scripts")
    if marker := _paywall_marker(structured):
        return Judgement(Verdict.PAYWALL, marker)
    return Judgement(Verdict.CONTENT)


def _other_kind(page: Page) -> str | None:
    for magic, kind in _MAGIC.items():
        if page.body.startswith(magic):
            return kind
    if page.content_type is None:
        looks_like_html = not page.body or _MARKUP.match(page.body)
        return None if looks_like_html else "no content type, and no markup"
    essence = page.content_type.partition(";")[0].strip().lower()
    return None if essence in _HTML else f"content type {essence[:60]!r}"


def _paywall_marker(structured: Structured) -> str | None:
    for node in (structured.article, structured.page):
        for part in (node, *members(node.get("hasPart"))):
            if isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")):
                return "isAccessibleForFree is false"
    for tier in structured.meta("article:content_tier"):
        if tier.lower() == "locked":
            return "article:content_tier is locked"
    return None


def _is_false(value: object) -> bool:
    if isinstance(value, str):
        return value.rsplit("/", 1)[-1].strip().lower() == "false"
    return value is False
