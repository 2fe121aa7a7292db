"""Exchanges that are written, and records as they then lie."""

import itertools
import zlib

from archive.model import Run
from archive.warc.writer import Original, WarcWriter
from archive.web.http import payload_of
from tests.strategies import BEGAN

RUN = Run(
    run_id="run-1",
    began_at=BEGAN,
    software="dateline/0.1.0",
    user_agent="dateline (+https://example.org/)",
    robots="classic",
    hostname="host.example",
    operator="A. Newsroom",
    case="case 7",
    settings={"urls": "1"},
)


def writer_in(folder, **given):
    ids = (f"urn:uuid:00000000-0000-4000-8000-{number:012d}" for number in itertools.count(1))
    values = {"run": RUN, "clock": lambda: BEGAN, "new_id": lambda: next(ids), "pid": 1234}
    return WarcWriter(folder, **{**values, **given})


def split_members(data):
    """(offset, length, bytes) of each gzip member, by zlib alone."""
    at = 0
    while at < len(data):
        state = zlib.decompressobj(31)
        plain = state.decompress(data[at:])
        length = len(data) - at - len(state.unused_data)
        yield at, length, plain
        at += length


def keep(writer, made, *, original=None):
    return writer.write(made, payload=payload_of(made), original=original)


def original_of(capture):
    return Original(record_id=capture.record_id, url=capture.url, captured_at=capture.captured_at)
