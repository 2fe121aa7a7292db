"""WARC files of others, and archives that took them in."""

import base64
import gzip
import hashlib
import uuid

from archive import ArchiveReader, import_file, verify
from tests.archive.generated import new_run
from tests.strategies import chunked

URL = "http://news.example/story"


BODY = b"<html><p>from elsewhere</p></html>"


def record(kind, block=b"", *, digests=True, **fields):
    """A record as a writer of the field has it: WARC 1.0, sha1, one gzip member."""
    told = {
        "WARC_Type": kind,
        "WARC_Record_ID": f"<{uuid.uuid4().urn}>",
        "WARC_Date": "2020-02-03T04:05:06Z",
        **fields,
    }
    lines = [
        "WARC/1.0",
        *(f"{name.replace('_', '-')}: {value}" for name, value in told.items()),
    ]
    lines += [f"WARC-Block-Digest: {sha1(block)}"] if digests else []
    lines.append(f"Content-Length: {len(block)}")
    return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n")


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def foreign(path, *, body=BODY, is_chunked=False, repeats=0):
    """A file with a request after its response, revisits by digest, and a resource."""
    sent = chunked(body) if is_chunked else body
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    head += b"Transfer-Encoding: chunked\r\n\r\n" if is_chunked else b"\r\n"
    asked = b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n"
    payload = {"WARC_Payload_Digest": sha1(sent)}
    parts = [
        record("warcinfo", b"software: other/1\r\n"),
        record("response", head + sent, WARC_Target_URI=URL, **payload),
        record("request", asked, WARC_Target_URI=URL),
        record("resource", b"thing", WARC_Target_URI="urn:x"),
        *(
            record("revisit", head, WARC_Target_URI=f"<{URL}?n={number}>", **payload)
            for number in range(repeats)
        ),
    ]
    path.write_bytes(b"".join(parts))
    return path


def taken(tmp_path, file, run_id="run-import", **given):
    root = tmp_path / "archive"
    made = import_file(root, file, run=new_run(run_id), **given)
    assert verify(root).faults == []
    return made, ArchiveReader.open(root)
