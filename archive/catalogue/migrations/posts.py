"""The catalogue's migration for posts: what platforms answered about them.

Facts: `answers`, `readings.answer`, `short_links`. Derived: what follows from the
answers, the short links and the citations, whatever order they came in.
"""

POSTS = (
    """
    CREATE TABLE answers (                  -- what rungs answered, once for equal content
        digest  TEXT PRIMARY KEY,
        answer  TEXT NOT NULL               -- answer.PostAnswer as JSON
    ) STRICT
    """,
    "ALTER TABLE readings ADD COLUMN answer TEXT REFERENCES answers",
    """
    CREATE INDEX readings_by_answer ON readings (answer) WHERE answer IS NOT NULL
    """,
    """
    CREATE TABLE post_versions (            -- one distinct platform text of a post
        version_id    TEXT PRIMARY KEY,
        post_key      TEXT NOT NULL REFERENCES posts,
        reader        TEXT NOT NULL,
        text_digest   TEXT NOT NULL,
        -- the rest is of the newest capture that shows this text
        answer        TEXT NOT NULL REFERENCES answers,
        author_id     TEXT,
        handle        TEXT,
        name          TEXT,
        text          TEXT,
        is_truncated  INTEGER NOT NULL,
        title         TEXT,
        language      TEXT,
        posted_at     TEXT,
        edited_at     TEXT,
        revision      TEXT,
        search_digest TEXT,                 -- of what search knows of it
        record_id     TEXT NOT NULL,
        stamp         TEXT NOT NULL,
        FOREIGN KEY (record_id, reader) REFERENCES readings,
        UNIQUE (post_key, text_digest, reader)
    ) STRICT
    """,
    "CREATE INDEX post_versions_by_search ON post_versions (search_digest)",
    """
    CREATE TABLE post_sightings (           -- every rung's answer, with its instant
        record_id    TEXT NOT NULL,
        reader       TEXT NOT NULL,
        post_key     TEXT NOT NULL REFERENCES posts,
        captured_at  TEXT NOT NULL,
        rung         TEXT NOT NULL,
        grade        TEXT NOT NULL,
        state        TEXT NOT NULL,
        reason       TEXT,
        version_id   TEXT REFERENCES post_versions,
        stamp        TEXT NOT NULL,
        PRIMARY KEY (record_id, reader),
        FOREIGN KEY (record_id, reader) REFERENCES readings
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX post_sightings_by_post ON post_sightings (post_key, captured_at)",
    """
    CREATE TABLE post_metrics (             -- counts as seen at a sighting's instant
        record_id  TEXT NOT NULL,
        reader     TEXT NOT NULL,
        metric     TEXT NOT NULL,
        value      INTEGER NOT NULL,
        PRIMARY KEY (record_id, reader, metric),
        FOREIGN KEY (record_id, reader) REFERENCES post_sightings
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE post_pointers (            -- posts that a version replies to, quotes, forwards
        version_id     TEXT NOT NULL REFERENCES post_versions,
        relation       TEXT NOT NULL,
        target_key     TEXT NOT NULL,       -- no reference: it need not be a post known here
        url            TEXT NOT NULL,
        first_seen_at  TEXT NOT NULL,
        PRIMARY KEY (version_id, relation, target_key, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX post_pointers_by_target ON post_pointers (target_key)",
    """
    CREATE TABLE post_aliases (             -- what a platform says are two keys of one post
        post_key       TEXT NOT NULL REFERENCES posts,
        alias_key      TEXT NOT NULL,       -- no reference: it need not be cited
        is_believed    INTEGER NOT NULL,    -- 0 where another host's word would be needed
        first_seen_at  TEXT NOT NULL,
        PRIMARY KEY (post_key, alias_key)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX post_aliases_by_alias ON post_aliases (alias_key) WHERE is_believed",
    """
    CREATE TABLE cross_checks (             -- a citation's claims against an answer's facts
        citation_id    TEXT NOT NULL REFERENCES citations,
        record_id      TEXT NOT NULL,
        reader         TEXT NOT NULL,
        text           TEXT NOT NULL CHECK (
                           text IN ('same', 'edited', 'different', 'cut', 'not-comparable')),
        handle         TEXT NOT NULL CHECK (handle IN ('same', 'different', 'not-comparable')),
        claimed_on     TEXT,
        id_at          TEXT,
        posted_at      TEXT,
        flags          TEXT NOT NULL,       -- JSON array of words
        PRIMARY KEY (citation_id, record_id, reader),
        FOREIGN KEY (record_id, reader) REFERENCES post_sightings
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX cross_checks_by_answer ON cross_checks (record_id, reader)",
    """
    CREATE TABLE short_links (              -- a fact: which short link led to which post
        url_key   TEXT NOT NULL,
        post_key  TEXT NOT NULL,
        post_url  TEXT NOT NULL,
        PRIMARY KEY (url_key, post_key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE version_links (            -- where an article version's body links to
        version_id  TEXT NOT NULL REFERENCES versions,
        url_key     TEXT NOT NULL,
        PRIMARY KEY (version_id, url_key)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX version_links_by_url ON version_links (url_key)",
    # What follows from a post's sightings; `state` was there, and is one of them now.
    "ALTER TABLE posts ADD COLUMN same_key TEXT",
    "ALTER TABLE posts ADD COLUMN version_id TEXT REFERENCES post_versions",
    "ALTER TABLE posts ADD COLUMN seen_at TEXT",
    "ALTER TABLE posts ADD COLUMN latest_state TEXT",
    "ALTER TABLE posts ADD COLUMN latest_at TEXT",
    "UPDATE posts SET same_key = post_key",
    "CREATE INDEX posts_by_same ON posts (same_key)",
    "ALTER TABLE texts RENAME TO texts_of_before",
    """
    CREATE TABLE texts (                    -- what `search` has indexed, once for equal text
        text_id  INTEGER PRIMARY KEY,
        digest   TEXT NOT NULL UNIQUE,      -- versions.text_digest, citations.claims_digest,
                                            -- post_versions.search_digest
        kind     TEXT NOT NULL CHECK (kind IN ('article', 'claims', 'post'))
    ) STRICT
    """,
    "INSERT INTO texts SELECT * FROM texts_of_before",
    "DROP TABLE texts_of_before",
)
