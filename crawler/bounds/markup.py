"""Markup made harmless before it is parsed.

HTML's parsing rules hold traps, and every faithful parser falls into them: the cost of a start
tag grows with the depth it opens at, unclosed formatting elements are opened again in every
paragraph that follows (HTML standard, 13.2.4.3), each attribute is compared with those before it,
texts that become one are copied.
5 MB of `<div>` take hours, 27 KB of `<p><b id=…>` a gigabyte. So what could hold a trap is gone
through tag by tag, and the tags in excess are taken out. The page of an honest site passes
unchanged, but that a crowded one loses its comments, and of menus and drawings all but their text;
and that `<span>` stands for `<b>` and its like where there are many: whether all of them are closed
cannot be told without a parser, and to a reader of text they say the same.

Where a tag begins depends on all that comes before it: a quotation mark in a comment, or a script
within a drawing, would lead who counts tags past those that a parser sees. So the look for traps
asks at each `<` anew, and what is gone through keeps nothing that could be taken for a tag, nor any
drawing, in which other rules hold (HTML standard, 13.2.6.5).
"""

import re
from itertools import islice

from crawler.bounds.joints import Joints, is_copied
from crawler.bounds.nesting import Nesting

MAX_DEPTH = 512
"""Elements open at once, as browsers have it."""
MAX_FORMATTING = 64
MAX_ATTRIBUTES = 500
MAX_TAGS = 150_000
"""What follows the last of so many tags is cut off: such a page is read in part."""

# Below these the parser's worst case is a fraction of a second, so nothing needs counting.
_MANY_TAGS = 10_000
_MANY_ATTRIBUTES = 30_000
_LONG_TEXT = 30_000
_MOST_OPENED_AGAIN = 500_000
"""Formatting elements times tags: each may be opened again behind each tag."""


def _in_any_case(name: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


_NAMES = "b i u s big code em font nobr small strike strong tt"
# Spelt out for either case: only a pattern that heeds case is searched by its first letter.
_NAMED = rf"(?=[bBiIuUsScCeEfFnNtT])(?:{'|'.join(map(_in_any_case, _NAMES.split()))})(?=[\s/>])"
_FORMATTING = re.compile(rf"<(/?){_NAMED}")
_FORMATTING_START = re.compile(rf"<{_NAMED}")
# HTML standard, 13.2.5.32 to 13.2.5.39. Its white space is not Python's. What is not there to close
# a quotation ends the page; here the mark counts as a letter, which is an attribute too many.
_BLANK = r"[\t\n\f\r ]"
_ONE_ATTRIBUTE = (
    r"[\t\n\f\r /]*+(?:=?+[^\t\n\f\r />=]++|=)"
    rf"(?>(?:{_BLANK}*+={_BLANK}*+"
    r"(?>(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?))?)"
)
_ATTRIBUTE = re.compile(_ONE_ATTRIBUTE)
# Each attribute is taken once and for all: `="x"` could be one or two, a row of them 2^n things.
_OVERFULL = re.compile(rf"<[a-zA-Z][^\t\n\f\r />]*+(?>{_ONE_ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}")
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\t\n\f\r />]*+)((?>(?:{_ONE_ATTRIBUTE})*)[\t\n\f\r /=]*+)>?")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:!|\?|/(?![a-zA-Z]))[^>]*+>?", re.DOTALL)
_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
# What has no content; what is there once; and what is opened in itself no more than MAX_FORMATTING
# times. None of it opens a depth.
_FLAT = frozenset((
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr", "html", "head", "body", "a", *_NAMES.split()),
))  # fmt: skip
# An option's start tag costs as much as there are options before it; a shape is closed by a slash
# within a drawing alone; among columns a text falls in two, of which one is moved away. Nothing of
# that says anything to a reader of text.
_IDLE = frozenset((
    *("option", "optgroup", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect"),
    *("stop", "use", "image", "animate", "col", "colgroup"),
))  # fmt: skip
# Behind these ends blanks still go on the text within, and what should part them does not.
_ENDLESS = _IDLE | {"html", "body"}
# As little to be read as these, and without rules of its own.
_CANVAS = "canvas"
# What has rules of its own for what is in it, and nothing of the article.
_OTHER_RULES = frozenset(("svg", "math", "select"))
# What holds no markup: the contents are text up to the end tag, unless they stand in a menu.
_RAW = frozenset((
    *("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"),
))  # fmt: skip
_END_OF_RAW = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in _RAW}


def bound(text: str) -> str:
    """`text`, or what is left of it without tags too deep, too many or with too many attributes.

    Text between tags is kept. Linear in the length of `text`.
    """
    tags = text.count("<")
    formatting = len(_FORMATTING_START.findall(text))
    if formatting > MAX_FORMATTING or formatting * tags > _MOST_OPENED_AGAIN:
        text = _FORMATTING.sub(r"<\1span", text)
    is_crowded = tags > _MANY_TAGS or text.count("=") > _MANY_ATTRIBUTES
    is_long = len(text) > _LONG_TEXT
    if is_crowded or is_copied(text, tags) or (is_long and _OVERFULL.search(text)):
        text = _pruned(text)
    return text


def _pruned(text: str) -> str:
    """`text` without comments and the tags that are too many: one pass, tag by tag.

    What is left of its markup begins and ends where it seems to, wherever it stands.
    """
    doctype = _DOCTYPE.match(text)
    done = at = doctype.end() if doctype else 0
    kept = [text[:at]]
    nesting = Nesting(MAX_DEPTH)
    joints = Joints()
    for _ in range(MAX_TAGS):
        found = _MARKUP.search(text, at)
        if found is None:
            break
        start = found.start()
        if parted := joints.before(text[at:start]):
            kept += text[done:at], parted
            done = at
        tag = _TAG.match(text, start)
        if tag is None:
            comment = _COMMENT.match(text, start)
            assert comment is not None, "what begins as markup is a tag or a comment"
            at = comment.end()
            new = ""
        else:
            at = tag.end()
            name, is_end = tag[2].lower(), bool(tag[1])
            is_kept = name not in (_ENDLESS if is_end else _IDLE)
            if is_kept and name not in _FLAT and name not in _RAW:
                is_kept = nesting.end(name) if is_end else nesting.start(name)
            if is_kept and not is_end:
                joints.pass_start(name, has_strings="=" in tag[3] or name in _RAW)
            new = _trimmed(tag, _CANVAS if name in _OTHER_RULES else tag[2]) if is_kept else " "
            if name in _RAW and not is_end:
                end = _END_OF_RAW[name].search(text, at)
                raw = text[at : end.start() if end else None]
                at += len(raw)
                new += _without_markup(raw, name)
        if new != text[start:at]:
            kept += text[done:start], new
            done = at
    else:
        text = text[:at]
    kept.append(text[done:])
    return "".join(kept)


def _without_markup(raw: str, name: str) -> str:
    """What a script or its like holds, written so that nothing in it is a tag in a menu either.

    To JSON it is the same as before, and so it is to HTML where references count.
    """
    return _MARKUP.sub(r"\\u003c" if name == "script" else "&lt;", raw)


def _trimmed(tag: re.Match[str], name: str) -> str:
    """The tag under this name, with no more attributes than are allowed."""
    slash, written, attributes = tag.groups()
    if slash:
        return tag[0] if name == written and "=" not in attributes else f"</{name}>"
    if len(attributes) >= 2 * MAX_ATTRIBUTES:
        beyond = next(islice(_ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES, None), None)
        if beyond is not None:
            return f"<{slash}{name}{attributes[: beyond.start()]}>"
    return tag[0] if name == written else f"<{slash}{name}{attributes}>"
