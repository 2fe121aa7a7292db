"""How fast and in how much memory a big archive is exported.

    nice -n 19 python -m bench.exports [ARTICLES] [FORM …]

Makes a catalogue of so many synthetic articles (default 1,000,000) of about 2 KB of text, straight
into its tables, and exports its articles in a process of its own. Floors: 20,000 rows/s, 500 MB.
The rows a second are of the processor's time of that process, so that a busy machine does not
count; the seconds by the clock stand beside.
"""

import json
import multiprocessing
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive import ArchiveFolder, Format, export_tables
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
    with closing(open_writing(folder.catalogue)) as connection:
        for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -1000000"):
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
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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


def export(root: str, target: str, form: str) -> Iterator[float]:
    """Rows, seconds by the clock, seconds of the processor, megabytes at most."""
    before = time.monotonic(), time.process_time()
    made = export_tables(
        Path(root), Path(target), Format(form), software="bench", kinds=["articles"]
    )
    yield made.rows["articles"]
    yield time.monotonic() - before[0]
    yield time.process_time() - before[1]
    yield resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def exported(root: str, target: str, form: str) -> list[float]:
    """The same as a list, which a process can hand over."""
    return list(export(root, target, form))


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
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                rows, clock_s, cpu_s, peak_mb = pool.apply(
                    exported, (str(root), str(Path(made) / form), form)
                )
            print(
                f"{form:8} {rows:>9,.0f} rows {clock_s:7.1f} s {rows / clock_s:>8,.0f} rows/s by "
                f"the clock, {rows / cpu_s:>8,.0f} by the processor, {peak_mb:5.0f} MB"
            )
            if form == "parquet" and (rows / cpu_s < ROWS_PER_S or peak_mb > MEMORY_MB):
                code = 1
    return code


if __name__ == "__main__":
    raise SystemExit(main())
