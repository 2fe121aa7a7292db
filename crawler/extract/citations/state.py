"""State: the article as data, in a script, for the page's own scripts to draw.

Such a script preloads other articles too. So the article's own sentences are looked for, and only
what stands with most of them, in the smallest list or object that holds them, is the article's.
"""

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extract.citations.hidden import unescaped
from crawler.extract.document.tree import Tree

LONGEST_STATE = 4_000_000
_MOST_VALUES = 60_000
_DEEPEST = 200
_MOST_ROOTS = 20
_MOST_PARTS = 20
_MOST_PARAGRAPHS = 100
_MOST_NODES = 30
_MOST_PROBES = 16
_FEW = 3
_SHORTEST_PROBE = 24
_LONGEST_PROBE = 60
_MOST_OF_THEM = 0.75
"""The share of the found sentences that a part must hold to be the article's text."""
_HIGHEST = 3
_FEWEST_BLANKS = 4
_ADDRESSES = re.compile(r"url$|^slug|^permalink|^path$|^link$|^href$|^canonical", re.IGNORECASE)
_SHORTEST_TITLE = 12
_HEADLINES = frozenset({"headline", "headlines", "title", "headLine", "seoTitle"})
_LONGEST_PIECE = 5_000
_MOST_PIECES = 10
_SHOWING = ("p", "li", "td", "dd", "h1", "h2", "h3", "h4", "figcaption", "blockquote")
_MOST_SHOWN = 3_000
_LONGEST_SHOWN = 300_000
# Rich text in JSON keeps what it embeds apart: Draft's entity map, GraphQL's references and links.
_BESIDE = re.compile(r"embed|^references$|^entit(?:ies|yMap)$|^links$", re.IGNORECASE)
_RUN = re.compile(r"[\w ,-]+")
_ASSIGNED = re.compile(r"[=(,]\s{0,9}(?=[\[{])|\A\s{0,99}(?=[\[{])")


class Sought:
    """The article as the page shows it, to know it again in the page's state."""

    def __init__(self, tree: Tree, body: int | None) -> None:
        """`body` is the `mem_id` of the paragraphs' parent."""
        self._tree = tree
        self.probes = _probes(tree, body)
        """Pieces of its sentences."""

    @functools.cached_property
    def _titles(self) -> tuple[str, ...]:
        """What the page itself is called."""
        return tuple(
            " ".join(one.text(deep=True).split()) for one in self._tree.all("h1", "title")[:5]
        )

    def is_called(self, headline: str) -> bool:
        """Whether the page goes by this headline."""
        name = " ".join(headline.split())
        return len(name) >= _SHORTEST_TITLE and any(name in title for title in self._titles)

    @functools.cached_property
    def shown(self) -> str:
        """All the text that the page shows, for sentences to be looked up in."""
        pieces = (one.text(deep=True) for one in self._tree.all(*_SHOWING)[:_MOST_SHOWN])
        return " ".join(" ".join(pieces)[:_LONGEST_SHOWN].split())


