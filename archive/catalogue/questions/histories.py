"""Questions to the catalogue about versions: what changed, when, and how articles stand."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from archive.catalogue.connection import snapshot
from archive.catalogue.placement.post import FOUND, OF_THE_PAST, PASSING
from archive.catalogue.rows import bindable, key_or_none
from archive.codec import from_json
from archive.instants import instant
from archive.model import Article, PostState
from archive.text.difference import differences
from archive.views.versions import (
    ChangeView,
    DifferenceView,
    StandingView,
    TurnView,
    VersionHistoryView,
    VersionView,
    difference_view,
)

_VERSIONS = """
    SELECT versions.*, min(sightings.captured_at) AS first_seen_at,
        max(sightings.captured_at) AS last_seen_at, count(*) AS sightings,
        min(sightings.is_partial) AS is_partial
    FROM versions JOIN sightings USING (version_id)
"""
_NAMED = (
    "SELECT version_id FROM versions WHERE version_id = :asked",
    """
    SELECT version_id FROM sightings JOIN versions USING (version_id)
    WHERE sightings.record_id = :asked
    ORDER BY reader IS :reader DESC, numbered(reader) DESC LIMIT 1
    """,
    """
    SELECT version_id FROM articles JOIN article_keys USING (article_id)
    WHERE own_id = :asked OR article_keys.url_key = :key
    """,
    """
    SELECT version_id FROM articles JOIN article_urls USING (article_id)
    WHERE article_urls.url_key = :key ORDER BY article_urls.last_seen_at DESC, article_id LIMIT 1
    """,
)
_CHANGES = """
    SELECT turns.*, canonical_url, headline FROM turns JOIN articles USING (article_id)
    WHERE before IS NOT NULL AND at >= :since
    ORDER BY at DESC, article_id, turns.record_id
"""
_CHANGES_BEFORE = _CHANGES.replace(
    "at >= :since",
    "at <= :at AND (at < :at OR (article_id, turns.record_id) > (:article_id, :record_id))",
)


class Histories:
    """The versions, standings and changes of a catalogue that another process may be writing.

    Raises, from every method: NotAnArchive where there is no catalogue of this version,
    StoreUnavailable where it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def versions(self, article_id: str) -> VersionHistoryView | None:
        """An article through time; None where none has that id."""
        with snapshot(self._path) as connection:
            row = connection.execute(
                "SELECT canonical_url, standings.* FROM article_keys "
                "JOIN articles USING (article_id) JOIN standings USING (article_id) "
                "WHERE own_id = ?",
                (bindable(article_id),),
            ).fetchone()
            if row is None:
                return None
            id_ = row["article_id"]
            return VersionHistoryView(
                article_id=id_,
                url=row["canonical_url"],
                standing=StandingView(
                    state=row["state"],
                    since=row["since"],
                    last_at=row["last_at"],
                    is_edited=bool(row["is_edited"]),
                    target=row["target"],
                    not_found_at=row["not_found_at"],
                ),
                versions=[
                    _version(version)
                    for version in connection.execute(
                        _VERSIONS + "WHERE article_id = ? GROUP BY version_id "
                        "ORDER BY first_seen_at, version_id",
                        (id_,),
                    )
                ],
                turns=[
                    _turn(turn)
                    for turn in connection.execute(
                        "SELECT * FROM turns WHERE article_id = ? ORDER BY at, record_id", (id_,)
                    )
                ],
            )

    def last_edit(self, article_id: str) -> tuple[str, str] | None:
        """The versions before and after an article's newest edit; None where there was none."""
        with snapshot(self._path) as connection:
            row = connection.execute(
                "SELECT edited_id, version_id FROM turns JOIN article_keys USING (article_id) "
                "WHERE own_id = ? AND version_id IS NOT NULL ORDER BY at DESC LIMIT 1",
                (bindable(article_id),),
            ).fetchone()
            return None if row is None else (row["edited_id"], row["version_id"])

    def version_of(self, name: str, *, reader: str | None = None) -> VersionView | None:
        """The version that a version's id, a capture's or an article's id or URL names.

        Of a capture the one that the newest reader found, or `reader` where that read it too; of an
        article the one that was seen last. None where nothing with a text is called so.
        """
        asked = bindable(name)
        with snapshot(self._path) as connection:
            values = {"asked": asked, "reader": reader, "key": key_or_none(asked)}
            for statement in _NAMED:
                row = connection.execute(statement, values).fetchone()
                if row is not None:
                    return _version_by_id(connection, row["version_id"])
        return None

    def difference(self, before: str, after: str) -> DifferenceView | None:
        """What changed from one version to another, by their ids; None where one is not there."""
        with snapshot(self._path) as connection:
            old, new = (_version_by_id(connection, bindable(id_)) for id_ in (before, after))
            if old is None or new is None:
                return None
            return difference_view(
                old, new, differences(_article(connection, old), _article(connection, new))
            )

    def changes(self, since: dt.datetime) -> Iterator[ChangeView]:
        """What became of what was known, from that instant (aware) on, newest first.

        Edits, moves, losses and returns of articles; then posts that their platforms showed once
        and do not show any more.
        """
        with snapshot(self._path) as connection:
            for row in connection.execute(_CHANGES, {"since": instant(since)}):
                if (kind := _kind(row)) is not None:
                    yield _change(row, kind)
            yield from _posts_gone(connection, instant(since))

    def changes_before(self, at: str, article_id: str, record_id: str) -> Iterator[ChangeView]:
        """Of articles, what `changes` gives behind the change with these."""
        values = {"at": at, "article_id": article_id, "record_id": record_id}
        with snapshot(self._path) as connection:
            for row in connection.execute(_CHANGES_BEFORE, values):
                if (kind := _kind(row)) is not None:
                    yield _change(row, kind)


