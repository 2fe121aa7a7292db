"""From answers to posts: the derived tables of posts, which follow from the facts alone.

What a post is taken for is worked out again from all of its sightings whenever one is added: so
the order in which they came cannot matter.

A post's `state` is what is best known of it: a success, whenever it was, outlives every later
failure. `latest_state` is the newest answer that settled anything, so that "seen on the 3rd, gone
by the 5th" can be asked: `seen_at` is the newest success, `latest_at` that answer's instant.

Of a capture that several readers read, the newest one's word counts: what an older reader took an
answer for stays on record, and says nothing of the post any more.
"""

import sqlite3
import unicodedata

from archive.catalogue.placement.media import MediaPlacement
from archive.catalogue.placement.newest import put_newest
from archive.catalogue.rows import Row, citation_of, inserting, key_or_none, stamp_of
from archive.catalogue.search_texts import SearchTexts
from archive.catalogue.words import offered, words_of_post
from archive.codec import from_json, to_json
from archive.conclusions.crosscheck import crosscheck
from archive.conclusions.identity import may_be_one_post
from archive.digest import Digest, content_id
from archive.instants import instant_of, instant_or_none
from archive.model import PostAnswer, PostFacts, PostState, Verdict
from archive.near import post_copy_digest

FOUND = (PostState.OK, PostState.OK_PARTIAL)
"""The states in which a platform showed the post."""
PASSING = (
    PostState.NOT_ASKED,
    PostState.PARSE_ERROR,
    PostState.TRANSIENT,
    PostState.BLOCKED_BOT,
    PostState.LOGIN_WALL,
    PostState.RATE_LIMITED,
)
"""States that say nothing of the post, the least telling first."""
_NEWEST = f"""NOT EXISTS (
    SELECT 1 FROM post_sightings AS later JOIN readings AS read
        ON read.record_id = later.record_id AND read.reader = later.reader
    WHERE later.record_id = seen.record_id AND later.stamp > seen.stamp
        AND read.verdict <> '{Verdict.UNREADABLE}')
"""  # noqa: S608 - of a constant
"""Whether the sighting `seen` is of its capture's newest reader that was not stopped."""
_THIRD_PARTY = "third-party-"
_TOLD = "-"
"""Before the stamp of a text that a post's history tells: any that was seen itself is newer."""
OF_THE_PAST = "third-party-capture"
"""The grade of a web archive's copy, which says nothing of the day on which it was asked for."""


