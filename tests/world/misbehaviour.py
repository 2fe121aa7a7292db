"""A vocabulary of misbehaviours: one named route each, for `crawler.demo.server.WorldServer`.

`ROUTES` maps a path to what it answers, and to what the wire must bring home of it.
"""

import gzip
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli

from crawler.demo.server import Answer, Asked, Part, reply

try:
    from compression import zstd
except ImportError:  # before Python 3.14
    from backports import zstd

HTML = (
    b"<html><head><title>t</title></head><body>"
    + b"<p>hello wire &amp; caf\xc3\xa9</p>" * 40
    + b"</body></html>"
)
NOISE = random.Random(2).randbytes(3000)  # what no coding makes smaller
TYPE = b"Content-Type: text/html; charset=utf-8\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a path answers, and what a client that reads rightly makes of the first answer.

    `interim` and `surplus` are the bytes around the final response. `truncated` and `failure` are
    what the record must say; `body` is what a spider sees, None where it sees no response.
    """

    answer: Callable[[Asked], Answer]
    body: bytes | None = HTML
    status: int = 200
    method: str = "GET"
    send: bytes = b""
    timeout_s: float | None = None
    interim: bytes = b""
    surplus: bytes = b""
    truncated: str | None = None
    failure: str | None = None
    tries: int = 1
    """How many exchanges one request makes, Scrapy's one retry included."""


def raw(*pieces: bytes, wait_s: float = 0.0, close: bool = False, reset: bool = False) -> Answer:
    """The pieces as they are, each followed by a wait."""
    return Answer(tuple(Part(piece, wait_s) for piece in pieces), close, reset)


