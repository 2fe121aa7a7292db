"""How an answer's body travels: plain or gzip, with a length or in chunks."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.demo.server import Answer, Part

_DATE = "Thu, 19 Nov 2026 08:00:00 GMT"
"""When this world answers, always."""
_CHUNK_BYTES = 1024

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A server's habits. `headers` come first, in their own spelling and order."""

    headers: tuple[tuple[str, str], ...] = (("Server", "nginx"),)
    is_gzip: bool = False
    is_chunked: bool = False

    def send(
        self,
        body: bytes,
        *,
        content_type: str,
        status: str = "200 OK",
        headers: Headers = (),
    ) -> Answer:
        """The whole answer as bytes: one part, for the server answers HEAD by cutting each part."""
        lines = [f"HTTP/1.1 {status}", f"Date: {_DATE}", f"Content-Type: {content_type}"]
        lines += [f"{name}: {value}" for name, value in (*self.headers, *headers)]
        if self.is_gzip and body:
            body = gzip.compress(body, mtime=0)
            lines += ["Vary: Accept-Encoding", "Content-Encoding: gzip"]
        if self.is_chunked:
            body = _chunked(body)
            lines.append("Transfer-Encoding: chunked")
        else:
            lines.append(f"Content-Length: {len(body)}")
        return Answer((Part("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body),))


PLAIN = Delivery()


def html(text: str, *, status: str = "200 OK", headers: Headers = ()) -> Answer:
    """A small page, sent plainly."""
    return PLAIN.send(
        text.encode(), content_type="text/html; charset=utf-8", status=status, headers=headers
    )


def as_json(value: object, *, status: str = "200 OK") -> Answer:
    """A platform's JSON answer."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return PLAIN.send(body, content_type="application/json; charset=utf-8", status=status)


def plain(text: str, *, status: str = "200 OK", headers: Headers = ()) -> Answer:
    """A line or two of text: robots.txt, an error."""
    return PLAIN.send(
        text.encode(), content_type="text/plain; charset=utf-8", status=status, headers=headers
    )


def script() -> Answer:
    """Stands for a platform's script: nothing here runs it."""
    return PLAIN.send(b"/* demo */\n", content_type="application/javascript; charset=utf-8")


def not_found() -> Answer:
    """What every server here says of a path that it does not know."""
    return plain("Not found.\n", status="404 Not Found")


def redirect(url: str, status: str = "301 Moved Permanently") -> Answer:
    """A redirect with the small page that servers add."""
    return html("<p>The document has moved.</p>\n", status=status, headers=(("Location", url),))


def _chunked(body: bytes) -> bytes:
    out = bytearray()
    for start in range(0, len(body), _CHUNK_BYTES):
        chunk = body[start : start + _CHUNK_BYTES]
        out += b"%x\r\n%s\r\n" % (len(chunk), chunk)
    return bytes(out) + b"0\r\n\r\n"
