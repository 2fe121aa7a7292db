"""What a file should hold, taken in step with the reading of it."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Something that lies at a place."""

    @property
    def offset(self) -> int:
        """In the file, in bytes."""


P = TypeVar("P", bound=Placed)


class Expected(Generic[P]):
    """Items by ascending offset, of which only the next is in memory."""

    def __init__(self, items: Iterator[P]) -> None:
        self._items = items
        self._next = next(items, None)
        self.first_missing: P | None = None
        self.missing = 0
        """How many were passed by."""

    def take(self, offset: int) -> P | None:
        """What should lie there; whatever should lie before is missing."""
        self.pass_to(offset)
        if self._next is None or self._next.offset != offset:
            return None
        found, self._next = self._next, next(self._items, None)
        return found

    def pass_to(self, offset: int) -> int | None:
        """Whatever should lie before `offset` is missing; where the next should lie."""
        while self._next is not None and self._next.offset < offset:
            self.first_missing = self.first_missing or self._next
            self.missing += 1
            self._next = next(self._items, None)
        return None if self._next is None else self._next.offset

    def skip_to(self, offset: int) -> None:
        """Let be what should lie before `offset`."""
        while self._next is not None and self._next.offset < offset:
            self._next = next(self._items, None)
