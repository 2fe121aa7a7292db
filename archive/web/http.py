"""What an HTTP/1.x message says, read from its own bytes. Pure; nothing here is ever written back.

Heads are read as tolerantly as the crawler's client reads them (LF-only, folded and colon-less
lines), bodies strictly: a body whose framing is broken has no payload.
Source: RFC 9112 (framing), RFC 9110 section 10.2.2 (Location). Codings are undone next door.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urljoin

from archive.digest import Digest
from archive.errors import ArchiveError, InvalidUrl
from archive.model import Block, Exchange
from archive.web.urls import absolute_url

HEAD_LIMIT = 256 * 1024
"""How much of a head is read for its fields; what follows is kept, not looked at."""

_END_OF_HEAD = re.compile(rb"\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/(\d(?:\.\d)?)[ \t]+(\d{3})")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(;|$)")
_USERINFO = re.compile("//[^/?#]*@")
_NUMBER = re.compile(r"[0-9]{1,18}")
_CHUNK_LINE_LIMIT = 16 * 1024
_TRAILER_LIMIT = 64 * 1024
_VALUE_LIMIT = 8 * 1024


class BodyError(ArchiveError):
    """A body's framing or coding is broken, unknown, or unfolds to more than was allowed."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status line and header fields of a response, as far as they can be made out."""

    version: str | None
    """`1.1`, `1.0`; `2` where others wrote out what has no status line on the wire; None where the
    first line is none.
    """
    status: int | None
    fields: tuple[tuple[str, str], ...]
    """Names in lower case, values stripped; bytes above 127 as Latin-1."""

    @classmethod
    def parse(cls, raw: bytes) -> "Head":
        """Read a head; of one longer than `HEAD_LIMIT` only the beginning. Raises: nothing."""
        first, *lines = raw[:HEAD_LIMIT].split(b"\n")
        found = _STATUS_LINE.match(first)
        fields: list[tuple[str, str]] = []
        for line in lines:
            text = line.decode("latin-1").rstrip("\r")
            if text[:1] in {" ", "\t"}:
                if fields:
                    name, value = fields[-1]
                    fields[-1] = (name, f"{value} {text.strip()}".strip())
            elif ":" in text:
                name, _, value = text.partition(":")
                fields.append((name.strip().lower(), value.strip()))
        if found is None:
            return cls(None, None, tuple(fields))
        return cls(found[1].decode("ascii"), int(found[2]), tuple(fields))

    def get(self, name: str) -> str | None:
        """The first value of a field, `name` in lower case."""
        return next((value for key, value in self.fields if key == name), None)

    def tokens(self, name: str) -> tuple[str, ...]:
        """All comma-separated tokens of a field, in lower case and order, however often it came."""
        texts = (value for key, value in self.fields if key == name)
        tokens = (token.strip().lower() for text in texts for token in text.split(","))
        return tuple(token for token in tokens if token)

    @property
    def content_type(self) -> str | None:
        """The Content-Type field, control characters dropped, cut at 256 characters."""
        value = self.get("content-type")
        return None if value is None else _printable(value)[:256]

    @property
    def transfer_codings(self) -> tuple[str, ...]:
        """What the body is wrapped in for the transfer.

        `identity` is left out, and so are parameters; `chunked` comes once, as it may be applied.
        """
        stated = (coding.partition(";")[0].strip() for coding in self.tokens("transfer-encoding"))
        codings = [coding for coding in stated if coding not in {"", "identity"}]
        while codings[-2:] == ["chunked", "chunked"]:
            codings.pop()
        return tuple(codings)

    @property
    def content_length(self) -> int | None:
        """How many bytes the body is announced to have; None where that is no number."""
        value = self.get("content-length")
        return int(value) if value is not None and _NUMBER.fullmatch(value) else None

    @property
    def location(self) -> str | None:
        """The `Location` field; one that is no UTF-8 with its bytes escaped, as they are sent."""
        value = self.get("location")
        if value is None:
            return None
        raw = value.encode("latin-1")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return quote_from_bytes(raw, safe=bytes(range(128)))

    def redirect_target(self, url: str, status: int | None) -> str | None:
        """Where a 3xx answer to `url` leads: the very URL that is asked for next.

        That is `archive.web.urls.absolute_url`. What leads off the web is joined as it is, without
        credentials; None where there is nothing that can be an address.
        """
        text = self.location
        if not text or status is None or not 300 <= status <= 399:
            return None
        try:
            return absolute_url(text, url)
        except InvalidUrl:
            text = _USERINFO.sub("//", _printable(text), count=1)
        try:
            return urljoin(url, text) if text and len(text) <= _VALUE_LIMIT else None
        except ValueError:
            return None


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def head_length(data: bytes) -> int | None:
    """Length of the head that `data` begins with, blank line included; None where none ends."""
    found = _END_OF_HEAD.search(data)
    return None if found is None else found.end()


