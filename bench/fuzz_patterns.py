"""Look for texts that our regular expressions take too long over.

    python bench/fuzz_patterns.py [--minutes 5 | --rounds N] [--seed N]

A pattern that can go two ways to the same end tries both where what follows does not fit: thirty
letters in brackets, each of a word of its own or of its neighbour's, are a thousand million ways.
So each pattern is asked about texts made after it: one of its repeats goes round many times, and
the end is spoilt. How the code asks it is not known here: none may be slow in any of three ways.
Nor may one find in one Python what it does not find in another: before 3.11.5 a possessive repeat
of more than a letter forgets what it found (python/cpython#106052); Debian 12 has 3.11.2.
A finding is told with its text; the exit code is 1 where there is any. Mend it by possessive
repeats of one letter (`[a-z]++`) or atomic groups (`(?>(?:…)+)`), and keep the text among the cases
of the pattern's room.
"""

import argparse
import importlib
import pkgutil
import random
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]  # nothing public tells a pattern's parts
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # this checkout is looked at, wherever another is installed

PACKAGES = ("archive", "crawler")
ROUNDS = 120
LONGEST = 20_000
SLOW_S = 0.5
WAYS = ("match", "fullmatch", "search")
_MANY = 20
"""A repeat that may go round so often is worth a bait."""
_ANY = 'a ="<.x1'
_OTHERS = "ax =\"'<>/-.:@1\né中"
_OF_CATEGORY = {
    codes.CATEGORY_SPACE: " \n\t",
    codes.CATEGORY_DIGIT: "0159",
    codes.CATEGORY_WORD: "aZ_9é",
}
_LETTERS = (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


_Tree = Sequence[tuple[object, Any]]


class Named(NamedTuple):
    """A pattern of ours, and where it is called so."""

    name: str
    pattern: re.Pattern[Any]


class TooLong(Exception):
    """A pattern was stopped."""


def patterns() -> list[Named]:
    """The patterns that modules of ours hold, by themselves, in tables and in small records."""
    found: dict[re.Pattern[Any], str] = {}
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__"):
                continue
            try:
                held = vars(importlib.import_module(module.name))
            except ImportError:  # of an extra that is not installed
                continue
            for name, value in held.items():
                for pattern in _held_by(value, depth=0):
                    found.setdefault(pattern, f"{module.name}:{name}")
    return [Named(name, pattern) for pattern, name in found.items()]


def _held_by(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, Mapping | tuple | list | frozenset):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _held_by(one, depth + 1)


class Baits:
    """Makes texts after a pattern, each time other ones."""

    def __init__(self, pattern: re.Pattern[Any], chance: random.Random) -> None:
        self._is_bytes = isinstance(pattern.pattern, bytes)
        self._chance = chance
        self._tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self._repeats = list(_repeats_in(self._tree))

    def __iter__(self) -> Iterator[str | bytes]:
        """Texts without end; none where nothing is repeated often."""
        while self._repeats:
            self._repeated = self._chance.choice(self._repeats)
            self._kinds = self._chance.choice((1, 2, 8))
            text = self._spoilt("".join(self._like(self._tree))[:LONGEST])
            yield text.encode("latin-1", "replace") if self._is_bytes else text

    def _spoilt(self, text: str) -> str:
        match self._chance.randrange(4):
            case 0:
                return text
            case 1:
                return f"{text}\x01"
            case 2:
                return text[: -self._chance.randint(1, 3)] + self._chance.choice('\x01!" ')
            case _:
                return text[: len(text) * 4 // 5] + self._chance.choice(('"', ">", "\x01", ""))

    def _like(self, tree: _Tree) -> Iterator[str]:
        """Pieces of a text that `tree` takes, as far as looks around and backwards allow."""
        for code, value in tree:
            if code is codes.LITERAL:
                yield chr(value)
            elif code is codes.NOT_LITERAL:
                yield self._chance.choice([letter for letter in _ANY if ord(letter) != value])
            elif code is codes.ANY:
                yield self._chance.choice(_ANY)
            elif code is codes.IN:
                yield self._chance.choice(_letters_of(value))
            elif code is codes.BRANCH:
                yield from self._like(self._chance.choice(value[1]))
            elif code is codes.SUBPATTERN:
                yield from self._like(value[3])
            elif code is codes.ATOMIC_GROUP:
                yield from self._like(value)
            elif code in _REPEATS:
                yield from self._round(*value)

    def _round(self, least: int, most: int, body: _Tree) -> Iterator[str]:
        if body is not self._repeated:
            for _ in range(min(least + self._chance.randrange(3), int(most), 6)):
                yield from self._like(body)
            return
        self._repeated = None  # within itself it goes round as the others do
        kinds = ["".join(self._like(body)) for _ in range(self._kinds)]
        self._repeated = body
        for number in range(min(int(most), ROUNDS)):
            yield kinds[number % len(kinds)]


def _repeats_in(tree: _Tree) -> Iterator[_Tree]:
    for code, value in tree:
        if code in _REPEATS:
            if int(value[1]) >= _MANY:
                yield value[2]
            yield from _repeats_in(value[2])
        elif code is codes.BRANCH:
            for one in value[1]:
                yield from _repeats_in(one)
        elif code is codes.SUBPATTERN:
            yield from _repeats_in(value[3])
        elif code is codes.ATOMIC_GROUP:
            yield from _repeats_in(value)


def _letters_of(members: _Tree) -> list[str]:
    letters: list[str] = []
    for code, value in members:
        if code is codes.LITERAL:
            letters.append(chr(value))
        elif code is codes.RANGE:
            letters += map(chr, (value[0], sum(value) // 2, value[1]))
        elif code is codes.CATEGORY:
            letters += _OF_CATEGORY.get(value, "a.- ")
    if members[0][0] is codes.NEGATE:
        return [letter for letter in _OTHERS if letter not in letters] or ["☃"]
    return letters


def slowest(pattern: re.Pattern[Any], text: str | bytes) -> float:
    """The seconds that the slowest way to ask takes; no way is let go on for long."""
    took = 0.0
    for way in WAYS:
        started = time.perf_counter()
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * SLOW_S)
        try:
            getattr(pattern, way)(text)
        except TooLong:
            return 2 * SLOW_S
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = max(took, time.perf_counter() - started)
    return took


def search(named: list[Named], chance: random.Random) -> Iterator[tuple[Named, str | bytes | None]]:
    """Ask each pattern in turn, without end: the pattern, and the text where it was slow."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        turns = [(one, iter(Baits(one.pattern, chance))) for one in named]
        while turns:
            left = []
            for one, baits in turns:
                text = next(baits, None)
                if text is None:
                    continue
                is_slow = slowest(one.pattern, text) > SLOW_S
                yield one, text if is_slow else None
                if not is_slow:
                    left.append((one, baits))
            turns = left
    finally:
        signal.signal(signal.SIGVTALRM, before)


def is_sound(pattern: re.Pattern[Any]) -> bool:
    """Whether only single letters repeat possessively in it."""
    return not any(
        code is codes.POSSESSIVE_REPEAT and (len(value[2]) > 1 or value[2][0][0] not in _LETTERS)
        for code, value in _parts_of(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    )


def _parts_of(tree: Any) -> Iterator[tuple[object, Any]]:  # noqa: ANN401 - lists of anything
    if isinstance(tree, _parser.SubPattern | list | tuple):
        if len(tree) == 2 and isinstance(tree[0], type(codes.MAX_REPEAT)):
            yield tree[0], tree[1]
        for part in tree:
            yield from _parts_of(part)


def main() -> int:
    """Ask until time is up."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").strip(), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--rounds", type=int, help="texts for each pattern, however long it takes")
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = random.randrange(2**32) if asked.seed is None else asked.seed
    named = patterns()
    print(f"seed {seed}, {len(named)} patterns", flush=True)
    until = time.monotonic() + 60 * asked.minutes if asked.rounds is None else float("inf")
    most = asked.rounds * len(named) if asked.rounds is not None else None
    unsound = [one.name for one in named if not is_sound(one.pattern)]
    for name in unsound:
        print(f"{name}: a possessive repeat of more than a letter", flush=True)
    tried, faults = 0, len(unsound)
    for one, text in islice(search(named, random.Random(seed)), most):
        tried += 1
        if text is not None:
            faults += 1
            print(f"{one.name}: {text[:200]!r} …", flush=True)
        if time.monotonic() > until:
            break
    print(f"{tried} texts, {faults} findings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
