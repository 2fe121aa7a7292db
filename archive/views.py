"""What `dateline` prints: the data model as plain dictionaries, with the same names everywhere.

Instants are RFC 3339: those a page states keep the page's own offset, or are a plain YYYY-MM-DD
where only a day is known; those we observed are UTC. What is not known is None, never left out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from archive.identity import article_id, article_key
from archive.model import (
    Article,
    BodyBlock,
    Capture,
    Citation,
    Dateline,
    Moment,
    QuotedPost,
    Run,
    Verdict,
)
from archive.picture_views import PictureView
from archive.urls import canonical_url


class AuthorView(TypedDict):
    """A person who signs an article."""

    name: str


class DatelineView(TypedDict):
    """The opening of a news report."""

    place: str | None
    region: str | None
    country: str | None
    agency: str | None
    date: str | None
    local_time: str | None
    time_disagrees: bool | None
    raw: str


class BlockView(TypedDict):
    """One block of a body."""

    type: str
    text: str
    level: int | None
    items: list[str]
    post: str | None
    url: str | None
    stated_at: str | None


class NoticeView(TypedDict):
    """A line that tells of a correction or an update."""

    kind: str
    text: str
    block: int | None


class StatementView(TypedDict):
    """What a part of the page says of a field, where another part was believed."""

    field: str
    source: str
    value: str


class LinkView(TypedDict):
    """An outgoing link of a body."""

    url: str
    text: str
    block: int | None


class ClaimsView(TypedDict):
    """What a page claims of a post; `id_at` is what the post's id itself says."""

    claimed_handle: str | None
    claimed_name: str | None
    claimed_text: str | None
    claimed_on: str | None
    hashtags: list[str]
    mentions: list[str]
    links: list[str]
    id_at: str | None
    claimed_revision: str | None
    day_disagrees: bool | None


class CitationView(ClaimsView):
    """An article pointing at a post."""

    platform: str
    post_id: str
    url: str
    relation: str
    form: str
    block: int | None


class QuotedPostView(TypedDict):
    """A post quoted by its words alone, without an id."""

    platform: str
    block: int | None
    claimed_handle: str | None
    claimed_name: str | None
    claimed_text: str | None
    claimed_on: str | None
    hashtags: list[str]
    mentions: list[str]
    links: list[str]


class CiterView(TypedDict):
    """The article behind a citation, and the newest capture that shows it."""

    article_id: str
    article_url: str
    headline: str | None
    record_id: str
    reader: str


class CitationEntryView(CitationView, CiterView):
    """A citation on its own, with the article that makes it."""

    id: str


class CitedByView(CiterView):
    """An article that points at a post, seen from the post."""

    relation: str
    form: str


class LabelledClaimsView(ClaimsView):
    """Claims of a post, with the article that makes them."""

    claimed_by: str
    record_id: str
    reader: str


class CaptureRefView(TypedDict):
    """Where the bytes behind an article lie."""

    record_id: str
    warc: str
    offset: int
    length: int
    payload_digest: str | None
    captured_at: str
    is_tls_verified: bool | None
    """None without TLS; False is a mark that whoever quotes the article should know."""


class SeenUrlView(TypedDict):
    """A URL under which an article was seen: as the `page` read, `canonical`, `redirect`."""

    url: str
    how: str


class ClusterView(TypedDict):
    """The articles that tell nearly the same story, and which of them was first."""

    id: str
    """Follows from the text around which the cluster is."""
    articles: int
    head: str
    """The article that was certainly published before the others, as far as pages tell."""
    head_known_by: str
    """By this instant; for a page that names only a day, by that day's end (24:00)."""


class NearCopyView(TypedDict):
    """Another article, with a text nearly the same."""

    article_id: str
    url: str
    headline: str | None
    similarity: float
    """Jaccard: of the runs of five words (or so many characters) of either, those of both."""
    containment: float
    """Those of both, of the smaller text's: 1 where that stands in the other whole."""
    is_same_cluster: bool


class ArticleView(TypedDict):
    """An article as its newest capture shows it."""

    id: str
    url: str
    canonical_url: str
    claimed_canonical_url: str | None
    headline: str | None
    headline_alternatives: list[str]
    subtitle: str | None
    authors: list[AuthorView]
    agencies: list[str]
    published_at: str | None
    modified_at: str | None
    dateline: DatelineView | None
    language: str | None
    section: str | None
    tags: list[str]
    site_name: str | None
    image: str | None
    image_credit: str | None
    pictures: list[PictureView]
    """Its lead image as kept, newest first."""
    body: list[BlockView]
    links: list[LinkView]
    posts: list[CitationView]
    quoted: list[QuotedPostView]
    notices: list[NoticeView]
    partial: str | None
    field_sources: dict[str, str]
    other_statements: list[StatementView]
    capture: CaptureRefView | None
    reader: str | None
    verdict: str | None
    reason: str | None
    urls: list[SeenUrlView]
    versions: int | None
    copies: int | None
    cluster: ClusterView | None
    near_copies: list[NearCopyView] | None
    first_seen_at: str | None
    last_seen_at: str | None


