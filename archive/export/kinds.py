"""What leaves the archive as tables: the one place where the columns of every kind are written.

Parquet, JSON Lines, CSV, DuckDB, the JSON Schema and the tables of docs/schema.md are all made from
these dataclasses. A column's `doc` says what it holds; `schema_org` and `zyte` are what schema.org
and zyte-common-items call the same thing, where they have it (columns.py).

Instants are aware and in UTC. Where a page states a moment, four columns tell it: `_at` the instant
(null where only a day is known), `_on` the day in the page's own offset, `_offset_s` that offset,
and `_raw` the page's own text.
"""

import datetime as dt
from dataclasses import dataclass

from archive.export.columns import Provenance, column

SCHEMA_VERSION = 1
"""Grows with every change of a column's name, type or meaning; a new column is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatelineCell:
    """The opening of a report: `BEIRUT, LEBANON (5:35 P.M.) –`."""

    raw: str
    place: str | None = None
    region: str | None = None
    country: str | None = None
    agency: str | None = None
    date: dt.date | None = None
    local_time: dt.time | None = None
    time_disagrees: bool | None = None
    """Whether that time and the instant of publication cannot both be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaCell:
    """A picture, film or sound of a post, as its platform says."""

    type: str
    url: str | None = None
    preview_url: str | None = None
    width: int | None = None
    height: int | None = None
    alt: str | None = None
    duration_s: float | None = None
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCell:
    """A count, as seen at the capture's instant."""

    name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollCell:
    """An answer that a post's poll offers, its numbers at the row's `captured_at`."""

    text: str
    votes: int | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessCell:
    """How like an article's text is to the one that its cluster is around."""

    article_id: str
    similarity: float
    containment: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles(Provenance):
    """A news page through time, as the newest capture of it shows it."""

    id: str = column("the article's id", schema_org="identifier")
    canonical_url: str = column("its address", schema_org="url", zyte="canonicalUrl")
    claimed_canonical_url: str | None = column("an address it claims and nothing confirms")
    urls: tuple[str, ...] = column("every address under which it was seen", schema_org="sameAs")
    site_name: str | None = column("the outlet", schema_org="publisher.name")
    headline: str | None = column("its headline", schema_org="headline", zyte="headline")
    subtitle: str | None = column("the line below it", schema_org="alternativeHeadline")
    authors: tuple[str, ...] = column(
        "people who sign it", schema_org="author.name", zyte="authors.name"
    )
    agencies: tuple[str, ...] = column("agencies that sign it", schema_org="sourceOrganization")
    published_at: dt.datetime | None = column(
        "when it says it was published", schema_org="datePublished", zyte="datePublished"
    )
    published_on: dt.date | None = column("the day of that")
    published_offset_s: int | None = column("its offset from UTC in seconds")
    published_raw: str | None = column("the page's own words", zyte="datePublishedRaw")
    modified_at: dt.datetime | None = column(
        "when it says it was changed", schema_org="dateModified", zyte="dateModified"
    )
    modified_on: dt.date | None = column("the day of that")
    modified_offset_s: int | None = column("its offset from UTC in seconds")
    modified_raw: str | None = column("the page's own words", zyte="dateModifiedRaw")
    dateline: DatelineCell | None = column("its dateline", schema_org="dateline")
    language: str | None = column("BCP 47", schema_org="inLanguage", zyte="inLanguage")
    section: str | None = column("its section", schema_org="articleSection")
    tags: tuple[str, ...] = column("its tags", schema_org="keywords")
    image: str | None = column("its lead image", schema_org="image", zyte="mainImage.url")
    text: str = column(
        "the body, blocks parted by empty lines", schema_org="articleBody", zyte="articleBody"
    )
    version_id: str = column("the version shown here")
    versions: int = column("how many texts were seen, under this reader")
    partial: str | None = column("why the text is thought to be a part; null: nothing says so")
    verdict: str = column("what the capture holds: content, paywall, …")
    state: str | None = column("how it stands: live, edited, moved, gone, walled, failing")
    state_since: dt.datetime | None = column("since when, as far as we looked")
    moved_to: str | None = column("where it moved to")
    first_seen_at: dt.datetime = column("its first capture")
    last_seen_at: dt.datetime = column("its newest capture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions(Provenance):
    """One distinct text of an article under one reader version; an edit is the publisher's."""

    id: str = column("the version's id", schema_org="identifier")
    article_id: str = column("its article")
    text_digest: str = column("SHA-256 of its text, white space folded")
    story_digest: str | None = column("the same for all articles that tell it word for word")
    headline: str | None = column("its headline", schema_org="headline", zyte="headline")
    language: str | None = column("BCP 47", schema_org="inLanguage", zyte="inLanguage")
    section: str | None = column("its section", schema_org="articleSection")
    published_at: dt.datetime | None = column(
        "when it says it was published", schema_org="datePublished", zyte="datePublished"
    )
    published_on: dt.date | None = column("the day of that")
    published_offset_s: int | None = column("its offset from UTC in seconds")
    published_raw: str | None = column("the page's own words", zyte="datePublishedRaw")
    modified_at: dt.datetime | None = column(
        "when it says it was changed", schema_org="dateModified", zyte="dateModified"
    )
    modified_on: dt.date | None = column("the day of that")
    modified_offset_s: int | None = column("its offset from UTC in seconds")
    modified_raw: str | None = column("the page's own words", zyte="dateModifiedRaw")
    text: str = column(
        "the body, blocks parted by empty lines", schema_org="articleBody", zyte="articleBody"
    )
    sightings: int = column("how many captures show it")
    first_seen_at: dt.datetime = column("the first of them")
    last_seen_at: dt.datetime = column("the newest of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations(Provenance):
    """An article version pointing at a post. All that is claimed is the page's word alone."""

    id: str = column("the citation's id")
    version_id: str = column("the version that cites")
    article_id: str = column("its article")
    post: str = column("the post: platform:post_id", schema_org="citation")
    platform: str = column("x, telegram, bluesky, …")
    post_id: str = column("the platform's id")
    url: str = column("the post's address", schema_org="citation.url")
    relation: str = column("embedded, linked or quoted")
    form: str = column("the markup it came in")
    block: int | None = column("index of the body's block that holds it")
    claimed_handle: str | None = column("the handle that the page names")
    claimed_name: str | None = column("the name that the page names")
    claimed_text: str | None = column("the text that the page shows")
    claimed_on: dt.date | None = column("the day that the page states")
    claimed_revision: str | None = column("which text of the post the embed names")
    hashtags: tuple[str, ...] = column("in the claimed text")
    mentions: tuple[str, ...] = column("in the claimed text")
    links: tuple[str, ...] = column("in the claimed text")
    id_at: dt.datetime | None = column("the instant that the id itself carries")
    first_seen_at: dt.datetime = column("the first capture that shows it")
    check_text: str | None = column(
        "claim against the post's shown answer: same, cut, edited, different, not-comparable; "
        "null: no answer"
    )
    check_handle: str | None = column("the same of the handle: same, different, not-comparable")
    check_posted_at: dt.datetime | None = column("when the platform says it was posted")
    check_flags: tuple[str, ...] = column("what of it passes the limits of the cross-check")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts(Provenance):
    """A social post. From `author_id` on: a platform's word; the claims are in `citations`."""

    id: str = column("platform:post_id", schema_org="identifier")
    platform: str = column("x, telegram, bluesky, …")
    post_id: str = column("the platform's id", zyte="postId")
    url: str = column("its address", schema_org="url", zyte="url")
    same_key: str = column("the same for all keys of one post")
    state: str = column("what is best known: a later failure does not undo a success")
    seen_at: dt.datetime | None = column("the newest instant at which its platform showed it")
    latest_state: str | None = column("the newest answer that settled anything")
    latest_at: dt.datetime | None = column("its instant")
    first_seen_at: dt.datetime = column("when an article was first seen pointing at it")
    version_id: str | None = column("the text shown here; null: no platform stated any")
    rung: str | None = column("which rung of the ladder answered")
    grade: str | None = column("how good that evidence is")
    author_id: str | None = column("its author's id", schema_org="author.identifier")
    handle: str | None = column("its author's handle", schema_org="author.alternateName")
    name: str | None = column("its author's name", schema_org="author.name")
    text: str | None = column("its text", schema_org="text", zyte="text")
    is_text_truncated: bool | None = column("whether the source cut it")
    title: str | None = column("of a film or a link post", schema_org="headline")
    language: str | None = column("BCP 47", schema_org="inLanguage")
    posted_at: dt.datetime | None = column(
        "when it was posted", schema_org="datePublished", zyte="datePublished"
    )
    edited_at: dt.datetime | None = column("when it was edited", schema_org="dateModified")
    revision: str | None = column("the platform's own mark of this text", schema_org="version")
    hashtags: tuple[str, ...] = column("its tags", schema_org="keywords", zyte="hashtags")
    mentions: tuple[str, ...] = column("accounts it names", schema_org="mentions")
    links: tuple[str, ...] = column("where it links to")
    media: tuple[MediaCell, ...] = column(
        "its pictures and films", schema_org="sharedContent", zyte="mediaUrls"
    )
    poll: tuple[PollCell, ...] = column("the answers that it lets people choose from")
    metrics: tuple[MetricCell, ...] = column(
        "counts at `captured_at`", schema_org="interactionStatistic", zyte="reactions"
    )
    content_warning: str | None = column("its author's warning")
    is_sensitive: bool | None = column("whether its platform marks it so")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captures(Provenance):
    """One HTTP exchange, kept. `record_id` is its id."""

    capture_kind: str = column("response, revisit or failure")
    url: str = column("what was asked for", schema_org="url")
    method: str = column("GET, POST, …")
    status: int | None = column("of the answer")
    content_type: str | None = column("as its header has it", schema_org="encodingFormat")
    payload_bytes: int | None = column("the body's size as sent", schema_org="contentSize")
    refers_to: str | None = column("the record that holds a revisit's payload")
    truncated: str | None = column("why it is not whole")
    failure_kind: str | None = column("why nothing came")
    failure_detail: str | None = column("the same in words")
    found_by: str = column("argument, redirect, citation, …")
    via: str | None = column("the page or hop that led here")
    via_record: str | None = column("that one's capture")
    requested_url: str | None = column("what was first asked for, before redirects")
    redirect_to: str | None = column("where a 3xx answer leads")
    is_tls_verified: bool | None = column("null: no TLS")
    verdict: str | None = column("what its newest reading says that it holds")
    reason: str | None = column("why")
    article_id: str | None = column("the article it shows")
    post: str | None = column("the post that it is an answer about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters(Provenance):
    """Articles that tell the same story; the provenance is that of its first."""

    id: str = column("the digest of the words that they share or, nearly, of those at its centre")
    match: str = column("same: word for word; near: nearly. An article may be in one of each")
    articles: tuple[str, ...] = column("their ids, the first published first")
    likeness: tuple[LikenessCell, ...] = column(
        "of each, as they stand in `articles`: Jaccard of the shingles with the centre's, and how "
        "much of the smaller text is in the other"
    )
    size: int = column("how many there are: two or more")
    first_article_id: str = column("who was first, by what the pages state and our first captures")
    headline: str | None = column("that one's headline", schema_org="headline")
    published_at: dt.datetime | None = column("its instant", schema_org="datePublished")
    published_on: dt.date | None = column("its day")
    first_seen_at: dt.datetime = column("the first capture of any of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Provenance):
    """A picture, film or sound that an article or a post names, and its bytes where kept."""

    id: str = column("the owner's id, a number sign, and its place there from 0")
    of_kind: str = column("articles or posts")
    of_id: str = column("the article or post that names it")
    type: str = column("image, video, animation, audio, document")
    url: str | None = column("its address", schema_org="contentUrl", zyte="url")
    preview_url: str | None = column("a small one", schema_org="thumbnailUrl")
    width: int | None = column("pixels", schema_org="width")
    height: int | None = column("pixels", schema_org="height")
    alt: str | None = column("the words beside it", schema_org="caption")
    credit: str | None = column("who made it, as the page says", schema_org="creditText")
    duration_s: float | None = column("seconds", schema_org="duration")
    is_sensitive: bool = column("whether it is marked so")
    media_record_id: str | None = column("the newest capture of its own bytes")
    media_digest: str | None = column("SHA-256 of its payload as sent")
    media_id: str | None = column(
        "SHA-256 of the file itself, where it was read as a picture", schema_org="sha256"
    )
    media_group: str | None = column("the same for pictures that look alike")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """In an export `--since` a position: what came of every row that changed after it."""

    position: int = column("where in the feed")
    of_kind: str = column("articles, versions, …")
    id: str = column("the row; of a capture its record id")
    change: str = column("new, changed or gone: who holds the row lets it go")
    noted_at: dt.datetime = column("when it was committed")


Row = Articles | Versions | Citations | Posts | Captures | Clusters | Media | Changes

KINDS: dict[str, type[Row]] = {
    "articles": Articles,
    "versions": Versions,
    "citations": Citations,
    "posts": Posts,
    "captures": Captures,
    "clusters": Clusters,
    "media": Media,
}
"""The kinds that can be asked for."""

CHANGES = "changes"
TABLES: dict[str, type[Row]] = {**KINDS, CHANGES: Changes}
"""These, and the table of changes."""

DAY_OF = {
    "articles": "first_seen_at",
    "versions": "first_seen_at",
    "citations": "first_seen_at",
    "posts": "first_seen_at",
    "captures": "captured_at",
    "clusters": "first_seen_at",
    "media": "captured_at",
    "changes": "noted_at",
}
"""The instant by which the rows of a kind are ordered, and parted into days."""
