import contextlib
import dataclasses
import gzip
import subprocess
import sys
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
import warcio
from fastwarc.warc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.digest import Digest
from archive.errors import BadRecord, DigestMismatch, StoreUnavailable
from archive.model import CaptureKind, Locator, Truncation
from archive.warc.framing import Members, RecordHead, scan
from archive.warc.reader import open_payload, read_captures, read_record
from archive.web.content_codings import decoded_body
from archive.web.http import BodyError, Head, raw_head
from tests.archive.warc.writing import RUN, keep, original_of, split_members, writer_in
from tests.checkers import assert_checkers_pass
from tests.examples import examples
from tests.strategies import chunked, chunked_page, exchange, exchanges, gzip_page, page

BODY = b"<p>news</p>" * 1000


@pytest.fixture
def kept(tmp_path):
    """Three captures in one file: chunked, a revisit of it, and one cut."""
    with contextlib.closing(writer_in(tmp_path)) as writer:
        first = keep(writer, exchange(chunked_page(BODY)))
        again = keep(writer, exchange(chunked_page(BODY)), original=original_of(first))
        cut = exchange(chunked_page(BODY)[:-100], truncated=Truncation.DISCONNECT)
        return first, again, keep(writer, cut)


def only_file(folder):
    (path,) = folder.iterdir()
    return path


def spoil(path, offset, value=None):
    data = bytearray(path.read_bytes())
    data[offset] = data[offset] ^ 1 if value is None else value
    path.write_bytes(data)


def test_the_checkers_accept_pages_of_every_coding_whole_and_cut(tmp_path):
    bodies = {
        "gzip": gzip.compress(BODY),
        "deflate": zlib.compress(BODY),
        "br": brotli.compress(BODY),
        "zstd": b"not even zstd",
    }
    with contextlib.closing(writer_in(tmp_path)) as writer:
        writer.write_run(RUN)
        for coding, body in bodies.items():
            for build in (page, chunked_page):
                whole = build(body, headers=[f"Content-Encoding: {coding}"])
                first = keep(writer, exchange(whole))
                keep(writer, exchange(whole), original=original_of(first))
                keep(writer, exchange(whole[:-9], truncated=Truncation.TIME))
                keep(writer, exchange(whole[:-9]))
        keep(writer, exchange(b"HTTP/1.1 2"))
        keep(writer, exchange(b"\x00\xff garbage"))
        writer.write_run(RUN)
    assert_checkers_pass(only_file(tmp_path))


