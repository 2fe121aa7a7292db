"""A post quoted in plain text: what it claims, and the words that stand before its tail."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.citations.claims import Claims, hashtags, mentions

LONGEST_TAIL = 400
_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^()\s]{1,1000})\)")
_SHORT_LINK = re.compile(
    r"(?:https?://)?(?:pic\.(?:twitter|x)\.com/[A-Za-z0-9]{1,40}|\bt\.co/[A-Za-z0-9]{1,10})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPost:
    """A quoted post, and the lines that it takes."""

    platform: str
    claims: Claims
    url: str | None
    """Where an extractor kept the tail's link."""
    start: int
    end: int
    """The lines from `start` up to, not with, `end`."""


def without_targets(text: str) -> str:
    """`text` with what Markdown's links show in their stead."""
    return _MARKDOWN.sub(r"\1", text) if "](" in text else text


def claims_in(
    text: str, *, handle: str | None = None, name: str | None = None, on: dt.date | None = None
) -> Claims:
    """What a quoted text claims, with the tags, mentions and links in it."""
    linked = [
        target
        for shown, target in _MARKDOWN.findall(text)
        if not (shown.startswith(("#", "@")) or _SHORT_LINK.search(shown))
    ]
    text = without_targets(text)
    written = (
        found if found.startswith("http") else f"https://{found}"
        for found in _SHORT_LINK.findall(text)
    )
    links = dict.fromkeys((*linked, *written))
    return Claims(
        handle=handle,
        name=name,
        text=text.strip() or None,
        on=on,
        hashtags=hashtags(text),
        mentions=mentions(text),
        links=tuple(links),
    )


def text_before(lines: Sequence[str], index: int, floor: int, head: str) -> tuple[str, int]:
    """What the tail on the line `index` signs, `head` being what stands before it there.

    All of its paragraph, where there is any of it; otherwise the paragraph before.
    """
    start = _paragraph_start(lines, index, floor)
    if start < index or head.strip():
        return "\n".join([*lines[start:index], head]).strip(), start
    above = index - 1
    while above >= floor and not lines[above]:
        above -= 1
    if above < floor:
        return "", index
    start = _paragraph_start(lines, above, floor)
    return "\n".join(lines[start : above + 1]).strip(), start


def _paragraph_start(lines: Sequence[str], index: int, floor: int) -> int:
    while index > floor and lines[index - 1]:
        index -= 1
    return index
