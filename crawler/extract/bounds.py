"""Markup made harmless before it is parsed.

HTML's parsing rules hold traps, and every faithful parser falls into them: the cost of a start
tag grows with the depth it opens at, unclosed formatting elements are opened again in every
paragraph that follows (HTML standard, 13.2.4.3), each attribute is compared with those before it.
5 MB of `<div>` take hours, 27 KB of `<p><b id=…>` a gigabyte. So the tags are counted in the text
first, and those in excess are taken out. The page of an honest site passes unchanged, but that a
crowded one may lose the `<option>` tags of its menus.
"""

import re
from itertools import islice

MAX_DEPTH = 512
"""Elements open at once, as browsers have it."""
MAX_FORMATTING = 64
MAX_ATTRIBUTES = 500

# Below these the parser's worst case is a fraction of a second, so nothing needs counting.
_MANY_TAGS = 10_000
_LONG_TAG = 16_384

_FORMATTING = re.compile(
    r"<(/?)(?:[bius]|big|code|em|font|nobr|small|strike|strong|tt)(?=[\s/>])", re.IGNORECASE
)
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
    if _formatting_peak(text) > MAX_FORMATTING:
        text = _FORMATTING.sub(r"<\1span", text)
    is_crowded = text.count("<") > _MANY_TAGS or text.count("=") > _MANY_TAGS
    if is_crowded or any(len(piece) > _LONG_TAG for piece in text.split(">")):
        return _pruned(text)
    return text


def _formatting_peak(text: str) -> int:
    """How many formatting elements are open at once, at most."""
    count = peak = 0
    for slash in _FORMATTING.findall(text):
        if slash:
            count -= count > 0
        else:
            count += 1
            peak = max(peak, count)
    return peak


def _pruned(text: str) -> str:
    """One pass over the tags of `text`, with the count of what is open."""
    kept: list[str] = []
    done = at = depth = dropped = 0
    while tag := _TAG.search(text, at):
        at = tag.end()
        name = tag[2].lower()
        new = tag[0]
        if name == "option":  # a start tag costs as much as there are options before it
            new = " "
        elif name not in _FLAT:
            if tag[1]:
                if dropped:
                    dropped -= 1
                    new = " "
                else:
                    depth -= depth > 0
            elif name in _RAW:
                at = _end_of_raw(text, name, at)
            elif depth >= MAX_DEPTH:
                dropped += 1
                new = " "
            else:
                depth += 1
        if len(new) > 2 * MAX_ATTRIBUTES:
            new = _trimmed(tag)
        if new is not tag[0]:
            kept += text[done : tag.start()], new
            done = tag.end()
    kept.append(text[done:])
    return "".join(kept)


def _end_of_raw(text: str, name: str, start: int) -> int:
    """Where the text of a script or its like ends, none of which is markup."""
    end = _END_OF_RAW[name].search(text, start)
    return end.end() if end else len(text)


def _trimmed(tag: re.Match[str]) -> str:
    """The tag with no more attributes than are allowed."""
    attributes = tag[3]
    beyond = next(islice(_ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES, None), None)
    if beyond is None:
        return tag[0]
    return f"<{tag[1]}{tag[2]}{attributes[: beyond.start()]}>"
