import os
import sqlite3
from contextlib import ExitStack, closing

import pytest

from archive import NotAnArchive, StoreUnavailable
from crawler.state.database import Room, open_state, read_state, transaction

PANTRY = Room(name="pantry", migrations=(("CREATE TABLE jars (name TEXT) STRICT",),))
GROWN = Room(
    name="pantry",
    migrations=(*PANTRY.migrations, ("ALTER TABLE jars ADD COLUMN size INTEGER",)),
)
CELLAR = Room(name="cellar", migrations=(("CREATE TABLE casks (name TEXT) STRICT",),))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.sqlite"


@pytest.fixture
def enter(path):
    """Opens a room, which is closed behind the test."""
    with ExitStack() as left:
        yield lambda room: left.enter_context(closing(open_state(path, room)))


def columns(connection, table):
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def test_each_room_furnishes_itself_whoever_comes_first(enter):
    pantry = enter(PANTRY)
    cellar = enter(CELLAR)
    with transaction(cellar):
        cellar.execute("INSERT INTO casks VALUES ('oak')")
    with transaction(pantry):
        pantry.execute("INSERT INTO jars VALUES ('plum')")
    assert pantry.execute("SELECT * FROM casks").fetchall() == [("oak",)]
    assert cellar.execute("SELECT * FROM jars").fetchall() == [("plum",)]


def test_an_older_room_is_brought_up_to_date_and_keeps_its_rows(enter):
    connection = enter(PANTRY)
    with transaction(connection):
        connection.execute("INSERT INTO jars VALUES ('plum')")
    connection.close()
    connection = enter(GROWN)
    assert columns(connection, "jars") == ["name", "size"]
    assert connection.execute("SELECT * FROM jars").fetchall() == [("plum", None)]


def test_a_room_of_a_newer_program_is_refused(path):
    open_state(path, GROWN).close()
    with pytest.raises(NotAnArchive, match="use a newer dateline"):
        open_state(path, PANTRY)


def test_a_failed_migration_leaves_nothing_of_itself(path, enter):
    bad = Room(name="bad", migrations=(("CREATE TABLE first (x)", "CREATE TABLE first (x)"),))
    with pytest.raises(sqlite3.OperationalError):
        open_state(path, bad)
    connection = enter(PANTRY)
    assert columns(connection, "first") == []


def test_a_transaction_that_fails_leaves_nothing(enter):
    connection = enter(PANTRY)

    def fail():
        with transaction(connection):
            connection.execute("INSERT INTO jars VALUES ('plum')")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert connection.execute("SELECT * FROM jars").fetchall() == []


def test_a_file_that_is_no_database_is_refused(path):
    content = b"no database at all, but long enough" * 9
    path.write_bytes(content)
    with pytest.raises(NotAnArchive):
        open_state(path, PANTRY)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused_and_left_alone(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchive, match="something else"):
        open_state(path, PANTRY)
    assert path.read_bytes() == before


def test_a_reader_sees_one_state_while_another_writes(path, enter):
    connection = enter(PANTRY)
    with read_state(path, PANTRY) as reader:
        assert reader.execute("SELECT count(*) FROM jars").fetchone() == (0,)
        with transaction(connection):
            connection.execute("INSERT INTO jars VALUES ('plum')")
        assert reader.execute("SELECT count(*) FROM jars").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("INSERT INTO jars VALUES ('sour')")


def test_nothing_to_read_is_said(path):
    with pytest.raises(NotAnArchive, match="nothing was scheduled"), read_state(path, PANTRY):
        pass
    open_state(path, CELLAR).close()
    with pytest.raises(NotAnArchive, match="lacks today's pantry"), read_state(path, PANTRY):
        pass
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NotAnArchive, match="is no file"), read_state(path, PANTRY):
        pass


def test_a_place_that_cannot_be_had_is_an_unavailable_store(tmp_path):
    with pytest.raises(StoreUnavailable):
        open_state(tmp_path / "missing" / "state.sqlite", PANTRY)


def test_a_state_that_was_handed_over_brings_no_sql_of_its_own(path):
    open_state(path, PANTRY).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER robber AFTER INSERT ON jars BEGIN DELETE FROM jars; END")
    with pytest.raises(NotAnArchive, match="'robber'"):
        open_state(path, PANTRY)
    with pytest.raises(NotAnArchive, match="'robber'"), read_state(path, PANTRY):
        pass
