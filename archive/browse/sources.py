"""What a reading room is told of the sources that are watched.

The archive knows no sources: whoever opens the room says what it knows of them (`Sources`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A feed, sitemap or section page that was read for a source."""

    url: str
    kind: str
    record_id: str
    """Of its newest capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """What one run brought of a source."""

    run_id: str
    at: str
    """RFC 3339, UTC."""
    documents: int
    """That answered, changed or not."""
    new: int
    """Links not known before."""
    pages: int
    """That were looked at."""
    texts: int
    """Of them: of which a text was read."""
    failures: tuple[str, ...]
    """Why documents could not be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource:
    """A source that is watched, and its health."""

    name: str
    asked_at: str | None
    """When it was last asked; None: never."""
    interval_s: float
    """How often it is asked."""
    failures: int
    """In a row, up to now."""
    failing_since: str | None
    concerns: tuple[str, ...]
    """What someone should look at."""
    documents: tuple[SourceDocument, ...]
    pages: tuple[tuple[str, int], ...]
    """How many of its pages stand how."""
    runs: tuple[SourceRun, ...]
    """The newest first."""


Sources = Callable[[], Sequence[WatchedSource]]
"""All of them, by their names. Raises: NotAnArchive, where nothing was watched yet."""
