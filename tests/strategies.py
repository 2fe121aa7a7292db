"""Exchanges as the wire may bring them, for property tests and for tests by hand."""

import datetime as dt
import gzip
from dataclasses import dataclass

from hypothesis import strategies as st

from archive.model import Exchange, Failure, FailureKind, Origin, Tls, Truncation

BEGAN = dt.datetime(2026, 11, 22, 17, 8, 12, 345678, tzinfo=dt.UTC)


@dataclass(frozen=True)
class MemoryBlock:
    """A Block in memory; small pieces, so that whoever reads it must put them together."""

    data: bytes
    piece: int = 4096

    @property
    def size(self):
        return len(self.data)

    def chunks(self, start=0, end=None):
        stop = self.size if end is None else min(end, self.size)
        for at in range(start, stop, self.piece):
            yield self.data[at : min(at + self.piece, stop)]

    def close(self):
        pass


def exchange(response=None, *, url="http://news.example/story", **given):
    """A plain exchange, every field of which may be given otherwise."""
    block = None if response is None else MemoryBlock(response)
    head, mark, _ = (response or b"").partition(b"\r\n\r\n")
    values = {
        "url": url,
        "method": "GET",
        "began_at": BEGAN,
        "ended_at": BEGAN + dt.timedelta(seconds=0.25),
        "origin": Origin(run_id="run-1", found_by="argument", robots="allowed"),
        "request": b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n",
        "response": block,
        "head_bytes": len(head) + 4 if mark else None,
        "status": int(response[9:12]) if mark else None,
        "peer": "203.0.113.7",
        "peer_port": 80,
        "addresses": ("203.0.113.7", "203.0.113.8"),
        "connection": 1,
        "nth_on_connection": 1,
    }
    return Exchange(**{**values, **given})


def page(body=b"<p>news</p>", *, status="200 OK", headers=()):
    """A whole response with its Content-Length."""
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
    head.append(f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def gzip_page(body=b"<p>news</p>"):
    return page(gzip.compress(body, mtime=0), headers=["Content-Encoding: gzip"])


def chunked(body, *, size=7, extension=b"", trailers=b""):
    """`body` in chunk framing."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    framed = b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts)
    return framed + b"0\r\n" + trailers + b"\r\n"


def chunked_page(body=b"<p>news</p>", *, headers=()):
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + chunked(body)


# What neither a header nor a file name must ever let through.
hostile_text = st.text(max_size=30) | st.sampled_from(
    [
        "x\r\nWARC-Type: response",
        "\x00\x1b[31m\x7f",
        "a\u2028b\x85c",
        '"quoted"',
        " spaces ",
        "<http://h.example/>",
        "{}",
        "\ud800",
        "",
    ]
)
urls = st.one_of(
    st.sampled_from(["http://news.example/", "https://news.example/a?b=c%20d", "http://[::1]/x"]),
    hostile_text.map(lambda text: "http://h.example/" + text),
)
# Hypothesis wants the bounds naive, and adds the zone.
_FIRST, _LAST = (dt.datetime(*day) for day in [(1, 1, 3), (9998, 12, 30)])  # noqa: DTZ001
# Offsets, not zones: where clocks change, Python calls an instant unequal to itself (PEP 495).
_offsets = st.sampled_from([dt.timezone(dt.timedelta(hours=hours)) for hours in (0, 5.75, -9.5)])
instants = st.just(BEGAN) | st.datetimes(_FIRST, _LAST, timezones=_offsets)

_field_values = st.binary(max_size=20).map(lambda value: value.replace(b"\n", b"").strip())
_field_lines = st.one_of(
    st.sampled_from(
        [
            b"Content-Type: text/html; charset=utf-8",
            b"content-type:text/plain",
            b"Location: /elsewhere?x=1",
            b"Location: http://[broken",
            b"Transfer-Encoding: chunked",
            b"Content-Encoding: gzip",
            b"Content-Length: 5",
            b"no colon here",
            b" folded further",
            b"Set-Cookie: a=1",
        ]
    ),
    _field_values.map(lambda value: b"X-Any: " + value),
)
_status_lines = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"HTTP/1.0 404 Not Found", b"HTTP/1.1 302", b"HTTP/1.1 304 Not Modified"]
)


@st.composite
def responses(draw):
    """Bytes of a response, and the length of its head where it has one."""
    if draw(st.integers(0, 9)) == 0:
        return draw(
            st.binary(min_size=1, max_size=50).map(lambda data: data.replace(b"\n", b""))
        ), None
    end = draw(st.sampled_from([b"\r\n", b"\r\n", b"\n"]))
    lines = [draw(_status_lines), *draw(st.lists(_field_lines, max_size=5))]
    head = end.join(line.rstrip() for line in lines if line.strip()) + end + end
    body = draw(st.binary(max_size=200) | st.just(chunked(b"hello")) | st.just(b"hello"))
    return head + body, len(head)


tls_facts = st.builds(
    Tls,
    protocol=st.just("tls/1.3") | hostile_text,
    cipher=st.just("TLS_AES_256_GCM_SHA384") | hostile_text,
    sni=st.none() | hostile_text,
    alpn=st.none() | st.just("http/1.1"),
    chain=st.lists(st.sampled_from([b"leaf", b"issuer", b"root"]), max_size=3).map(tuple),
    is_verified=st.booleans(),
    verify_error=st.none() | hostile_text,
)
origins = st.builds(
    Origin,
    run_id=st.just("run-1") | hostile_text,
    found_by=st.sampled_from(["argument", "redirect", "retry"]) | hostile_text,
    via=st.none() | urls,
    via_record=st.none() | st.uuids().map(lambda value: value.urn),
    requested_url=st.none() | urls,
    attempt=st.integers(1, 5),
    robots=st.none() | hostile_text,
    note=st.dictionaries(hostile_text, hostile_text, max_size=2),
)
failures = st.builds(Failure, kind=st.sampled_from(FailureKind), detail=hostile_text)


@st.composite
def exchanges(draw):
    """Any exchange, whole, cut or failed."""
    response, head_bytes = draw(st.none() | responses()) or (None, None)
    began_at = draw(instants)
    return Exchange(
        url=draw(urls),
        method=draw(st.sampled_from(["GET", "GET", "HEAD", "POST"])),
        began_at=began_at,
        ended_at=began_at + dt.timedelta(microseconds=draw(st.integers(0, 10**8))),
        origin=draw(origins),
        request=draw(st.just(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n") | st.just(b"")),
        response=None if response is None else MemoryBlock(response, draw(st.integers(1, 64))),
        head_bytes=head_bytes,
        status=None if head_bytes is None else draw(st.integers(100, 599)),
        interim=draw(st.sampled_from([b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"])),
        surplus_bytes=draw(st.integers(0, 3)),
        truncated=draw(st.none() | st.sampled_from(Truncation)),
        failure=draw(st.none() | failures) if response else draw(failures),
        peer=draw(st.none() | st.ip_addresses().map(str) | hostile_text),
        peer_port=draw(st.none() | st.integers(1, 65535)),
        addresses=draw(st.lists(st.ip_addresses().map(str), max_size=2).map(tuple)),
        tls=draw(st.none() | tls_facts),
        connection=draw(st.integers(0, 3)),
        nth_on_connection=draw(st.integers(0, 3)),
    )
