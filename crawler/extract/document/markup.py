"""Bytes to text to tree: charset, control characters, parsing.

The charset follows the HTML standard (13.2.3.2, determining the character encoding) but for one
thing: bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever header and `<meta>` say, since
text in another charset is practically never valid UTF-8 by accident, and labels often lie. Where no
label is left to be believed, the bytes are asked (`unlabelled`).
"""

import codecs
import re

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    to_unicode,
)

from crawler.bounds.markup import bound
from crawler.extract.document.tree import Tree
from crawler.extract.document.unlabelled import guess_charset, wide_charset
from crawler.extract.page import Page

MAX_BYTES = 8 * 1024 * 1024
"""Of a longer body only this much is read."""

# The Encoding Standard's encodings, as Python names them. A label is page content, and Python
# knows codecs that are no charset, or that take quadratic time (punycode).
_CHARSETS = frozenset(
    codecs.lookup(name).name
    for name in (
        *("utf-8", "utf-16-le", "utf-16-be", "utf-16", "gb18030", "big5hkscs", "euc_jp"),
        *("iso2022_jp", "cp932", "cp949", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman"),
        *("mac-cyrillic", *(f"cp{number}" for number in range(1250, 1259))),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    )
)
# All that XML, and so lxml, has no place for.
_CONTROLS = [chr(code) for code in (*range(9), 0x0B, *range(0x0E, 0x20), 0xFFFE, 0xFFFF)]
_CONTROL_BYTES = [control.encode() for control in _CONTROLS if control.isascii()]

_NOSCRIPT = re.compile(r"</?noscript\b[^>]{0,200}>", re.IGNORECASE)


def decode(page: Page) -> str:
    """The page's text. Never fails: what cannot be decoded becomes U+FFFD.

    NUL and control characters, which no parser downstream agrees on, are taken out.
    """
    body = page.body[:MAX_BYTES]
    text = _plain_utf8(body)
    if text is not None:
        return text
    charset, mark = _charset(body, page.content_type)
    text = to_unicode(body[mark:], charset)
    for control in _CONTROLS:
        if control in text:
            text = text.replace(control, "")
    return text


def _plain_utf8(body: bytes) -> str | None:
    """The text of nearly every page: UTF-8 beyond ASCII, without a mark, errors or controls."""
    if body.isascii() or read_bom(body)[0] is not None:
        return None
    for control in _CONTROL_BYTES:  # a byte is found much sooner than a letter of a text
        if control in body:
            return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\ufffe" in text or "\uffff" in text else text


def _charset(body: bytes, content_type: str | None) -> tuple[str, int]:
    """The Python name of the body's charset, and the length of its byte order mark."""
    marked, mark = read_bom(body)
    if marked in _CHARSETS and marked is not None and mark is not None:
        return marked, len(mark)
    if (wide := wide_charset(body)) is not None:
        return wide, 0
    is_ascii = body.isascii()
    if not is_ascii and _is_utf8(body):
        return "utf-8", 0
    for declared in (http_content_type_encoding(content_type), html_body_declared_encoding(body)):
        if declared in _CHARSETS and declared is not None and (is_ascii or declared != "utf-8"):
            return declared, 0
    return ("utf-8" if is_ascii else guess_charset(body)), 0


def parse(text: str) -> Tree:
    """The tree of `text`, of bounded depth and size whatever the text is (see `bounds`).

    An element that opens in a `noscript` and is not closed there takes in all the page; browsers,
    which run scripts, never see it. Such a page is parsed without its `noscript` tags.
    """
    tree = Tree(bound(text))
    if any(len(one.css("script, noscript")) > 1 for one in tree.all("noscript")):  # and itself
        tree = Tree(bound(_NOSCRIPT.sub("", text)))
    return tree


def _is_utf8(body: bytes) -> bool:
    """Whether `body` is UTF-8, but for a last character that was cut and a rare broken byte."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:
            return not body[: error.start].isascii()
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        return broken * 20 < sum(1 for character in text if character > "\x7f")
    return True
