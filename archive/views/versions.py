"""Versions, what changed between them, and how articles stand."""

from collections.abc import Iterable
from typing import TypedDict

from archive.text.difference import Change, PartDifference, count_words


class StandingView(TypedDict):
    """How an article stands after all looks at it."""

    state: str
    """`live`, `edited`, `moved`, `gone`, `walled` or `failing`."""
    since: str
    last_at: str
    is_edited: bool
    target: str | None
    """Of a move: where it leads."""
    not_found_at: str | None


class TurnView(TypedDict):
    """A look at which something became another: the state, or, of an edit, the text."""

    article_id: str
    at: str
    before: str | None
    state: str
    since: str
    target: str | None
    version_id: str | None
    """Of an edit: the new version, and the one before it."""
    edited_id: str | None
    record_id: str


class VersionView(TypedDict):
    """One distinct text of an article, under one reader version."""

    id: str
    article_id: str
    reader: str
    headline: str | None
    text_digest: str
    first_seen_at: str
    last_seen_at: str
    sightings: int
    is_partial: bool
    """Whether the page is thought to have shown only a part of it."""
    modified_at: str | None
    """As the page states it."""
    record_id: str
    """Of the newest capture that was read to show it."""


class VersionHistoryView(TypedDict):
    """An article through time; versions and turns come oldest first."""

    article_id: str
    url: str
    standing: StandingView
    versions: list[VersionView]
    turns: list[TurnView]


class PieceView(TypedDict):
    """Some text that is the `same` in both, was `removed` or was `added`."""

    change: str
    text: str


class PartView(TypedDict):
    """One part of a version, as it was and as it is."""

    kind: str
    is_same: bool
    pieces: list[PieceView]


class DifferenceView(TypedDict):
    """What changed from one version to another."""

    before: VersionView
    after: VersionView
    is_same_reader: bool
    """Where not, what differs may be the reader's doing, and not the publisher's."""
    is_same_text: bool
    words_removed: int
    words_added: int
    parts: list[PartView]


class ChangeView(TypedDict):
    """News of what was known: `kind` is `edited`, `moved`, `gone`, `back` or `post-gone`."""

    kind: str
    at: str
    since: str
    id: str
    """Of the article, or the post's key."""
    url: str
    headline: str | None
    target: str | None
    before: str | None
    """The version before, of an edit; the state before, of anything else."""
    after: str
    """The version after, of an edit; the state after, of anything else."""
    record_id: str


def difference_view(
    before: VersionView, after: VersionView, parts: Iterable[PartDifference]
) -> DifferenceView:
    """What `differences` found between two versions."""
    parts = list(parts)
    return DifferenceView(
        before=before,
        after=after,
        is_same_reader=before["reader"] == after["reader"],
        is_same_text=all(part.is_same for part in parts),
        words_removed=count_words(parts, Change.REMOVED),
        words_added=count_words(parts, Change.ADDED),
        parts=[
            PartView(
                kind=part.kind,
                is_same=part.is_same,
                pieces=[
                    PieceView(change=piece.change.value, text=piece.text) for piece in part.pieces
                ],
            )
            for part in parts
        ],
    )
