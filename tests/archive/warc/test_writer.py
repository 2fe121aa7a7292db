import base64
import contextlib
import dataclasses
import errno
import hashlib
import json
import re
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.digest import Digest
from archive.disk.files import OsFiles
from archive.errors import StoreUnavailable
from archive.model import CaptureKind, Failure, FailureKind, Run, Tls, Truncation
from archive.warc.reader import read_captures, read_record, read_runs
from archive.web.http import payload_of
from tests.archive.warc.writing import RUN, keep, original_of, split_members, writer_in
from tests.examples import examples
from tests.strategies import (
    chunked_page,
    exchange,
    exchanges,
    gzip_page,
    hostile_text,
    instants,
    page,
)


def values(record, name):
    return [value for key, value in record[0] if key == name]


def split_record(plain):
    """Header lines and block of a record, by nothing but the standard's framing."""
    head, _, rest = plain.partition(b"\r\n\r\n")
    version, *lines = head.decode("ascii").split("\r\n")
    assert version == "WARC/1.1"
    fields = [tuple(line.split(": ", 1)) for line in lines]
    size = int(dict(fields)["Content-Length"])
    assert rest[size:] == b"\r\n\r\n"
    return fields, rest[:size]


def written(folder):
    (path,) = folder.glob("*.warc.gz*")
    return [split_record(plain) for _, _, plain in split_members(path.read_bytes())]


def kinds(folder):
    return [values(record, "WARC-Type")[0] for record in written(folder)]


