"""Inline elements of minor class words that hold words of a sentence.

A name that leads to a share's price or to a topic is called `ticker` or `tag`, a link that was put
in later `link-enhancement`. Without it the sentence would read as if nothing were missing.
"""

import re

from selectolax.lexbor import LexborNode

from crawler.extract.text.classwords import Sort, names_of_element, naming_of

_CLOSING = ".,;:?!)"
_LONG_REST = 30
"""Of a sentence that such an element begins, so many characters follow at least."""
_NOTES = ("sup", "sub")
_UNSEEN = frozenset(("hidden", "aria-hidden", "style", "role"))
_OUT_OF_SIGHT = re.compile(r"hidden|hide|sr-?only|reader|offscreen|skip|tip", re.IGNORECASE)


def is_amid_sentence(before: str, shown: str, node: LexborNode) -> bool:
    """Whether what the inline `node` has `shown` is part of a sentence that its line holds.

    `before` is the text right before it on its line.
    """
    following = node.next
    if following is None or following.tag != "-text":
        return False
    head, rest = before.rstrip(), following.text_content or ""
    is_open = not head or head[-1] == "," or head[-1].isalpha()
    is_continued = rest.lstrip()[:1].islower() and (bool(head) or len(rest) >= _LONG_REST)
    is_closed = bool(head) and rest[:1] != "" and rest[0] in _CLOSING
    if not (is_open and (is_continued or is_closed)):
        return False
    return any(map(str.isalpha, shown)) and _may_be_seen(node)


def _may_be_seen(node: LexborNode) -> bool:
    """Whether nothing says that an element is there for others than who sees the page."""
    attributes = node.attributes
    if node.tag in _NOTES or not _UNSEEN.isdisjoint(attributes):
        return False
    names = names_of_element(node.tag or "", attributes)
    return naming_of(names).sort is Sort.MINOR and _OUT_OF_SIGHT.search(names) is None
