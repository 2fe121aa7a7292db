"""The rows of `clusters`: stories that several articles tell, word for word and nearly.

The same articles may be in a cluster of each match: word for word a story's shortest telling
counts, nearly only what is long enough to be compared (archive.near).
"""

import heapq
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive.export.kinds import LikenessCell
from archive.export.queries import OF_CASE, PROVENANCE_SQL, Choice, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """One way in which articles are found to tell one story."""

    name: str
    heads: str
    """Selects the id and the first instant of clusters; it ends in its conditions."""
    id: str
    group: str
    case: str
    """The condition that one of them was seen in a run of that label."""
    members: str
    """Selects the articles of one cluster, the first published first."""


def _known_by(seen: str) -> str:
    """When a version was published for certain: a day counts as its end, a page we have was there.

    The same rule as that of the view `near_clusters`.
    """
    stated = "coalesce(v.published_at, v.published_on || 'T24:00:00.000000Z', seen_at)"
    return f"min({stated}, seen_at)".replace("seen_at", seen)


_MATCHES = (
    _Match(
        name="same",
        heads="""
            SELECT v.story_digest AS id, min(seen.captured_at) AS first_seen_at
            FROM versions AS v JOIN sightings AS seen ON seen.version_id = v.version_id
            WHERE v.story_digest IS NOT NULL
        """,
        id="v.story_digest",
        group="GROUP BY v.story_digest HAVING count(DISTINCT v.article_id) > 1",
        case=(
            "EXISTS (SELECT 1 FROM versions AS cv JOIN sightings AS cs USING (version_id) "  # noqa: S608 - our names
            f"{OF_CASE} WHERE cv.story_digest = v.story_digest AND cr.case_label = :case)"
        ),
        members=f"""
            SELECT v.article_id, 1.0 AS similarity, 1.0 AS containment, v.headline,
                v.published_at, v.published_on, v.reader, {PROVENANCE_SQL}
            FROM versions AS v JOIN captures AS k ON k.record_id = v.record_id
                JOIN runs USING (run_id)
            WHERE v.story_digest = ?
            ORDER BY {
            _known_by(
                "(SELECT min(captured_at) FROM sightings AS seen "
                "WHERE seen.version_id = v.version_id)"
            )
        },
                v.article_id, numbered(v.reader) DESC
        """,  # noqa: S608
    ),
    _Match(
        name="near",
        heads="""
            SELECT c.text_id AS id, min(a.first_seen_at) AS first_seen_at
            FROM near_texts AS c JOIN near_texts AS t ON t.centre_no = c.text_no
                JOIN near_articles AS n ON n.text_no = t.text_no
                JOIN articles AS a ON a.article_id = n.article_id
            WHERE c.centre_no = c.text_no
        """,
        id="c.text_id",
        group="GROUP BY c.text_id HAVING count(*) > 1",
        case=(
            "EXISTS (SELECT 1 FROM near_texts AS ct JOIN near_articles AS cn USING (text_no) "  # noqa: S608
            f"JOIN readings AS cg ON cg.article_id = cn.article_id {OF_CASE} "
            "WHERE ct.centre_no = c.text_no AND cr.case_label = :case)"
        ),
        members=f"""
            SELECT n.article_id, t.similarity, t.containment, v.headline,
                v.published_at, v.published_on, v.reader, {PROVENANCE_SQL}
            FROM near_texts AS c JOIN near_texts AS t ON t.centre_no = c.text_no
                JOIN near_articles AS n ON n.text_no = t.text_no
                JOIN articles AS a ON a.article_id = n.article_id
                JOIN versions AS v ON v.version_id = a.version_id
                JOIN captures AS k ON k.record_id = v.record_id JOIN runs USING (run_id)
            WHERE c.text_id = ?
            ORDER BY {_known_by("a.first_seen_at")}, n.article_id
        """,  # noqa: S608
    ),
)


def clusters(connection: sqlite3.Connection, choice: Choice) -> Iterator[Values]:
    """The clusters of `choice`, of every match, in the order of their first instant."""
    heads = [_heads(connection, match, choice) for match in _MATCHES]
    for first_seen_at, id_, match in heapq.merge(*heads, key=lambda head: head[:2]):
        yield _row(connection, match, id_, first_seen_at)


def cluster(connection: sqlite3.Connection, id_: str) -> Values | None:
    """The cluster of that id; None where there is none."""
    for match in _MATCHES:
        found = connection.execute(
            f"{match.heads} AND {match.id} = ? {match.group}", (id_,)
        ).fetchone()
        if found is not None:
            return _row(connection, match, id_, found["first_seen_at"])
    return None


def _heads(
    connection: sqlite3.Connection, match: _Match, choice: Choice
) -> Iterator[tuple[str, str, _Match]]:
    asked: Values = {}
    wheres = ""
    if choice.since is not None:
        wheres += (
            f" AND {match.id} IN (SELECT id FROM changes "  # noqa: S608
            "WHERE kind = 'clusters' AND position > :since)"
        )
        asked["since"] = choice.since.number
    if choice.case is not None:
        wheres += f" AND {match.case}"
        asked["case"] = choice.case
    found = connection.execute(f"{match.heads} {wheres} {match.group} ORDER BY 2, 1", asked)
    for row in found:
        yield row["first_seen_at"], row["id"], match


def _row(connection: sqlite3.Connection, match: _Match, id_: str, first_seen_at: str) -> Values:
    members = [dict(one) for one in connection.execute(match.members, (id_,))]
    first = members[0]
    likeness: dict[str, LikenessCell] = {}
    for member in members:
        cell = {name: member.pop(name) for name in ("article_id", "similarity", "containment")}
        likeness.setdefault(cell["article_id"], LikenessCell(**cell))
    return first | {
        "id": id_,
        "match": match.name,
        "articles": tuple(likeness),
        "likeness": tuple(likeness.values()),
        "size": len(likeness),
        "first_article_id": next(iter(likeness)),
        "first_seen_at": first_seen_at,
    }
