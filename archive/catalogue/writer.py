"""The one writer of the catalogue: facts go in, batch by batch, and what follows from them."""

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from archive.answer import PostAnswer
from archive.article import Article
from archive.catalogue.article_placement import ArticlePlacement
from archive.catalogue.changes import ChangeLog
from archive.catalogue.connection import named_failures, open_writing
from archive.catalogue.copies import put_copy
from archive.catalogue.media_placement import MediaPlacement
from archive.catalogue.near_placement import NearPlacement
from archive.catalogue.post_placement import PostPlacement
from archive.catalogue.removal import derive_anew, remove_captures
from archive.catalogue.rows import (
    Extent,
    Row,
    bindable,
    capture_of,
    capture_row,
    extent_of,
    inserting,
    run_row,
    stamp_of,
)
from archive.catalogue.schema import RULES, check_rules
from archive.catalogue.search_texts import SearchTexts
from archive.catalogue.standing_placement import StandingPlacement
from archive.catalogue.tally import Tally
from archive.codec import from_json, to_json
from archive.digest import Digest
from archive.errors import ArchiveError, CaptureNotFound
from archive.exchange import Capture
from archive.identity import article_key, named_abroad
from archive.instants import instant
from archive.model import ArchivedCopy, Reading, Run, Verdict
from archive.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogued:
    """What became of a reading."""

    article_id: str | None = None
    """None where it found no article."""
    is_new_article: bool = False
    is_new_version: bool = False
    copies: int = 0
    """How many other articles tell the same story, so far."""
    new_posts: int = 0
    """How many posts no article had pointed at before."""
    post_key: str | None = None
    """The post that it has an answer about."""
    media_id: Digest | None = None
    """The picture that it found."""