def raw_head(block: Block) -> bytes:
    """The head that a message begins with; empty where none ends in `HEAD_LIMIT`."""
    prefix = b"".join(block.chunks(0, min(HEAD_LIMIT, block.size)))
    return prefix[: head_length(prefix) or 0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The entity-body of a whole response: transfer-coding removed, content-coding kept."""

    digest: Digest
    size_bytes: int
    is_chunked: bool
    """Whether the response's bytes differ from its payload by their chunk framing."""


def payload_of(exchange: Exchange) -> Payload | None:
    """The payload of an exchange's response; None where there is none, or it was cut or broken.

    Reads the body once, in bounded pieces; the digest lets other threads run.
    Source: WARC 1.1, section 5.9 (entity-body).
    """
    response, head_bytes = exchange.response, exchange.head_bytes
    if response is None or head_bytes is None or exchange.truncated is not None:
        return None
    head = Head.parse(b"".join(response.chunks(0, min(head_bytes, HEAD_LIMIT))))
    state = hashlib.sha256()
    size = 0
    if _has_body(exchange.method, exchange.status):
        try:
            for chunk in entity_body(head, response.chunks(head_bytes)):
                state.update(chunk)
                size += len(chunk)
        except BodyError:
            return None
    elif head_bytes != response.size:
        return None  # bytes where no body may be
    is_chunked = "chunked" in head.transfer_codings
    return Payload(digest=Digest.of_sha256(state.digest()), size_bytes=size, is_chunked=is_chunked)


def _has_body(method: str, status: int | None) -> bool:
    return method.upper() != "HEAD" and status not in {204, 304}


def entity_body(head: Head, body: Iterable[bytes]) -> Iterator[bytes]:
    """The entity-body of a message whose bytes after the head are `body`, in bounded pieces.

    Raises: BodyError, at the end at the latest, where the body is shorter or longer than its
    framing says, is wrapped in a transfer coding other than `chunked`, or its chunks are broken.
    """
    codings = head.transfer_codings
    if codings == ("chunked",):
        yield from _unchunked(body)
    elif codings:
        raise BodyError(f"transfer coding not known: {', '.join(codings)[:80]!r}")
    else:
        size = 0
        for chunk in body:
            size += len(chunk)
            yield chunk
        announced = head.content_length
        if announced is not None and announced != size:
            raise BodyError(f"body of {size} bytes, announced as {announced}")


class _Source:
    """Bytes from an iterable, taken by line or by count."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._buffer = b""
        self._at = 0

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return True

    def line(self, limit: int) -> bytes:
        while (end := self._buffer.find(b"\n", self._at)) < 0:
            if len(self._buffer) - self._at > limit + 1:  # its CR may be there
                raise BodyError("a chunk's size line is too long")
            if not self._more():
                raise BodyError("the chunked body is cut short")
        line = self._buffer[self._at : end].removesuffix(b"\r")
        if len(line) > limit:
            raise BodyError("a chunk's size line is too long")
        self._at = end + 1
        return line

    def take(self, count: int) -> Iterator[bytes]:
        while count:
            if self._at == len(self._buffer) and not self._more():
                raise BodyError("the chunked body is cut short")
            piece = self._buffer[self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            if piece:
                yield piece

    def is_empty(self) -> bool:
        while self._at == len(self._buffer):
            if not self._more():
                return True
        return False


def _unchunked(body: Iterable[bytes]) -> Iterator[bytes]:
    """Take the chunk framing off (RFC 9112, section 7.1); extensions and trailers are dropped.

    As tolerant as the crawler's client: blanks around a size, and lines that end with LF alone.
    """
    source = _Source(body)
    while True:
        found = _CHUNK_SIZE.match(source.line(_CHUNK_LINE_LIMIT))
        if found is None:
            raise BodyError("a chunk's size is no hexadecimal number")
        size = int(found[1], 16)
        if size == 0:
            break
        yield from source.take(size)
        if source.line(0):
            raise BodyError("a chunk is longer than its size")
    trailers = 0
    while trailer := source.line(_CHUNK_LINE_LIMIT):
        trailers += len(trailer)
        if trailers > _TRAILER_LIMIT:
            raise BodyError("the trailers are too long")
    if not source.is_empty():
        raise BodyError("bytes after the last chunk")