def _probes(tree: Tree, body: int | None) -> tuple[str, ...]:
    """Pieces of the article's sentences, each of the longest run of words in a paragraph.

    Where the paragraphs' parent `body` has few of them, all the page's are taken. Without quotes,
    links and entities, which a script writes otherwise.
    """
    if body is None:
        return ()
    inside: list[str] = []
    anywhere: list[str] = []
    for paragraph in tree.all("p")[:_MOST_PARAGRAPHS]:
        run = max(_runs(paragraph), key=len, default="")
        if len(run) >= _SHORTEST_PROBE:
            probe = run[:_LONGEST_PROBE].strip()
            anywhere.append(probe)
            parent = paragraph.parent
            if parent is not None and parent.mem_id == body:
                inside.append(probe)
    found = inside if len(inside) >= _FEW else anywhere
    step = max(1, len(found) // _MOST_PROBES)
    return tuple(dict.fromkeys(found[::step]))[:_MOST_PROBES]


def _runs(paragraph: LexborNode) -> Iterator[str]:
    for node in islice(paragraph.traverse(include_text=True), _MOST_NODES):
        if node.tag == "-text":
            text = (node.text_content or "")[:2_000]
            yield from (run.strip() for run in _RUN.findall(text))


def may_hold(script: str, sought: Sought) -> bool:
    """Whether the article's sentences may stand in `script`: a quick look, to spare a closer one.

    Few probes are enough for it; none can be seen where letters are written as numbers.
    """
    probes = sought.probes
    return any(probe in script for probe in probes[:: _MOST_PROBES // 4]) or (
        bool(probes) and "\\u0" in script
    )


def articles_in(script: str, sought: Sought) -> list[object]:
    """The parts of a state script that hold the article, as JSON values; none where none does.

    A string is such a part's text, marked up or not. What is no JSON, but holds the sentences, is
    given as one string: from the first to the last of them.
    """
    if not sought.probes or len(script) > LONGEST_STATE:
        return []
    parts: list[object] = []
    for root in islice(_roots(script), _MOST_ROOTS):
        parts.extend(articles_of(root, sought))
    return parts or list(between(unescaped(script), sought))


def articles_of(root: object, sought: Sought) -> Iterator[object]:
    """The parts of a JSON value that hold the article; none where it does not."""
    return _State(root, sought).parts() if sought.probes else iter(())


def between(text: str, sought: Sought) -> Iterator[str]:
    """`text` from the first to the last of the article's sentences, where it holds two of them."""
    places = [at for probe in sought.probes if (at := text.find(probe)) >= 0]
    if len(places) >= min(2, len(sought.probes)):
        yield text[min(places) : max(places) + _LONGEST_PROBE]


def _roots(script: str) -> Iterator[object]:
    """The JSON values of a script: all of it, or what it assigns or hands over."""
    decoder = json.JSONDecoder()
    at = tried = 0
    while tried < _MOST_ROOTS and (start := _ASSIGNED.search(script, at)) is not None:
        tried += 1
        try:
            value, at = decoder.raw_decode(script, start.end())
        except (ValueError, RecursionError):
            at = start.end() + 1
            continue
        if isinstance(value, list | dict) and value:
            yield value


@dataclass(slots=True)
class _Part:
    """A value on the way down, with what is known of it when its children are done."""

    value: object
    parent: int
    held: int = 0
    """Which of the sentences stand in it, as bits."""


class _State:
    """One JSON value, walked once."""

    def __init__(self, root: object, sought: Sought) -> None:
        self._sought = sought
        self._table = flat_table(root)
        self._parts: list[_Part] = []
        self._children: dict[int, list[int]] = {}
        self._walk(self._table[0] if self._table else root)

    def _walk(self, root: object) -> None:
        waiting: list[tuple[object, int]] = [(root, -1)]
        seen: set[int] = set()
        parts, below, table = self._parts, self._children, self._table
        while waiting and len(parts) < _MOST_VALUES:
            value, parent = waiting.pop()
            index = len(parts)
            part = _Part(value, parent)
            if isinstance(value, str):
                part.held = self._bits(value)
            elif isinstance(value, list | dict):
                if id(value) in seen:
                    continue
                seen.add(id(value))
                # Last first: an article stands before the caches of it. What is short says nothing.
                waiting += [
                    (child, index)
                    for child in _values(value, table)
                    if isinstance(child, list | dict)
                    or (isinstance(child, str) and len(child) >= _SHORTEST_PROBE)
                ][::-1]
            parts.append(part)
            if parent >= 0:
                below.setdefault(parent, []).append(index)
        for part in reversed(parts):
            if part.parent >= 0 and part.held:
                parts[part.parent].held |= part.held

    def _bits(self, text: str) -> int:
        bits = 0
        for bit, probe in enumerate(self._sought.probes):
            if probe in text:
                bits |= 1 << bit
        return bits

    def parts(self) -> Iterator[object]:
        """The smallest parts that hold most of the sentences found; at most 20.

        Then all of the state but what holds other articles: for there is state that keeps the
        posts far from the text, each under its id.
        """
        total = self._parts[0].held.bit_count()
        if total < min(2, len(self._sought.probes)):
            return
        waiting, smallest = [0], list[int]()
        while waiting and len(smallest) < _MOST_PARTS:
            index = waiting.pop()
            inner = [
                child
                for child in self._children.get(index, ())
                if self._parts[child].held.bit_count() >= _MOST_OF_THEM * total
            ]
            waiting.extend(inner)
            if not inner:
                smallest.append(index)
        given: set[int] = set()
        for index in smallest:
            for value in (self._parts[index].value, *self._embeds_beside(index)):
                yield _Chosen(value, self._table, given=given)
        yield _Chosen(self._parts[0].value, self._table, self._others(smallest), given)

    def _others(self, smallest: Sequence[int]) -> frozenset[int]:
        """The other articles in the state, by `id`: a headline, and sentences that nobody sees.

        What stands in this article's own object is none, whatever it has: the entries of a live
        blog have headlines too.
        """
        own = self._around(smallest)
        articles = {self._article_around(index) for index in smallest}
        below = [0] * len(self._parts)
        others: set[int] = set()
        for index in range(len(self._parts) - 1, 0, -1):
            part = self._parts[index]
            if index in own:
                continue
            if isinstance(part.value, str) and not part.held:
                below[index] = self._count_unseen(part.value)
            elif isinstance(part.value, dict) and below[index] >= _FEW:
                fields = list(children(part.value, self._table))
                named = list(_headlines(fields)) if _has_address(fields) else []
                is_this = any(self._sought.is_called(one) for one in named)
                if named and not is_this and not self._is_below(index, articles):
                    others.add(id(part.value))
            below[part.parent] += below[index]
        return frozenset(others)

    def _count_unseen(self, text: str) -> int:
        """How many sentences of `text` the page does not show; no more than matter are counted."""
        count = 0
        if len(text) >= _SHORTEST_PROBE:
            for sentence in _sentences(text):
                count += sentence not in self._sought.shown
                if count >= _FEW:
                    break
        return count

    def _article_around(self, index: int) -> int:
        """The innermost object with a headline around a part; that part where there is none."""
        at = index
        while at >= 0:
            value = self._parts[at].value
            if isinstance(value, dict) and any(_headlines(children(value, self._table))):
                return at
            at = self._parts[at].parent
        return index

    def _is_below(self, index: int, above: AbstractSet[int]) -> bool:
        while index >= 0 and index not in above:
            index = self._parts[index].parent
        return index >= 0

    def _around(self, smallest: Sequence[int]) -> set[int]:
        """The indices of some parts and of all above them."""
        own: set[int] = set()
        for index in smallest:
            at = index
            while at >= 0 and at not in own:
                own.add(at)
                at = self._parts[at].parent
        return own

    def _embeds_beside(self, index: int) -> Iterator[object]:
        """What the objects around a part keep of embeds beside the text that places them."""
        for _ in range(_HIGHEST):
            index = self._parts[index].parent
            if index < 0:
                return
            for name, value in children(self._parts[index].value, self._table):
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


def _sentences(text: str) -> Iterator[str]:
    """A piece of each of the first sentences in `text`, a paragraph's or some markup's."""
    for piece in text[:_LONGEST_PIECE].split("<p")[:_MOST_PIECES]:
        run = max(_RUN.findall(piece), key=len, default="").strip()
        if len(run) >= _SHORTEST_PROBE and run.count(" ") >= _FEWEST_BLANKS:
            yield " ".join(run[:_LONGEST_PROBE].split())


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A part of a state: its value, and what of it is left out."""

    value: object
    table: list[object] | None
    """The flat state that its numbers point into, where it is one."""
    others: frozenset[int] = frozenset()
    """Values that are left out, by `id`."""
    given: set[int] = field(default_factory=set)
    """Lists and objects that were given with an earlier part of the state, each with its name."""


def flat_table(root: object) -> list[object] | None:
    """The state itself, where it is one flat list whose numbers are places in it (Nuxt's devalue).

    Its first value is then the root. None for any other.
    """
    if not isinstance(root, list) or len(root) < 3 or not root[0]:
        return None
    first = root[0]
    if isinstance(first, dict):
        is_flat = all(type(place) is int for place in first.values())
    else:
        # A wrapper: its kind, and the place of what it wraps.
        is_flat = isinstance(first, list) and [type(one) for one in first] == [str, int]
    return root if is_flat else None


def children(value: object, table: list[object] | None) -> Iterator[tuple[str, object]]:
    """The values in a list or an object, each with its name there, or nothing."""
    named: Iterable[tuple[str, object]] = ()
    if isinstance(value, dict):
        named = value.items()
    elif isinstance(value, list):
        # Devalue's object without a prototype: its names and values in turn.
        is_object = table is not None and value[:1] == ["null"]
        named = (
            zip(map(str, value[1::2]), value[2::2], strict=False)
            if is_object
            else (("", one) for one in value)
        )
    for name, child in named:
        if table is None:
            yield name, child
        elif type(child) is int and 0 <= child < len(table):
            yield name, table[child]


def _values(value: list[object] | dict[str, object], table: list[object] | None) -> list[object]:
    """The values in a list or an object alone: what `children` gives, where the names are idle."""
    if table is not None:
        return [child for _, child in children(value, table)]
    return list(value.values()) if isinstance(value, dict) else value


def values_of(
    part: object, skipped: Callable[[str], bool]
) -> Iterator[tuple[str, str | Mapping[str, object]]]:
    """The strings and objects of an article's part in order, each with the nearest name above it.

    An object comes before what it holds, as its plain fields alone. At most 50,000 values are
    looked at. What an object keeps under a `skipped` name is left out, and so is what an earlier
    part of the same state gave under a name.
    """
    chosen = part if isinstance(part, _Chosen) else _Chosen(part, None)
    table, waiting = chosen.table, [("", chosen.value)]
    seen = set(chosen.others)
    for _ in range(_MOST_VALUES // 2):
        if not waiting:
            return
        name, value = waiting.pop()
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list | dict) and id(value) not in seen:
            seen.add(id(value))
            if name:
                if id(value) in chosen.given:
                    continue
                chosen.given.add(id(value))
            pairs = value.items() if table is None and isinstance(value, dict) else None
            inner = [
                (key, child)
                for key, child in (pairs or children(value, table))
                if not (key and skipped(key))
            ]
            fields = {key: one for key, one in inner if key and isinstance(one, (str, int))}
            if fields:
                yield name, fields
            waiting += [
                (key or name, child)
                for key, child in reversed(inner)
                if isinstance(child, (str, list, dict))
            ]
