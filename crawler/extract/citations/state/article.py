"""State: the article as data, in a script, for the page's own scripts to draw.

Such a script preloads other articles too. So the article's own sentences are looked for, and only
what stands with most of them, in the smallest list or object that holds them, is the article's.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from crawler.extract.citations.hidden import unescaped
from crawler.extract.citations.state.sought import FEW, SHORTEST_PIECE, Sought
from crawler.extract.citations.state.values import (
    MOST_VALUES,
    NESTS,
    Chosen,
    children,
    flat_table,
    values_alone,
)

_MOST_ROOTS = 20
_MOST_PARTS = 20
_MOST_OF_THEM = 0.75
"""The share of the found sentences that a part must hold to be the article's text."""
_HIGHEST = 3
_ADDRESSES = re.compile(r"url$|^slug|^permalink|^path$|^link$|^href$|^canonical", re.IGNORECASE)
_HEADLINES = frozenset({"headline", "headlines", "title", "headLine", "seoTitle"})
# Rich text in JSON keeps what it embeds apart: Draft's entity map, GraphQL's references and links.
_BESIDE = re.compile(r"embed|^references$|^entit(?:ies|yMap)$|^links$", re.IGNORECASE)
# A string of JSON, in either of a script's quotes.
_PARSED = re.compile(
    r"""JSON\.parse\(\s{0,9}(?:("(?>(?:[^"\\]++|\\.)*)")|'((?>(?:[^'\\]++|\\.)*))')""", re.DOTALL
)
_ASSIGNED = re.compile(r"[=(,]\s{0,9}(?=[\[{])|\A\s{0,99}(?=[\[{])")


def articles_in(script: str, sought: Sought) -> list[object]:
    """The parts of a state script that hold the article, as JSON values; none where none does.

    A string is such a part's text, marked up or not. What is no JSON, but holds the sentences, is
    given as one string: from the first to the last of them.
    """
    parts: list[object] = []
    for root in islice(_roots(script), _MOST_ROOTS):
        parts.extend(articles_of(root, sought))
    return parts or list(sought.stretch_of(unescaped(script)))


def articles_of(root: object, sought: Sought) -> Iterator[object]:
    """The parts of a JSON value that hold the article; none where it does not."""
    return _State(root, sought).parts() if sought.probes else iter(())


def _roots(script: str) -> Iterator[object]:
    """The JSON values of a script: all of it, or what it assigns, hands over or parses."""
    decoder = json.JSONDecoder()
    for parsed in islice(_PARSED.finditer(script), _MOST_ROOTS):
        try:
            text = json.loads(parsed[1]) if parsed[1] else unescaped(parsed[2])
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, NESTS) and value:
            yield value
    at = tried = 0
    while tried < _MOST_ROOTS and (start := _ASSIGNED.search(script, at)) is not None:
        tried += 1
        try:
            value, at = decoder.raw_decode(script, start.end())
        except (ValueError, RecursionError):
            at = start.end() + 1
            continue
        if isinstance(value, NESTS) and value:
            yield value


