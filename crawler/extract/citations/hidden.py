"""Markup and addresses that a page holds back: escaped, quoted in a script, or in base64.

Consent tools and lazy loaders keep an embed's markup where no browser acts on it, until a script
puts it in place. Bounded, and linear in the length of what is looked at.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

LONGEST_HIDDEN = 100_000
_DEEPEST = 3
_LEAST_BASE64 = 32
_LETTERS = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_CODE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": ""}
# Elements that embeds are made of.
_MARKUP = re.compile(
    r"<(?:iframe|blockquote|amp-|object|embed|script|div|figure|p|a)\b", re.IGNORECASE
)
_PERCENTS = re.compile(r"%3C|%26lt%3B|\Ahttps?%3A", re.IGNORECASE)
# What escapes bring back: controls that no XML holds, halves of pairs that no text may.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUOTED = re.compile(r"""(?<![=\\])(["'])((?:https?:)?//[^\s"'<>\\]{4,1000})\1""")


def is_markup(text: str) -> bool:
    """Whether elements that may be an embed's open in `text`."""
    return "<" in text and _MARKUP.search(text) is not None


def unhidden(value: str) -> str:
    """What an attribute's value, or text put by, says: entities, percents and base64 undone.

    The value itself where it is none of these; at most three layers, nothing of over 100,000.
    """
    for _ in range(_DEEPEST):
        inner = _one_layer_less(value.strip())
        if inner is None:
            break
        value = inner
    return value


def _one_layer_less(value: str) -> str | None:
    if not value or len(value) > LONGEST_HIDDEN:
        return None
    if '\\"' in value or "\\/" in value or "\\u00" in value:
        return unescaped(value)
    if is_markup(value):
        return None
    if "&lt;" in value or "&quot;" in value or "&#" in value:
        return html.unescape(value)
    if "%" in value and _PERCENTS.search(value) is not None:
        return unquote(value)
    return _from_base64(value)


def _from_base64(value: str) -> str | None:
    if len(value) < _LEAST_BASE64 or "//" in value or not _LETTERS.fullmatch(value):
        return None
    padded = value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4)
    try:
        text = base64.b64decode(padded, altchars=b"-_" if "-" in value or "_" in value else None)
        decoded = text.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return decoded if "<" in decoded or "//" in decoded or "%3C" in decoded else None


def unescaped(code: str) -> str:
    r"""Text of a script with the escapes of its strings undone: `\/`, `\"`, `\u003c`, `\x3c`."""
    if "\\" not in code:
        return code
    return _CODE.sub(_letter, code)


def _letter(escape: re.Match[str]) -> str:
    number = escape[1] or escape[2]
    if number is not None:
        letter = chr(int(number, 16))
        return letter if letter.isprintable() else " "
    return _PLAIN.get(escape[3], escape[3])


def made_fit(text: str) -> str:
    """`text` without the characters that a decoded page does not have."""
    return _UNFIT.sub("", text)


def quoted_urls(text: str) -> Iterator[str]:
    """The addresses that are a whole quoted string of `text`, but no attribute's value."""
    if "//" not in text or not ("'" in text or '"' in text):
        return iter(())
    return (found[2] for found in _QUOTED.finditer(text))
