import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.spool import Spool, SpoolSpan

PIECES = st.lists(st.binary(max_size=50), max_size=20)


@given(pieces=PIECES, memory=st.integers(0, 400), data=st.data())
def test_spool_gives_back_any_span_of_what_was_written(pieces, memory, data):
    whole = b"".join(pieces)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    spool = Spool(memory_bytes=memory)
    try:
        for piece in pieces:
            spool.write(piece)
        assert spool.size == len(whole)
        assert spool.is_on_disk == (len(whole) > memory)
        assert b"".join(spool.chunks()) == whole
        span = SpoolSpan(spool, start, end)
        assert span.size == end - start
        assert b"".join(span.chunks()) == whole[start:end]
        assert b"".join(span.chunks(1)) == whole[start:end][1:]
        assert b"".join(span.chunks(0, 7)) == whole[start:end][:7]
    finally:
        spool.close()


@pytest.mark.parametrize("memory", [0, 1 << 30])
def test_pieces_are_of_bounded_size_and_can_be_read_again(memory):
    spool = Spool(memory_bytes=memory)
    spool.write(bytes(300_000))
    assert max(map(len, spool.chunks())) <= 1 << 16
    assert sum(map(len, spool.chunks())) == sum(map(len, spool.chunks())) == 300_000
    spool.close()


def test_file_has_no_name_and_goes_when_closed(tmp_path):
    spool = Spool(memory_bytes=10, folder=tmp_path)
    spool.write(bytes(11))
    file = spool._file
    assert file is not None
    assert list(tmp_path.iterdir()) == []
    spool.close()
    spool.close()
    assert file.closed


def test_span_outside_of_the_spool_is_refused():
    with pytest.raises(ValueError, match="no span"):
        SpoolSpan(Spool(memory_bytes=10), 0, 1)
