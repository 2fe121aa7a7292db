"""From captures and sightings to standings and turns, which follow from the facts alone.

An article stands as the address at which it was last read: the looks at it are the captures that
show a version of it, wherever they were made, and all other captures of that one address. They are
worked out again whenever one of them is added, so that the order in which they come cannot matter.

Of several readings of a capture the newest reader's counts, and one that was stopped never does
while there is another.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from archive.catalogue.rows import Row, inserting, key_or_none, numbered
from archive.conclusions.standing import Look, Seen, Standing, seen_in, standing, turns
from archive.instants import instant, instant_of, instant_or_none
from archive.model import FailureKind, Verdict

_PERMANENT = (301, 308)
_UNMODIFIED = "kind = 'revisit' AND status = 304"


class StandingPlacement:
    """Writes `standings`, `turns` and the sightings that are 304s, in the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def hear_capture(self, record_id: str) -> None:
        """Take in a capture, or a reading of it that found no article."""
        capture = self._connection.execute(
            f"SELECT url_key, {_UNMODIFIED} AS is_unmodified FROM captures "  # noqa: S608
            "WHERE record_id = ?",
            (record_id,),
        ).fetchone()
        articles = self._see_again(record_id) if capture["is_unmodified"] else set()
        self._settle_all(articles | self._read_at(capture["url_key"]))

    def hear_sighting(self, record_id: str, article_id: str) -> None:
        """Take in a capture that was read, and shows that article."""
        capture = self._connection.execute(
            "SELECT url_key, requested_url, coalesce(refers_to, record_id) AS original "
            "FROM captures WHERE record_id = ?",
            (record_id,),
        ).fetchone()
        articles = {article_id} | self._read_at(capture["url_key"])
        if capture["requested_url"] is not None:  # that one redirects here
            articles |= self._read_at(key_or_none(capture["requested_url"]))
        for (again,) in self._connection.execute(
            f"SELECT record_id FROM captures WHERE refers_to = ? AND {_UNMODIFIED} "  # noqa: S608
            "AND url_key IS ?",
            (capture["original"], capture["url_key"]),
        ).fetchall():
            articles |= self._see_again(again)
        self._settle_all(articles)

    def _see_again(self, record_id: str) -> set[str]:
        """Put what a 304 shows: the version read at the newest capture of the same bytes there.

        The articles that this concerns.
        """
        capture = self._connection.execute(
            "SELECT * FROM captures WHERE record_id = ?", (record_id,)
        ).fetchone()
        concerned = self._shown_by(record_id)
        self._connection.execute("DELETE FROM sightings WHERE record_id = ?", (record_id,))
        shown = {
            row["reader"]: row
            for row in self._connection.execute(
                "SELECT versions.reader, sightings.* FROM captures "
                "JOIN sightings USING (record_id) JOIN versions USING (version_id) "
                "WHERE url_key IS :url_key AND captures.captured_at <= :captured_at "
                "AND :refers_to IN (captures.record_id, refers_to) AND status <> 304 "
                "ORDER BY captures.captured_at, captures.record_id",
                dict(capture),
            ).fetchall()
        }
        for row in shown.values():
            sighting: Row = {
                "version_id": row["version_id"],
                "record_id": record_id,
                "captured_at": capture["captured_at"],
                "verdict": row["verdict"],
                "is_partial": row["is_partial"],
            }
            self._connection.execute(inserting("sightings", sighting), sighting)
        return concerned | self._shown_by(record_id)

    def _shown_by(self, record_id: str) -> set[str]:
        rows = self._connection.execute(
            "SELECT article_id FROM sightings JOIN versions USING (version_id) "
            "WHERE sightings.record_id = ?",
            (record_id,),
        )
        return {id_ for (id_,) in rows}

    def _read_at(self, key: str | None) -> set[str]:
        """The articles that were read at that address."""
        rows = self._connection.execute(
            "SELECT DISTINCT article_id FROM article_urls WHERE url_key = ? AND how = 'page'",
            (key,),
        )
        return {id_ for (id_,) in rows}

    def _settle_all(self, articles: Iterable[str]) -> None:
        for article_id in sorted(articles):
            self._settle(article_id)

    def _settle(self, article_id: str) -> None:
        texts = list(self._texts(article_id))
        if not texts:
            return  # its readings are being moved
        looks = [look for look, _ in texts]
        looks += self._others(article_id, {look.record_id for look in looks})
        now = standing(looks)
        assert now is not None, "there are looks"
        self._put_standing(article_id, now)
        self._connection.execute("DELETE FROM turns WHERE article_id = ?", (article_id,))
        versions = {(look.basis, look.text_digest): version_id for look, version_id in texts}
        for turn in turns(looks):
            look, state = turn.look, turn.standing
            is_edit = turn.replaced is not None
            row: Row = {
                "article_id": article_id,
                "record_id": look.record_id,
                "at": instant(look.at),
                "before": turn.before.value if turn.before is not None else None,
                "state": state.state.value,
                "since": instant(state.since),
                "target": state.target,
                "version_id": versions[look.basis, look.text_digest] if is_edit else None,
                "edited_id": versions[look.basis, turn.replaced] if is_edit else None,
            }
            self._connection.execute(inserting("turns", row), row)

    def _put_standing(self, article_id: str, now: Standing) -> None:
        row: Row = {
            "article_id": article_id,
            "state": now.state.value,
            "since": instant(now.since),
            "last_at": instant(now.last_at),
            "is_edited": int(now.is_edited),
            "target": now.target,
            "not_found_at": instant_or_none(now.not_found_at),
        }
        columns = ", ".join(f"{name} = excluded.{name}" for name in row)
        statement = inserting("standings", row) + f" ON CONFLICT DO UPDATE SET {columns}"
        self._connection.execute(statement, row)
        self._connection.execute(
            "UPDATE articles SET last_seen_at = (SELECT max(captured_at) FROM sightings "
            "JOIN versions USING (version_id) WHERE article_id = :id) WHERE article_id = :id",
            {"id": article_id},
        )

    def _texts(self, article_id: str) -> Iterator[tuple[Look, str]]:
        """The looks that showed the article, each with its version."""
        rows = self._connection.execute(
            "SELECT sightings.*, reader, text_digest, url_key FROM versions JOIN sightings "
            "USING (version_id) JOIN captures ON captures.record_id = sightings.record_id "
            "WHERE article_id = ?",
            (article_id,),
        ).fetchall()
        newest = {row["record_id"]: row for row in sorted(rows, key=_reader)}
        for row in newest.values():
            is_partial = bool(row["is_partial"])
            seen = seen_in(
                status=None,
                verdict=Verdict(row["verdict"]),
                has_article=True,
                is_partial=is_partial,
            )
            assert seen is not None, "it was read"
            look = Look(
                at=instant_of(row["captured_at"]),
                record_id=row["record_id"],
                seen=seen,
                text_digest=row["text_digest"],
                # A page and its AMP twin differ without anyone having edited them.
                basis=f"{row['reader']} {is_partial} {row['url_key']}",
            )
            yield look, row["version_id"]

    def _others(self, article_id: str, shown: set[str]) -> Iterator[Look]:
        """The looks at the article's address that did not show it."""
        rows = self._connection.execute(
            "SELECT captures.*, readings.reader, verdict, readings.article_id, "
            "coalesce(answer, short_link) IS NOT NULL AS is_of_post "
            "FROM captures LEFT JOIN readings USING (record_id) "
            "WHERE method = 'GET' AND captures.url_key = (SELECT own.url_key FROM articles "
            "JOIN captures AS own USING (record_id) WHERE articles.article_id = ?)",
            (article_id,),
        ).fetchall()
        newest = {row["record_id"]: row for row in sorted(rows, key=_reader)}
        own = self._own_keys(article_id)
        for row in newest.values():
            if row["record_id"] in shown or row["article_id"] is not None or row["is_of_post"]:
                continue
            target = row["redirect_to"]
            seen = _seen_without(row) if target is None else self._seen_to(row, article_id, own)
            if seen is not None:
                yield Look(
                    at=instant_of(row["captured_at"]),
                    record_id=row["record_id"],
                    seen=seen,
                    target=target if seen is Seen.MOVED else None,
                )

    def _seen_to(self, row: sqlite3.Row, article_id: str, own: set[str]) -> Seen | None:
        """What a redirect says: one that is not permanent is believed where an article was."""
        if key_or_none(row["redirect_to"]) in own:
            return None
        if row["status"] in _PERMANENT:
            return Seen.MOVED
        is_led = self._connection.execute(
            "SELECT 1 FROM article_urls WHERE url_key = ? AND how = 'redirect' AND article_id <> ?",
            (row["url_key"], article_id),
        ).fetchone()
        return Seen.MOVED if is_led else Seen.FAILURE

    def _own_keys(self, article_id: str) -> set[str]:
        rows = self._connection.execute(
            "SELECT url_key FROM article_urls WHERE article_id = ? AND how = 'page'", (article_id,)
        )
        return {key for (key,) in rows}


def _seen_without(row: sqlite3.Row) -> Seen | None:
    if row["status"] == 304:
        return None  # it says that nothing changed, and not what there was
    kind, verdict = row["failure_kind"], row["verdict"]
    return seen_in(
        status=row["status"],
        failure=FailureKind(kind) if kind is not None else None,
        verdict=Verdict(verdict) if verdict is not None else None,
    )


def _reader(row: sqlite3.Row) -> tuple[bool, str]:
    """Sorts the reading that counts behind all others of its capture."""
    return row["verdict"] != Verdict.UNREADABLE, numbered(row["reader"] or "")
