"""The rows of each kind out of a catalogue, one at a time, in the order of their instant.

    a SELECT for the kind → a row of SQLite → with what its document says → a row of kinds.py

Everything is read on one snapshot; nothing is held but the row at hand. What needs sorting is
sorted by SQLite, which spills to disk.
"""

import datetime as dt
import heapq
import sqlite3
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin

from archive.answer import PostAnswer, PostFacts
from archive.catalogue.feed import Position, changes_after, check_position
from archive.catalogue.rows import instant_of, key_or_none, numbered
from archive.codec import decoder
from archive.export.kinds import (
    CHANGES,
    KINDS,
    TABLES,
    Articles,
    Captures,
    Changes,
    Citations,
    Clusters,
    DatelineCell,
    Media,
    MediaCell,
    MetricCell,
    Posts,
    Row,
    Versions,
)

CACHE_KB = 64 * 1024
"""SQLite's page cache: rows lie all over a big catalogue's trees."""

_T = TypeVar("_T", Articles, Versions, Citations, Posts, Captures, Clusters, Media)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows: those that meet every condition that is given."""

    since: Position | None = None
    """Changed after it."""
    case: str | None = None
    """Seen in a run with that label."""


EVERYTHING = Choice()

_PROVENANCE = """
    k.record_id, k.warc, k.offset AS warc_offset, k.length AS warc_length, k.payload_digest,
    k.captured_at, k.run_id, runs.case_label
