"""Lines sorted by their bytes, however many: what memory cannot hold waits in temporary files."""

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Self

IN_MEMORY_BYTES = 32 * 1024 * 1024


class SortedLines:
    """Takes lines that end in a line feed, and gives them back in order (`LC_ALL=C sort`).

    A context manager: its temporary files go when it is left. Every method may raise OSError.
    """

    def __init__(self, *, in_memory_bytes: int = IN_MEMORY_BYTES) -> None:
        self._limit = in_memory_bytes
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._runs: list[IO[bytes]] = []
        self._files = ExitStack()

    def add(self, line: bytes) -> None:
        """Take a line."""
        self._held.append(line)
        self._held_bytes += len(line)
        if self._held_bytes > self._limit:
            run = tempfile.TemporaryFile()  # noqa: SIM115 - the stack closes it
            self._files.enter_context(run)
            run.writelines(sorted(self._held))
            self._runs.append(run)
            self._held, self._held_bytes = [], 0

    def __iter__(self) -> Iterator[bytes]:
        """All lines in order; once, after the last was added."""
        for run in self._runs:
            run.seek(0)
        self._held.sort()
        return heapq.merge(*self._runs, self._held)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._files.close()
