"""Bytes that may grow large: in memory at first, in a temporary file once there are many."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_PIECE_BYTES = 1 << 16


class Spool:
    """Takes bytes as they come, up to `memory_bytes` in memory, then all of them in one file.

    The file lies in `folder` (None: the system's folder for temporary files) and has no name, so
    that nothing is left behind by a crash. One thread writes; when writing is over, any thread
    may read. Raises OSError where the disk does not take the bytes.
    """

    __slots__ = ("_file", "_folder", "_memory_bytes", "_parts", "_size")

    def __init__(self, *, memory_bytes: int, folder: Path | None = None) -> None:
        self._memory_bytes = memory_bytes
        self._folder = folder
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._size = 0

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._size

    @property
    def is_on_disk(self) -> bool:
        """Whether the bytes have outgrown memory."""
        return self._file is not None

    def write(self, data: bytes) -> None:
        """Append `data`, which is kept as it is, not copied, while it stays in memory."""
        self._size += len(data)
        if self._file is not None:
            self._file.write(data)
            return
        self._parts.append(data)
        if self._size > self._memory_bytes:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close()
            self._file.writelines(self._parts)
            self._parts = []

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end` (default: the last), in pieces of at most 64 KiB."""
        end = self._size if end is None else min(end, self._size)
        if self._file is None:
            yield from self._memory_chunks(start, end)
            return
        self._file.flush()
        descriptor = self._file.fileno()
        while start < end:
            piece = os.pread(descriptor, min(_PIECE_BYTES, end - start), start)
            if not piece:
                msg = "a spool file is shorter than what was written to it"
                raise OSError(msg)
            yield piece
            start += len(piece)

    def _memory_chunks(self, start: int, end: int) -> Iterator[bytes]:
        position = 0
        for part in self._parts:
            first, last = max(start - position, 0), min(end - position, len(part))
            position += len(part)
            while first < last:
                stop = min(first + _PIECE_BYTES, last)
                yield part[first:stop]
                first = stop
            if position >= end:
                return

    def close(self) -> None:
        """Give the memory and the file back. Closing twice is harmless."""
        self._parts = []
        if self._file is not None:
            self._file.close()


class SpoolSpan:
    """The bytes `start` to `end` of a spool, as an `archive.Block`. Closing it closes the spool."""

    __slots__ = ("_end", "_spool", "_start")

    def __init__(self, spool: Spool, start: int, end: int) -> None:
        if not 0 <= start <= end <= spool.size:
            msg = f"no span {start} to {end} in {spool.size} bytes"
            raise ValueError(msg)
        self._spool = spool
        self._start = start
        self._end = end

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._end - self._start

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end` (default: the last), in pieces of at most 64 KiB."""
        end = self.size if end is None else min(end, self.size)
        return self._spool.chunks(self._start + start, self._start + end)

    def close(self) -> None:
        """Give the memory and the file back."""
        self._spool.close()
