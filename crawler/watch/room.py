"""The tables of watching in `state.sqlite`. Instants are seconds since the epoch."""

from crawler.state.database import Room

ROOM = Room(
    name="watch",
    migrations=(
        (
            """
            CREATE TABLE watch_sources (
                name           TEXT PRIMARY KEY,
                interval_s     REAL NOT NULL,
                asked_at       REAL,
                failures       INTEGER NOT NULL,
                failing_since  REAL
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE watch_documents (      -- feeds, sitemaps and sections that were read
                source     TEXT NOT NULL,
                url        TEXT NOT NULL,
                record_id  TEXT NOT NULL,       -- of the capture whose links were all noted
                kind       TEXT NOT NULL,
                PRIMARY KEY (source, url)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE watch_pages (
                page_id         INTEGER PRIMARY KEY,
                key             TEXT NOT NULL UNIQUE,   -- archive.url_key
                url             TEXT NOT NULL,
                source          TEXT NOT NULL,
                found_at        REAL NOT NULL,
                via_record      TEXT,                   -- of the document that announced it
                published_at    REAL,                   -- as announced, then as the page says
                next_at         REAL,                   -- NULL: no more
                first_look_at   REAL,
                looks           INTEGER NOT NULL DEFAULT 0,
                reader          TEXT,                   -- that gave text_digest
                record_id       TEXT,                   -- of the newest capture that was read
                state           TEXT,                   -- an `ArticleState`
                since           REAL,
                last_at         REAL,
                text_digest     TEXT,
                is_edited       INTEGER NOT NULL DEFAULT 0,
                target          TEXT,
                not_found_at    REAL
            ) STRICT
            """,
            """
            CREATE INDEX watch_due ON watch_pages (next_at, page_id) WHERE next_at IS NOT NULL
            """,
            "CREATE INDEX watch_pages_of ON watch_pages (source, page_id)",
            """
            CREATE TABLE watch_turns (          -- each change of a page's standing
                turn_id    INTEGER PRIMARY KEY,
                page_id    INTEGER NOT NULL REFERENCES watch_pages,
                run_id     TEXT NOT NULL,
                at         REAL NOT NULL,
                before     TEXT,
                after      TEXT NOT NULL,
                record_id  TEXT
            ) STRICT
            """,
            "CREATE INDEX watch_turns_of ON watch_turns (page_id, turn_id)",
            "CREATE INDEX watch_turns_run ON watch_turns (run_id)",
            """
            CREATE TABLE watch_tallies (        -- what a run brought of a source
                run_id    TEXT NOT NULL,
                source    TEXT NOT NULL,
                at        REAL NOT NULL,
                tally     TEXT NOT NULL,        -- JSON: tallies.Tally
                PRIMARY KEY (source, at, run_id)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX watch_tallies_run ON watch_tallies (run_id)",
        ),
        (
            # What text_digest may be compared with: `archive.Look.basis`.
            "ALTER TABLE watch_pages ADD COLUMN basis TEXT NOT NULL DEFAULT ''",
            "UPDATE watch_pages SET basis = reader || ' False' WHERE reader IS NOT NULL",
            """
            CREATE TABLE watch_texts (          -- every text of a page that was ever edited
                page_id      INTEGER NOT NULL REFERENCES watch_pages,
                basis        TEXT NOT NULL,
                text_digest  TEXT NOT NULL,
                PRIMARY KEY (page_id, basis, text_digest)
            ) STRICT, WITHOUT ROWID
            """,
        ),
        (
            """
            CREATE TABLE watch_posts (          -- posts that watched pages cite
                key         TEXT PRIMARY KEY,       -- `platform:post_id`
                platform    TEXT NOT NULL,
                post_id     TEXT NOT NULL,
                url         TEXT NOT NULL,
                source      TEXT NOT NULL,
                via         TEXT NOT NULL,          -- the page that cited it first
                via_record  TEXT,
                found_at    REAL NOT NULL,
                asked_at    REAL,
                next_at     REAL                    -- NULL: no more
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX watch_posts_due ON watch_posts (next_at, key) WHERE next_at IS NOT NULL",
        ),
        (
            # As a feed or sitemap says, where it does not make it up.
            "ALTER TABLE watch_pages ADD COLUMN modified_at REAL",
            """
            CREATE TABLE watch_lastmods (       -- what came of believing a source in that
                source     TEXT PRIMARY KEY,
                confirmed  INTEGER NOT NULL,
                refuted    INTEGER NOT NULL,
                missed     INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        ),
        (
            # What was looked at in what is now the future: the clock was set back.
            "CREATE INDEX watch_looked ON watch_pages (last_at) WHERE last_at IS NOT NULL",
            # When a document's links were last noted; whether it named further documents. What was
            # read before is read once more, to know.
            "ALTER TABLE watch_documents ADD COLUMN read_at REAL",
            "ALTER TABLE watch_documents ADD COLUMN is_index INTEGER NOT NULL DEFAULT 0",
            "UPDATE watch_documents SET record_id = ''",
        ),
    ),
)
