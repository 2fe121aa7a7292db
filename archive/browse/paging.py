"""A long list, a part at a time, while a crawl goes on adding to it.

Each part begins behind the last row of the one before it, whatever came in since: no row is told
twice, and none is passed over.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")

Cursor = tuple[str, str]
"""What a list is ordered by, of one row: its instant, and what tells it from others."""
_BETWEEN = "~"  # in no instant, no id and no record's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Item]):
    """Some rows of a list, and where the next ones begin."""

    items: list[Item]
    before: str | None
    """What asks for the next part; None where there is none."""
    is_first: bool

    @classmethod
    def of(
        cls, rows: Iterable[Item], size: int, place: Callable[[Item], Cursor], asked: Cursor | None
    ) -> Self:
        """The first `size` of the rows that follow `asked`, of which one more tells of a next."""
        items = list(rows)
        is_more = len(items) > size
        items = items[:size]
        before = _BETWEEN.join(place(items[-1])) if is_more else None
        return cls(items=items, before=before, is_first=asked is None)


def cursor(text: str | None) -> Cursor | None:
    """What `before` was asked for; None where it is the beginning.

    Raises: ValueError where it is none of these.
    """
    if not text:
        return None
    at, _, name = text.partition(_BETWEEN)
    if not at or not name:
        raise ValueError(text)
    return at, name