def chunked(data: bytes, *, size: int = 300, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    """`data` in the chunked coding."""
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    framed = [b"%x%s\r\n%s\r\n" % (len(piece), extension, piece) for piece in pieces]
    return b"".join(framed) + b"0\r\n" + trailer + b"\r\n"


def padded(data: bytes) -> bytes:
    """`data` in the chunked coding of servers that write sizes to a fixed width."""
    return b"%-6x\r\n%s\r\n0     \r\n\r\n" % (len(data), data)


def head(*lines: bytes, status: bytes = b"200 OK") -> bytes:
    """A status line and a header block."""
    return b"\r\n".join([b"HTTP/1.1 " + status, *lines]) + b"\r\n\r\n"


def sized(data: bytes, *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """An ordinary response."""
    length = b"Content-Length: %d" % len(data)
    return head(TYPE.strip(), *lines, length, status=status) + data


def always(*pieces: bytes, **how: object) -> Callable[[Asked], Answer]:
    """The same answer for every request."""
    return lambda _: raw(*pieces, **how)


def coded(name: bytes, data: bytes) -> Callable[[Asked], Answer]:
    """An answer with a content-coding."""
    return always(sized(data, b"content-encoding: " + name))


def gone_first(then: bytes) -> Callable[[Asked], Answer]:
    """Nothing and a closed connection for the first request, `then` for the next."""
    return lambda asked: raw(close=True) if asked.count == 1 else raw(then)


def busy_first(asked: Asked) -> Answer:
    """Busy once, then well."""
    return raw(sized(b"busy", status=b"503 Busy")) if asked.count == 1 else raw(sized(HTML))


def echo(asked: Asked) -> Answer:
    """The request's body, back."""
    return reply(asked.body, content_type="text/plain")


def redirect(to: str, status: str = "302 Moved Away") -> Callable[[Asked], Answer]:
    """A redirect to `to`, which is told where from, so that no two requests are alike."""

    def answer(asked: Asked) -> Answer:
        headers = [("LOCATION", f"{to}?from={asked.path[1:].replace('?', '-')}")]
        return reply(b"moved", status=status, headers=headers)

    return answer


def huge(megabytes: int) -> Callable[[Asked], Answer]:
    """A body too large for any log."""

    def parts() -> Iterator[Part]:
        yield Part(head(b"Content-Length: %d" % (megabytes << 20), b"Content-Type: text/plain"))
        block = b"0123456789abcdef" * 4096
        for _ in range(megabytes * 16):
            yield Part(block)

    return lambda _: Answer(parts(), is_logged_whole=False)


EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"
GARBAGE = b"GARBAGE AFTER BODY"
ODD = (
    b"HTTP/1.1 200 Fine And Dandy\r\nx-ZeBrA: 1\r\nSeT-cOOkie: a=1\r\nServer:nospace\r\n"
    b"X-Pad:   \t padded value  \t\r\nset-cookie: b=2; Path=/\r\nX-Fold: one\r\n  two\r\n"
    b"x-zebra: 2\r\nX-Latin: caf\xe9\r\nCONTENT-TYPE: text/html; charset=utf-8\r\nX-Empty:\r\n"
    b"content-LENGTH: %d\r\nConnection: Keep-Alive\r\nKeep-Alive: timeout=5\r\nAaa-Last: z\r\n\r\n"
)
CHUNKED = b"Transfer-ENCODING: chunked"
GZIPPED = gzip.compress(HTML, mtime=0)
CUT_GZIP = gzip.compress(NOISE, mtime=0)[:900]
LOST = {"truncated": "disconnect", "failure": "disconnect", "body": None, "tries": 2}
DEAD = {"failure": "disconnect", "body": None, "tries": 2}
WRONG = {"truncated": "unspecified", "failure": "protocol", "body": None, "tries": 2}

ROUTES: dict[str, Route] = {
    "/plain": Route(answer=always(sized(HTML))),
    # heads
    "/odd": Route(answer=always(ODD % len(HTML) + HTML)),
    "/lf-only": Route(
        answer=always(
            b"HTTP/1.1 200 OK\ncontent-type: text/html; charset=utf-8\ncontent-length: %d\n\n"
            % len(HTML)
            + HTML
        )
    ),
    "/no-colon": Route(answer=always(sized(HTML, b"this line is bad"))),
    "/spaced-status": Route(answer=always(b"HTTP/1.1  200\t OK\r\n" + sized(HTML)[17:])),
    "/no-reason": Route(answer=always(sized(HTML, status=b"200"))),
    "/byte-by-byte": Route(
        answer=lambda _: raw(*(bytes([b]) for b in sized(b"slow head")), wait_s=0.0005),
        body=b"slow head",
    ),
    "/many-headers": Route(answer=always(sized(HTML, *[b"X-%d: y" % n for n in range(2000)]))),
    "/long-header": Route(answer=always(sized(HTML, b"X-Policy: " + b"p" * 60_000))),
    "/endless-head": Route(answer=always(sized(HTML, b"X-Endless: " + b"e" * 300_000)), **WRONG),
    "/bad-status": Route(answer=always(b"HTTQ/9 what\r\n\r\n", close=True), **WRONG),
    "/not-http": Route(answer=always(b"SSH-2.0-OpenSSH_9.6\r\n", close=True), **WRONG),
    "/half-head": Route(answer=always(b"HTTP/1.1 200 OK\r\nContent-Ty", close=True), **LOST),
    "/conflicting-lengths": Route(
        answer=always(head(b"Content-Length: 5", b"Content-Length: 7") + b"12345"), **WRONG
    ),
    "/same-length-twice": Route(
        answer=always(head(b"Content-Length: 5", b"Content-Length: 5") + b"12345"), body=b"12345"
    ),
    "/no-length-at-all": Route(
        answer=always(head(TYPE.strip(), b"Content-Length: -1") + HTML, close=True)
    ),
    "/transfer-identity": Route(answer=always(sized(HTML, b"Transfer-Encoding: identity"))),
    "/unknown-coding": Route(answer=always(head(b"Transfer-Encoding: magic") + HTML), **WRONG),
    # interim answers
    "/early-apart": Route(answer=always(EARLY, sized(HTML), wait_s=0.02), interim=EARLY),
    "/early-together": Route(answer=always(EARLY + EARLY + sized(HTML)), interim=EARLY + EARLY),
    "/early-only": Route(answer=always(EARLY, close=True), interim=EARLY, **DEAD),
    # codings
    "/gzip": Route(answer=coded(b"gzip", GZIPPED)),
    "/gzip-twice": Route(answer=coded(b"gzip, gzip", gzip.compress(GZIPPED, mtime=0))),
    "/br": Route(answer=coded(b"br", brotli.compress(HTML))),
    "/zstd": Route(answer=coded(b"zstd", zstd.compress(HTML))),
    "/deflate": Route(answer=coded(b"deflate", zlib.compress(HTML))),
    "/raw-deflate": Route(answer=coded(b"deflate", zlib.compress(HTML)[2:-4])),
    "/charset-for-coding": Route(answer=coded(b"UTF-8", HTML)),
    "/gzip-empty": Route(answer=coded(b"gzip", b""), body=b""),
    "/gzip-cut-inside": Route(
        answer=coded(b"gzip", CUT_GZIP), body=zlib.decompressobj(31).decompress(CUT_GZIP)
    ),
    "/chunked": Route(
        answer=always(
            head(TYPE.strip(), CHUNKED, b"Trailer: X-T")
            + chunked(HTML, extension=b";foo=bar", trailer=b"X-T: trailing\r\n")
        )
    ),
    "/padded-chunks": Route(answer=always(head(TYPE.strip(), CHUNKED) + padded(HTML))),
    "/lf-chunks": Route(
        answer=always(head(TYPE.strip(), CHUNKED) + b"%x\n%s\n0\n\n" % (len(HTML), HTML))
    ),
    "/chunked-twice": Route(
        answer=always(head(TYPE.strip(), CHUNKED, CHUNKED + b";") + chunked(HTML))
    ),
    "/gzip-chunked": Route(
        answer=always(
            *(
                piece
                for whole in [
                    head(TYPE.strip(), b"content-encoding: gzip", CHUNKED)
                    + chunked(GZIPPED, size=50)
                ]
                for piece in (whole[:20], whole[20:150], whole[150:])
            ),
            wait_s=0.02,
        )
    ),
    "/tiny-chunks": Route(answer=always(head(TYPE.strip(), CHUNKED) + chunked(HTML, size=1))),
    # lengths and ends
    "/slow": Route(
        answer=lambda _: raw(
            *(sized(HTML)[at : at + 200] for at in range(0, len(sized(HTML)), 200)), wait_s=0.01
        )
    ),
    "/http10": Route(answer=always(b"HTTP/1.0 200 OK\r\n" + TYPE + b"\r\n" + HTML, close=True)),
    "/no-content": Route(
        answer=always(head(b"X-y: Z", status=b"204 Nothing Here")), status=204, body=b""
    ),
    "/not-modified": Route(
        answer=always(head(b'ETag: "abc"', b"content-length: 999", status=b"304 Not Modified")),
        status=304,
        body=b"",
    ),
    "/not-modified-gzip": Route(
        answer=always(head(b"Content-Encoding: gzip", status=b"304 Not Modified")),
        status=304,
        body=b"",
    ),
    "/empty": Route(answer=always(sized(b"")), body=b""),
    "/head": Route(answer=always(sized(HTML)), method="HEAD", body=b""),
    "/post": Route(answer=echo, method="POST", send=b"a=1&b=2" * 10, body=b"a=1&b=2" * 10),
    "/post-empty": Route(answer=echo, method="POST", body=b""),
    "/extra": Route(answer=always(sized(HTML) + GARBAGE, close=True), surplus=GARBAGE),
    "/extra-kept-alive": Route(answer=always(sized(HTML) + GARBAGE), surplus=GARBAGE),
    "/body-after-204": Route(
        answer=always(head(status=b"204 No") + GARBAGE), status=204, body=b"", surplus=GARBAGE
    ),
    "/cut": Route(
        answer=always(head(TYPE.strip(), b"Content-Length: 5000") + HTML[:700], close=True), **LOST
    ),
    "/cut-chunk": Route(
        answer=always(head(TYPE.strip(), CHUNKED) + chunked(HTML)[:500], close=True), **LOST
    ),
    "/cut-last-chunk": Route(
        answer=always(head(TYPE.strip(), CHUNKED) + chunked(HTML)[:-5], close=True), **LOST
    ),
    "/bad-chunk": Route(
        answer=always(head(TYPE.strip(), CHUNKED) + b"5\r\nhello\r\nxyz\r\n", close=True), **WRONG
    ),
    "/cut-gzip": Route(
        answer=always(
            head(TYPE.strip(), b"Content-Encoding: gzip", b"Content-Length: 5000") + CUT_GZIP,
            close=True,
        ),
        **LOST,
    ),
    # connections
    "/nothing": Route(answer=always(close=True), **DEAD),
    "/reset-before": Route(answer=always(reset=True), **DEAD),
    "/reset-amid": Route(
        answer=always(
            head(TYPE.strip(), b"Content-Length: 5000") + HTML[:700], wait_s=0.1, reset=True
        ),
        **LOST,
    ),
    "/reset-amid-http10": Route(
        answer=always(b"HTTP/1.0 200 OK\r\n" + TYPE + b"\r\n" + HTML, wait_s=0.1, reset=True),
        truncated="disconnect",
        failure="disconnect",
    ),
    "/silence": Route(
        answer=always(b"", wait_s=2.0, close=True),
        timeout_s=0.4,
        failure="timeout",
        body=None,
        tries=2,
    ),
    "/stalls": Route(
        answer=always(head(TYPE.strip(), b"Content-Length: 5000") + HTML[:99], wait_s=2.0),
        timeout_s=0.4,
        truncated="time",
        failure="timeout",
        body=None,
        tries=2,
    ),
    "/stalls-http10": Route(
        answer=always(b"HTTP/1.0 200 OK\r\n" + TYPE + b"\r\n" + HTML, wait_s=2.0),
        timeout_s=0.4,
        truncated="time",
        failure="timeout",
        body=None,
        tries=2,
    ),
    # detours
    "/busy-once": Route(answer=busy_first, status=503, tries=2),
    "/redirect": Route(answer=redirect("/gzip"), status=302, tries=2),
    "/redirect-twice": Route(answer=redirect("/redirect"), status=302, tries=3),
    "/redirect-bodiless": Route(
        answer=always(
            head(b"location: /br?from=bodiless", b"Content-Length: 0", status=b"301 Moved")
        ),
        status=301,
        tries=2,
    ),
    "/redirect-loop": Route(
        answer=lambda _: reply(status="302 Round", headers=[("Location", "/redirect-loop")]),
        status=302,
        body=None,
        tries=4,
    ),
    "/meta-refresh": Route(
        answer=always(
            sized(
                b'<html><head><meta http-equiv="refresh" content="0;url=/zstd?meta"></head></html>'
            )
        ),
        tries=2,
    ),
}


def redirect_to_query(asked: Asked) -> Answer:
    """A redirect to the authority that the query names."""
    target = f"http://{asked.path.partition('?')[2]}/guarded"
    return reply(status="302 Found", headers=[("Location", target)])


ELSEWHERE: dict[str, Callable[[Asked], Answer]] = {
    "/to": redirect_to_query,
    "/dies-once": gone_first(sized(HTML)),
    "/huge-12": huge(12),
    "/huge-200": huge(200),
    "/capped": always(sized(b"x" * 5000)),
    "/capped-gzip": coded(b"gzip", gzip.compress(NOISE * 3, mtime=0)),
    "/capped-chunked": always(head(TYPE.strip(), CHUNKED) + chunked(b"y" * 5000)),
    "/chunked-too-large": always(head(TYPE.strip(), CHUNKED) + chunked(b"z" * 90_000)),
    "/framing": always(
        head(TYPE.strip(), CHUNKED) + chunked(b"q" * 9000, size=1, extension=b";" + b"f" * 900)
    ),
    "/sized-too-large": always(sized(b"z" * 90_000)),
}
"""Routes that only some tests ask for."""


def misbehave(asked: Asked) -> Answer:
    """The world of all these routes; what stands after a `?` only tells requests apart."""
    path = asked.path.partition("?")[0]
    if path in ROUTES:
        return ROUTES[path].answer(asked)
    return ELSEWHERE.get(path, lambda _: reply(b"", status="404 Not Found"))(asked)
