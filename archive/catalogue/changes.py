"""The change log: what a transaction did to the rows that leave the archive, numbered.

    trigger, at every write of a noted table  → temp.touched: how the row was before
    ChangeLog.settle, before the commit       → changes: what is not as it was

Nobody who writes the catalogue can forget the log: triggers of this connection see every write,
and their columns are the table's own at the time it is opened, so a later migration's too. What
comes out is the net effect. An article that is emptied and placed again as it was has not changed.
"""

import datetime as dt
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from typing import NamedTuple

from archive.instants import instant


class Part(NamedTuple):
    """A table whose rows make up the rows of a kind."""

    kind: str
    table: str
    key: tuple[str, ...]
    """The columns that tell one row of the table from another."""
    id: str
    """The column that says which row of the kind it belongs to; NULL where to none."""
    columns: tuple[str, ...] = ()
    """What of it the kind's rows show; () is all."""


class Gathering(NamedTuple):
    """A kind's rows that are gathered from several tables, by joins that change with them.

    What of it is shown so is compared as a whole. `{id}` and `{row}` stand for an id and for a
    table's row.
    """

    kind: str
    shown: str
    """An expression: all that is shown of the row `{id}`, as JSON."""
    ids: tuple[tuple[str, str], ...]
    """Tables, and queries of each `id` of a row that `{row}` belongs to; NULL: to none."""


PARTS = (
    Part("captures", "captures", ("record_id",), "record_id"),
    Part("captures", "readings", ("record_id", "reader"), "record_id"),
    Part("articles", "articles", ("article_id",), "article_id"),
    Part("articles", "article_urls", ("article_id", "url", "how"), "article_id"),
    Part("articles", "standings", ("article_id",), "article_id", ("state", "since", "target")),
    Part("articles", "versions", ("version_id",), "article_id", ("reader",)),
    Part("versions", "versions", ("version_id",), "version_id"),
    Part("versions", "sightings", ("version_id", "record_id"), "version_id"),
    Part("citations", "citations", ("citation_id",), "citation_id"),
    Part("citations", "cross_checks", ("citation_id", "record_id", "reader"), "citation_id"),
    Part("posts", "posts", ("post_key",), "post_key"),
    Part("posts", "post_versions", ("version_id",), "post_key"),
    Part("posts", "post_sightings", ("record_id", "reader"), "post_key"),
    Part("posts", "post_aliases", ("post_key", "alias_key"), "post_key"),
    Part(
        "clusters",
        "versions",
        ("version_id",),
        "story_digest",
        (
            "article_id",
            "headline",
            "published_at",
            "published_on",
            "record_id",
        ),
    ),
)
"""Whatever writes one of these tables changes a row of that kind."""

_CENTRE = (
    "(SELECT centres.text_id FROM main.near_texts AS centres WHERE centres.text_no = {centre_no})"
)
_STANDS_WITH = _CENTRE.format(
    centre_no="(SELECT texts.centre_no FROM main.near_articles AS standing "
    "JOIN main.near_texts AS texts USING (text_no) WHERE standing.article_id = {article_id})"
)
_ONE = "SELECT {} AS id"
GATHERINGS = (
    Gathering(
        "clusters",  # of near copies
        """
        (SELECT json_group_array(json_array(article_id, similarity, containment, first_seen_at,
            headline, published_at, published_on, record_id, reader))
        FROM (SELECT standing.article_id, texts.similarity, texts.containment,
                seen.first_seen_at, shown.headline, shown.published_at, shown.published_on,
                shown.record_id, shown.reader
            FROM main.near_texts AS centres
                JOIN main.near_texts AS texts ON texts.centre_no = centres.text_no
                JOIN main.near_articles AS standing ON standing.text_no = texts.text_no
                JOIN main.articles AS seen ON seen.article_id = standing.article_id
                JOIN main.versions AS shown ON shown.version_id = seen.version_id
            WHERE centres.text_id = {id} ORDER BY 1))
        """,
        (
            ("near_texts", _ONE.format(_CENTRE.format(centre_no="{row}.centre_no"))),
            (
                "near_articles",
                _ONE.format(
                    _CENTRE.format(
                        centre_no="(SELECT texts.centre_no FROM main.near_texts AS texts "
                        "WHERE texts.text_no = {row}.text_no)"
                    )
                ),
            ),
            ("articles", _ONE.format(_STANDS_WITH.format(article_id="{row}.article_id"))),
            ("versions", _ONE.format(_STANDS_WITH.format(article_id="{row}.article_id"))),
        ),
    ),
    Gathering(
        "clusters",  # of a story word for word: when each telling of it was first seen
        """
        (SELECT json_group_array(at) FROM (SELECT min(seen.captured_at) AS at
            FROM main.versions AS told JOIN main.sightings AS seen USING (version_id)
            WHERE told.story_digest = {id} GROUP BY told.version_id ORDER BY told.version_id))
        """,
        (
            (
                "sightings",
                # What is not the first one changes nothing; the very first comes with its version.
                """
                SELECT story_digest AS id FROM main.versions WHERE version_id = {row}.version_id
                    AND (SELECT min(captured_at) FROM main.sightings
                        WHERE version_id = {row}.version_id) >= {row}.captured_at
                """,
            ),
        ),
    ),
)

