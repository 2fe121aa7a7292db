"""What a host gave with a page, by which it can be asked whether the page has changed."""

import re
import sqlite3
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

from crawler.state.database import Room, named_failures, open_state

_LONGEST = 256
# RFC 9110, section 8.8.3, without the bytes beyond ASCII, which not all hosts take back.
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')

ROOM = Room(
    name="validators",
    migrations=(
        (
            """
            CREATE TABLE validators (
                key            BLOB PRIMARY KEY,    -- the request's fingerprint
                etag           TEXT,
                last_modified  TEXT,
                record_id      TEXT NOT NULL        -- of the capture that they came with
            ) STRICT, WITHOUT ROWID
            """,
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """`ETag` and `Last-Modified` as the host wrote them, and the capture that they belong to."""

    record_id: str
    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, *, record_id: str, etag: bytes | None, last_modified: bytes | None) -> Self | None:
        """Those that may be sent back; None where there is none.

        They are a stranger's bytes, and go into our own requests: only what is of the standard's
        form is taken.
        """
        tag, date = (_text(value) for value in (etag, last_modified))
        if tag is not None and not _ETAG.fullmatch(tag):
            tag = None
        if date is not None and not _is_date(date):
            date = None
        if tag is None and date is None:
            return None
        return cls(record_id=record_id, etag=tag, last_modified=date)

    def headers(self) -> dict[str, str]:
        """The conditional request's headers (RFC 9110, sections 13.1.2 and 13.1.3)."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value is not None}


class ValidatorStore:
    """Remembers the validators of pages by their request's fingerprint."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """In the state file at `path`. Raises: NotAnArchive, StoreUnavailable."""
        return cls(open_state(path, ROOM))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def find(self, key: bytes) -> Validators | None:
        """What is known of a page. Raises: StoreUnavailable."""
        with named_failures():
            row = self._connection.execute(
                "SELECT record_id, etag, last_modified FROM validators WHERE key = ?", (key,)
            ).fetchone()
        if row is None:
            return None
        return Validators(record_id=row[0], etag=row[1], last_modified=row[2])

    def remember(self, key: bytes, validators: Validators | None) -> None:
        """Keep the newest, or that there is none any more. Raises: StoreUnavailable."""
        with named_failures():
            if validators is None:
                self._connection.execute("DELETE FROM validators WHERE key = ?", (key,))
                return
            self._connection.execute(
                "INSERT OR REPLACE INTO validators VALUES (?, ?, ?, ?)",
                (key, validators.etag, validators.last_modified, validators.record_id),
            )


def _text(value: bytes | None) -> str | None:
    if value is None or len(value) > _LONGEST:
        return None
    text = value.decode("latin-1").strip()
    return text if text.isascii() and text.isprintable() else None


def _is_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text) is not None
    except (ValueError, OverflowError, IndexError):
        return False
