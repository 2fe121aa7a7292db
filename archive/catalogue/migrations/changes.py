"""The catalogue's tables of changes: the one thing in it that does not follow from the facts.

Positions tell in which order this very file came to hold its rows. Another catalogue of the same
facts has other positions, and so an epoch of its own: comparing catalogues leaves these out.
"""

CHANGES = (
    """
    CREATE TABLE epochs (                   -- one row: which numbering the positions belong to
        epoch     TEXT NOT NULL,
        began_at  TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE changes (                  -- what became of which row, in the order of commits
        position  INTEGER PRIMARY KEY AUTOINCREMENT,
        kind      TEXT NOT NULL,
        id        TEXT NOT NULL,
        change    TEXT NOT NULL CHECK (change IN ('new', 'changed', 'gone')),
        noted_at  TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX changes_by_row ON changes (kind, id, position)",
)

NEAR_CHANGES = (
    # Clusters of near copies have positions from now on: without an epoch, all rows are numbered
    # anew when the catalogue is next opened for writing.
    "DELETE FROM epochs",
)
