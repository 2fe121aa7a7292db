"""Texts as bare letters: what titles, names and sites are compared by."""

import functools
import re
import string
import unicodedata
from collections.abc import Callable

# Octets, since to leave some out of a text is several times as fast as of a string.
_ASCII = bytes(range(128))
_ASCII_MARKS = bytes(one for one in _ASCII if not chr(one).isalnum())
_DIGITS = string.digits.encode()
_CAPITALS = string.ascii_uppercase.encode()
_OTHERS = re.compile(r"[\W_]+")
MAX_CHARS = 500


def count_digits(text: str) -> int:
    """How many of its characters are digits."""
    return _count(text, _DIGITS, str.isdigit)


def count_capitals(text: str) -> int:
    """How many of its characters are capital letters."""
    return _count(text, _CAPITALS, str.isupper)


def _count(text: str, octets: bytes, is_one: Callable[[str], bool]) -> int:
    """How many characters of `text` are of the ASCII `octets`, or other ones that `is_one`."""
    written = text.encode("utf-8", "surrogatepass")
    count = len(written) - len(written.translate(None, octets))
    if len(written) == len(text):
        return count
    others = written.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return count + sum(map(is_one, others))


def letters_only(text: str) -> str:
    """The letters and digits of `text`. By tables as far as they go, since patterns are slow."""
    octets = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS)
    bare = octets.decode("utf-8", "surrogatepass")
    return bare if bare.isalnum() else "".join(_OTHERS.split(bare))


def bare_letters(text: str) -> str:
    """The letters and digits of `text`, without case and marks. Of a long text, its beginning."""
    return _bare_letters(text[:MAX_CHARS])


# What a page is called is compared with one word of it after another.
@functools.lru_cache(maxsize=256)
def _bare_letters(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)  # a letter's marks become no letters, and go
    return letters_only(plain)
