"""The catalogue's third migration: which catalogue this is, and what short links were read to be.

`meta.epoch` is made at random with the file, so that a catalogue built anew has another: positions
in anything that counts rows of the old one mean nothing in it.
"""

EPOCH = (
    """
    CREATE TABLE meta (                     -- of the catalogue itself, not of the archive
        name   TEXT PRIMARY KEY,
        value  TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO meta VALUES ('epoch', lower(hex(randomblob(8))))",
    # answer.ShortLink as JSON: with it, `short_links` follows from the readings.
    "ALTER TABLE readings ADD COLUMN short_link TEXT",
)
