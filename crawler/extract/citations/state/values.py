"""The values that data of a page holds: JSON, or one flat list whose numbers point into it."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crawler.extract.citations.parts import Part, part_of_words
from crawler.extract.citations.post_names import said_kind

MOST_VALUES = 60_000
_LONGEST_NAME = 1_000
"""Of a longer name only this much is judged, and kept with what was judged of it."""
NESTS = (dict, list)
_SAYING = (str, dict, list)
_WRAPPING = frozenset(
    {"attributes", "attrs", "data", "fields", "params", "properties", "props", "value"}
)
"""Names of what holds all that an object says but its kind: `{"type": "tweet", "attrs": {…}}`."""
_LONGEST_ASIDE = 60
_ASIDES = re.compile(
    r"(?:site-?)?(?:config|configuration|settings)|next|prev|previous|latest|popular|live-?stream"
)


@dataclass(frozen=True, slots=True)
class Chosen:
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


def values_alone(
    value: list[object] | dict[str, object], table: list[object] | None
) -> list[object]:
    """The values in a list or an object alone: what `children` gives, where the names are idle."""
    if table is not None:
        return [child for _, child in children(value, table)]
    return list(value.values()) if isinstance(value, dict) else value


def values_of(part: object) -> Iterator[tuple[str, str | Mapping[str, object]]]:
    """The strings and objects of an article's part in order, each with the nearest name above it.

    An object comes before what it holds, as its plain fields alone. At most 30,000 values are
    looked at. What an object keeps beside its article is left out, by its name there, and so is
    what an earlier part of the same state gave under a name.
    """
    chosen = part if isinstance(part, Chosen) else Chosen(part, None)
    table, waiting = chosen.table, [("", chosen.value)]
    seen = set(chosen.others)
    for _ in range(MOST_VALUES // 2):
        if not waiting:
            return
        name, value = waiting.pop()
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, NESTS) and id(value) not in seen:
            seen.add(id(value))
            if name:
                if id(value) in chosen.given:
                    continue
                chosen.given.add(id(value))
            if table is None and isinstance(value, list):
                waiting += [(name, one) for one in reversed(value) if isinstance(one, _SAYING)]
                continue
            pairs = value.items() if table is None and isinstance(value, dict) else None
            inner = [
                (key, child)
                for key, child in (pairs or children(value, table))
                if not (key and _is_aside(key[:_LONGEST_NAME]))
            ]
            fields = {key: one for key, one in inner if key and isinstance(one, (str, int))}
            if fields:
                yield name, fields
            waiting += [
                (said_kind(key, fields) if key in _WRAPPING else key or name, child)
                for key, child in reversed(inner)
                if isinstance(child, _SAYING)
            ]


@functools.lru_cache(maxsize=8192)
def _is_aside(name: str) -> bool:
    """Whether what an object keeps under `name` is beside its article."""
    is_named = _ASIDES.fullmatch(name[:_LONGEST_ASIDE].lower()) is not None
    return is_named or part_of_words(name) is not Part.PLAIN
