"""A post out of the catalogue: who cites it, what they claim, what its platform answered."""

import sqlite3
from collections.abc import Iterator

from archive.catalogue.questions.media import post_pictures
from archive.catalogue.rows import capture_of, citation_of, post_of
from archive.codec import from_json
from archive.conclusions.crosscheck import Flag, crosscheck
from archive.instants import instant_of
from archive.model import Citation, PostAnswer
from archive.views.citations import CitedByView, CiterView, LabelledClaimsView, claims_view
from archive.views.posts import (
    CrossCheckView,
    PostHistoryView,
    PostSightingView,
    PostStanding,
    PostVersionView,
    PostView,
    SameWordsView,
    ShownAnswer,
    post_view,
)

CITATIONS_SHOWN = 1000
"""A post's citations beyond this many are not listed with it; `citations` lists them all."""
SIGHTINGS_SHOWN = 1000
"""A post's sightings, versions and cross-checks beyond this many are not listed: the newest are."""

CITATIONS = """
    SELECT citations.*, posts.platform, posts.post_id, versions.article_id,
        versions.headline, versions.reader, articles.canonical_url
    FROM citations JOIN posts USING (post_key) JOIN versions USING (version_id)
        JOIN articles ON articles.article_id = versions.article_id
"""
_NEWEST = """
    NOT EXISTS (
        SELECT 1 FROM readings AS newer WHERE newer.record_id = {0}.record_id
            AND newer.verdict <> 'unreadable' AND numbered(newer.reader) > numbered({1}.reader)
    )
"""
"""Of what readers made of a capture, what the newest did: that counts."""
CITATIONS_NOW = f"{CITATIONS} WHERE {_NEWEST.format('citations', 'versions')}"
POSTS = "SELECT * FROM posts"


def post(connection: sqlite3.Connection, row: sqlite3.Row) -> PostView:
    """The post of a row of `posts`: its facts, or else its citations' claims."""
    shown = _shown(connection, row)
    cited_by, claims = _citations(connection, row)
    return post_view(
        post_of(row),
        cited_by=cited_by,
        claims=claims if shown is None else (),
        shown=shown,
        standing=_standing(connection, row),
        pictures=post_pictures(connection, row["same_key"]),
    )


def post_history(connection: sqlite3.Connection, row: sqlite3.Row) -> PostHistoryView:
    """The post of a row of `posts`, with every answer about it, and every claim."""
    view = post(connection, row)
    view["claims"] = _citations(connection, row)[1]
    return PostHistoryView(
        **view,
        sightings=list(_sightings(connection, row)),
        versions=list(_versions(connection, row)),
        checks=list(_checks(connection, row)),
        same_words=list(_same_words(connection, row)),
    )


def citer(row: sqlite3.Row) -> CiterView:
    """The article behind a row of CITATIONS."""
    return CiterView(
        article_id=row["article_id"],
        article_url=row["canonical_url"],
        headline=row["headline"],
        record_id=row["record_id"],
        reader=row["reader"],
    )


def _same_words(connection: sqlite3.Connection, row: sqlite3.Row) -> Iterator[SameWordsView]:
    rows = connection.execute(
        # Not by the view post_copies: joined with itself, it is made whole, of all posts.
        "SELECT others.post_key, coalesce(others.author_id, others.handle) AS account, "
        "min(others.posted_at) AS posted_at FROM post_copies AS own "
        "JOIN post_versions AS others ON others.copy_digest = own.copy_digest "
        "JOIN posts ON posts.post_key = others.post_key "
        "WHERE own.post_key = ? AND posts.same_key <> ? GROUP BY others.post_key "
        "ORDER BY posts.platform = own.platform "
        "AND coalesce(others.author_id, others.handle) IS own.account, "
        "min(others.posted_at), others.post_key LIMIT ?",
        (row["post_key"], row["same_key"], SIGHTINGS_SHOWN),
    )
    for post_key, account, posted_at in rows:
        yield SameWordsView(post=post_key, account=account, posted_at=posted_at)


def _standing(connection: sqlite3.Connection, row: sqlite3.Row) -> PostStanding:
    aliases = connection.execute(
        "SELECT alias_key FROM post_aliases JOIN posts USING (post_key) "
        "WHERE is_believed AND same_key = ? UNION SELECT post_key FROM posts WHERE same_key = ?",
        (row["same_key"], row["same_key"]),
    )
    return PostStanding(
        same_as=tuple(sorted(key for (key,) in aliases if key != row["post_key"])),
        seen_at=row["seen_at"],
        latest_state=row["latest_state"],
        latest_at=row["latest_at"],
    )


def _shown(connection: sqlite3.Connection, row: sqlite3.Row) -> ShownAnswer | None:
    found = connection.execute(
        "SELECT captures.*, answers.answer, reader FROM post_versions "
        "JOIN captures USING (record_id) JOIN answers ON digest = post_versions.answer "
        "WHERE version_id = ?",
        (row["version_id"],),
    ).fetchone()
    if found is None:
        return None
    answer = from_json(found["answer"], PostAnswer)
    return ShownAnswer(answer=answer, capture=capture_of(found), reader=found["reader"])


