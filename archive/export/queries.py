"""How the rows of each kind are asked of a catalogue: one SELECT a kind, and which rows of it.

A column is named as in kinds.py. What only a stored document says is added by excerpts.py.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.catalogue.feed import Position
from archive.codec import decoder

Values = dict[str, Any]
"""One row. Instants and days are text, as SQLite has them, truth is 0 or 1, a list a tuple."""

ROWS_AT_ONCE = 500
LISTS = frozenset({"urls", "hashtags", "mentions", "links", "check_flags"})
"""Columns that are lists of texts, and JSON in the catalogue."""
_STRINGS = decoder(tuple[str, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first day until before the end, as `2026-11-22`."""

    first: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows: those that meet every condition that is given."""

    since: Position | None = None
    """Changed after it."""
    case: str | None = None
    """Seen in a run with that label."""
    days: Days | None = None
    """Of these days, for the kinds of QUERIES."""


EVERYTHING = Choice()

PROVENANCE_SQL = """
    k.record_id, k.warc, k.offset AS warc_offset, k.length AS warc_length, k.payload_digest,
    k.captured_at, k.run_id, runs.case_label
"""
_MOMENTS = ", ".join(
    f"v.{name}_{part}"
    for name in ("published", "modified")
    for part in ("at", "on", "offset_s", "raw")
)
OF_CASE = "JOIN captures AS ck USING (record_id) JOIN runs AS cr USING (run_id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """How the rows of one kind are asked for."""

    select: str
    id: str
    """The expression of their id."""
    order: str
    case: str
    """The condition that they were seen in a run of that label."""


QUERIES = {
    "articles": Query(
        select=f"""
            SELECT a.article_id AS id, a.canonical_url, a.claimed_canonical_url, a.version_id,
                a.first_seen_at, a.last_seen_at, a.reader, {_MOMENTS},
                (SELECT json_group_array(url) FROM (SELECT DISTINCT url FROM article_urls
                    WHERE article_id = a.article_id ORDER BY url)) AS urls,
                (SELECT count(*) FROM versions AS texts WHERE texts.article_id = a.article_id
                    AND texts.reader = a.reader) AS versions,
                g.verdict, CAST(d.article AS BLOB) AS document,
                st.state, st.since AS state_since,
                st.target AS moved_to, {PROVENANCE_SQL}
            FROM articles AS a
                LEFT JOIN standings AS st ON st.article_id = a.article_id
                JOIN versions AS v ON v.version_id = a.version_id
                JOIN readings AS g ON g.record_id = a.record_id AND g.reader = a.reader
                JOIN documents AS d ON d.digest = g.document
                JOIN captures AS k ON k.record_id = a.record_id JOIN runs USING (run_id)
        """,  # noqa: S608 - names of ours, here and below
        id="a.article_id",
        order="a.first_seen_at",
        case=(
            f"EXISTS (SELECT 1 FROM readings AS cg {OF_CASE} "  # noqa: S608
            "WHERE cg.article_id = a.article_id AND cr.case_label = :case)"
        ),
    ),
    "versions": Query(
        select=f"""
            SELECT v.version_id AS id, v.article_id, v.text_digest, v.story_digest, v.headline,
                v.language, v.section, {_MOMENTS}, v.reader,
                CAST(d.article AS BLOB) AS document,
                seen.sightings, seen.first_seen_at, seen.last_seen_at, {PROVENANCE_SQL}
            FROM (SELECT version_id, count(*) AS sightings, min(captured_at) AS first_seen_at,
                    max(captured_at) AS last_seen_at FROM sightings GROUP BY version_id) AS seen
                JOIN versions AS v ON v.version_id = seen.version_id
                JOIN documents AS d ON d.digest = v.document
                JOIN captures AS k ON k.record_id = v.record_id JOIN runs USING (run_id)
        """,  # noqa: S608
        id="v.version_id",
        order="seen.first_seen_at",
        case=(
            f"EXISTS (SELECT 1 FROM sightings AS cs {OF_CASE} "  # noqa: S608
            "WHERE cs.version_id = v.version_id AND cr.case_label = :case)"
        ),
    ),
    "citations": Query(
        select=f"""
            SELECT c.citation_id AS id, c.version_id, v.article_id, c.post_key AS post,
                p.platform, p.post_id, c.url, c.relation, c.form, c.block, c.claimed_handle,
                c.claimed_name, c.claimed_text, c.claimed_on, c.claimed_revision, c.hashtags,
                c.mentions, c.links, c.id_at, c.first_seen_at, v.reader, x.text AS check_text,
                x.handle AS check_handle, x.posted_at AS check_posted_at,
                coalesce(x.flags, '[]') AS check_flags, {PROVENANCE_SQL}
            FROM citations AS c JOIN versions AS v ON v.version_id = c.version_id
                JOIN posts AS p ON p.post_key = c.post_key
                LEFT JOIN post_versions AS w ON w.version_id = p.version_id
                LEFT JOIN cross_checks AS x ON x.citation_id = c.citation_id
                    AND x.record_id = w.record_id AND x.reader = w.reader
                JOIN captures AS k ON k.record_id = c.record_id
                JOIN runs ON runs.run_id = k.run_id
        """,  # noqa: S608
        id="c.citation_id",
        order="c.first_seen_at",
        case=(
            f"EXISTS (SELECT 1 FROM sightings AS cs {OF_CASE} "  # noqa: S608
            "WHERE cs.version_id = c.version_id AND cr.case_label = :case)"
        ),
    ),
    "posts": Query(
        # A post that no answer states is given the reading that named it, which its stamp holds.
        select=f"""
            SELECT p.post_key AS id, p.platform, p.post_id, p.url, p.same_key, p.state, p.seen_at,
                p.latest_state, p.latest_at, p.first_seen_at, p.version_id,
                CAST(answers.answer AS BLOB) AS answer,
                coalesce(w.reader, (SELECT reader FROM readings AS named
                    WHERE named.record_id = k.record_id
                    AND numbered(reader) = substr(p.stamp, 30 + length(k.record_id)))) AS reader,
                {PROVENANCE_SQL}
            FROM posts AS p LEFT JOIN post_versions AS w ON w.version_id = p.version_id
                LEFT JOIN answers ON answers.digest = w.answer
                JOIN captures AS k ON k.record_id = coalesce(w.record_id,
                    substr(p.stamp, 29, instr(substr(p.stamp, 29), ' ') - 1))
                JOIN runs USING (run_id)
        """,  # noqa: S608
        id="p.post_key",
        order="p.first_seen_at",
        case=(
            f"(EXISTS (SELECT 1 FROM post_sightings AS cs {OF_CASE} "  # noqa: S608
            "WHERE cs.post_key = p.post_key AND cr.case_label = :case) "
            "OR EXISTS (SELECT 1 FROM citations AS cc JOIN sightings AS cs USING (version_id) "
            f"{OF_CASE} WHERE cc.post_key = p.post_key AND cr.case_label = :case))"
        ),
    ),
    "captures": Query(
        select=f"""
            SELECT k.kind AS capture_kind, k.url, k.method, k.status, k.content_type,
                k.payload_bytes, k.refers_to, k.truncated, k.failure_kind, k.failure_detail,
                k.found_by, k.via, k.via_record, k.requested_url, k.redirect_to,
                k.is_tls_verified, g.verdict, g.reason, g.article_id, g.reader,
                s.post_key AS post, {PROVENANCE_SQL}
            FROM captures AS k JOIN runs USING (run_id)
                LEFT JOIN readings AS g ON g.record_id = k.record_id AND g.reader =
                    (SELECT reader FROM readings AS newest WHERE newest.record_id = k.record_id
                    ORDER BY numbered(reader) DESC LIMIT 1)
                LEFT JOIN post_sightings AS s ON s.record_id = g.record_id AND s.reader = g.reader
        """,  # noqa: S608
        id="k.record_id",
        order="k.captured_at",
        case="runs.case_label = :case",
    ),
}


def select(
    connection: sqlite3.Connection, kind: str, choice: Choice, *, order: str | None = None
) -> Iterator[Values]:
    """The rows of that kind which meet every condition of `choice`, in the order of their instant.

    `order` is another instant to go by.
    """
    query = QUERIES[kind]
    order = order or query.order
    wheres = [f"{query.id} IS NOT NULL"]
    asked: Values = {}
    if choice.since is not None:
        wheres.append(
            f"{query.id} IN (SELECT id FROM changes "  # noqa: S608 - names of ours
            f"WHERE kind = '{kind}' AND position > :since)"
        )
        asked["since"] = choice.since.number
    if choice.days is not None:
        wheres.append(f"{order} >= :first AND {order} < :end")
        asked |= {"first": choice.days.first, "end": choice.days.end}
    if choice.case is not None:
        wheres.append(query.case)
        asked["case"] = choice.case
    yield from _found(
        connection,
        f"{query.select} WHERE {' AND '.join(wheres)} ORDER BY {order}, {query.id}",
        asked,
    )


def select_one(connection: sqlite3.Connection, kind: str, id_: str) -> Values | None:
    """The row of that id; None where there is none."""
    query = QUERIES[kind]
    statement = f"{query.select} WHERE {query.id} = :id"
    return next(_found(connection, statement, {"id": id_}), None)


def _found(
    connection: sqlite3.Connection, statement: str, asked: Mapping[str, object]
) -> Iterator[Values]:
    cursor = connection.cursor()
    cursor.row_factory = None  # tuples: there are many
    cursor.execute(statement, asked)
    names = [name for name, *_ in cursor.description]
    lists = [name for name in names if name in LISTS]
    cursor.arraysize = ROWS_AT_ONCE
    while rows := cursor.fetchmany():
        for row in rows:
            values = dict(zip(names, row, strict=True))
            for name in lists:
                values[name] = _STRINGS(values[name])
            yield values
