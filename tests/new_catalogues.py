"""New catalogues in the tests' own processes are copies of one, whose schema the migrations made.

Those take ten milliseconds, a copy one, and tests make thousands. Where other migrations are given,
or an older catalogue, they run; so they do in every program that tests start.
"""

import functools
import sqlite3
from importlib import import_module

from archive.catalogue.schema import MIGRATIONS, check_version, migrate


def begin():
    for name in ("archive.catalogue.connection", "archive.verification.derived"):
        module = import_module(name)
        assert module.migrate is migrate
        module.migrate = migrate_quickly


def migrate_quickly(connection, migrations=MIGRATIONS):
    if migrations is not MIGRATIONS or check_version(connection):
        migrate(connection, migrations)
        return
    one = sqlite3.connect(":memory:")
    one.deserialize(_one())
    one.backup(connection)
    one.close()


@functools.cache
def _one():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    made = connection.serialize()
    connection.close()
    return made