PRESENT = {
    "captures": "SELECT record_id FROM captures",
    "articles": "SELECT article_id FROM articles",
    "versions": "SELECT version_id FROM versions",
    "citations": "SELECT citation_id FROM citations",
    "posts": "SELECT post_key FROM posts",
    "clusters": (
        "SELECT story_digest FROM versions WHERE story_digest IS NOT NULL "
        "GROUP BY story_digest HAVING count(DISTINCT article_id) > 1 "
        "UNION ALL SELECT cluster FROM near_heads"
    ),
}
"""The ids that each kind has rows of, in the order in which a commit's changes are numbered."""

_HAS = {
    kind: f"EXISTS ({query} WHERE {query.split()[1]} = {{id}})"
    for kind, query in PRESENT.items()
    if kind != "clusters"
} | {
    "clusters": """
        ((SELECT count(DISTINCT article_id) > 1 FROM versions WHERE story_digest = {id})
        OR (SELECT count(*) > 1 FROM near_texts AS centres
            JOIN near_texts AS texts ON texts.centre_no = centres.text_no
            JOIN near_articles ON near_articles.text_no = texts.text_no
            WHERE centres.text_id = {id}))
    """
}

_NOTING = {
    # `had` is what the log's readers were told last.
    kind: f"""
        WITH one (place, id, had, has) AS MATERIALIZED (
            SELECT asked.key, asked.value,
                coalesce((SELECT change <> 'gone' FROM changes
                    WHERE kind = :kind AND id = asked.value ORDER BY position DESC LIMIT 1), 0),
                {has.format(id="asked.value")}
            FROM json_each(:ids) AS asked)
        INSERT INTO changes (kind, id, change, noted_at)
        SELECT :kind, id,
            CASE WHEN NOT has THEN 'gone' WHEN had THEN 'changed' ELSE 'new' END, :noted_at
        FROM one WHERE had OR has ORDER BY place
        """  # noqa: S608 - names of ours
    for kind, has in _HAS.items()
}

_KINDS = [part.kind for part in PARTS] + [gathering.kind for gathering in GATHERINGS]

