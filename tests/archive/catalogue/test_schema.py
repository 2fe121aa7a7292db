import contextlib
import hashlib
import sqlite3

import pytest

from archive.catalogue import CatalogueReader, CatalogueWriter
from archive.catalogue.migrations.citing import CITING
from archive.catalogue.schema import APPLICATION_ID, MIGRATIONS, migrate
from archive.errors import NotAnArchive
from archive.model import ArchivedCopy, Reading, Verdict
from tests.archive.catalogue.facts import READER, RUN, add, article, capture, citation, opened


def pragma(path, name):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        connection.close()


def test_a_new_catalogue_has_the_newest_version(path):
    CatalogueWriter.open(path).close()
    assert pragma(path, "user_version") == len(MIGRATIONS)
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "journal_mode") == "wal"


def test_the_writer_keeps_foreign_keys_and_syncs_every_commit(path):
    with CatalogueWriter.open(path) as writer:
        assert writer._connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert writer._connection.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_every_table_is_strict(writer):
    tables = writer._connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' "
        "AND schema = 'main' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    assert len(tables) > 10
    assert all(strict for _, strict in tables)


def test_a_migration_that_archives_were_made_with_stays_to_the_letter():
    """Or else what two programs call one version would be two things; a new one may follow."""
    made_with = [hashlib.sha256("\0".join(one).encode()).hexdigest()[:16] for one in MIGRATIONS]
    assert made_with[:10] == [
        "f156d2c5b768218f",
        "6f6d57bb70e4b453",
        "cec3a709a360d59f",
        "e43972037c38120b",
        "22b4b9f6cc5b576a",
        "007d16761206dc5f",
        "2b10e722f8da048e",
        "a6880e1df3fe71ea",
        "41114b4e8991876d",
        "5e690178c9092a60",
    ]


def test_later_migrations_keep_what_is_there(path):
    with CatalogueWriter.open(path) as writer:
        add(writer, 1, article())
        later = (*MIGRATIONS, ("ALTER TABLE runs ADD COLUMN colour TEXT",))
        migrate(writer._connection, later)
        row = writer._connection.execute("SELECT run_id, colour FROM runs").fetchone()
        assert tuple(row) == ("run-1", None)
    assert pragma(path, "user_version") == len(later)


def test_a_migration_that_fails_leaves_the_version_before_it(path):
    with CatalogueWriter.open(path) as writer:
        broken = (*MIGRATIONS, ("CREATE TABLE one (a) ", "CREATE TABLE runs (a)"))
        with pytest.raises(sqlite3.OperationalError, match="runs"):
            migrate(writer._connection, broken)
        one = "SELECT count(*) FROM sqlite_schema WHERE name = 'one'"
        assert writer._connection.execute(one).fetchone()[0] == 0
    assert pragma(path, "user_version") == len(MIGRATIONS)


def test_citations_of_before_come_to_name_the_capture_that_made_them(path):
    at = capture(1).captured_at
    with opened(path) as writer:
        add(writer, 1, article())  # the same text, of the same instant
        add(writer, 2, article(posts=(citation("1"),)), captured_at=at)
        add(writer, 3, article("https://other.example/b", posts=(citation("2"),)))
        made = writer._connection.execute("SELECT * FROM citations ORDER BY 1").fetchall()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("ALTER TABLE citations DROP COLUMN record_id")
        old.execute("UPDATE meta SET value = '2' WHERE name = 'rules'")
        old.execute(f"PRAGMA user_version = {MIGRATIONS.index(CITING)}")
        (before,) = old.execute("SELECT max(position) FROM changes").fetchone()
    with opened(path) as writer:
        now = writer._connection.execute("SELECT * FROM citations ORDER BY 1").fetchall()
        noted = writer._connection.execute(
            "SELECT kind, id, change FROM changes WHERE position > ?", (before,)
        ).fetchall()
    assert [tuple(row) for row in now] == [tuple(row) for row in made]
    (wrong,) = [row["citation_id"] for row in now if row["post_key"] == "x:1"]
    assert [tuple(row) for row in noted] == [("citations", wrong, "changed")]