class CopyView(TypedDict):
    """A web archive's copy of a page: a third party's capture, of its own instant."""

    url: str
    archive: str
    grade: str
    memento_at: str | None
    """When the archive says that it captured the page."""
    captured_at: str
    """When we asked the archive."""
    record_id: str
    reader: str
    verdict: str
    reason: str | None
    article: ArticleView | None
    """What the copy shows."""


class CopiesView(TypedDict):
    """What web archives hold of a page that was never had at its own site."""

    url: str
    copies: list[CopyView]


class ReadingView(TypedDict):
    """What one reader version says of a capture."""

    reader: str
    verdict: str
    reason: str | None
    article_id: str | None
    post: str | None
    """`platform:post_id` of the post that it has an answer about."""
    state: str | None
    """What that answer says of the post."""
    media: str | None
    """The picture that it found."""


class FailureView(TypedDict):
    """Why no whole response came."""

    kind: str
    detail: str


class CaptureView(CaptureRefView):
    """One exchange, kept, and what was read in it."""

    kind: str
    url: str
    method: str
    run_id: str
    status: int | None
    content_type: str | None
    payload_bytes: int | None
    refers_to: str | None
    truncated: str | None
    failure: FailureView | None
    found_by: str
    via: str | None
    via_record: str | None
    requested_url: str | None
    redirect_to: str | None
    readings: list[ReadingView]


class RunView(TypedDict):
    """One execution of the crawler."""

    id: str
    began_at: str
    ended_at: str | None
    outcome: str | None
    software: str
    user_agent: str
    robots: str
    hostname: str
    operator: str | None
    case: str | None
    note: str | None
    settings: dict[str, str]
    counts: dict[str, int]


