"""The lines of a plain text that once was a page: entities undone, lost breaks put back.

A line that a post's signature stands amid had a break behind that: `— Name (@handle) May 3, 2024
The ferry …`.
"""

import html
import re
from collections.abc import Iterator
from itertools import islice

from crawler.extract.flattened.signed import LONGEST_SIGNED, signatures

_MOST_LINES = 20_000
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_QUOTED = re.compile(r"^\s{0,8}>[> ]{0,20}")
"""Markdown's mark of a quotation, at the start of a line."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKS = "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\ufeff"
"""Of direction, and of nothing, at the edges of a line."""
_MOST_SIGNATURES = 1_000


def plain_lines(text: str) -> list[str]:
    """The lines of `text`, white space as one space; an empty one parts paragraphs.

    Where no line is empty each is a paragraph.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    written = _CONTROLS.sub("", text).splitlines()[:_MOST_LINES]
    lines = [" ".join(_QUOTED.sub("", line).split()).strip(_MARKS) for line in written]
    if "" not in lines:
        lines = [piece for line in lines for piece in (line, "")]
    return [piece for line in lines for piece in _parted(line)]


def _parted(line: str) -> Iterator[str]:
    """The pieces of a line that was several, with empty ones between them."""
    start = 0
    for begin, end in islice(signatures(line), _MOST_SIGNATURES):
        if line[end:].strip() and not _begins_anew(line[end:]):
            continue
        if begin - start > LONGEST_SIGNED:  # where its post begins nobody can tell
            yield line[start:begin].strip()
            yield ""
            start = begin
        if line[end:].strip():
            yield line[start:end].strip()
            yield ""
            start = end
    yield line[start:].strip()


def _begins_anew(rest: str) -> bool:
    """Whether what follows a signature begins a line: no `, as he said`, no `— was gone`."""
    first = rest.lstrip()[:1]
    return bool(first) and not first.islower() and (first.isalnum() or first in "“\"'«„‘(#@")
