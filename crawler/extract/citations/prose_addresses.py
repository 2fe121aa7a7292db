"""Addresses that stand in prose without being links, with a scheme or without one."""

import re
from collections.abc import Iterator
from itertools import islice

_MOST = 50
"""Addresses of one text that are looked at."""
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w/.@:-])(?:[a-z0-9-]{1,30}\.){1,3}[a-z]{2,4}/)[^\s<>\"'«»“”]{3,500}",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\.[A-Za-z]{2,4}/")
"""What one without a scheme has: a quick look, to spare most texts the search."""
_CLOSING = ".,;:!?)]}…"


def written_addresses(text: str) -> Iterator[str]:
    """The addresses in `text`, without the marks of the sentence around them; at most 50."""
    if "://" in text or _DOTTED.search(text):
        for found in islice(_ADDRESS.finditer(text), _MOST):
            yield found[0].rstrip(_CLOSING)
