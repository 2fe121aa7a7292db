"""Posts that a name, a handle and a day sign: X's and Bluesky's tail, Mastodon's too.

    — Name (@handle) September 30, 2020

A text too long for a post is not taken for one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from crawler.extract.citations.claims import BIDI, HANDLE
from crawler.extract.flattened.written_post import (
    LONGEST_TAIL,
    WrittenPost,
    claims_in,
    text_before,
)
from crawler.extract.written_day import written_day

LONGEST_SIGNED = 600
"""Letters of a post that a name and a day sign: X shows 280 and their links, Bluesky 300."""
# The last `(@handle)` of the line: names and texts hold brackets and dashes too.
_SIGNED = re.compile(
    rf"\([{BIDI}\s]{{0,4}}\[?@(?P<handle>{HANDLE}(?:@{HANDLE})?)(?:\]\([^()\s]{{1,500}}\))?[{BIDI}\s]{{0,4}}\)"
    rf"[{BIDI}\s]{{0,8}}(?P<rest>[^()@]{{4,60}}|\[[^\[\]]{{4,60}}\]\((?P<url>[^()\s]{{8,500}})\))$"
)
_DIGITS = re.compile(r"\d")
_FIGURE = re.compile(r"\d+")
_MOST_BEHIND = 3
"""Words behind the last figure of a day: `г.`, `PM PDT`; more go on with a sentence."""
_DASH = re.compile(r"(?:—|–|―|--|(?<!\S)-)\s?")
_HYPHENS = frozenset(("- ", "-"))
_BULLET = re.compile(r"\A[-*•▪◦]\s")
_BLANK = " \u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNER = re.compile(rf"\([{BIDI}\s]{{0,4}}@{HANDLE}(?:@{HANDLE})?[{BIDI}\s]{{0,4}}\)")
_MOST_PARAGRAPHS = 6
_MOST_SHOWN = 280
"""Letters of a post of several paragraphs."""
_FIRST_EMOJI = "\u2600"
_POST_OPENS = re.compile(r"[#@]\w|\d{1,2}/(?:\d{1,2})?\s")
_LONGEST_NAME = 120
_LONGEST_DAY = 48
_AFTER_DAY = re.compile(
    r"(?:日|일|\s?[гр]\.)?(?:,?\s(?:(?:at|um|à|às|alle|o|kl\.|om|saat|в)\s)?\d{1,2}[:.]\d{2}"
    r"(?:\s?[AaPp][Mm])?)?"
)
"""What may belong to a day behind its last figure."""
_IMAGE = "[image or embed]"


def read_signed(lines: Sequence[str], index: int, floor: int) -> WrittenPost | None:
    """The post whose signature ends the line `index`; what is above `floor` is taken already."""
    line, url = _without_address(lines[index])
    signed = _SIGNED.search(line, max(0, len(line) - LONGEST_TAIL))
    if signed is None:
        return None
    rest = signed["rest"].partition("](")[0].strip("[] ")
    day = written_day(rest) if len(_DIGITS.split(rest)[-1].split()) <= _MOST_BEHIND else None
    dashes = list(_DASH.finditer(line, 0, signed.start()))
    if day is None or not dashes:
        return None
    # Names hold dashes, too; a hyphen that opens a line of several dashes is a list's.
    opens = not line[: dashes[0].start()].strip(_BLANK)
    is_listed = len(dashes) > 1 and dashes[0][0] in _HYPHENS and dashes[-1][0] not in _HYPHENS
    dash = dashes[0] if opens and not is_listed else dashes[-1]
    text, start = text_before(lines, index, floor, line[: dash.start()])
    handle, end = signed["handle"], index + 1
    platform = "mastodon" if "@" in handle else "bluesky" if "." in handle else "x"
    if text == _IMAGE:
        text, start = text_before(lines, start, floor, "")
    if len(text) > LONGEST_SIGNED:
        text, start = "", index
    elif text:
        text, start = _with_opening(lines, start, floor, text)
    url = signed["url"] or url
    if url is None:
        url, end = _address_below(lines, end, handle)
    name = line[dash.end() : signed.start()].strip(_BLANK) or None
    text = text.removesuffix(_IMAGE).rstrip()
    if text[:1] != "-" or is_listed:
        text = _BULLET.sub("", text, count=1)
    claims = claims_in(text, handle=handle, name=name, on=day)
    return WrittenPost(platform=platform, claims=claims, url=url, start=start, end=end)


def signatures(line: str) -> Iterator[tuple[int, int]]:
    """Where each `— NAME (@handle) DAY` in a line begins and ends."""
    for signer in _SIGNER.finditer(line):
        end = _day_end(line, signer.end())
        first = max(0, signer.start() - _LONGEST_NAME)
        dashes = list(_DASH.finditer(line, first, signer.start())) if end is not None else []
        if end is not None and dashes:
            yield dashes[-1].start(), end


def _day_end(line: str, start: int) -> int | None:
    """Where the day that stands at `start` ends; None where none does."""
    said = re.split(r"[()@\[]", line[start : start + _LONGEST_DAY], maxsplit=1)[0]
    for figure in _FIGURE.finditer(said):
        if written_day(said[: figure.end()]) is not None:
            behind = _AFTER_DAY.match(line, start + figure.end())
            return behind.end() if behind is not None else start + figure.end()
    return None


def _with_opening(lines: Sequence[str], start: int, floor: int, text: str) -> tuple[str, int]:
    """`text`, which begins on the line `start`, with the paragraphs above it that are its post's.

    They are so from one that opens as posts do and articles do not, if all are as short as a post.
    """
    said, at = text, start
    for _ in range(_MOST_PARAGRAPHS):
        above, at = text_before(lines, at, floor, "")
        if not above or len(above) + len(said) > _MOST_SHOWN:
            break
        said = f"{above}\n{said}"
        if _opens_post(above):
            text, start = said, at
    return text, start


def _opens_post(text: str) -> bool:
    """Whether `text` opens with a sign such as 🔴, a tag, a handle or a thread's `1/`."""
    is_sign = unicodedata.category(text[0]) == "So" and text[0] >= _FIRST_EMOJI
    return is_sign or _POST_OPENS.match(text) is not None


def _address_below(lines: Sequence[str], end: int, handle: str) -> tuple[str | None, int]:
    """The address of a post of `handle` that is the line below a signature, and where that ends."""
    below = next((at for at in range(end, min(end + 2, len(lines))) if lines[at]), None)
    if below is not None and not lines[below].split()[1:]:
        line = lines[below].lower()
        if line.startswith(("https://", "http://")) and f"/{handle.lower()}/" in line:
            return lines[below], below + 1
    return None, end


def _without_address(line: str) -> tuple[str, str | None]:
    """`line` without the address that some extractors write behind a link's text, and that."""
    before, blank, last = line.rpartition(" ")
    is_address = blank and last.startswith(("http://", "https://"))
    return (before, last) if is_address else (line, None)