@settings(deadline=None, max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow])
@given(made=st.lists(exchanges(), min_size=2, max_size=6))
def test_the_checkers_accept_whatever_the_wire_brings(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("warc")
    with contextlib.closing(writer_in(folder)) as writer:
        for one in made:
            keep(writer, one)
    assert_checkers_pass(only_file(folder))


def test_warcio_and_fastwarc_read_the_bytes_that_were_written(tmp_path):
    made = [exchange(build(BODY)) for build in (page, gzip_page, chunked_page)]
    with contextlib.closing(writer_in(tmp_path)) as writer:
        captures = [keep(writer, one) for one in made]
    path = only_file(tmp_path)
    by_id = {
        capture.record_id: one.response.data for capture, one in zip(captures, made, strict=True)
    }
    with path.open("rb") as file:
        found = {}
        for record in warcio.ArchiveIterator(file, no_record_parse=True):
            if record.rec_type == "response":
                record_id = record.rec_headers.get_header("WARC-Record-ID").strip("<>")
                found[record_id] = record.raw_stream.read()
        assert found == by_id
    records = [
        (record.record_id.strip("<>"), record.reader.read(), record.stream_pos)
        for record in ArchiveIterator(str(path), parse_http=False)
        if record.headers["WARC-Type"] == "response"
    ]
    assert {record_id: block for record_id, block, _ in records} == by_id
    assert [at for *_, at in records] == [capture.locator.offset for capture in captures]


def test_offsets_and_lengths_are_those_of_the_gzip_members(tmp_path, kept):
    path = only_file(tmp_path)
    with path.open("rb") as file:
        scanned = [(record.offset, record.length) for record in scan(file, path)]
    assert scanned == [(at, length) for at, length, _ in split_members(path.read_bytes())]


def test_a_record_is_read_whole_or_in_part_as_often_as_wanted(tmp_path, kept):
    record = read_record(tmp_path, kept[0].locator)
    data = chunked_page(BODY)
    assert record.size == len(data)
    for start, end in [(0, None), (5, 70), (0, 0), (70, 10**9), (len(data), None)]:
        assert b"".join(record.chunks(start, end)) == data[start:end]
    record.verify()


def test_a_payload_is_its_entity_body_and_decodes(tmp_path):
    with contextlib.closing(writer_in(tmp_path)) as writer:
        capture = keep(writer, exchange(gzip_page(BODY)))
        head_only = keep(writer, exchange(b"HTTP/1.1 204 No\r\nContent-Encoding: gzip\r\n\r\n"))
    record = read_record(tmp_path, capture.locator)
    assert Digest.of(b"".join(open_payload(record))) == capture.payload_digest
    head = Head.parse(raw_head(record))
    assert decoded_body(head, open_payload(record), max_bytes=len(BODY)) == BODY
    assert list(open_payload(read_record(tmp_path, head_only.locator))) == []


@pytest.mark.parametrize("status", [-200, 0, 99, 1000, 10**30])
def test_a_status_that_can_be_none_is_none(tmp_path, status):
    with contextlib.closing(writer_in(tmp_path)) as writer:
        keep(writer, exchange(gzip_page(BODY), status=status))
    [capture] = read_captures(only_file(tmp_path))
    assert capture.status is None


def test_a_revisit_names_the_record_that_holds_its_payload(tmp_path, kept):
    first, again, cut = kept
    revisit = read_record(tmp_path, again.locator)
    assert again.kind is CaptureKind.REVISIT
    assert revisit.refers_to == again.refers_to == first.record_id
    assert raw_head(revisit) == chunked_page(BODY).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    with pytest.raises(BadRecord, match="revisit"):
        open_payload(revisit)
    assert b"".join(open_payload(read_record(tmp_path, first.locator))) == BODY
    with pytest.raises(BodyError, match="cut short"):
        list(open_payload(read_record(tmp_path, cut.locator)))


def test_a_spoilt_byte_is_told_with_path_and_offset(tmp_path, kept):
    path = only_file(tmp_path)
    locator = kept[1].locator
    spoil(path, locator.offset + locator.length - 6)
    with pytest.raises(BadRecord) as caught:
        list(read_captures(path))
    assert (caught.value.path, caught.value.offset) == (path, locator.offset)
    with pytest.raises(BadRecord) as caught:
        read_record(tmp_path, locator).verify()
    assert (caught.value.path, caught.value.offset) == (path, locator.offset)
    read_record(tmp_path, kept[2].locator).verify()


def test_bytes_changed_inside_a_sound_member_mismatch_their_digest(tmp_path, kept):
    path = only_file(tmp_path)
    offset, length = kept[0].locator.offset, kept[0].locator.length
    data = path.read_bytes()
    plain = gzip.decompress(data[offset : offset + length])
    forged = gzip.compress(plain.replace(b"<p>news</p>"[:7], b"<p>fake"[:7], 1))
    path.write_bytes(data[:offset] + forged + data[offset + length :])
    record = read_record(tmp_path, dataclasses.replace(kept[0].locator, length=len(forged)))
    with pytest.raises(DigestMismatch) as caught:
        record.verify()
    assert caught.value.expected == Digest.of(chunked_page(BODY))
    with pytest.raises(BadRecord, match=f"not {length} bytes long"):
        read_record(tmp_path, kept[0].locator).verify()


@pytest.mark.parametrize(
    "locator",
    [
        Locator(warc="missing.warc.gz", offset=0, length=10),
        Locator(warc="../up.warc.gz", offset=0, length=10),
        Locator(warc="", offset=0, length=10),
    ],
)
def test_a_locator_of_no_file_is_a_bad_record(tmp_path, kept, locator):
    (tmp_path.parent / "up.warc.gz").write_bytes(only_file(tmp_path).read_bytes())
    with pytest.raises(BadRecord, match="no such file"):
        read_record(tmp_path, locator)


def test_a_file_that_cannot_be_read_is_an_unavailable_store(tmp_path, kept):
    path = only_file(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreUnavailable, match="cannot read"):
        read_record(tmp_path, Locator(warc=path.name, offset=0, length=10))


@pytest.mark.parametrize("shift", [-1, 1, 10**9])
def test_a_locator_beside_a_record_is_a_bad_record(tmp_path, kept, shift):
    locator = dataclasses.replace(kept[1].locator, offset=kept[1].locator.offset + shift)
    with pytest.raises(BadRecord):
        read_record(tmp_path, locator)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"no record\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: 3\r\n\r\nabc",
        b"WARC/1.1\r\nContent-Length: 3\r\n\r\nab\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: 3\r\n\r\nabcd\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: 3\r\n\r\nabc\r\n\r\nmore",
        b"WARC/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 99999999\r\n\r\n",
        b"WARC/1.1\r\nX: \xff\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        b"WARC/1.1\r\n" + b"X: y\r\n" * 100_000 + b"Content-Length: 0\r\n\r\n\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 4\r\n\r\n\xff\r\n\r\n\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 19\r\n\r\ndescribes: exchange\r\n\r\n",
        b'WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 4\r\n\r\na: "\r\n\r\n',
    ],
)
def test_what_is_no_record_is_told(tmp_path, plain):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(plain))
    with pytest.raises(BadRecord):
        list(read_captures(path))


