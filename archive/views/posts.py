"""Posts: claims, facts and states, each under its own name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from archive.instants import instant_or_none
from archive.model import (
    Capture,
    Post,
    PostAnswer,
    PostAuthor,
    PostFacts,
    PostMedia,
    PostPointer,
    PostPoll,
)
from archive.views.captures import CaptureRefView, capture_ref_view
from archive.views.citations import CitedByView, LabelledClaimsView
from archive.views.pictures import PictureView


class PostAuthorView(TypedDict):
    """Who posted, as the platform says."""

    id: str | None
    handle: str | None
    name: str | None
    url: str | None


class PostMediaView(TypedDict):
    """A picture, film or sound of a post."""

    type: str
    url: str | None
    preview_url: str | None
    width: int | None
    height: int | None
    alt: str | None
    duration_s: float | None
    is_sensitive: bool


class PostPointerView(TypedDict):
    """Another post: `relation` is `reply_to`, `quoted` or `forwarded`."""

    relation: str
    post: str
    url: str


class PollOptionView(TypedDict):
    """One answer that a poll offers."""

    text: str
    votes: int | None
    percent: int | None


class PostPollView(TypedDict):
    """A poll, its numbers as seen at the capture's instant."""

    options: list[PollOptionView]
    votes: int | None
    voters: int | None
    ends_at: str | None
    is_closed: bool | None


class PostFactsView(TypedDict):
    """What a platform said of a post, in the best answer that there is."""

    author: PostAuthorView | None
    text: str | None
    is_text_truncated: bool
    title: str | None
    language: str | None
    posted_at: str | None
    edited_at: str | None
    is_edited: bool | None
    revision: str | None
    hashtags: list[str]
    mentions: list[str]
    links: list[str]
    media: list[PostMediaView]
    pointers: list[PostPointerView]
    poll: PostPollView | None
    metrics: dict[str, int]
    """As seen at the capture's instant."""
    content_warning: str | None
    is_sensitive: bool | None
    labels: list[str]
    sources: dict[str, str]
    """Field name to `api`, `page` or `id`."""
    rung: str | None
    grade: str | None
    capture: CaptureRefView | None
    reader: str | None


class PostView(PostFactsView):
    """A post. `claims` are its citations' own, there while no platform has said anything."""

    id: str
    platform: str
    post_id: str
    url: str
    same_as: list[str]
    """Other keys of this very post."""
    state: str
    """What is best known: a later failure does not undo a success."""
    seen_at: str | None
    """The newest capture in which its platform showed it."""
    latest_state: str | None
    """The newest answer that settled anything."""
    latest_at: str | None
    pictures: list[PictureView]
    """Those of its media that were kept, newest first."""
    cited_by: list[CitedByView]
    claims: list[LabelledClaimsView]


class PostSightingView(TypedDict):
    """What one capture, a rung of the ladder, said."""

    captured_at: str
    rung: str
    grade: str
    state: str
    reason: str | None
    metrics: dict[str, int]
    version_id: str | None
    record_id: str
    reader: str


class PostVersionView(TypedDict):
    """One distinct text of a post."""

    id: str
    text: str | None
    title: str | None
    is_text_truncated: bool
    edited_at: str | None
    revision: str | None
    first_seen_at: str | None
    """None of a text that was never seen itself: the post's history tells of it."""
    last_seen_at: str | None
    record_id: str
    reader: str


class CrossCheckView(TypedDict):
    """An article's claims against the answer that is shown; the three dates side by side."""

    claimed_by: str
    text: str
    handle: str
    claimed_on: str | None
    id_at: str | None
    posted_at: str | None
    flags: list[str]
    record_id: str
    reader: str


class SameWordsView(TypedDict):
    """Another post with the same words, links and mentions left out."""

    post: str
    account: str | None
    posted_at: str | None