@settings(deadline=None, max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow])
@given(made=st.lists(exchanges(), min_size=1, max_size=4))
def test_what_is_read_back_is_what_was_written(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("warc")
    writer = writer_in(folder, max_bytes=3000)
    kept = []
    first_with = {}
    for one in made:
        payload = payload_of(one)
        original = payload and first_with.get(payload.digest)
        capture = writer.write(one, payload=payload, original=original)
        kept.append(capture)
        if capture.kind is CaptureKind.RESPONSE and payload:
            first_with.setdefault(payload.digest, original_of(capture))
    writer.close()
    paths = sorted(folder.iterdir())
    assert [capture for path in paths for capture in read_captures(path)] == kept
    for one, capture in zip(made, kept, strict=True):
        assert capture.url == one.url
        assert capture.captured_at == one.began_at
        assert (capture.method, capture.status) == (one.method, one.status)
        assert (capture.run_id, capture.found_by) == (one.origin.run_id, one.origin.found_by)
        assert (capture.via, capture.via_record) == (one.origin.via, one.origin.via_record)
        assert capture.requested_url == one.origin.requested_url
        assert (capture.truncated, capture.failure) == (one.truncated, one.failure)
        assert capture.is_tls_verified == (one.tls and one.tls.is_verified)
        record = read_record(folder, capture.locator)
        record.verify()
        assert record.record_id == capture.record_id
        if capture.kind is CaptureKind.RESPONSE:
            assert b"".join(record.chunks()) == one.response.data
        if capture.kind is CaptureKind.REVISIT:
            assert b"".join(record.chunks()) == one.response.data[: one.head_bytes]
    for path in paths:
        for _, _, plain in split_members(path.read_bytes()):
            for name, value in split_record(plain)[0]:
                assert re.fullmatch(r"[A-Za-z-]+", name)
                assert re.fullmatch(r"[\x20-\x7e]*", value)


@given(
    run=st.builds(
        Run,
        run_id=hostile_text,
        began_at=instants,
        software=hostile_text,
        user_agent=hostile_text,
        robots=hostile_text,
        hostname=hostile_text,
        operator=st.none() | hostile_text,
        case=st.none() | hostile_text,
        note=st.none() | hostile_text,
        settings=st.dictionaries(hostile_text, hostile_text, max_size=2),
        ended_at=st.none() | instants,
        outcome=st.none() | hostile_text,
        counts=st.dictionaries(hostile_text, st.integers(), max_size=2),
    )
)
@settings(deadline=None, max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
def test_runs_read_back_are_those_written(tmp_path_factory, run):
    folder = tmp_path_factory.mktemp("warc")
    with contextlib.closing(writer_in(folder, run=run)) as writer:
        writer.write_run(run)
        writer.write_run(dataclasses.replace(run, outcome="finished"))
    (path,) = folder.iterdir()
    assert list(read_runs(path)) == [run, dataclasses.replace(run, outcome="finished")]
    assert re.fullmatch(r"[A-Za-z0-9.-]+", path.name)


GOLDEN = b"""\
WARC/1.1
WARC-Type: warcinfo
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-Date: 2026-11-22T17:08:12.345678Z
WARC-Filename: dateline-20261122T170812345Z-00000-host-example-1234.warc.gz
WARC-Block-Digest: sha256:Y5DBQJZ27HUNXGPHXNPWMF3HQ4XZG6DVQ24XMPP7NCU3CSRBSTWQ====
Content-Type: application/warc-fields
Content-Length: 287

software: dateline/0.1.0
operator: A. Newsroom
robots: classic
hostname: host.example
http-header-user-agent: dateline (+https://example.org/)
format: WARC File Format 1.1
conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
isPartOf: run-1


WARC/1.1
WARC-Type: response
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000002>
WARC-Date: 2026-11-22T17:08:12.345678Z
WARC-Target-URI: http://news.example/story
WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-IP-Address: 203.0.113.7
WARC-Protocol: http/1.1
WARC-Payload-Digest: sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA====
WARC-Block-Digest: sha256:7RK3DCSDUMX4YEUES7SDNMP72WB25FD6TGJTN5X3AG4W7263PJVQ====
Content-Type: application/http; msgtype=response
Content-Length: 68

HTTP/1.1 200 OK
Content-Type: text/html
Content-Length: 5

hello

WARC/1.1
WARC-Type: request
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000003>
WARC-Date: 2026-11-22T17:08:12.345678Z
WARC-Target-URI: http://news.example/story
WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-IP-Address: 203.0.113.7
WARC-Protocol: http/1.1
WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000002>
WARC-Block-Digest: sha256:JKKXOT7B2QMBHEBDDDTAPB2N7CUCRDM673JV7MZDRZYRX32T7IYA====
Content-Type: application/http; msgtype=request
Content-Length: 43

GET /story HTTP/1.1
Host: news.example



WARC/1.1
WARC-Type: metadata
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000004>
WARC-Date: 2026-11-22T17:08:12.345678Z
WARC-Target-URI: http://news.example/story
WARC-Warcinfo-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-IP-Address: 203.0.113.7
WARC-Protocol: http/1.1
WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000002>
WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000002>
WARC-Block-Digest: sha256:MOXP5DWNNZIJC3FFRWHN6ZIOWCLILKTFALIV4BCOTAPHRO4ZVNYQ====
Content-Type: application/warc-fields
Content-Length: 407

describes: exchange
run: run-1
found-by: argument
attempt: 1
robots: allowed
method: GET
status: 200
ended-at: 2026-11-22T17:08:12.595678Z
fetchTimeMs: 250
head-bytes: 63
response-bytes: 68
payload-digest: sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA====
payload-bytes: 5
connection: {"number":1,"nth":1,"peer":"203.0.113.7","port":80}
addresses: ["203.0.113.7","203.0.113.8"]


""".replace(b"\n", b"\r\n")


def test_golden_bytes_of_one_exchange(tmp_path):
    with contextlib.closing(writer_in(tmp_path)) as writer:
        keep(writer, exchange(page(b"hello")))
    (path,) = tmp_path.iterdir()
    assert path.name == "dateline-20261122T170812345Z-00000-host-example-1234.warc.gz"
    members = list(split_members(path.read_bytes()))
    assert len(members) == 4
    plain = b"".join(plain for _, _, plain in members)
    assert plain == GOLDEN


def test_every_record_has_its_block_digest_and_names_its_warcinfo(tmp_path):
    with contextlib.closing(writer_in(tmp_path)) as writer:
        writer.write_run(RUN)
        keep(writer, exchange(chunked_page()))
    info, *others = written(tmp_path)
    for record in [info, *others]:
        (digest,) = values(record, "WARC-Block-Digest")
        assert digest == Digest.of(record[1])
    assert all(
        values(record, "WARC-Warcinfo-ID") == values(info, "WARC-Record-ID") for record in others
    )


def test_a_chunked_response_keeps_its_framing_and_leaves_its_digest_to_the_metadata(tmp_path):
    made = exchange(chunked_page(b"<p>news</p>"))
    with contextlib.closing(writer_in(tmp_path)) as writer:
        capture = keep(writer, made)
    _, response, _, metadata = written(tmp_path)
    assert response[1] == made.response.data
    assert values(response, "WARC-Payload-Digest") == []
    assert capture.payload_digest == Digest.of(b"<p>news</p>")
    assert f"payload-digest: {capture.payload_digest}\r\n".encode() in metadata[1]


@pytest.mark.parametrize("build", [page, gzip_page, chunked_page])
def test_a_revisit_keeps_the_head_and_refers_to_its_original(tmp_path, build):
    first = exchange(build(b"<p>same</p>"))
    again = exchange(build(b"<p>same</p>"), url="http://news.example/other")
    with contextlib.closing(writer_in(tmp_path)) as writer:
        original = keep(writer, first)
        capture = keep(writer, again, original=original_of(original))
    revisit = written(tmp_path)[4]
    assert capture.kind is CaptureKind.REVISIT
    assert capture.truncated is None
    assert revisit[1] == again.response.data[: again.head_bytes]
    assert (
        dict(revisit[0]).items()
        >= {
            "WARC-Type": "revisit",
            "WARC-Target-URI": "http://news.example/other",
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Payload-Digest": original.payload_digest,
            "WARC-Refers-To": f"<{original.record_id}>",
            "WARC-Refers-To-Target-URI": "http://news.example/story",
            "WARC-Refers-To-Date": "2026-11-22T17:08:12.345678Z",
            "WARC-Truncated": "length",
        }.items()
    )
    request = written(tmp_path)[5]
    assert values(request, "WARC-Concurrent-To") == [f"<{capture.record_id}>"]


def test_a_cut_response_cannot_become_a_revisit(tmp_path):
    made = exchange(page(), truncated=Truncation.DISCONNECT)
    with contextlib.closing(writer_in(tmp_path)) as writer:
        original = keep(writer, exchange(page()))
        with pytest.raises(ValueError, match="whole response"):
            writer.write(made, payload=None, original=original_of(original))
        assert keep(writer, exchange(page())).locator.offset > original.locator.offset
    assert kinds(tmp_path) == ["warcinfo", *["response", "request", "metadata"] * 2]


def test_a_truncated_response_says_so(tmp_path):
    with contextlib.closing(writer_in(tmp_path)) as writer:
        capture = keep(writer, exchange(page(), truncated=Truncation.TIME))
    assert values(written(tmp_path)[1], "WARC-Truncated") == ["time"]
    assert values(written(tmp_path)[1], "WARC-Payload-Digest") == []
    assert capture.payload_digest is None


def test_a_failure_leaves_the_request_and_metadata_that_name_each_other(tmp_path):
    failure = Failure(kind=FailureKind.DISCONNECT, detail="closed before any answer")
    with contextlib.closing(writer_in(tmp_path)) as writer:
        capture = keep(writer, exchange(failure=failure))
    _, request, metadata = written(tmp_path)
    assert capture.kind is CaptureKind.FAILURE
    assert capture.failure == failure
    assert values(metadata, "WARC-Record-ID") == [f"<{capture.record_id}>"]
    assert values(request, "WARC-Concurrent-To") == values(metadata, "WARC-Record-ID")
    assert values(metadata, "WARC-Concurrent-To") == values(request, "WARC-Record-ID")


def test_a_failure_before_anything_was_sent_leaves_metadata_alone(tmp_path):
    failure = Failure(kind=FailureKind.DNS, detail="no such host")
    with contextlib.closing(writer_in(tmp_path)) as writer:
        keep(writer, exchange(failure=failure, request=b"", peer=None, addresses=()))
    _, metadata = written(tmp_path)
    assert values(metadata, "WARC-Type") == ["metadata"]
    assert values(metadata, "WARC-Concurrent-To") == []
    assert values(metadata, "WARC-IP-Address") == []


def test_tls_facts_stand_in_headers_and_each_certificate_once_a_file(tmp_path):
    tls = Tls(
        protocol="tls/1.3",
        cipher="TLS_AES_128_GCM_SHA256",
        sni="news.example",
        alpn="http/1.1",
        chain=(b"leaf", b"issuer"),
        is_verified=False,
        verify_error="self-signed",
    )
    with contextlib.closing(writer_in(tmp_path, max_bytes=4000)) as writer:
        for _ in range(6):
            keep(writer, exchange(page(), tls=tls, url="https://news.example/"))
    paths = sorted(tmp_path.iterdir())
    assert len(paths) > 1
    for path in paths:
        records = [split_record(plain) for _, _, plain in split_members(path.read_bytes())]
        assert values(records[1], "WARC-Protocol") == ["http/1.1", "tls/1.3"]
        assert values(records[1], "WARC-Cipher-Suite") == ["TLS_AES_128_GCM_SHA256"]
        blocks = [block for fields, block in records if dict(fields)["WARC-Type"] == "metadata"]
        fields = [dict(line.split(": ", 1) for line in b.decode().splitlines()) for b in blocks]
        assert ["certificates" in one for one in fields] == [True] + [False] * (len(blocks) - 1)
        assert json.loads(fields[0]["certificates"]) == {
            hashlib.sha256(der).hexdigest(): base64.b64encode(der).decode()
            for der in (b"leaf", b"issuer")
        }
        for one in fields:
            facts = json.loads(one["tls"])
            assert facts["chain_sha256"] == list(json.loads(fields[0]["certificates"]))
            assert (facts["verified"], facts["verify_error"]) == (False, "self-signed")


def test_hostile_urls_reach_a_header_only_encoded(tmp_path):
    url = "http://h.example/\r\nWARC-Type: response\x00\x7f<é>"
    with contextlib.closing(writer_in(tmp_path)) as writer:
        capture = keep(writer, exchange(page(), url=url))
    assert capture.url == url
    assert values(written(tmp_path)[1], "WARC-Target-URI") == [
        "http://h.example/%0D%0AWARC-Type:%20response%00%7F%3C%C3%A9%3E"
    ]


def test_interim_answers_are_kept_within_bounds(tmp_path):
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100_000
    with contextlib.closing(writer_in(tmp_path)) as writer:
        keep(writer, exchange(page(), interim=interim, surplus_bytes=3))
    block = written(tmp_path)[3][1]
    facts = dict(line.split(": ", 1) for line in block.decode().splitlines())
    assert base64.b64decode(facts["interim"]) == interim[: 64 * 1024]
    assert facts["interim-bytes"] == str(len(interim))
    assert facts["surplus-bytes"] == "3"


def test_a_large_response_streams_through(tmp_path):
    class Pattern:
        size = 40 * 1024 * 1024

        def chunks(self, start=0, end=None):
            for at in range(start, self.size if end is None else end, 65536):
                stop = min(at + 65536, self.size if end is None else end)
                yield (b"%07d\n" % (at // 65536) * 8193)[: stop - at]

    tracemalloc.start()
    with contextlib.closing(writer_in(tmp_path)) as writer:
        made = exchange(response=None, truncated=Truncation.LENGTH)
        capture = writer.write(dataclasses.replace(made, response=Pattern()))
    record = read_record(tmp_path, capture.locator)
    record.verify()
    assert record.size == Pattern.size
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_full_file_is_left_and_retired_only_when_told(tmp_path):
    writer = writer_in(tmp_path, max_bytes=1)
    first, second = (keep(writer, exchange(page())) for _ in range(2))
    assert first.locator.warc < second.locator.warc
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        first.locator.warc + ".open",
        second.locator.warc + ".open",
    ]
    assert writer.extents() == {first.locator.warc: 0, second.locator.warc: 0}
    writer.sync()
    sizes = {path.name.removesuffix(".open"): path.stat().st_size for path in tmp_path.iterdir()}
    assert writer.extents() == sizes
    writer.retire()
    assert list(writer.extents()) == [second.locator.warc]
    assert (tmp_path / first.locator.warc).exists()
    assert (tmp_path / (second.locator.warc + ".open")).exists()
    assert read_record(tmp_path, second.locator).record_id == second.record_id
    writer.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(sizes)


def test_nothing_written_leaves_no_file(tmp_path):
    writer_in(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


def test_two_writers_of_one_instant_do_not_share_a_name(tmp_path):
    with (
        contextlib.closing(writer_in(tmp_path)) as one,
        contextlib.closing(writer_in(tmp_path)) as two,
    ):
        assert keep(one, exchange(page())).locator != keep(two, exchange(page())).locator
    assert len(list(tmp_path.iterdir())) == 2


class FullDisk(OsFiles):
    """Takes so many bytes, and half of the write that is too much."""

    def __init__(self, room):
        self.room = room

    def create(self, path):
        file = super().create(path)
        write = file.write

        def limited(data):
            write(data[: self.room // 2] if len(data) > self.room else data)
            self.room -= len(data)
            if self.room < 0:
                raise OSError(errno.ENOSPC, "No space left on device")

        file.write = limited
        return file


def test_a_full_disk_says_so_once_and_for_all_and_keeps_what_was_acknowledged(tmp_path):
    writer = writer_in(tmp_path, files=FullDisk(6000))
    kept = []
    with pytest.raises(StoreUnavailable, match="No space left on device"):  # noqa: PT012
        while True:
            kept.append(keep(writer, exchange(page())))
            writer.sync()
    assert kept
    with pytest.raises(StoreUnavailable):
        keep(writer, exchange(page()))
    with pytest.raises(StoreUnavailable):
        writer.sync()
    writer.close()
    (path,) = tmp_path.iterdir()
    assert path.suffix == ".open"  # left to recovery
    assert list(read_captures(path)) == kept
