"""A tally of the readings: how many there are, and one number that follows from all of them.

Most of the catalogue follows from the readings, and a change of it shows when it is made once more.
What a reading says of itself alone (its verdict, its reader, that it found nothing) follows from
nothing in the archive but its page, read again. So each commit notes in `meta` the sum, modulo
2^256, of the SHA-256 of every reading: rows may come and go in any order, and a row that was
changed, lost or added behind the writer's back no longer fits.

It guards against damage, not against somebody who changes the sum too: that only reading again can.
"""

import hashlib
import json
import sqlite3

NAME = "readings"
"""Of the row in `meta`: `COUNT SUM`, the sum in 64 hexadecimal digits."""

_COLUMNS = (
    *("record_id", "reader", "verdict", "reason", "document", "answer"),
    *("short_link", "picture", "copy"),
)
"""What a reading is; its other columns follow from these."""

_MODULUS = 1 << 256


def tally(connection: sqlite3.Connection, schema: str = "main") -> str:
    """The tally of the readings of a database that is open as `schema`."""
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM {schema}.readings")  # noqa: S608
    count = total = 0
    for row in rows:
        count += 1
        total += _number(*row)
    return _written(count, total)


class Tally:
    """Keeps the tally of the catalogue that `connection` writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        execute = connection.execute
        connection.create_function("reading_hash", len(_COLUMNS), _hash, deterministic=True)
        # Temporary, and of this connection alone; in the transaction, and undone with it.
        execute("CREATE TEMP TABLE tallied (sign INTEGER NOT NULL, hash BLOB NOT NULL)")
        for event, row, sign in (("INSERT", "new", 1), ("DELETE", "old", -1)):
            values = ", ".join(f"{row}.{name}" for name in _COLUMNS)
            noted = f"INSERT INTO tallied VALUES ({sign}, reading_hash({values}));"  # noqa: S608
            for kind in (event, f"UPDATE OF {', '.join(_COLUMNS)}"):
                name = f"tally_{kind.split()[0].lower()}_{row}"
                execute(f"CREATE TEMP TRIGGER {name} AFTER {kind} ON readings BEGIN {noted} END")

    def begin(self) -> None:
        """Make the tally where there is none yet; in a transaction."""
        if self._known() is None:
            self._put(tally(self._connection))

    def settle(self) -> None:
        """Count in what the transaction changed."""
        rows = self._connection.execute("SELECT sign, hash FROM tallied").fetchall()
        if not rows:
            return
        self._connection.execute("DELETE FROM tallied")
        known = self._known()
        if known is None:
            self._put(tally(self._connection))
            return
        count, _, total = known.partition(" ")
        change = sum(sign * int.from_bytes(hash_, "big") for sign, hash_ in rows)
        self._put(_written(int(count) + sum(sign for sign, _ in rows), int(total, 16) + change))

    def _known(self) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (NAME,)).fetchone()
        return None if row is None else str(row[0])

    def _put(self, value: str) -> None:
        self._connection.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            (NAME, value),
        )


def _written(count: int, total: int) -> str:
    return f"{count} {total % _MODULUS:064x}"


def _hash(*row: str | None) -> bytes:
    return hashlib.sha256(json.dumps(row, separators=(",", ":")).encode("ascii")).digest()


def _number(*row: str | None) -> int:
    return int.from_bytes(_hash(*row), "big")
