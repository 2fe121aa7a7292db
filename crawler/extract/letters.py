"""Texts as bare letters: what titles, names and sites are compared by."""

import re
import string
import unicodedata

# Octets, since to leave some out of a text is several times as fast as of a string.
_ASCII_MARKS = bytes(one for one in range(128) if not chr(one).isalnum())
_DIGITS = string.digits.encode()
_CAPITALS = string.ascii_uppercase.encode()
_OTHERS = re.compile(r"[\W_]+")
MAX_CHARS = 500


def count_digits(text: str) -> int:
    """How many of its characters are digits."""
    if text.isascii():  # as most texts that are counted
        return len(text) - len(text.encode().translate(None, _DIGITS))
    return sum(map(str.isdigit, text))


def count_capitals(text: str) -> int:
    """How many of its characters are capital letters."""
    if text.isascii():
        return len(text) - len(text.encode().translate(None, _CAPITALS))
    return sum(map(str.isupper, text))


def letters_only(text: str) -> str:
    """The letters and digits of `text`. By tables as far as they go, since patterns are slow."""
    octets = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS)
    bare = octets.decode("utf-8", "surrogatepass")
    return bare if bare.isascii() else _OTHERS.sub("", bare)


def bare_letters(text: str) -> str:
    """The letters and digits of `text`, without case and marks. Of a long text, its beginning."""
    plain = text[:MAX_CHARS].casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)  # a letter's marks become no letters, and go
    return letters_only(plain)
