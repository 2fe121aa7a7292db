import gzip
import tracemalloc
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from archive.digest import Digest
from archive.model import Truncation
from archive.web.content_codings import decoded_body, decoded_chunks
from archive.web.http import (
    BodyError,
    Head,
    Payload,
    entity_body,
    head_length,
    payload_of,
)
from tests.strategies import MemoryBlock, chunked, chunked_page, exchange, gzip_page, page

BODY = "<p>Ünïcode and the news</p>".encode() * 50


def pieces(data, size):
    return list(MemoryBlock(data, size).chunks())


def raw_deflate(data):
    state = zlib.compressobj(wbits=-15)
    return state.compress(data) + state.flush()


def head_with(*lines):
    return Head.parse("\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode("latin-1"))


@pytest.mark.parametrize(
    ("data", "length"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 25),
        (b"HTTP/1.1 200 OK\nA: b\n\nbody\n\n", 22),
        (b"HTTP/1.1 200 OK\r\nA: b\n\r\nbody", 24),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n", None),
        (b"", None),
    ],
)
def test_a_head_ends_with_its_first_blank_line(data, length):
    assert head_length(data) == length


def test_a_head_is_read_whatever_its_lines_are_like():
    raw = (
        b"HTTP/1.0 404 Gone fishing\n lost\nContent-Type : text/html;\r\n\tcharset=utf-8\n"
        b"no colon\r\nX-A: 1\nx-a: 2\nServer: \xc3\xa9\n\n"
    )
    head = Head.parse(raw)
    assert (head.version, head.status) == ("1.0", 404)
    assert head.content_type == "text/html; charset=utf-8"
    assert head.get("x-a") == "1"
    assert head.tokens("x-a") == ("1", "2")
    assert head.get("server") == "\u00c3\u00a9"
    assert head.get("missing") is None


@given(st.binary(max_size=300))
def test_any_bytes_are_a_head_of_some_sort(raw):
    head = Head.parse(b"HTTP/1.1 302 Found\r\n" + raw)
    assert (head.version, head.status) == ("1.1", 302)
    assert "\n" not in (head.content_type or "")
    head.redirect_target("http://news.example/", 302)


