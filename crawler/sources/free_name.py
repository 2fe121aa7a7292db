"""The name of a new source, made of what it is called, where nobody gave one."""

import re
import unicodedata
from collections.abc import Container

_LONGEST = 60
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def free_name(words: str, taken: Container[str], *, otherwise: str) -> str:
    """`words` in small letters and hyphens, numbered where that is `taken`.

    `otherwise` stands for words of which nothing is left.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    stem = _NOT_IN_NAMES.sub("-", plain.lower()).strip("-")[:_LONGEST].strip("-") or otherwise
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