def test_pages_of_before_are_known_by_todays_keys(path):
    bare, escaped = "https://news.example/a?t[]=1|2", "https://news.example/a?t%5B%5D=1%7C2"
    with opened(path) as writer:
        add(writer, 1, article(bare))
        made = {
            table: [tuple(row) for row in writer._connection.execute(f"SELECT * FROM {table}")]
            for table in ("captures", "readings", "articles", "article_keys")
        }
        for table in ("captures", "readings"):
            writer._connection.execute(f"UPDATE {table} SET url_key = 'example,news)/a?t[]=1|2'")
        writer._connection.execute("UPDATE meta SET value = '3' WHERE name = 'rules'")
    with opened(path) as writer:
        for table, rows in made.items():
            assert [
                tuple(row) for row in writer._connection.execute(f"SELECT * FROM {table}")
            ] == rows
    reader = CatalogueReader(path)
    assert reader.find(bare) == reader.find(escaped) is not None


def test_a_web_archives_copy_is_no_page_of_ours_by_todays_keys_either(path):
    gone = "https://news.example/gone-1"
    with opened(path) as writer:
        with writer.batch():
            writer.add_run(RUN)
            writer.add_capture(capture(1, "https://archive.example/web/x"))
            writer.add_reading(
                Reading(
                    record_id=capture(1).record_id,
                    reader=READER,
                    verdict=Verdict.CONTENT,
                    article=article(gone),
                    copy=ArchivedCopy(url=gone, archive="example"),
                )
            )
        (made,) = writer._connection.execute("SELECT * FROM readings").fetchall()
        writer._connection.execute("UPDATE meta SET value = '3' WHERE name = 'rules'")
    with opened(path) as writer:
        (now,) = writer._connection.execute("SELECT * FROM readings").fetchall()
    assert tuple(now) == tuple(made)
    assert now["url_key"] is None


def test_a_newer_catalogue_is_refused_and_left_alone(path):
    CatalogueWriter.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for door in (CatalogueWriter.open, CatalogueReader):
        with pytest.raises(NotAnArchive, match="version 99"):
            door(path)
    assert pragma(path, "user_version") == 99


def test_a_catalogue_of_newer_rules_is_refused_and_left_alone(path):
    CatalogueWriter.open(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'rules'")
    for door in (CatalogueWriter.open, CatalogueReader):
        with pytest.raises(NotAnArchive, match="rules 99"):
            door(path)


def test_a_catalogue_of_older_rules_is_read_once_it_is_derived_by_todays(path):
    CatalogueWriter.open(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = '3' WHERE name = 'rules'")
    with pytest.raises(NotAnArchive, match="dateline reread"):
        CatalogueReader(path)
    CatalogueWriter.open(path).close()
    CatalogueReader(path)


def test_an_older_catalogue_is_named_as_such_to_readers(path):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    with pytest.raises(NotAnArchive, match="older"):
        CatalogueReader(path)
    CatalogueWriter.open(path).close()
    CatalogueReader(path)


def test_somebody_elses_database_is_refused_and_left_alone(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = path.read_bytes()
    for door in (CatalogueWriter.open, CatalogueReader):
        with pytest.raises(NotAnArchive, match="no Dateline catalogue"):
            door(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(path):
    with pytest.raises(NotAnArchive, match="no catalogue at"):
        CatalogueReader(path)
    assert not path.exists()
    path.write_bytes(b"not a database, and long enough to look at" * 100)
    for door in (CatalogueWriter.open, CatalogueReader):
        with pytest.raises(NotAnArchive, match="no database"):
            door(path)


@pytest.mark.parametrize(
    "handed_over",
    [
        "CREATE TRIGGER robber AFTER INSERT ON captures BEGIN DELETE FROM articles; END",
        "CREATE VIEW extra AS SELECT 1",
        (
            "ALTER TABLE documents RENAME TO kept; CREATE VIEW documents AS WITH RECURSIVE "
            "endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless) SELECT n FROM endless"
        ),
    ],
)
def test_a_catalogue_that_was_handed_over_brings_no_sql_of_its_own(path, handed_over):
    CatalogueWriter.open(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(handed_over)
    for opened_by in (CatalogueWriter.open, lambda at: list(CatalogueReader(at).articles())):
        with pytest.raises(NotAnArchive, match="`dateline rebuild` makes it anew"):
            opened_by(path)