class HitView(TypedDict):
    """One find of a search; `kind` is `article` or `post`, `snippet` the original text."""

    kind: str
    id: str
    headline: str | None
    url: str
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What only the catalogue knows of an article: its place among the others."""

    article_id: str
    canonical_url: str
    claimed_canonical_url: str | None
    urls: tuple[SeenUrlView, ...]
    versions: int
    """How many distinct texts were seen, under the reader of the one shown."""
    copies: int
    """How many other articles tell the same story word for word."""
    cluster: ClusterView | None
    near_copies: tuple[NearCopyView, ...]
    first_seen_at: str
    last_seen_at: str


def article_view(
    article: Article,
    *,
    capture: Capture | None = None,
    reader: str | None = None,
    verdict: Verdict | None = None,
    reason: str | None = None,
    standing: Standing | None = None,
    pictures: Iterable[PictureView] = (),
) -> ArticleView:
    """An article; without `standing`, as it stands by itself.

    Raises: InvalidUrl where there is no `standing` and the article's own URL is none.
    """
    if standing is None:
        identity = article_key(article.url, article.claim)
        id_ = article_id(identity.key)
        canonical = identity.canonical_url or canonical_url(article.url)
        claimed = identity.claimed_canonical_url
        urls = [SeenUrlView(url=canonical_url(article.url), how="page")]
    else:
        id_ = standing.article_id
        canonical, claimed = standing.canonical_url, standing.claimed_canonical_url
        urls = list(standing.urls)
    return ArticleView(
        id=id_,
        url=article.url,
        canonical_url=canonical,
        claimed_canonical_url=claimed,
        headline=article.headline,
        headline_alternatives=list(article.headline_alternatives),
        subtitle=article.subtitle,
        authors=[AuthorView(name=author.name) for author in article.authors],
        agencies=list(article.agencies),
        published_at=_stated(article.published_at),
        modified_at=_stated(article.modified_at),
        dateline=_dateline_view(article.dateline) if article.dateline is not None else None,
        language=article.language,
        section=article.section,
        tags=list(article.tags),
        site_name=article.site_name,
        image=article.image,
        image_credit=article.image_credit,
        pictures=list(pictures),
        body=[_block_view(block) for block in article.body],
        links=[LinkView(url=link.url, text=link.text, block=link.block) for link in article.links],
        posts=[citation_view(citation) for citation in article.posts],
        quoted=[quoted_post_view(quoted) for quoted in article.quoted],
        notices=[
            NoticeView(kind=notice.kind.value, text=notice.text, block=notice.block)
            for notice in article.notices
        ],
        partial=article.partial,
        field_sources=dict(article.field_sources),
        other_statements=[
            StatementView(field=one.field, source=one.source, value=one.value)
            for one in article.other_statements
        ],
        capture=capture_ref_view(capture) if capture is not None else None,
        reader=reader,
        verdict=verdict.value if verdict is not None else None,
        reason=reason,
        urls=urls,
        versions=standing.versions if standing is not None else None,
        copies=standing.copies if standing is not None else None,
        cluster=standing.cluster if standing is not None else None,
        near_copies=list(standing.near_copies) if standing is not None else None,
        first_seen_at=standing.first_seen_at if standing is not None else None,
        last_seen_at=standing.last_seen_at if standing is not None else None,
    )


def citation_view(citation: Citation) -> CitationView:
    """A citation, without the article that makes it."""
    return CitationView(
        platform=citation.platform,
        post_id=citation.post_id,
        url=citation.url,
        relation=citation.relation.value,
        form=citation.form,
        block=citation.block,
        **claims_view(citation),
    )


def quoted_post_view(quoted: QuotedPost) -> QuotedPostView:
    """A claim that points at no post."""
    return QuotedPostView(
        platform=quoted.platform,
        block=quoted.block,
        claimed_handle=quoted.claimed_handle,
        claimed_name=quoted.claimed_name,
        claimed_text=quoted.claimed_text,
        claimed_on=quoted.claimed_on.isoformat() if quoted.claimed_on is not None else None,
        hashtags=list(quoted.hashtags),
        mentions=list(quoted.mentions),
        links=list(quoted.links),
    )


def claims_view(citation: Citation) -> ClaimsView:
    """What the page claims of the post, and nothing of where it does."""
    return ClaimsView(
        claimed_handle=citation.claimed_handle,
        claimed_name=citation.claimed_name,
        claimed_text=citation.claimed_text,
        claimed_on=citation.claimed_on.isoformat() if citation.claimed_on is not None else None,
        hashtags=list(citation.hashtags),
        mentions=list(citation.mentions),
        links=list(citation.links),
        id_at=instant(citation.id_at) if citation.id_at is not None else None,
        claimed_revision=citation.claimed_revision,
        day_disagrees=citation.day_disagrees,
    )


def capture_ref_view(capture: Capture) -> CaptureRefView:
    """Where a capture lies."""
    return CaptureRefView(
        record_id=capture.record_id,
        warc=capture.locator.warc,
        offset=capture.locator.offset,
        length=capture.locator.length,
        payload_digest=capture.payload_digest,
        captured_at=instant(capture.captured_at),
        is_tls_verified=capture.is_tls_verified,
    )


def capture_view(capture: Capture, readings: Iterable[ReadingView] = ()) -> CaptureView:
    """A capture, and what was read in it."""
    failure = capture.failure
    return CaptureView(
        **capture_ref_view(capture),
        kind=capture.kind.value,
        url=capture.url,
        method=capture.method,
        run_id=capture.run_id,
        status=capture.status,
        content_type=capture.content_type,
        payload_bytes=capture.payload_bytes,
        refers_to=capture.refers_to,
        truncated=capture.truncated.value if capture.truncated is not None else None,
        failure=FailureView(kind=failure.kind.value, detail=failure.detail) if failure else None,
        found_by=capture.found_by,
        via=capture.via,
        via_record=capture.via_record,
        requested_url=capture.requested_url,
        redirect_to=capture.redirect_to,
        readings=list(readings),
    )


def run_view(run: Run) -> RunView:
    """A run."""
    return RunView(
        id=run.run_id,
        began_at=instant(run.began_at),
        ended_at=instant(run.ended_at) if run.ended_at is not None else None,
        outcome=run.outcome,
        software=run.software,
        user_agent=run.user_agent,
        robots=run.robots,
        hostname=run.hostname,
        operator=run.operator,
        case=run.case,
        note=run.note,
        settings=dict(run.settings),
        counts=dict(run.counts),
    )


def instant(at: dt.datetime) -> str:
    """An instant we observed: RFC 3339 in UTC with microseconds, so that text sorts as time.

    Raises: ValueError for a naive one; OverflowError where UTC has no such year.
    """
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _stated(moment: Moment | None) -> str | None:
    return str(moment) if moment is not None else None


def _dateline_view(dateline: Dateline) -> DatelineView:
    return DatelineView(
        place=dateline.place,
        region=dateline.region,
        country=dateline.country,
        agency=dateline.agency,
        date=dateline.date.isoformat() if dateline.date is not None else None,
        local_time=dateline.local_time.isoformat() if dateline.local_time is not None else None,
        time_disagrees=dateline.time_disagrees,
        raw=dateline.raw,
    )


def _block_view(block: BodyBlock) -> BlockView:
    return BlockView(
        type=block.type.value,
        text=block.text,
        level=block.level,
        items=list(block.items),
        post=block.post,
        url=block.url,
        stated_at=_stated(block.stated_at),
    )