def _citations(
    connection: sqlite3.Connection, row: sqlite3.Row
) -> tuple[list[CitedByView], list[LabelledClaimsView]]:
    cited_by: dict[tuple[str, str, str], CitedByView] = {}
    claims = []
    for entry in connection.execute(
        CITATIONS_NOW + " AND posts.same_key = ? "
        "ORDER BY citations.first_seen_at DESC, citation_id DESC LIMIT ?",
        (row["same_key"], CITATIONS_SHOWN),
    ):
        citation, citing = citation_of(entry), citer(entry)
        place = (citing["article_id"], citation.relation, citation.form)
        cited_by.setdefault(
            place, CitedByView(**citing, relation=citation.relation.value, form=citation.form)
        )
        claims.append(
            LabelledClaimsView(
                **claims_view(citation),
                id_in_future=_is_of_future(citation, entry["first_seen_at"]),
                claimed_by=citing["article_id"],
                record_id=citing["record_id"],
                reader=citing["reader"],
            )
        )
    return list(cited_by.values()), claims


def _is_of_future(citation: Citation, seen_at: str) -> bool:
    """Known of a post that no platform answers for, too."""
    found = crosscheck(citation, None, seen_at=instant_of(seen_at))
    return Flag.ID_IN_FUTURE in found.flags


def _sightings(connection: sqlite3.Connection, post_row: sqlite3.Row) -> Iterator[PostSightingView]:
    for row in connection.execute(
        "SELECT * FROM post_sightings "  # noqa: S608 - words of ours
        "WHERE post_key IN (SELECT post_key FROM posts WHERE same_key = ?) "
        f"AND {_NEWEST.format('post_sightings', 'post_sightings')} "
        "ORDER BY stamp DESC LIMIT ?",
        (post_row["same_key"], SIGHTINGS_SHOWN),
    ):
        metrics = connection.execute(
            "SELECT metric, value FROM post_metrics WHERE record_id = ? AND reader = ? "
            "ORDER BY metric",
            (row["record_id"], row["reader"]),
        )
        yield PostSightingView(
            captured_at=row["captured_at"],
            rung=row["rung"],
            grade=row["grade"],
            state=row["state"],
            reason=row["reason"],
            metrics=dict(metrics.fetchall()),
            version_id=row["version_id"],
            record_id=row["record_id"],
            reader=row["reader"],
        )


def _versions(connection: sqlite3.Connection, post_row: sqlite3.Row) -> Iterator[PostVersionView]:
    for row in connection.execute(
        "SELECT post_versions.*, min(captured_at) AS first_seen_at, "  # noqa: S608 - the same
        "max(captured_at) AS last_seen_at FROM post_versions "
        "LEFT JOIN post_sightings ON post_sightings.post_key = post_versions.post_key "
        "AND post_sightings.version_id = post_versions.version_id "
        "WHERE post_versions.post_key IN (SELECT post_key FROM posts WHERE same_key = ?) "
        f"AND {_NEWEST.format('post_versions', 'post_versions')} "
        "GROUP BY post_versions.version_id ORDER BY coalesce(max(captured_at), "
        "post_versions.edited_at, post_versions.posted_at) DESC, post_versions.version_id LIMIT ?",
        (post_row["same_key"], SIGHTINGS_SHOWN),
    ):
        yield PostVersionView(
            id=row["version_id"],
            text=row["text"],
            title=row["title"],
            is_text_truncated=bool(row["is_truncated"]),
            edited_at=row["edited_at"],
            revision=row["revision"],
            first_seen_at=row["first_seen_at"],
            last_seen_at=row["last_seen_at"],
            record_id=row["record_id"],
            reader=row["reader"],
        )


def _checks(connection: sqlite3.Connection, post_row: sqlite3.Row) -> Iterator[CrossCheckView]:
    """Each citation against the answer that is shown."""
    for row in connection.execute(
        "SELECT cross_checks.*, versions.article_id FROM cross_checks "  # noqa: S608 - the same
        "JOIN citations USING (citation_id) JOIN versions USING (version_id) "
        "JOIN post_versions ON post_versions.record_id = cross_checks.record_id "
        "AND post_versions.reader = cross_checks.reader "
        f"WHERE post_versions.version_id = ? AND {_NEWEST.format('citations', 'versions')} "
        "ORDER BY citations.first_seen_at DESC, citation_id DESC LIMIT ?",
        (post_row["version_id"], CITATIONS_SHOWN),
    ):
        yield CrossCheckView(
            claimed_by=row["article_id"],
            text=row["text"],
            handle=row["handle"],
            claimed_on=row["claimed_on"],
            id_at=row["id_at"],
            posted_at=row["posted_at"],
            flags=from_json(row["flags"], list[str]),
            record_id=row["record_id"],
            reader=row["reader"],
        )
