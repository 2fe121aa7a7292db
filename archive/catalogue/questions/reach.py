"""What a withdrawal reaches: which captures a selector means, and who still speaks of them after.

    RECORD-ID             that capture alone
    PLATFORM:POST-ID      a post: every answer about it, what was had from its address
    ARTICLE-ID, URL       all captures of the article or the address, and web archives' copies of it
    host:NAME             all captures of a host and of the hosts below it
    case:LABEL            all captures of the runs with that label

But for the first, the pictures that only these name go too, and the redirects that led to all this.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from archive.catalogue.connection import snapshot
from archive.catalogue.questions.captures import Captures, Selection, listed
from archive.catalogue.rows import bindable, key_or_none

HOST, CASE = "host:", "case:"

_MEANT = "SELECT same_key FROM posts WHERE post_key = :asked OR url_key = :key"
_OF_URLS = """
    WITH asked (url_key) AS (
        SELECT :key WHERE :key IS NOT NULL
        UNION SELECT article_urls.url_key FROM article_urls JOIN article_keys USING (article_id)
            WHERE article_keys.own_id = :asked
    )
    SELECT record_id FROM captures WHERE url_key IN (SELECT url_key FROM asked)
        OR url = :asked
    UNION SELECT record_id FROM readings JOIN article_keys USING (article_id)
        WHERE own_id = :asked
    UNION SELECT record_id FROM article_copies WHERE url_key IN (SELECT url_key FROM asked)
"""
_OF_POST = f"""
    WITH meant (post_key, url_key) AS (
        SELECT post_key, url_key FROM posts WHERE same_key IN ({_MEANT})
    )
    SELECT record_id FROM post_sightings JOIN meant USING (post_key)
    UNION SELECT record_id FROM captures JOIN meant USING (url_key)
    UNION SELECT captures.record_id FROM short_links JOIN meant USING (post_key)
        JOIN captures ON captures.url_key = short_links.url_key
"""  # noqa: S608
_PICTURES = """
    WITH chosen (record_id) AS (SELECT value FROM json_each(:ids)),
    seen (version_id, record_id) AS (
        SELECT version_id, record_id FROM sightings
        UNION ALL SELECT version_id, record_id FROM post_sightings WHERE version_id IS NOT NULL
    ),
    gone (version_id) AS (
        SELECT version_id FROM seen WHERE record_id IN chosen
        EXCEPT SELECT version_id FROM seen WHERE record_id NOT IN chosen
    ),
    alone (url_key) AS (
        SELECT url_key FROM media_named WHERE version_id IN gone
        EXCEPT SELECT url_key FROM media_named WHERE version_id NOT IN gone
    )
    SELECT record_id FROM captures JOIN alone USING (url_key)
    UNION SELECT record_id FROM media_seen JOIN alone USING (url_key)
"""
_SHARING = """
    WITH chosen (record_id) AS (SELECT value FROM json_each(:ids)),
    left_there (record_id) AS (
        SELECT refers_to FROM captures JOIN chosen USING (record_id)
        WHERE kind = 'revisit' AND status IS NOT 304 AND refers_to NOT IN chosen
    )
    SELECT DISTINCT url FROM captures
    WHERE record_id NOT IN chosen AND status IS NOT 304
        AND (record_id IN left_there OR refers_to IN left_there)
    ORDER BY url
"""
_CITING = f"""
    SELECT versions.version_id, versions.article_id
    FROM posts JOIN citations USING (post_key)
        JOIN versions ON versions.version_id = citations.version_id
    WHERE posts.same_key IN ({_MEANT})
"""  # noqa: S608 - of constants
_CITERS = f"""
    SELECT DISTINCT articles.canonical_url FROM ({_CITING}) AS citing
        JOIN articles USING (article_id) ORDER BY articles.canonical_url
"""  # noqa: S608
_PAGES = f"""
    SELECT record_id FROM sightings JOIN ({_CITING}) AS citing USING (version_id)
    UNION SELECT record_id FROM article_copies WHERE url_key IN (
        SELECT article_urls.url_key FROM article_urls JOIN ({_CITING}) AS citing USING (article_id))
"""  # noqa: S608


class Reach:
    """Of the catalogue at a path, which another process may be writing.

    Raises, from every method: NotAnArchive where there is no catalogue of this version,
    StoreUnavailable where it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._captures = Captures(path)

    def of(self, selector: str, *, with_pages: bool = False) -> Sequence[str]:
        """The record ids that are meant, sorted; none where there are none.

        `with_pages` takes in the captures of articles that cite the post which is meant, and web
        archives' copies of these.
        """
        if self._captures.get(selector) is not None:
            return [selector]
        if selector.startswith(HOST):
            host = selector.removeprefix(HOST).strip()
            found = self._chosen(Selection(host=host)) if host else set()
        elif selector.startswith(CASE):
            found = self._chosen(Selection(case=selector.removeprefix(CASE)))
        else:
            found = self._named(selector)
        with snapshot(self._path) as connection:
            if with_pages:
                found |= _ids(connection, _PAGES, _asked(selector))
            found |= _ids(connection, _PICTURES, {"ids": listed(found)})
        return sorted(self._captures.led_from(found))

    def citers(self, selector: str) -> Sequence[str]:
        """The addresses of articles that cite the post which is meant: their pages still tell."""
        with snapshot(self._path) as connection:
            return [url for (url,) in connection.execute(_CITERS, _asked(selector))]

    def sharing(self, record_ids: Sequence[str]) -> Sequence[str]:
        """The addresses of other captures that hold the bytes of these, and would go on to.

        Those are what revisits refer to, and its other revisits: where it is among these, all go.
        """
        with snapshot(self._path) as connection:
            found = connection.execute(_SHARING, {"ids": listed(record_ids)})
            return [url for (url,) in found]

    def _chosen(self, selection: Selection) -> set[str]:
        return {capture.record_id for capture in self._captures.choose(selection)}

    def _named(self, selector: str) -> set[str]:
        with snapshot(self._path) as connection:
            asked = _asked(selector)
            return _ids(connection, _OF_URLS, asked) | _ids(connection, _OF_POST, asked)


def _asked(selector: str) -> dict[str, str | None]:
    return {"asked": bindable(selector), "key": key_or_none(selector)}


def _ids(
    connection: sqlite3.Connection, statement: str, values: dict[str, str | None] | dict[str, str]
) -> set[str]:
    return {str(record_id) for (record_id,) in connection.execute(statement, values)}
