"""How long a response's body is, told as tolerantly as browsers tell it.

Twisted takes what RFC 9112 allows to be sent and nothing else; servers send more: chunk sizes
padded to a fixed width, bare line feeds, `Transfer-Encoding: identity`, `Content-Length: -1`. Such
a page is shown by every browser, so a capture must not lose it.
"""

# ruff: noqa: N802, N803 - names that Twisted chose

import re
from collections.abc import Callable

from twisted.web.http import _DataLoss
from twisted.web.http_headers import Headers

from archive import Head

_TRANSFER = b"transfer-encoding"
_LENGTH = b"content-length"
_LENGTH_LISTED = re.compile(rb"[0-9]+(?:[ \t]*,[ \t]*[0-9]+)*")
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,16}")
_SIZE_LINE_LIMIT = 16 * 1024
_TRAILER_LIMIT = 64 * 1024


class BadChunk(Exception):
    """A chunk's size is no number, or its data does not end where it says."""


def settle(headers: Headers) -> None:
    """Leave in `headers`, those of the connection, what Twisted tells a body's length by.

    Codings that change nothing go; a length that is no number goes too, and the body lasts until
    the close. Lengths that contradict each other stay, to be refused.
    """
    if stated := headers.getRawHeaders(_TRANSFER):
        fields = tuple(("transfer-encoding", value.decode("latin-1")) for value in stated)
        codings = Head(None, None, fields).transfer_codings
        if codings:
            headers.setRawHeaders(_TRANSFER, [", ".join(codings).encode("latin-1")])
        else:
            headers.removeHeader(_TRANSFER)
    lengths = headers.getRawHeaders(_LENGTH)
    if lengths and not all(_LENGTH_LISTED.fullmatch(each.strip()) for each in lengths):
        headers.removeHeader(_LENGTH)


class ChunkDecoder:
    """Takes the chunk framing off as it comes, in the place of Twisted's own decoder.

    Beyond RFC 9112, section 7.1, a size may have blanks around it, and any line end with LF alone.
    """

    def __init__(
        self, dataCallback: Callable[[bytes], None], finishCallback: Callable[[bytes], None]
    ) -> None:
        self._deliver = dataCallback
        self._finish = finishCallback
        self._buffer = bytearray()
        self._looked_at = 0
        self._left = 0
        self._trailer_bytes = 0
        self._read: Callable[[], bool] | None = self._size

    def dataReceived(self, data: bytes) -> None:
        """Decode what `data` completes. Raises: BadChunk."""
        self._buffer += data
        while self._buffer and self._read is not None and self._read():
            pass

    def noMoreData(self) -> None:
        """The connection is over. Raises: _DataLoss where the body is not."""
        if self._read is not None:
            raise _DataLoss("the chunked body is cut short")

    def _size(self) -> bool:
        line = self._line(_SIZE_LINE_LIMIT)
        if line is None:
            return False
        size = line.partition(b";")[0].strip(b" \t")
        if not _SIZE.fullmatch(size):
            raise BadChunk(f"no chunk size: {bytes(line[:80])!r}")
        self._left = int(size, 16)
        self._read = self._data if self._left else self._trailer
        return True

    def _data(self) -> bool:
        piece = bytes(memoryview(self._buffer)[: self._left])
        del self._buffer[: self._left]
        self._left -= len(piece)
        if not self._left:
            self._read = self._data_end
        self._deliver(piece)
        return True

    def _data_end(self) -> bool:
        line = self._line(0)
        if line is None:
            return False
        self._read = self._size
        return True

    def _trailer(self) -> bool:
        line = self._line(_TRAILER_LIMIT - self._trailer_bytes)
        if line is None:
            return False
        self._trailer_bytes += len(line)
        if not line:
            self._read = None
            self._finish(bytes(self._buffer))
        return True

    def _line(self, limit: int) -> bytearray | None:
        """The next line without its end, of at most `limit` bytes; None while it is not whole."""
        end = self._buffer.find(b"\n", self._looked_at)
        line = self._buffer[: end if end >= 0 else None].removesuffix(b"\r")
        if len(line) > limit:
            raise BadChunk(f"a line of the framing is longer than {limit} bytes")
        if end < 0:
            self._looked_at = len(self._buffer)
            return None
        self._looked_at = 0
        del self._buffer[: end + 1]
        return line
