"""Finds of a search."""

from typing import TypedDict


class HitView(TypedDict):
    """One find of a search; `kind` is `article` or `post`, `snippet` the original text."""

    kind: str
    id: str
    headline: str | None
    url: str
    snippet: str
