"""The catalogue by itself: what follows from its facts, worked out once more and compared.

The facts are the captures and the readings with their documents, answers, short links and pictures;
that a capture is as its records say is for records.py. What a reading says of itself alone, and
that it found nothing, is held against the tally of all readings. Left out is the change log, for
nothing in the archive could tell it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from archive.answer import PostAnswer, ShortLink
from archive.article import Article
from archive.catalogue import CatalogueWriter
from archive.catalogue.near_placement import NearPlacement
from archive.catalogue.removal import RULES
from archive.catalogue.schema import migrate
from archive.catalogue.tally import NAME as TALLIED
from archive.catalogue.tally import tally
from archive.codec import from_json
from archive.database_file import address_to_read
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
    "near_clusters": "*",
    "near_probe": "*",
}
"""Which columns of which tables must come out the same."""

NUMBERED = {
    # Numbers are given on arrival: rows are compared by what the numbers stand for.
    "near_texts": "SELECT texts.text_id, texts.sketch, texts.similarity, texts.containment, "
    "centres.text_id FROM {0}.near_texts AS texts "
    "LEFT JOIN {0}.near_texts AS centres ON centres.text_no = texts.centre_no",
    "near_articles": "SELECT article_id, document, near_texts.text_id FROM {0}.near_articles "
    "LEFT JOIN {0}.near_texts USING (text_no)",
    "near_bands": "SELECT band, near_texts.text_id FROM {0}.near_bands "
    "LEFT JOIN {0}.near_texts USING (text_no)",
    # Of all texts together each word's number, of each text its length.
    "search": "SELECT term, NULL, doc, cnt FROM temp.words_of_{0} UNION ALL "
    "SELECT digest, kind, sz, NULL FROM {0}.search_docsize LEFT JOIN {0}.texts ON text_id = id",
}
"""What is asked of tables with such numbers; {0} is the database's name."""

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
        made.execute("ATTACH ? AS kept", (address_to_read(path),))
        made.execute("BEGIN")
        made.execute("SELECT count(*) FROM kept.warcs").fetchone()  # from here on one state
        derive(made, path.name, report)
        compare(made, path.name, report)


def derive(made: sqlite3.Connection, name: str, report: Report) -> None:
    """Fill `made` with the facts of the catalogue attached as `kept`, and what follows of them."""
    for table in FACTS:
        made.execute(f"INSERT INTO {table} SELECT * FROM kept.{table}")  # noqa: S608
    _read_again(made, name, report)


def compare(made: sqlite3.Connection, name: str, report: Report) -> None:
    """Hold the catalogue attached as `kept` against `made`, which was derived from its facts."""
    _check_meta(made, name, report)
    for schema in ("main", "kept"):
        made.execute(
            f"CREATE VIRTUAL TABLE temp.words_of_{schema} USING fts5vocab ({schema}, search, row)"
        )
    questions = {
        table: f"SELECT {columns} FROM {{0}}.{table}"  # noqa: S608 - names of ours
        for table, columns in COMPARED.items()
    }
    for table, question in (questions | NUMBERED).items():
        for here, there, what in (
            ("kept", "main", "has rows that do not follow from what was read"),
            ("main", "kept", "lacks rows that follow from what was read"),
        ):
            rows = made.execute(
                f"SELECT * FROM ({question.format(here)}) EXCEPT "  # noqa: S608
                f"SELECT * FROM ({question.format(there)})"
            ).fetchmany(2)
            if rows:
                report.fault(name, None, f"{table} {what}: {str(rows[0][0])[:100]}")


def _check_meta(made: sqlite3.Connection, name: str, report: Report) -> None:
    """Hold what the catalogue says of itself against its readings, and against today's rules."""
    said = dict(made.execute("SELECT name, value FROM kept.meta").fetchall())
    if said.pop("rules", None) != RULES:
        report.fault(name, None, "meta: it was derived by other rules; the next run derives anew")
    if said.pop(TALLIED, None) != tally(made, "kept"):
        report.fault(name, None, "readings: they are not those that were committed")
    for strange in said:
        report.fault(name, None, f"meta: nobody knows of {strange[:100]}")


def _read_again(made: sqlite3.Connection, name: str, report: Report) -> None:
    writer = CatalogueWriter(made)
    NearPlacement(made).refresh()
    for reading, place in _readings(made, name, report):
        try:
            writer.add_reading(reading)
        except (ArchiveError, ValueError) as error:
            report.fault(name, None, f"readings: {place}: {str(error)[:200]}")
    writer.settle()


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