def _posts_gone(connection: sqlite3.Connection, since: str) -> Iterator[ChangeView]:
    """Posts by the first settled answer after the last that showed them."""
    unsettled = ", ".join(f"'{state.value}'" for state in (*PASSING, *FOUND))
    rows = connection.execute(
        "SELECT posts.post_key, posts.url, posts.state AS best, told.state, "  # noqa: S608 - ours
        "told.record_id, "
        "min(told.captured_at) AS at FROM posts JOIN posts AS names USING (same_key) "
        "JOIN post_sightings AS told ON told.post_key = names.post_key "
        "WHERE posts.post_key = posts.same_key AND told.captured_at > posts.seen_at "
        f"AND told.grade <> ? AND told.state NOT IN ({unsettled}) "
        "GROUP BY posts.post_key HAVING min(told.captured_at) >= ? "
        "ORDER BY at DESC, posts.post_key",
        (OF_THE_PAST, since),
    )
    for row in rows:
        yield ChangeView(
            kind="post-gone",
            at=row["at"],
            since=row["at"],
            id=row["post_key"],
            url=row["url"],
            headline=None,
            target=None,
            before=row["best"],
            after=PostState(row["state"]).value,
            record_id=row["record_id"],
        )


def _kind(row: sqlite3.Row) -> str | None:
    """What a turn is called; None where it is no news of the article itself."""
    if row["version_id"] is not None:
        return "edited"
    if row["state"] in ("moved", "gone"):
        return str(row["state"])
    is_back = row["state"] in ("live", "edited") and row["before"] in ("moved", "gone")
    return "back" if is_back else None


def _change(row: sqlite3.Row, kind: str) -> ChangeView:
    is_edit = kind == "edited"
    return ChangeView(
        kind=kind,
        at=row["at"],
        since=row["since"],
        id=row["article_id"],
        url=row["canonical_url"],
        headline=row["headline"],
        target=row["target"],
        before=row["edited_id"] if is_edit else row["before"],
        after=row["version_id"] if is_edit else row["state"],
        record_id=row["record_id"],
    )


def _version_by_id(connection: sqlite3.Connection, version_id: str) -> VersionView | None:
    row = connection.execute(
        _VERSIONS + "WHERE version_id = ? GROUP BY version_id", (version_id,)
    ).fetchone()
    return None if row is None else _version(row)


def _article(connection: sqlite3.Connection, version: VersionView) -> Article:
    (document,) = connection.execute(
        "SELECT article FROM versions JOIN documents ON digest = document WHERE version_id = ?",
        (version["id"],),
    ).fetchone()
    return from_json(document, Article)


def _version(row: sqlite3.Row) -> VersionView:
    return VersionView(
        id=row["version_id"],
        article_id=row["article_id"],
        reader=row["reader"],
        headline=row["headline"],
        text_digest=row["text_digest"],
        first_seen_at=row["first_seen_at"],
        last_seen_at=row["last_seen_at"],
        sightings=row["sightings"],
        is_partial=bool(row["is_partial"]),
        modified_at=row["modified_at"] or row["modified_on"],
        record_id=row["record_id"],
    )


def _turn(row: sqlite3.Row) -> TurnView:
    return TurnView(
        article_id=row["article_id"],
        at=row["at"],
        before=row["before"],
        state=row["state"],
        since=row["since"],
        target=row["target"],
        version_id=row["version_id"],
        edited_id=row["edited_id"],
        record_id=row["record_id"],
    )
