"""Characters that show nothing: soft hyphens, zero-width spaces, marks of direction.

Content systems strew them into texts; what compares texts by their letters must look past them.
"""

import re
from itertools import accumulate

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """`text` without them."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def written_length(text: str, length: int) -> int:
    """How much of `text` it takes to show `length` characters, with what follows unseen."""
    counts = accumulate(_UNSEEN.match(letter) is None for letter in text)
    return next((at for at, count in enumerate(counts) if count > length), len(text))