@pytest.mark.parametrize(
    ("location", "status", "target"),
    [
        (b"/b?c", 301, "http://news.example/b?c"),
        (b"//other.example/x", 302, "http://other.example/x"),
        ("/caf\u00e9".encode(), 307, "http://news.example/caf%C3%A9"),
        (b"/caf\xe9", 307, "http://news.example/caf%E9"),
        (b"/a\x00\x1bb", 303, "http://news.example/a%00%1Bb"),
        ("http://stra\u00dfe.example/".encode(), 301, "http://xn--strae-oqa.example/"),
        (b"\\\\other.example\\x", 302, "http://other.example/x"),
        (b"http://me:secret@other.example/x#part", 302, "http://other.example/x"),
        (b"ftp://me:secret@other.example/\x1bx", 302, "ftp://other.example/x"),
        (b"mailto:desk@news.example", 302, "mailto:desk@news.example"),
        (b"http://[broken", 302, None),
        (b"", 302, None),
        (b"/" + b"a" * 9000, 302, None),
        (b"/b", 200, None),
        (b"/b", None, None),
    ],
)
def test_a_redirect_target_is_absolute_and_clean(location, status, target):
    head = Head.parse(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n\r\n")
    assert head.redirect_target("http://news.example/a/b", status) == target


@pytest.mark.parametrize(
    ("build", "is_chunked"), [(page, False), (gzip_page, False), (chunked_page, True)]
)
def test_a_payload_is_the_entity_body_with_its_content_coding(build, is_chunked):
    body = gzip.compress(BODY, mtime=0) if build is gzip_page else BODY
    assert payload_of(exchange(build(BODY))) == Payload(
        digest=Digest.of(body), size_bytes=len(body), is_chunked=is_chunked
    )


def test_the_same_page_has_one_digest_however_it_is_framed():
    digests = {payload_of(exchange(build(BODY))).digest for build in (page, chunked_page)}
    assert len(digests) == 1


@pytest.mark.parametrize(
    "made",
    [
        exchange(),
        exchange(b"HTTP/1.1 200 OK\r\nno end"),
        exchange(page(), truncated=Truncation.DISCONNECT),
        exchange(page()[:-1]),
        exchange(page() + b"more"),
        exchange(chunked_page()[:-1]),
        exchange(chunked_page() + b"more"),
        exchange(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    ],
    ids=["none", "no-head", "marked", "short", "long", "short-chunks", "long-chunks", "coding"],
)
def test_what_was_cut_or_broken_has_no_payload(made):
    assert payload_of(made) is None


@pytest.mark.parametrize(
    "made",
    [
        exchange(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", method="HEAD"),
        exchange(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n"),
        exchange(b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ],
)
def test_answers_without_a_body_have_an_empty_payload(made):
    assert payload_of(made).size_bytes == 0
    assert payload_of(made).digest == Digest.of(b"")


CHUNKED = head_with("Transfer-Encoding: chunked")


@given(body=st.binary(max_size=200), size=st.integers(1, 50), piece=st.integers(1, 30))
def test_chunk_framing_comes_off_wherever_the_pieces_end(body, size, piece):
    framed = chunked(body, size=size, extension=b' ;a="b"', trailers=b"X: y\r\n")
    assert b"".join(entity_body(CHUNKED, pieces(framed, piece))) == body
    for end in range(len(framed)):
        with pytest.raises(BodyError):
            list(entity_body(CHUNKED, pieces(framed[:end], piece)))


@pytest.mark.parametrize(
    "framed", [b"3\nabc\n0\n\n", b"3  \r\nabc\r\n0  \r\n\r\n", b" 3 ;a=b\r\nabc\n0\r\nX: y\n\r\n"]
)
def test_chunks_are_read_as_tolerantly_as_the_client_reads_them(framed):
    for piece in range(1, len(framed)):
        assert b"".join(entity_body(CHUNKED, pieces(framed, piece))) == b"abc"


@pytest.mark.parametrize(
    ("stated", "codings"),
    [
        ("identity", ()),
        ("", ()),
        ("Chunked;", ("chunked",)),
        ("chunked, chunked", ("chunked",)),
        ("identity, chunked", ("chunked",)),
        ("gzip, chunked", ("gzip", "chunked")),
        ("chunked, gzip", ("chunked", "gzip")),
    ],
)
def test_transfer_codings_that_change_nothing_are_none(stated, codings):
    assert head_with(f"Transfer-Encoding: {stated}").transfer_codings == codings


@pytest.mark.parametrize(
    "framed",
    [
        b"zz\r\nabc\r\n0\r\n\r\n",
        b"-3\r\nabc\r\n0\r\n\r\n",
        b"0x3\r\nabc\r\n0\r\n\r\n",
        b"\r\n",
        b"3\r\nabcd\r\n0\r\n\r\n",
        b"3 3\r\nabc\r\n0\r\n\r\n",
        b"3;" + b"x" * 20000 + b"\r\nabc\r\n0\r\n\r\n",
        b"0\r\n" + b"X: y\r\n" * 20000 + b"\r\n",
        b"11111111111111111\r\nabc",
        b"x" * 200_000,
    ],
)
def test_broken_chunks_are_told(framed):
    with pytest.raises(BodyError):
        list(entity_body(CHUNKED, pieces(framed, 4096)))


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]),
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "ZSTD": lambda data: zstd.compress(data[:9]) + zstd.compress(data[9:]),
    "identity": bytes,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("piece", [1, 7, 65536])
@pytest.mark.parametrize("body", [BODY, b"x" * 300_000, b""], ids=["text", "runs", "empty"])
def test_content_codings_come_off(coding, piece, body):
    encoded = pieces(CODINGS[coding](body), piece)
    head = head_with(f"Content-Encoding: {coding}")
    assert decoded_body(head, encoded, max_bytes=400_000) == body


@pytest.mark.parametrize("coding", [name for name in CODINGS if name != "identity"])
def test_a_coding_that_is_cut_or_broken_is_told(coding):
    encoded = CODINGS[coding](BODY)
    head = head_with(f"Content-Encoding: {coding}")
    with pytest.raises(BodyError):
        decoded_body(head, [encoded[:-1]], max_bytes=10**6)
    with pytest.raises(BodyError):
        decoded_body(head, [encoded[:2] + b"\xff" * 60], max_bytes=10**6)


@pytest.mark.parametrize("coding", [name for name in CODINGS if name != "identity"])
def test_a_body_may_not_unfold_beyond_its_bound(coding):
    encoded = CODINGS[coding](bytes(30_000_000))
    head = head_with(f"Content-Encoding: {coding}")
    tracemalloc.start()
    with pytest.raises(BodyError, match="more than 100000 bytes"):
        decoded_body(head, [encoded], max_bytes=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_body_of_nothing_over_and_over_is_refused(coding):
    head = head_with(f"Content-Encoding: {coding}")
    assert decoded_body(head, [CODINGS[coding](b"") * 10_000], max_bytes=10**6) == b""
    with pytest.raises(BodyError, match="more than 10000 compressed parts"):
        decoded_body(head, [CODINGS[coding](b"") * 10_001], max_bytes=10**6)


@pytest.mark.parametrize("coding", ["compress", "dcb", "gzip, " * 5])
def test_codings_not_understood_or_too_many_are_refused(coding):
    with pytest.raises(BodyError):
        decoded_body(head_with(f"Content-Encoding: {coding}"), [b"abc"], max_bytes=100)


@pytest.mark.parametrize("coding", ["UTF-8", "none", "binary", "8bit", "\x1b[31m", "chunked"])
def test_what_is_no_coding_leaves_the_body_as_it_is(coding):
    head = head_with(f"Content-Encoding: {coding}")
    assert decoded_body(head, [b"a", b"bc"], max_bytes=100) == b"abc"
    gzipped = head_with(f"Content-Encoding: {coding}, gzip")
    assert decoded_body(gzipped, [gzip.compress(b"abc")], max_bytes=100) == b"abc"


def test_an_empty_payload_stays_empty_whatever_its_coding():
    for coding in CODINGS:
        assert decoded_body(head_with(f"Content-Encoding: {coding}"), [], max_bytes=1) == b""


def test_what_follows_a_gzip_body_is_ignored_as_browsers_do():
    head = head_with("Content-Encoding: gzip")
    assert decoded_body(head, [gzip.compress(BODY) + b"\n\n"], max_bytes=10**6) == BODY


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "br", "zstd", "br, gzip"])
@pytest.mark.parametrize("body", [BODY, b"\xef\xbb\xbf\r\n <!doctype html><p>one"])
def test_markup_below_a_coding_that_it_is_not_in_is_what_it_is(coding, body):
    """As archives have it that were written of decoded bodies."""
    head = head_with(f"Content-Encoding: {coding}")
    for size in (16, len(body)):
        assert decoded_body(head, pieces(body, size), max_bytes=10**6) == body


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "br", "zstd"])
@pytest.mark.parametrize("body", [b'{"text": "one"}', b'[{"id": 1}]'])
def test_json_below_a_coding_that_it_is_not_in_is_what_it_is(coding, body):
    head = head_with(f"Content-Encoding: {coding}")
    assert decoded_body(head, [body], max_bytes=10**6) == body


def test_a_broken_body_that_begins_like_text_by_chance_is_no_text():
    encoded = brotli.compress(b"x" * 300_000)
    assert encoded.startswith(b"[")
    with pytest.raises(BodyError):
        decoded_body(head_with("Content-Encoding: br"), [encoded[:2] + b"\xff" * 60], max_bytes=100)


def test_the_beginning_of_a_broken_body_can_be_had():
    head = head_with("Content-Encoding: gzip")
    chunks = decoded_chunks(head, [gzip.compress(BODY)[:-8]], max_bytes=10**6)
    assert next(chunks) == BODY
    with pytest.raises(BodyError):
        list(chunks)
