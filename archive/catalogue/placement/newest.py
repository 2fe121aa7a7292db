"""Rows that are put once, and described by the newest of what tells of them.

A reading, an answer or a picture may come in any order: an instant shrinks or grows to an extreme,
and what describes the newest yields only to a newer stamp. So every such write commutes.
"""

import sqlite3

from archive.catalogue.rows import Row, inserting

_EXTREMES = {"first_seen_at": "min", "last_seen_at": "max"}


def put_newest(connection: sqlite3.Connection, table: str, key: str, row: Row, newest: Row) -> bool:
    """Put a row into `table`, whose key is the column `key`; whether it was new.

    Of one that is there the instants of `row` are taken in, and `newest`, where its `stamp` is
    newer than the row's.
    """
    values = row | newest
    if connection.execute(f"{inserting(table, values)} ON CONFLICT DO NOTHING", values).rowcount:
        return True
    of_row = f"WHERE {key} = :{key}"
    instants = [f"{name} = {of}({name}, :{name})" for name, of in _EXTREMES.items() if name in row]
    if instants:
        connection.execute(f"UPDATE {table} SET {', '.join(instants)} {of_row}", values)  # noqa: S608 - names of ours
    columns = ", ".join(f"{name} = :{name}" for name in newest)
    connection.execute(f"UPDATE {table} SET {columns} {of_row} AND stamp < :stamp", values)  # noqa: S608
    return False
