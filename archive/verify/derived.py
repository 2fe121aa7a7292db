"""The catalogue by itself: what follows from its facts, worked out once more and compared.

The facts are the captures and the readings with their documents, answers, short links and pictures;
that a capture is as its records say is for records.py. Left out, for nothing in the archive could
tell: a reading's verdict and its reason, and readings that found nothing (`dateline reread
--dry-run` reads their captures again); the words of `search`; the change log.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from archive.answer import PostAnswer, ShortLink
from archive.article import Article
from archive.catalogue import CatalogueWriter
from archive.catalogue.schema import migrate
from archive.codec import from_json
from archive.errors import ArchiveError
from archive.model import ArchivedCopy, Reading, Verdict
from archive.picture import Picture
from archive.verify.report import Report

FACTS = ("runs", "warcs", "captures")
"""Copied as they are."""

COMPARED = {
    "documents": "*",
    "answers": "*",
    "readings": "record_id, reader, document, url_key, abroad_key, article_id, version_id, "
    "answer, short_link, picture, copy",
    "short_links": "*",
    "canonical_claims": "*",
    "articles": "*",
    "article_keys": "*",
    "article_urls": "*",
    "versions": "*",
    "sightings": "*",
    "standings": "*",
    "turns": "*",
    "posts": "*",
    "citations": "*",
    "version_links": "*",
    "post_versions": "*",
    "post_sightings": "*",
    "post_metrics": "*",
    "post_pointers": "*",
    "post_aliases": "*",
    "cross_checks": "*",
    "article_copies": "*",
    "media": "*",
    "media_seen": "*",
    "media_named": "*",
    "media_bands": "*",
    "texts": "digest, kind",
    "near_texts": "text_id, sketch, similarity, containment",
    "near_articles": "article_id, document",
    "near_clusters": "*",
}
"""Which columns of which tables must come out the same."""

BATCH = 500

T = TypeVar("T")


def check_derived(path: Path, scratch: Path, report: Report) -> None:
    """Hold the catalogue at `path` against one made of its facts at `scratch`, a new file.

    Raises: sqlite3.Error where the catalogue cannot be read.
    """
    with closing(sqlite3.connect(f"{scratch.absolute().as_uri()}", uri=True)) as made:
        made.isolation_level = None
        made.row_factory = sqlite3.Row
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            made.execute(f"PRAGMA {pragma}")
        migrate(made)
        made.execute("ATTACH ? AS kept", (f"{path.absolute().as_uri()}?mode=ro",))
        made.execute("BEGIN")
        made.execute("SELECT count(*) FROM kept.warcs").fetchone()  # from here on one state
        for table in FACTS:
            made.execute(f"INSERT INTO {table} SELECT * FROM kept.{table}")  # noqa: S608
        _read_again(made, path.name, report)
        for table, columns in COMPARED.items():
            for here, there, what in (
                ("kept", "main", "has rows that do not follow from what was read"),
                ("main", "kept", "lacks rows that follow from what was read"),
            ):
                rows = made.execute(
                    f"SELECT {columns} FROM {here}.{table} EXCEPT "  # noqa: S608
                    f"SELECT {columns} FROM {there}.{table}"
                ).fetchmany(2)
                if rows:
                    report.fault(path.name, None, f"{table} {what}: {str(rows[0][0])[:100]}")


def _read_again(made: sqlite3.Connection, name: str, report: Report) -> None:
    writer = CatalogueWriter(made)
    for reading, place in _readings(made, name, report):
        try:
            writer.add_reading(reading)
        except (ArchiveError, ValueError) as error:
            report.fault(name, None, f"readings: {place}: {str(error)[:200]}")


def _readings(made: sqlite3.Connection, name: str, report: Report) -> Iterator[tuple[Reading, str]]:
    rows = made.execute(
        "SELECT record_id, reader, verdict, reason, article, answers.answer, short_link, "
        "picture, copy "
        "FROM kept.readings LEFT JOIN kept.documents ON documents.digest = document "
        "LEFT JOIN kept.answers ON answers.digest = readings.answer ORDER BY record_id, reader"
    )
    while batch := rows.fetchmany(BATCH):
        for row in batch:
            place = f"{row['record_id'][:100]} by {row['reader'][:40]}"
            try:
                reading = Reading(
                    record_id=row["record_id"],
                    reader=row["reader"],
                    verdict=Verdict(row["verdict"]),
                    reason=row["reason"],
                    article=_value(row["article"], Article),
                    answer=_value(row["answer"], PostAnswer),
                    short_link=_value(row["short_link"], ShortLink),
                    picture=_value(row["picture"], Picture),
                    copy=_value(row["copy"], ArchivedCopy),
                )
            except ValueError:
                report.fault(name, None, f"readings: {place} cannot be read")
                continue
            yield reading, place


def _value(text: str | None, kind: type[T]) -> T | None:
    """Raises: ValueError."""
    return from_json(text, kind) if text is not None else None
