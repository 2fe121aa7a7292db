"""Articles, their near copies, and web archives' copies of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, TypedDict

from archive.conclusions.identity import article_id, article_key
from archive.model import Article, BodyBlock, Capture, Dateline, Moment, Verdict
from archive.views.captures import CaptureRefView, capture_ref_view
from archive.views.citations import CitationView, QuotedPostView, citation_view, quoted_post_view
from archive.views.pictures import PictureView
from archive.web.urls import canonical_url


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
    block: int | None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """An article's place among the others; what only a catalogue knows is None without one."""

    article_id: str
    canonical_url: str
    claimed_canonical_url: str | None
    urls: tuple[SeenUrlView, ...]
    versions: int | None = None
    """How many distinct texts were seen, under the reader of the one shown."""
    copies: int | None = None
    """How many other articles tell the same story word for word."""
    cluster: ClusterView | None = None
    near_copies: tuple[NearCopyView, ...] | None = None
    first_seen_at: str | None = None
    last_seen_at: str | None = None

    @classmethod
    def of_itself(cls, article: Article) -> Self:
        """What an article says of it. Raises: InvalidUrl where its own URL is none."""
        identity = article_key(article.url, article.claim)
        url = canonical_url(article.url)
        return cls(
            article_id=article_id(identity.key),
            canonical_url=identity.canonical_url or url,
            claimed_canonical_url=identity.claimed_canonical_url,
            urls=(SeenUrlView(url=url, how="page"),),
        )


def article_view(
    article: Article,
    *,
    capture: Capture | None = None,
    reader: str | None = None,
    verdict: Verdict | None = None,
    reason: str | None = None,
    surroundings: Surroundings | None = None,
    pictures: Iterable[PictureView] = (),
) -> ArticleView:
    """An article; without `surroundings`, as it stands by itself.

    Raises: InvalidUrl where there is no `surroundings` and the article's own URL is none.
    """
    place = surroundings if surroundings is not None else Surroundings.of_itself(article)
    return ArticleView(
        id=place.article_id,
        url=article.url,
        canonical_url=place.canonical_url,
        claimed_canonical_url=place.claimed_canonical_url,
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
        urls=list(place.urls),
        versions=place.versions,
        copies=place.copies,
        cluster=place.cluster,
        near_copies=list(place.near_copies) if place.near_copies is not None else None,
        first_seen_at=place.first_seen_at,
        last_seen_at=place.last_seen_at,
    )


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
        block=dateline.block,
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