class _State:
    """One JSON value, walked once: its lists, objects and longer texts, outer before inner."""

    def __init__(self, root: object, sought: Sought) -> None:
        self._sought = sought
        self._table = flat_table(root)
        self._values: list[object] = []
        self._parents: list[int] = []
        """Of each value the index of what holds it; -1 of the root."""
        self._held: list[int] = []
        """Which of the sentences stand in each, as bits."""
        self._walk(self._table[0] if self._table else root)

    def _walk(self, root: object) -> None:
        waiting: list[tuple[object, int]] = [(root, -1)]
        seen: set[int] = set()
        values, parents, held, table = self._values, self._parents, self._held, self._table
        held_in, blank = self._sought.held_in, self._sought.blank
        while waiting and len(values) < MOST_VALUES:
            value, parent = waiting.pop()
            bits = 0
            if isinstance(value, str):
                bits = held_in(value)
            elif isinstance(value, NESTS):
                if id(value) in seen:
                    continue
                seen.add(id(value))
                index = len(values)
                # In order: an article stands before the caches of it. What is short says nothing,
                # nor does a single word where the sentences have several.
                waiting += [
                    (child, index)
                    for child in values_alone(value, table)
                    if isinstance(child, NESTS)
                    or (isinstance(child, str) and len(child) >= SHORTEST_PIECE and blank in child)
                ][::-1]
            values.append(value)
            parents.append(parent)
            held.append(bits)
        for index in range(len(values) - 1, 0, -1):
            if held[index]:
                held[parents[index]] |= held[index]

    def parts(self) -> Iterator[object]:
        """The smallest parts that hold most of the sentences found; at most 20.

        Then all of the state but what holds other articles: for there is state that keeps the
        posts far from the text, each under its id.
        """
        total = self._held[0].bit_count()
        if total < min(2, len(self._sought.probes)):
            return
        full: dict[int, list[int]] = {}
        for index, bits in enumerate(self._held):
            if bits and bits.bit_count() >= _MOST_OF_THEM * total:
                full.setdefault(self._parents[index], []).append(index)
        waiting, smallest = [0], list[int]()
        while waiting and len(smallest) < _MOST_PARTS:
            index = waiting.pop()
            inner = full.get(index, [])
            waiting.extend(reversed(inner))
            if not inner:
                smallest.append(index)
        given: set[int] = set()
        for index in smallest:
            for value in (self._values[index], *self._embeds_beside(index)):
                yield Chosen(value, self._table, given=given)
        yield Chosen(self._values[0], self._table, self._others(smallest), given)

    def _others(self, smallest: Sequence[int]) -> frozenset[int]:
        """The other articles in the state, by `id`: a headline, and sentences that nobody sees.

        What stands in this article's own object is none, whatever it has: the entries of a live
        blog have headlines too.
        """
        own = {one for index in smallest for one in self._above(index)}
        is_own = self._are_within({self._article_around(index) for index in smallest})
        named = {
            index
            for index, value in enumerate(self._values)
            if isinstance(value, dict)
            and not _HEADLINES.isdisjoint(value)
            and not (index in own or is_own[index])
            and self._is_another(value)
        }
        if not named:
            return frozenset()
        is_asked = self._are_within(named)
        unseen = [0] * len(self._values)
        for index in range(len(self._values) - 1, 0, -1):
            if is_asked[index]:
                value = self._values[index]
                if isinstance(value, str) and not self._held[index]:
                    unseen[index] = self._sought.count_unseen(value)
                unseen[self._parents[index]] += unseen[index]
        return frozenset(id(self._values[index]) for index in named if unseen[index] >= FEW)

    def _are_within(self, tops: AbstractSet[int]) -> list[bool]:
        """Of each value whether it is one of `tops`, or stands in one."""
        within: list[bool] = []
        for index, parent in enumerate(self._parents):
            within.append(index in tops or (parent >= 0 and within[parent]))
        return within

    def _is_another(self, value: dict[str, object]) -> bool:
        """Whether an object has an address, and a headline, but none that the page goes by."""
        fields = list(children(value, self._table))
        headlines = list(_headlines(fields)) if _has_address(fields) else []
        return bool(headlines) and not any(map(self._sought.is_called, headlines))

    def _above(self, index: int) -> Iterator[int]:
        """The index of a value, and those of all that hold it."""
        while index >= 0:
            yield index
            index = self._parents[index]

    def _article_around(self, index: int) -> int:
        """The innermost object with a headline around a part; that part where there is none."""
        for at in self._above(index):
            value = self._values[at]
            if isinstance(value, dict) and any(_headlines(children(value, self._table))):
                return at
        return index

    def _embeds_beside(self, index: int) -> Iterator[object]:
        """What the objects around a part keep of embeds beside the text that places them."""
        for above in islice(self._above(index), 1, 1 + _HIGHEST):
            for name, value in children(self._values[above], self._table):
                if _BESIDE.search(name):
                    yield value


def _headlines(fields: Iterable[tuple[str, object]]) -> Iterator[str]:
    """What an object's fields say that it is called; an object there may say it in turn."""
    for name, value in fields:
        if name in _HEADLINES:
            said = value.values() if isinstance(value, dict) else (value,)
            yield from (one for one in said if isinstance(one, str) and one)


def _has_address(fields: Iterable[tuple[str, object]]) -> bool:
    """Whether an object has an address of its own, as articles do and entries of one do not."""
    return any(_ADDRESSES.search(name) and value for name, value in fields)
