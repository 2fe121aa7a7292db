"""The room of `state.sqlite` for posts: those refused, those to be asked again, and short links.

A courtesy, not evidence: the captures themselves are in the archive. So a memory that cannot be
had is a warning, and the crawl goes on with one that lasts for its run.
"""

import logging
import sqlite3
from pathlib import Path

from archive import NotAnArchive, StoreUnavailable
from crawler.state.database import FILE_NAME, Room, open_state

logger = logging.getLogger(__name__)

ROOM = Room(
    name="posts",
    migrations=(
        (
            """
            CREATE TABLE negative_answers (     -- posts that were refused lately
                post_key  TEXT PRIMARY KEY,
                state     TEXT NOT NULL,
                asked_at  TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE short_links (          -- where short links led
                url     TEXT PRIMARY KEY,
                target  TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        ),
        (
            """
            CREATE TABLE repeats (              -- posts to be asked for again
                post_key  TEXT PRIMARY KEY,
                platform  TEXT NOT NULL,
                post_id   TEXT NOT NULL,
                url       TEXT NOT NULL,
                depth     INTEGER NOT NULL,     -- as posts.walks.Occasion has it
                walks     INTEGER NOT NULL,     -- how many were spoilt
                due_at    TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX repeats_by_time ON repeats (due_at)",
        ),
    ),
)


def open_memory(root: Path | None) -> sqlite3.Connection:
    """A connection to the room in the archive at `root`, which commits by itself.

    None: a room that lasts as long as the connection.
    """
    if root is None:
        return open_state(Path(":memory:"), ROOM)
    try:
        return open_state(root / FILE_NAME, ROOM)
    except (NotAnArchive, StoreUnavailable) as error:
        logger.warning("nothing is remembered of posts: %s", error)
        return open_state(Path(":memory:"), ROOM)
