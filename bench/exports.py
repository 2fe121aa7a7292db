"""How fast and in how much memory a big archive is exported.

    nice -n 19 python -m bench.exports [ARTICLES] [FORM …]

Makes a catalogue of so many synthetic articles (default 1,000,000) of about 2 KB of text, straight
into its tables, and exports its articles. Floors: 20,000 rows/s by the clock, on a machine that
does nothing else and has two processors; 500 MB for all processes together.
"""

import json
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from archive import ArchiveFolder, Format, export_tables
from archive.catalogue import CatalogueWriter
from archive.catalogue.connection import open_writing

ROWS_PER_S = 20_000
MEMORY_MB = 500
WORDS = (
    "the river rose again on tuesday and the ferry did not sail before noon harbour quay".split()
)
CHUNK = 5_000
A_DAY = 10_000

STATEMENTS = (
    "INSERT INTO documents VALUES (:digest, :document)",
    """INSERT INTO captures (record_id, kind, url, url_key, method, captured_at, run_id, warc,
        offset, length, status, content_type, payload_digest, payload_bytes, found_by)
    VALUES (:record, 'response', :url, :key, 'GET', :at, 'run', 'bench.warc.gz', :place, 900, 200,
        'text/html', :payload, 900, 'feed')""",
    """INSERT INTO readings (record_id, reader, verdict, document, url_key, article_id, version_id)
    VALUES (:record, '3', 'content', :digest, :key, :id, :version)""",
    """INSERT INTO articles VALUES (:id, :key, :at, :at, :url, NULL, 'Headline', :version, :record,
        '3', :at)""",
    "INSERT INTO article_urls VALUES (:id, :url, 'page', :key, :at)",
    """INSERT INTO versions (version_id, article_id, reader, text_digest, document, headline,
        published_at, published_on, published_offset_s, published_raw, record_id, stamp)
    VALUES (:version, :id, '3', :digest, :digest, 'Headline', :at, :day, 0, :at, :record, :at)""",
    "INSERT INTO sightings (version_id, record_id, captured_at) VALUES (:version, :record, :at)",
)


def build(root: Path, articles: int) -> None:
    """A catalogue of that many articles, A_DAY of them each day, made by hand.

    As one that a crawl made, but for the change log, which begins after it. The indexes are made
    when the rows are there.
    """
    folder = ArchiveFolder.create(root)
    CatalogueWriter.open(folder.catalogue).close()  # by today's rules
    with closing(open_writing(folder.catalogue)) as connection:
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "foreign_keys = OFF",
            "cache_size = -1000000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        connection.execute("BEGIN")
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("INSERT INTO epochs VALUES ('000000000000', '2026-01-01')")
        connection.execute(
            "INSERT INTO runs VALUES ('run', '2026-01-01T00:00:00.000000Z', NULL, NULL, 'bench', "
            "'bench', 'classic', 'host', NULL, 'bench', NULL, '{}', '{}')"
        )
        connection.execute("INSERT INTO warcs VALUES ('bench.warc.gz', 0, 1)")
        for first in range(0, articles, CHUNK):
            fill(connection, range(first, min(first + CHUNK, articles)))
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def fill(connection: sqlite3.Connection, numbers: range) -> None:
    """The rows of those articles."""
    rows = [article(number) for number in numbers]
    for statement in STATEMENTS:
        connection.executemany(statement, rows)


def article(number: int) -> dict[str, object]:
    """What the statements above are given; ids look as random as digests do."""
    seed = number * 0x9E3779B97F4A7C15 % (1 << 64)
    minute = number * 1440 // A_DAY
    day = f"2026-{1 + minute // 1440 // 28:02}-{1 + minute // 1440 % 28:02}"
    words = [WORDS[(seed >> shift) % len(WORDS)] for shift in range(60)]
    body = [{"type": "paragraph", "text": " ".join(words), "level": None, "items": []}] * 7
    url = f"https://news-{seed % 97}.example/2026/{number}"
    return {
        "digest": f"sha256:{seed:016x}{'A' * 36}",
        "document": json.dumps(
            {
                "url": url,
                "headline": f"Headline {number}",
                "authors": [{"name": "A. Writer"}],
                "tags": ["river", "ferry"],
                "site_name": "News",
                "language": "en",
                "dateline": {"raw": "CALDER —", "place": "Calder"},
                "body": body,
            }
        ),
        "record": f"urn:uuid:{seed:08x}-0000-4000-8000-{number:012x}",
        "url": url,
        "key": url.removeprefix("https://"),
        "at": f"{day}T{minute % 1440 // 60:02}:{minute % 60:02}:00.000000Z",
        "day": day,
        "place": number * 1000,
        "payload": f"sha256:{seed:016x}",
        "id": f"a{seed:016x}",
        "version": f"v{seed:016x}",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An export, with its processes."""

    rows: int
    clock_s: float
    cpu_s: float
    peak_mb: float


def export(root: Path, target: Path, form: str) -> Measured:
    """Export the articles, in this process and in those that it starts."""
    began, before = time.monotonic(), os.times()
    with PeakMemory() as memory:
        made = export_tables(root, target, Format(form), software="bench", kinds=["articles"])
    spent = [now - then for now, then in zip(os.times()[:4], before[:4], strict=True)]
    return Measured(
        rows=made.rows["articles"],
        clock_s=time.monotonic() - began,
        cpu_s=sum(spent),
        peak_mb=memory.peak_mb,
    )


class PeakMemory:
    """The most memory that this process and its children have had together within the block.

    A page that several of them share counts once (PSS): Linux tells it.
    """

    peak_mb = 0.0

    def __enter__(self) -> Self:
        self._is_done = threading.Event()
        self._watch = threading.Thread(target=self._watching)
        self._watch.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._is_done.set()
        self._watch.join()

    def _watching(self) -> None:
        while not self._is_done.wait(0.2):
            self.peak_mb = max(self.peak_mb, sum(map(_memory_mb, _family(os.getpid()))))


def _family(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task").glob("*/children")
    return [parent, *(int(child) for path in listed for child in path.read_text().split())]


def _memory_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> int:
    """Print a line a form; 1 where a floor does not hold for Parquet."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    forms = sys.argv[2:] or ["parquet"]
    code = 0
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as made:
        root = Path(made) / "archive"
        began = time.monotonic()
        build(root, articles)
        size = (root / "catalogue.sqlite").stat().st_size / 1e9
        print(f"{articles:,} articles made in {time.monotonic() - began:.0f} s: {size:.1f} GB")
        for form in forms:
            # A process of its own, so that what was needed to make them does not count.
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                found = pool.submit(export, root, Path(made) / form, form).result()
            speed = found.rows / found.clock_s
            print(
                f"{form:8} {found.rows:>9,} rows {found.clock_s:7.1f} s {speed:>8,.0f} rows/s, "
                f"{found.cpu_s:.0f} s of processors, {found.peak_mb:.0f} MB, "
                f"load {os.getloadavg()[0]:.0f}"
            )
            if form == "parquet" and (speed < ROWS_PER_S or found.peak_mb > MEMORY_MB):
                code = 1
    return code


if __name__ == "__main__":
    raise SystemExit(main())