class PostPlacement:
    """Writes the derived tables of posts, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, search: SearchTexts) -> None:
        self._connection = connection
        self._search = search
        self._media = MediaPlacement(connection)

    def put_post(self, post_key: str, url: str, seen_at: str, stamp: str) -> bool:
        """Note a post that a citation or an answer names; whether it was new."""
        platform, _, post_id = post_key.partition(":")
        newest: Row = {"url": url, "url_key": key_or_none(url), "stamp": stamp}
        row: Row = {
            "post_key": post_key,
            "platform": platform,
            "post_id": post_id,
            "state": PostState.NOT_ASKED.value,
            "first_seen_at": seen_at,
            "same_key": post_key,
        }
        is_new = put_newest(self._connection, "posts", "post_key", row, newest)
        if is_new:
            self._unite(post_key)
        return is_new

    def place(self, record_id: str, reader: str) -> None:
        """Place one stored reading that holds an answer; placing it again changes nothing."""
        digest, document, captured_at = self._connection.execute(
            "SELECT digest, answers.answer, captured_at FROM readings "
            "JOIN answers ON digest = readings.answer JOIN captures USING (record_id) "
            "WHERE record_id = ? AND reader = ?",
            (record_id, reader),
        ).fetchone()
        stamp = stamp_of(captured_at, record_id, reader)
        answer = from_json(document, PostAnswer)
        self.put_post(answer.post_key, answer.url, captured_at, stamp)
        newest: Row = {"record_id": record_id, "stamp": stamp, "answer": digest}
        version_id: str | None = None
        if answer.facts is not None:
            version_id = self._put_version(answer.post_key, answer.facts, reader, newest)
        for facts in answer.history:
            telling = newest | {"stamp": f"{_TOLD}{stamp}"}
            told_id = self._put_version(answer.post_key, facts, reader, telling)
            self._media.name_media(told_id, facts, captured_at)
        sighting: Row = {
            "record_id": record_id,
            "reader": reader,
            "captured_at": captured_at,
            "version_id": version_id,
            "stamp": stamp,
        }
        self._put_sighting(answer, sighting)
        if answer.facts is not None and version_id is not None:
            self._put_details(answer.facts, record_id, reader, version_id, captured_at)
        self._let_follow(answer, record_id, reader, captured_at)

    def check(self, citation_id: str) -> None:
        """Hold a citation against every answer about its post that stated anything."""
        row = self._connection.execute(
            "SELECT citations.*, platform, post_id FROM citations JOIN posts USING (post_key) "
            "WHERE citation_id = ?",
            (citation_id,),
        ).fetchone()
        citation = citation_of(row)
        for seen in self._connection.execute(
            "SELECT record_id, reader, captured_at, answers.answer FROM post_sightings "
            "JOIN posts USING (post_key) JOIN readings USING (record_id, reader) "
            "JOIN answers ON digest = readings.answer "
            "WHERE same_key = (SELECT same_key FROM posts WHERE post_key = ?) "
            "AND post_sightings.version_id IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM cross_checks AS known "
            "WHERE citation_id = ? AND known.record_id = post_sightings.record_id "
            "AND known.reader = post_sightings.reader)",
            (citation.post_key, citation_id),
        ).fetchall():
            answer = from_json(seen["answer"], PostAnswer)
            found = crosscheck(citation, answer.facts, seen_at=instant_of(seen["captured_at"]))
            check: Row = {
                "citation_id": citation_id,
                "record_id": seen["record_id"],
                "reader": seen["reader"],
                "text": found.text.value,
                "handle": found.handle.value,
                "claimed_on": row["claimed_on"],
                "id_at": row["id_at"],
                "posted_at": instant_or_none(found.posted_at),
                "flags": to_json(found.flags).decode(),
            }
            self._connection.execute(inserting("cross_checks", check), check)

    def _check_all(self, post_key: str) -> None:
        """Hold whatever cites a post, by any of its keys, against what was answered about it."""
        for row in self._connection.execute(
            "SELECT citation_id FROM citations JOIN posts USING (post_key) "
            "WHERE same_key = (SELECT same_key FROM posts WHERE post_key = ?)",
            (post_key,),
        ).fetchall():
            self.check(row["citation_id"])

    def settle(self, post_key: str) -> None:
        """Work out what a post's sightings, and those of its other keys, say of it together."""
        keys = self._keys(post_key)
        marks = ", ".join("?" * len(keys))
        sightings = self._connection.execute(
            f"SELECT * FROM post_sightings AS seen WHERE post_key IN ({marks}) AND {_NEWEST}",  # noqa: S608
            keys,
        ).fetchall()
        live = [row for row in sightings if row["grade"] != OF_THE_PAST]
        found = [row for row in live if row["state"] in FOUND]
        # That an archive has no copy says nothing of the post.
        telling = [row for row in sightings if row in live or row["state"] in FOUND]
        best = max(telling, key=_worth, default=None)
        settled = [row for row in live if row["state"] not in PASSING]
        stated = [row for row in sightings if row["version_id"] is not None]
        latest = max(settled or live, key=_stamp, default=None)
        standing: Row = {
            "state": best["state"] if best is not None else PostState.NOT_ASKED.value,
            "version_id": max(stated, key=_worth)["version_id"] if stated else None,
            "seen_at": max((row["captured_at"] for row in found), default=None),
            "latest_state": latest["state"] if latest is not None else None,
            "latest_at": latest["captured_at"] if latest is not None else None,
        }
        columns = ", ".join(f"{name} = :{name}" for name in standing)
        for key in keys:
            self._connection.execute(
                f"UPDATE posts SET {columns} WHERE post_key = :key",  # noqa: S608
                standing | {"key": key},
            )

    def _put_sighting(self, answer: PostAnswer, sighting: Row) -> None:
        row = sighting | {
            "post_key": answer.post_key,
            "rung": answer.rung,
            "grade": answer.grade,
            "state": answer.state.value,
            "reason": answer.reason,
        }
        # A reading that was stopped, and so states nothing, may have stood here.
        told = ", ".join(f"{name} = excluded.{name}" for name in ("state", "reason", "version_id"))
        statement = inserting("post_sightings", row) + f" ON CONFLICT DO UPDATE SET {told}"
        self._connection.execute(statement, row)

    def _let_follow(
        self, answer: PostAnswer, record_id: str, reader: str, captured_at: str
    ) -> None:
        """Settle the post that an answer is about, and what other readers took the answer for."""
        read_otherwise = self._connection.execute(
            "SELECT post_key FROM post_sightings WHERE record_id = ? AND reader <> ?",
            (record_id, reader),
        ).fetchall()
        concerned = dict.fromkeys((answer.post_key, *(key for (key,) in read_otherwise)))
        if not read_otherwise:
            self._put_aliases(answer, captured_at)
        else:
            for key in concerned:
                self._renew_aliases(key)
        for key in concerned:
            self.settle(key)
            self._check_all(key)

    def _put_version(self, post_key: str, facts: PostFacts, reader: str, newest: Row) -> str:
        """Put the text that `facts` show, described by the newest of its rows; its id."""
        text = post_digest(facts)
        author = facts.author
        version_id = content_id("w", post_key, text, reader)
        described: Row = newest | {
            "author_id": author.id if author is not None else None,
            "handle": author.handle if author is not None else None,
            "name": author.name if author is not None else None,
            "text": facts.text,
            "is_truncated": int(facts.is_text_truncated),
            "title": facts.title,
            "language": facts.language,
            "posted_at": instant_or_none(facts.posted_at),
            "edited_at": instant_or_none(facts.edited_at),
            "revision": facts.revision,
            "search_digest": self._index(facts),
            "copy_digest": post_copy_digest(facts.text),
        }
        row: Row = {
            "version_id": version_id,
            "post_key": post_key,
            "reader": reader,
            "text_digest": text,
        }
        put_newest(self._connection, "post_versions", "version_id", row, described)
        return version_id

    def _put_details(
        self, facts: PostFacts, record_id: str, reader: str, version_id: str, captured_at: str
    ) -> None:
        self._media.name_media(version_id, facts, captured_at)
        for metric, value in facts.metrics.items():
            if 0 <= value < 1 << 63:
                self._connection.execute(
                    "INSERT INTO post_metrics VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (record_id, reader, metric, value),
                )
        for pointer in facts.pointers:
            self._connection.execute(
                "INSERT INTO post_pointers VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET first_seen_at = min(first_seen_at, excluded.first_seen_at)",
                (version_id, pointer.relation, pointer.post_key, pointer.url, captured_at),
            )

    def _put_aliases(self, answer: PostAnswer, captured_at: str) -> None:
        for post_id in answer.same_as:
            alias = f"{answer.platform}:{post_id}"
            if alias == answer.post_key:
                continue
            is_believed = may_be_one_post(answer.post_id, post_id)
            added = self._connection.execute(
                "INSERT INTO post_aliases VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (answer.post_key, alias, int(is_believed), captured_at),
            )
            if added.rowcount and is_believed:
                self._unite(answer.post_key)
            elif not added.rowcount:
                self._connection.execute(
                    "UPDATE post_aliases SET first_seen_at = min(first_seen_at, ?) "
                    "WHERE post_key = ? AND alias_key = ?",
                    (captured_at, answer.post_key, alias),
                )

    def _renew_aliases(self, post_key: str) -> None:
        """Take back which keys older readers took for this post's, where the newest do not."""
        known = self._connection.execute(
            "SELECT alias_key FROM post_aliases WHERE post_key = ?", (post_key,)
        ).fetchall()
        self._connection.execute("DELETE FROM post_aliases WHERE post_key = ?", (post_key,))
        group = self._keys(post_key)
        for row in self._connection.execute(
            "SELECT captured_at, answers.answer FROM post_sightings AS seen "  # noqa: S608
            "JOIN readings USING (record_id, reader) JOIN answers ON digest = readings.answer "
            f"WHERE post_key = ? AND {_NEWEST}",
            (post_key,),
        ).fetchall():
            self._put_aliases(from_json(row["answer"], PostAnswer), row["captured_at"])
        now = self._connection.execute(
            "SELECT alias_key FROM post_aliases WHERE post_key = ?", (post_key,)
        ).fetchall()
        if {key for (key,) in now} >= {row["alias_key"] for row in known}:
            return
        for key in group:
            self._connection.execute(
                "UPDATE posts SET same_key = post_key WHERE post_key = ?", (key,)
            )
            self._connection.execute(
                "DELETE FROM cross_checks WHERE citation_id IN "
                "(SELECT citation_id FROM citations WHERE post_key = ?)",
                (key,),
            )
        for key in group:
            self._unite(key)
        for key in group:
            self.settle(key)
            self._check_all(key)

    def _keys(self, post_key: str) -> list[str]:
        """All keys of a post, its own among them."""
        rows = self._connection.execute(
            "SELECT post_key FROM posts WHERE same_key = "
            "(SELECT same_key FROM posts WHERE post_key = ?)",
            (post_key,),
        )
        return [key for (key,) in rows]

    def _unite(self, post_key: str) -> None:
        """Give all keys of one post the same `same_key`: the least of those it is said to be."""
        keys, named = {post_key}, set()
        todo = [post_key]
        while todo:
            key = todo.pop()
            for one, other in self._connection.execute(
                "SELECT post_key, alias_key FROM post_aliases "
                "WHERE is_believed AND (post_key = ? OR alias_key = ?)",
                (key, key),
            ):
                named.add(other)
                todo += {one, other} - keys
                keys |= {one, other}
        if len(keys) == 1:
            return
        same = min(named)
        for key in sorted(keys):
            self._connection.execute(
                "UPDATE posts SET same_key = ? WHERE post_key = ?", (same, key)
            )
        self.settle(post_key)
        self._check_all(post_key)

    def _index(self, facts: PostFacts) -> Digest | None:
        """Make a post's text known to search, once; None where there is none."""
        text = words_of_post(facts)
        if not text:
            return None
        digest = Digest.of(b"post\n" + text.encode("utf-8", "replace"))
        self._search.put(digest, "post", "", text)
        return digest


