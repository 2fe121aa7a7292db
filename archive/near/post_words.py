"""What makes two posts the same words: by many accounts, that is often a campaign."""

import re

from archive.digest import Digest
from archive.text.folding import fold, is_unspaced

LETTERS = 40
LETTERS_UNSPACED = 15
"""In scripts without spaces."""

_LINK_OR_MENTION = re.compile(r"https?://\S+|(?<!\S)@\S+")


def post_copy_digest(text: str | None) -> Digest | None:
    """The digest of a post's words, folded, without links and mentions; None for a few words.

    Shorteners and greetings differ from copy to copy. What is shorter, many people would say.
    """
    words = fold(_LINK_OR_MENTION.sub(" ", text or ""))
    least = 2 * LETTERS_UNSPACED if is_unspaced(words) else LETTERS  # folded, each stands twice
    if sum(letter != " " for letter in words) < least:
        return None
    return Digest.of(words.encode())
