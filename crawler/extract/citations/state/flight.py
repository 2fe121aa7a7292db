r"""State that a React server streams into a page: rows of JSON and text, in pieces ("flight").

`self.__next_f.push([1,"5:[\"$\",\"p\",null,{…}]\n6:T1a,<p>…"])`, as `react-server-dom` writes it:
an id, a colon, then JSON up to the line's end; or `T`, a length in bytes in base 16, and that text.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator

PUSH = "__next_f.push("
_MOST_ROWS = 20_000
_LONGEST = 4_000_000
_ROW = re.compile(r"[0-9a-f]{1,8}:")
_TEXT_ROW = re.compile(r"T([0-9a-f]{1,6}),")


def flight_of(scripts: Iterable[str]) -> list[object]:
    """The values of the rows that `scripts` push, in order; empty where they push none."""
    return list(_values("".join(_pieces(scripts))[:_LONGEST]))


def _pieces(scripts: Iterable[str]) -> Iterator[str]:
    decoder = json.JSONDecoder()
    for script in scripts:
        at = script.find(PUSH)
        if at < 0:
            continue
        try:
            pushed, _ = decoder.raw_decode(script, at + len(PUSH))
        except (ValueError, RecursionError):
            continue
        if isinstance(pushed, list) and len(pushed) > 1 and isinstance(pushed[1], str):
            yield pushed[1]


def _values(text: str) -> Iterator[object]:
    at = 0
    for _ in range(_MOST_ROWS):
        row = _ROW.match(text, at)
        if row is None:
            at = text.find("\n", at) + 1
            if not at:
                return
            continue
        long = _TEXT_ROW.match(text, row.end())
        if long is not None:
            length = int(long[1], 16)
            held = text[long.end() : long.end() + length].encode("utf-8", "replace")[:length]
            value = held.decode("utf-8", "ignore")
            at = long.end() + len(value)
            yield value
            continue
        end = text.find("\n", row.end())
        end = len(text) if end < 0 else end
        if text[row.end() : row.end() + 1] in ("[", "{", '"'):
            with contextlib.suppress(ValueError, RecursionError):
                yield json.loads(text[row.end() : end])
        at = end + 1
