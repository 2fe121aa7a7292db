"""Markup made harmless before it is parsed.

HTML's parsing rules hold traps, and every faithful parser falls into them: the cost of a start
tag grows with the depth it opens at, unclosed formatting elements are opened again in every
paragraph that follows (HTML standard, 13.2.4.3), each attribute is compared with those before it.
5 MB of `<div>` take hours, 27 KB of `<p><b id=…>` a gigabyte. So the tags are counted in the text
first, and those in excess are taken out. The page of an honest site passes unchanged, but that a
crowded one may lose the `<option>` tags of its menus.
"""

import re
from collections.abc import Iterator
from itertools import islice

MAX_DEPTH = 512
"""Elements open at once, as browsers have it."""
MAX_FORMATTING = 64
MAX_ATTRIBUTES = 500
MAX_TAGS = 150_000
"""What follows the last of so many tags is cut off: such a page is read in part."""

# Below these the parser's worst case is a fraction of a second, so nothing needs counting.
_MANY_TAGS = 10_000
_MANY_ATTRIBUTES = 30_000
_LONG_TAG = 16_384
_LONG_TEXT = 200_000
"""A longer text is looked through tag by tag: a long tag whose values hold `>` shows only so."""


def _in_any_case(name: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


_NAMES = "b i u s big code em font nobr small strike strong tt"
# Spelt out for either case: only a pattern that heeds case is searched by its first letter.
_NAMED = rf"(?=[bBiIuUsScCeEfFnNtT])(?:{'|'.join(map(_in_any_case, _NAMES.split()))})(?=[\s/>])"
_FORMATTING = re.compile(rf"<(/?){_NAMED}")
_FORMATTING_START = re.compile(rf"<{_NAMED}")
# Each alternative starts with another character, so there is nothing to try twice.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)>?"""
)
_ATTRIBUTE = re.compile(r"""[^\s=/]++\s*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']\S*+)?+)?+""")
# What has no content, or is closed by its own kind: it opens no depth.
_FLAT = frozenset((
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr", "html", "head", "body", "p", "li", "dt", "dd", "optgroup"),
    *("tr", "td", "th", "thead", "tbody", "tfoot", "rt", "rp"),
    *("path", "circle", "ellipse", "line", "polygon", "polyline", "rect", "stop", "use"),
    *("image", "animate"),
))  # fmt: skip
# What holds no markup: the contents are text up to the end tag.
_RAW = frozenset(("script", "style", "textarea", "title", "xmp"))
_END_OF_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


def bound(text: str) -> str:
    """`text`, or what is left of it without tags too deep, too many or with too many attributes.

    Text between tags is kept. Linear in the length of `text`.
    """
    is_crowded = text.count("<") > _MANY_TAGS or text.count("=") > _MANY_ATTRIBUTES
    may_be_overfull = len(text) > _LONG_TEXT or _has_long_tag(text)
    if is_crowded or (may_be_overfull and any(map(_is_overfull, _tags(text)))):
        text = _pruned(text)
    if _formatting_peak(text) > MAX_FORMATTING:
        text = _FORMATTING.sub(r"<\1span", text)
    return text


def _has_long_tag(text: str) -> bool:
    """Whether somewhere no tag ends for so long: a long tag, or a script."""
    at = 0
    while len(text) - at > _LONG_TAG:
        last = text.rfind(">", at, at + _LONG_TAG + 1)
        if last < 0:
            return True
        at = last + 1
    return False


def _formatting_peak(text: str) -> int:
    """How many formatting elements are open at once, at most."""
    starts = len(_FORMATTING_START.findall(text))
    if starts <= MAX_FORMATTING:
        return starts  # not so many as to be counted closely
    count = peak = 0
    for slash in _FORMATTING.findall(text):
        if slash:
            count -= count > 0
        else:
            count += 1
            peak = max(peak, count)
    return peak


class _Depth:
    """How many elements are open, and how many end tags belong to start tags left out."""

    def __init__(self) -> None:
        self._open = 0
        self._left_out = 0

    def admits(self, name: str, *, is_end: bool) -> bool:
        """Whether the tag may stay; it is counted."""
        if name in _FLAT or name in _RAW:
            return True
        if is_end and self._left_out:
            self._left_out -= 1
            return False
        if not is_end and self._open >= MAX_DEPTH:
            self._left_out += 1
            return False
        self._open = max(0, self._open + (-1 if is_end else 1))
        return True


def _tags(text: str) -> Iterator[re.Match[str]]:
    """The tags of `text`, without what scripts and their like hold."""
    at = 0
    while tag := _TAG.search(text, at):
        yield tag
        at = tag.end()
        if not tag[1] and (name := tag[2].lower()) in _RAW:
            at = _end_of_raw(text, name, at)


def _is_overfull(tag: re.Match[str]) -> bool:
    return tag.end() - tag.start() > _LONG_TAG


def _pruned(text: str) -> str:
    """`text` without the tags that are too many: one pass, tag by tag."""
    kept: list[str] = []
    done = at = 0
    depth = _Depth()
    for _ in range(MAX_TAGS):
        tag = _TAG.search(text, at)
        if tag is None:
            break
        at = tag.end()
        name, is_end = tag[2].lower(), bool(tag[1])
        if name in _RAW and not is_end:
            at = _end_of_raw(text, name, at)
        # An option's start tag costs as much as there are options before it.
        is_kept = name != "option" and depth.admits(name, is_end=is_end)
        new = _trimmed(tag) if is_kept else " "
        if new != tag[0]:
            kept += text[done : tag.start()], new
            done = tag.end()
    else:
        text = text[:at]
    kept.append(text[done:])
    return "".join(kept)


def _end_of_raw(text: str, name: str, start: int) -> int:
    """Where the text of a script or its like ends, none of which is markup."""
    end = _END_OF_RAW[name].search(text, start)
    return end.end() if end else len(text)


def _trimmed(tag: re.Match[str]) -> str:
    """The tag with no more attributes than are allowed."""
    attributes = tag[3]
    if len(attributes) < 2 * MAX_ATTRIBUTES:
        return tag[0]
    beyond = next(islice(_ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES, None), None)
    if beyond is None:
        return tag[0]
    return f"<{tag[1]}{tag[2]}{attributes[: beyond.start()]}>"
