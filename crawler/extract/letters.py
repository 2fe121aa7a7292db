"""Texts as bare letters: what titles, names and sites are compared by."""

import re
import string
import unicodedata

_ASCII_MARKS = "".join(one for one in map(chr, range(128)) if not one.isalnum())
_NO_ASCII_MARKS = str.maketrans("", "", _ASCII_MARKS)
_OTHERS = re.compile(r"[\W_]+")
_NO_DIGITS = str.maketrans("", "", string.digits)
_NO_CAPITALS = str.maketrans("", "", string.ascii_uppercase)
MAX_CHARS = 500


def count_digits(text: str) -> int:
    """How many of its characters are digits."""
    if text.isascii():  # as most texts that are counted; a table is much faster
        return len(text) - len(text.translate(_NO_DIGITS))
    return sum(map(str.isdigit, text))


def count_capitals(text: str) -> int:
    """How many of its characters are capital letters."""
    if text.isascii():
        return len(text) - len(text.translate(_NO_CAPITALS))
    return sum(map(str.isupper, text))


def letters_only(text: str) -> str:
    """The letters and digits of `text`. By tables as far as they go, since patterns are slow."""
    if text.isascii():
        return text.translate(_NO_ASCII_MARKS)
    octets = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS.encode())
    return _OTHERS.sub("", octets.decode("utf-8", "surrogatepass"))


def bare_letters(text: str) -> str:
    """The letters and digits of `text`, without case and marks. Of a long text, its beginning."""
    plain = text[:MAX_CHARS].casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)  # a letter's marks become no letters, and go
    return letters_only(plain)
