"""What the archive's proofs cost, beside warcio and py-wacz, in one run.

    python bench/archive.py [--pages N] [--bytes N] [--rounds N] [--gigabytes N] [--json]

Generated pages, a third each plain, chunked and gzip-coded, go into an archive of several files.
They are as large and as compressible as 600 real news pages were on average (200 kB, 4.7 to 1):
that decides how much of the time is inflating. The variants take turns in each round (`reread` in
the first alone); figures are medians: megabytes (10^6) of uncompressed record bytes in a second.
`verify` does more than `check`: links, catalogue, custody log and payloads. What it cannot do
without has a row of its own: `inflate, SHA-256 x 3` unpacks the same files and hashes each record
thrice (whole, block, payload). `reread`, of an archive with a tenth of the pages, is told in
records a second: with so many worker processes, from records to readings, as `dateline reread
--dry-run` does; what a real page costs is for bench/reading.py. At last a package is made, by
`export_wacz` and by py-wacz (bench/wacz.py).
"""

import argparse
import contextlib
import datetime as dt
import gzip
import hashlib
import io
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from warcio.cli import main as warcio

from archive import Archive, Origin, Run, verify
from archive.model import Exchange
from archive.warc.deflate import inflater
from bench import wacz
from crawler.rereading.whole import reread_all

CHUNK = 8192
INPUT = 32 * 1024
PIECE = 256 * 1024


def page(chance: random.Random, words: list[str], size: int) -> bytes:
    """A page of about `size` bytes: words as frequent as in a language, in much markup."""
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    parts = [f"<!doctype html><title>{chance.random()}</title>"]
    length = 0
    while length < size:
        text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randrange(8, 24)))
        name = chance.randrange(1 << 30)
        part = (
            f'<div class="story-block story-block--text" data-block-id="{name:x}" '
            f'data-tracking=\'{{"component":"body","position":{len(parts)}}}\'>'
            f'<p class="story-text__paragraph">{text}</p></div>\n'
        )
        parts.append(part)
        length += len(part)
    return "".join(parts).encode()


