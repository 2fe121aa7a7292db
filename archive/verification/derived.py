"""The catalogue by itself: what follows from its facts, worked out once more and compared.

The facts are the captures and the readings with what they found: articles, answers, short links and
pictures, as whichever program wrote them down. That a capture is as its records say is for
records.py; what was found is held against its digest, and all readings against their tally. Left
out is the change log, for nothing in the archive could tell it.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from archive.catalogue.placement.near import NearPlacement
from archive.catalogue.placement.removal import DOCUMENTS, derive_anew
from archive.catalogue.schema import RULES, migrate
from archive.catalogue.tally import NAME as TALLIED
from archive.catalogue.tally import tally
from archive.codec import decoder
from archive.digest import Digest
from archive.disk.database_file import address_to_read
from archive.model import ArchivedCopy, Article, Picture, PostAnswer, ShortLink, Verdict
from archive.verification.report import Report

FACTS = ("runs", "warcs", "captures", "documents", "answers", "readings")
"""Copied as they are."""

FOUND: Mapping[str, Callable[[str], object]] = {
    "article": decoder(Article),
    "answer": decoder(PostAnswer),
}
"""How to read what has a table of its own, in the order of `DOCUMENTS`, by its column there."""
SAID: Mapping[str, Callable[[str], object]] = {
    "verdict": Verdict,
    "short_link": decoder(ShortLink),
    "picture": decoder(Picture),
    "copy": decoder(ArchivedCopy),
}
"""How to read what a row of `readings` holds itself."""

COMPARED = {
    "documents": "*",
    "answers": "*",
    "readings": "record_id, reader, url_key, abroad_key, article_id, version_id",
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
    _leave_out_unreadable(made, name, report)
    NearPlacement(made).refresh()
    derive_anew(made)


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
    if said.pop("rules", None) != str(RULES):
        report.fault(name, None, "meta: it was derived by other rules; the next run derives anew")
    if said.pop(TALLIED, None) != tally(made, "kept"):
        report.fault(name, None, "readings: they are not those that were committed")
    for strange in said:
        report.fault(name, None, f"meta: nobody knows of {strange[:100]}")


def _leave_out_unreadable(made: sqlite3.Connection, name: str, report: Report) -> None:
    """Name what is not as it was found; take out what cannot be read, and what no reading names."""
    execute = made.execute
    for (table, column), (field, read) in zip(DOCUMENTS.items(), FOUND.items(), strict=True):
        unreadable = []
        for digest, text in execute(f"SELECT digest, {field} FROM {table}"):  # noqa: S608
            if Digest.of(text.encode()) != digest:
                report.fault(name, None, f"{table}: {digest[:100]} is not as it was written")
            if not _can_be_read(text, read):
                report.fault(name, None, f"{table}: {digest[:100]} cannot be read")
                unreadable.append((digest,))
        made.executemany(f"DELETE FROM {table} WHERE digest = ?", unreadable)  # noqa: S608
        execute(
            f"DELETE FROM readings WHERE {column} IS NOT NULL "  # noqa: S608
            f"AND {column} NOT IN (SELECT digest FROM {table})"
        )
        execute(
            f"DELETE FROM {table} WHERE digest NOT IN "  # noqa: S608
            f"(SELECT {column} FROM readings WHERE {column} IS NOT NULL)"
        )
    for field, read in SAID.items():
        said = execute(f"SELECT {field}, record_id, reader FROM readings WHERE {field} IS NOT NULL")  # noqa: S608
        places = [place for text, *place in said if not _can_be_read(text, read)]
        for record_id, reader in places:
            place = f"{record_id[:100]} by {reader[:40]}"
            report.fault(name, None, f"readings: {field} of {place} cannot be read")
        made.executemany("DELETE FROM readings WHERE record_id = ? AND reader = ?", places)


def _can_be_read(text: str, read: Callable[[str], object]) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
