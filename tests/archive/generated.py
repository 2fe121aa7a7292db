"""An endless, seeded stream of exchanges and readings, and what must hold of the archive after.

Run as a program it keeps them in an archive until it is killed:

    generated.py ROOT SEED [FILE_SIZE_LIMIT]

and says on its standard output, a line each and at once, what was acknowledged to it:
`open`, `kept RECORD-ID`, `read RECORD-ID`.
"""

import contextlib
import datetime as dt
import gzip
import os
import random
import resource
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from archive import (
    Archive,
    Article,
    BlockType,
    BodyBlock,
    CaptureKind,
    CatalogueReader,
    Failure,
    FailureKind,
    Origin,
    Reading,
    Run,
    StoreUnavailable,
    Truncation,
    Verdict,
    verify,
)
from archive.warc.reader import read_captures, read_record, read_runs
from tests.strategies import MemoryBlock, chunked_page, exchange, page

READER = "dateline-reader/1"
WARC_BYTES = 200_000
IN_FLIGHT = 24
LARGE = 3_000_000
WAIT_S = 30


class SlowBlock(MemoryBlock):
    """As from a slow disk, so that its record takes several writes and some time between them."""

    def __init__(self, data):
        super().__init__(data, piece=1 << 16)

    def chunks(self, start=0, end=None):
        for chunk in super().chunks(start, end):
            time.sleep(0.004)
            yield chunk


class HeldBlock(MemoryBlock):
    """Is read only once it is let go."""

    def __init__(self, data):
        super().__init__(data)
        object.__setattr__(self, "read", threading.Event())
        object.__setattr__(self, "let_go", threading.Event())

    def chunks(self, start=0, end=None):
        self.read.set()
        assert self.let_go.wait(WAIT_S)
        return super().chunks(start, end)


def new_run(run_id):
    return Run(
        run_id=run_id,
        began_at=dt.datetime.now(dt.UTC),
        software="dateline/0.1.0",
        user_agent="dateline",
        robots="classic",
        hostname="host",
    )


def made(run_id, data=None, **given):
    """An exchange of that run."""
    return exchange(data, origin=Origin(run_id=run_id, found_by="argument"), **given)


def exchanges(seed, run_id):
    """Pages that come again in every coding, large ones, cut ones, and failures."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        url = f"http://news.example/{chance.randrange(30)}"
        story = b"<p>story %d</p>" % chance.randrange(8) * 40
        kind = chance.randrange(10)
        if kind <= 3:
            yield made(run_id, page(story), url=url)
        elif kind <= 5:
            yield made(run_id, chunked_page(story), url=url)
        elif kind == 6:
            packed = gzip.compress(story, mtime=0)
            yield made(run_id, page(packed, headers=["Content-Encoding: gzip"]), url=url)
        elif kind == 7:
            yield made(run_id, page(chance.randbytes(chance.randrange(20_000, 120_000))), url=url)
            if number % 3 == 0:
                large = page(chance.randbytes(LARGE))
                yield replace(made(run_id, large, url=url), response=SlowBlock(large))
        elif kind == 8:
            lost = Failure(kind=FailureKind.DISCONNECT, detail="connection lost")
            cut = Truncation.DISCONNECT
            yield made(run_id, page(story)[:-9], url=url, truncated=cut, failure=lost)
        else:
            refused = Failure(kind=FailureKind.CONNECT, detail="connection refused")
            yield made(run_id, url=url, failure=refused)


def reading_of(capture):
    story = Article(
        url=capture.url,
        headline=f"Story at {capture.url}",
        body=(BodyBlock(type=BlockType.PARAGRAPH, text=f"{capture.payload_digest} " * 20),),
    )
    return Reading(
        record_id=capture.record_id, reader=READER, verdict=Verdict.CONTENT, article=story
    )


def assert_whole(root, kept=(), read=()):
    """What must hold after any end and the next start. `kept` and `read` were acknowledged."""
    warc = root / "warc"
    assert not list(warc.glob("*.open"))
    faults = verify(root).faults
    assert faults == [], faults
    catalogue = CatalogueReader(root / "catalogue.sqlite")
    locators = dict(catalogue.locators())
    stored = {
        capture.record_id: capture
        for path in warc.glob("*.warc.gz")
        for capture in read_captures(path)
    }
    assert {record_id: capture.locator for record_id, capture in stored.items()} == locators
    runs = {
        run.run_id: run.outcome
        for path in sorted(warc.glob("*.warc.gz"))  # by time: a run's report comes last
        for run in read_runs(path)
    }
    assert {run["id"]: run["outcome"] for run in catalogue.runs()} == runs
    for capture in stored.values():
        if capture.kind is CaptureKind.REVISIT:
            assert stored[capture.refers_to].kind is CaptureKind.RESPONSE
            assert stored[capture.refers_to].payload_digest == capture.payload_digest
    for record_id in kept:
        read_record(warc, locators[record_id]).verify()
    for record_id in read:
        assert [one["reader"] for one in catalogue.capture(record_id)["readings"]] == [READER]
    return stored


def say(*words):
    os.write(1, " ".join(words).encode() + b"\n")  # whole lines, whatever happens next


def main(root, seed, file_size_limit=None):
    """Keep until killed, or until the disk is full."""
    if file_size_limit:
        # Python ignores SIGXFSZ: a write beyond the limit fails as one to a full disk does.
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_size_limit), resource.RLIM_INFINITY))
    run = new_run(f"run-{seed}")
    room = threading.Semaphore(IN_FLIGHT)

    def was_read(told):
        if told.exception() is None:
            say("read", reading.pop(told))

    def was_kept(told):
        room.release()
        if told.exception() is not None:
            return
        capture = told.result()
        say("kept", capture.record_id)
        if capture.kind is not CaptureKind.FAILURE:
            with contextlib.suppress(StoreUnavailable):
                record = archive.record(reading_of(capture))
                reading[record] = capture.record_id
                record.add_done_callback(was_read)

    reading = {}
    try:
        with Archive.open(Path(root), run=run, max_warc_bytes=WARC_BYTES) as archive:
            say("open")
            for one in exchanges(int(seed), run.run_id):
                room.acquire()
                archive.keep(one).add_done_callback(was_kept)
    except StoreUnavailable as error:
        say("failed", str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