class CatalogueWriter:
    """Writes one catalogue, from one thread at a time; the archive's lock keeps others out.

    Everything is added within `batch`, which is one transaction. Adding what is already there
    changes nothing, and the order in which captures and their readings come does not matter,
    as long as a capture comes before its readings and a run before its captures.

    All methods raise StoreUnavailable where the disk, its space or the database fails. An
    ArchiveError of another kind leaves the batch as it was before that call.

    `changes` numbers what each batch changed, `tally` sums the readings up; None where nobody will
    ask.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        changes: ChangeLog | None = None,
        tally: Tally | None = None,
    ) -> None:
        self._connection = connection
        self._changes = changes
        self._tally = tally
        self._search = SearchTexts(connection)
        self._placement = ArticlePlacement(connection, self._search)
        self._posts = PostPlacement(connection, self._search)
        self._media = MediaPlacement(connection)
        self._standings = StandingPlacement(connection)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the catalogue at `path`, made or brought to the newest schema where needed.

        Raises: NotAnArchive where the file is something else or of a newer version.
        """
        connection = open_writing(path)
        try:
            with named_failures():
                sums = Tally(connection)
                writer = cls(connection, changes=ChangeLog(connection), tally=sums)
            writer._follow_rules()
            with writer.batch():
                sums.begin()
                NearPlacement(connection).refresh()
        except BaseException:
            connection.close()
            raise
        return writer

    def _follow_rules(self) -> None:
        """Derive everything anew where a program with older rules did it."""
        with named_failures():
            if check_rules(self._connection) == RULES:
                return
        with self.batch():
            derive_anew(self._connection)
            self._connection.execute(
                "INSERT INTO meta VALUES ('rules', ?) "
                "ON CONFLICT DO UPDATE SET value = excluded.value",
                (str(RULES),),
            )

    def close(self) -> None:
        """Close the database."""
        with named_failures():
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction: durable when the block ends, undone when it raises."""
        with named_failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                if self._changes is not None:
                    self._changes.settle()
                if self._tally is not None:
                    self._tally.settle()
                self.settle()
                self._connection.execute("COMMIT")
            except BaseException:
                self._search.drop()
                if self._connection.in_transaction:  # a full disk has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def settle(self) -> None:
        """Do what a batch does last; for who has a transaction of his own."""
        self._search.settle()

    def add_run(self, run: Run) -> None:
        """Note a run; one that is known keeps what it has."""
        self._in_batch()
        with named_failures():
            row = run_row(run)
            self._connection.execute(inserting("runs", row) + " ON CONFLICT DO NOTHING", row)

    def finish_run(
        self, run_id: str, *, ended_at: dt.datetime, outcome: str, counts: Mapping[str, int]
    ) -> None:
        """Note how a known run ended."""
        self._in_batch()
        with named_failures():
            self._connection.execute(
                "UPDATE runs SET ended_at = ?, outcome = ?, counts = ? WHERE run_id = ?",
                (instant(ended_at), outcome, to_json(dict(counts)).decode(), run_id),
            )

    def add_capture(self, capture: Capture) -> bool:
        """Note a capture whose records are durable; whether it was new.

        Raises: ArchiveError where its run is unknown, or another record lies in its place.
        """
        self._in_batch()
        with named_failures():
            self._connection.execute(
                "INSERT INTO warcs (name, durable_bytes, is_closed) VALUES (?, 0, 0) "
                "ON CONFLICT DO NOTHING",
                (capture.locator.warc,),
            )
            row = _storable(capture_row(capture))
            statement = inserting("captures", row) + " ON CONFLICT (record_id) DO NOTHING"
            try:
                is_new = self._connection.execute(statement, row).rowcount == 1
            except sqlite3.IntegrityError as error:
                raise ArchiveError(
                    f"capture {capture.record_id} cannot be catalogued: "
                    f"its run is unknown or its place is taken ({error})"
                ) from error
            if is_new:
                self._standings.hear_capture(capture.record_id)
            return is_new

    def set_extent(self, warc: str, durable_bytes: int, *, is_closed: bool) -> None:
        """Note how far a WARC file is catalogued."""
        self._in_batch()
        with named_failures():
            self._connection.execute(
                "INSERT INTO warcs (name, durable_bytes, is_closed) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET durable_bytes = excluded.durable_bytes, "
                "is_closed = excluded.is_closed",
                (warc, durable_bytes, is_closed),
            )

    def extents(self) -> list[Extent]:
        """How far each WARC file is catalogued, by name."""
        with named_failures():
            rows = self._connection.execute("SELECT * FROM warcs ORDER BY name")
            return [extent_of(row) for row in rows]

    def has_capture(self, record_id: str) -> bool:
        """Whether the capture is catalogued."""
        with named_failures():
            return self._instant_of_capture(record_id) is not None

    def find_capture(self, record_id: str) -> Capture | None:
        """One capture."""
        with named_failures():
            row = self._connection.execute(
                "SELECT * FROM captures WHERE record_id = ?", (record_id,)
            ).fetchone()
        return capture_of(row) if row is not None else None

    def revisits_of(self, record_id: str) -> list[Capture]:
        """The revisits that refer to a capture."""
        with named_failures():
            rows = self._connection.execute(
                "SELECT * FROM captures WHERE refers_to = ? ORDER BY record_id", (record_id,)
            )
            return [capture_of(row) for row in rows]

    def forget(self, record_ids: Collection[str]) -> None:
        """Take captures out, and leave no byte of them in the database's file.

        A transaction of its own; whole or not at all.
        """
        with named_failures():
            self._connection.execute("PRAGMA secure_delete = ON")
            with self.batch():
                remove_captures(self._connection, record_ids)
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def find_original(self, payload_digest: Digest) -> Capture | None:
        """The first capture that holds this payload whole, fit for a revisit to refer to.

        Only responses, neither empty nor cut nor failed.
        """
        with named_failures():
            row = self._connection.execute(
                "SELECT * FROM captures WHERE payload_digest = ? AND kind = 'response' "
                "AND truncated IS NULL AND failure_kind IS NULL AND payload_bytes > 0 "
                "ORDER BY captured_at, record_id LIMIT 1",
                (payload_digest,),
            ).fetchone()
        return capture_of(row) if row is not None else None

    def add_reading(self, reading: Reading) -> Catalogued:
        """Note a reading, and place the article it found, or the answer about a post.

        A reading of the same capture by the same reader version is kept once; only one that was
        stopped (`unreadable`) gives way to one that was not.

        Raises: CaptureNotFound where its capture is not catalogued; InvalidUrl where its
        article's URL is none.
        """
        self._in_batch()
        with named_failures():
            captured_at = self._instant_of_capture(reading.record_id)
            if captured_at is None:
                raise CaptureNotFound(f"no capture {reading.record_id}: a reading needs its bytes")
            if reading.answer is not None:
                return self._add_answer(reading, reading.answer, captured_at)
            if reading.copy is not None:
                return self._add_copy(reading, reading.copy)
            if reading.article is not None:
                return self._add_article(reading, reading.article)
            return self._add_other(reading)

    def _add_other(self, reading: Reading) -> Catalogued:
        if reading.short_link is not None:
            self._insert_reading(reading, {"short_link": to_json(reading.short_link).decode()})
            self._placement.lead(reading.short_link)
            return Catalogued(post_key=reading.short_link.post_key)
        if reading.picture is not None:
            return self._add_picture(reading, reading.picture)
        is_new = self._insert_reading(reading, {})
        if is_new:
            self._standings.hear_capture(reading.record_id)
        return Catalogued() if is_new else self._catalogued(reading)

    def _add_article(self, reading: Reading, stated: Article) -> Catalogued:
        document = to_json(stated)
        article = from_json(document, Article)  # what is placed is what was stored
        own = article_key(article.url, article.claim).key
        found: Row = {
            "document": self._put_document(document),
            "url_key": own,
            "abroad_key": named_abroad(article.url, article.claim).canonical,
        }
        if not self._insert_reading(reading, found):
            return self._catalogued(reading)
        placed = self._placement.place(reading.record_id, reading.reader, article)
        self._placement.hear(own, article)  # its own words move only others
        self._placement.point(own)
        return Catalogued(**placed._asdict())

    def _add_answer(self, reading: Reading, answer: PostAnswer, captured_at: str) -> Catalogued:
        document = to_json(answer)
        digest = Digest.of(document)
        self._connection.execute(
            "INSERT INTO answers (digest, answer) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (digest, document.decode()),
        )
        if self._insert_reading(reading, {"answer": digest}):
            stamp = stamp_of(captured_at, reading.record_id, reading.reader)
            self._posts.place(reading.record_id, reading.reader, captured_at, stamp)
        return Catalogued(post_key=answer.post_key)

    def _add_copy(self, reading: Reading, copy: ArchivedCopy) -> Catalogued:
        found: Row = {"copy": to_json(copy).decode()}
        if reading.article is not None:
            found["document"] = self._put_document(to_json(reading.article))
        if self._insert_reading(reading, found):
            put_copy(self._connection, reading.record_id, reading.reader)
        return Catalogued()

    def _put_document(self, document: bytes) -> Digest:
        digest = Digest.of(document)
        self._connection.execute(
            "INSERT INTO documents (digest, article) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (digest, document.decode()),
        )
        return digest

    def _add_picture(self, reading: Reading, picture: Picture) -> Catalogued:
        if self._insert_reading(reading, {"picture": to_json(picture).decode()}):
            self._media.see(reading.record_id, reading.reader)
        return Catalogued(media_id=picture.digest)

    def _insert_reading(self, reading: Reading, found: Row) -> bool:
        row = _storable(
            {
                "record_id": reading.record_id,
                "reader": reading.reader,
                "verdict": reading.verdict.value,
                "reason": reading.reason,
                "document": None,
                "url_key": None,
                "abroad_key": None,
                "answer": None,
                "short_link": None,
                "picture": None,
                "copy": None,
            }
            | found
        )
        statement = (
            inserting("readings", row) + " ON CONFLICT DO UPDATE SET verdict = excluded.verdict, "
            "reason = excluded.reason, document = excluded.document, url_key = excluded.url_key, "
            "abroad_key = excluded.abroad_key, answer = excluded.answer, "
            "short_link = excluded.short_link, picture = excluded.picture, copy = excluded.copy "
            "WHERE readings.verdict = :stopped AND excluded.verdict <> :stopped"
        )
        stopped = {"stopped": Verdict.UNREADABLE.value}
        return self._connection.execute(statement, row | stopped).rowcount == 1

    def _catalogued(self, reading: Reading) -> Catalogued:
        """What the catalogue holds of a reading that was there already."""
        article_id, story = self._connection.execute(
            "SELECT readings.article_id, story_digest FROM readings "
            "LEFT JOIN versions USING (version_id) WHERE readings.record_id = ? AND "
            "readings.reader = ?",
            (reading.record_id, reading.reader),
        ).fetchone()
        if article_id is None:
            return Catalogued()
        return Catalogued(article_id=article_id, copies=self._placement.copies(article_id, story))

    def _instant_of_capture(self, record_id: str) -> str | None:
        row = self._connection.execute(
            "SELECT captured_at FROM captures WHERE record_id = ?", (record_id,)
        ).fetchone()
        return row["captured_at"] if row is not None else None

    def _in_batch(self) -> None:
        if not self._connection.in_transaction:
            raise RuntimeError("the catalogue is written within a batch")


def _storable(row: Row) -> Row:
    return {
        name: bindable(value) if isinstance(value, str) else value for name, value in row.items()
    }