class PostHistoryView(PostView):
    """A post with all that led to what is known of it. `claims` are here whatever the state."""

    sightings: list[PostSightingView]
    versions: list[PostVersionView]
    checks: list[CrossCheckView]
    same_words: list[SameWordsView]
    """Of other accounts before those of its own, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStanding:
    """What only the catalogue knows of a post: its place among the others, and through time."""

    same_as: tuple[str, ...] = ()
    seen_at: str | None = None
    latest_state: str | None = None
    latest_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """The answer that stands for a post, its capture and its reader."""

    answer: PostAnswer
    capture: Capture
    reader: str


def post_view(
    post: Post,
    *,
    cited_by: Iterable[CitedByView],
    claims: Iterable[LabelledClaimsView],
    shown: ShownAnswer | None = None,
    standing: PostStanding | None = None,
    pictures: Iterable[PictureView] = (),
) -> PostView:
    """A post, as the answer `shown` states it, where there is one."""
    standing = standing if standing is not None else PostStanding()
    return PostView(
        id=f"{post.platform}:{post.post_id}",
        platform=post.platform,
        post_id=post.post_id,
        url=post.url,
        same_as=list(standing.same_as),
        state=post.state.value,
        seen_at=standing.seen_at,
        latest_state=standing.latest_state,
        latest_at=standing.latest_at,
        pictures=list(pictures),
        cited_by=list(cited_by),
        claims=list(claims),
        **facts_view(shown),
    )


def facts_view(shown: ShownAnswer | None) -> PostFactsView:
    """The facts of an answer, with the place of its bytes; empty ones where there is none."""
    facts = shown.answer.facts if shown is not None else None
    facts = facts if facts is not None else PostFacts()
    return PostFactsView(
        author=_author_view(facts.author) if facts.author is not None else None,
        text=facts.text,
        is_text_truncated=facts.is_text_truncated,
        title=facts.title,
        language=facts.language,
        posted_at=instant_or_none(facts.posted_at),
        edited_at=instant_or_none(facts.edited_at),
        is_edited=facts.is_edited,
        revision=facts.revision,
        hashtags=list(facts.hashtags),
        mentions=list(facts.mentions),
        links=list(facts.links),
        media=[_media_view(media) for media in facts.media],
        pointers=[_pointer_view(pointer) for pointer in facts.pointers],
        poll=_poll_view(facts.poll) if facts.poll is not None else None,
        metrics=dict(facts.metrics),
        content_warning=facts.content_warning,
        is_sensitive=facts.is_sensitive,
        labels=list(facts.labels),
        sources=_words(facts.sources),
        rung=shown.answer.rung if shown is not None else None,
        grade=shown.answer.grade if shown is not None else None,
        capture=capture_ref_view(shown.capture) if shown is not None else None,
        reader=shown.reader if shown is not None else None,
    )


def _author_view(author: PostAuthor) -> PostAuthorView:
    return PostAuthorView(id=author.id, handle=author.handle, name=author.name, url=author.url)


def _media_view(media: PostMedia) -> PostMediaView:
    return PostMediaView(
        type=media.type,
        url=media.url,
        preview_url=media.preview_url,
        width=media.width,
        height=media.height,
        alt=media.alt,
        duration_s=media.duration_s,
        is_sensitive=media.is_sensitive,
    )


def _pointer_view(pointer: PostPointer) -> PostPointerView:
    return PostPointerView(relation=pointer.relation, post=pointer.post_key, url=pointer.url)


def _poll_view(poll: PostPoll) -> PostPollView:
    return PostPollView(
        options=[
            PollOptionView(text=option.text, votes=option.votes, percent=option.percent)
            for option in poll.options
        ],
        votes=poll.votes,
        voters=poll.voters,
        ends_at=instant_or_none(poll.ends_at),
        is_closed=poll.is_closed,
    )


def _words(sources: Mapping[str, str]) -> dict[str, str]:
    return {name: str(source) for name, source in sources.items()}
