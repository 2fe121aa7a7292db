"""Two catalogues held against each other: every table, with what is left out, and why."""

import sqlite3
from contextlib import closing

LEFT_OUT = {
    ("texts", "text_id"): "numbered in the order of arrival; what has which number is compared",
    ("near_texts", "text_no"): "numbered likewise; its words' own id is compared",
    ("near_texts", "centre_no"): "likewise, by the view near_clusters",
    ("near_articles", "text_no"): "likewise",
    ("near_bands", "text_no"): "likewise; which texts are in which band is compared",
}
"""Columns that may differ."""
CHANGE_LOG = ("changes", "epochs")
"""Tables that may differ: in which order one file came to hold its rows."""


def tables(path):
    """Every table's name, but for those that SQLite makes of others."""
    with closing(sqlite3.connect(path)) as catalogue:
        names = [
            name
            for (name,) in catalogue.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
    left_out = ("sqlite_", "search", *CHANGE_LOG)
    return sorted(name for name in names if not name.startswith(left_out))


def rows(path, table):
    """A table's rows without what is left out, sorted."""
    with closing(sqlite3.connect(path)) as catalogue:
        columns = [name for _, name, *_ in catalogue.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{one}"' for one in columns if (table, one) not in LEFT_OUT)
        return sorted(catalogue.execute(f"SELECT {kept} FROM {table}"), key=repr)


def words(path):
    """What search knows: each text's digest, and the words that find it, with their place."""
    with closing(sqlite3.connect(path)) as catalogue:
        catalogue.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")
        return sorted(
            catalogue.execute(
                "SELECT digest, kind, col, offset, term FROM words JOIN texts ON text_id = doc"
            )
        )


JOINED = {
    "near_clusters": "SELECT * FROM near_clusters",
    "near_bands by text": "SELECT band, text_id FROM near_bands JOIN near_texts USING (text_no)",
}
"""What numbers stand for, by names that mean the same in any catalogue."""


def joined(path, query):
    with closing(sqlite3.connect(path)) as catalogue:
        return sorted(catalogue.execute(query), key=repr)


def differences(one, other):
    """By table: rows that only the one has, and rows that only the other has."""
    assert tables(one) == tables(other)
    found = {}
    for table in tables(one):
        first, second = rows(one, table), rows(other, table)
        if first != second:
            found[table] = (
                [row for row in first if row not in second][:3],
                [row for row in second if row not in first][:3],
            )
    for name, query in JOINED.items():
        if joined(one, query) != joined(other, query):
            found[name] = (joined(one, query)[:3], joined(other, query)[:3])
    first, second = words(one), words(other)
    if first != second:
        found["search"] = (len(first), len(second))
    return found
