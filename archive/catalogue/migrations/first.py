"""The catalogue's first tables."""

FIRST = (
    """
    CREATE TABLE runs (
        run_id      TEXT PRIMARY KEY,
        began_at    TEXT NOT NULL,
        ended_at    TEXT,
        outcome     TEXT,
        software    TEXT NOT NULL,
        user_agent  TEXT NOT NULL,
        robots      TEXT NOT NULL,
        hostname    TEXT NOT NULL,
        operator    TEXT,
        case_label  TEXT,
        note        TEXT,
        settings    TEXT NOT NULL,      -- JSON object
        counts      TEXT NOT NULL       -- JSON object
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX runs_by_time ON runs (began_at, run_id)",
    """
    CREATE TABLE warcs (
        name           TEXT PRIMARY KEY,
        durable_bytes  INTEGER NOT NULL,    -- all records below this are catalogued
        is_closed      INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE captures (
        record_id        TEXT PRIMARY KEY,
        kind             TEXT NOT NULL,
        url              TEXT NOT NULL,
        url_key          TEXT,              -- NULL where our URL rules refuse the URL
        method           TEXT NOT NULL,
        captured_at      TEXT NOT NULL,
        run_id           TEXT NOT NULL REFERENCES runs,
        warc             TEXT NOT NULL REFERENCES warcs,
        offset           INTEGER NOT NULL,
        length           INTEGER NOT NULL,
        status           INTEGER,
        content_type     TEXT,
        payload_digest   TEXT,
        payload_bytes    INTEGER,
        refers_to        TEXT,              -- no reference: the original may be catalogued later
        truncated        TEXT,
        failure_kind     TEXT,
        failure_detail   TEXT,
        found_by         TEXT NOT NULL,
        via              TEXT,
        via_record       TEXT,
        requested_url    TEXT,
        redirect_to      TEXT,
        is_tls_verified  INTEGER,
        UNIQUE (warc, offset)
    ) STRICT
    """,
    "CREATE INDEX captures_by_time ON captures (captured_at, record_id)",
    "CREATE INDEX captures_by_url ON captures (url_key, captured_at)",
    "CREATE INDEX captures_by_run ON captures (run_id)",
    """
    CREATE INDEX originals ON captures (payload_digest, captured_at, record_id)
    WHERE kind = 'response' AND truncated IS NULL AND failure_kind IS NULL AND payload_bytes > 0
    """,
    """
    CREATE TABLE documents (                -- what readings found, once for equal content
        digest   TEXT PRIMARY KEY,
        article  TEXT NOT NULL              -- model.Article as JSON
    ) STRICT
    """,
    """
    CREATE TABLE readings (
        record_id   TEXT NOT NULL REFERENCES captures,
        reader      TEXT NOT NULL,
        verdict     TEXT NOT NULL,
        reason      TEXT,
        document    TEXT REFERENCES documents,
        url_key     TEXT,                   -- of the article, were there only this site
        abroad_key  TEXT,                   -- of the article it says it is a copy of, elsewhere
        article_id  TEXT REFERENCES articles DEFERRABLE INITIALLY DEFERRED,
        version_id  TEXT REFERENCES versions DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (record_id, reader)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX readings_by_article ON readings (article_id)",
    "CREATE INDEX readings_by_version ON readings (version_id)",
    "CREATE INDEX readings_by_key ON readings (url_key)",
    """
    CREATE INDEX readings_by_abroad ON readings (abroad_key, url_key)
    WHERE abroad_key IS NOT NULL
    """,
    """
    CREATE TABLE canonical_claims (         -- what pages name outside their own site
        page_key    TEXT NOT NULL,
        target_key  TEXT NOT NULL,
        kind        TEXT NOT NULL CHECK (kind IN ('canonical', 'amp')),
        PRIMARY KEY (page_key, target_key, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE articles (
        article_id             TEXT PRIMARY KEY,
        url_key                TEXT NOT NULL UNIQUE,
        first_seen_at          TEXT NOT NULL,
        last_seen_at           TEXT NOT NULL,
        -- the rest is of the newest capture
        canonical_url          TEXT NOT NULL,
        claimed_canonical_url  TEXT,
        headline               TEXT,
        version_id             TEXT NOT NULL
                               REFERENCES versions DEFERRABLE INITIALLY DEFERRED,
        record_id              TEXT NOT NULL,
        reader                 TEXT NOT NULL,
        stamp                  TEXT NOT NULL,
        FOREIGN KEY (record_id, reader) REFERENCES readings
    ) STRICT
    """,
    "CREATE INDEX articles_by_time ON articles (first_seen_at, article_id)",
    "CREATE INDEX articles_by_version ON articles (version_id)",
    """
    CREATE TABLE article_keys (             -- every key that was one, and where it leads
        url_key     TEXT PRIMARY KEY,
        own_id      TEXT NOT NULL UNIQUE,
        article_id  TEXT NOT NULL REFERENCES articles DEFERRABLE INITIALLY DEFERRED
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_keys_by_article ON article_keys (article_id)",
    """
    CREATE TABLE article_urls (
        article_id    TEXT NOT NULL REFERENCES articles,
        url           TEXT NOT NULL,
        how           TEXT NOT NULL CHECK (how IN ('page', 'canonical', 'redirect')),
        url_key       TEXT NOT NULL,
        last_seen_at  TEXT NOT NULL,
        PRIMARY KEY (article_id, url, how)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_urls_by_key ON article_urls (url_key, last_seen_at)",
    """
    CREATE TABLE versions (
        version_id          TEXT PRIMARY KEY,
        article_id          TEXT NOT NULL REFERENCES articles,
        reader              TEXT NOT NULL,
        text_digest         TEXT NOT NULL,
        story_digest        TEXT,
        -- the rest is of the newest capture that shows this text
        document            TEXT NOT NULL REFERENCES documents,
        headline            TEXT,
        language            TEXT,
        section             TEXT,
        published_at        TEXT,           -- UTC; NULL where only a day is known
        published_on        TEXT,           -- the day, in the page's own offset
        published_offset_s  INTEGER,
        published_raw       TEXT,
        modified_at         TEXT,
        modified_on         TEXT,
        modified_offset_s   INTEGER,
        modified_raw        TEXT,
        dateline_place      TEXT,
        dateline_raw        TEXT,
        record_id           TEXT NOT NULL,
        stamp               TEXT NOT NULL,
        FOREIGN KEY (record_id, reader) REFERENCES readings,
        UNIQUE (article_id, text_digest, reader)
    ) STRICT
    """,
    "CREATE INDEX versions_by_text ON versions (text_digest)",
    """
    CREATE INDEX versions_by_story ON versions (story_digest, article_id)
    WHERE story_digest IS NOT NULL
    """,
    """
    CREATE VIEW clusters AS                 -- articles that tell the same story, word for word
    SELECT DISTINCT story_digest, article_id FROM versions WHERE story_digest IS NOT NULL
    """,
    """
    CREATE TABLE sightings (
        version_id   TEXT NOT NULL REFERENCES versions,
        record_id    TEXT NOT NULL REFERENCES captures,
        captured_at  TEXT NOT NULL,
        PRIMARY KEY (version_id, record_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE posts (
        post_key       TEXT PRIMARY KEY,    -- platform:post_id
        platform       TEXT NOT NULL,
        post_id        TEXT NOT NULL,
        url            TEXT NOT NULL,       -- as the newest citation has it
        url_key        TEXT,
        state          TEXT NOT NULL,
        first_seen_at  TEXT NOT NULL,
        stamp          TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX posts_by_time ON posts (first_seen_at, post_key)",
    "CREATE INDEX posts_by_url ON posts (url_key)",
    """
    CREATE TABLE citations (
        citation_id     TEXT PRIMARY KEY,
        version_id      TEXT NOT NULL REFERENCES versions,
        post_key        TEXT NOT NULL REFERENCES posts,
        relation        TEXT NOT NULL,
        form            TEXT NOT NULL,
        block           INTEGER,
        url             TEXT NOT NULL,
        claimed_handle  TEXT,
        claimed_name    TEXT,
        claimed_text    TEXT,
        claimed_on      TEXT,
        hashtags        TEXT NOT NULL,      -- JSON array
        mentions        TEXT NOT NULL,      -- JSON array
        links           TEXT NOT NULL,      -- JSON array
        id_at           TEXT,
        first_seen_at   TEXT NOT NULL,
        claims_digest   TEXT                -- of what search knows of it
    ) STRICT
    """,
    "CREATE INDEX citations_by_version ON citations (version_id)",
    "CREATE INDEX citations_by_post ON citations (post_key)",
    "CREATE INDEX citations_by_time ON citations (first_seen_at, citation_id)",
    "CREATE INDEX citations_by_claims ON citations (claims_digest)",
    """
    CREATE TABLE texts (                    -- what `search` has indexed, once for equal text
        text_id  INTEGER PRIMARY KEY,
        digest   TEXT NOT NULL UNIQUE,      -- versions.text_digest or citations.claims_digest
        kind     TEXT NOT NULL CHECK (kind IN ('article', 'claims'))
    ) STRICT
    """,
    # Without content: it is given what folding.fold made, which `ascii` only parts at spaces.
    "CREATE VIRTUAL TABLE search USING fts5 (headline, body, content = '', tokenize = 'ascii')",
)
