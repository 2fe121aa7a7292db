"""The catalogue's migration for media: pictures, where they were seen, who names them.

A fact: `readings.picture`. Derived, whatever order the facts came in: the other tables. Who names
an address and what an address gave are two tables, which meet at the address's key.
"""

MEDIA = (
    # picture.Picture as JSON
    "ALTER TABLE readings ADD COLUMN picture TEXT",
    """
    CREATE TABLE media (
        media_id       TEXT PRIMARY KEY,    -- SHA-256 of the decoded payload
        type           TEXT NOT NULL,
        size_bytes     INTEGER NOT NULL,
        width          INTEGER,
        height         INTEGER,
        pdq            TEXT,
        pdq_quality    INTEGER,
        group_id       TEXT NOT NULL,       -- the least media_id of those that look the same
        first_seen_at  TEXT NOT NULL,
        stamp          TEXT NOT NULL        -- of the reading that describes it: one with PDQ first
    ) STRICT
    """,
    "CREATE INDEX media_by_time ON media (first_seen_at, media_id)",
    "CREATE INDEX media_by_group ON media (group_id)",
    """
    CREATE TABLE media_seen (               -- a capture that holds a picture, by address asked for
        record_id    TEXT NOT NULL,
        reader       TEXT NOT NULL,
        url_key      TEXT NOT NULL,
        media_id     TEXT NOT NULL REFERENCES media,
        captured_at  TEXT NOT NULL,
        PRIMARY KEY (record_id, reader, url_key),
        FOREIGN KEY (record_id, reader) REFERENCES readings
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX media_seen_by_media ON media_seen (media_id, captured_at)",
    "CREATE INDEX media_seen_by_url ON media_seen (url_key)",
    """
    CREATE TABLE media_named (              -- who names which address as a picture
        owner          TEXT NOT NULL CHECK (owner IN ('article', 'post')),
        version_id     TEXT NOT NULL,       -- of versions, or of post_versions
        role           TEXT NOT NULL CHECK (role IN ('image', 'preview', 'lead')),
        url_key        TEXT NOT NULL,
        url            TEXT NOT NULL,
        is_sensitive   INTEGER NOT NULL,
        first_seen_at  TEXT NOT NULL,
        PRIMARY KEY (version_id, role, url_key, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX media_named_by_url ON media_named (url_key)",
    """
    CREATE TABLE media_bands (              -- sixteenths of PDQ hashes, to find what is near
        band      INTEGER NOT NULL,
        bits      INTEGER NOT NULL,
        pdq       TEXT NOT NULL,
        media_id  TEXT NOT NULL REFERENCES media,
        PRIMARY KEY (band, bits, pdq, media_id)
    ) STRICT, WITHOUT ROWID
    """,
    # What the embed names of the post's version (Bluesky's CID).
    "ALTER TABLE citations ADD COLUMN claimed_revision TEXT",
)
