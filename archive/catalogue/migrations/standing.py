"""The catalogue's migration that says how articles stand, and what of them changed when.

All of it is derived: see placement/standing.py. What makes a version is `text.version_parts`, so
that what search knows of a version has a digest of its own: captions are found, and make none.
"""

STANDINGS = (
    """
    CREATE TABLE meta (                     -- of the catalogue itself: `rules` it was derived by
        name   TEXT PRIMARY KEY,
        value  TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "ALTER TABLE versions ADD COLUMN search_digest TEXT",  # of what search knows of it
    "CREATE INDEX versions_by_search ON versions (search_digest)",
    "DROP INDEX versions_by_text",
    # A sighting may be a 304: the capture that it revalidated was read.
    "ALTER TABLE sightings ADD COLUMN verdict TEXT NOT NULL DEFAULT 'content'",
    "ALTER TABLE sightings ADD COLUMN is_partial INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX sightings_by_capture ON sightings (record_id)",
    "CREATE INDEX captures_by_original ON captures (refers_to) WHERE refers_to IS NOT NULL",
    """
    CREATE TABLE standings (                -- how an article stands after all looks at it
        article_id    TEXT PRIMARY KEY REFERENCES articles,
        state         TEXT NOT NULL CHECK (state IN
                      ('live', 'edited', 'moved', 'gone', 'walled', 'failing')),
        since         TEXT NOT NULL,
        last_at       TEXT NOT NULL,        -- of the newest look that says anything
        is_edited     INTEGER NOT NULL,     -- its text was another once, whatever its state
        target        TEXT,                 -- of a move
        not_found_at  TEXT                  -- the first of the looks in a row that did not find it
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX standings_by_state ON standings (state, since)",
    """
    CREATE TABLE turns (                    -- a look at which something became another
        article_id  TEXT NOT NULL REFERENCES articles,
        record_id   TEXT NOT NULL REFERENCES captures,
        at          TEXT NOT NULL,
        before      TEXT,                   -- the state; NULL at the first look
        state       TEXT NOT NULL,
        since       TEXT NOT NULL,          -- of a page not found: when that was first so
        target      TEXT,                   -- of a move
        version_id  TEXT REFERENCES versions,   -- of an edit: the new text, and the one before
        edited_id   TEXT REFERENCES versions,
        PRIMARY KEY (article_id, at, record_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX turns_by_time ON turns (at, article_id)",
)
