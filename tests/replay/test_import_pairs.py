"""Which records of a foreign file are joined, and that nothing is joined that was never sent."""

import datetime as dt
import hashlib

import pytest

from archive import Archive, ArchiveFolder, ArchiveReader, CaptureKind, export_wacz
from archive.warc.framing import scan
from tests.archive.generated import made, new_run
from tests.replay.foreign import BODY, URL, record, sha1, taken
from tests.strategies import page

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
PROFILE = "http://netpreserve.org/warc/1.0/revisit/"
SAME = {"WARC_Profile": f"{PROFILE}identical-payload-digest"}
UNMODIFIED = {"WARC_Profile": f"{PROFILE}server-not-modified"}
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
RESPONSE = "<urn:uuid:0f5e1c1e-0000-4000-8000-000000000001>"
REQUEST = "<urn:uuid:0f5e1c1e-0000-4000-8000-000000000002>"


def named(kind, block, record_id, **fields):
    """A record with an id of our choice."""
    return record(kind, block, WARC_Target_URI=URL, WARC_Record_ID=record_id, **fields)


@pytest.fixture
def imported(tmp_path):
    def take(*records):
        file = tmp_path / "other.warc.gz"
        file.write_bytes(b"".join(records))
        made, reader = taken(tmp_path, file)
        return made, reader, list(reader.captures())

    return take


def sent(reader, capture):
    return b"".join(reader.record(capture).chunks())


@pytest.mark.parametrize("digest", [{}, {"WARC_Payload_Digest": sha1(BODY)}])
def test_a_304_is_taken_in_as_it_was_sent_and_refers_to_what_we_kept(imported, digest):
    _, reader, (original, revisit) = imported(
        named("response", HEAD + BODY, RESPONSE, WARC_Payload_Digest=sha1(BODY)),
        record(
            "revisit", NOT_MODIFIED, WARC_Target_URI=URL, WARC_Refers_To=RESPONSE,
            **UNMODIFIED, **digest,
        ),
    )  # fmt: skip
    assert (revisit.kind, revisit.status) == (CaptureKind.REVISIT, 304)
    assert revisit.refers_to == original.record_id
    assert sent(reader, revisit) == NOT_MODIFIED


def test_a_304_of_what_is_not_there_is_a_response_without_a_body(imported):
    _, reader, (alone,) = imported(
        record("revisit", NOT_MODIFIED, WARC_Target_URI=URL, WARC_Refers_To=RESPONSE, **UNMODIFIED)
    )
    assert (alone.kind, alone.status, alone.payload_bytes) == (CaptureKind.RESPONSE, 304, 0)
    assert sent(reader, alone) == NOT_MODIFIED


def test_our_own_304s_come_back_as_they_were(tmp_path):
    first = made("run-1", page(b"<p>the quay</p>"))
    root = tmp_path / "ours"
    with Archive.open(root, run=new_run("run-1")) as archive:
        kept = archive.keep(first).result(30)
        archive.keep(made("run-1", NOT_MODIFIED, revalidates=kept.record_id)).result(30)
    file = tmp_path / "ours.wacz"
    export_wacz(root, file, software="test/1")
    _, reader = taken(tmp_path, file)
    ours = ArchiveReader(ArchiveFolder.open(root))
    there, here = (list(one.captures()) for one in (ours, reader))
    assert [one.kind for one in here] == [CaptureKind.RESPONSE, CaptureKind.REVISIT]
    assert [sent(reader, one) for one in here] == [sent(ours, one) for one in there]
    assert here[1].refers_to == here[0].record_id


def test_a_revisit_is_not_joined_to_another_payload_than_its_own(imported):
    made, _, captures = imported(
        named("response", HEAD + BODY, RESPONSE, WARC_Payload_Digest=sha1(BODY)),
        record(
            "revisit", HEAD, WARC_Target_URI=f"{URL}?2", WARC_Refers_To=RESPONSE,
            WARC_Payload_Digest=sha1(b"another"), **SAME,
        ),
    )  # fmt: skip
    assert made.left_out == {"revisit-without-original": 1}
    assert len(captures) == 1


