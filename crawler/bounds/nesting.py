"""How deep a parser's tree may get, told from the tags alone and not underrated.

A parser ignores an end tag whose element is not open, or out of its reach (HTML standard,
13.2.6.4.7). Who takes one off a count for every end tag thinks `<x></div>` flat, and a parser opens
a hundred thousand elements in each other. So an end tag closes here only what a parser is sure to
close, and nothing of what stands above that. Careless markup counts as deeper than it is; the tree
of any markup is no deeper than a small multiple of the count: parts of tables are not counted.
"""

from collections import defaultdict
from enum import Enum, auto

_ITEMS = frozenset(("li", "dd", "dt"))
_LISTS = frozenset(("ul", "ol", "dl"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HEADING = "h1"
"""Under this name, since the end tag of any heading closes any other."""
_BLOCKS = frozenset((
    *("address", "article", "aside", "blockquote", "button", "center", "details", "dialog", "dir"),
    *("div", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "listing"),
    *("main", "menu", "nav", "pre", "search", "section", "summary", _HEADING, *_LISTS),
))  # fmt: skip
# No end tag but their own reaches across these: 13.2.4.2, "has an element in scope".
_BOUNDARIES = frozenset(("applet", "marquee", "object", "table", "template"))
# The next one closes the one before it, wherever a parser lets it in.
_UNCOUNTED = frozenset((
    *("p", "caption", "colgroup", "tr", "td", "th", "thead", "tbody", "tfoot"),
))  # fmt: skip
# "Special" in 13.2.4.2, of what has content: the end tag of an unknown element stops at these.
_SPECIAL = _BLOCKS | _BOUNDARIES | _ITEMS | _UNCOUNTED | {"frameset", "noscript"}
_PASSED = frozenset(("address", "div", "p"))
"""Special elements across which an item still closes the one before it."""


class _Stop(Enum):
    """What an end tag, or an item, does not reach across."""

    SCOPE = auto()
    LIST_SCOPE = auto()
    SPECIAL = auto()
    ITEM = auto()


class Nesting:
    """The elements that may be open, of which no more than `most` are let in at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._last = 0
        self._names: dict[int, str] = {}
        """Of the elements that may be open, by their place in the order of start tags."""
        self._left_out: set[int] = set()
        self._counted = 0
        self._places: defaultdict[str | _Stop, list[int]] = defaultdict(list)

    def start(self, name: str) -> bool:
        """Whether the start tag of this name, in lower case, is let in."""
        name = _HEADING if name in _HEADINGS else name
        if name in _ITEMS:
            before = self._newest(_Stop.ITEM)
            if self._names.get(before) in ({"li"} if name == "li" else {"dd", "dt"}):
                self._close(before)
        is_let_in = name in _UNCOUNTED or self._counted < self._most
        self._open(name, is_let_in=is_let_in)
        return is_let_in

    def end(self, name: str) -> bool:
        """Whether the end tag of this name, in lower case, is not that of one not let in."""
        name = _HEADING if name in _HEADINGS else name
        place = self._newest(name)
        if place in self._left_out:
            self._close(place)
            return False
        if place and place >= self._newest(_stop_of(name)):
            self._close(place)
            if name in _LISTS:
                item = max(map(self._newest, _ITEMS))
                if item > place and item not in self._left_out:
                    self._close(item)  # the last one, which need not be closed by itself
        return True

    def _open(self, name: str, *, is_let_in: bool) -> None:
        place = self._last = self._last + 1
        self._names[place] = name
        self._places[name].append(place)
        if not is_let_in:
            self._left_out.add(place)
            return
        self._counted += name not in _UNCOUNTED
        for stop, names in _STOPS.items():
            if name in names:
                self._places[stop].append(place)

    def _close(self, place: int) -> None:
        name = self._names.pop(place)
        if place in self._left_out:
            self._left_out.remove(place)
        else:
            self._counted -= name not in _UNCOUNTED

    def _newest(self, kind: "str | _Stop") -> int:
        """The place of the newest open element of that kind; 0 where none is."""
        places = self._places[kind]
        while places and places[-1] not in self._names:
            places.pop()
        return places[-1] if places else 0


_STOPS = {
    _Stop.SCOPE: _BOUNDARIES,
    _Stop.LIST_SCOPE: _BOUNDARIES | {"ul", "ol"},
    _Stop.SPECIAL: _SPECIAL,
    _Stop.ITEM: _SPECIAL - _PASSED,
}


def _stop_of(name: str) -> _Stop:
    """What the end tag of `name` does not reach across."""
    if name == "li":
        return _Stop.LIST_SCOPE
    return _Stop.SCOPE if name in _BLOCKS | _BOUNDARIES | _ITEMS else _Stop.SPECIAL
