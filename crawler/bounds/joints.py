"""Where two texts of a page become one in a parser's tree, by a copy of all that is there.

Some tags leave nothing in the tree where they stand: most end tags, and in a table, or outside of
one, many start tags. Then a text goes on the one before it (HTML standard, 13.2.6.1, "insert a
character"). A parser that keeps all its strings in one heap, attributes among them, copies the
first text to where there is room again, each time: 2.5 MB of text and tags took 2 GB. An empty
element between the two keeps them apart, and says nothing to a reader.
"""

import re

_UNSEEN = frozenset((
    *("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "col", "colgroup", "form", "input"),
    *("script", "style", "template", "html", "head", "body", "frame", "frameset"),
))  # fmt: skip
# In either case each by its first letter, and only one way to each end: most tags are passed over.
_MAY_BE_UNSEEN = re.compile(
    rf"<(?:[!?]|/[^\t\n\f\r />]*+[\t\n\f\r /]"
    rf"|(?=[{''.join(sorted({name[0] for name in _UNSEEN}))}])"
    rf"(?:{'|'.join(sorted(_UNSEEN))})[\t\n\f\r />])",
    re.IGNORECASE,
)
_TABLES = frozenset(("table", "frameset"))
_BLANK = "\t\n\f\r "
"""HTML's white space, which is not Python's."""
_BLANKS = re.compile(rf">([{_BLANK}]++)<")
_MOST_COPIED = 1_000_000_000
"""Letters times tags, of which a parser copies some sixth."""
_PARTED = "<wbr>"
_PARTED_BLANKS = "<!---->"


def is_copied(text: str, tags: int) -> bool:
    """Whether a parser may copy too much of the page `text`, which has no more than `tags` tags."""
    if len(text) * tags <= _MOST_COPIED:
        return False
    if len(text) * len(_MAY_BE_UNSEEN.findall(text)) > _MOST_COPIED:
        return True
    strings = text.count("=")
    if len(text) * strings <= _MOST_COPIED:
        return False
    return strings * sum(map(len, _BLANKS.findall(text))) > _MOST_COPIED


class Joints:
    """Tells what must stand before a text, as start tags and texts of a page pass by."""

    def __init__(self) -> None:
        self._may_join = self._may_join_blanks = self._has_table = False

    def pass_start(self, name: str, *, has_strings: bool) -> None:
        """See a start tag of this name, in lower case; it may have attributes or raw contents."""
        self._has_table = self._has_table or name in _TABLES
        if self._has_table:  # where elements are moved away from between blanks
            self._may_join_blanks = self._may_join_blanks or has_strings
        if name not in _UNSEEN:
            self._may_join = False
        elif has_strings:
            self._may_join = self._may_join_blanks = True

    def before(self, text: str) -> str:
        """What must stand before `text`; nothing before most.

        In a table blanks stay where they are, as a comment does; words go before the table, as
        does a `wbr`.
        """
        if not text:
            return ""
        if not text.strip(_BLANK):
            is_due, self._may_join_blanks = self._may_join_blanks, False
            return _PARTED_BLANKS if is_due else ""
        is_due, self._may_join = self._may_join, False
        return _PARTED if is_due else ""