_TOUCHED = """
    CREATE TEMP TABLE touched (
        part    INTEGER NOT NULL,           -- index into PARTS, and on into GATHERINGS
        id      TEXT NOT NULL,
        row     TEXT NOT NULL,              -- its key, as a JSON array
        before  TEXT,                       -- its columns, as a JSON array; NULL: it was not there
        PRIMARY KEY (part, id, row)
    ) WITHOUT ROWID
"""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class ChangeLog:
    """Notes the changes of one writing connection; each transaction must end with `settle`."""

    def __init__(
        self, connection: sqlite3.Connection, *, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._comparisons: list[str] = []
        connection.execute(_TOUCHED)
        for number, part in enumerate(PARTS):
            self._watch(number, part)
        for number, gathering in enumerate(GATHERINGS, start=len(PARTS)):
            self._watch_whole(number, gathering)
        if connection.execute("SELECT count(*) FROM epochs").fetchone()[0] == 0:
            connection.execute("BEGIN IMMEDIATE")
            try:
                self.begin_epoch()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def begin_epoch(self) -> str:
        """Number all rows anew, under a new epoch, which makes every older position void."""
        epoch = secrets.token_hex(6)
        noted_at = instant(self._clock())
        for table in ("temp.touched", "epochs", "changes"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        self._connection.execute("INSERT INTO epochs VALUES (?, ?)", (epoch, noted_at))
        for kind, ids in PRESENT.items():
            self._connection.execute(
                "INSERT INTO changes (kind, id, change, noted_at) "  # noqa: S608
                f"SELECT ?, *, 'new', ? FROM ({ids}) ORDER BY 2",
                (kind, noted_at),
            )
        return epoch

    def settle(self) -> None:
        """Number what the transaction changed, as its last step."""
        changed = {
            (_KINDS[number], str(id_))
            for comparison in self._comparisons
            for number, id_ in self._connection.execute(comparison)
        }
        self._connection.execute("DELETE FROM temp.touched")
        noted_at = instant(self._clock())
        for kind in PRESENT:
            ids = sorted(id_ for of, id_ in changed if of == kind)
            if ids:
                told = {"kind": kind, "ids": json.dumps(ids), "noted_at": noted_at}
                self._connection.execute(_NOTING[kind], told)

    def _watch(self, number: int, part: Part) -> None:
        columns = part.columns or [
            name
            for _, name, *_ in self._connection.execute(f"PRAGMA main.table_info({part.table})")
        ]

        def values(row: str, names: Iterable[str]) -> str:
            return f"json_array({', '.join(f'{row}.{name}' for name in names)})"

        def touching(row: str, before: str) -> str:
            return (
                f"INSERT INTO touched SELECT {number}, {row}.{part.id}, "
                f"{values(row, part.key)}, {before} "
                f"WHERE {row}.{part.id} IS NOT NULL ON CONFLICT DO NOTHING;"
            )

        was, is_new = touching("OLD", values("OLD", columns)), touching("NEW", "NULL")
        # An update that gives a row another key takes one row away and brings another.
        for event, statements in (("INSERT", is_new), ("UPDATE", was + is_new), ("DELETE", was)):
            self._connection.execute(
                f"CREATE TEMP TRIGGER noting_{number}_{event} AFTER {event} ON main.{part.table} "
                f"BEGIN {statements} END"
            )
        same_row = " AND ".join(
            f"now.{name} = json_extract(touched.row, '$[{place}]')"
            for place, name in enumerate(part.key)
        )
        self._comparisons.append(
            f"SELECT DISTINCT touched.part, touched.id FROM temp.touched "  # noqa: S608
            f"LEFT JOIN main.{part.table} AS now "
            f"ON {same_row} AND now.{part.id} = touched.id "
            f"WHERE touched.part = {number} AND touched.before IS NOT "
            f"CASE WHEN now.{part.key[0]} IS NOT NULL THEN {values('now', columns)} END"
        )

    def _watch_whole(self, number: int, gathering: Gathering) -> None:
        """Note how a row was before the first write that concerns it."""
        shown = gathering.shown.format(id="one.id")
        for table, ids in gathering.ids:
            was, is_new = (
                f"INSERT INTO touched SELECT {number}, one.id, '', {shown} "  # noqa: S608
                f"FROM ({ids.format(row=row)}) AS one WHERE one.id IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM touched WHERE part = {number} "
                "AND touched.id = one.id);"
                for row in ("OLD", "NEW")
            )
            for event, does in (("INSERT", is_new), ("UPDATE", was + is_new), ("DELETE", was)):
                self._connection.execute(
                    f"CREATE TEMP TRIGGER noting_{number}_{table}_{event} "
                    f"BEFORE {event} ON main.{table} BEGIN {does} END"
                )
        self._comparisons.append(
            f"SELECT part, id FROM temp.touched WHERE part = {number} "  # noqa: S608
            f"AND before IS NOT {gathering.shown.format(id='touched.id')}"
        )
