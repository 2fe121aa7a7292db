"""What pages say of posts: claims, citations, and who makes them."""

from typing import TypedDict

from archive.instants import instant_or_none
from archive.model import Citation, ClaimedPost, QuotedPost


class ClaimedPostView(TypedDict):
    """What a page claims of a post, with or without pointing at one."""

    claimed_handle: str | None
    claimed_name: str | None
    claimed_text: str | None
    claimed_on: str | None
    hashtags: list[str]
    mentions: list[str]
    links: list[str]


class ClaimsView(ClaimedPostView):
    """What a page claims of a post that it points at; `id_at` is what the post's id itself says."""

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


class QuotedPostView(ClaimedPostView):
    """A post quoted by its words alone, without an id."""

    platform: str
    block: int | None


class CiterView(TypedDict):
    """The article behind a citation, and the first capture that makes it."""

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

    id_in_future: bool
    """Whether the post's id tells an instant after the article's capture: mistyped, or made up."""
    claimed_by: str
    record_id: str
    reader: str


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
    return QuotedPostView(platform=quoted.platform, block=quoted.block, **_claimed_view(quoted))


def claims_view(citation: Citation) -> ClaimsView:
    """What the page claims of the post, and nothing of where it does."""
    return ClaimsView(
        **_claimed_view(citation),
        id_at=instant_or_none(citation.id_at),
        claimed_revision=citation.claimed_revision,
        day_disagrees=citation.day_disagrees,
    )


def _claimed_view(claimed: ClaimedPost) -> ClaimedPostView:
    return ClaimedPostView(
        claimed_handle=claimed.claimed_handle,
        claimed_name=claimed.claimed_name,
        claimed_text=claimed.claimed_text,
        claimed_on=claimed.claimed_on.isoformat() if claimed.claimed_on is not None else None,
        hashtags=list(claimed.hashtags),
        mentions=list(claimed.mentions),
        links=list(claimed.links),
    )