def test_a_response_without_its_metadata_is_told(tmp_path, kept):
    path = only_file(tmp_path)
    data = path.read_bytes()
    spans = [(at, at + length) for at, length, _ in split_members(data)]
    ((start, end),) = [spans[3]]  # warcinfo, response, request, metadata
    for spoilt in (data[:start] + data[end:], data[:start]):
        path.write_bytes(spoilt)
        with pytest.raises(BadRecord, match="without its metadata"):
            list(read_captures(path))


def test_bombs_are_read_in_bounded_memory(tmp_path):
    path = tmp_path / "x.warc.gz"
    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 100000000\r\n\r\n"
    state = zlib.compressobj(9, zlib.DEFLATED, 31)
    with path.open("wb") as file:
        file.write(state.compress(head))
        for _ in range(100):
            file.write(state.compress(bytes(1_000_000)))
        file.write(state.compress(b"\r\n\r\n") + state.flush())
    tracemalloc.start()
    with path.open("rb") as file:
        (record,) = scan(file, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert record.length == path.stat().st_size
    assert record.head == RecordHead(
        (("warc-type", "response"), ("content-length", "100000000")), 100_000_000
    )
    assert peak < 3_000_000


def test_without_isal_the_same_bytes_are_written_and_read(tmp_path):
    program = """
import sys
sys.modules["isal"] = None
from pathlib import Path
from archive.warc import deflate
from archive.warc.reader import read_captures
from tests.archive.warc.writing import keep, writer_in
from tests.strategies import exchange, page
assert deflate.deflate.__name__ == "zlib"
writer = writer_in(Path(sys.argv[1]))
capture = keep(writer, exchange(page(b"x" * 3_000_000)))
writer.close()
(path,) = Path(sys.argv[1]).iterdir()
assert list(read_captures(path)) == [capture]
"""
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, check=True)
    path = only_file(tmp_path)
    (capture,) = read_captures(path)
    read_record(tmp_path, capture.locator).verify()


def test_members_are_found_wherever_the_reads_end(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.warc.framing.PIECE", 7)
    with contextlib.closing(writer_in(tmp_path)) as writer:
        captures = [keep(writer, exchange(page(chunked(BODY[:300])))) for _ in range(3)]
    path = only_file(tmp_path)
    assert list(read_captures(path)) == captures
    with path.open("rb") as file:
        members = Members(file, path, captures[1].locator.offset)
        head, block = members.next()
        assert head.need_id("warc-record-id") == captures[1].record_id
        assert b"".join(block) == page(chunked(BODY[:300]))
        assert members.position == captures[1].locator.offset + captures[1].locator.length
