"""The catalogue's migration for web archives' copies of articles.

A fact: `readings.copy`. Derived: `article_copies`. A copy is a third party's capture, of its own
instant: it makes no article, no version and no sighting of ours.
"""

COPIES = (
    # model.ArchivedCopy as JSON: with it, the reading's document is that of a copy
    "ALTER TABLE readings ADD COLUMN copy TEXT",
    """
    CREATE TABLE article_copies (
        record_id    TEXT NOT NULL,         -- of our capture of the copy
        reader       TEXT NOT NULL,
        url_key      TEXT,                  -- of the page that it is a copy of
        url          TEXT NOT NULL,
        archive      TEXT NOT NULL,
        grade        TEXT NOT NULL,
        memento_at   TEXT,                  -- when the archive says that it captured the page
        captured_at  TEXT NOT NULL,         -- when we asked the archive
        PRIMARY KEY (record_id, reader),
        FOREIGN KEY (record_id, reader) REFERENCES readings
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_copies_by_url ON article_copies (url_key, memento_at)",
)