def response(number: int, body: bytes) -> tuple[bytes, int]:
    """A response with its head's length: plain, chunked or gzip-coded by its number."""
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html"]
    if number % 3 == 1:
        head.append("Transfer-Encoding: chunked")
        pieces = [body[at : at + CHUNK] for at in range(0, len(body), CHUNK)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    else:
        if number % 3 == 2:
            head.append("Content-Encoding: gzip")
            body = gzip.compress(body, 6, mtime=0)
        head.append(f"Content-Length: {len(body)}")
    raw = "\r\n".join([*head, "", ""]).encode()
    return raw + body, len(raw)


def fill(root: Path, keys: Path, pages: int, size: int) -> None:
    """Make the archive."""
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(5000)]
    now = dt.datetime.now(dt.UTC)
    run = Run(run_id="bench", began_at=now, software="bench", user_agent="bench",
              robots="classic", hostname="bench")  # fmt: skip
    with Archive.open(root, run=run, keys=keys, max_warc_bytes=pages * size // 20) as archive:
        told = []
        for number in range(pages):
            raw, head_bytes = response(number, page(chance, words, size))
            exchange = Exchange(
                url=f"http://bench.example/{number}",
                method="GET",
                began_at=now,
                ended_at=now,
                origin=Origin(run_id="bench", found_by="argument"),
                request=b"GET / HTTP/1.1\r\nHost: bench.example\r\n\r\n",
                response=wacz.Bytes(raw),
                head_bytes=head_bytes,
                status=200,
            )
            told.append(archive.keep(exchange))
        for one in told:
            one.result()
        archive.close(replace(run, ended_at=now, outcome="finished"))


def cpu_seconds() -> float:
    """Of this process and of those that it started and that ended."""
    return sum(os.times()[:4])


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processors."""
    began, cpu = time.perf_counter(), cpu_seconds()
    work()
    return time.perf_counter() - began, cpu_seconds() - cpu


def check_with_warcio(paths: list[Path]) -> None:
    """Let warcio look at all files. Raises: SystemExit where it finds something."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            warcio(["check", *map(str, paths)])
        except SystemExit as end:
            if end.code:
                raise


def inflate_and_hash(paths: list[Path]) -> None:
    """What verifying cannot do without: unpack each member, and hash it three times."""
    for path in paths:
        with path.open("rb") as file:
            data = file.read(INPUT)
            while data:
                state, pieces = inflater(), []
                while not state.eof:
                    data = data or file.read(INPUT)
                    pieces.append(state.decompress(data, PIECE))
                    data = state.unused_data if state.eof else state.unconsumed_tail
                record = b"".join(pieces)
                for _ in range(3):
                    hashlib.sha256(record).digest()
                data = data or file.read(INPUT)


def read_again(root: Path, pages: int, *, jobs: int) -> None:
    """Read every page again. Raises: AssertionError where one was left out."""
    read = sum(one.now is not None for one in reread_all(root, jobs=jobs, is_dry_run=True))
    assert read == pages, read


def pack(gigabytes: float) -> dict[str, wacz.Packed]:
    """In a process of its own: what is started from a large one counts as large."""
    command = [sys.executable, wacz.__file__, str(gigabytes), "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {name: wacz.Packed(**one) for name, one in told.items()}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--bytes", type=int, default=200_000, help="of a page")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gigabytes", type=float, default=1, help="of the package; 0: none")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as home:
        root, few = Path(home) / "archive", Path(home) / "few"
        fill(root, Path(home) / "keys", options.pages, options.bytes)
        fill(few, Path(home) / "keys", read_pages := max(1, options.pages // 10), options.bytes)
        paths = sorted((root / "warc").glob("*.warc.gz"))
        report = verify(root, jobs=1)
        assert report.is_sound, report.faults[:3]
        cores = os.cpu_count() or 1
        variants = {
            "verify, one core": lambda: verify(root, jobs=1),
            f"verify, {cores} cores": lambda: verify(root, jobs=cores),
            "inflate, SHA-256 x 3": lambda: inflate_and_hash(paths),
            "warcio check": lambda: check_with_warcio(paths),
            "reread, one worker": lambda: read_again(few, read_pages, jobs=1),
            "reread, 2 workers": lambda: read_again(few, read_pages, jobs=2),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in variants}
        for number in range(options.rounds):
            for name, work in variants.items():
                if number == 0 or not name.startswith("reread"):  # which takes minutes
                    taken[name].append(timed(work))
    megabytes = report.record_bytes / 1e6
    few_megabytes = megabytes * read_pages / options.pages
    speeds = {
        name: [
            (few_megabytes if name.startswith("reread") else megabytes) / statistics.median(column)
            for column in zip(*seconds, strict=True)
        ]
        for name, seconds in taken.items()
    }
    counts = {"reread": read_pages, "verify": report.records, "warcio": report.records}
    paces = {
        name: counts[name.split()[0].rstrip(",")] / statistics.median(clock for clock, _ in seconds)
        for name, seconds in taken.items()
        if name.split()[0].rstrip(",") in counts
    }
    size = int(options.gigabytes * 1e9)
    packed = pack(options.gigabytes) if size else {}
    if options.json:
        told = {"record_bytes": report.record_bytes, "mb_a_second": speeds}
        packages = {name: asdict(one) for name, one in packed.items()}
        print(json.dumps({**told, "records_a_second": paces, "packages": packages}))
        return
    print(f"{report.records} records, {megabytes:.0f} MB uncompressed; MB in a second")
    for name, (clock, cpu) in speeds.items():
        counted = f"  {paces[name]:6.0f} records a second" if name in paces else ""
        print(f"{name:23} {clock:6.0f} by the clock  {cpu:6.0f} of one processor's time{counted}")
    if size:
        wacz.table(size, packed)


if __name__ == "__main__":
    main()
