"""The texts that search knows, each once however many say it.

They go into the index together, at the end of a transaction: FTS5 writes what it holds of its index
out at every statement that another table's change begins, and a segment for each text is costlier
than all else that is written of an article. (SQLite, `sqlite3_module.xSavepoint`.)
"""

import sqlite3

from archive.digest import Digest
from archive.text.folding import fold

MOST_HELD = 500


class SearchTexts:
    """Writes `texts` and `search`, in the caller's transaction, which must end with `settle`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: list[tuple[int | None, str, str]] = []

    def put(self, digest: Digest, kind: str, headline: str, body: str) -> None:
        """Make a text known to search, once; `digest` tells it from all others."""
        added = self._connection.execute(
            "INSERT INTO texts (digest, kind) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, kind)
        )
        if added.rowcount == 1:
            self._held.append((added.lastrowid, fold(headline), fold(body)))
            if len(self._held) >= MOST_HELD:
                self.settle()

    def settle(self) -> None:
        """Put what is held into the index, as a transaction's last step."""
        self._connection.executemany(
            "INSERT INTO search (rowid, headline, body) VALUES (?, ?, ?)", self._held
        )
        self._held.clear()

    def drop(self) -> None:
        """Forget what is held, where its transaction is undone."""
        self._held.clear()