def facts_of_text(answer: PostAnswer, text_digest: str) -> PostFacts:
    """What `answer` states of the version with that text; empty where it states none such."""
    stated = (answer.facts or PostFacts(), *answer.history)
    return next((facts for facts in stated if post_digest(facts) == text_digest), PostFacts())


def post_digest(facts: PostFacts) -> Digest:
    """What makes a post's version: its words, in NFC, white space folded.

    These are its text, title and content warning, and the answers that a poll offers. Names,
    numbers, media and marks describe a sighting, not a version.
    """
    parts = (facts.text, facts.title, facts.content_warning, *offered(facts))
    lines = (" ".join(unicodedata.normalize("NFC", part or "").split()) for part in parts)
    return Digest.of("\n".join(lines).encode("utf-8", "surrogatepass"))


def _worth(row: sqlite3.Row) -> tuple[int, bool, int, str]:
    """How much a sighting tells of the post: found before settled, our own asking, the newest."""
    state = PostState(row["state"])
    is_own = not row["grade"].startswith(_THIRD_PARTY)
    if state in FOUND:
        return 2, is_own, -FOUND.index(state), row["stamp"]
    if state in PASSING:
        return 0, is_own, PASSING.index(state), row["stamp"]
    return 1, is_own, 0, row["stamp"]


def _stamp(row: sqlite3.Row) -> str:
    return str(row["stamp"])