def test_a_revisit_whose_digest_is_of_another_kind_is_held_to_the_bytes(imported):
    digest = "md5:" + hashlib.md5(BODY, usedforsecurity=False).hexdigest()
    _, reader, (_, revisit) = imported(
        named("response", HEAD + BODY, RESPONSE, WARC_Payload_Digest=sha1(BODY)),
        record(
            "revisit", HEAD, WARC_Target_URI=f"{URL}?2", WARC_Refers_To=RESPONSE,
            WARC_Payload_Digest=digest, **SAME,
        ),
    )  # fmt: skip
    assert reader.body(revisit) == BODY


def test_a_revisit_of_what_was_cut_is_cut(imported):
    _, _, captures = imported(
        named("response", HEAD + BODY[:9], RESPONSE, WARC_Truncated="length"),
        record("revisit", HEAD, WARC_Target_URI=f"{URL}?2", WARC_Refers_To=RESPONSE, **SAME),
    )
    assert [one.truncated for one in captures] == ["length", "length"]


def requests_of(tmp_path):
    """Each kept request's bytes, by the record that it is of."""
    (warc,) = (tmp_path / "archive" / "warc").iterdir()
    with warc.open("rb") as file:
        return {
            one.head.need_id("warc-concurrent-to"): one.prefix
            for one in scan(file, warc)
            if one.head.kind == "request"
        }


ASKED, AGAIN = (b"GET /story HTTP/1.1\r\nX-Try: %d\r\n\r\n" % number for number in (1, 2))
ANSWER = named("response", HEAD + BODY, RESPONSE)


@pytest.mark.parametrize(
    "linked",
    [
        [named("request", ASKED, REQUEST, WARC_Concurrent_To=RESPONSE), ANSWER],
        [
            named("request", ASKED, REQUEST),
            named("response", HEAD + BODY, RESPONSE, WARC_Concurrent_To=REQUEST),
        ],
    ],
)
def test_a_linked_request_is_that_of_no_other_response_of_the_moment(imported, tmp_path, linked):
    another = named("response", HEAD + b"another", "<urn:uuid:another>")
    _, _, (first, _) = imported(*linked, another)
    assert requests_of(tmp_path) == {first.record_id: ASKED}


@pytest.mark.parametrize(("asked", "joined"), [([ASKED], [ASKED]), ([ASKED, AGAIN], [])])
def test_requests_that_nothing_links_are_joined_only_alone(imported, tmp_path, asked, joined):
    imported(ANSWER, *(record("request", one, WARC_Target_URI=URL) for one in asked))
    assert list(requests_of(tmp_path).values()) == joined


def test_what_is_dated_when_nothing_can_have_been_captured_is_left_out(tmp_path):
    began = new_run("run-import").began_at
    dates = [f"{began + dt.timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (-1, 1, 30)]
    dates += ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"]
    file = tmp_path / "other.warc.gz"
    file.write_bytes(
        b"".join(
            record("response", HEAD + BODY, WARC_Target_URI=f"{URL}?{n}", WARC_Date=date)
            for n, date in enumerate(dates)
        )
    )
    made, reader = taken(tmp_path, file)
    assert made.left_out == {"impossible-date": 3}
    assert {one.url for one in reader.captures()} == {f"{URL}?0", f"{URL}?1"}


@pytest.mark.parametrize("line", [b"HTTP/2 200", b"HTTP/3 200 OK", b"HTTP/2.0 200"])
def test_answers_over_later_protocols_are_taken_in(imported, line):
    block = line + b"\r\ncontent-type: text/html\r\n\r\n" + BODY
    _, reader, (capture,) = imported(record("response", block, WARC_Target_URI=URL))
    assert (capture.status, reader.body(capture), sent(reader, capture)) == (200, BODY, block)


def test_a_folded_header_field_is_one_field(imported):
    _, _, (capture,) = imported(record("response", HEAD + BODY, WARC_Target_URI=f"\r\n  {URL}"))
    assert capture.url == URL
