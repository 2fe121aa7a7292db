import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.web.http import _DataLoss
from twisted.web.http_headers import Headers

from archive import Head
from archive.web.http import entity_body
from crawler.fetch.framing import BadChunk, ChunkDecoder, settle
from tests.world.misbehaviour import chunked

CHUNKED = Head(None, None, (("transfer-encoding", "chunked"),))


def decoded(*pieces: bytes) -> tuple[bytes, bytes | None]:
    """What a decoder delivered of the pieces, and what it left over; None where it saw no end."""
    out: list[bytes] = []
    rest: list[bytes] = []
    decoder = ChunkDecoder(out.append, rest.append)
    for piece in pieces:
        decoder.dataReceived(piece)
    if not rest:
        with pytest.raises(_DataLoss):
            decoder.noMoreData()
        return b"".join(out), None
    decoder.noMoreData()
    [left] = rest
    return b"".join(out), left


@given(
    body=st.binary(max_size=200),
    size=st.integers(1, 50),
    cuts=st.lists(st.integers(0, 400), max_size=8),
    end=st.sampled_from([b"\r\n", b"\n"]),
    extension=st.sampled_from([b"", b" ", b"  \t", b";a", b';a="\xc3\xa9"', b" ; a=b"]),
    trailer=st.sampled_from([b"", b"X: y\r\n", b"X: y\r\nZ: \r\n"]),
)
def test_chunks_come_off_wherever_packets_end_and_the_archive_reads_them_so(  # noqa: PLR0917
    body, size, cuts, end, extension, trailer
):
    framed = chunked(body, size=size, extension=extension, trailer=trailer)
    if b"\r\n" not in body:
        framed = framed.replace(b"\r\n", end)
    cuts = sorted(min(cut, len(framed) - 1) for cut in cuts)
    pieces = [framed[a:b] for a, b in zip([0, *cuts], [*cuts, len(framed)], strict=True)]
    pieces[-1] += b"NEXT"
    assert decoded(*pieces) == (body, b"NEXT")
    assert b"".join(entity_body(CHUNKED, [framed])) == body
    for cut in range(len(framed)):
        assert decoded(framed[:cut])[1] is None


@pytest.mark.parametrize(
    "framed",
    [
        b"zz\r\nabc\r\n0\r\n\r\n",
        b"-3\r\nabc\r\n0\r\n\r\n",
        b"0x3\r\nabc\r\n0\r\n\r\n",
        b"3 3\r\nabc\r\n0\r\n\r\n",
        b"\r\n",
        b"3\r\nabcd\r\n0\r\n\r\n",
        b"3;" + b"x" * 20000,
        b"0\r\n" + b"X: y\r\n" * 20000,
        b"1" * 17 + b"\r\nabc",
    ],
)
def test_broken_chunks_are_told_as_soon_as_they_come(framed):
    with pytest.raises(BadChunk):
        decoded(framed)


@pytest.mark.parametrize(
    ("transfer", "lengths", "left"),
    [
        ([], [b"5"], {b"content-length": [b"5"]}),
        ([b"identity"], [b"5"], {b"content-length": [b"5"]}),
        ([b""], [b"5"], {b"content-length": [b"5"]}),
        ([b"Chunked"], [], {b"transfer-encoding": [b"chunked"]}),
        ([b"chunked", b"chunked"], [], {b"transfer-encoding": [b"chunked"]}),
        ([b"gzip, chunked"], [], {b"transfer-encoding": [b"gzip, chunked"]}),
        ([], [b"-1"], {}),
        ([], [b"many"], {}),
        ([], [b""], {}),
        ([], [b"5, 5"], {b"content-length": [b"5, 5"]}),
        ([], [b"5", b"7"], {b"content-length": [b"5", b"7"]}),
    ],
)
def test_only_what_tells_the_length_is_left(transfer, lengths, left):
    headers = Headers()
    if transfer:
        headers.setRawHeaders(b"Transfer-Encoding", transfer)
    if lengths:
        headers.setRawHeaders(b"Content-Length", lengths)
    settle(headers)
    assert {name.lower(): values for name, values in headers.getAllRawHeaders()} == left
