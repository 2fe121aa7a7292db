"""The catalogue's schema: its migrations, one after the other.

`catalogue.sqlite` holds what follows from the WARCs, and can be thrown away. Kinds of tables:

- facts, one row a thing told to us: runs, warcs, captures, readings, documents, answers,
  canonical_claims, short_links;
- derived, a function of the facts whatever order they came in: all others. Only
  `placement` writes them;
- the change log, epochs and changes: the order in which this file came to hold its rows, which
  follows from nothing. Only changes.py writes them.

`meta` is of no kind: it names the rules by which the rest was derived.

Every id follows from content. Instants are UTC text of fixed width, which sorts as time. A
`stamp` (instant, record id, reader) says which of two rows about one thing is the newer.
"""

import sqlite3

from archive.catalogue.migrations.changes import CHANGES, NEAR_CHANGES
from archive.catalogue.migrations.citing import CITING
from archive.catalogue.migrations.copies import COPIES
from archive.catalogue.migrations.first import FIRST
from archive.catalogue.migrations.media import MEDIA
from archive.catalogue.migrations.near import NEAR
from archive.catalogue.migrations.posts import POSTS
from archive.catalogue.migrations.rereading import REREADING
from archive.catalogue.migrations.standing import STANDINGS
from archive.errors import NotAnArchive

APPLICATION_ID = 0x44544C4E
"""`DTLN`, in the database's header: this is a Dateline catalogue and nothing else."""

RULES = 4
"""Of the rules by which things follow from readings. 2: captions and posts make no version. 3: a
citation names the capture that made it, and of an answer's readings the newest counts. 4: brackets
and bars in a URL are the same escaped; search knows datelines, and who wrote."""

Migration = tuple[str, ...]

MIGRATIONS: tuple[Migration, ...] = (
    FIRST,
    POSTS,
    REREADING,
    MEDIA,
    COPIES,
    STANDINGS,
    NEAR,
    CHANGES,
    NEAR_CHANGES,
    CITING,
)
"""From each version to the next; a published one is never changed again."""


def migrate(connection: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring an empty or older catalogue to the newest version, one transaction a step.

    Raises: NotAnArchive where the database is of a newer version, or no catalogue.
    """
    version = check_version(connection, migrations)
    for number, statements in enumerate(migrations[version:], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def check_version(
    connection: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS
) -> int:
    """The catalogue's version; 0 for an empty database.

    Raises: NotAnArchive where it is newer than `migrations` know, or no catalogue, or would have
    SQLite do what somebody else wrote: a file that was handed over may have a view of a table's
    name that never ends, or a trigger.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (version or application or tables):
        raise NotAnArchive("the database is no Dateline catalogue")
    if version > len(migrations):
        raise NotAnArchive(
            f"the catalogue has version {version}, this program knows up to {len(migrations)}: "
            "use a newer dateline"
        )
    ours = {statement.strip() for statements in migrations for statement in statements}
    for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')"
    ):
        if sql not in ours:
            raise NotAnArchive(
                f"the catalogue has a view or trigger that is not ours, {name[:80]!r}: "
                "`dateline rebuild` makes it anew"
            )
    return int(version)


def check_rules(connection: sqlite3.Connection) -> int:
    """Which `RULES` the catalogue, of the newest version, was derived by; 0 where none yet.

    Raises: NotAnArchive where they are newer than today's.
    """
    row = connection.execute("SELECT value FROM meta WHERE name = 'rules'").fetchone()
    rules = int(row[0]) if row is not None and row[0].isdecimal() else 0
    if rules > RULES:
        raise NotAnArchive(
            f"the catalogue was derived by rules {rules}, this program knows up to {RULES}: "
            "use a newer dateline"
        )
    return rules
