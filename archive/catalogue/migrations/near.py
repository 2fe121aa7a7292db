"""The catalogue's migration for near copies. All of it is derived, by placement/near.py alone.

A text stands here once, however many articles have it. `near_articles` holds of each article with
enough of a story the text of its newest version. `text_no` is a number given on arrival, to keep
the bands small, and says nothing; ids follow from the words.
"""

NEAR = (
    """
    CREATE TABLE near_texts (
        text_no      INTEGER PRIMARY KEY,
        text_id      TEXT NOT NULL UNIQUE,      -- of the folded words
        sketch       BLOB NOT NULL,             -- 160 bytes: archive.near.sketch
        centre_no    INTEGER NOT NULL REFERENCES near_texts,  -- what its cluster is around
        similarity   REAL NOT NULL,             -- to that text
        containment  REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX near_texts_by_centre ON near_texts (centre_no)",
    """
    CREATE TABLE near_bands (
        band     INTEGER NOT NULL,
        text_no  INTEGER NOT NULL,
        PRIMARY KEY (band, text_no)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE near_articles (
        article_id  TEXT PRIMARY KEY REFERENCES articles,
        text_no     INTEGER NOT NULL REFERENCES near_texts,
        document    TEXT NOT NULL REFERENCES documents  -- that the text was taken from
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX near_articles_by_text ON near_articles (text_no)",
    """
    CREATE TABLE near_probe (               -- the hashing that made the sketches
        probe  BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIEW near_clusters AS            -- articles that tell the same story, nearly
    SELECT centres.text_id AS cluster, near_articles.article_id, near_texts.text_id,
        near_texts.similarity, near_texts.containment,
        -- By then it was published for certain, as far as the page and our captures tell: a page
        -- that names only a day may have come at its end, a page that we have was there.
        min(coalesce(versions.published_at, versions.published_on || 'T24:00:00.000000Z',
            articles.first_seen_at), articles.first_seen_at) AS known_by
    FROM near_articles JOIN near_texts USING (text_no)
        JOIN near_texts AS centres ON centres.text_no = near_texts.centre_no
        JOIN articles USING (article_id) JOIN versions USING (version_id)
    """,
    """
    CREATE VIEW near_heads AS               -- each cluster of several, and who was first
    SELECT cluster, count(*) AS articles, min(known_by) AS known_by,
        substr(min(known_by || ' ' || article_id), length(min(known_by)) + 2) AS article_id
    FROM near_clusters GROUP BY cluster HAVING count(*) > 1
    """,
    # Of the words alone, without links and mentions; NULL where they are few.
    "ALTER TABLE post_versions ADD COLUMN copy_digest TEXT",
    """
    CREATE INDEX post_versions_by_copy ON post_versions (copy_digest)
    WHERE copy_digest IS NOT NULL
    """,
    """
    CREATE VIEW post_copies AS              -- posts, and the words that they have in common
    SELECT DISTINCT copy_digest, post_key, platform, coalesce(author_id, handle) AS account,
        posted_at
    FROM post_versions JOIN posts USING (post_key) WHERE copy_digest IS NOT NULL
    """,
)