"""
_MOMENTS = ", ".join(
    f"v.{name}_{part}"
    for name in ("published", "modified")
    for part in ("at", "on", "offset_s", "raw")
)
_OF_CASE = "JOIN captures AS ck USING (record_id) JOIN runs AS cr USING (run_id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """How the rows of one kind are asked for."""

    select: str
    id: str
    """The expression of their id."""
    order: str
    case: str
    """The condition that they were seen in a run of that label."""
    group: str = ""


_QUERIES = {
    "articles": _Query(
        select=f"""
            SELECT a.article_id AS id, a.canonical_url, a.claimed_canonical_url, a.version_id,
                a.first_seen_at, a.last_seen_at, a.reader, {_MOMENTS},
                (SELECT json_group_array(url) FROM (SELECT DISTINCT url FROM article_urls
                    WHERE article_id = a.article_id ORDER BY url)) AS urls,
                (SELECT count(*) FROM versions AS texts WHERE texts.article_id = a.article_id
                    AND texts.reader = a.reader) AS versions,
                g.verdict, d.article AS document, st.state, st.since AS state_since,
                st.target AS moved_to, {_PROVENANCE}
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
            f"EXISTS (SELECT 1 FROM readings AS cg {_OF_CASE} "  # noqa: S608
            "WHERE cg.article_id = a.article_id AND cr.case_label = :case)"
        ),
    ),
    "versions": _Query(
        select=f"""
            SELECT v.version_id AS id, v.article_id, v.text_digest, v.story_digest, v.headline,
                v.language, v.section, {_MOMENTS}, v.reader, d.article AS document,
                seen.sightings, seen.first_seen_at, seen.last_seen_at, {_PROVENANCE}
            FROM (SELECT version_id, count(*) AS sightings, min(captured_at) AS first_seen_at,
                    max(captured_at) AS last_seen_at FROM sightings GROUP BY version_id) AS seen
                JOIN versions AS v ON v.version_id = seen.version_id
                JOIN documents AS d ON d.digest = v.document
                JOIN captures AS k ON k.record_id = v.record_id JOIN runs USING (run_id)
        """,  # noqa: S608
        id="v.version_id",
        order="seen.first_seen_at",
        case=(
            f"EXISTS (SELECT 1 FROM sightings AS cs {_OF_CASE} "  # noqa: S608
            "WHERE cs.version_id = v.version_id AND cr.case_label = :case)"
        ),
    ),
    "citations": _Query(
        select=f"""
            SELECT c.citation_id AS id, c.version_id, v.article_id, c.post_key AS post,
                p.platform, p.post_id, c.url, c.relation, c.form, c.block, c.claimed_handle,
                c.claimed_name, c.claimed_text, c.claimed_on, c.claimed_revision, c.hashtags,
                c.mentions, c.links, c.id_at, c.first_seen_at, v.reader, x.text AS check_text,
                x.handle AS check_handle, x.posted_at AS check_posted_at,
                coalesce(x.flags, '[]') AS check_flags, {_PROVENANCE}
            FROM citations AS c JOIN versions AS v ON v.version_id = c.version_id
                JOIN posts AS p ON p.post_key = c.post_key
                LEFT JOIN post_versions AS w ON w.version_id = p.version_id
                LEFT JOIN cross_checks AS x ON x.citation_id = c.citation_id
                    AND x.record_id = w.record_id AND x.reader = w.reader
                JOIN captures AS k ON k.record_id = (SELECT record_id FROM sightings AS s
                    WHERE s.version_id = c.version_id AND s.captured_at = c.first_seen_at
                    ORDER BY record_id LIMIT 1)
                JOIN runs ON runs.run_id = k.run_id
        """,  # noqa: S608
        id="c.citation_id",
        order="c.first_seen_at",
        case=(
            f"EXISTS (SELECT 1 FROM sightings AS cs {_OF_CASE} "  # noqa: S608
            "WHERE cs.version_id = c.version_id AND cr.case_label = :case)"
        ),
    ),
    "posts": _Query(
        # A post that no answer states is given the capture that named it, which its stamp holds.
        select=f"""
            SELECT p.post_key AS id, p.platform, p.post_id, p.url, p.same_key, p.state, p.seen_at,
                p.latest_state, p.latest_at, p.first_seen_at, p.version_id, answers.answer,
                coalesce(w.reader, (SELECT max(reader) FROM readings AS named
                    WHERE named.record_id = k.record_id)) AS reader, {_PROVENANCE}
            FROM posts AS p LEFT JOIN post_versions AS w ON w.version_id = p.version_id
                LEFT JOIN answers ON answers.digest = w.answer
                JOIN captures AS k ON k.record_id = coalesce(w.record_id,
                    substr(p.stamp, 29, instr(substr(p.stamp, 29), ' ') - 1))
                JOIN runs USING (run_id)
        """,  # noqa: S608
        id="p.post_key",
        order="p.first_seen_at",
        case=(
            f"(EXISTS (SELECT 1 FROM post_sightings AS cs {_OF_CASE} "  # noqa: S608
            "WHERE cs.post_key = p.post_key AND cr.case_label = :case) "
            "OR EXISTS (SELECT 1 FROM citations AS cc JOIN sightings AS cs USING (version_id) "
            f"{_OF_CASE} WHERE cc.post_key = p.post_key AND cr.case_label = :case))"
        ),
    ),
    "captures": _Query(
        select=f"""
            SELECT k.kind AS capture_kind, k.url, k.method, k.status, k.content_type,
                k.payload_bytes, k.refers_to, k.truncated, k.failure_kind, k.failure_detail,
                k.found_by, k.via, k.via_record, k.requested_url, k.redirect_to,
                k.is_tls_verified, g.verdict, g.reason, g.article_id, g.reader,
                s.post_key AS post, {_PROVENANCE}
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
    "clusters": _Query(
        select="""
            SELECT v.story_digest AS id, min(seen.captured_at) AS first_seen_at
            FROM versions AS v JOIN sightings AS seen ON seen.version_id = v.version_id
        """,
        id="v.story_digest",
        order="min(seen.captured_at)",
        group="GROUP BY v.story_digest HAVING count(DISTINCT v.article_id) > 1",
        case=(
            "EXISTS (SELECT 1 FROM versions AS cv JOIN sightings AS cs USING (version_id) "  # noqa: S608
            f"{_OF_CASE} WHERE cv.story_digest = v.story_digest AND cr.case_label = :case)"
        ),
    ),
}

_MEMBERS = f"""
    SELECT v.article_id, v.headline, v.published_at, v.published_on, v.reader, {_PROVENANCE}
    FROM versions AS v JOIN captures AS k ON k.record_id = v.record_id JOIN runs USING (run_id)
    WHERE v.story_digest = ?
    -- a day counts as its end; who states no moment counts from our first capture
    ORDER BY coalesce(v.published_at, v.published_on || 'T24', (SELECT min(captured_at)
        FROM sightings WHERE sightings.version_id = v.version_id)), v.article_id, v.reader DESC
"""  # noqa: S608
_PICTURE = """
    SELECT record_id, payload_digest, media_id, group_id FROM media_seen
        JOIN media USING (media_id) JOIN captures USING (record_id)
    WHERE media_seen.url_key = ?
    ORDER BY media_seen.captured_at DESC, record_id DESC LIMIT 1
"""
_OWN_BYTES = """
    SELECT record_id, payload_digest, NULL AS media_id, NULL AS group_id FROM captures
    WHERE url_key = ? AND kind <> 'failure' AND status = 200 AND payload_digest IS NOT NULL
    ORDER BY captured_at DESC, record_id DESC LIMIT 1
"""


class Rows:
    """The rows of one snapshot of a catalogue (catalogue.connection.snapshot)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        connection.create_function("numbered", 1, numbered, deterministic=True)

    def of(self, kind: str, choice: Choice = EVERYTHING) -> Iterator[Row]:
        """The rows of a kind, the earliest first (kinds.DAY_OF).

        `changes` are those after `choice.since`, of every kind, in the order of their positions.

        Raises: BadPosition.
        """
        if choice.since is not None:
            check_position(self._connection, choice.since)
        if kind == CHANGES:
            yield from _changes(self._connection, choice)
        elif kind == "media":
            yield from _media(self._connection, choice)
        else:
            for found in _select(self._connection, kind, choice):
                yield _FINISH[kind](self._connection, dict(found))

    def one(self, kind: str, id_: str) -> Row | None:
        """The row of that id, or None where there is none, for kinds that have positions."""
        query = _QUERIES[kind]
        found = self._connection.execute(
            f"{query.select} WHERE {query.id} = :id {query.group}", {"id": id_}
        ).fetchone()
        return _FINISH[kind](self._connection, dict(found)) if found is not None else None


def _select(
    connection: sqlite3.Connection, kind: str, choice: Choice, *, order: str | None = None
) -> Iterator[sqlite3.Row]:
    query = _QUERIES[kind]
    wheres, values = [f"{query.id} IS NOT NULL"], {}
    if choice.since is not None:
        wheres.append(
            f"{query.id} IN (SELECT id FROM changes "  # noqa: S608
            f"WHERE kind = '{kind}' AND position > :since)"
        )
        values["since"] = choice.since.number
    if choice.case is not None:
        wheres.append(query.case)
    yield from connection.execute(
        f"{query.select} WHERE {' AND '.join(wheres)} {query.group} "
        f"ORDER BY {order or query.order}, {query.id}",
        values | {"case": choice.case},
    )


def _changes(connection: sqlite3.Connection, choice: Choice) -> Iterator[Changes]:
    for change in changes_after(connection, choice.since):
        yield Changes(
            position=change.position.number,
            of_kind=change.kind,
            id=change.id,
            change=change.change,
            noted_at=instant_of(change.noted_at),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    type: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What is wanted of a document (model.Article); reading only this is several times as fast."""

    headline: str | None = None
    subtitle: str | None = None
    authors: tuple[_Name, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline: DatelineCell | None = None
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    site_name: str | None = None
    image: str | None = None
    image_credit: str | None = None
    body: tuple[_Part, ...] = ()
    partial: str | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(part.text for part in self.body)


_PAGE = decoder(_Page)
_ANSWER = decoder(PostAnswer)
_STRINGS = decoder(tuple[str, ...])


def _articles(_: sqlite3.Connection, found: Values) -> Articles:
    page = _PAGE(found.pop("document"))
    return _row(
        Articles,
        found,
        site_name=page.site_name,
        headline=page.headline,
        subtitle=page.subtitle,
        authors=tuple(author.name for author in page.authors),
        agencies=page.agencies,
        dateline=page.dateline,
        language=page.language,
        section=page.section,
        tags=page.tags,
        image=page.image,
        text=page.text,
        partial=page.partial,
    )


def _versions(_: sqlite3.Connection, found: Values) -> Versions:
    return _row(Versions, found, text=_PAGE(found.pop("document")).text)


def _citations(_: sqlite3.Connection, found: Values) -> Citations:
    return _row(Citations, found)


def _posts(_: sqlite3.Connection, found: Values) -> Posts:
    document = found.pop("answer")
    answer = _ANSWER(document) if document is not None else None
    facts = answer.facts if answer is not None else None
    known = facts if facts is not None else PostFacts()
    return _row(
        Posts,
        found,
        rung=answer.rung if answer is not None else None,
        grade=answer.grade if answer is not None else None,
        author_id=known.author.id if known.author is not None else None,
        handle=known.author.handle if known.author is not None else None,
        name=known.author.name if known.author is not None else None,
        text=known.text,
        is_text_truncated=known.is_text_truncated if facts is not None else None,
        title=known.title,
        language=known.language,
        posted_at=_utc(known.posted_at),
        edited_at=_utc(known.edited_at),
        revision=known.revision,
        hashtags=known.hashtags,
        mentions=known.mentions,
        links=known.links,
        media=tuple(
            MediaCell(**{one.name: getattr(media, one.name) for one in fields(MediaCell)})
            for media in known.media
        ),
        metrics=tuple(
            MetricCell(name=name, value=value)
            for name, value in sorted(known.metrics.items())
            if 0 <= value < 1 << 63
        ),
        content_warning=known.content_warning,
        is_sensitive=known.is_sensitive,
    )


def _captures(_: sqlite3.Connection, found: Values) -> Captures:
    return _row(Captures, found)


def _clusters(connection: sqlite3.Connection, found: Values) -> Clusters:
    members = connection.execute(_MEMBERS, (found["id"],)).fetchall()
    first = dict(members[0])
    first_article_id = first.pop("article_id")
    articles = tuple(dict.fromkeys(member["article_id"] for member in members))
    return _row(
        Clusters,
        found | first,
        articles=articles,
        size=len(articles),
        first_article_id=first_article_id,
    )


def _media(connection: sqlite3.Connection, choice: Choice) -> Iterator[Media]:
    """What articles and posts name, in the order of the captures that name it."""
    owners = [_owners(connection, kind, choice) for kind in _NAMED]
    for _, kind, owner, found in heapq.merge(*owners, key=lambda one: one[:3]):
        for place, named in enumerate(_NAMED[kind](found)):
            key = (key_or_none(named.url or ""),)
            own = connection.execute(_PICTURE, key).fetchone()
            own = own or connection.execute(_OWN_BYTES, key).fetchone()
            yield _row(
                Media,
                {name: found[name] for name in _PROVENANCE_NAMES},
                id=f"{owner}#{place}",
                of_kind=kind,
                of_id=owner,
                type=named.type,
                url=named.url,
                preview_url=named.preview_url,
                width=named.width,
                height=named.height,
                alt=named.alt,
                credit=named.credit,
                duration_s=named.duration_s,
                is_sensitive=named.is_sensitive,
                media_record_id=own["record_id"] if own is not None else None,
                media_digest=own["payload_digest"] if own is not None else None,
                media_id=own["media_id"] if own is not None else None,
                media_group=own["group_id"] if own is not None else None,
            )


def _owners(
    connection: sqlite3.Connection, kind: str, choice: Choice
) -> Iterator[tuple[str, str, str, Values]]:
    for found in _select(connection, kind, choice, order="k.captured_at"):
        yield found["captured_at"], kind, found["id"], dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named(MediaCell):
    credit: str | None = None


def _of_page(found: Values) -> Iterator[_Named]:
    page = _PAGE(found["document"])
    if page.image is not None:
        yield _Named(type="image", url=page.image, credit=page.image_credit)
    for part in page.body:
        if part.type == "media":
            yield _Named(type="media", url=part.url, alt=part.text or None)


def _of_post(found: Values) -> Iterator[_Named]:
    facts = _ANSWER(found["answer"]).facts if found["answer"] is not None else None
    for media in facts.media if facts is not None else ():
        yield _Named(**{one.name: getattr(media, one.name) for one in fields(MediaCell)})


_NAMED: dict[str, Callable[[Values], Iterator[_Named]]] = {"articles": _of_page, "posts": _of_post}
_FINISH: dict[str, Callable[[sqlite3.Connection, Values], Row]] = {
    "articles": _articles,
    "versions": _versions,
    "citations": _citations,
    "posts": _posts,
    "captures": _captures,
    "clusters": _clusters,
}
_PROVENANCE_NAMES = (
    *("record_id", "warc", "warc_offset", "warc_length", "payload_digest", "captured_at"),
    *("run_id", "case_label", "reader"),
)


def _utc(at: dt.datetime | None) -> dt.datetime | None:
    try:
        return at.astimezone(dt.UTC) if at is not None else None
    except OverflowError:  # a platform may say year 1 in a zone ahead of UTC
        return None


def _row(table: type[_T], found: Values, **told: Any) -> _T:  # noqa: ANN401
    """A row, out of SQLite's columns as text and what else is told."""
    for name, convert in _CONVERT[table]:
        value = found.get(name)
        if value is not None:
            found[name] = convert(value)
    found.update(told)
    return table(**found)


def _conversion(wanted: Any) -> Callable[[Any], object] | None:  # noqa: ANN401
    """How a column of that type is made of what SQLite holds; None where it is that already."""
    if isinstance(wanted, types.UnionType):
        (wanted,) = (one for one in get_args(wanted) if one is not types.NoneType)
    if wanted is dt.datetime:
        return instant_of
    if wanted is dt.date:
        return dt.date.fromisoformat
    if wanted is bool:
        return bool
    if get_origin(wanted) is tuple and not is_dataclass(get_args(wanted)[0]):
        return _STRINGS
    return None


_CONVERT: dict[type, list[tuple[str, Callable[[Any], object]]]] = {
    table: [
        (one.name, convert)
        for one in fields(table)
        if (convert := _conversion(one.type)) is not None
    ]
    for table in TABLES.values()
}
assert set(KINDS) == {*_QUERIES, "media"}
